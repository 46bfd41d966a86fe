"""Workbooks of Excel 97 to 2003 and WPS (.xls, .et) through xlrd: what their sheets show, in the order of tabs.

xlrd does not say which numbers are results of formulas, nor what is drawn on a sheet; the records that do are looked at
here, which also tells how much a workbook holds before it is taken apart.
"""

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import xlrd
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from xlrd import biffh
from xlrd.book import Book
from xlrd.compdoc import CompDoc
from xlrd.formatting import Font, std_format_strings
from xlrd.sheet import Sheet as Cells

from gk_pipeline.documents.document import damaged
from gk_pipeline.documents.office_package import encrypted, libraries_fault, too_large
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.seen import WHITE, Color
from gk_pipeline.documents.sheets.layout import read_sheets
from gk_pipeline.documents.sheets.number_format import CHINESE_FORMATS
from gk_pipeline.documents.sheets.sheet import NOT_CALCULATED, At, Ink, Region, Run, Sheet, Style, ink_of, reference

MAX_CELLS = 1_000_000
"""Blank cells with a format in a workbook, with its shared texts and other records; one with a value counts as five."""

_BLANKS_A_VALUE = 5

_TWIPS = 20
"""Parts of a point in which a size is given."""
_LIFTS = {1: 1, 2: -1}
"""Superscript and subscript."""
_HEAD = struct.Struct("<HH")
"""A record begins with its kind and the size of its content."""
_RECALC_ID, _WORKSHEET = 0x1C1, 0
_PARTS, _CALCULATION = (*biffh.bofcodes, biffh.XL_EOF, biffh.XL_BOUNDSHEET), (_RECALC_ID, biffh.XL_UNCALCED)
_TELLING = frozenset((*_PARTS, *_CALCULATION, *biffh.XL_FORMULA_OPCODES, biffh.XL_OBJ))
"""Kinds of records that tell what xlrd does not."""
_SEVERAL = frozenset((biffh.XL_MULRK, biffh.XL_MULBLANK))
"""Records of several cells in a row."""
_NOT_DRAWN = frozenset((0x14, 0x19))
"""Kinds of objects that are no drawings: the arrow of a filter, the note of a comment."""


@dataclass(slots=True)
class _Records:
    """What the records of a sheet tell that xlrd does not: formulas whose result is not known, drawings."""

    is_calculated: bool = True
    unknown: set[At] = field(default_factory=set)
    is_drawn_on: bool = False


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """The sheets of a workbook; those that are hidden are left out, with a finding where they hold anything."""
    del expected  # by them encodings are told apart
    with libraries_fault():
        stream, start, size = CompDoc(raw, logfile=io.StringIO()).locate_named_stream("Workbook")
    if stream is None:
        raise damaged("it has no workbook in it")
    try:
        records = _records(stream[start : start + size])
    except (IndexError, KeyError, struct.error) as error:
        raise damaged("its records are cut off, or are not where it says they are") from error
    return read_sheets(_sheets(_opened(raw), records))


def _opened(raw: bytes) -> Book:
    how = {"formatting_info": True, "on_demand": True, "ragged_rows": True, "logfile": io.StringIO()}
    with libraries_fault():
        try:
            return xlrd.open_workbook(file_contents=raw, **how)
        except xlrd.XLRDError as error:
            raise encrypted() if "encrypted" in str(error) else error from error


def _sheets(book: Book, records: Sequence[_Records]) -> Iterator[Sheet]:
    if book.nsheets != len(records):
        raise damaged("some of its sheets are not where it says they are")
    styles = {number: _style(book, number) for number in range(len(book.xf_list))}
    for number, about in enumerate(records):
        with libraries_fault():
            cells = book.sheet_by_index(number)
        yield _read_sheet(book, cells, about, styles)
        book.unload_sheet(number)


def _records(stream: bytes) -> list[_Records]:
    """What is told of each worksheet; raises `Unreadable` where there is more than a report can have."""
    starts: list[int] = []
    parts: dict[int, _Records] = {}
    part = _Records()
    depth = 0
    is_calculated, has_engine = True, False
    for at, kind, content in _telling(stream):
        if kind in biffh.bofcodes:
            depth += 1
            if depth == 1:  # else a chart on a sheet
                part = parts[at] = _Records(is_calculated)
        elif kind == biffh.XL_EOF:
            depth -= 1
        elif kind == biffh.XL_BOUNDSHEET and content[5] == _WORKSHEET:
            starts += struct.unpack_from("<I", content)
        elif kind == _RECALC_ID:
            has_engine, is_calculated = True, content[4:8] != bytes(4)
        elif kind == biffh.XL_UNCALCED:
            part.is_calculated = False
        elif kind in biffh.XL_FORMULA_OPCODES:
            # A workbook that does not name the program that calculated it is calculated when it is opened.
            if not part.is_calculated or (not has_engine and _is_nothing(content[6:14])):
                part.unknown.add(struct.unpack_from("<HH", content))
        elif kind == biffh.XL_OBJ and content[4] not in _NOT_DRAWN:
            part.is_drawn_on = True
    if len(set(starts)) < len(starts):
        raise damaged("two of its sheets are the same")
    return [parts[start] for start in starts]


def _telling(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The records that tell what xlrd does not: where they begin, their kind and content. All are counted."""
    at = cells = 0
    while at + 4 <= len(stream):
        kind, size = _HEAD.unpack_from(stream, at)
        if kind in _TELLING:
            yield at, kind, stream[at + 4 : at + 4 + size]
        if kind == biffh.XL_SST:
            cells += struct.unpack_from("<II", stream[at + 4 : at + 4 + size])[1]
        elif kind in _SEVERAL:
            cells += size if kind == biffh.XL_MULRK else size // 2
        else:
            cells += _BLANKS_A_VALUE if biffh.is_cell_opcode(kind) else 1
        at += 4 + size
        if cells > MAX_CELLS:
            raise too_large(f"more than {MAX_CELLS:,} cells, blank ones with a format included")


def _is_nothing(result: bytes) -> bool:
    """Whether a result is zero or no text, as programs write it that cannot calculate."""
    return result == bytes(8) or (result[:1] == b"\x03" and result[6:] == b"\xff\xff")


def _read_sheet(book: Book, cells: Cells, about: _Records, styles: Mapping[int, Style]) -> Sheet:
    sheet = Sheet(cells.name, is_hidden=cells.visibility != 0, zeros_shown=bool(cells.show_zero_values))
    epoch = CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900
    for row in range(cells.nrows):
        for column, (kind, value) in enumerate(zip(cells.row_types(row), cells.row_values(row), strict=True)):
            at = row, column
            is_unknown = at in about.unknown
            if kind == xlrd.XL_CELL_EMPTY and not is_unknown:
                continue
            style = styles.get(cells.cell_xf_index(row, column))
            if style is None:
                raise damaged(f"cell {reference(row, column)} has a format that is not there")
            if is_unknown:
                sheet.show_error(at, NOT_CALCULATED, "formula")
            elif kind == xlrd.XL_CELL_TEXT:
                sheet.show_text(at, _runs(book, cells, at, style), style)
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_BOOLEAN):
                sheet.show(at, bool(value) if kind == xlrd.XL_CELL_BOOLEAN else value, style)
            elif kind == xlrd.XL_CELL_ERROR:
                sheet.show_error(at, xlrd.error_text_from_code.get(value, f"#{value}"))
            elif kind == xlrd.XL_CELL_DATE:
                with libraries_fault():
                    date = from_excel(value, epoch)
                sheet.show(at, date, style)
            sheet.close(at, style)
    sheet.merged = [Region(top, left, bottom - 1, right - 1) for top, bottom, left, right in cells.merged_cells]
    sheet.hidden_rows = {row for row, info in cells.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_columns = {column for column, info in cells.colinfo_map.items() if info.hidden or info.width == 0}
    for at, note in cells.cell_note_map.items():
        sheet.mark("comment", at, " ".join(note.text.split()))
    if about.is_drawn_on:
        sheet.mark("drawing", (0, 0), "")
    return sheet


def _style(book: Book, number: int) -> Style:
    style = book.xf_list[number]
    code = book.format_map[style.format_key].format_str if style.format_key in book.format_map else "General"
    if code == std_format_strings.get(style.format_key):  # not from the file
        code = CHINESE_FORMATS.get(style.format_key, code)
    border = style.border
    lines = border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style
    font = _font(book, style.font_index)
    is_painted = style.background.fill_pattern > 0 and _color(book, style.background.pattern_colour_index) != WHITE
    return Style(code or "General", any(lines), bool(font.struck_out), _ink(book, font), is_painted)


def _font(book: Book, index: int) -> Font:
    try:
        return book.font_list[index]
    except IndexError as error:
        raise damaged("a text has a font that is not there") from error


def _ink(book: Book, font: Font) -> Ink:
    return ink_of(font.height / _TWIPS, _color(book, font.colour_index))


def _color(book: Book, index: int) -> Color | None:
    """A colour of the workbook's palette; None for those of the system."""
    color = book.colour_map.get(index)
    return None if color is None else (color[0] / 255, color[1] / 255, color[2] / 255)


def _runs(book: Book, cells: Cells, at: At, style: Style) -> list[Run]:
    text, parts = cells.cell_value(*at), cells.rich_text_runlist_map.get(at)
    if not parts:
        return [Run(text, style.is_struck, 0, style.ink)]
    own = book.xf_list[cells.cell_xf_index(*at)].font_index
    runs = []
    for (low, font), (high, _) in pairwise([(0, own), *parts, (len(text), own)]):
        if low < high:
            look = _font(book, font)
            lift = _LIFTS.get(look.escapement, 0)
            runs.append(Run(text[low:high], bool(look.struck_out), lift, _ink(book, look)))
    return runs
