"""The page of a check: drafts as they would be published, with all that is wrong with them, in one file."""

from collections.abc import Sequence
from pathlib import Path

from gk_pipeline.forms import Form
from gk_pipeline.pictures.pages.rendering import page, within
from gk_pipeline.pictures.pages.said import both
from gk_pipeline.pictures.pages.view import report_view
from gk_pipeline.pictures.words import TEXT, Lang
from gk_pipeline.pipeline import JudgedReport

BEFORE_PUBLISHING = both(lambda lang: TEXT[lang]["faulty"])
"""A draft with broken laws is to be looked at before it is published; of a published report that would come late."""


def write_check_page(path: Path, reports: Sequence[JudgedReport], forms: Sequence[Form], lang: Lang) -> None:
    """Write the page of a check, over an earlier one too. Raises OSError where it cannot be written."""
    path.write_text(check_page(reports, forms, lang), encoding="utf-8")


def check_page(reports: Sequence[JudgedReport], forms: Sequence[Form], lang: Lang = "zh") -> str:
    """One page of HTML with a check of every report, which starts in a language and can be switched to the other.

    Ids of several reports begin with the report's number.
    """
    several = len(reports) > 1
    views = [
        report_view(report, forms, f"r{at}-" if several else "", faulty=BEFORE_PUBLISHING)
        for at, report in enumerate(reports, start=1)
    ]
    return page("check.html", within(), views=views, lang=lang)
