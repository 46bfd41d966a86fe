"""Blanks and lost cells: the values that equalities and non-negativity force, and nothing else.

Bounds are narrowed equality by equality until nothing moves; then it is made sure that the cells still open can be
filled at all. Every bound remembers the equalities it rests on, so that when they contradict each other all the numbers
they rest on come under suspicion and support nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gk_pipeline.facts.completion import contradicting
from gk_pipeline.forms import FormTable, equalities

_ROUNDS = 64
"""Rounds of narrowing; bounds between whole numbers settle in a few, and an unsettled cell stays missing."""


@dataclass(frozen=True, slots=True)
class Equality:
    """One equality over counts: its members on the left and on the right, as cell numbers."""

    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """Every member."""
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Deduction:
    """What the equalities say about one table.

    `values`: the forced value of unknown cells. `suspects`: known cells in an equality that is broken, by itself or
    together with others.
    """

    values: dict[int, int]
    suspects: frozenset[int]


@cache
def count_equalities(table: FormTable) -> tuple[Equality, ...]:
    """The equalities of a table without money: exact ones, from which values follow."""
    rows = [row.coefficients for row in equalities(table).rows]
    counts = [row for row in rows if all(table.cells[cell].kind != "amount" for cell, _ in row)]
    return tuple(
        Equality(tuple(cell for cell, sign in row if sign > 0), tuple(cell for cell, sign in row if sign < 0))
        for row in counts
    )


@cache
def signed_cells(table: FormTable) -> tuple[bool, ...]:
    """Which cells may be below zero, one after the other."""
    return tuple(cell.kind == "change" for cell in table.cells)


def deduce(table: FormTable, values: Sequence[int | None]) -> Deduction:
    """What follows for one table whose unknown cells are None.

    A contradiction makes suspects of all known cells it rests on; they count as unknown from then on and the search
    starts again, so a deduced value never rests on a number that may be wrong. It ends, since every turn accuses
    another known cell: without known cells, zeros everywhere satisfy every equality.
    """
    laws = count_equalities(table)
    suspects: set[int] = set()
    while True:
        trial = [None if cell in suspects else value for cell, value in enumerate(values)]
        bounds = Bounds(laws, trial, signed_cells(table))
        resting = bounds.narrow() or bounds.incompletable()
        forced = {cell: low for cell, low in bounds.forced().items() if values[cell] is None}
        if not resting:
            complete = [forced.get(cell, value) for cell, value in enumerate(values)]
            resting = [laws.index(law) for law in unbalanced(laws, complete)]
        accused = {cell for number in resting for cell in laws[number].members if trial[cell] is not None}
        if not accused:
            return Deduction(forced, frozenset(suspects))
        suspects |= accused


def completable(laws: Sequence[Equality], values: Sequence[int | None], signed: Sequence[bool]) -> bool:
    """Whether numbers for the unknown cells keep these equalities, fractions counted."""
    bounds = Bounds(laws, values, signed)
    if bounds.narrow() or bounds.incompletable():
        return False
    forced = bounds.forced()
    return not unbalanced(laws, [forced.get(cell, value) for cell, value in enumerate(values)])


def unbalanced(laws: Sequence[Equality], values: Sequence[int | None]) -> list[Equality]:
    """The equalities all of whose members are known and whose sides differ."""
    found = []
    for law in laws:
        left = [values[cell] for cell in law.left]
        right = [values[cell] for cell in law.right]
        if None not in left and None not in right and sum(filter(None, left)) != sum(filter(None, right)):
            found.append(law)
    return found


class Bounds:
    """Bounds of every cell, None where there is none, and for each the equalities it rests on as a bit mask."""

    def __init__(self, laws: Sequence[Equality], values: Sequence[int | None], signed: Sequence[bool]) -> None:
        self.laws = laws
        self.signed = signed
        self.low: list[int | None] = [
            (None if free else 0) if value is None else value for value, free in zip(values, signed, strict=True)
        ]
        self.high: list[int | None] = list(values)
        self.rests = [0] * len(values)
        self.open = {cell for cell, value in enumerate(values) if value is None}

    def forced(self) -> dict[int, int]:
        """The cells left with a single value, and that value."""
        return {cell: low for cell, low in enumerate(self.low) if low is not None and low == self.high[cell]}

    def narrow(self) -> list[int]:
        """Narrow until nothing moves; the equalities of a contradiction, none when there is none."""
        for _ in range(_ROUNDS):
            moved = False
            for number, law in enumerate(self.laws):
                for own, other in ((law.left, law.right), (law.right, law.left)):
                    outcome = self._narrow_side(number, own, other)
                    if outcome is None:
                        return self._resting([number])
                    moved = moved or outcome
            if not moved:
                break
        return []

    def incompletable(self) -> list[int]:
        """The equalities that together leave the open cells no numbers, though none of them does alone."""
        columns = sorted(self.open)
        numbers, rows, totals = [], [], []
        for number, law in enumerate(self.laws):
            if self.open.isdisjoint(law.members):
                continue
            signs = dict.fromkeys(law.left, 1) | dict.fromkeys(law.right, -1)
            row = [signs.get(cell, 0) for cell in columns]
            below_zero = [-sign for cell, sign in zip(columns, row, strict=True) if self.signed[cell]]
            numbers.append(number)
            rows.append(row + below_zero)
            totals.append(-sum(sign * (self.low[cell] or 0) for cell, sign in signs.items() if cell not in self.open))
        return self._resting([numbers[row] for row in contradicting(rows, totals)]) if numbers else []

    def _resting(self, numbers: Sequence[int]) -> list[int]:
        mask = 0
        for number in numbers:
            mask |= 1 << number
            for cell in self.laws[number].members:
                mask |= self.rests[cell]
        return [number for number in range(len(self.laws)) if mask >> number & 1]

    def _narrow_side(self, number: int, own: Sequence[int], other: Sequence[int]) -> bool | None:
        """Narrow the open members of one side; whether a bound moved, None when the sides can no longer meet."""
        own_low, other_high = self._total(self.low, own), self._total(self.high, other)
        if own_low[1] == 0 and other_high[1] == 0 and own_low[0] > other_high[0]:
            return None
        unsettled = [cell for cell in own if cell in self.open]
        if not unsettled:
            return False
        other_low = self._total(self.low, other)
        moved = False
        for cell in unsettled:
            # fresh totals: a bound narrowed a moment ago counts for its neighbours
            rest_low, rest_high = self._rest(self.low, own, cell), self._rest(self.high, own, cell)
            if other_high[1] == 0 and rest_low is not None:
                moved |= self._lower_high(number, cell, other_high[0] - rest_low, own, other)
            if other_low[1] == 0 and rest_high is not None:
                moved |= self._raise_low(number, cell, other_low[0] - rest_high, own, other)
            low, high = self.low[cell], self.high[cell]
            if low is not None and high is not None:
                if low > high:
                    return None
                if low == high:
                    self.open.discard(cell)
        return moved

    @staticmethod
    def _total(bounds: Sequence[int | None], cells: Sequence[int]) -> tuple[int, int]:
        """The sum of the bounds there are, and how many there are not."""
        known = [bound for cell in cells if (bound := bounds[cell]) is not None]
        return sum(known), len(cells) - len(known)

    def _rest(self, bounds: Sequence[int | None], cells: Sequence[int], without: int) -> int | None:
        total, missing = self._total(bounds, cells)
        own = bounds[without]
        if own is None:
            return total if missing == 1 else None
        return total - own if missing == 0 else None

    def _lower_high(self, number: int, cell: int, bound: int, own: Sequence[int], other: Sequence[int]) -> bool:
        high = self.high[cell]
        if high is not None and high <= bound:
            return False
        self.high[cell] = bound
        self._rest_on(number, cell, own, other)
        return True

    def _raise_low(self, number: int, cell: int, bound: int, own: Sequence[int], other: Sequence[int]) -> bool:
        low = self.low[cell]
        if low is not None and low >= bound:
            return False
        self.low[cell] = bound
        self._rest_on(number, cell, own, other)
        return True

    def _rest_on(self, number: int, cell: int, own: Sequence[int], other: Sequence[int]) -> None:
        mask = 1 << number
        for member in (*own, *other):
            mask |= self.rests[member]
        self.rests[cell] |= mask
