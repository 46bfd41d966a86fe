"""How a cell, its place, its number and a share are called."""

from collections.abc import Sequence
from typing import Protocol

from gk_pipeline.documents.media_type import SHEETS
from gk_pipeline.documents.sheets.sheet import reference
from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Form
from gk_pipeline.pictures.words import TEXT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedReport
from gk_pipeline.schemas.exact import plain


def label(report: JudgedReport, forms: Sequence[Form], table_code: str, scope: str) -> str:
    """What a scope is called on the form that the report prints its table on."""
    printed_on = {table.form for table in report.read.tables if table.code == table_code}
    return scope_label([form for form in forms if form.code in printed_on], table_code, scope)


def place(report: JudgedReport, judged: JudgedCell, lang: Lang) -> str:
    """Where a cell is printed."""
    return place_of(report, judged.cell, lang)


def place_of(report: JudgedReport, cell: "Placed", lang: Lang) -> str:
    """Where a number of a report is printed."""
    return place_in(report.read.media_type, report.read.grids, cell, lang)


class Placed(Protocol):
    """What has a place in a document, as in tables.cells; block is null where nothing is printed."""

    @property
    def block(self) -> int | None: ...
    @property
    def page(self) -> int | None: ...
    @property
    def line(self) -> int | None: ...
    @property
    def grid_row(self) -> int | None: ...
    @property
    def grid_column(self) -> int | None: ...


def place_in(media_type: str | None, grids: Sequence[int], cell: Placed, lang: Lang) -> str:
    """Where a number is printed: page and line where the file has them, else row and column of its table.

    `grids` are the blocks of the document that are tables: where there are several, it says which.

    In a workbook it is the sheet and the cell, as B7, or its row where a sentence stands.
    """
    words = TEXT[lang]
    if cell.block is None:
        return ""
    in_sheet = media_type in SHEETS
    parts = [_page(media_type, cell.page, lang)] if cell.page is not None else []
    if cell.line is not None:
        return " ".join([*parts, words["row_at" if in_sheet else "line_at"].format(line=cell.line)])
    if cell.grid_row is not None and cell.grid_column is not None:
        if in_sheet:
            return " ".join([*parts, reference(cell.grid_row, cell.grid_column)])
        at = words["grid_at"].format(row=cell.grid_row + 1, column=cell.grid_column + 1)
        return " ".join([*parts, f"{_table(grids, cell.block, lang)}{at}"])
    return " ".join([*parts, words["block_at"].format(block=cell.block + 1)])


def row_place(report: JudgedReport, judged: JudgedCell, lang: Lang) -> str:
    """Where the row of a cell stands that prints nothing itself: the place of the first number of the row."""
    row = (one for one in report.cells if one.cell[:2] == judged.cell[:2] and one.cell.block is not None)
    first = next(row, None)
    if first is None:
        return ""
    if first.cell.line is None and first.cell.grid_row is not None and report.read.media_type not in SHEETS:
        table = _table(report.read.grids, first.cell.block, lang)
        return f"{table}{TEXT[lang]['grid_row_at'].format(row=first.cell.grid_row + 1)}"
    return place(report, first, lang)


def _table(grids: Sequence[int], block: int | None, lang: Lang) -> str:
    """Which table of the file it is, where there are several."""
    several = block in grids and len(grids) > 1
    return TEXT[lang]["of_table"].format(table=grids.index(block) + 1) if several else TEXT[lang]["the_table"]


def _page(media_type: str | None, page: int | None, lang: Lang) -> str:
    return TEXT[lang]["sheet_at" if media_type in SHEETS else "page_at"].format(page=page)


def number(micro: int | None) -> str:
    """A number as people write it; a dash where there is none."""
    return "—" if micro is None else plain(micro)


def percent(part: int, whole: int) -> str:
    """A share in per cent, rounded half up to a tenth as the warehouse does, but 100 % only where it is all."""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{min(tenths, 999) / 10 if part < whole else tenths / 10:.1f}%"
