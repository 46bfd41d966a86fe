"""Rows whose numbers stand in the wrong columns, and what the row's own law says was pushed out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gk_pipeline.facts.code import Code, Rows
from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.facts.explanations import Change, Event

_MOST_DIGITS = 11
"""No count has more, so no two cells hold the halves of a longer one."""
_POWERS = 10 ** np.arange(1, _MOST_DIGITS + 1, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Displaced:
    """Ways in which one row may be displaced, one an entry.

    `positions[n]` are the row's in the code, `numbers[n]` those that must stand there. `effects[n, law]` is what
    putting them there does to the laws.
    """

    kinds: tuple[str, ...]
    positions: tuple[Integers, ...]
    numbers: tuple[Integers, ...]
    effects: Integers

    def where(self, cells: Flags) -> "Displaced":
        """Those of rows all of whose cells are among some."""
        which = [number for number, row in enumerate(self.positions) if cells[row].all()]
        return Displaced(
            tuple(self.kinds[number] for number in which),
            tuple(self.positions[number] for number in which),
            tuple(self.numbers[number] for number in which),
            self.effects[which],
        )

    def event(self, which: int, code: Code, values: Integers, known: Flags) -> Event:
        """The event that takes the printed numbers to what they must be."""
        return Event(
            self.kinds[which],
            tuple(
                Change(code.cells[position], int(values[position]) if known[position] else None, int(number))
                for position, number in zip(self.positions[which], self.numbers[which], strict=True)
                if not known[position] or values[position] != number
            ),
        )


def displaced(code: Code, values: Integers, known: Flags) -> Displaced:
    """Every way in which one row of the printed numbers, unknown ones 0, may be displaced.

    The number pushed out is the one that the row's own equality asks for, and must be possible. A cell without a number
    may only be the gap that a shift left behind.
    """
    kinds: list[str] = []
    positions: list[Integers] = []
    numbers: list[Integers] = []
    effects = [np.zeros((0, len(code.laws)), dtype=np.int64)]
    for rows in code.rows:
        printed = values[rows.positions]
        for kind, undamaged, gap, able in _ways(printed, known[rows.positions]):
            _complete(rows, undamaged, gap)
            possible = (undamaged[:, gap] >= 0) | code.signed[rows.positions[:, gap]]
            which = np.flatnonzero(able & possible & (undamaged != printed).any(axis=1))
            kinds += [kind] * len(which)
            positions += list(rows.positions[which])
            numbers += list(undamaged[which])
            change = (undamaged - printed)[which]
            effects.append(np.einsum("hc,lhc->hl", change, code.matrix[:, rows.positions[which]]))
    return Displaced(tuple(kinds), tuple(positions), tuple(numbers), np.concatenate(effects))


def _ways(printed: Integers, known: Flags) -> Iterator[tuple[str, Integers, int, Flags]]:
    """Kind, numbers of the undamaged rows, the place of the one that was pushed out, and for which rows it can be."""
    last = printed.shape[1] - 1
    yield "row_shifted_right", np.roll(printed, -1, axis=1), last, np.logical_and.reduce(known[:, 1:], axis=1)
    yield "row_shifted_left", np.roll(printed, 1, axis=1), 0, np.logical_and.reduce(known[:, :-1], axis=1)
    whole: Flags = np.logical_and.reduce(known, axis=1)
    for place in range(last):
        head, tail = printed[:, place], printed[:, place + 1]
        digits = 1 + np.searchsorted(_POWERS, tail, side="right")
        short = head < 10 ** np.maximum(_MOST_DIGITS - digits, 0)
        able = whole & (head > 0) & (tail >= 0) & short
        joined = np.where(able, head, 0) * 10**digits + tail
        yield "torn_number", np.column_stack([printed[:, :place], joined, printed[:, place + 2 :], tail]), last, able


def _complete(rows: Rows, undamaged: Integers, gap: int) -> None:
    """Put into the gap what the rows' equalities ask for."""
    undamaged[:, gap] = 0
    undamaged[:, gap] = -(rows.signs * undamaged).sum(axis=1) * rows.signs[:, gap]
