"""Both sides of the yearly laws of a table, for many bodies in one vectorised pass."""

from dataclasses import dataclass

import numpy as np

from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.forms import YearlyLaws
from gk_pipeline.schemas.exact import MICRO

NO_BOUND = np.iinfo(np.int64).min


@dataclass(frozen=True, eq=False)
class Sides:
    """Rows bodies, columns laws. Numbers are millionths; `least` and `most` may be NO_BOUND.

    `assessable` says whether every number that is needed is known, `kept` whether the left side is within its bounds.
    """

    left: Integers
    right: Integers
    least: Integers
    most: Integers
    assessable: Flags

    @property
    def kept(self) -> Flags:
        above = (self.least == NO_BOUND) | (self.left >= self.least)
        below = (self.most == NO_BOUND) | (self.left <= self.most)
        kept: Flags = above & below
        return kept


def sides(laws: YearlyLaws, now: tuple[Integers, Flags], then: tuple[Integers, Flags]) -> Sides:
    """The sides of every law over numbers of this year and of last year, each with which of them are known.

    An unknown number counts as nothing and makes its law not assessable; a repetition is assessable as soon as one pair
    of known numbers differs.
    """
    (ours, known), (theirs, known_then) = now, then
    left, right = ours @ laws.this_year.T, theirs @ laws.last_year.T
    unknown = any_member(~known, laws.this_year) | any_member(~known_then, laws.last_year)
    least, most = right.copy(), right.copy()
    assessable = ~unknown & laws.comparable
    for number, row in enumerate(laws.rows):
        if row.kind == "ratio":
            bound = right[:, number] >= row.base * MICRO
            least[:, number] = np.where(bound, -(-right[:, number] // row.most_times), NO_BOUND)
            most[:, number] = np.where(bound, right[:, number] * row.most_times, NO_BOUND)
        elif row.kind == "repetition" and laws.comparable[number]:
            beside = np.array([_beside(laws, index) for index in range(len(laws.table.cells))])
            differ = known & known_then[:, beside] & (ours != theirs[:, beside])
            left[:, number] = differ.sum(axis=1) * MICRO
            right[:, number] = (_different(np.where(known_then, theirs, 0)) >= row.base) * MICRO
            least[:, number], most[:, number] = right[:, number], NO_BOUND
            assessable[:, number] |= differ.any(axis=1)
    return Sides(left, right, least, most, assessable)


def any_member(which: Flags, members: Integers) -> Flags:
    """For every body and law whether a marked cell is a member."""
    found: Flags = (which.astype(np.int64) @ (members != 0).T.astype(np.int64)) > 0
    return found


def _different(numbers: Integers) -> Integers:
    """How many different numbers other than zero stand in each row."""
    ordered = np.sort(numbers, axis=1)
    new = np.diff(ordered, axis=1, prepend=ordered[:, :1] - 1) != 0
    different: Integers = (new & (ordered != 0)).sum(axis=1)
    return different


def _beside(laws: YearlyLaws, index: int) -> int:
    """Where last year's table has a cell of this year's."""
    cell = laws.table.cells[index]
    return laws.last.cell_at[cell.item, cell.measure].index
