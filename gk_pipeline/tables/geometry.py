"""Grids: which cell stands under which head, told from where they stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from gk_pipeline.forms import Label, Measure
from gk_pipeline.sections.labels import target
from gk_pipeline.sections.stream import Piece, Stream
from gk_pipeline.tables.slots import Slot, cell_slots, head_text

Columns = tuple[int, ...]
"""The columns that one head covers."""


class GridView:
    """A grid: every place of it and the piece that covers it."""

    def __init__(self, stream: Stream, member: int) -> None:
        self.stream = stream
        self.block = stream.pieces[member].block
        first = bisect_left(stream.pieces, self.block, key=_block)
        last = bisect_right(stream.pieces, self.block, key=_block)
        self.pieces = dict(enumerate(stream.pieces[first:last], first))

    @cached_property
    def _rows(self) -> dict[int, dict[int, int]]:
        """For each row, which piece covers which column."""
        cover: dict[int, dict[int, int]] = {}
        for number, piece in self.pieces.items():
            for row in range(_row(piece), _row(piece) + piece.row_span):
                columns = cover.setdefault(row, {})
                for column in _columns(piece):
                    columns[column] = number
        return cover

    @cached_property
    def last_row(self) -> int:
        """The last row of the grid."""
        return max(self._rows, default=0)

    @cached_property
    def _heads(self) -> dict[str, list[Piece]]:
        heads: dict[str, list[Piece]] = {}
        for piece in self.pieces.values():
            heads.setdefault(head_text(piece.text), []).append(piece)
        return heads

    @cached_property
    def _printed_columns(self) -> frozenset[int]:
        """The columns in which some piece of one column prints something."""
        return frozenset(piece.column or 0 for piece in self.pieces.values() if piece.column_span == 1 and piece.text)

    def headed(self, label: Label, above_row: int, from_row: int) -> list[Piece]:
        """The cells between two rows that print a head and nothing else but remarks."""
        pieces = [piece for spelling in target(label).spellings for piece in self._heads.get(spelling, ())]
        return [piece for piece in pieces if from_row <= _row(piece) < above_row]

    def columns(self, measures: Sequence[Measure], above_row: int, from_row: int) -> list[Columns] | None:
        """The columns of each measure's head between two rows, side by side where the head is repeated for its span.

        None unless each measure has a head and columns of its own, and nothing else is printed between it and the rows.
        """
        found: list[Columns] = []
        for measure in measures:
            heads = self.headed(measure.label, above_row, from_row)
            own = tuple(sorted({column for piece in heads for column in _columns(piece)}))
            if not own or own[-1] - own[0] >= len(own) or not self._nothing_below(heads, own, above_row):
                return None
            found.append(own)
        return found if len({column for own in found for column in own}) == sum(map(len, found)) else None

    def _nothing_below(self, heads: Sequence[Piece], columns: Columns, above_row: int) -> bool:
        texts = {piece.text for piece in heads}
        lowest = max(_row(piece) + piece.row_span for piece in heads)
        below = (self._rows.get(row, {}).get(column) for row in range(lowest, above_row) for column in columns)
        return all(number is None or self.pieces[number].text in {"", *texts} for number in below)

    def under(self, row: int, label: Piece | None, columns: Sequence[Columns]) -> list[int] | None:
        """The pieces of a row under the heads of the given columns, in their order; `label` is the row's.

        None where that is not certain: a head covers two different texts or nothing, a cell spans other rows as well,
        something is printed beside the heads or in the label's further rows, or cells are blank in a row that does not
        begin and end where heads do.
        """
        covering = self._rows.get(row, {})
        after, height = (-1, 1) if label is None else (_columns(label)[-1], label.row_span)
        right = {number for column, number in covering.items() if column > after}
        cells: list[int] = []
        for own in columns:
            pieces = list(dict.fromkeys(covering[column] for column in own if column in covering))
            filled = [number for number in pieces if self.pieces[number].text.strip()]
            texts = {self.pieces[number].text for number in filled}
            if not pieces or not right.issuperset(pieces) or len(texts) > 1:
                return None
            if any(_row(self.pieces[number]) != row or self.pieces[number].row_span > height for number in filled):
                return None
            cells.append((filled or pieces)[0])
            right.difference_update(pieces)
        beside = {self.pieces[number].text.strip() for number in right}
        if len(set(cells)) != len(columns) or beside - {"", label.text.strip() if label else ""}:
            return None
        if label and self._goes_on_below(label, cells):
            return None
        blank = not all(self.pieces[number].text.strip() for number in cells)
        return None if blank and not self._even(covering, after, columns) else cells

    def _goes_on_below(self, label: Piece, cells: Sequence[int]) -> bool:
        """Whether a label that spans several rows has more beside it, below the cells of its first row."""
        rows = range(_row(label) + 1, _row(label) + label.row_span)
        below = {number for row in rows for column, number in self._rows[row].items() if column > _columns(label)[-1]}
        return any(self.pieces[number].text.strip() for number in below.difference(cells))

    def _even(self, covering: dict[int, int], after: int, columns: Sequence[Columns]) -> bool:
        """Whether a row with blanks has its cells where the heads are: no cell between that other rows fill, none past.

        Without real spans an empty cell may be the ghost of one, and an empty end what is left of a lost cell: there
        the rows must all be as wide and end in a value under the last head.
        """
        heads = {column for own in columns for column in own}
        if next(iter(self.pieces.values())).spans_known:
            beside = [column for column in covering if column > after and column not in heads]
            return all(column <= max(heads) and column not in self._printed_columns for column in beside)
        last = max(covering)
        return self._uniform and last == max(heads) and self.pieces[covering[last]].text.strip() != ""

    @cached_property
    def _uniform(self) -> bool:
        """Whether all rows have the same columns."""
        rows = iter(self._rows.values())
        first = next(rows).keys()
        return all(row.keys() == first for row in rows)

    def right_of(self, label: Piece) -> list[int]:
        """The pieces of a label's row right of it, where the row is as wide as the grid; else none."""
        covering = self._rows.get(_row(label), {})
        if max(covering, default=0) < max(map(max, self._rows.values())):
            return []
        after = _columns(label)[-1]
        return list(dict.fromkeys(number for column, number in sorted(covering.items()) if column > after))

    def within(self, piece_number: int, label: Piece) -> bool:
        """Whether a cell runs over no row that its row's label does not."""
        piece = self.pieces[piece_number]
        return _row(piece) == _row(label) and piece.row_span <= label.row_span

    def blanks_right_of(self, label: Piece) -> list[Slot]:
        """The empty cells right of a label in its row."""
        after = _columns(label)[-1]
        numbers = [number for column, number in sorted(self._rows[_row(label)].items()) if column > after]
        return [slot for number in dict.fromkeys(numbers) for slot in self.slots(number) if slot.empty]

    def slots(self, piece_number: int) -> list[Slot]:
        """The slots of a cell."""
        return cell_slots(self.pieces[piece_number], piece_number)

    def whole_cell(self, piece_number: int) -> Slot:
        """The one slot of a cell; a cell that holds several values is some other text."""
        slots = self.slots(piece_number)
        if len(slots) == 1:
            return slots[0]
        low, high = slots[0].start, slots[-1].end
        return Slot(piece_number, low, high, self.pieces[piece_number].text[low:high], "words")


def _block(piece: Piece) -> int:
    return piece.block


def _row(piece: Piece) -> int:
    return piece.row or 0


def _columns(piece: Piece) -> range:
    column = piece.column or 0
    return range(column, column + piece.column_span)
