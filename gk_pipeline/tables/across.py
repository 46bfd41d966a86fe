"""Tables that print their items side by side: a row of values under two rows of heads, or a row an item.

Such a table is read block by block: heads, then the values that stand below or behind them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from gk_pipeline.forms import FormTable, Item, Part
from gk_pipeline.sections.labels import Hit, hits, target
from gk_pipeline.sections.stream import Piece, Stream
from gk_pipeline.tables.agreement import agreed
from gk_pipeline.tables.fillings import Filling, column_laws, fillings
from gk_pipeline.tables.head_words import head_words, with_items
from gk_pipeline.tables.heads import Order, by_code
from gk_pipeline.tables.own_laws import keeps_own_laws
from gk_pipeline.tables.printed import Row
from gk_pipeline.tables.rows import RowReader
from gk_pipeline.tables.runs import Run
from gk_pipeline.tables.slots import Slot, slots_between

_BEFORE = 60
"""Letters before the first item within which the heads of a table with a row an item begin."""


class Head(NamedTuple):
    """A head of a measure, or an unknown one, and the column it stands in, in a grid."""

    measure: str | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """Items whose values are printed together, the run of values, and the heads that were read last before it.

    `headed` tells whether these heads are its own.
    """

    items: tuple[Item, ...]
    run: Run
    heads: tuple[Head, ...]
    headed: bool


def rows_across(reader: RowReader, strays: bool) -> list[Row]:
    """Every item of a table with items across, in form order; `strays` as for other tables."""
    return [row for part in reader.located.table.parts for row in _part_rows(reader, part, strays)]


def _part_rows(reader: RowReader, part: Part, strays: bool) -> list[Row]:
    labels = [hit for item in part.items if (hit := reader.item_hits.get(item.code)) is not None]
    if not labels:
        return [Row(item.code, None, printed=False) for item in part.items]
    last = reader.run(labels[-1].end, reader.end)
    if len(labels) < len(part.items) or not _in_form_order(reader, part, labels, last):
        return [Row(item.code, None, last.filled) for item in part.items]
    rows = _under_heads(reader, part, labels)
    blocks = _blocks(reader, part, labels, last)
    again = _printed_again(reader, part, blocks[-1])
    if again:
        return [Row(item.code, None, (*blocks[-1].run.filled, *again)) for item in part.items]
    if rows:
        return rows
    if _group_goes_before(reader, part, labels):
        return [Row(item.code, None, blocks[-1].run.filled) for item in part.items]
    headed = [(block, _orders(part, block)) for block in blocks]
    doubtful = strays or any(len(block.run.filled) % _n_columns(part, block, orders) for block, orders in headed)
    return [row for block, orders in headed for row in _block_rows(reader, part, block, orders, doubtful)]


def _n_columns(part: Part, block: Block, orders: Sequence[Order] | None) -> int:
    """The number of values that a block prints by its heads."""
    return sum(map(len, orders)) if orders else len(block.items) * len(part.measures)


def _in_form_order(reader: RowReader, part: Part, labels: Sequence[Hit], last: Run) -> bool:
    """Whether no item's label stands by itself once more behind that of a later item, before the `last` item's values.

    The labels were found in the form's order; a page that prints them in another one shows it there.
    """
    first = last.filled[0] if last.filled else None
    end = reader.stream.position(first.piece, first.start) if first else reader.end
    pairs = zip(part.items, labels[1:], strict=False)
    return not any(
        hit.alone for item, later in pairs for hit in hits(reader.stream, target(item.label), later.end, end)
    )


def _group_goes_before(reader: RowReader, part: Part, labels: Sequence[Hit]) -> bool:
    """Whether the heading of a group stands before an item that the form prints before it: 行政诉讼 before 行政复议."""
    for group in reader.located.table.groups:
        first = next(number for number, item in enumerate(part.items) if item.group == group.code)
        before = labels[first - 1] if first else None
        sought = target(group.label)
        if before and not hits(reader.stream, sought, before.end, labels[first].start):
            earlier = hits(reader.stream, sought, reader.located.span[0], before.start)
            return any(hit.alone or hit.end == before.start for hit in earlier)
    return False


def _printed_again(reader: RowReader, part: Part, block: Block) -> tuple[Slot, ...]:
    """The other numbers that a second row prints under the same heads, another year's perhaps."""
    if len(block.items) < len(part.items) or not block.run.filled:
        return ()
    last = block.run.filled[-1]
    again = reader.run(reader.stream.position(last.piece, last.end), reader.end).filled
    if len(again) < len(block.run.filled):
        return ()
    same = [slot.text for slot in again] == [slot.text for slot in block.run.filled]
    return () if same else again


def _blocks(reader: RowReader, part: Part, labels: Sequence[Hit], last: Run) -> list[Block]:
    """The items with the values behind them, those without any together with the next that has some.

    `last` is the run behind the last one.
    """
    stream, codes = reader.stream, {measure.code for measure in part.measures}
    blocks: list[Block] = []
    waiting: list[Item] = []
    heads: list[Head] = []
    headed = False
    start = _behind_values(stream, max(reader.located.span[0], labels[0].start - _BEFORE), labels[0].start)
    stops = [*(label.start for label in labels[1:]), reader.end]
    runs = [*(reader.run(one.end, later.start) for one, later in pairwise(labels)), last]
    for item, stop, run in zip(part.items, stops, runs, strict=True):
        waiting.append(item)
        first = run.filled[0] if run.filled else None
        before = stream.position(first.piece, first.start) if first else stop
        found = [
            Head(word.names, stream.pieces[stream.place(word.start)[0]].column)
            for word in head_words(stream, part, with_items(part), start, before)
            if word.names is None or word.names in codes
        ]
        known = any(head.measure for head in found)
        heads = [*heads, *found] if headed or not known else found
        headed = headed or known
        start = stop
        if first or item is part.items[-1]:
            blocks.append(Block(tuple(waiting), run, tuple(heads), headed))
            waiting, headed = [], False
    return blocks


def _behind_values(stream: Stream, start: int, end: int) -> int:
    """The first of these positions behind which no value stands: the heads of a table are below all of another's."""
    slots = slots_between(stream, stream.place(start), stream.place(end))
    last = max((slot for slot in slots if slot.holds == "value"), default=None)
    return start if last is None else stream.position(last.piece, last.end)


def _block_rows(
    reader: RowReader, part: Part, block: Block, orders: Sequence[Order] | None, doubtful: bool
) -> list[Row]:
    table, columns = reader.located.table, _n_columns(part, block, orders)
    slots = block.run.filled
    if len(slots) < columns and _under_its_heads(reader, block):
        slots = block.run.slots
    if orders is not None and len(slots) == columns:
        width = len(orders[0])
        shares = [slots[number * width : (number + 1) * width] for number in range(len(block.items))]
        rows = [by_code(order, share) for order, share in zip(orders, shares, strict=True)]
        pairs = list(zip(block.items, rows, strict=True))
        undoubted = not doubtful and not block.run.sentence and (block.headed or block.run.clear)
        if undoubted or all(keeps_own_laws(table, item.code, row) for item, row in pairs):
            unprinted = frozenset(one.code for one in part.measures if width < len(part.measures)) - rows[0].keys()
            return [Row(item.code, row, () if len(row) == width else slots, unprinted=unprinted) for item, row in pairs]
    return _aligned(table, block, orders) or [Row(item.code, None, block.run.filled) for item in block.items]


def _aligned(table: FormTable, block: Block, orders: Sequence[Order] | None) -> list[Row] | None:
    """The items as far as all ways agree in which their laws let the block's values fill their cells."""
    values = block.run.filled
    named = [[measure for measure in order if measure is not None] for order in orders or ()]
    kinds = {measure.kind for own in named for measure in own}
    widths = [len(own) for own in named]
    if len(kinds) != 1 or len(values) == sum(widths) or widths != [len(order) for order in orders or ()]:
        return None
    starts = list(accumulate(widths, initial=0))
    laws = [
        tuple((start + place, sign) for place, sign in law)
        for item, own, start in zip(block.items, named, starts, strict=False)
        for law in column_laws(table, item.code, [measure.code for measure in own])
    ]
    left = fillings(values, kinds.pop(), sum(widths), laws, doubtful=False) if len(laws) >= len(block.items) else []
    if not left:
        return None
    rows = []
    for item, own, start in zip(block.items, named, starts, strict=False):
        share = slice(start, start + len(own))
        ways = dict.fromkeys(Filling(slots[share], vector[share]) for slots, vector in left)
        rows.append(agreed(Row(item.code, None, values), [measure.code for measure in own], list(ways)))
    return rows


def _under_its_heads(reader: RowReader, block: Block) -> bool:
    """Whether every cell of the run, blank or not, stands in the column of a head, and no head is without one."""
    cells = [reader.stream.pieces[slot.piece].column for slot in block.run.slots]
    heads = [head for head in block.heads if head.measure is not None]
    columns = [column for head in heads[-len(cells) :] if (column := head.column) is not None]
    return sorted(columns) == cells and len(set(cells)) == len(cells)


def _orders(part: Part, block: Block) -> list[Order] | None:
    """The order of each item's measures, from the heads read before the values; None where they contradict the form.

    Where some are missing and as many are unknown, those are heads of columns that are nobody's.
    """
    measures = {measure.code: measure for measure in part.measures}
    heads = [measures.get(head.measure or "") for head in block.heads]
    known = [head for head in heads if head is not None]
    width, items = len(part.measures), len(block.items)
    for count in (width * items, width):
        for row in (known, heads):
            shares = [tuple(row[-count:][start : start + width]) for start in range(0, count, width)]
            fits = len(row) == count or (len(row) > count and known == heads and len(row) % width == 0)
            if fits and all(map(_distinct, shares)):
                return [*shares] * (items // len(shares))
    for fewer in range(width - 1, 1, -1):
        shares = [tuple(known[start : start + fewer]) for start in range(0, len(known), fewer)]
        whole = known == heads and len(shares) in (1, items) and len(known) == fewer * len(shares)
        if whole and len(set(shares)) == 1 and _distinct(shares[0]):
            return [*shares] * (items // len(shares))
    remaining = iter(list(part.measures) * items)
    in_order = all(head in remaining for head in known)
    return [part.measures] * items if in_order and (not known or len(known) == len(heads)) else None


def _distinct(order: Order) -> bool:
    known = [measure for measure in order if measure is not None]
    return bool(known) and len(set(known)) == len(known)


def _under_heads(reader: RowReader, part: Part, labels: Sequence[Hit]) -> list[Row] | None:
    """One row of values under the heads of a grid with real spans; None where heads or row do not fit."""
    last, _ = reader.stream.place(labels[-1].end - 1)
    grid = reader.grid(last)
    pieces = [reader.stream.pieces[reader.stream.place(hit.end - 1)[0]] for hit in labels]
    if grid is None or any(piece.block != grid.block or not piece.spans_known for piece in pieces):
        return None
    named = [
        (piece, measure) for measure in part.measures for piece in grid.headed(measure.label, grid.last_row + 1, 0)
    ]
    named.sort(key=lambda pair: pair[0].column or 0)
    if len(named) != len(part.items) * len(part.measures):
        return None
    below = max((piece.row or 0) + piece.row_span for piece, _ in named)
    columns = [tuple(range(piece.column or 0, (piece.column or 0) + piece.column_span)) for piece, _ in named]
    distinct = len({column for own in columns for column in own}) == sum(map(len, columns))
    cells = grid.under(below, None, columns) if distinct else None
    if cells is None:
        return None
    rows: list[dict[str, Slot]] = [{} for _ in part.items]
    for (piece, measure), cell in zip(named, cells, strict=True):
        owner = _owner(pieces, piece)
        if measure.code in rows[owner]:
            return None
        rows[owner][measure.code] = grid.whole_cell(cell)
    return [Row(item.code, row) for item, row in zip(part.items, rows, strict=True)]


def _owner(items: Sequence[Piece], head: Piece) -> int:
    """The item under whose head a measure's head stands: of those that begin at or before its column the rightmost."""
    starts = [item.column or 0 for item in items]
    left = [start for start in starts if start <= (head.column or 0)]
    return starts.index(max(left, default=starts[0]))
