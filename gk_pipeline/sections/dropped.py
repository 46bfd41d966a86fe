"""The page of a crawl that keeps a line only where it is new: all labels are there, and most numbers are gone.

What such a page still prints looks like a report of few numbers, and nothing says where the others stood.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from gk_pipeline.quality.finding import Finding
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.labels import target
from gk_pipeline.sections.stream import Stream, squeeze

_VALUE = re.compile(r"\s*(?:[+\-＋－]?\d[\d,.，．]*|[-—－/]+|[无Oo〇零])(?:\D{0,3}|[（(\[【].*)\s*")
_SEVERAL = re.compile(r"\s*\d+(?:[\s，、,;；]+\d+)+\s*")
_NUMBER_APART = re.compile(r"\s\d")
_NOTHING = frozenset(["0", "", "无"])
"""What most cells of a form print, as squeezed."""
_LEFT = 2 / 3
"""Share of a form's numbers below which most rows have lost some; one column that is not printed leaves more."""


def lines_dropped(stream: Stream, tables: Mapping[str, Located]) -> Finding | None:
    """Why tables of one cell a line are not to be read where they have lost all repetitions; None where they have not.

    Rows are short there under all their heads, and no number is the one before it, although most cells of a form print
    the same nothing: it stands in a row that is short, or else no number at all is printed twice.
    """
    rows: list[tuple[int, list[str]]] = []
    for located in tables.values():
        for width, printed in _rows(stream, located) if _is_of_lines(stream, located) else ():
            if any(one == other for one, other in pairwise(printed)):
                return None  # as in the first rows of nearly all reports
            rows.append((width, printed))
    values = [value for _, printed in rows for value in printed]
    cells = sum(width for width, _ in rows)
    if len(values) >= _LEFT * cells or any(len(printed) > width for width, printed in rows):
        return None
    short = [value for width, printed in rows if len(printed) < width for value in printed]
    if _NOTHING.isdisjoint(short) and (_NOTHING.isdisjoint(values) or len(set(values)) < len(values)):
        return None
    if any(_beside_labels(stream, located) for located in tables.values() if _is_of_lines(stream, located)):
        return None
    return Finding(
        "error",
        "repeated_lines_dropped",
        f"Only {len(values)} of {cells} numbers are printed, and never one twice in a row: "
        "whoever fetched the page dropped the lines that repeat others.",
        "Fetch the page again from its source, with all its lines.",
        " ".join(values)[:100],
    )


def _is_of_lines(stream: Stream, located: Located) -> bool:
    """Whether a table prints its heads, and labels and values in lines of their own, no line with several numbers."""
    table = located.table
    first, last = (stream.place(position)[0] for position in located.extent)
    if table.items_across or any(piece.row is not None for piece in stream.pieces[first : last + 1]):
        return False
    heads = (target(measure.label).spellings for measure in table.measures.values())
    one_each = not any(_SEVERAL.fullmatch(line) for line in stream.lines[first : last + 1] if len(line) > 2)
    return one_each and all(any(head in stream.text for head in own) for own in heads)


def _beside_labels(stream: Stream, located: Located) -> bool:
    """Whether some item prints a number in the line of its label, apart from it."""
    ends = (stream.place(hit.end - 1) for anchor, hit in located.anchors if anchor.item is not None)
    return any(_NUMBER_APART.search(stream.lines[piece], char) for piece, char in ends)


def _rows(stream: Stream, located: Located) -> Iterator[tuple[int, list[str]]]:
    """For each item the number of its cells, and the values in the lines below its label."""
    anchors = sorted(located.anchors, key=lambda pair: pair[1].start)
    ends = [*(stream.place(hit.start)[0] for _, hit in anchors[1:]), len(stream.pieces)]
    for (anchor, hit), end in zip(anchors, ends, strict=True):
        if anchor.item is not None:
            width = len(located.table.cells_of[anchor.item])
            first = stream.place(hit.end - 1)[0] + 1
            lines = [piece.text for piece in stream.pieces[first : min(end, first + width + 1)]]
            yield width, [squeeze(line) for line in lines if _VALUE.fullmatch(line)]
