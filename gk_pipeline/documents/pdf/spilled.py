"""Lines below the rules of the cell they belong to: browsers print so where a page ends in the midst of it."""

import re

from gk_pipeline.documents.pdf.page import Page, Text
from gk_pipeline.documents.pdf.table import BEGINS, PageCell, Table, last_row, paired

_LETTERS = 4
"""Letters from which on a line with a number does more than to count the pages."""
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]")
_NEXT = 1.8
"""Of the size of a font, how far below the rules, or the line before, the next line of a cell stands at most."""


def counts_pages(part: Text) -> bool:
    """Whether a line only counts the pages: it has a number and hardly a letter, or is an address."""
    return _NUMBER.search(part.text) is not None and (len(_WORD.findall(part.text)) < _LETTERS or "://" in part.text)


def take_in_spilled(page: Page, following: Table) -> None:
    """Put the lines below the last ruled table of a page into its last cells, where these go on on the next page.

    They are lines of cells if nothing but the number of the page follows, and every word goes on below a cell that had
    no room for it. None may have a digit, which might be one of a number.
    """
    table = next((part for part in reversed(page) if isinstance(part, Table)), None)
    if table is None or not table.ruled:
        return
    rest = [part for part in page[page.index(table) + 1 :] if isinstance(part, Text)]
    spilled = [part for part in rest if not counts_pages(part)]
    first = [cell for cell in following.cells if cell.area.row == 0]
    cut = {cell for cell, _ in paired(last_row(table), first) if cell.full}
    added: dict[PageCell, str] = {}
    bottom = table.bottom
    for part in spilled:
        for word in part.words:
            own = next((cell for cell in cut if cell.left <= word.left and word.right <= cell.right), None)
            begins = BEGINS.match(word.text) or _NUMBER.search(word.text)
            if own is None or begins or word.middle - bottom > _NEXT * word.em:
                return
            added[own] = f"{added[own]}\n{word.text}" if own in added else word.text
        bottom = part.middle
    table.cells = [_longer(cell, added.get(cell)) for cell in table.cells]
    page[:] = [part for part in page if part not in spilled]


def _longer(cell: PageCell, text: str | None) -> PageCell:
    return cell if text is None else cell._replace(text="\n".join(filter(None, (cell.text, text))), full=True)
