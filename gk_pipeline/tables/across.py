"""Tables that print their items side by side: one row of values under two rows of heads, or a row an item."""

from itertools import pairwise

from gk_pipeline.forms import Measure, Part
from gk_pipeline.sections.labels import Hit
from gk_pipeline.sections.stream import Piece
from gk_pipeline.tables.rows import Row, RowReader
from gk_pipeline.tables.slots import Slot


def rows_across(reader: RowReader) -> list[Row]:
    """Every item of a table with items across, in form order."""
    return [row for part in reader.located.table.parts for row in _part_rows(reader, part)]


def _part_rows(reader: RowReader, part: Part) -> list[Row]:
    heads = [reader.item_hits.get(item.code) for item in part.items]
    found = [hit for hit in heads if hit is not None]
    if not found:
        return [Row(item.code, None, printed=False) for item in part.items]
    if len(found) == len(part.items):
        rows = _under_heads(reader, part, found) or _row_an_item(reader, part, found)
        if rows:
            return rows
    run, _ = reader.run(found[-1].end, reader.end)
    filled = [slot for slot in run if not slot.empty]
    width = len(part.measures)
    for slots in (filled, run):
        if len(found) == len(part.items) and len(slots) == width * len(part.items):
            shares = [slots[number * width : (number + 1) * width] for number in range(len(part.items))]
            return [
                Row(item.code, _by_code(part.measures, share)) for item, share in zip(part.items, shares, strict=True)
            ]
    return [Row(item.code, None, tuple(filled)) for item in part.items]


def _by_code(measures: tuple[Measure, ...], slots: list[Slot]) -> dict[str, Slot]:
    return {measure.code: slot for measure, slot in zip(measures, slots, strict=True)}


def _row_an_item(reader: RowReader, part: Part, heads: list[Hit]) -> list[Row] | None:
    """Items printed below each other, each followed by its own values; None unless every one is."""
    rows = []
    bounds = [*heads, None]
    for item, (head, following) in zip(part.items, pairwise(bounds), strict=True):
        if head is None:
            return None
        run, clear = reader.run(head.end, following.start if following else reader.end)
        if not clear or len(run) != len(part.measures):
            return None
        rows.append(Row(item.code, _by_code(part.measures, run)))
    return rows


def _under_heads(reader: RowReader, part: Part, heads: list[Hit]) -> list[Row] | None:
    """One row of values under the heads of a grid with real spans; None where heads or row do not fit."""
    last, _ = reader.stream.place(heads[-1].end - 1)
    grid = reader.grid(last)
    pieces = [reader.stream.pieces[reader.stream.place(hit.end - 1)[0]] for hit in heads]
    if grid is None or any(piece.block != grid.block for piece in pieces):
        return None
    named = [
        (piece, measure) for measure in part.measures for piece in grid.headed(measure.label, grid.last_row + 1, 0)
    ]
    named.sort(key=lambda pair: pair[0].column or 0)
    if len(named) != len(part.items) * len(part.measures):
        return None
    columns = [piece.column or 0 for piece, _ in named]
    below = max((piece.row or 0) + piece.row_span for piece, _ in named)
    cells = grid.under(below, -1, columns) if len(set(columns)) == len(columns) else None
    if cells is None:
        return None
    rows: list[dict[str, Slot]] = [{} for _ in part.items]
    for (piece, measure), cell in zip(named, cells, strict=True):
        owner = _owner(pieces, piece)
        if measure.code in rows[owner]:
            return None
        rows[owner][measure.code] = reader.whole_cell(cell)
    return [Row(item.code, row) for item, row in zip(part.items, rows, strict=True)]


def _owner(items: list[Piece], head: Piece) -> int:
    """The item under whose head a measure's head stands: the last that begins at or before its column."""
    starts = [item.column or 0 for item in items]
    return max(number for number, start in enumerate(starts) if start <= (head.column or 0) or number == 0)
