"""Rows of a table: the values each item printed, and to which measures they belong.

A row is taken as printed only where that is certain: its cells stand under their heads in a grid with real spans, or
it prints exactly as many values as it has cells. Any other row is kept whole as lost; nothing is guessed.
"""

from dataclasses import dataclass

from gk_pipeline.forms import Item, Measure, Part
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.labels import Hit
from gk_pipeline.sections.stream import Stream
from gk_pipeline.tables.geometry import GridView
from gk_pipeline.tables.heads import head_units, printed_order
from gk_pipeline.tables.slots import Slot, cell_slots, first_run, slots_between


@dataclass(frozen=True, slots=True)
class Row:
    """What one item printed: `slots` by measure code where the alignment is certain, else None.

    `tokens` are the values the row printed, as they stand. `printed` is False when the row's label is not there.
    """

    item: str
    slots: dict[str, Slot] | None
    tokens: tuple[Slot, ...] = ()
    printed: bool = True


class RowReader:
    """Reads the rows of one located table; `end` is the position at which its section ends."""

    def __init__(self, stream: Stream, located: Located, end: int) -> None:
        self.stream = stream
        self.located = located
        self.end = end
        self.units = head_units(stream, located)
        self.item_hits = {anchor.item: hit for anchor, hit in located.anchors if anchor.item is not None}
        self._starts = sorted(hit.start for _, hit in located.anchors)
        self._grids: dict[int, GridView] = {}

    def rows(self) -> list[Row]:
        """Every item of the table, in form order."""
        rows = []
        for number, part in enumerate(self.located.table.parts):
            order = printed_order(self.stream, self.located, number, part)
            rows += [self._row(number, part, order, item) for item in part.items]
        return rows

    def _row(self, number: int, part: Part, order: list[Measure], item: Item) -> Row:
        hit = self.item_hits.get(item.code)
        if hit is None:
            return Row(item.code, None, printed=False)
        return self._by_heads(number, part, item, hit) or self._by_count(order, item, hit)

    def _by_heads(self, number: int, part: Part, item: Item, hit: Hit) -> Row | None:
        """The row under its heads, in a grid with real spans; None where heads or row do not fit."""
        label_number, _ = self.stream.place(hit.end - 1)
        label = self.stream.pieces[label_number]
        grid = self.grid(label_number)
        if grid is None or label.row is None or label.column is None:
            return None
        top, floor = self._head_rows(number, label.block, label.row)
        columns = grid.columns(part.measures, top, floor)
        cells = columns and grid.under(label.row, label.column + label.column_span - 1, columns)
        if not cells:
            return None
        codes = [measure.code for measure in part.measures]
        return Row(item.code, dict(zip(codes, map(self.whole_cell, cells), strict=True)))

    def grid(self, piece_number: int) -> GridView | None:
        """The grid a piece stands in, where its spans are known."""
        piece = self.stream.pieces[piece_number]
        if piece.row is None or not piece.spans_known:
            return None
        if piece.block not in self._grids:
            self._grids[piece.block] = GridView(self.stream, piece_number)
        return self._grids[piece.block]

    def _head_rows(self, number: int, block: int, row: int) -> tuple[int, int]:
        """The first item's row of a part, and the row below the part before: its heads stand between them."""
        top, floor = row, 0
        for anchor, hit in self.located.anchors:
            piece = self.stream.pieces[self.stream.place(hit.end - 1)[0]]
            if anchor.item is None or piece.block != block or piece.row is None:
                continue
            if anchor.part == number:
                top = min(top, piece.row)
            elif anchor.part < number:
                floor = max(floor, piece.row + 1)
        return top, floor

    def whole_cell(self, piece_number: int) -> Slot:
        """The one slot of a grid cell; a cell that holds several values is some other text."""
        piece = self.stream.pieces[piece_number]
        slots = cell_slots(piece, piece_number)
        if len(slots) == 1:
            return slots[0]
        low, high = slots[0].start, slots[-1].end
        return Slot(piece_number, low, high, piece.text[low:high], "words")

    def _by_count(self, order: list[Measure], item: Item, hit: Hit) -> Row:
        """The row by its number of values; lost where it prints another number than it has cells."""
        end = min(next((start for start in self._starts if start >= hit.end), self.end), self.end)
        run, clear = self.run(hit.end, end)
        filled = [slot for slot in run if not slot.empty]
        for slots in (filled, run):
            if clear and len(slots) == len(order):
                return Row(item.code, {measure.code: slot for measure, slot in zip(order, slots, strict=True)})
        return Row(item.code, None, tuple(filled))

    def run(self, start: int, end: int) -> tuple[list[Slot], bool]:
        """The first run of values between two positions, and whether no foreign words stand before it."""
        own_piece, own_char = self.stream.place(start - 1)
        slots = slots_between(self.stream, (own_piece, own_char + 1), self.stream.place(end))
        return first_run(self.stream, slots, own_piece)
