"""The prose of a report: runs of lines outside its tables, a paragraph torn into lines read as one text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from gk_pipeline.sections.report import OpenReport
from gk_pipeline.sections.stream import plain

_ENDED = re.compile(r"[。！？；：:.!?;|]\s*$")
_SHORTEST_TORN = 15
"""Characters from which a line that ends without a stop goes on in the next one."""
_SHORTEST_IN_CELL = 30
"""Characters from which a grid's cell is prose: a page laid out as a table."""
_MOST_LINES = 40


class Paragraph:
    """A paragraph as one text, with the way back to the pieces it was printed in; `lead` is the line before it."""

    def __init__(self, opened: OpenReport, first: int, last: int) -> None:
        self._pieces = opened.stream.pieces[first : last + 1]
        self._starts = list(accumulate((len(piece.text) for piece in self._pieces), initial=0))
        self.printed = "".join(piece.text for piece in self._pieces)
        self.lead = opened.stream.lines[first - 1] if first else ""

    @cached_property
    def text(self) -> str:
        """The text in plain characters, each where the printed one stands."""
        return plain(self.printed)

    def place(self, start: int, end: int) -> tuple[int | None, ...] | None:
        """Block, page, line, grid row and column, first and last character of a stretch; None where it is torn."""
        number = bisect_right(self._starts, start) - 1 if len(self._pieces) > 1 else 0
        piece, offset = self._pieces[number], self._starts[number]
        if end > offset + len(piece.text):
            return None
        at = piece.offset + start - offset
        return piece.block, piece.page, piece.line, piece.row, piece.column, at, at + end - start


def paragraphs(opened: OpenReport, telling: re.Pattern[str]) -> Iterator[Paragraph]:
    """The paragraphs in which a pattern is found, in reading order; nothing that stands within a table."""
    stream = opened.stream
    lines = stream.lines
    page = "\n".join(lines)
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    read = -1
    for match in telling.finditer(page):
        if not starts:
            starts = [end + number for number, end in enumerate(accumulate(map(len, lines), initial=0))]
            spans = _tables(opened)
        hit = bisect_right(starts, match.start()) - 1
        piece = stream.pieces[hit]
        if hit <= read or (any(first <= hit <= last for first, last in spans) and not _is_sentence(piece.text)):
            continue
        if piece.row is not None:
            read = hit
            if len(piece.text) >= _SHORTEST_IN_CELL:
                yield Paragraph(opened, hit, hit)
            continue
        first, last = _torn(opened, hit, read + 1, spans)
        read = last
        yield Paragraph(opened, first, last)


def _is_sentence(text: str) -> bool:
    """Whether a line between the labels of a table is prose: a sentence may name a label, and no cell ends so."""
    return len(text) >= _SHORTEST_TORN and text.rstrip().endswith("。")


def _tables(opened: OpenReport) -> list[tuple[int, int]]:
    """The pieces from the first label of each table to its last, other printings of it among them."""
    located = [place for first in opened.tables.values() for place in (first, *first.again)]
    stream = opened.stream
    return [(stream.place(start)[0], stream.place(end - 1)[0]) for start, end in (one.extent for one in located)]


def _torn(opened: OpenReport, hit: int, earliest: int, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The lines of the paragraph that a line belongs to."""
    pieces = opened.stream.pieces

    def goes_on(number: int) -> bool:
        text = pieces[number].text
        inside = any(first <= number + 1 <= last or first <= number <= last for first, last in spans)
        paragraph = pieces[number].row is None and pieces[number + 1].row is None
        return paragraph and not inside and len(text) >= _SHORTEST_TORN and not _ENDED.search(text)

    first = last = hit
    while first > earliest and hit - first < _MOST_LINES and goes_on(first - 1):
        first -= 1
    while last + 1 < len(pieces) and last - hit < _MOST_LINES and goes_on(last):
        last += 1
    return first, last
