"""The rules of a page's tables, and the cells between them."""

from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import cv2
import numpy as np

from gk_pipeline.documents.scan.upright import Ink

_DRAWN = 0.7
"""The share of a cell's side along which a rule must show."""
MAX_SLOTS = 20_000


class Box(NamedTuple):
    """A part of a page in pixels: left and top within, right and bottom behind it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


class RuledCell(NamedTuple):
    """A cell between rules: its place in the grid, counted from 0, its spans, and what lies within its rules."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table that is drawn with rules; `ragged` counts cells whose rules make no rectangle."""

    box: Box
    cells: tuple[RuledCell, ...]
    ragged: int


def letter_height(ink: Ink) -> float:
    """The height of a page's letters in pixels, 0 where it has none."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = height[(height >= 6) & (height < max(ink.shape) / 8) & (width < 3 * height) & (height < 4 * width)]
    return float(np.percentile(letters, 75)) if len(letters) else 0.0


def rule_masks(ink: Ink, letter: float) -> tuple[Ink, Ink]:
    """The level and the upright rules of a page: straight ink that is longer than any stroke of a letter."""
    level, upright = max(12, round(3 * letter)), max(10, round(1.5 * letter))
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    lines = cv2.morphologyEx(_bridged(thick, (1, 3)), cv2.MORPH_OPEN, np.ones((1, level), np.uint8))
    thick = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    walls = cv2.morphologyEx(_bridged(thick, (3, 1)), cv2.MORPH_OPEN, np.ones((upright, 1), np.uint8))
    reach = np.ones((2 * max(2, round(0.3 * letter)) + 1,) * 2, np.uint8)
    walls = _touching(walls, cv2.dilate(lines, reach), ends=2)
    return _touching(lines, cv2.dilate(walls, reach), ends=1), walls


def _touching(rules: Ink, others: Ink, ends: int) -> Ink:
    """The rules that meet others in so many places: a stroke of a letter is long at times, but meets none."""
    count, labels = cv2.connectedComponents(rules, connectivity=8)
    _, meetings = cv2.connectedComponents(cv2.bitwise_and(rules, others), connectivity=8)
    met = np.unique(np.stack([labels[meetings > 0], meetings[meetings > 0]]), axis=1)[0]
    kept = np.bincount(met, minlength=count) >= ends
    kept[0] = False
    meeting: Ink = kept[labels].astype(np.uint8)
    return meeting


def _bridged(ink: Ink, gap: tuple[int, int]) -> Ink:
    return cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))


def ruled_tables(lines: Ink, walls: Ink, letter: float) -> list[RuledTable]:
    """The tables whose rules hang together, from the top of the page."""
    joined = cv2.dilate(cv2.bitwise_or(lines, walls), np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    tables = []
    for number in range(1, count):
        left, top, width, height, _ = (int(part) for part in stats[number])
        if width < 4 * letter or height < 2 * letter:
            continue
        part = np.s_[top : top + height, left : left + width]
        own = (labels[part] == number).astype(np.uint8)
        table = _table(lines[part] * own, walls[part] * own, Box(left, top, left + width, top + height), letter)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda table: (table.box.top, table.box.left))


def _table(lines: Ink, walls: Ink, box: Box, letter: float) -> RuledTable | None:
    """The cells of one table; None where its rules enclose nothing that is divided."""
    near = 0.4 * letter
    across = _places(walls, 0, near)
    down = _places(lines, 1, near)
    if len(across) < 2 or len(down) < 2 or not 1 < (len(across) - 1) * (len(down) - 1) <= MAX_SLOTS:
        return None
    slots = list(product(range(len(down) - 1), range(len(across) - 1)))
    joined = _Joined(slots)
    for row, column in slots:
        top, bottom, left, right = down[row], down[row + 1], across[column], across[column + 1]
        if column and not _drawn(walls, left, top, bottom, near, upright=True):
            joined.join((row, column - 1), (row, column))
        if row and not _drawn(lines, top, left, right, near, upright=False):
            joined.join((row - 1, column), (row, column))
    groups = joined.groups()
    cells = []
    ragged = 0
    for group in groups:
        rows, columns = [row for row, _ in group], [column for _, column in group]
        first, last, low, high = min(rows), max(rows) + 1, min(columns), max(columns) + 1
        if (last - first) * (high - low) != len(group):
            ragged += 1
        inside = Box(box.left + across[low], box.top + down[first], box.left + across[high], box.top + down[last])
        cells.append(RuledCell(first, low, last - first, high - low, inside))
    return RuledTable(box, tuple(sorted(cells)), ragged)


def _places(rules: Ink, axis: int, near: float) -> list[int]:
    """Where rules stand along an axis: the middles of the ranges that hold them."""
    profile = rules.sum(axis=axis, dtype=np.int64)
    standing = np.flatnonzero(profile > 0)
    if not len(standing):
        return []
    groups = np.split(standing, np.flatnonzero(np.diff(standing) > near) + 1)
    return [round(float(np.average(group, weights=profile[group]))) for group in groups]


def _drawn(rules: Ink, at: int, start: int, end: int, near: float, *, upright: bool) -> bool:
    """Whether a rule runs beside a place from start to end."""
    reach = max(2, round(near))
    low, high = max(0, at - reach), at + reach + 1
    margin = min(reach, (end - start) // 4)
    strip = (
        rules[start + margin : end - margin, low:high].T if upright else rules[low:high, start + margin : end - margin]
    )
    return bool(strip.any(axis=0).mean() >= _DRAWN) if strip.size else False


class _Joined:
    """Slots that are joined into cells (union-find)."""

    def __init__(self, slots: list[tuple[int, int]]) -> None:
        self._parent = {slot: slot for slot in slots}

    def _root(self, slot: tuple[int, int]) -> tuple[int, int]:
        while self._parent[slot] != slot:
            slot = self._parent[slot]
        return slot

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        self._parent[self._root(other)] = self._root(one)

    def groups(self) -> list[list[tuple[int, int]]]:
        found: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for slot in self._parent:
            found.setdefault(self._root(slot), []).append(slot)
        return list(found.values())
