"""Which value of a row is whose: certain, or not said at all.

A row that prints exactly as many values as it has cells is read in column order, unless something in its table shows
that numbers strayed in or columns moved: then the row's own equality must vouch for it, or it stays lost.
"""

import re
from collections.abc import Sequence
from functools import cache, cached_property

from gk_pipeline.forms import FormTable
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.stream import Stream
from gk_pipeline.tables.heads import Order, by_code
from gk_pipeline.tables.numbers import Value, read_value
from gk_pipeline.tables.own_laws import keeps_own_laws, own_laws
from gk_pipeline.tables.printed import Printed, Row
from gk_pipeline.tables.slots import Slot, last_word_is_value
from gk_pipeline.tables.spacing import Spacing

_LONGEST = 24
"""Letters back from a label within which a bracket that it stands in is opened."""
_EXPLAINED = re.compile(r"\w\s*[（(][^（）()\d]*[\u4e00-\u9fff][^（）()\d]*\Z")
"""An explanation that is not closed: a number in brackets before a label is none."""


@cache
def _measured_otherwise(table: FormTable, rivals: tuple[FormTable, ...]) -> frozenset[str]:
    """The items for which one of the other tables prints other measures."""
    pairs = [
        ({item.code for item in part.items} & {item.code for item in other.items}, part, other)
        for part in table.parts
        for rival in rivals
        for other in rival.parts
    ]
    return frozenset(
        item
        for shared, part, other in pairs
        for item in shared
        if [measure.code for measure in part.measures] != [measure.code for measure in other.measures]
    )


class Alignment:
    """Judges the printed rows of one table, given all of them.

    `strays`: in some table of the report a number strayed into running text, a page number perhaps.
    """

    def __init__(self, stream: Stream, located: Located, rows: Sequence[Printed], strays: bool) -> None:
        self.stream = stream
        self.table = located.table
        self._otherwise = _measured_otherwise(located.table, located.undecided)
        self.rows = sorted(rows, key=lambda row: row.hit.start)
        self.strays = strays
        self._before = dict(zip((row.item.code for row in self.rows[1:]), self.rows, strict=False))
        self._spacing = Spacing(stream, self.rows)
        self._orders: dict[int, Order | None] = {}
        self._after_values: dict[int, bool] = {}

    def row(self, row: Printed) -> Row:
        """The row with its slots where they are certain, else lost with its tokens."""
        slots = self._slots(row)
        unprinted = self._unprinted(row) if slots is not None else frozenset()
        complete = slots is not None and len(slots) == len(row.part.measures) - len(unprinted)
        tokens = () if complete else row.run.filled
        return Row(row.item.code, slots, tokens, unit=row.run.unit, unprinted=unprinted)

    def _unprinted(self, row: Printed) -> frozenset[str]:
        """The measures of a row whose columns are not printed, by the heads of those that are."""
        if row.cells is not None or not row.orders or row.orders[0] == row.part.measures or None in row.orders[0]:
            return frozenset()
        return frozenset(measure.code for measure in row.part.measures if measure not in row.orders[0])

    def order(self, row: Printed) -> Order | None:
        """The order of the columns in which the row's values can only stand; None where they may be no values of it."""
        if not row.alone or row.item.code in self._otherwise or self._follows_its_values(row):
            return None
        if self._is_in_an_explanation(row) or not row.run.clear:
            return None
        return self._order(row)

    def _slots(self, row: Printed) -> dict[str, Slot] | None:
        if row.cells is not None and not row.run.orphans:
            return row.cells
        order = self.order(row)
        if order is None:
            return None
        if row.exact:
            slots = by_code(order, row.run.filled)
            return slots if self._certain(row, slots) else None
        cells = self._whole_row(row) or self._blanks_inside(row) or self._all_blank(row)
        return by_code(order, cells) if cells else None

    def _certain(self, row: Printed, slots: dict[str, Slot]) -> bool:
        """Whether nothing speaks against reading an exact row in column order."""
        pieces, span = self.stream.pieces, row.label.row_span
        if self.stream.has_row_spans and any(pieces[slot.piece].row_span > span for slot in row.run.filled):
            return False
        silent = self._silent_before(row)
        if silent and (row.run.orphans or silent.in_text > row.in_text):
            return False
        doubtful = (self._overflows and (row.in_text or row.run.empties)) or (self.strays and row.in_text)
        if keeps_own_laws(self.table, row.item.code, slots):
            return not (doubtful and (silent is not None or self._may_end_in_a_stray(row)))
        if doubtful or row.run.orphans or not self._is_a_row(row):
            return False
        return not self._spacing.may_hide_a_blank(row) and not self._falls_out_of_a_grid(row)

    def _is_in_an_explanation(self, row: Printed) -> bool:
        """Whether the label begins within a bracket that explains another one, as in 行政许可（含其他…）."""
        if row.hit.start in self.stream.starts:
            return False
        number, char = self.stream.place(row.hit.start)
        return _EXPLAINED.search(self.stream.pieces[number].text, max(0, char - _LONGEST), char) is not None

    def _is_a_row(self, row: Printed) -> bool:
        """Whether label and values stand as a row, not as words and numbers of a sentence."""
        if row.run.sentence:
            return row.standing and bool(own_laws(self.table, row.item.code))
        return row.standing or row.run.direct

    def _falls_out_of_a_grid(self, row: Printed) -> bool:
        """Whether label and values are lines of their own in a table of grids: a row without cells, other numbers."""
        label, _ = self.stream.place(row.hit.end - 1)
        apart = row.in_text and row.run.filled[-1].piece != label
        return apart and any(not other.in_text for other in self.rows)

    @cached_property
    def _overflows(self) -> bool:
        """Whether some row printed more values than it has cells: numbers strayed in, or there are more columns."""
        return any(row.overflows for row in self.rows)

    def _may_end_in_a_stray(self, row: Printed) -> bool:
        """Whether the row, one zero short, would keep its laws without its last number as well."""
        *rest, last = row.run.filled
        orders = row.orders
        if not rest or read_value(last.text, "count") in (None, Value("number", 0, None, 0)):
            return False
        nothing = last._replace(text="0")
        shorter = [[*rest[:gap], nothing, *rest[gap:]] for gap in range(len(row.run.filled))]
        return any(
            keeps_own_laws(self.table, row.item.code, by_code(order, slots)) for order in orders for slots in shorter
        )

    def _silent_before(self, row: Printed) -> Printed | None:
        """The row before in the same part, if its label printed nothing: the values may be its own."""
        before = self._before.get(row.item.code)
        return before if before and before.part is row.part and not before.run.slots else None

    def _follows_its_values(self, row: Printed) -> bool:
        """Whether the row's part prints its values before its labels: some before the first, none behind the last."""
        if row.number not in self._after_values:
            self._after_values[row.number] = self._part_follows_its_values(row)
        return self._after_values[row.number]

    def _part_follows_its_values(self, row: Printed) -> bool:
        own = [other for other in self.rows if other.part is row.part]
        if own[-1].cells is not None or (own[-1].exact and own[-1].run.clear):
            return False
        return self._value_before(own[0])

    def _value_before(self, row: Printed) -> bool:
        number, char = self.stream.place(row.hit.start)
        if row.label.row is None or char:
            before = self.stream.pieces[number].text[:char]
            while not before.strip() and number > 0:
                number -= 1
                before = self.stream.pieces[number].text
            return last_word_is_value(before)
        own = (row.label.block, row.label.row)
        left = [piece for piece in self.stream.pieces[max(number - 40, 0) : number] if (piece.block, piece.row) == own]
        return any(last_word_is_value(piece.text) for piece in left)

    def _order(self, row: Printed) -> Order | None:
        """The order of the part's columns; where its heads leave two open, the one whose rows keep their own laws."""
        if row.number not in self._orders:
            self._orders[row.number] = self._chosen(row)
        return self._orders[row.number]

    def _chosen(self, row: Printed) -> Order | None:
        orders = row.orders
        if len(orders) < 2:
            return orders[0] if orders else None
        exact = [other for other in self.rows if other.part is row.part and other.exact]
        read = [[by_code(order, other.run.filled) for other in exact] for order in orders]
        kept = [
            sum(keeps_own_laws(self.table, one.item.code, slots) for one, slots in zip(exact, own, strict=True))
            for own in read
        ]
        best = kept.index(max(kept))
        if kept.count(kept[best]) == 1:
            return orders[best]
        texts = [[{code: slot.text for code, slot in slots.items()} for slots in own] for own in read]
        return orders[0] if exact and all(own == texts[0] for own in texts) else None

    def _whole_row(self, row: Printed) -> list[Slot] | None:
        """All cells right of the label in a grid with real spans, blank ones too, if there are as many as measures.

        A cell that begins in a row above, or ends below the label, is not the row's alone.
        """
        if row.grid is None or not row.label.spans_known:
            return None
        cells = row.grid.right_of(row.label)
        if any(not row.grid.within(cell, row.label) for cell in cells):
            return None
        slots = [slot for cell in cells for slot in row.grid.slots(cell)]
        fits = len(cells) == len(slots) == row.width
        return slots if fits and all(slot.holds in ("value", "nothing") for slot in slots) else None

    def _all_blank(self, row: Printed) -> list[Slot] | None:
        """The cells of a row of a grid that prints nothing behind its label, and nothing below before the next."""
        if row.grid is None or row.run.filled or not row.run.direct:
            return None
        label, _ = self.stream.place(row.hit.end - 1)
        next_label = min((other.hit.start for other in self.rows if other.hit.start > row.hit.start), default=None)
        end = len(self.stream.pieces) if next_label is None else self.stream.place(next_label)[0]
        below = [piece.text for piece in self.stream.pieces[label + 1 : end] if piece.block == row.grid.block]
        width = row.width
        blanks = row.grid.blanks_right_of(row.label)
        return blanks[:width] if len(blanks) >= width and not any(map(last_word_is_value, below)) else None

    def _blanks_inside(self, row: Printed) -> list[Slot] | None:
        """A row of a grid without spans whose blanks stand between its values.

        There an empty cell may be the ghost of a span: no row may run over more or fewer cells than it has, and where
        no equality binds the row its cells must stand in the columns of their heads.
        """
        slots = list(row.run.slots)
        if row.in_text or row.label.spans_known or len(slots) != row.width:
            return None
        if any(other.run.slots and len(other.run.slots) != other.width for other in self.rows):
            return None
        if not own_laws(self.table, row.item.code):
            columns = [self.stream.pieces[slot.piece].column for slot in slots]
            if row.columns is None or [own[0] for own in row.columns] != columns:
                return None
        return slots
