"""Empty lines within the rows of a text: where a row has more of them than the others, a cell of it may be blank."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from gk_pipeline.sections.stream import Stream
from gk_pipeline.tables.printed import Printed

_OFTEN = 0.25
"""Share of the places in a table's rows from which on a number of empty lines is no exception there."""


class Spacing:
    """The empty lines in the rows of one table."""

    def __init__(self, stream: Stream, rows: Sequence[Printed]) -> None:
        self.stream = stream
        self.rows = rows

    def may_hide_a_blank(self, row: Printed) -> bool:
        """Whether more empty lines stand inside the row than elsewhere in the table: blank cells, perhaps.

        Then its last number may be a page number.
        """
        return any(empty > self._usual[place] for place, empty in self._empty_lines(row) if place in self._usual)

    @cached_property
    def _usual(self) -> dict[str, int]:
        """The fewest empty lines that often stand behind a label, and behind a value, in the table's rows of text."""
        counted: dict[str, Counter[int]] = {"label": Counter(), "value": Counter()}
        for row in self.rows:
            for place, empty in self._empty_lines(row):
                counted[place][empty] += 1
        return {
            place: min(empty for empty, times in counts.items() if times >= _OFTEN * counts.total())
            for place, counts in counted.items()
            if counts and max(counts.values()) >= _OFTEN * counts.total()
        }

    def _empty_lines(self, row: Printed) -> Iterator[tuple[str, int]]:
        """How many empty lines stand behind the label, and behind each piece before its last value, on a page."""
        if not row.in_text or not row.run.filled:
            return
        first, _ = self.stream.place(row.hit.end - 1)
        pieces = self.stream.pieces[first : row.run.filled[-1].piece + 1]
        for number, (piece, following) in enumerate(pairwise(pieces)):
            if piece.line is not None and following.line is not None and piece.page == following.page:
                yield "value" if number else "label", max(0, following.line - piece.line - 1)
