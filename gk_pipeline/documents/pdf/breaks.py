"""What page breaks do to a PDF: lines that every page repeats are read once, a row cut in two is put together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gk_pipeline.documents.pdf.cut_heads import take_in_heads, under_heads
from gk_pipeline.documents.pdf.cut_labels import join_cut_label
from gk_pipeline.documents.pdf.page import Page, Text
from gk_pipeline.documents.pdf.spilled import counts_pages, take_in_spilled
from gk_pipeline.documents.pdf.table import (
    BEGINS,
    SAME,
    PageCell,
    Table,
    is_value,
    last_row,
    n_rows,
    paired,
    without_row,
)

_LETTERS = 4
"""Letters from which on a line that is repeated says something; less may be a row of numbers."""
_WORD = re.compile(r"[^\W\d_]")
_NUMBER_ALONE = re.compile(r"(?<!\S)[+\-]?[\d,，.%]+(?!\S)")


def without_repetition(pages: Sequence[Page]) -> list[str]:
    """Take out the lines at the edges of pages that the page before shows in the same place; their texts.

    Only the outermost count: of short reports behind each other the headings may stand alike, but not the titles.
    """
    running = [
        part
        for before, page in pairwise(pages)
        for parts, others in ((page, before), (page[::-1], before[::-1]))
        for part in _repeated(parts, others)
    ]
    gone = set(map(id, running))
    for page in pages:
        page[:] = [part for part in page if id(part) not in gone]
    return [part.text.strip() for part in running]


def _repeated(parts: Page, others: Page) -> Iterator[Text]:
    """The lines from the edge of a page inwards that another page shows too, past the numbers of the pages."""
    shown = {place for part in others if isinstance(part, Text) for place in _places(part)}
    for part in parts:
        if not isinstance(part, Text):
            return
        if _says_something(part.text) and _places(part)[0] in shown:
            yield part
        elif not counts_pages(part):
            return


def _places(part: Text) -> list[tuple[str, int]]:
    """What a line says and about where, first exactly."""
    text, at = "".join(part.text.split()), round(part.middle / SAME)
    return [(text, at), (text, at - 1), (text, at + 1)]


def _says_something(text: str) -> bool:
    return len(_WORD.findall(text)) >= _LETTERS and not _NUMBER_ALONE.search(text)


def join_cut_rows(pages: Sequence[Page]) -> int:
    """Put rows together that a page break has cut, where their numbers stand; how many they were.

    Heads that a page break parts from all their rows go to these.
    """
    joined = 0
    for above, below in reversed(list(pairwise(pages))):
        joined += join_cut_label(above, below)
        lower = _table_at_edge(below)
        if lower is None:
            continue
        take_in_spilled(above, lower)
        take_in_heads(above, lower)
        upper = _table_at_edge(reversed(above))
        if upper is None:
            continue
        heads = _heads(upper, lower)
        headed = None if heads else under_heads(upper, lower)
        if headed is not None:
            joined += 1
            above.remove(upper)
            below[below.index(lower)] = headed
        elif _join(upper, lower, heads):
            joined += 1
            if all(cell.area.row < heads for cell in lower.cells):
                below.remove(lower)
            if not any(cell.text for cell in upper.cells):
                above.remove(upper)
    return joined


def _table_at_edge(parts: Iterable[Table | Text]) -> Table | None:
    """The table with which a page begins or ends; only the number of the page may stand before it."""
    for part in parts:
        if isinstance(part, Table):
            return part
        if not counts_pages(part):
            return None
    return None


def _join(upper: Table, lower: Table, first: int) -> bool:
    """Join the last row of a table with row `first` of what goes on on the next page, if they are one."""
    last, row = n_rows(upper) - 1, last_row(upper)
    rest = [cell for cell in lower.cells if cell.area.row == first]
    pairs = list(paired(row, rest))
    if not len(pairs) == len(row) == len(rest) or not _is_cut(pairs):
        return False
    values_below = not any(map(is_value, row)) and any(map(is_value, rest))
    now: dict[PageCell, PageCell] = {}
    for cell, part in pairs:
        between = "" if is_value(cell) and is_value(part) else "\n"
        text, line = between.join(filter(None, (cell.text, part.text))), cell.line or part.line
        goes_down = values_below and cell.area.row_span == 1
        now[cell] = cell._replace(text="", line=None) if goes_down else cell._replace(text=text, line=line)
        now[part] = part._replace(text=text, line=part.line or line) if goes_down else part._replace(text="", line=None)
    upper.cells = [now.get(cell, cell) for cell in upper.cells]
    lower.cells = [now.get(cell, cell) for cell in lower.cells]
    if values_below:
        upper.cells = list(without_row(upper.cells, last))
    else:
        lower.cells = list(without_row(lower.cells, first))
    return True


def _heads(upper: Table, lower: Table) -> int:
    """How many rows of a table only repeat the heads with which the part before begins."""
    rows = 0
    for row, again in zip(_rows(upper), _rows(lower), strict=False):
        texts = [cell.text for cell in row]
        if texts != [cell.text for cell in again] or any(map(is_value, row)) or not any(texts):
            break
        rows += 1
    return rows


def _rows(table: Table) -> Iterator[list[PageCell]]:
    for row in range(max(cell.area.row for cell in table.cells) + 1):
        yield [cell for cell in table.cells if cell.area.row == row]


def _is_cut(pairs: Sequence[tuple[PageCell, PageCell]]) -> bool:
    """Whether two rows are one: one has less cells filled than the other, and what both have goes on.

    It goes on where its last line had no room for more, in words that begin no label of their own. Two rows without
    numbers are one in the midst of a label alone.
    """
    filled = [(cell, part) for cell, part in pairs if cell.area.row_span == part.area.row_span == 1]
    above = [pair for pair in filled if pair[0].text]
    below = [pair for pair in filled if pair[1].text]
    torn = [pair for pair in above if pair in below]
    if not torn or not all(cell.full and not BEGINS.match(part.text) for cell, part in torn):
        return False
    if len(below) == len(torn) < len(above):
        return True
    if any(is_value(cell) for cell, _ in above):
        return False
    if len(above) == len(torn) < len(below):
        return True
    in_the_midst = not any(is_value(part) or BEGINS.match(cell.text) for cell, part in torn)
    return len(above) == len(below) == len(torn) and in_the_midst
