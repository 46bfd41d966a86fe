"""What reading a table tells a person: rows that are absent, lost or aligned, columns, units, what is no number."""

from collections.abc import Iterator, Mapping, Sequence

from gk_pipeline.forms import Cell, FormTable
from gk_pipeline.quality.finding import Finding
from gk_pipeline.schemas.exact import MICRO, plain
from gk_pipeline.sections.report import OpenReport
from gk_pipeline.tables.cells import ReadCell
from gk_pipeline.tables.numbers import MONEY_UNITS
from gk_pipeline.tables.printed import Row
from gk_pipeline.tables.slots import Slot


def table_findings(
    opened: OpenReport, table: FormTable, rows: Sequence[Row], cells: Sequence[ReadCell], torn: Sequence[Finding]
) -> Iterator[Finding]:
    """The findings of one table of a report, from its rows and cells; `torn` are those of labels that are not whole."""
    labels = {code: item.label.text for code, item in table.items.items()}
    yield from torn
    begun = {finding.item for finding in torn}
    absent = [labels[row.item] for row in rows if not row.printed and row.item not in begun]
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
    yield from _too_large(table, cells)
    for cell in cells:
        if cell.reading == "word" and cell.printed is not None and any(char.isdigit() for char in cell.printed):
            where = f"line {cell.line}" if cell.line is not None else f"block {cell.block}"
            message = f"{labels[cell.item]}, {cell.measure} ({where}): no number that this cell can hold."
            advice = "Compare with the page; a count is a whole number, money is in one known unit."
            yield Finding("warning", "number_unreadable", message, advice, cell.printed, table.code, cell.item)


def _too_large(table: FormTable, cells: Sequence[ReadCell]) -> Iterator[Finding]:
    """What says that numbers are larger than the form believes any to be, whether they add up or not."""
    most = {limit.kind: limit.most for limit in table.limits}
    for cell in cells:
        limit = most.get(table.cell_at[cell.item, cell.measure].kind)
        if limit is not None and cell.micro is not None and abs(cell.micro) > limit * MICRO:
            label, head = table.items[cell.item].label.text, table.measures[cell.measure].label.text
            message = f"{label}, {head}: {plain(cell.micro)} {cell.unit}; more than {limit:,} is beyond belief."
            advice = "Compare with the page: two numbers may have run together, or another unit is meant."
            yield Finding("warning", "number_too_large", message, advice, cell.printed or "", table.code, cell.item)


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
