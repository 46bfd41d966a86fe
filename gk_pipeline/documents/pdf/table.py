"""A table as a page of a PDF shows it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gk_pipeline.documents.pdf.cells import Area

BEGINS = re.compile(r"\s*[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[）)、.．]")
"""How a label of its own begins, unlike the rest of one."""


class PageCell(NamedTuple):
    """A cell of a table: the edges between which it stands, its lines of text and the number of the first.

    `full` says that its last line has no room for another character, so that the text may go on elsewhere.
    """

    area: Area
    left: float
    right: float
    text: str
    line: int | None
    full: bool


@dataclass(slots=True)
class Table:
    """A table, or what a page shows of it, with its cells row by row; it ends `bottom` below the page's top.

    Without rules a row has a label in column 0, and `left` is where that begins.
    """

    middle: float
    bottom: float
    cells: list[PageCell]
    ruled: bool = True


SAME = 3.0
"""Points within which two things stand in the same place of their pages."""
_VALUE = re.compile(r"\s*[+\-]?\d[\d,，.]*\s*")


def is_value(cell: PageCell) -> bool:
    """Whether a cell holds a number."""
    return _VALUE.fullmatch(cell.text) is not None


def last_row(table: Table) -> list[PageCell]:
    """The cells that reach to the end of a table."""
    end = n_rows(table)
    return [cell for cell in table.cells if cell.area.row + cell.area.row_span == end]


def n_rows(table: Table) -> int:
    """How many rows a table has."""
    return max(cell.area.row + cell.area.row_span for cell in table.cells)


def without_row(cells: Iterable[PageCell], row: int) -> Iterator[PageCell]:
    """The cells of a table without a row in which nothing is left."""
    for cell in cells:
        top, _, rows, _ = cell.area
        if top > row:
            yield cell._replace(area=cell.area._replace(row=top - 1))
        elif top + rows <= row:
            yield cell
        elif rows > 1:
            yield cell._replace(area=cell.area._replace(row_span=rows - 1))


def paired(row: Iterable[PageCell], rest: Sequence[PageCell]) -> Iterator[tuple[PageCell, PageCell]]:
    """The cells of two rows that stand between the same edges."""
    for cell in row:
        for part in rest:
            if abs(cell.left - part.left) <= SAME and abs(cell.right - part.right) <= SAME:
                yield cell, part
