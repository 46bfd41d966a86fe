"""Workbooks of Excel 2007 and later (.xlsx, .xlsm) through openpyxl: what their sheets show, in the order of tabs."""

import re
import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import TextBlock
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from gk_pipeline.documents.document import Unreadable, damaged
from gk_pipeline.documents.office_package import Package, libraries_fault, too_large
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.seen import WHITE, Color, alike, hex_color
from gk_pipeline.documents.sheets.layout import read_sheets
from gk_pipeline.documents.sheets.number_format import CHINESE_FORMATS
from gk_pipeline.documents.sheets.sheet import NOT_CALCULATED, At, Ink, Region, Run, Sheet, Style, ink_of

MAX_TAGS = 400_000
"""Of all parts together, twice where there are formulas: openpyxl makes objects of them. A form has a few thousand."""
_TAGS_A_REGION, _TAGS_A_MERGED_CELL = 50, 3
"""What merged cells cost it, whose borders it draws."""
MAX_STATED = 300_000_000
"""Bytes of all parts, pictures included, which openpyxl expands too."""

_LIFTS = {"superscript": 1, "subscript": -1}
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([^\"']*)")
_FORMULA, _SHEET = re.compile(rb"<(?:\w+:)?f[\s/>]"), re.compile(rb"<(?:\w+:)?sheet\s")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """The sheets of a workbook; those that are hidden are left out, with a finding where they hold anything."""
    del expected  # by them encodings are told apart
    listed, has_formulas = _checked(Package(raw))
    shown = _loaded(raw, data_only=True, rich_text=True)
    # One load gives either formulas or their results.
    formulas = _loaded(raw) if has_formulas else None
    if len(shown.sheetnames) != listed:
        raise damaged("some of its sheets are not where it says they are")
    return read_sheets(_sheets(shown, formulas))


def _loaded(raw: bytes, **how: bool) -> Any:
    with warnings.catch_warnings(), libraries_fault():
        warnings.simplefilter("ignore")  # about what openpyxl could not write again
        return load_workbook(BytesIO(raw), keep_links=False, **how)


def _checked(package: Package) -> tuple[int, bool]:
    """The number of sheets, and whether any has a formula, of a workbook that is within the bounds of the library."""
    main = package.main_part()
    if package.stated_size() > MAX_STATED:
        raise too_large(f"more than {MAX_STATED / 1e6:.0f} MB when expanded")
    listed = tags = 0
    has_formulas = is_strict = False
    for part, markup in package.markups():
        tags += markup.count(b"<")
        for reference in _MERGED.findall(markup):
            with libraries_fault():
                left, top, right, bottom = range_boundaries(reference.decode("latin-1"))
            tags += _TAGS_A_REGION + _TAGS_A_MERGED_CELL * (bottom - top + 1) * (right - left + 1)
        has_formulas = has_formulas or _FORMULA.search(markup) is not None
        if tags * (1 + has_formulas) > MAX_TAGS:
            raise too_large(f"rows, cells and formats of more than {MAX_TAGS:,} tags")
        is_strict = is_strict or _STRICT in markup
        listed = len(_SHEET.findall(markup)) if part == main else listed
    if is_strict or main.endswith(".bin"):
        raise Unreadable(
            "no_reader",
            "The file is a binary workbook (.xlsb) or one of strict Open XML, for which there is no reader.",
            "Save it as an ordinary Excel workbook (.xlsx) and give that file.",
        )
    return listed, has_formulas


def _sheets(shown: Any, formulas: Any) -> Iterator[Sheet]:
    is_stale = shown.calculation is not None and shown.calculation.fullCalcOnLoad
    styles: dict[int, Style] = {}
    for name in shown.sheetnames:
        cells, sheet = shown[name], Sheet(name, is_hidden=shown[name].sheet_state != "visible")
        if isinstance(cells, Worksheet):
            asked = formulas[name]._cells if formulas else {}  # its rows would make what lies between
            unknown = {at for at, cell in asked.items() if cell.data_type == "f" and (is_stale or _is_open(cells, at))}
            _read_cells(sheet, cells, unknown, styles)
        else:  # a chart that fills a tab
            sheet.mark("drawing", (0, 0), "")
        yield sheet


def _is_open(cells: Worksheet, at: At) -> bool:
    """Whether a formula has no result; one that is an empty text has."""
    return cells._cells[at].value is None and cells._cells[at].data_type != "str"


def _read_cells(sheet: Sheet, cells: Worksheet, unknown: set[At], styles: dict[int, Style]) -> None:
    sheet.zeros_shown = cells.sheet_view.showZeros is not False
    sheet.may_be_painted = bool(cells.tables) or bool(cells.conditional_formatting)
    for (row, column), cell in sorted(cells._cells.items()):
        if not (1 <= row <= _LAST_ROW and 1 <= column <= _LAST_COLUMN):
            raise damaged(f"there is no cell in row {row}, column {column}")
        at, style = (row - 1, column - 1), _style(cell, styles)
        if (row, column) in unknown:
            sheet.show_error(at, NOT_CALCULATED, "formula")
        elif cell.data_type == "e":
            sheet.show_error(at, str(cell.value))
        elif isinstance(cell.value, str | list):
            sheet.show_text(at, _runs(cell.value, style), style)
        elif isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and is_date_format(style.code):
            with libraries_fault():
                date = from_excel(cell.value, cells.parent.epoch)
            sheet.show(at, date, style)
        elif cell.value is not None:
            sheet.show(at, cell.value, style)
        if cell.comment:
            sheet.mark("comment", at, " ".join(cell.comment.text.split()))
        sheet.close(at, style)
    bounds = sorted(region.bounds for region in cells.merged_cells.ranges)
    sheet.merged = [Region(top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in bounds]
    sheet.hidden_rows = {at - 1 for at, row in cells.row_dimensions.items() if row.hidden or row.height == 0}
    for columns in cells.column_dimensions.values():
        if columns.hidden or columns.width == 0:
            sheet.hidden_columns.update(range(columns.min - 1, min(columns.max, _LAST_COLUMN)))
    if any(relation.Type.endswith("/drawing") for relation in cells._rels):  # text boxes are not kept
        sheet.mark("drawing", (0, 0), "")


def _runs(value: str | Sequence[str | TextBlock], style: Style) -> Iterator[Run]:
    for part in [value] if isinstance(value, str) else value:
        if isinstance(part, str):
            yield Run(_unescaped(part), style.is_struck, 0, style.ink)
        else:
            font = part.font
            yield Run(_unescaped(part.text), bool(font.strike), _LIFTS.get(font.vertAlign, 0), _ink(font))


def _ink(font: Any) -> Ink:
    return ink_of(font.sz, _color(font.color))


def _color(color: Any) -> Color | None:
    """A colour as far as it is known: of those of a theme the first, which is that of the sheet."""
    if color is None or color.tint:
        return None
    if color.type == "theme":
        return WHITE if color.theme == 0 else None
    if color.type == "indexed":
        return hex_color(COLOR_INDEX[color.indexed][2:]) if color.indexed < len(COLOR_INDEX) else None
    return hex_color(color.rgb[2:]) if color.type == "rgb" else None


def _is_painted(fill: Any) -> bool:
    """Whether a cell has a ground of its own that is not white."""
    if fill.tagname != "patternFill":
        return True
    color = _color(fill.fgColor)
    return bool(fill.fill_type) and not (fill.fill_type == "solid" and color is not None and alike(color, WHITE))


def _unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold: `_x000D_` is a carriage return; halves of one are none."""
    return str(unescape(text)).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "_x" in text else text


def _style(cell: Any, known: dict[int, Style]) -> Style:
    """How a cell looks, asked once for all that look the same: the library makes objects with every question."""
    found = known.get(cell.style_id)
    if found is None:
        with libraries_fault():
            code, border, font, fill = cell.number_format, cell.border, cell.font, cell.fill
            number = cell._style.numFmtId
        is_ruled = any(
            side is not None and side.style for side in (border.left, border.right, border.top, border.bottom)
        )
        look = (bool(font.strike), _ink(font), _is_painted(fill))
        found = known[cell.style_id] = Style(CHINESE_FORMATS.get(number) or code, is_ruled, *look)
    return found
