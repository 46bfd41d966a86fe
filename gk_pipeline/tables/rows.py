"""The rows of a table as printed: each item's label, the values behind it, and its cells where heads tell them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise

from gk_pipeline.forms import Item, Part
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.labels import Hit, hits, target
from gk_pipeline.sections.stream import Piece, Stream
from gk_pipeline.tables.alignment import Alignment
from gk_pipeline.tables.choice import chosen
from gk_pipeline.tables.columns import with_columns
from gk_pipeline.tables.geometry import Columns, GridView
from gk_pipeline.tables.heads import by_code, part_heads
from gk_pipeline.tables.numbers import Value, is_blank, read_value
from gk_pipeline.tables.own_laws import keeps_own_laws
from gk_pipeline.tables.printed import Printed, Row
from gk_pipeline.tables.runs import Run, first_run, row_of, unit_in_label
from gk_pipeline.tables.shared_runs import with_shares
from gk_pipeline.tables.slots import Slot, is_quiet, slots_between
from gk_pipeline.tables.units import one_unit

_COUNTED = 3
"""Rows in a row whose last values count up by one from which on these are running numbers, not values."""


class RowReader:
    """Reads the rows of one located table; `end` is the position at which its section ends."""

    def __init__(self, stream: Stream, located: Located, end: int) -> None:
        self.stream = stream
        self.located = located
        self.end = end
        self.heads = [part_heads(stream, located, number, end) for number in range(len(located.table.parts))]
        self.item_hits = {anchor.item: hit for anchor, hit in located.anchors if anchor.item is not None}
        self._starts = sorted({*(hit.start for _, hit in located.anchors), *self._group_starts()})
        self._item_starts = sorted(hit.start for hit in self.item_hits.values())
        self._grids: dict[int, GridView] = {}
        self._columns: dict[tuple[int, int], list[Columns] | None] = {}

    def _group_starts(self) -> Iterator[int]:
        """Where labels of groups stand: a run of values ends there, even at the 无 of a torn 无法提供."""
        for group in self.located.table.groups:
            for spelling in target(group.label).spellings:
                at = self.stream.text.find(spelling, *self.located.extent)
                while at >= 0:
                    yield at
                    at = self.stream.text.find(spelling, at + 1, self.located.extent[1])

    @cached_property
    def printed(self) -> dict[str, Printed]:
        """The rows whose label is there, by item, in form order."""
        found = [
            self._printed(number, part, item, hit)
            for number, part in enumerate(self.located.table.parts)
            for item in part.items
            if (hit := self.item_hits.get(item.code)) is not None
        ]
        rows = with_columns(self._with_values_below(found), self.heads)
        return {row.item.code: row for row in with_shares(self.located.table, rows)}

    def _with_values_below(self, rows: list[Printed]) -> list[Printed]:
        """The rows with the values of the row below where no label of the table has any beside it, but all below."""
        if any(row.in_text or row.run.slots or not row.run.orphans for row in rows):
            return rows
        return [row._replace(run=self._run_behind(row.hit, *self._label_end(row.hit), own_row=False)) for row in rows]

    @property
    def strays(self) -> bool:
        """Whether numbers strayed into running text: a row has more values than columns, or rows end counting up.

        Where all rows of a part have as many more, that is a column of its own; what several rows have is theirs.
        """
        if self.located.table.items_across:
            return False
        in_text = [row for row in self.printed.values() if row.in_text]
        for _, part in groupby(in_text, key=lambda row: row.number):
            own = list(part)
            alike = len(own) > 1 and len({len(row.run.filled) for row in own}) == 1
            if not alike and any(row.overflows and not _of_several_rows(row) for row in own):
                return True
        runs = [row.run.filled for row in in_text]
        return _counting_up(runs) and _counting_up([() if self._adds_up(row) else row.run.filled for row in in_text])

    def _adds_up(self, row: Printed) -> bool:
        """Whether a row's last value is the sum of the others, and so no number that was printed behind it."""
        table = self.located.table
        filled = ((order, row.run.filled) for order in row.orders if row.exact)
        return any(keeps_own_laws(table, row.item.code, by_code(order, slots)) for order, slots in filled)

    def rows(self, strays: bool) -> list[Row]:
        """Every item of the table, in form order; `strays` says that numbers strayed into the report's text."""
        judge = Alignment(self.stream, self.located, list(self.printed.values()), strays)
        twice = {code: both for code, row in self.printed.items() if (both := self._told_twice(row))}
        rows = [
            Row(code, None, printed=False)
            if code not in self.printed
            else Row(code, None, twice[code])
            if code in twice
            else judge.row(self.printed[code])
            for code in self.located.table.items
        ]
        open_rows = {
            row.item: self.printed[row.item]
            for row in rows
            if row.printed and row.slots is None and row.item not in twice and not self._torn(row.item)
        }
        return chosen(self.located.table, judge, rows, open_rows) if open_rows else rows

    def _torn(self, item: str) -> bool:
        """Whether the next row is absent: of a row of another shape, what is printed may be the end of a later one."""
        following = dict(pairwise(self.located.table.items)).get(item)
        return following is not None and following not in self.printed

    def _told_twice(self, printed: Printed) -> tuple[Slot, ...]:
        """All values of a row whose label the table prints again with others: nothing says which are meant."""
        if not printed.run.filled:
            return ()
        elsewhere = self._runs_elsewhere(printed)
        others = [slot for run in elsewhere if _values(run) != _values(printed.run) for slot in run.filled]
        return (*printed.run.filled, *others) if others else ()

    def _runs_elsewhere(self, printed: Printed) -> Iterator[Run]:
        """The rows of values behind the other places in the table where a row's label stands; a mention has no row."""
        (low, _), sought, text = self.located.extent, target(printed.item.label), self.stream.text
        start, end = printed.hit.start, printed.hit.end
        label = text[start:end]
        if not any(text.count(one, low, self.end) > label.count(one) for one in sought.spellings):
            return
        for hit in hits(self.stream, sought, low, self.end):
            if any(hit.start < own.end and own.start < hit.end for _, own in self.located.anchors):
                continue
            number, char = self._label_end(hit)
            run = self._run_behind(hit, number, char)
            alike = (self.stream.pieces[number].row is None) == printed.in_text
            as_many = len(run.filled) in (printed.width, len(printed.run.filled))
            if alike and as_many and run.direct and not run.sentence:
                yield run

    def _printed(self, number: int, part: Part, item: Item, hit: Hit) -> Printed:
        orders = self.heads[number].orders
        piece_number, char = self._label_end(hit)
        label = self.stream.pieces[piece_number]
        run = self._run_behind(hit, piece_number, char)
        if any(measure.kind == "amount" for measure in part.measures):
            named = unit_in_label(self.stream, (piece_number, char + 1), run)
            run = run._replace(unit=one_unit({*named, *([run.unit] if run.unit else [])}))
        alone = label.row is None or self._only_label(piece_number, hit)
        grid = self.grid(piece_number)
        columns = self._head_columns(number, part, label, grid, run) if grid and alone else None
        cells = self._under_heads(part, label, grid, columns, run) if grid and columns else None
        standing = hit.numbered or hit.start in self.stream.starts
        return Printed(item, part, number, orders, hit, label, standing, run, grid, columns, cells, alone)

    def _run_behind(self, hit: Hit, piece_number: int, char: int, own_row: bool = True) -> Run:
        """The run of values behind a label that ends in that piece and character, in a grid in its own row or below."""
        following = bisect_left(self._starts, hit.end)
        bound = min(self._starts[following], self.end) if following < len(self._starts) else self.end
        end = self._end_of_row(bound, self.stream.pieces[piece_number])
        return first_run(self.stream, slots_between(self.stream, (piece_number, char + 1), end), piece_number, own_row)

    def _end_of_row(self, bound: int, label: Piece) -> tuple[int, int]:
        """The place where a label's values end: at the next label, and before what stands left of that in its row."""
        number, char = self.stream.place(bound)
        pieces = self.stream.pieces
        row = row_of(pieces[number])
        if row is not None and row != row_of(label):
            while row_of(pieces[number - 1]) == row:
                number, char = number - 1, 0
        return number, char

    def _label_end(self, hit: Hit) -> tuple[int, int]:
        """Where a label ends: a closing quote torn off it belongs to it."""
        number, char = self.stream.place(hit.end - 1)
        pieces = self.stream.pieces
        if not is_quiet(pieces[number].text[char + 1 :]):
            return number, char
        while number + 1 < len(pieces) and is_quiet(pieces[number + 1].text) and not is_blank(pieces[number + 1].text):
            number, char = number + 1, len(pieces[number + 1].text) - 1
        return number, char

    def run(self, start: int, end: int) -> Run:
        """The first run of values between two positions, on whatever row."""
        own_piece, own_char = self.stream.place(start - 1)
        slots = slots_between(self.stream, (own_piece, own_char + 1), self.stream.place(end))
        return first_run(self.stream, slots, own_piece, own_row=False)

    def grid(self, piece_number: int) -> GridView | None:
        """The grid a piece stands in."""
        piece = self.stream.pieces[piece_number]
        if piece.row is None:
            return None
        if piece.block not in self._grids:
            self._grids[piece.block] = GridView(self.stream, piece_number)
        return self._grids[piece.block]

    def _only_label(self, piece_number: int, hit: Hit) -> bool:
        """Whether a grid cell holds no other item's label."""
        start, following = self.stream.piece_at[piece_number], piece_number + 1
        end = self.stream.piece_at[following] if following < len(self.stream.pieces) else len(self.stream.text)
        inside = bisect_left(self._item_starts, end) - bisect_left(self._item_starts, start)
        return inside == (start <= hit.start < end)

    def _head_columns(self, number: int, part: Part, label: Piece, grid: GridView, run: Run) -> list[Columns] | None:
        """The columns of a part's heads, looked for only where a row cannot be read by counting alone."""
        if not label.spans_known and len(run.filled) == len(run.slots) == len(part.measures):
            return None
        if (number, grid.block) not in self._columns:
            found = grid.columns(part.measures, *self._head_rows(number, grid.block))
            self._columns[number, grid.block] = found
        return self._columns[number, grid.block]

    def _under_heads(
        self, part: Part, label: Piece, grid: GridView, columns: list[Columns], run: Run
    ) -> dict[str, Slot] | None:
        """The row's cells under their heads; None where they do not fit, or where a cell may be a ghost."""
        if not label.spans_known and len(run.filled) == len(part.measures):
            return None
        cells = grid.under(label.row or 0, label, columns)
        codes = [measure.code for measure in part.measures]
        return dict(zip(codes, map(grid.whole_cell, cells), strict=True)) if cells else None

    def _head_rows(self, number: int, block: int) -> tuple[int, int]:
        """The first item's row of a part in a grid, and the row below the part before: its heads stand between."""
        rows = [(part, piece.row or 0) for part, piece in self._labels if piece.block == block]
        top = min(row for part, row in rows if part == number)
        return top, max((row + 1 for part, row in rows if part < number), default=0)

    @cached_property
    def _labels(self) -> list[tuple[int, Piece]]:
        """The part and the piece of every item's label."""
        items = [(anchor.part, hit) for anchor, hit in self.located.anchors if anchor.item is not None]
        return [(part, self.stream.pieces[self.stream.place(hit.end - 1)[0]]) for part, hit in items]


def _of_several_rows(row: Printed) -> bool:
    """Whether behind a label stand as many values as several rows have, as where labels stand apart from them."""
    return row.width > _COUNTED and len(row.run.filled) % row.width == 0


def _values(run: Run) -> list[Value | None]:
    return [read_value(slot.text, "amount") or read_value(slot.text, "count") for slot in run.filled]


def _counting_up(runs: Sequence[Sequence[Slot]]) -> bool:
    """Whether the last values of some rows in a row count up by one."""
    counted, before = 1, None
    for run in runs:
        last = int(run[-1].text) if run and run[-1].text.isdecimal() else None
        counted = counted + 1 if last is not None and before is not None and last == before + 1 else 1
        if counted >= _COUNTED:
            return True
        before = last
    return False
