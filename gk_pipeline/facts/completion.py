"""Whether blanks can be completed at all: an exact simplex over what the equalities leave open."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

_EXACT = 2**30
"""Below it a difference of two products stays within 64 bits; from it on Python's own integers take over."""


def contradicting(rows: Sequence[Sequence[int]], totals: Sequence[int]) -> list[int]:
    """The rows that together leave `rows · x = totals` without any x >= 0; none when there is one, fractions counted.

    Phase one of the simplex method: artificial cells make up what each row lacks, and their sum is brought as low as
    it goes. Bland's rule ends it, the same way every time; integer pivoting keeps every entry exact. The rows that
    contradict each other are those with a multiplier in the end (Farkas).
    """
    height, width = len(rows), len(rows[0])
    given = np.array([[*row, total] for row, total in zip(rows, totals, strict=True)], dtype=object)
    given[given[:, -1] < 0] *= -1
    tableau = np.hstack([given[:, :-1], np.eye(height, dtype=int), given[:, -1:]])
    lacking = tableau.sum(axis=0)
    lacking[width:-1] = 0
    tableau = np.vstack([tableau, lacking])
    basis = list(range(width, width + height))
    scale = 1
    while tableau[-1, -1] != 0:
        tableau = tableau.astype(np.int64 if np.abs(tableau).max() < _EXACT else object)
        entering = next((column for column in range(width) if tableau[-1, column] > 0), None)
        if entering is None:
            return [row for row in range(height) if tableau[-1, width + row] != -scale]
        leaving = _leaving(tableau, entering, basis)
        pivot = tableau[leaving].copy()
        tableau = (tableau * pivot[entering] - np.outer(tableau[:, entering], pivot)) // scale
        tableau[leaving] = pivot
        scale, basis[leaving] = int(pivot[entering]), entering
    return []


def _leaving(tableau: NDArray[Any], entering: int, basis: Sequence[int]) -> int:
    """The row that stops the entering cell first as it grows; of several the one whose cell comes first."""
    growing = [row for row in range(len(basis)) if tableau[row, entering] > 0]
    return min(growing, key=lambda row: (Fraction(int(tableau[row, -1]), int(tableau[row, entering])), basis[row]))
