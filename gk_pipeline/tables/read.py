"""The cells of a report: every cell of the detected forms, whether a number, something else or nothing was printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import NamedTuple

from gk_pipeline.forms import Cell, FormTable
from gk_pipeline.quality.finding import Finding
from gk_pipeline.schemas.exact import micros, plain
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.report import OpenReport
from gk_pipeline.tables.across import rows_across
from gk_pipeline.tables.numbers import MONEY_UNITS, Value, read_value
from gk_pipeline.tables.own_laws import own_laws
from gk_pipeline.tables.printed import Row
from gk_pipeline.tables.rows import RowReader
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
Where = tuple[int | None, ...]
NOWHERE: Where = (None,) * 7
"""The place of what is not printed."""
NO_VALUE = Value("word")
"""What a text says that no cell of its kind can hold."""


_APART = re.compile(r"\d\s+\d")
"""Digits parted by white space: one number with a space for a comma, or two; only a sum can tell."""
_SHORTEST_APART = len("1 234")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as read."""

    code: str
    form: str
    items_expected: int
    items_found: int
    items_lost: int
    cells: tuple[ReadCell, ...]
    findings: tuple[Finding, ...]


def tables_of(opened: OpenReport) -> list[ReadTable]:
    """Every table found in a report, in form order."""
    located = _located(opened)
    readers = {place.extent: RowReader(opened.stream, place, _end(opened, place)) for place in located}
    strays = any(reader.strays for reader in readers.values())
    tables = []
    for place in opened.tables.values():
        table = _read_table(opened, readers[place.extent], strays)
        again = [_read_table(opened, readers[other.extent], strays) for other in place.again]
        tables.append(_compared(table, again) if again else table)
    return tables


def is_blank(tables: Sequence[ReadTable]) -> bool:
    """Whether no cell of any table prints anything: a blank form, not a report."""
    return not any(cell.printed or cell.candidates for table in tables for cell in table.cells)


def _read_table(opened: OpenReport, reader: RowReader, strays: bool) -> ReadTable:
    table = reader.located.table
    rows = rows_across(reader, strays) if table.items_across else reader.rows(strays)
    units = [reader.heads[number].units for number, part in enumerate(table.parts) for _ in part.items]
    cells = [
        cell for row, head_units in zip(rows, units, strict=True) for cell in _cells(opened, table, row, head_units)
    ]
    lost = sum(row.printed and (row.slots is None or row.alignments is not None) for row in rows)
    findings = tuple(_findings(opened, table, rows, cells))
    found = reader.located.items_found
    return ReadTable(table.code, table.form, len(table.items), found, lost, tuple(cells), findings)


def _compared(table: ReadTable, again: Sequence[ReadTable]) -> ReadTable:
    """The table as read; where the report prints it again with other numbers, only what both print alike.

    Which of them is meant nothing says: the one that was read may be last year's, or that of other bodies.
    """
    others = [other for other in again if _says_otherwise(other, table)]
    cells = []
    for number, cell in enumerate(table.cells):
        elsewhere = [other.cells[number] for other in others]
        if cell.number is not None and any(other.number != cell.number for other in elsewhere):
            texts = [one.printed for one in (cell, *elsewhere) if one.printed is not None]
            key = (cell.table_code, cell.item, cell.measure, cell.form)
            cell = ReadCell(*key, None, "lost", None, cell.unit, None, None, texts, 0, *NOWHERE)
        cells.append(cell)
    differing = sum(one is not cell for one, cell in zip(cells, table.cells, strict=True))
    if not differing:
        return table
    message = f"The table is printed again with other numbers; {differing} of its cells stay without a number."
    advice = "See which of them the report means (its own, or a summary, or last year's), and leave only that one."
    finding = Finding("warning", "tables_differ", message, advice, table_code=table.code)
    return replace(table, cells=tuple(cells), findings=(*table.findings, finding))


def _says_otherwise(again: ReadTable, table: ReadTable) -> bool:
    """Whether a table prints another number than its like in some cell, or most of a row that is none of that."""
    pairs = zip(table.cells, again.cells, strict=True)
    if any(None not in (cell.number, other.number) and cell.number != other.number for cell, other in pairs):
        return True
    printed = [text for _, texts in _printed_rows(table) for text in texts]
    rows = ((row, texts) for row, texts in _printed_rows(again) if row[0].alignments == 0)
    return any(not _within(texts, printed) for row, texts in rows if 1 < len(row) <= len(texts))


def _printed_rows(table: ReadTable) -> Iterator[tuple[list[ReadCell], list[str]]]:
    """The rows of a table with what each printed, whether it is known whose that is or not."""
    for _, cells in groupby(table.cells, key=lambda cell: cell.item):
        row = list(cells)
        unread = row[0].candidates if row[0].alignments == 0 else None
        yield row, unread or [cell.printed for cell in row if cell.printed is not None]


def _within(texts: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether texts are printed one behind the other."""
    width = len(texts)
    return any(printed[at : at + width] == texts for at in range(len(printed) - width + 1))


def _located(opened: OpenReport) -> list[Located]:
    return [place for first in opened.tables.values() for place in (first, *first.again)]


def _end(opened: OpenReport, located: Located) -> int:
    """Where the table's section ends: at the next heading or the next table after its last label."""
    last = located.extent[1]
    later = [hit.start for hit in opened.headings.values() if hit.start >= last]
    later += [place.extent[0] for place in _located(opened) if place.extent[0] >= last]
    return min(later, default=len(opened.stream.text))


def _cells(opened: OpenReport, table: FormTable, row: Row, head_units: Mapping[str, str]) -> Iterator[ReadCell]:
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
        block, _, offset, _, page, line, grid_row, column, _, _, _ = pieces[number]
        where = (block, page, line, grid_row, column, offset + start, offset + end)
        read = (code, item, measure, form, text, reading, micro, unit, named, decimals, None, None)
        yield _cell(read + where)


def _place(opened: OpenReport, slot: Slot) -> Where:
    piece = opened.stream.pieces[slot.piece]
    start, end = piece.offset + slot.start, piece.offset + slot.end
    return piece.block, piece.page, piece.line, piece.row, piece.column, start, end


def _findings(opened: OpenReport, table: FormTable, rows: list[Row], cells: list[ReadCell]) -> Iterator[Finding]:
    labels = {code: item.label.text for code, item in table.items.items()}
    absent = [labels[row.item] for row in rows if not row.printed]
    if absent:
        message = f"{table.label.text}: {len(absent)} of {len(rows)} rows were not found: {'、'.join(absent)}."
        advice = f"If the page prints them in another wording, add it to `variants` in forms/{table.form}.toml."
        yield Finding("warning", "rows_absent", message, advice, table_code=table.code)
    for row in rows:
        if row.alignments is not None:
            yield _aligned(opened, table, row)
        elif row.printed and row.slots is None:
            width = len(table.cells_of[row.item])
            expected = len(table.cells) if table.items_across else width
            where = _line(opened, row)
            values = f"{len(row.tokens)} values for {expected} cells"
            uncertain = "" if len(row.tokens) != expected else ", and it is not certain which is whose"
            message = f"{labels[row.item]}{where}: printed {values}{uncertain}."
            evidence = " ".join(slot.text for slot in row.tokens)
            advice = (
                "Compare with the page; none of the numbers was taken for a cell, which has what the sums leave it."
            )
            yield Finding("warning", "row_lost", message, advice, evidence, table.code, row.item)
    unprinted = {measure for row in rows for measure in row.unprinted}
    if unprinted:
        heads = "、".join(measure.label.text for code, measure in table.measures.items() if code in unprinted)
        message = f"{table.label.text}: the columns of {heads} are not printed."
        advice = "Compare with the page; their cells have what the sums leave them, or stay without a value."
        yield Finding("warning", "columns_absent", message, advice, table_code=table.code)
    nobodys = {
        cell.measure
        for row in rows
        if row.slots and row.alignments is None
        for cell in _unread(table, row.item, row.slots)
        if cell.measure not in row.unprinted
    }
    if nobodys:
        heads = "、".join(measure.label.text for code, measure in table.measures.items() if code in nobodys)
        message = f"{table.label.text}: the columns of {heads} stand under other heads; their cells are missing."
        advice = f"If a head only words it otherwise, add it to `variants` in forms/{table.form}.toml."
        yield Finding("warning", "head_unknown", message, advice, table_code=table.code)
    for cell in cells:
        if cell.printed_unit and cell.micro and MONEY_UNITS.get(cell.printed_unit, 0):
            value = f"{plain(cell.micro)} {cell.unit}"
            message = f"{labels[cell.item]}: {cell.printed_with_unit} is {value}, the unit that the form prescribes."
            advice = f"If the number is meant in {cell.unit}, mend the unit on the page."
            yield Finding("note", "unit_converted", message, advice, cell.printed or "", table.code, cell.item)
    for cell in cells:
        if cell.reading == "word" and cell.printed is not None and any(char.isdigit() for char in cell.printed):
            where = f"line {cell.line}" if cell.line is not None else f"block {cell.block}"
            message = f"{labels[cell.item]}, {cell.measure} ({where}): no number that this cell can hold."
            advice = "Compare with the page; a count is a whole number, money is in one known unit."
            yield Finding("warning", "number_unreadable", message, advice, cell.printed, table.code, cell.item)


def _aligned(opened: OpenReport, table: FormTable, row: Row) -> Finding:
    """What a row that does not print its shape was read as."""
    cells = table.cells_of[row.item]
    settled = len(row.slots or {}) + sum(len(values) == 1 for values in row.may_be.values())
    ways = "one way to read it" if row.alignments == 1 else f"{row.alignments} ways to read it"
    agree = "" if row.alignments == 1 else f", which agree on {settled} cells"
    label = table.items[row.item].label.text
    message = (
        f"{label}{_line(opened, row)}: printed {len(row.tokens)} values for {len(cells)} cells; the laws leave "
        f"{ways}{agree}."
    )
    advice = "Compare with the page; a cell without a number of its own has what all these ways give it, or stays open."
    evidence = " ".join(slot.text for slot in row.tokens)
    return Finding("warning", "row_aligned", message, advice, evidence, table.code, row.item)


def _unread(table: FormTable, item: str, slots: Mapping[str, Slot]) -> list[Cell]:
    """The cells of a row that was read but for these, since no head says which columns are theirs."""
    cells = table.cells_of[item]
    return [] if len(slots) == len(cells) else [cell for cell in cells if cell.measure not in slots]


def _line(opened: OpenReport, row: Row) -> str:
    line = opened.stream.pieces[row.tokens[0].piece].line if row.tokens else None
    return "" if line is None else f" (line {line})"
