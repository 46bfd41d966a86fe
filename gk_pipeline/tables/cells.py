"""The cells of a row as read: text, kind of reading, number, unit and place, whether printed or not."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from gk_pipeline.forms import FormTable
from gk_pipeline.schemas.exact import micros, plain
from gk_pipeline.sections.report import OpenReport
from gk_pipeline.tables.numbers import Value, read_value
from gk_pipeline.tables.own_laws import own_laws
from gk_pipeline.tables.printed import Row
from gk_pipeline.tables.slots import Slot


class ReadCell(NamedTuple):
    """A cell as read: the columns of tables.cells after the report's id, with the value in millionths."""

    table_code: str
    item: str
    measure: str
    form: str
    printed: str | None
    reading: str
    micro: int | None
    unit: str
    printed_unit: str | None
    decimals: int | None
    candidates: list[str] | None
    alignments: int | None
    block: int | None
    page: int | None
    line: int | None
    grid_row: int | None
    grid_column: int | None
    char_start: int | None
    char_end: int | None
    confidence: float | None

    @property
    def number(self) -> int | None:
        """The number it prints, or else has in every way to read its row, in millionths."""
        return self.agreed if self.micro is None else self.micro

    @property
    def agreed(self) -> int | None:
        """The number, in millionths, that a lost cell has in every way to read its row."""
        return micros(self.candidates[0]) if self.alignments and self.candidates and len(self.candidates) == 1 else None

    @property
    def contested(self) -> bool:
        """Whether the ways to read its row give a lost cell different numbers."""
        return bool(self.alignments) and self.agreed is None

    @property
    def printed_with_unit(self) -> str:
        """The number as printed, and the unit in which it is meant where that stands elsewhere."""
        printed, unit = self.printed or "", self.printed_unit or ""
        return printed if unit in printed else f"{printed} {unit}"


_cell = partial(tuple.__new__, ReadCell)
"""A cell of its fields: the shortest way to make as many as a form has."""
Where = tuple[float | None, ...]
NOWHERE: Where = (None,) * 8
"""The place of what is not printed, and the confidence with which nothing is read there."""
NO_VALUE = Value("word")
"""What a text says that no cell of its kind can hold."""


_APART = re.compile(r"\d\s+\d")
"""Digits parted by white space: one number with a space for a comma, or two; only a sum can tell."""
_SHORTEST_APART = len("1 234")


def row_cells(opened: OpenReport, table: FormTable, row: Row, head_units: Mapping[str, str]) -> Iterator[ReadCell]:
    """The cells of one row."""
    code, form, item, slots, pieces = table.code, table.form, row.item, row.slots, opened.stream.pieces
    unread, tokens, ways, first = "absent", None, None, NOWHERE
    if row.printed:
        unread, tokens, ways = "lost", [slot.text for slot in row.tokens], 0
        first = _place(opened, row.tokens[0]) if row.tokens else NOWHERE
    for cell in table.cells_of[item]:
        measure, unit = cell.measure, cell.unit
        slot = slots.get(measure) if slots else None
        if slot is None and measure in row.unprinted:
            yield _cell((code, item, measure, form, None, "absent", None, unit, None, None, None, None, *NOWHERE))
            continue
        if slot is None:
            settled = row.may_be.get(measure)
            may_be, left = ([plain(one) for one in settled], row.alignments) if settled else (tokens, ways)
            yield _cell((code, item, measure, form, None, unread, None, unit, None, None, may_be, left, *first))
            continue
        number, start, end, text, holds = slot
        if holds == "nothing":
            yield _cell((code, item, measure, form, None, "blank", None, unit, None, None, None, None, *NOWHERE))
            continue
        value = read_value(text, cell.kind, row.unit or head_units.get(measure)) or NO_VALUE
        if len(text) >= _SHORTEST_APART and _APART.search(text) and not own_laws(table, item):
            value = NO_VALUE
        reading, micro, named, decimals = value
        block, _, offset, _, page, line, grid_row, column, _, _, _, confidence = pieces[number]
        where = (block, page, line, grid_row, column, offset + start, offset + end, confidence)
        read = (code, item, measure, form, text, reading, micro, unit, named, decimals, None, None)
        yield _cell(read + where)


def _place(opened: OpenReport, slot: Slot) -> Where:
    piece = opened.stream.pieces[slot.piece]
    start, end = piece.offset + slot.start, piece.offset + slot.end
    return piece.block, piece.page, piece.line, piece.row, piece.column, start, end, piece.confidence
