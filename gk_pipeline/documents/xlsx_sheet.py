"""The cells of one sheet of an .xlsx, as its XML comes: what they show by value, kind and number format."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from xml.etree.ElementTree import Element

from gk_pipeline.documents.ooxml import Package, unescaped
from gk_pipeline.documents.refusals import damaged
from gk_pipeline.documents.rich_text import RichText, Run, rich_text
from gk_pipeline.documents.sheet import Region, Sheet, Style

_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook share; the results of its formulas hold where `is_calculated`."""

    texts: list[RichText]
    styles: list[Style]
    since_1904: bool
    is_calculated: bool


_PLAIN = Style()


def read_sheet(package: Package, part: str, workbook: Workbook, sheet: Sheet) -> None:
    """Fill a sheet from its part."""
    cells = _Cells(workbook, sheet)
    package.parse(part, cells.start, cells.end, cells.data)


def text_of(item: Element) -> RichText:
    """The text of an `si` or `is`: its own, or that of its runs; how it is pronounced is not shown."""
    return rich_text(_run(child) for child in item if child.tag in ("t", "r"))


def _run(element: Element) -> Run:
    if element.tag == "t":
        return Run(unescaped(element.text or ""))
    raised = element.find("rPr/vertAlign")
    text = "".join(one.text or "" for one in element.iterfind("t"))
    is_raised = raised is not None and raised.get("val") != "baseline"
    return Run(unescaped(text), is_set(element.find("rPr/strike")), is_raised)


def is_set(switch: Element | None) -> bool:
    """Whether an element such as `strike` is there and not switched off."""
    return switch is not None and switch.get("val", "1") not in ("0", "false")


class _Cells:
    """Takes the elements of a sheet one by one; what a cell holds is known when it ends."""

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        self._workbook, self._sheet = workbook, sheet
        self._row = self._column = -1
        self._columns_told = 0
        self._kind, self._style = "n", _PLAIN
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._inline: Element | None = None
        self._open: list[Element] = []
        self._into: list[str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self._value = self._into = []
        elif name == "f":
            self._formula = self._into = []
        elif self._open or name == "is":
            element = Element(name, dict(attributes))
            if self._open:
                self._open[-1].append(element)
            else:
                self._inline = element
            self._open.append(element)
        elif name == "row":
            self._row = _number(attributes.get("r"), self._row + 2, _LAST_ROW) - 1
            self._column = -1
            if _is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
                self._sheet.hidden_rows.add(self._row)
        elif name == "col":
            first, last = (_number(attributes.get(key), 1, _LAST_COLUMN) for key in ("min", "max"))
            if first <= self._columns_told:
                raise damaged(f"column {first} is told of twice")
            self._columns_told = last
            if _is_true(attributes.get("hidden")) or attributes.get("width") == "0":
                self._sheet.hidden_columns.update(range(first - 1, last))
        elif name == "mergeCell":
            corner, _, opposite = attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = _place(corner), _place(opposite or corner)
            if (top, left) != (bottom, right):
                self._sheet.merged.append(Region(top, left, bottom, right))
        elif name == "sheetView":
            self._sheet.zeros_shown = attributes.get("showZeros", "1") not in ("0", "false")

    def data(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)
        elif self._open and self._open[-1].tag == "t":
            self._open[-1].text = (self._open[-1].text or "") + text

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif self._open:
            self._open.pop()
        self._into = None

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = _place(reference)
        self._kind = attributes.get("t", "n")
        style, styles = attributes.get("s", "0"), self._workbook.styles
        self._style = styles[int(style)] if style.isdecimal() and int(style) < len(styles) else _PLAIN
        self._value = self._formula = self._inline = None

    def _end_cell(self) -> None:
        value = None if self._value is None else "".join(self._value)
        at, sheet, formula = (self._row, self._column), self._sheet, self._formula
        if formula is not None and (not self._workbook.is_calculated or (not value and self._kind != "str")):
            sheet.show_unknown(*at, f"={''.join(formula)}" if formula else "")
        elif self._inline is not None:
            sheet.show_text(*at, text_of(self._inline), self._style)
        elif value:
            self._show(*at, value)
        sheet.close(*at, self._style)

    def _show(self, row: int, column: int, value: str) -> None:
        sheet, stored = self._sheet, value.strip()
        if self._kind == "s":
            index = int(stored) if stored.isdecimal() and len(stored) < 9 else -1
            if not 0 <= index < len(self._workbook.texts):
                raise damaged(f"a cell refers to text {stored[:20]}, which is not there")
            sheet.show_text(row, column, self._workbook.texts[index], self._style)
        elif self._kind in ("str", "inlineStr"):
            sheet.show_text(row, column, RichText(unescaped(value)), self._style)
        elif self._kind == "b":
            sheet.show_truth(row, column, stored not in ("0", "false"))
        elif self._kind == "d" and (days := _days(stored, sheet.since_1904)) is not None:
            sheet.show_number(row, column, days, self._style)
        elif self._kind != "e" and stored.isascii() and _NUMBER.fullmatch(stored):
            sheet.show_number(row, column, float(stored), self._style)
        else:
            sheet.show_error(row, column, stored)


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")


def _number(value: str | None, default: int, most: int) -> int:
    number = default if value is None else int(value) if value.isdecimal() and len(value) < 9 else 0
    if not 1 <= number <= most:
        raise damaged(f"there is no row or column {value}")
    return number


def _place(reference: str) -> tuple[int, int]:
    """The row and column, from 0, that a reference such as B7 names."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise damaged(f"there is no cell {reference[:20]}")
    row, column = int(match[2]), _column(match[1])
    if row > _LAST_ROW or column > _LAST_COLUMN:
        raise damaged(f"there is no cell {reference[:20]}")
    return row - 1, column - 1


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _days(stored: str, since_1904: bool) -> float | None:
    """A date of ISO 8601 as the days that a sheet counts; None where it is none."""
    try:
        moment = datetime.fromisoformat(stored.removesuffix("Z"))
    except ValueError:
        return None
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    return (moment.replace(tzinfo=None) - first).total_seconds() / 86400
