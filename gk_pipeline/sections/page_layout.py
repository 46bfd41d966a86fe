"""Text that keeps the layout of printed pages: what a page prints in one cell is read together, not line by line.

There the lines of a cell stand beside those of its neighbours. Only a text with form feeds has pages; others are read
as they stand.
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from gk_pipeline.sections.stream import Piece

_WORD = re.compile(r"\S+")
_WORDS = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_VALUES = re.compile(r"(?:(?<!\S)(?:[+＋\-－−]?\d[\d,，.．%]*\w{0,2}|[-—–－/／无]+)(?:\s+|\Z))+\Z")
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d)[)）、.．]\D")
_APART = 2
"""Lines from one line of a label to the next, an empty one between them."""
_HEAD_LINES = 12
"""Lines above a row of values within which the heads of its columns stand."""


def in_cells(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the lines of torn heads, and those of labels beside several rows, one behind the other."""
    if not pieces or pieces[-1].page is None:
        return list(pieces)
    pages = (list(own) for _, own in groupby(pieces, key=lambda piece: piece.page))
    return [piece for page in pages for piece in _labels_whole(_heads_whole(_without_side_labels(page)))]


def _without_side_labels(lines: Sequence[Piece]) -> list[Piece]:
    """The lines of a page without what stands left of the rows' own labels, which goes before them.

    Such a label, 不予公开 for one, prints its lines in the middle of its rows and so inside their labels.
    """
    beside: list[Piece] = []
    rows: list[Piece] = []
    label = 0  # the column in which the label of the last row begins
    for line in lines:
        cut, label = _label_start(line, label)
        if line.text[:cut].strip():
            beside.append(_part(line, 0, cut))
        if line.text[cut:].strip():
            rows.append(line._replace(text=_blanks(line.text[:cut]) + line.text[cut:]) if cut else line)
    return [*beside, *rows]


def _label_start(line: Piece, label: int) -> tuple[int, int]:
    """The character of a line before which nothing belongs to its row, and the column in which the row's label begins.

    `label` is that of the row before. Words apart before values are labels, the last one the row's; words without
    values go on with the label before where they begin in its column, or are what stands left of that.
    """
    if line.row is not None:
        return 0, label
    text, values = line.text, _values(line)
    words = {_width(text[: word.start()]): word for word in _WORD.finditer(text, 0, values)}
    if not words:
        return 0, label
    first = min(words)
    if values < len(text):
        apart = [word.start() for word in _WORDS.finditer(text, 0, values)]
        if len(apart) == 1 and first < label and label in words:
            return words[label].start(), label
        return apart[-1] if len(apart) > 1 else 0, _width(text[: apart[-1]])
    if first == label:
        return 0, label
    if first + _width(words[first][0]) > label:
        return 0, 0
    if label in words:
        return words[label].start(), label
    return len(text) if _width(text.rstrip()) <= label else 0, label


def _heads_whole(lines: Sequence[Piece]) -> list[Piece]:
    """The lines of a page with the heads above a row of values column by column: 结果 and, below it, 维持."""
    found: list[Piece] = []
    for line in lines:
        values = _values(line)
        if len(line.text) > values:
            centres = [_centre(line.text, word) for word in _WORD.finditer(line.text, values)]
            if len(centres) > 1:
                found = _joined(found, centres)
        found.append(line)
    return found


def _joined(above: list[Piece], centres: Sequence[float]) -> list[Piece]:
    """The lines above a row of values whose columns have these centres, with the heads of each column together.

    Heads that span columns go first. They have others under them, and no column has two heads in a line: where it is
    otherwise, the row leaves cells blank and its values are not under the heads of their columns.
    """
    bounds = [2 * centres[0] - centres[1], *((one + other) / 2 for one, other in pairwise(centres))]
    low = high = len(above)
    for at in range(len(above) - 1, max(-1, len(above) - 1 - _HEAD_LINES), -1):
        if above[at].row is not None or _values(above[at]) < len(above[at].text):
            break
        if sum(first >= 0 for _, first, _ in _placed(above[at], bounds)) > 1:
            low, high = at, high if low < len(above) else at + 1
    columns: list[list[Piece]] = [[] for _ in bounds]
    shared: list[Piece] = []
    for line in reversed(above[low:high]):
        words = list(_placed(line, bounds))
        own = [first for _, first, last in words if 0 <= first == last]
        under = [columns[place] for _, first, last in words if first < last for place in range(max(first, 0), last + 1)]
        if len(set(own)) < len(own) or not all(under):
            return above
        for word, first, last in reversed(words):
            (columns[first] if 0 <= first == last else shared).insert(0, _part(line, *word.span()))
    if all(len(column) < 2 for column in columns):
        return above
    return [*above[:low], *shared, *(part for column in columns for part in column), *above[high:]]


def _placed(line: Piece, bounds: Sequence[float]) -> Iterator[tuple[re.Match[str], int, int]]:
    """The words of a line, each with the columns in which it begins and ends, -1 left of the first."""
    for word in _WORD.finditer(line.text):
        begins = _width(line.text[: word.start()])
        yield word, bisect(bounds, begins) - 1, bisect(bounds, begins + _width(word[0])) - 1


def _values(line: Piece) -> int:
    """The character from which on a line prints nothing but values; the end of one that ends in none."""
    found = _VALUES.search(line.text) if line.row is None else None
    return found.start() if found else len(line.text)


def _labels_whole(lines: Sequence[Piece]) -> list[Piece]:
    """The lines of a page with the values of a row behind the last line of its label, not beside one in the middle.

    Only a number begins a label, and its other lines stand below that.
    """
    found: list[Piece] = []
    label: list[Piece] = []
    for line in lines:
        numbered, begins = _begins(line)
        if numbered or not label or not _goes_on(label, line, begins):
            found += _values_last(label)
            label = []
        if numbered or label:
            label.append(line)
        else:
            found.append(line)
    return found + _values_last(label)


def _begins(line: Piece) -> tuple[bool, int | None]:
    """Whether a line begins with the number of a label, and the column in which its words begin."""
    word = _WORD.search(line.text, 0, _values(line)) if line.row is None else None
    return bool(word and _NUMBERED.match(word[0])), word and _width(line.text[: word.start()])


def _goes_on(label: Sequence[Piece], line: Piece, begins: int | None) -> bool:
    """Whether a line goes on with a label, or holds its values alone."""
    values = [one for one in label if _values(one) < len(one.text)]
    if line.row is not None or (values and _values(line) < len(line.text)):
        return False
    if values and _width(line.text.rstrip()) > _width(values[0].text[: _values(values[0])]):
        return False
    return begins in (None, _begins(label[0])[1]) and (line.line or 0) - (label[-1].line or 0) <= _APART


def _values_last(label: Sequence[Piece]) -> list[Piece]:
    rows = [(line, at) for line in label if (at := _values(line)) < len(line.text)]
    if not rows or rows[0][0] is label[-1]:
        return list(label)
    row, at = rows[0]
    words = [_part(line, 0, at) if line is row else line for line in label]
    return [*(line for line in words if line.text.strip()), _part(row, at, len(row.text))]


def _blanks(text: str) -> str:
    """As much white space as a text is wide, a character for each of its own."""
    return "".join("\u3000" if unicodedata.east_asian_width(char) in "WF" else " " for char in text)


def _part(line: Piece, start: int, end: int) -> Piece:
    return line._replace(text=line.text[start:end], offset=line.offset + start, run_offset=line.run_offset + start)


def _centre(text: str, word: re.Match[str]) -> float:
    return _width(text[: word.start()]) + _width(word[0]) / 2


def _width(text: str) -> int:
    """How many columns a text takes where a Chinese character takes two."""
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text)
