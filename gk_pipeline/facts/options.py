"""What may have happened to the numbers of one report, as choices for the integer program."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gk_pipeline.facts.code import Code
from gk_pipeline.facts.displaced import displaced
from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.facts.explanations import Change, Event, name_of_change
from gk_pipeline.facts.lines import lines


@dataclass(frozen=True, eq=False)
class Option:
    """An event that may be chosen: `step` is what an amount of 1 adds to the cells at `positions`.

    Amounts are from 1 to `most`; an event with `most` of 0 has no choice of amount.
    """

    kind: str
    positions: tuple[int, ...]
    step: tuple[int, ...]
    most: int

    def event(self, code: Code, values: Integers, amount: int) -> Event:
        """The event with its amount."""
        printed = [int(values[position]) for position in self.positions]
        changes = tuple(
            Change(code.cells[position], number, number + amount * step)
            for position, number, step in zip(self.positions, printed, self.step, strict=True)
            if step
        )
        kind = name_of_change(printed[0], changes[0].value) if self.kind == "number" else self.kind
        return Event(kind, changes)


def wrong_numbers(code: Code, values: Integers, known: Flags) -> Iterator[Option]:
    """Every printed number may be too small, or too large as far as it goes.

    No amount needs to be more than all that is off in the laws together: they are sums of rows and columns, so that an
    amount is what is off in some of them, each counted once.
    """
    off = _off(code, values)
    for position in np.flatnonzero(known).tolist():
        yield from _both_ways("number", (position,), (1,), off, code, values)


def wrong_groups(code: Code, values: Integers, known: Flags) -> Iterator[Option]:
    """What changes several numbers at once, where a law that it touches is broken."""
    off, own, broken = _off(code, values), lines(code), (code.matrix @ values) != 0
    touched = own.images[broken].any(axis=0) & known[own.first] & known[own.second] & (own.sign != 0)
    for number in np.flatnonzero(touched).tolist():
        pair = (int(own.first[number]), int(own.second[number]))
        if own.exchanges[number]:
            difference = int(values[pair[1]] - values[pair[0]])
            if difference:
                yield Option(own.kinds[number], pair, (difference, -difference), 0)
        else:
            yield from _both_ways(own.kinds[number], pair, (1, int(own.sign[number])), off, code, values)
    ways = displaced(code, values, known).where(known)
    for kind, row, numbers in zip(ways.kinds, ways.positions, ways.numbers, strict=True):
        if (code.matrix[broken][:, row] != 0).all(axis=1).any():
            yield Option(kind, tuple(row.tolist()), tuple((numbers - values[row]).tolist()), 0)


def _off(code: Code, values: Integers) -> int:
    return int(np.abs(code.matrix @ values).sum())


def _both_ways(
    kind: str, positions: tuple[int, ...], step: tuple[int, ...], off: int, code: Code, values: Integers
) -> Iterator[Option]:
    yield Option(kind, positions, step, off)
    room = min([off, *(int(values[position]) for position in positions if not code.signed[position])])
    if room > 0:
        yield Option(kind, positions, tuple(-one for one in step), room)
