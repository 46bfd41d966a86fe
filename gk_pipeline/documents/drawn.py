"""Tables drawn in a text with rules and bars, +---+ or ┌─┬─┐: a cell's lines stand between its rules."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from gk_pipeline.documents.document import GridCell

_RULE = frozenset("-=:─━═╌┄")
_BAR = frozenset("|│┃║")
_CORNER = frozenset({"+", *map(chr, range(0x2500, 0x2580))} - _RULE - _BAR)
_WALL = _BAR | _CORNER
_FIRST = "".join(sorted(_WALL)).replace("+", "").replace("|", "")
_WIDE = ("WF", "WFA", "")
"""Which characters take two columns, by their width in Unicode: those that always do, also those that may, or none."""
_LARGEST = 400_000
"""Characters of the largest drawing that is looked at; no table of a report comes near that."""
_TABLE = re.compile(rf"(?:^[ \t]*[+|{_FIRST}][^\n\f]*(?:\n|\Z))+", re.MULTILINE)
_DRAWS = ("+--", "+==", "+:", "──", "━━", "══")
"""What no drawn table is without: looked for first, since hardly any text draws one."""


class DrawnTable(NamedTuple):
    """A table between two characters of a text; its cells' lines and characters count from the first of them."""

    start: int
    end: int
    cells: tuple[GridCell, ...]


@dataclass(slots=True)
class _Cell:
    """A cell while its lines are read; `line` and `char` are where its first word stands, or else where it begins."""

    row: int
    column: int
    columns: int
    line: int
    char: int
    rows: int = 1
    texts: list[str] = field(default_factory=list)


_Line = tuple[str, ...]
"""A line by columns: in each the character that begins there, "" for the rest of a wide one."""


def drawn_tables(text: str) -> Iterator[DrawnTable]:
    """The tables of a text that are drawn with a rule between every two rows, in order."""
    if not any(bar in text for bar in _BAR) or not any(mark in text for mark in _DRAWS):
        return
    for run in _TABLE.finditer(text):
        drawn = run[0].rstrip()
        cells = (_cells(drawn.split("\n"), wide) for wide in _WIDE if len(drawn) <= _LARGEST)
        if found := next(filter(None, cells), None):
            yield DrawnTable(run.start(), run.start() + len(drawn), found)


def _cells(printed: Sequence[str], wide: str) -> tuple[GridCell, ...]:
    """The cells that some lines draw; none where they are no drawing, or leave rows without rules between them.

    `wide` are the widths in Unicode of the characters that take two columns.
    """
    lines = [tuple(part for char in line.rstrip() for part in _columns(char, wide)) for line in printed]
    walls = _walls(lines)
    standing: list[_Cell | None] = [None] * max(len(walls) - 1, 0)
    found: list[_Cell] = []
    row, start = -1, 0
    for number, line in enumerate(lines if walls else ()):
        ruled = [all(char in _RULE for char in line[low + 1 : high]) for low, high in pairwise(walls)]
        row += any(ruled)
        standing = [None if rule else cell for rule, cell in zip(ruled, standing, strict=True)]
        for column, end in _between_bars(line, walls, ruled):
            text = "".join(line[walls[column] + 1 : walls[end]])
            char = start + len("".join(line[: walls[column] + 1])) + len(text) - len(text.lstrip())
            cell = standing[column] or _Cell(row, column, end - column, number, char)
            if standing[column:end] == [None] * (end - column):
                standing[column:end] = [cell] * (end - column)
                found.append(cell)
            elif cell.columns != end - column or any(one is not cell for one in standing[column:end]):
                return ()
            cell.rows = row - cell.row + 1
            if text.strip():
                cell.line, cell.char = (cell.line, cell.char) if cell.texts else (number, char)
                cell.texts.append(text.strip())
        start += len(printed[number]) + 1
    if any(sum(text.isdecimal() for text in cell.texts) > 1 for cell in found):
        return ()
    return tuple(
        GridCell(cell.row, cell.column, cell.rows, cell.columns, "\n".join(cell.texts), cell.line, cell.char)
        for cell in sorted(found, key=lambda cell: (cell.row, cell.column))
    )


def _between_bars(line: _Line, walls: Sequence[int], ruled: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The columns of cells that stand in a line, each from its first to behind its last."""
    column = 0
    while column < len(ruled):
        end = column + 1
        while not ruled[column] and end < len(ruled) and line[walls[end]] not in _WALL:
            end += 1
        if not ruled[column]:
            yield column, end
        column = end


def _walls(lines: Sequence[_Line]) -> list[int]:
    """The columns in which bars may stand; none where the outer ones do not stand in every line."""
    walls = {
        column
        for line in lines
        for column, char in enumerate(line)
        if char in _CORNER and _RULE.intersection(line[max(0, column - 1) : column + 2])
    }
    if len(walls) < 2:
        return []
    first, last = min(walls), max(walls)
    framed = all(len(line) == last + 1 and line[first] in _WALL and line[last] in _WALL for line in lines)
    return sorted(walls) if framed else []


def _columns(char: str, wide: str) -> tuple[str, ...]:
    return (char, "") if unicodedata.east_asian_width(char) in wide else (char,)
