"""Where the lines of text lie in a part of a page."""

import cv2
import numpy as np

from gk_pipeline.documents.scan.rules import Box
from gk_pipeline.documents.scan.upright import Ink

_TALL = 0.35
"""In letters' heights: what is neither taller nor longer is a point, a part of a letter, or dust."""
_FAR = 1.5
"""In letters' heights: what stands farther apart is not one text."""
_LEAST, _HIGHEST = 0.6, 4.0
"""In letters' heights: what is neither longer nor higher is no line of text; a title's is no higher."""
_NEAR = 0.5
"""In letters' heights: dust has no letter so near."""


def cleaned(ink: Ink, letter: float) -> Ink:
    """The ink of letters and what is near them, without dust."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = np.maximum(stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]) >= _TALL * letter
    large[0] = False
    letters = large[labels].astype(np.uint8)
    reach = 2 * round(_NEAR * letter) + 1
    near = np.zeros(len(stats), bool)
    near[np.unique(labels[cv2.dilate(letters, np.ones((reach, reach), np.uint8)) > 0])] = True
    near[0] = False
    kept: Ink = near[labels].astype(np.uint8)
    return kept


def lines_in(ink: Ink, letter: float) -> list[Box]:
    """The lines of a cell, from the top: its rows of ink, those of one letter's height together."""
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows):
        return []
    runs = [(int(run[0]), int(run[-1]) + 1) for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)]
    lines = [runs[0]]
    for top, bottom in runs[1:]:
        above, below = lines[-1]
        part = min(bottom - top, below - above) < 0.3 * letter and top - below < 0.3 * letter
        if part or bottom - above <= 1.25 * letter:
            lines[-1] = above, bottom
        else:
            lines.append((top, bottom))
    return [_across(ink, top, bottom) for top, bottom in lines]


def _across(ink: Ink, top: int, bottom: int) -> Box:
    columns = np.flatnonzero(ink[top:bottom].any(axis=0))
    return Box(int(columns[0]), top, int(columns[-1]) + 1, bottom)


def lines_on(ink: Ink, letter: float) -> list[list[Box]]:
    """The lines of a page without its tables, from the top; the parts of a line stand far apart."""
    wide = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(3, round(_FAR * letter))), np.uint8))
    joined = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((max(1, round(0.3 * letter)), 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = sorted(
        (
            Box(left, top, left + width, top + height)
            for left, top, width, height, _ in stats[1:].tolist()
            if max(width, height) >= _LEAST * letter and height <= _HIGHEST * letter
        ),
        key=lambda box: box.top + box.bottom,
    )
    lines: list[list[Box]] = []
    for box in boxes:
        middle = (box.top + box.bottom) / 2
        if lines and lines[-1][-1].top < middle < lines[-1][-1].bottom:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [sorted(line, key=lambda box: box.left) for line in lines]
