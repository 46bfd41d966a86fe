"""Heads that a page break parts from all their rows, or cuts: they are put above these, on the page of the numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from gk_pipeline.documents.pdf.cells import Area
from gk_pipeline.documents.pdf.column_heads import heads_above, two_of_a_column
from gk_pipeline.documents.pdf.page import Page, Text
from gk_pipeline.documents.pdf.spilled import counts_pages
from gk_pipeline.documents.pdf.table import BEGINS, SAME, PageCell, Table, is_value, last_row, n_rows, paired

_NOTHING = re.compile(r"\s*(?:[-—–－/／]+|无)?\s*")
"""What a row prints where it has no number."""


def under_heads(upper: Table, lower: Table) -> Table | None:
    """A table below the heads with which the page before ends; None where that is no table of heads, or not as wide.

    Where the next page begins with heads as well, cells between the same edges are one that the break has cut: heads
    of two rows between the same edges would be heads of one column.
    """
    if not _are_heads(upper.cells) or not any(map(is_value, lower.cells)):
        return None
    sides = [(min(cell.left for cell in one.cells), max(cell.right for cell in one.cells)) for one in (upper, lower)]
    if any(abs(one - other) > SAME for one, other in zip(*sides, strict=True)):
        return None
    first = [cell for cell in lower.cells if cell.area.row == 0]
    cut = {} if any(map(is_value, first)) else dict(paired(last_row(upper), first))
    whole = [_whole(head, cut[head]) if head in cut else head for head in upper.cells]
    if any(_NOTHING.fullmatch(head.text) for head in whole):
        return None
    below = [cell for cell in lower.cells if cell not in cut.values()]
    edges = list(_edges(sorted(edge for cell in (*whole, *below) for edge in (cell.left, cell.right))))
    cells = [*(_placed(cell, edges, 0) for cell in whole), *(_placed(cell, edges, n_rows(upper)) for cell in below)]
    return Table(lower.middle, lower.bottom, sorted(cells, key=_row_and_column))


def take_in_heads(above: Page, lower: Table) -> None:
    """Put heads with which a page ends above the rows without rules with which the next begins, if all have one."""
    columns = sorted({(cell.left, cell.right) for cell in lower.cells if cell.area.column})
    if lower.ruled or any(cell.area.column and not is_value(cell) and cell.text for cell in lower.cells):
        return
    last = list(takewhile(lambda part: isinstance(part, Text), reversed(above)))
    texts = [part for part in reversed(last) if isinstance(part, Text) and not counts_pages(part)]
    heads, numbers = heads_above(columns, [text.words for text in texts], len(texts), columns[0][0], set())
    row = max((head.area.row for head in heads), default=0)
    headed = {head.area.column for head in heads if head.area.row == row} - {0}
    own = [[word for word in texts[number].words if word.right > columns[0][0]] for number in numbers]
    if len(headed) < len(columns) or any(two_of_a_column(line, columns) for line in own):
        return
    for number in numbers:
        above.remove(texts[number])
    rows = [cell._replace(area=cell.area._replace(row=cell.area.row + row + 1)) for cell in lower.cells]
    lower.cells = [*(head._replace(line=None) for head in heads), *rows]


def _are_heads(cells: Iterable[PageCell]) -> bool:
    """Whether no cell holds a number, or begins a row as the labels of a form do."""
    return not any(is_value(cell) or BEGINS.match(cell.text) for cell in cells)


def _edges(edges: Sequence[float]) -> Iterator[float]:
    """The edges, each once."""
    yield edges[0]
    yield from (edge for before, edge in pairwise(edges) if edge - before > SAME)


def _whole(head: PageCell, rest: PageCell) -> PageCell:
    """A cell that goes on over the page."""
    rows = head.area.row_span + rest.area.row_span
    text = "\n".join(filter(None, (head.text, rest.text)))
    return head._replace(area=head.area._replace(row_span=rows), text=text, line=rest.line, full=rest.full)


def _placed(cell: PageCell, edges: Sequence[float], down: int) -> PageCell:
    """A cell in the columns between these edges, so many rows further down; above, its line is one of another page."""
    left, right = (min(range(len(edges)), key=lambda at: abs(edges[at] - side)) for side in (cell.left, cell.right))
    area = Area(cell.area.row + down, left, cell.area.row_span, right - left)
    return cell._replace(area=area, line=cell.line if down else None)


def _row_and_column(cell: PageCell) -> Area:
    return cell.area
