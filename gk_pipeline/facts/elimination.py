"""Equalities that unknown cells cannot mend: combinations of laws from which the unknown cells drop out."""

import numpy as np

from gk_pipeline.facts.evaluate import Integers


def checks(unknown: Integers) -> Integers:
    """The combinations of laws that hold whatever the unknown cells are.

    `unknown[law, cell]` are the laws' coefficients of the unknown cells. Of the result `C`, whole numbers with a row a
    combination, `C @ unknown` is zero and its rows span all such combinations. Exact: every row is kept free of
    common factors, which leaves entries of -1, 0 and 1 for sums of rows and columns.
    """
    height, width = unknown.shape
    rows = np.hstack([unknown, np.eye(height, dtype=np.int64)])
    for column in range(width):
        able = np.flatnonzero(rows[:, column])
        if not able.size:
            continue
        pivot = able[np.argmin(np.count_nonzero(rows[able], axis=1))]
        own, entries = rows[pivot], rows[able, column]
        rows[able] = rows[able] * own[column] - np.outer(entries, own)
        rows = np.delete(rows, pivot, axis=0)
        factors = np.gcd.reduce(rows, axis=1)
        rows //= np.where(factors == 0, 1, factors)[:, None]
    return rows[:, width:]
