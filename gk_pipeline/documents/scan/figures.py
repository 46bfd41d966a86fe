"""The figures of a page: cells that hold a number, parted into the pictures of its characters."""

from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np

from gk_pipeline.documents.scan.rules import Box
from gk_pipeline.documents.scan.upright import Grey, ink_of

_TALL, _LONG = 0.35, 0.25
"""In letters' heights: taller, or longer, is a character or a sign; smaller is a point, a comma or dust."""
_WIDEST = 0.72
"""In letters' heights: a digit is narrower; what is wider is a Chinese character, or two digits that touch."""
_MOST = 14
"""Characters of the longest number."""
_SPECK = 0.012
"""In squares of a letter's height: dust has no larger area."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell with a number: `picture` shows it, `characters` those it consists of, from the left.

    `characters` are empty where it cannot be parted into them: two touch, or there is a point or a comma.
    """

    picture: Grey
    characters: tuple[Grey, ...]


def figure_in(cell: Grey, letter: float) -> Figure | None:
    """What may be a figure in the picture of a cell without its rules; None where it is something else, or nothing."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink_of(cell), connectivity=8)
    tall = [n for n in range(1, count) if _is_character(stats[n], letter)]
    if not tall:
        return None
    top = min(stats[n][cv2.CC_STAT_TOP] for n in tall)
    bottom = max(stats[n][cv2.CC_STAT_TOP] + stats[n][cv2.CC_STAT_HEIGHT] for n in tall)
    if bottom - top > 1.4 * letter:
        return None
    spans = _spans(np.isin(labels, tall)[top:bottom])
    widths = [(end - start) / letter for start, end in spans]
    if len(spans) > _MOST or max(widths) > 2 * _WIDEST or (len(spans) > 2 and median(widths) > _WIDEST):
        return None
    left, right = spans[0][0], spans[-1][1]
    small = [n for n in range(1, count) if n not in tall and stats[n][cv2.CC_STAT_AREA] > max(3, _SPECK * letter**2)]
    between = any(left < stats[n][cv2.CC_STAT_LEFT] < right for n in small)
    parted = not between and max(widths) <= _WIDEST
    characters = tuple(_cut(cell, Box(start, top, end, bottom)) for start, end in spans) if parted else ()
    return Figure(_cut(cell, Box(left, top, right, bottom)), characters)


def has_ink(cell: Grey, letter: float) -> bool:
    """Whether a cell shows more than dust."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink_of(cell), connectivity=8)
    return any(_is_character(stats[n], letter) for n in range(1, count))


def _is_character(stats: np.ndarray, letter: float) -> bool:
    return bool(stats[cv2.CC_STAT_HEIGHT] >= _TALL * letter or stats[cv2.CC_STAT_WIDTH] >= _LONG * letter)


def _spans(ink: np.ndarray) -> list[tuple[int, int]]:
    """The ranges of columns that hold ink."""
    columns = np.flatnonzero(ink.any(axis=0))
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    return [(int(run[0]), int(run[-1]) + 1) for run in runs]


def _cut(cell: Grey, box: Box) -> Grey:
    """The part of a picture with a pixel around it."""
    return cell[max(0, box.top - 1) : box.bottom + 1, max(0, box.left - 1) : box.right + 1]
