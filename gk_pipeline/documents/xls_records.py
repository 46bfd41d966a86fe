"""The records of an .xls that its library passes over: how sure formulas are of their results, and text boxes.

They also tell how much a workbook holds before anyone takes it apart.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack_from
from typing import NamedTuple

BOUND_SHEET, SST, RECALC_ID, UNCALCULATED, EOF = 0x85, 0xFC, 0x1C1, 0x5E, 0x0A
FORMULA, BLANK, MANY_BLANK, MANY_NUMBERS = 0x06, 0x201, 0xBE, 0xBD
DRAWING, OBJECT, TEXT_OBJECT, CONTINUE = 0xEC, 0x5D, 0x1B6, 0x3C
_CELLS = frozenset((0x203, 0x204, 0x205, 0xD6, 0xFD, 0x27E, FORMULA))
_TEXT_BOXES = frozenset(range(31)) - {0x05, 0x08, 0x19}
"""Kinds of objects that show text; 5 is a chart, 8 a picture, 19 (hex) the note of a comment."""
_PICTURES = frozenset((0x05, 0x08))
_WORKSHEET = 0
_ANCHOR = b"\x00\x00\x10\xf0\x12\x00\x00\x00"
"""What is printed before the place of an object: the kind of the record and its 18 bytes."""


class Record(NamedTuple):
    """A record: what it is, and its content."""

    kind: int
    content: bytes


@dataclass(slots=True)
class SheetRecords:
    """What the records of a worksheet tell; `visibility` is 0 where it is shown."""

    visibility: int
    is_worksheet: bool
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    boxes: list[tuple[int, str]] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)


@dataclass(slots=True)
class BookRecords:
    """What the records of a workbook tell; `texts` and `blanks` count its cells, `shared_texts` its table of texts."""

    sheets: list[SheetRecords] = field(default_factory=list)
    texts: int = 0
    blanks: int = 0
    shared_texts: int = 0


def book_records(stream: bytes) -> BookRecords:
    """What the stream of a workbook tells; raises ValueError where it is cut or torn."""
    book = BookRecords()
    places = []
    is_calculated, has_engine = True, False
    try:
        for kind, content in _records(stream, 0):
            if kind == BOUND_SHEET:
                place, visibility, what = unpack_from("<IBB", content)
                places.append(place)
                book.sheets.append(SheetRecords(visibility & 3, what == _WORKSHEET))
            elif kind == SST:
                book.shared_texts = unpack_from("<II", content)[1]
            elif kind == RECALC_ID:
                has_engine = True
                is_calculated = unpack_from("<I", content, 4)[0] != 0
        for place, sheet in zip(places, book.sheets, strict=True):
            _read_sheet(_records(stream, place), book, sheet, is_calculated, has_engine)
    except struct.error as error:
        raise ValueError(str(error)) from error
    return book


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from a place to the end of its part of the stream; parts within it are passed as they come."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        yield Record(kind, stream[at + 4 : at + 4 + size])
        depth += (kind in (0x809, 0x409, 0x209, 0x09)) - (kind == EOF)
        if depth <= 0:
            return
        at += 4 + size
    raise ValueError("it ends in the middle")


def _read_sheet(
    records: Iterator[Record], book: BookRecords, sheet: SheetRecords, is_calculated: bool, has_engine: bool
) -> None:
    formulas: dict[tuple[int, int], bytes] = {}
    row, shape, letters = 0, -1, 0
    for kind, content in records:
        if kind in _CELLS:
            book.texts += 1
            if kind == FORMULA:
                formulas[unpack_from("<HH", content)] = content[6:14]
        elif kind == BLANK:
            book.blanks += 1
        elif kind == MANY_BLANK:
            book.blanks += max(len(content) - 6, 0) // 2
        elif kind == MANY_NUMBERS:
            book.texts += max(len(content) - 6, 0) // 6
        elif kind == UNCALCULATED:
            is_calculated = False
        elif kind == DRAWING:
            if (anchor := content.rfind(_ANCHOR)) >= 0:
                row = unpack_from("<H", content, anchor + len(_ANCHOR) + 6)[0]
        elif kind == OBJECT:
            shape = unpack_from("<H", content, 4)[0]
            sheet.pictures += [row] if shape in _PICTURES else []
        elif kind == TEXT_OBJECT:
            letters = unpack_from("<H", content, 10)[0] if shape in _TEXT_BOXES else 0
        if kind == CONTINUE and letters and content:
            text = _text(content, letters)
            letters = 0
            sheet.boxes += [(row, text)] if text.strip() else []
        elif kind not in (TEXT_OBJECT, CONTINUE):
            letters = 0
    for cell, result in formulas.items():
        if not is_calculated or (not has_engine and _is_nothing(result)):
            sheet.uncalculated.add(cell)


def _is_nothing(result: bytes) -> bool:
    """Whether a result is zero or no text, as programs write it that cannot calculate.

    A workbook that does not name the program that calculated it is calculated when it is opened.
    """
    return result == bytes(8) or (result[:1] == b"\x03" and result[6:] == b"\xff\xff")


def _text(content: bytes, letters: int) -> str:
    encoding, size = ("utf-16-le", 2 * letters) if content[0] & 1 else ("latin-1", letters)
    return content[1 : 1 + size].decode(encoding, "replace")
