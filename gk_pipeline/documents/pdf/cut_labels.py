"""Labels of tables without rules that a page break cuts: they are put together where their numbers stand."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gk_pipeline.documents.pdf.lines import Word
from gk_pipeline.documents.pdf.page import Page, Text
from gk_pipeline.documents.pdf.spilled import counts_pages
from gk_pipeline.documents.pdf.table import BEGINS, SAME, PageCell, Table, without_row


class _Rest(NamedTuple):
    """What may be the rest of a label: a word of a line, or a label; a row has numbers beside it."""

    left: float
    text: str
    source: Word | PageCell
    is_row: bool


def join_cut_label(above: Page, below: Page) -> bool:
    """Put the label in which a page ends together with its rest on the next; whether there was one.

    It goes on if its last line is full, and what begins in the same place on the next page begins no label of its own.
    Of the two parts only one may stand beside numbers.
    """
    upper = next((part for part in reversed(above) if isinstance(part, Table)), None)
    if upper is None or upper.ruled or not all(map(_counts_pages, above[above.index(upper) + 1 :])):
        return False
    last = max((cell for cell in upper.cells if cell.full), key=lambda cell: cell.area.row, default=None)
    if last is None or any(_is_row(upper, cell) for cell in upper.cells if cell.area.row > last.area.row):
        return False
    own = list(_own_rests(last, _rests(below, last.right)))
    if not own or (own[-1].is_row and _is_row(upper, last)):
        return False
    whole = "\n".join([last.text, *(rest.text for rest in own)])
    if own[-1].is_row:
        _relabel(_table_of(below), own.pop().source, whole)
        upper.cells = list(without_row([cell for cell in upper.cells if cell is not last], last.area.row))
    else:
        _relabel(upper, last, whole)
    below[:] = _without(below, {rest.source for rest in own})
    return True


def _counts_pages(part: Table | Text) -> bool:
    return isinstance(part, Text) and counts_pages(part)


def _is_row(table: Table, label: PageCell) -> bool:
    """Whether numbers stand beside a label."""
    return any(cell.area.row == label.area.row and cell.area.column for cell in table.cells)


def _rests(page: Page, edge: float) -> Iterator[_Rest]:
    """What stands at the top of a page left of the numbers, from the top."""
    for part in page:
        if isinstance(part, Table):
            labels = [] if part.ruled else [cell for cell in part.cells if cell.area.column == 0]
            yield from (_Rest(label.left, label.text, label, _is_row(part, label)) for label in labels)
            return
        if counts_pages(part):
            continue
        if not part.words or any(word.right > edge for word in part.words):
            return
        yield from (_Rest(word.left, word.text, word, False) for word in part.words)


def _own_rests(last: PageCell, rests: Iterable[_Rest]) -> Iterator[_Rest]:
    """Those that go on with a label, up to the numbers; what stands left of it, as of a group, is passed over."""
    for rest in rests:
        if rest.left < last.left - SAME and not rest.is_row:
            continue
        numbered = BEGINS.match(rest.text) or any(map(str.isdigit, rest.text))
        if numbered or abs(rest.left - last.left) > SAME:
            return
        yield rest
        if rest.is_row:
            return


def _relabel(table: Table, label: Word | PageCell, text: str) -> None:
    table.cells = [cell._replace(text=text) if cell is label else cell for cell in table.cells]


def _table_of(page: Page) -> Table:
    """The first table of a page that has one."""
    return next(part for part in page if isinstance(part, Table))


def _without(page: Page, gone: set[Word | PageCell]) -> Iterator[Table | Text]:
    """The parts of a page without some words and labels."""
    for part in page:
        if isinstance(part, Table):
            for row in sorted((cell.area.row for cell in part.cells if cell in gone), reverse=True):
                part.cells = list(without_row([cell for cell in part.cells if cell.area.row != row], row))
            yield part
        elif not gone.isdisjoint(part.words):
            left = tuple(word for word in part.words if word not in gone)
            if left:
                yield part._replace(text=" ".join(word.text for word in left), words=left)
        else:
            yield part
