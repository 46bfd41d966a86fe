"""Every law over every report of a batch in one vectorised pass."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gk_pipeline.forms import FormTable, LawMatrix

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Tables:
    """The same table of many reports: a row a report, a column a cell in the form's print order.

    `known` numbers are printed; `agreed` ones are not, but every way to read their row gives them; `contested` ones
    have another number in each. `values` are millionths, 0 where neither known nor agreed. `steps` are the size of one
    unit of the last printed place of money, in millionths, and 0 for counts, which are exact. `recognised` are the
    reports whose table was recognised in a picture, where any number may be misread. Of `untold` cells nothing says
    that they exist, so that no value is worked out for them.
    """

    table: FormTable
    values: Integers
    known: Flags
    agreed: Flags
    contested: Flags
    steps: Integers
    recognised: Flags
    untold: Flags


@dataclass(frozen=True)
class Sides:
    """Both sides of every law of one kind: rows reports, columns laws; `assessable` where every member is known.

    A law is kept when |difference| (an equality) or -difference (an inequality) is within `tolerance`: half a unit of
    the last printed place for every member.
    """

    laws: LawMatrix
    left: Integers
    right: Integers
    tolerance: Integers
    assessable: Flags

    @property
    def difference(self) -> Integers:
        """Left less right."""
        return self.left - self.right

    @property
    def balanced(self) -> Flags:
        """Where the two sides agree within the tolerance."""
        return np.abs(self.difference) <= self.tolerance

    @property
    def at_least(self) -> Flags:
        """Where the left side is at least the right one within the tolerance."""
        return self.difference >= -self.tolerance


def evaluate(tables: Tables, laws: LawMatrix) -> Sides:
    """Both sides of the laws for every report; an unknown member counts as nothing and makes its law not assessable.

    Exact in 64 bits: no value has more than 11 digits before the point, and no law more than 90 members.
    """
    plus, minus, either = _members(laws)
    unknown = _sums((~tables.known).astype(np.int64), either)
    return Sides(
        laws=laws,
        left=_sums(tables.values, plus),
        right=_sums(tables.values, minus),
        tolerance=_sums(tables.steps, either) // 2,
        assessable=unknown == 0,
    )


@cache
def _members(laws: LawMatrix) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
    """For every law the cells on its left, on its right, and on either side."""
    plus = [[int(cell) for cell in np.flatnonzero(row > 0)] for row in laws.matrix]
    minus = [[int(cell) for cell in np.flatnonzero(row < 0)] for row in laws.matrix]
    return plus, minus, [left + right for left, right in zip(plus, minus, strict=True)]


def _sums(values: Integers, members: list[list[int]]) -> Integers:
    """For every report and law the sum of its members' values, all laws in one gathering."""
    if not members:
        return np.zeros((len(values), 0), dtype=np.int64)
    nothing = values.shape[1]
    padded = np.concatenate([values, np.zeros((len(values), 1), dtype=np.int64)], axis=1)
    gathered = [cell for cells in members for cell in (cells or [nothing])]
    starts = np.cumsum([0, *(max(len(cells), 1) for cells in members[:-1])])
    return np.add.reduceat(padded[:, gathered], starts, axis=1)
