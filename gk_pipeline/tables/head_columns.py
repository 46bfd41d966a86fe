"""Heads that a grid prints on several rows, put column by column, as far as it is known which cells stand in one."""

from collections.abc import Sequence
from itertools import groupby

from gk_pipeline.sections.stream import Piece, Stream
from gk_pipeline.tables.head_words import IN_COLUMNS, Region, region_of
from gk_pipeline.tables.numbers import is_value


def column_by_column(stream: Stream, start: int, end: int) -> Region | None:
    """The region between two positions with the rows of heads above `end` put column by column; None where none can be.

    A row must be as wide as the others, or have a blank cell before one with a head: blank ones at its end may be
    missing, and without real spans those left of a head too where no cell is blank.
    """
    region, _ = region_of(stream, start, end)
    if not region.pieces:
        return None
    first, below = stream.place(start)[0], stream.pieces[stream.place(end)[0]]
    pieces = stream.pieces[first : first + len(region.pieces)]
    rows = [list(row) for _, row in groupby(pieces, key=lambda piece: (piece.block, piece.row))]
    after = 0
    if rows and (rows[-1][0].block, rows[-1][0].row) == (below.block, below.row):
        after = len(rows.pop())
    heads = [piece for row in _placed(_above(rows)) for piece in row]
    high = len(pieces) - after
    low = high - len(heads)
    if not heads or (not low and region.start):
        return None
    columns = sorted(heads, key=lambda piece: (piece.column or 0, piece.row or 0))
    put = tuple([(piece.text, True, IN_COLUMNS[0]) for piece in columns])
    return region._replace(pieces=(*region.pieces[:low], *put, *region.pieces[high:]))


def _above(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """The last rows of a grid that print no value."""
    found: list[list[Piece]] = []
    for row in reversed(rows):
        if row[0].row is None or row[0].block != rows[-1][0].block:
            break
        if any(piece.text.strip() and is_value(piece.text) for piece in row):
            break
        found.insert(0, row)
    return found


def _placed(rows: Sequence[list[Piece]]) -> Sequence[list[Piece]]:
    """The last of some rows of which it is known in what columns their cells stand; none of a single one."""
    if not rows:
        return rows
    cover: dict[int, set[int]] = {row[0].row or 0: set() for row in rows}
    for piece in (piece for row in rows for piece in row):
        for at in range(piece.row or 0, (piece.row or 0) + piece.row_span):
            cover.get(at, set()).update(range(piece.column or 0, (piece.column or 0) + piece.column_span))
    widest = max(map(len, cover.values()))
    first = len(rows)
    while first and (len(cover[rows[first - 1][0].row or 0]) == widest or _blank_inside(rows[first - 1])):
        first -= 1
    own = rows[first:]
    told = rows[0][0].spans_known or any(map(_blank_inside, own))
    return own if len(own) > 1 and told else ()


def _blank_inside(row: Sequence[Piece]) -> bool:
    """Whether a cell of a row is blank before one that is not."""
    blank = [not piece.text.strip() for piece in row]
    return any(blank) and not all(blank[blank.index(True) :])
