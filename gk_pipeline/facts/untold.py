"""Rows of which nothing in the report says that they exist: only this form has them, and none of them was found."""

from collections.abc import Sequence

import numpy as np

from gk_pipeline.facts.evaluate import Flags
from gk_pipeline.forms import Form, FormTable


def untold_cells(table: FormTable, forms: Sequence[Form], absent: Flags) -> Flags:
    """The cells, by report, of rows that another form of the table has not, where all of these are `absent`.

    Then the labels fit that form as well, and that the table is on this one is a guess: nothing is worked out for them.
    """
    untold = np.zeros_like(absent)
    for form in forms:
        rivals = [rival for rival in form.tables if rival.code == table.code and rival.form != table.form]
        for rival in rivals:
            own = np.array([cell.item not in rival.items for cell in table.cells], dtype=bool)
            untold |= own & (absent | ~own).all(axis=1)[:, None]
    return untold
