"""The equalities of a table as codes: the cells they bind together, and by which laws an error in them shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from gk_pipeline.facts.deduce import Equality, count_equalities
from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.forms import FormTable


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of the form of one width that have an equality of their own each: positions in the code, signs in it.

    `own` are the numbers of these equalities; `members[law, row, column]` are all of the code's laws over the rows.
    """

    positions: Integers
    signs: Integers
    own: Integers
    members: Integers


@dataclass(frozen=True, eq=False)
class Code:
    """Counts that equalities bind together, directly or by way of others; whatever else is printed says nothing here.

    `cells` are the table's cell numbers in print order; everything else is by position among them. `matrix[law,
    position]` is +1, -1 or 0. `signed` may be below zero. `totals` are pairs of a cell and the cell into which a law
    sums it; `beside` and `below` are pairs of cells that are printed next to each other in a row, in a column.
    """

    cells: tuple[int, ...]
    laws: tuple[Equality, ...]
    matrix: Integers
    signed: Flags
    rows: tuple[Rows, ...]
    totals: tuple[tuple[int, int], ...]
    beside: tuple[tuple[int, int], ...]
    below: tuple[tuple[int, int], ...]


@cache
def codes(table: FormTable) -> tuple[Code, ...]:
    """The codes of a table, in print order; cells that stand in no equality of counts are in none."""
    laws = count_equalities(table)
    bound: list[set[int]] = []
    for law in laws:
        together = set(law.members).union(*(cells for cells in bound if not cells.isdisjoint(law.members)))
        bound = [cells for cells in bound if cells.isdisjoint(together)] + [together]
    return tuple(_code(table, tuple(sorted(cells)), laws) for cells in sorted(bound, key=min))


def _code(table: FormTable, cells: tuple[int, ...], laws: tuple[Equality, ...]) -> Code:
    position = {cell: number for number, cell in enumerate(cells)}
    own = tuple(law for law in laws if position.keys() >= set(law.members))
    matrix = np.zeros((len(own), len(cells)), dtype=np.int64)
    for number, law in enumerate(own):
        matrix[number, [position[cell] for cell in law.left]] = 1
        matrix[number, [position[cell] for cell in law.right]] = -1
    printed_rows = [[cell.index for cell in row] for row in table.cells_of.values()]
    rows = [[position[cell] for cell in row] for row in printed_rows if position.keys() >= set(row)]
    return Code(
        cells=cells,
        laws=own,
        matrix=matrix,
        signed=np.array([table.cells[cell].kind == "change" for cell in cells]),
        rows=tuple(_lawful_rows(rows, matrix)),
        totals=tuple((position[part], position[total]) for law in own for part, total in _sums(law)),
        beside=tuple(pair for row in rows for pair in pairwise(row)),
        below=tuple((position[a], position[b]) for a, b in _below(table) if a in position and b in position),
    )


def _lawful_rows(rows: list[list[int]], matrix: Integers) -> Iterator[Rows]:
    by_width: dict[int, list[tuple[list[int], Integers, np.int64]]] = {}
    for row in rows:
        inside, outside = matrix[:, row], np.delete(matrix, row, axis=1)
        own = np.flatnonzero((inside != 0).all(axis=1) & ~outside.any(axis=1))
        if own.size:
            by_width.setdefault(len(row), []).append((row, inside[own[0]], own[0]))
    for alike in by_width.values():
        positions, signs, laws = map(np.array, zip(*alike, strict=True))
        yield Rows(positions, signs, laws, matrix[:, positions])


def _sums(law: Equality) -> Iterator[tuple[int, int]]:
    for parts, totals in ((law.left, law.right), (law.right, law.left)):
        if len(totals) == 1 < len(parts):
            yield from ((part, totals[0]) for part in parts)


def _below(table: FormTable) -> Iterator[tuple[int, int]]:
    for part in table.parts:
        for upper, lower in pairwise(part.items):
            for measure in part.measures:
                yield (
                    table.cell_at[upper.code, measure.code].index,
                    table.cell_at[lower.code, measure.code].index,
                )
