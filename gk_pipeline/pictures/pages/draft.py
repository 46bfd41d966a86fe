"""The page of a check: drafts as they would be published, with all that is wrong with them, in one file."""

from collections.abc import Sequence
from pathlib import Path

from gk_pipeline.documents.read import read_path
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import Form
from gk_pipeline.pictures.pages.prose import Source
from gk_pipeline.pictures.pages.rendering import page, within
from gk_pipeline.pictures.pages.said import both
from gk_pipeline.pictures.pages.view import report_view
from gk_pipeline.pictures.words import TEXT
from gk_pipeline.pipeline import JudgedReport
from gk_pipeline.sections.report import find_reports

BEFORE_PUBLISHING = both(lambda lang: TEXT[lang]["faulty"])
"""A draft with broken laws is to be looked at before it is published; of a published report that would come late."""


def write_check_page(path: Path, reports: Sequence[JudgedReport], forms: Sequence[Form]) -> None:
    """Write the page of a check, over an earlier one too. Raises OSError where it cannot be written."""
    path.write_text(check_page(reports, forms), encoding="utf-8")


def check_page(reports: Sequence[JudgedReport], forms: Sequence[Form]) -> str:
    """One page of HTML with a check of every report; ids of several begin with the report's number."""
    several = len(reports) > 1
    views = [
        report_view(report, _source(report, forms), forms, f"r{at}-" if several else "", faulty=BEFORE_PUBLISHING)
        for at, report in enumerate(reports, start=1)
    ]
    return page("check.html", within(), views=views)


def _source(report: JudgedReport, forms: Sequence[Form]) -> Source | None:
    """The blocks of a report, read once more: judging keeps its numbers and not its text."""
    if report.read.error is not None:
        return None
    document = read_path(report.read.path, form_labels(forms))
    opened = find_reports(document, forms).reports[report.read.ordinal].opened
    return Source(document.blocks, opened.first_block, opened.last_block)
