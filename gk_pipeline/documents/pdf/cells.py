"""Rules to cells: where rules cross there is a table, and what no rule parts is one cell."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gk_pipeline.documents.pdf.ink import Rule

MAX_SLOTS = 40_000

_TOUCH = 3.0
"""Points within which rules are the same, go on in each other, or meet."""
_SHORTEST = 4.0
"""Points from which on a rule is one, and not the side of some mark."""
_PARTS = 0.6
"""Share of a cell's side from which on a rule parts it from its neighbour."""


class Area(NamedTuple):
    """A cell: the first row and column that it covers, from 0, and how many."""

    row: int
    column: int
    row_span: int
    column_span: int


class Lattice(NamedTuple):
    """A ruled table: the edges of its rows and columns, and for each row which of its `areas` covers each column."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    areas: tuple[Area, ...]
    covering: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> float:
        """How much of the page it takes, in square points."""
        return (self.ys[-1] - self.ys[0]) * (self.xs[-1] - self.xs[0])

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def area_at(self, x: float, y: float) -> int:
        """The area in which a point of the table lies."""
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        return self.covering[max(row, 0)][max(column, 0)]


def lattices(rows: Sequence[Rule], columns: Sequence[Rule]) -> list[Lattice]:
    """The ruled tables that whole rules draw, the smallest first; a frame of a single column is none."""
    connected = (_lattice(*own) for own in _connected(rows, columns) if len(own[1]) > 1)
    return sorted(filter(None, connected), key=lambda lattice: lattice.size)


def whole(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that lie on each other or go on in each other as one, in order; dashes and dots make a rule too."""
    found: list[Rule] = []
    for group in _groups(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        runs: list[Rule] = []
        for _, low, high in sorted(group, key=lambda rule: rule.low):
            if runs and low <= runs[-1].high + _TOUCH:
                runs[-1] = Rule(at, runs[-1].low, max(runs[-1].high, high))
            else:
                runs.append(Rule(at, low, high))
        found += [run for run in runs if run.high - run.low >= _SHORTEST]
    return found


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules that stand in the same place."""
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[0].at > _TOUCH:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _connected(rows: Sequence[Rule], columns: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules that meet each other, directly or over others.

    A side that meets none is the table's that is as high: where a page ends, a cell may have neither top nor bottom.
    """
    of_row, of_column = list(range(len(rows))), list(range(len(rows), len(rows) + len(columns)))
    parent = of_row + of_column

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    for number, column in enumerate(columns, start=len(rows)):
        first = bisect_right(rows, column.low - _TOUCH, key=_at)
        last = bisect_right(rows, column.high + _TOUCH, key=_at)
        for row in range(first, last):
            if rows[row].low - _TOUCH <= column.at <= rows[row].high + _TOUCH:
                parent[root(row)] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate([*rows, *columns]):
        groups.setdefault(root(number), ([], []))[number >= len(rows)].append(rule)
    tables = [group for group in groups.values() if all(group)]
    for side in (down[0] for across, down in groups.values() if not across):
        as_high = [down for _, down in tables if _is_as_high(side, down)]
        if len(as_high) == 1:
            as_high[0].append(side)
    return iter(tables)


def _is_as_high(side: Rule, columns: Sequence[Rule]) -> bool:
    low, high = min(rule.low for rule in columns), max(rule.high for rule in columns)
    return abs(side.low - low) <= _TOUCH and abs(side.high - high) <= _TOUCH


def _lattice(rows: Sequence[Rule], columns: Sequence[Rule]) -> Lattice | None:
    """The table that connected rules draw; a side that no rule closes ends where the others do."""
    ys = _edges([rule.at for rule in rows], [end for rule in columns for end in (rule.low, rule.high)])
    xs = _edges([rule.at for rule in columns], [end for rule in rows for end in (rule.low, rule.high)])
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    if n_rows < 1 or n_columns < 2 or n_rows * n_columns > MAX_SLOTS:
        return None
    right = _parted(columns, xs, ys)
    below = _parted(rows, ys, xs)
    covering = [[-1] * n_columns for _ in range(n_rows)]
    areas: list[Area] = []
    for row in range(n_rows):
        for column in range(n_columns):
            if covering[row][column] < 0:
                area = _area(row, column, covering, right, below)
                for line in covering[row : row + area.row_span]:
                    line[column : column + area.column_span] = [len(areas)] * area.column_span
                areas.append(area)
    return Lattice(ys, xs, tuple(areas), tuple(map(tuple, covering)))


def _edges(rules: Sequence[float], ends: Sequence[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for at in sorted(rules):
        if not edges or at - edges[-1] > _TOUCH:
            edges.append(at)
    first, last = min(ends), max(ends)
    if first < edges[0] - _TOUCH:
        edges.insert(0, first)
    if last > edges[-1] + _TOUCH:
        edges.append(last)
    return tuple(edges)


def _parted(rules: Sequence[Rule], edges: Sequence[float], other: Sequence[float]) -> list[list[bool]]:
    """For each edge between two, whether a rule runs there beside each stretch of the other direction."""
    found = [[False] * (len(other) - 1) for _ in edges]
    for rule in rules:
        edge = min(range(len(edges)), key=lambda number: abs(edges[number] - rule.at))
        for stretch, (start, end) in enumerate(pairwise(other)):
            if min(end, rule.high) - max(start, rule.low) >= _PARTS * (end - start):
                found[edge][stretch] = True
    return found


def _area(
    row: int, column: int, covering: Sequence[Sequence[int]], right: list[list[bool]], below: list[list[bool]]
) -> Area:
    """The largest rectangle of slots from a corner on that no rule parts and no other area covers."""
    n_rows, n_columns = len(covering), len(covering[0])
    columns = 1
    while column + columns < n_columns and not right[column + columns][row] and covering[row][column + columns] < 0:
        columns += 1
    rows = 1
    while row + rows < n_rows and all(
        not below[row + rows][one] and covering[row + rows][one] < 0 and (one == column or not right[one][row + rows])
        for one in range(column, column + columns)
    ):
        rows += 1
    return Area(row, column, rows, columns)


def _at(rule: Rule) -> float:
    return rule.at
