"""Findings on a page: what else a person should look at, and what to do."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from gk_pipeline.forms import Form
from gk_pipeline.pictures.judgements.findings import drawn, finding_told
from gk_pipeline.pictures.pages.said import Said, both
from gk_pipeline.pipeline import JudgedReport


class FindingLine(NamedTuple):
    """A finding in words."""

    severity: str
    told: Said


def finding_lines(
    report: JudgedReport, forms: Sequence[Form], rows: Collection[tuple[str | None, str | None]]
) -> tuple[FindingLine, ...]:
    """The findings that nothing else on the page shows; `rows` are those of which the page tells, by table and item."""
    left = [found for found in report.findings if not drawn(found, rows)]
    return tuple(
        FindingLine(found.severity, both(lambda lang, found=found: finding_told(report, found, forms, lang)))  # type: ignore[misc]
        for found in left
    )
