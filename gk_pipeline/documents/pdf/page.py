"""A PDF page to its parts: ruled tables, and the lines around them as they stand on the page, from top to bottom."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gk_pipeline.documents.pdf.cells import Lattice, lattices, whole
from gk_pipeline.documents.pdf.columns import without_rules
from gk_pipeline.documents.pdf.ink import Ink
from gk_pipeline.documents.pdf.lines import Line, Word, by_line, column_width, laid_out, numbered, shown_once, words
from gk_pipeline.documents.pdf.table import PageCell, Table

_PADDING = 15.0
"""Points that the text of a cell may keep from its two sides together."""
_DIGITS_MEET = re.compile(r"[\d,，.]\n[\d,，.]")


class Text(NamedTuple):
    """A line outside of tables; `middle` is how far from the top of the page it stands, `words` are its own."""

    middle: float
    text: str
    line: int
    words: tuple[Word, ...] = ()


Page = list[Table | Text]
"""The parts of a page in reading order."""


def parts_of(shown: Ink, counted: Counter[str]) -> Page:
    """The parts of a page from its top to its bottom, then what stands on it turned; `counted` is what was odd."""
    lines = numbered(shown.glyphs, 0)
    parts = _upright(lines, shown, counted)
    for glyphs in shown.turned:
        lines = numbered(glyphs, lines[-1].number if lines else 0)
        parts += _upright(lines, Ink(glyphs), counted)
    return parts


def _upright(lines: Sequence[Line], shown: Ink, counted: Counter[str]) -> Page:
    across, down = whole(shown.across), whole(shown.down)
    lattices_here = lattices(across, down)

    def cell(x: float, y: float) -> tuple[int, int] | None:
        """The innermost table in which a point lies, and the area there."""
        for number, lattice in enumerate(lattices_here):
            if lattice.holds(x, y):
                return number, lattice.area_at(x, y)
        return None

    inside: list[dict[int, list[Word]]] = [{} for _ in lattices_here]
    beside: list[Word] = []
    for line in lines:
        for word in words(shown_once(line, across, counted), cell, counted):
            found = cell((word.left + word.right) / 2, word.middle)
            if found is None:
                beside.append(word)
            else:
                inside[found[0]].setdefault(found[1], []).append(word)
    parts: Page = [_table(lattice, own, counted) for lattice, own in zip(lattices_here, inside, strict=True) if own]
    unruled, beside = without_rules(beside)
    parts += unruled
    column = column_width(shown.glyphs)
    parts += [Text(own[0].middle, laid_out(own, column), own[0].line, tuple(own)) for own in by_line(beside)]
    return sorted(parts, key=_middle)


def _middle(part: Table | Text) -> float:
    return part.middle


def _table(lattice: Lattice, inside: dict[int, list[Word]], counted: Counter[str]) -> Table:
    cells = []
    for number, area in enumerate(lattice.areas):
        left, right = lattice.xs[area.column], lattice.xs[area.column + area.column_span]
        lines = list(by_line(inside.get(number, ())))
        text = _together(lines, right - left, counted)
        full = bool(lines) and not _has_room(lines[-1], right - left)
        cells.append(PageCell(area, left, right, text, lines[0][0].line if lines else None, full))
    return Table(lattice.ys[0], lattice.ys[-1], cells)


def _together(lines: Sequence[Sequence[Word]], width: float, counted: Counter[str]) -> str:
    """The lines of a cell, one below the other; a number that had no room in one line goes on in the next."""
    text = "\n".join(" ".join([word.text for word in line]) for line in lines)
    if len(lines) < 2 or not _DIGITS_MEET.search(text):
        return text
    text = " ".join([word.text for word in lines[0]])
    for above, line in pairwise(lines):
        words_here = " ".join([word.text for word in line])
        wrapped = _DIGITS_MEET.fullmatch(f"{text[-1:]}\n{words_here[:1]}") and not _has_room(above, width)
        counted["wrapped"] += bool(wrapped)
        text += ("" if wrapped else "\n") + words_here
    return text


def _has_room(line: Sequence[Word], width: float) -> bool:
    """Whether another character would have fitted into a line of a cell."""
    return width - (line[-1].right - line[0].left) > line[-1].em + _PADDING
