"""The laws between two years of one body as matrices: over the cells of this year's table and of last year's."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gk_pipeline.forms.form import YEARLY, FormTable, LawRow


@dataclass(frozen=True, eq=False)
class YearlyLaws:
    """The yearly laws of a table, held against the table that a body printed the year before.

    `this_year[law, cell]` is over the cells of the table, `last_year[law, cell]` over those of the other one, rows in
    the order of `rows`. `comparable[law]` says whether last year's table has every cell that the law asks for.
    """

    table: FormTable
    last: FormTable
    rows: tuple[LawRow, ...]
    this_year: NDArray[np.int64]
    last_year: NDArray[np.int64]
    comparable: NDArray[np.bool_]


@cache
def yearly_laws(table: FormTable, last: FormTable) -> YearlyLaws:
    """The laws that the table's form states about it and last year's, which may be on another form.

    Codes decide what is the same there: a cell is comparable with the one of its item and measure, if that counts the
    same. A law over a cell that the other form does not have cannot be assessed, nor can a whole table be the same.
    """
    rows = yearly_rows(table)
    now = np.zeros((len(rows), len(table.cells)), dtype=np.int64)
    then = np.zeros((len(rows), len(last.cells)), dtype=np.int64)
    comparable = np.ones(len(rows), dtype=bool)
    for number, row in enumerate(rows):
        for index, sign in row.coefficients:
            now[number, index] += sign
        for index in row.last_year:
            asked = table.cells[index]
            cell = last.cell_at.get((asked.item, asked.measure))
            if cell is None or cell.kind != asked.kind:
                comparable[number] = False
            else:
                then[number, cell.index] += 1
        if row.kind == "repetition":
            comparable[number] &= len(table.cells) == len(last.cells)
    for array in (now, then, comparable):
        array.flags.writeable = False
    return YearlyLaws(table, last, rows, now, then, comparable)


def yearly_rows(table: FormTable) -> tuple[LawRow, ...]:
    """The rows of the laws of a table that compare two years."""
    return tuple(row for row in table.laws if row.kind in YEARLY)
