"""Workbooks of Excel 97 to 2003 and WPS (.xls, .et): what their sheets show, in the order of tabs.

The library is xlrd 2.0, since it is the one that knows number formats, hidden rows and rich text. python-calamine shows
#REF! and formulas without a result as blank cells.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDoc
from xlrd.formatting import std_format_strings
from xlrd.sheet import Sheet as Cells

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.number_format import BUILT_IN
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.refusals import damaged, encrypted, too_large
from gk_pipeline.documents.rich_text import RichText, Run, rich_text
from gk_pipeline.documents.sheet import MAX_TEXTS, Region, Sheet, Style
from gk_pipeline.documents.workbook import Tab, read_tabs
from gk_pipeline.documents.xls_records import BookRecords, SheetRecords, book_records

MAX_BLANKS = 2_000_000
"""Blank cells with a format; a sheet of 65,536 rows that are formatted in thirty columns has as many."""

_STREAM = "Workbook"


def read(raw: bytes, expected: Sequence[str]) -> Reading:  # noqa: ARG001
    """The sheets of a workbook; those that are hidden are left out, with a finding where they hold anything."""
    try:
        return read_tabs(_tabs(raw))
    except Unreadable:
        raise
    except Exception as error:  # xlrd fails on damaged files with whatever comes first, from KeyError to AssertionError
        if isinstance(error, xlrd.XLRDError) and "encrypted" in str(error):
            raise encrypted() from error
        raise damaged(error) from error


def _tabs(raw: bytes) -> Iterator[Tab]:
    records = _records(raw)
    how = {"formatting_info": True, "on_demand": True, "ragged_rows": True, "logfile": io.StringIO()}
    book = xlrd.open_workbook(file_contents=raw, **how)
    number = worksheet = 0
    for listed in records.sheets:
        number += not listed.visibility
        if listed.is_worksheet:
            sheet = _read_sheet(book, book.sheet_by_index(worksheet), listed)
            book.unload_sheet(worksheet)
            worksheet += 1
            yield Tab(None if listed.visibility else number, sheet)


def _records(raw: bytes) -> BookRecords:
    stream, start, size = CompDoc(raw, logfile=io.StringIO()).locate_named_stream(_STREAM)
    if stream is None:
        raise ValueError("it has no workbook stream")
    records = book_records(stream[start : start + size])
    if max(records.texts, records.shared_texts) > MAX_TEXTS:
        raise too_large(f"more than {MAX_TEXTS:,} cells with content")
    if records.blanks > MAX_BLANKS:
        raise too_large(f"more than {MAX_BLANKS:,} blank cells with a format")
    return records


def _read_sheet(book: Book, cells: Cells, records: SheetRecords) -> Sheet:
    sheet = Sheet(cells.name, since_1904=book.datemode == 1, zeros_shown=bool(cells.show_zero_values))
    styles = [_style(book, number) for number in range(len(book.xf_list))]
    for row in range(cells.nrows):
        kinds, values = cells.row_types(row), cells.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind == xlrd.XL_CELL_EMPTY and (row, column) not in records.uncalculated:
                continue
            style = styles[cells.cell_xf_index(row, column)]
            if (row, column) in records.uncalculated:
                sheet.show_unknown(row, column, "")
            elif kind == xlrd.XL_CELL_TEXT:
                sheet.show_text(row, column, _rich_text(book, cells, row, column, value), style)
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                sheet.show_number(row, column, value, style)
            elif kind == xlrd.XL_CELL_BOOLEAN:
                sheet.show_truth(row, column, bool(value))
            elif kind == xlrd.XL_CELL_ERROR:
                sheet.show_error(row, column, xlrd.error_text_from_code.get(value, f"#{value}"))
            sheet.close(row, column, style)
    sheet.merged = [Region(top, left, bottom - 1, right - 1) for top, bottom, left, right in cells.merged_cells]
    sheet.hidden_rows = {row for row, about in cells.rowinfo_map.items() if about.hidden or about.height == 0}
    sheet.hidden_columns = {at for at, about in cells.colinfo_map.items() if about.hidden or about.width == 0}
    sheet.boxes = records.boxes
    for (row, column), note in cells.cell_note_map.items():
        sheet.mark("comment", row, column, " ".join(note.text.split()))
    for row in records.pictures:
        sheet.mark("picture", row, 0, "")
    return sheet


def _style(book: Book, number: int) -> Style:
    style = book.xf_list[number]
    code = book.format_map[style.format_key].format_str if style.format_key in book.format_map else "General"
    if code == std_format_strings.get(style.format_key):  # not from the file
        code = BUILT_IN.get(style.format_key, code)
    border = style.border
    lines = border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style
    return Style(code, any(lines), bool(book.font_list[style.font_index].struck_out))


def _rich_text(book: Book, cells: Cells, row: int, column: int, text: str) -> RichText:
    runs = cells.rich_text_runlist_map.get((row, column))
    if not runs:
        return RichText(text)
    own = book.xf_list[cells.cell_xf_index(row, column)].font_index
    starts = [(0, own), *runs, (len(text), own)]
    fonts = [(low, high, book.font_list[font]) for (low, font), (high, _) in pairwise(starts) if low < high]
    return rich_text(Run(text[low:high], bool(font.struck_out), bool(font.escapement)) for low, high, font in fonts)
