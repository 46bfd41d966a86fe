"""Text that keeps the layout of printed pages: what a page prints in one cell is read together, not line by line.

There the lines of a cell stand beside those of its neighbours. Any other text is read as it stands.
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gk_pipeline.sections.stream import Piece

_WORD = re.compile(r"\S+")
_WORDS = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_VALUES = re.compile(r"(?:(?<!\S)(?:[+＋\-－−]?\d[\d,，.．%]*[件项个条次起宗份万元]{0,2}|[-—–－/／无]+)(?:\s+|\Z))+\Z")
_WIDE = ("WFA", "")
"""Widths in Unicode of the characters that take two columns: all of Chinese, or none where a program counts letters."""
_MANY = 5
"""Values from which on a line is a row of the widest table."""
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d)[)）、.．]\D")
_APART = " " * 3
"""White space that only the layout of a page puts between words."""
_NEAR = 2
"""Lines from one line of a label to the next, an empty one between them."""
_HEAD_LINES = 12
"""Lines above a row of values within which the heads of its columns stand."""


def in_cells(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the lines of torn heads, and those of labels beside several rows, one behind the other."""
    if _APART not in "\n".join([piece.text for piece in pieces]):
        return list(pieces)
    if not any(piece.row is None and _APART in piece.text.strip() for piece in pieces):
        return list(pieces)
    wide = min(_WIDE, key=lambda wide: _spread(pieces, wide))
    return _labels_whole(_without_side_labels(_heads_whole(pieces, wide), wide), wide)


def _spread(pieces: Sequence[Piece], wide: str) -> int:
    """How far from one column the values of rows begin when the characters `wide` take two."""
    rows = [(piece.text, _values(piece)) for piece in pieces]
    begins = sorted(_width(text[:at], wide) for text, at in rows if len(text[at:].split()) >= _MANY)
    return sum(abs(one - begins[len(begins) // 2]) for one in begins)


def _without_side_labels(lines: Sequence[Piece], wide: str) -> list[Piece]:
    """The lines without what stands left of the rows' own labels; that goes behind the rows beside it.

    Such a label, 不予公开 for one, prints its lines in the middle of its rows and so inside their labels.
    """
    rows: list[Piece] = []
    beside: list[Piece] = []
    label = 0  # the column in which the label of the last row begins
    for line in lines:
        cut, column = _label_start(line, label, wide)
        if column != label:
            rows += beside
            beside, label = [], column
        if not cut:
            rows.append(line)
            continue
        beside.append(_part(line, 0, cut))
        if line.text[cut:].strip():
            rows.append(_in_place(line, cut, len(line.text)))
    return rows + beside


def _label_start(line: Piece, label: int, wide: str) -> tuple[int, int]:
    """The character of a line before which nothing belongs to its row, and the column in which the row's label begins.

    `label` is that of the row before. Words apart before values are labels, the last one the row's; words without
    values go on with the label before where they begin in its column, or are what stands left of that.
    """
    if line.row is not None:
        return 0, label
    text, values = line.text, _values(line)
    words = {_width(text[: word.start()], wide): word for word in _WORD.finditer(text, 0, values)}
    if not words:
        return 0, label
    first = min(words)
    if values < len(text):
        apart = [word.start() for word in _WORDS.finditer(text, 0, values)]
        if len(apart) == 1 and first < label and label in words:
            return words[label].start(), label
        return apart[-1] if len(apart) > 1 else 0, _width(text[: apart[-1]], wide)
    if first == label:
        return 0, label
    if first + _width(words[first][0], wide) > label:
        return 0, 0
    if label in words:
        return words[label].start(), label
    return len(text) if _width(text.rstrip(), wide) <= label else 0, label


def _heads_whole(lines: Sequence[Piece], wide: str) -> list[Piece]:
    """The lines with the heads above a row of values column by column: 结果 and, below it, 维持."""
    found: list[Piece] = []
    for line in lines:
        values = _values(line)
        if len(line.text) > values:
            centres = [_centre(line.text, word, wide) for word in _WORD.finditer(line.text, values)]
            if len(centres) > 1:
                found = _joined(found, centres, wide)
        found.append(line)
    return found


def _joined(above: list[Piece], centres: Sequence[float], wide: str) -> list[Piece]:
    """The lines above a row of values whose columns have these centres, with the heads of each column together.

    A head that spans columns goes before the first of them. It has others under it, and no column has two heads in a
    line: where it is otherwise, the values do not stand under their heads, and some cell is blank perhaps.
    """
    low = high = len(above)
    for at in range(len(above) - 1, max(-1, len(above) - 1 - _HEAD_LINES), -1):
        if above[at].row is not None or _values(above[at]) < len(above[at].text) or _begins(above[at], wide)[0]:
            break
        if any(under and under[0] < len(centres) - 1 for _, under in _under(above[at], centres, wide)):
            low, high = at, high if low < len(above) else at + 1
    columns: list[list[Piece]] = [[] for _ in centres]
    beside: list[Piece] = []
    for line in reversed(above[low:high]):
        words = list(_under(line, centres, wide))
        headed = [column for _, under in words for column in under]
        spans = [under for _, under in words if len(under) > 1]
        if len(set(headed)) < len(headed) or not all(columns[column] for span in spans for column in span):
            return above
        for word, under in reversed(words):
            (columns[under[0]] if under else beside).insert(0, _in_place(line, *word.span()))
    if all(len(column) < 2 for column in columns):
        return above
    return [*above[:low], *beside, *(part for column in columns for part in column), *above[high:]]


def _under(line: Piece, centres: Sequence[float], wide: str) -> Iterator[tuple[re.Match[str], list[int]]]:
    """The words of a line, each with the columns it heads: those below it, or else the nearest.

    What begins left of all columns heads none.
    """
    bounds = [2 * centres[0] - centres[1], *((one + other) / 2 for one, other in pairwise(centres))]
    for word in _WORDS.finditer(line.text):
        begins = _width(line.text[: word.start()], wide)
        ends = begins + _width(word[0], wide)
        over = [column for column, centre in enumerate(centres) if begins <= centre <= ends]
        nearest = bisect(bounds, (begins + ends) / 2) - 1
        yield word, [] if begins < bounds[0] else over or [nearest]


def _values(line: Piece) -> int:
    """The character from which on a line prints nothing but values; the end of one that ends in none."""
    found = _VALUES.search(line.text) if line.row is None else None
    return found.start() if found else len(line.text)


def _labels_whole(lines: Sequence[Piece], wide: str) -> list[Piece]:
    """The lines with the values of a row behind the last line of its label, not beside one in the middle.

    Only a number begins a label, and its other lines stand below that.
    """
    found: list[Piece] = []
    label: list[Piece] = []
    for line in lines:
        numbered, begins = _begins(line, wide)
        if numbered or not label or not _goes_on(label, line, begins, wide):
            found += _values_last(label)
            label = []
        if numbered or label:
            label.append(line)
        else:
            found.append(line)
    return found + _values_last(label)


def _begins(line: Piece, wide: str) -> tuple[bool, int | None]:
    """Whether a line begins with the number of a label, and the column in which its words begin."""
    word = _WORD.search(line.text, 0, _values(line)) if line.row is None else None
    return bool(word and _NUMBERED.match(word[0])), word and _width(line.text[: word.start()], wide)


def _goes_on(label: Sequence[Piece], line: Piece, begins: int | None, wide: str) -> bool:
    """Whether a line goes on with a label, or holds its values alone."""
    values = [one for one in label if _values(one) < len(one.text)]
    if line.row is not None or (values and _values(line) < len(line.text)):
        return False
    if values and _width(line.text.rstrip(), wide) > _width(values[0].text[: _values(values[0])], wide):
        return False
    return begins in (None, _begins(label[0], wide)[1]) and (line.line or 0) - (label[-1].line or 0) <= _NEAR


def _values_last(label: Sequence[Piece]) -> list[Piece]:
    rows = [(line, at) for line in label if (at := _values(line)) < len(line.text)]
    if not rows or rows[0][0] is label[-1]:
        return list(label)
    row, at = rows[0]
    words = [_part(line, 0, at) if line is row else line for line in label]
    return [*(line for line in words if line.text.strip()), _part(row, at, len(row.text))]


def _blanks(text: str) -> str:
    """As much white space as a text is wide, a character for each of its own."""
    return "".join("\u3000" if unicodedata.east_asian_width(char) in "WFA" else " " for char in text)


def _in_place(line: Piece, start: int, end: int) -> Piece:
    """A part of a line in its column, behind white space."""
    return line._replace(text=_blanks(line.text[:start]) + line.text[start:end])


def _part(line: Piece, start: int, end: int) -> Piece:
    return line._replace(text=line.text[start:end], offset=line.offset + start, run_offset=line.run_offset + start)


def _centre(text: str, word: re.Match[str], wide: str) -> float:
    return _width(text[: word.start()], wide) + _width(word[0], wide) / 2


def _width(text: str, wide: str) -> int:
    """How many columns a text takes."""
    return len(text) + sum(unicodedata.east_asian_width(char) in wide for char in text)
