"""The cells of one sheet of an .xlsx, as its XML comes: what they show by value, kind and number format."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element

from gk_pipeline.documents.number_format import Shown, exact, shown_number, shown_text
from gk_pipeline.documents.ooxml import Package, damaged, too_large, unescaped
from gk_pipeline.documents.sheet import MAX_BOXED, MAX_TEXTS, Region, Sheet

_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,3})?")
_KEPT_DIGITS = 15


class Style(NamedTuple):
    """A number format, and whether the cell draws a rule at some side."""

    code: str
    is_ruled: bool


class RichText(NamedTuple):
    """A text without what is struck out in it, and whether anything was."""

    text: str
    is_struck: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook share; the results of its formulas hold where `is_calculated`."""

    texts: list[RichText]
    styles: list[Style]
    since_1904: bool
    is_calculated: bool


_PLAIN = Style("General", False)


def read_sheet(package: Package, part: str, workbook: Workbook, sheet: Sheet) -> None:
    """Fill a sheet from its part."""
    cells = _Cells(workbook, sheet)
    package.parse(part, cells.start, cells.end, cells.data)


def rich_text(item: Element) -> RichText:
    """The text of an `si` or `is`: its own, or that of its runs; how it is pronounced is not shown."""
    pieces: list[str] = []
    is_struck = False
    for child in item:
        if child.tag == "t":
            pieces.append(child.text or "")
        elif child.tag == "r":
            text = "".join(one.text or "" for one in child.iterfind("t"))
            if _is_set(child.find("rPr/strike")):
                is_struck = is_struck or bool(text.strip())
                continue
            raised = child.find("rPr/vertAlign")
            if raised is not None and raised.get("val") != "baseline" and pieces and pieces[-1][-1:].isdigit():
                # 10 with a raised 4 must not become 104.
                pieces.append("^")
            pieces.append(text)
    return RichText(unescaped("".join(pieces)), is_struck)


def _is_set(switch: Element | None) -> bool:
    return switch is not None and switch.get("val", "1") not in ("0", "false")


class _Cells:
    """Takes the elements of a sheet one by one; what a cell holds is known when it ends."""

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        self._workbook, self._sheet = workbook, sheet
        self._row = self._column = -1
        self._kind, self._style = "n", _PLAIN
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._inline: Element | None = None
        self._open: list[Element] = []
        self._zeros_shown = True
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
            if _is_true(attributes.get("hidden")) or attributes.get("width") == "0":
                first, last = (_number(attributes.get(key), 1, _LAST_COLUMN) for key in ("min", "max"))
                self._sheet.hidden_columns.update(range(first - 1, last))
        elif name == "mergeCell":
            corner, _, opposite = attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = _place(corner), _place(opposite or corner)
            if (top, left) != (bottom, right):
                self._sheet.merged.append(Region(top, left, bottom, right))
        elif name == "sheetView":
            self._zeros_shown = attributes.get("showZeros", "1") not in ("0", "false")

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
        at, sheet = (self._row, self._column), self._sheet
        formula = self._formula
        if formula is not None and (not self._workbook.is_calculated or (not value and self._kind != "str")):
            sheet.unknown(*at, "".join(formula))
        elif self._inline is not None:
            self._show_text(rich_text(self._inline))
        elif value:
            self._show(value)
        if at not in sheet.texts:
            if self._style.is_ruled and len(sheet.boxed) < MAX_BOXED:
                sheet.boxed.add(at)
        elif len(sheet.texts) > MAX_TEXTS:
            raise too_large(f"more than {MAX_TEXTS:,} cells with content")

    def _show(self, value: str) -> None:
        sheet, row, column = self._sheet, self._row, self._column
        if self._kind == "s":
            index = int(value) if value.strip().isdecimal() else -1
            if not 0 <= index < len(self._workbook.texts):
                raise damaged(f"a cell refers to text {value[:20]}, which there is not")
            self._show_text(self._workbook.texts[index])
        elif self._kind in ("str", "inlineStr"):
            self._show_text(RichText(unescaped(value), False))
        elif self._kind == "b":
            sheet.texts[row, column] = "FALSE" if value.strip() in ("0", "false") else "TRUE"
        elif self._kind == "e":
            sheet.texts[row, column] = value
            sheet.mark("error", row, column, value)
        else:
            self._show_number(value.strip())

    def _show_number(self, stored: str) -> None:
        sheet, row, column = self._sheet, self._row, self._column
        number = _since_1900(stored, self._workbook.since_1904) if self._kind == "d" else None
        if number is None:
            if not _NUMBER.fullmatch(stored) or not stored.isascii():
                sheet.texts[row, column] = stored
                sheet.mark("error", row, column, stored)
                return
            number = float(stored)
        if abs(number) > 1e300:
            sheet.texts[row, column] = stored
            sheet.mark("error", row, column, stored)
            return
        if (
            sum(map(str.isdecimal, stored.lower().partition("e")[0].lstrip("+-0."))) > _KEPT_DIGITS
            and abs(number) >= 1e15
        ):
            sheet.mark("digits", row, column, stored)
        if number == 0 and not self._zeros_shown:
            sheet.show(row, column, Shown("", "hidden"), stored)
            return
        sheet.show(row, column, shown_number(number, self._style.code, self._workbook.since_1904), exact(number))

    def _show_text(self, rich: RichText) -> None:
        if rich.is_struck:
            self._sheet.mark("struck", self._row, self._column, rich.text)
        if rich.text:
            self._sheet.show(self._row, self._column, shown_text(rich.text, self._style.code), rich.text)


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
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if row > _LAST_ROW or column > _LAST_COLUMN:
        raise damaged(f"there is no cell {reference[:20]}")
    return row - 1, column - 1


def _since_1900(stored: str, since_1904: bool) -> float | None:
    """A date of ISO 8601 as the days that a sheet counts; None where it is none."""
    try:
        moment = datetime.fromisoformat(stored.removesuffix("Z"))
    except ValueError:
        return None
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    return (moment.replace(tzinfo=None) - first).total_seconds() / 86400
