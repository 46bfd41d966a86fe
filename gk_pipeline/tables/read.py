"""The cells of a report: every cell of the detected forms, whether a number, something else or nothing was printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gk_pipeline.quality.finding import Finding
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.report import OpenReport
from gk_pipeline.tables.across import rows_across
from gk_pipeline.tables.cells import NOWHERE, ReadCell, row_cells
from gk_pipeline.tables.doubt import without_doubtful
from gk_pipeline.tables.findings import table_findings
from gk_pipeline.tables.rows import RowReader
from gk_pipeline.tables.torn_labels import torn_labels


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
        cell for row, head_units in zip(rows, units, strict=True) for cell in row_cells(opened, table, row, head_units)
    ]
    cells = without_doubtful(table, cells)
    lost = sum(row.printed and (row.slots is None or row.alignments is not None) for row in rows)
    absent = {row.item for row in rows if not row.printed}
    torn = tuple(torn_labels(opened.stream, reader.located, reader.end, absent))
    findings = tuple(table_findings(opened, table, rows, cells, torn))
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
            cell = ReadCell._make((*key, None, "lost", None, cell.unit, None, None, texts, 0, *NOWHERE))
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
