"""Rows whose numbers stand in the wrong columns, and what the row's own law says was pushed out."""

from dataclasses import dataclass
from functools import cache

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
    putting them there does to the laws. `odd`: the gap that a shift left behind prints a number that nothing explains.
    """

    kinds: tuple[str, ...]
    positions: tuple[Integers, ...]
    numbers: tuple[Integers, ...]
    effects: Integers
    odd: tuple[bool, ...]

    def event(self, which: int, code: Code, values: Integers, known: Flags) -> Event:
        """The event that takes the printed numbers to what they must be."""
        row = zip(self.positions[which].tolist(), self.numbers[which].tolist(), strict=True)
        changes = tuple(
            Change(code.cells[position], int(values[position]) if known[position] else None, number)
            for position, number in row
            if not known[position] or values[position] != number
        )
        return Event(self.kinds[which], changes, self.odd[which])


@dataclass(frozen=True, eq=False)
class _Ways:
    """The ways in which a row of some width can be displaced, one an entry.

    The undamaged row has in column `c` what is printed in column `source[way, c]`, but for the number that was pushed
    out, which belongs into column `gap[way]`, and one torn in two, whose halves are in `torn[way]` and the column
    behind it (-1 where none is torn). `left[way]` is the column that a shift left without a number (-1 where none is).
    """

    kinds: tuple[str, ...]
    source: Integers
    gap: Integers
    torn: Integers
    left: Integers


@cache
def _ways(width: int) -> _Ways:
    last, columns = width - 1, list(range(width))
    shifts = [
        ("row_shifted_right", [*columns[1:], 0], last, -1, 0),
        ("row_shifted_left", [last, *columns[:-1]], 0, -1, last),
    ]
    torn = [
        ("torn_number", [*columns[: place + 1], *columns[place + 2 :], last], last, place, -1) for place in range(last)
    ]
    kinds, *numbers = zip(*shifts, *torn, strict=True)
    return _Ways(kinds, *(np.array(one, dtype=np.int64) for one in numbers))


def displaced(code: Code, values: Integers, known: Flags) -> Displaced:
    """Every way in which one row of the printed numbers, unknown ones 0, may be displaced.

    The number pushed out is the one that the row's own equality asks for, and must be possible. A cell without a number
    may only be the gap that a shift left behind.
    """
    kinds: list[str] = []
    positions: list[Integers] = []
    numbers: list[Integers] = []
    effects = [np.zeros((0, len(code.laws)), dtype=np.int64)]
    odd: list[bool] = []
    for rows in code.rows:
        printed, ways = values[rows.positions], _ways(rows.positions.shape[1])
        undamaged, able = _undamaged(rows, printed, known[rows.positions], ways)
        able &= (undamaged != printed[:, None]).any(axis=2)
        pushed_out = np.take_along_axis(undamaged, ways.gap[None, :, None], axis=2)[:, :, 0]
        able &= (pushed_out >= 0) | code.signed[rows.positions[:, ways.gap]]
        row, way = np.nonzero(able)
        kinds += [ways.kinds[number] for number in way.tolist()]
        positions += list(rows.positions[row])
        numbers += list(undamaged[row, way])
        effects.append(np.einsum("nc,lnc->nl", undamaged[row, way] - printed[row], rows.members[:, row]))
        odd += ((ways.left[way] >= 0) & (printed[row, ways.left[way]] != 0)).tolist()
    return Displaced(tuple(kinds), tuple(positions), tuple(numbers), np.concatenate(effects), tuple(odd))


def _undamaged(rows: Rows, printed: Integers, known: Flags, ways: _Ways) -> tuple[Integers, Flags]:
    """The undamaged rows by row, way and column, and which of them can be by what is printed."""
    undamaged = printed[:, ways.source]
    number_less = np.count_nonzero(~known, axis=1)[:, None]
    able = (number_less == 0) | ((number_less == 1) & (ways.left >= 0) & ~known[:, ways.left])
    torn = np.flatnonzero(ways.torn >= 0)
    head, tail = printed[:, ways.torn[torn]], printed[:, ways.torn[torn] + 1]
    digits = 1 + np.searchsorted(_POWERS, tail, side="right")
    whole = (head > 0) & (tail >= 0) & (head < 10 ** np.maximum(_MOST_DIGITS - digits, 0))
    undamaged[:, torn, ways.torn[torn]] = np.where(whole, head, 0) * 10**digits + tail
    able[:, torn] &= whole
    every_way = np.arange(len(ways.gap))
    undamaged[:, every_way, ways.gap] = 0
    lacking = -np.einsum("rwc,rc->rw", undamaged, rows.signs)
    undamaged[:, every_way, ways.gap] = lacking * rows.signs[:, ways.gap]
    return undamaged, able
