"""Cells with spans to a grid: the table algorithm of the HTML standard, bounded against absurd spans."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from gk_pipeline.documents.document import GridCell

MAX_SLOTS = 200_000
MAX_COLUMN_SPAN = 1000

_cell = partial(tuple.__new__, GridCell)
"""A cell of its fields: the shortest way to make as many as there are numbers."""
_NUMBER = re.compile(r"[ \t\n\r\f]*\+?([0-9]+)")


class SpanningCell(NamedTuple):
    """A cell as the page declares it: its text and the span attributes as printed."""

    text: str
    row_span: str | None = None
    column_span: str | None = None


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The cells in their places.

    `past_the_end` counts spans that reached beyond the last row of their group, `too_wide` those wider than any
    browser lays out, `overlapping` the cells that share a slot with another one.
    """

    cells: tuple[GridCell, ...]
    past_the_end: int
    too_wide: int
    overlapping: int


def laid_out(groups: Sequence[Sequence[Sequence[SpanningCell]]]) -> LaidOut | None:
    """The cells of the row groups (thead, tbody, tfoot) by row and column; None if the grid has too many slots.

    As in a browser a cell ends with its row group, `rowspan=0` reaches there, and a cell stands in the first column
    that no cell from above still covers.
    """
    rows = sum(map(len, groups))
    widest = MAX_SLOTS // max(rows, 1)
    cells: list[GridCell] = []
    past_the_end = too_wide = overlapping = 0
    group_start = 0
    for group in groups:
        group_end = group_start + len(group)
        covered_to: list[int] = []
        for row, printed in enumerate(group, start=group_start):
            column = 0
            for cell in printed:
                while column < len(covered_to) and covered_to[column] > row:
                    column += 1
                if column >= widest:
                    return None
                text, rows_asked, columns_asked = cell
                if rows_asked is None and columns_asked is None:  # which covers nothing but its own place
                    cells.append(_cell((row, column, 1, 1, text, None, None, None)))
                    column += 1
                    continue
                asked_rows, asked_columns = _span(rows_asked), max(_span(columns_asked), 1)
                row_span = min(asked_rows or group_end - row, group_end - row)
                column_span = min(asked_columns, MAX_COLUMN_SPAN, widest - column)
                past_the_end += row_span < asked_rows
                too_wide += column_span < asked_columns
                end = column + column_span
                covered_to.extend([0] * (end - len(covered_to)))
                overlapping += any(covered > row for covered in covered_to[column:end])
                covered_to[column:end] = [max(covered, row + row_span) for covered in covered_to[column:end]]
                cells.append(_cell((row, column, row_span, column_span, text, None, None, None)))
                column = end
        group_start = group_end
    return LaidOut(tuple(cells), past_the_end, too_wide, overlapping)


def _span(attribute: str | None) -> int:
    number = _NUMBER.match(attribute) if attribute else None
    # Nine digits are beyond every limit; int() refuses attributes of thousands.
    return int(number[1][:9]) if number else 1
