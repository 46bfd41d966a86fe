"""The sheets of a workbook in the order of their tabs, as a reader of one of its formats hands them over."""

from collections.abc import Iterable
from typing import NamedTuple

from gk_pipeline.documents.document import Block
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.refusals import too_large
from gk_pipeline.documents.sheet import MAX_TEXTS, Sheet
from gk_pipeline.documents.sheet_findings import hidden_sheet, sheet_findings
from gk_pipeline.documents.sheet_layout import sheet_blocks
from gk_pipeline.quality.finding import Finding


class Tab(NamedTuple):
    """A sheet and its number among the tabs that are shown, from 1; None where it is hidden."""

    number: int | None
    sheet: Sheet


def read_tabs(tabs: Iterable[Tab]) -> Reading:
    """The blocks of the sheets; hidden ones are left out, with a finding where they hold anything."""
    blocks: list[Block] = []
    findings: list[Finding] = []
    texts = 0
    for number, sheet in tabs:
        texts += len(sheet.texts)
        if texts > MAX_TEXTS:
            raise too_large(f"more than {MAX_TEXTS:,} cells with content")
        if number is None:
            findings += filter(None, [hidden_sheet(sheet)])
        else:
            blocks += sheet_blocks(sheet, number)
            findings += sheet_findings(sheet)
    return Reading(tuple(blocks), findings=tuple(findings))
