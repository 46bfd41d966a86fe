"""A report in which figures are shown otherwise than they are stored: each way changes the cell of one number."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
from documents import pdf_paper, workbooks
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from tables.paper import Box, Grid, Page

from formats.written import FORMATS, web_archive

Write = Callable[[Page], bytes]
Change = Callable[[str], str]

_RUN = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>".format


def _number(sheet: Page) -> str:
    """A number of the report that stands in no other cell, of several digits."""
    texts = [box.text for box in _boxes(sheet)]
    return next(text for text in texts if text.isdecimal() and len(text) > 2 and texts.count(text) == 1)


def _boxes(sheet: Page) -> Iterator[Box]:
    yield from (box for part in sheet if not isinstance(part, str) for row in part for box in row)


def html(change: Change) -> Write:
    """The page with that number changed."""
    return lambda sheet: _page(sheet, change).encode()


def mht(change: Change) -> Write:
    """The page with that number changed, saved as one file."""
    return lambda sheet: web_archive(_page(sheet, change))


def _page(sheet: Page, change: Change) -> str:
    number, page = _number(sheet), FORMATS["html"].write(sheet).decode()
    assert page.count(f">{number}<") == 1
    return page.replace(f">{number}<", f">{change(number)}<")


def docx(*runs: tuple[str, str | None]) -> Write:
    """The Word file with that number in these runs: properties, and a text or None for the number itself."""

    def write(sheet: Page) -> bytes:
        number = _number(sheet)
        written = "".join(_RUN(look, number if text is None else text) for look, text in runs)
        return _word(sheet, rf"<w:r><w:t>{number}</w:t></w:r>", lambda _: written)

    return write


def with_hidden_row(sheet: Page) -> bytes:
    """The Word file with the row of that number once more before it, another number in it, hidden."""

    def twice(row: re.Match[str]) -> str:
        old = row[0].replace(number, "1935").replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>")
        return old + row[0]

    number = _number(sheet)
    return _word(sheet, rf"<w:tr>(?:(?!<w:tr>).)*<w:t>{number}</w:t>.*?</w:tr>", twice)


def _word(sheet: Page, pattern: str, change: Callable[[re.Match[str]], str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(FORMATS["docx"].write(sheet))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text, times = re.subn(pattern, change, content.decode(), flags=re.DOTALL)
                assert times == 1, "the number must stand in one place"
                content = text.encode()
            new.writestr(name, content)
    return made.getvalue()


def xlsx(change: Callable[[Any, int], None]) -> Write:
    """The workbook with the cell of that number changed."""

    def write(sheet: Page) -> bytes:
        number = int(_number(sheet))
        book = openpyxl.load_workbook(BytesIO(workbooks.xlsx(workbooks.in_one_sheet(sheet))))
        change(next(cell for row in book.active.iter_rows() for cell in row if cell.value == number), number)
        return workbooks.saved(book)

    return write


def rich(look: InlineFont, before: str = "", behind: str = "") -> Write:
    """The workbook with figures of another look beside that number."""

    def change(cell: Any, number: int) -> None:
        parts = (TextBlock(look, before) if before else "", str(number), TextBlock(look, behind) if behind else "")
        cell.value = CellRichText(*filter(None, parts))

    return xlsx(change)


def formatted(code: str) -> Write:
    """The workbook with that number under a format."""

    def change(cell: Any, _: int) -> None:
        cell.number_format = code

    return xlsx(change)


def struck_cell(cell: Any, _: int) -> None:
    cell.font = Font(strike=True)


def hidden_column(cell: Any, _: int) -> None:
    """A column to the right of all, hidden, with a figure in the row."""
    column = cell.parent.max_column + 1
    cell.parent.cell(cell.row, column, 7)
    cell.parent.column_dimensions[cell.parent.cell(1, column).column_letter].hidden = True


def uncalculated(cell: Any, number: int) -> None:
    cell.value = f"={number}+0"


def pdf(change: Change) -> Write:
    """The ruled PDF with that number changed, in the markup of the library that draws it."""

    def write(sheet: Page) -> bytes:
        number = _number(sheet)
        return pdf_paper.ruled([part if isinstance(part, str) else _changed(part, number, change) for part in sheet])

    return write


def _changed(grid: Grid, number: str, change: Change) -> Grid:
    return [[replace(box, text=change(number)) if box.text == number else box for box in row] for row in grid]
