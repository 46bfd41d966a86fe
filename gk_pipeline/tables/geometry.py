"""Grids with real spans: which cell stands under which head, told from where they stand."""

from collections.abc import Sequence
from functools import cached_property

from gk_pipeline.forms import Label, Measure
from gk_pipeline.sections.labels import target
from gk_pipeline.sections.stream import Piece, Stream, squeeze
from gk_pipeline.tables.slots import without_remarks


class GridView:
    """A grid whose spans are known: every place of it and the piece that covers it."""

    def __init__(self, stream: Stream, member: int) -> None:
        self.stream = stream
        self.block = stream.pieces[member].block
        first = last = member
        while first > 0 and stream.pieces[first - 1].block == self.block:
            first -= 1
        while last + 1 < len(stream.pieces) and stream.pieces[last + 1].block == self.block:
            last += 1
        self.numbers = range(first, last + 1)

    @cached_property
    def _rows(self) -> dict[int, dict[int, int]]:
        """For each row, which piece covers which column."""
        cover: dict[int, dict[int, int]] = {}
        for number in self.numbers:
            piece = self.stream.pieces[number]
            for row in range(piece.row or 0, (piece.row or 0) + piece.row_span):
                for column in range(piece.column or 0, (piece.column or 0) + piece.column_span):
                    cover.setdefault(row, {})[column] = number
        return cover

    @cached_property
    def last_row(self) -> int:
        """The last row of the grid."""
        return max(self._rows, default=0)

    @cached_property
    def _heads(self) -> dict[int, str]:
        return {number: squeeze(without_remarks(self.stream.pieces[number].text)) for number in self.numbers}

    def headed(self, label: Label, above_row: int, from_row: int) -> list[Piece]:
        """The cells between two rows that print a head and nothing else but bracketed remarks."""
        spellings = target(label).spellings
        pieces = ((self.stream.pieces[number], text) for number, text in self._heads.items() if text in spellings)
        return [piece for piece, _ in pieces if from_row <= (piece.row or 0) < above_row]

    def columns(self, measures: Sequence[Measure], above_row: int, from_row: int) -> list[int] | None:
        """The column of each measure's head between two rows; None unless each has one head and its own column."""
        columns = []
        for measure in measures:
            heads = self.headed(measure.label, above_row, from_row)
            if len(heads) != 1:
                return None
            columns.append(heads[0].column or 0)
        return columns if len(set(columns)) == len(columns) else None

    def under(self, row: int, after_column: int, columns: Sequence[int]) -> list[int] | None:
        """The pieces of a row under the given columns, in their order.

        None unless each column has its own piece right of `after_column` and nothing else is printed there.
        """
        covering = self._rows.get(row, {})
        right = {number for number in covering.values() if (self.stream.pieces[number].column or 0) > after_column}
        found = [covering.get(column) for column in columns]
        cells = [number for number in found if number is not None and number in right]
        if len(set(cells)) != len(columns):
            return None
        leftover = right.difference(cells)
        return None if any(self.stream.pieces[number].text.strip() for number in leftover) else cells
