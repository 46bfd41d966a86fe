"""The lines at the edges of printed pages that count them: 3, 第 3 页 共 8 页, or an address with 3/8 behind it."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from gk_pipeline.documents.document import Block

_NUMBER = re.compile(r"\d{1,4}")
_EDGE = 2
"""Lines from either edge of a page among which its number is looked for; without words it is the outermost."""
_PROVEN = 3
"""Pages from which on numbers that count up tell by themselves; two must be the numbers of their pages."""


class _Foot(NamedTuple):
    """What all pages print alike: which number of the line is how far ahead of the page, between which words."""

    at_top: bool
    ahead: int
    before: str
    behind: str


def page_feet(blocks: Sequence[Block], first: int, last: int) -> frozenset[int]:
    """Which of the blocks `first` to `last` are page numbers, alone or among words that all pages repeat.

    Such lines say the same but for a number that goes up by one with every page. Only a text with form feeds has pages.
    """
    if first > last or blocks[last].page in (None, blocks[first].page):
        return frozenset()
    pages = [list(page) for _, page in groupby(range(first, last + 1), key=lambda number: blocks[number].page)]
    found: dict[_Foot, dict[int | None, int]] = {}
    for page in pages:
        for number, foot in _candidates(blocks, page):
            found.setdefault(foot, {}).setdefault(blocks[number].page, number)
    feet = [own.values() for foot, own in found.items() if _count(foot, len(own), len(pages))]
    return frozenset(number for own in feet for number in own)


def _candidates(blocks: Sequence[Block], page: Sequence[int]) -> Iterator[tuple[int, _Foot]]:
    """The lines at the edges of a page, the outermost first, with each number that may count it."""
    for at_top, edge in ((True, page[:_EDGE]), (False, page[: -_EDGE - 1 : -1])):
        for place, number in enumerate(edge):
            text, shown = blocks[number].text, blocks[number].page
            if text is None or shown is None:
                continue
            printed = " ".join(text.split())
            for counted in _NUMBER.finditer(printed):
                before, behind = printed[: counted.start()], printed[counted.end() :]
                if not place or before or behind:
                    yield number, _Foot(at_top, int(counted[0]) - shown, before, behind)


def _count(foot: _Foot, found: int, pages: int) -> bool:
    """Whether lines that stand on so many of so many pages count them; some pages may print no number."""
    return 2 * found > pages and (found >= _PROVEN or (found == 2 and foot.ahead == 0))
