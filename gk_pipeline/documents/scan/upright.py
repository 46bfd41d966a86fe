"""A scanned page made even and upright: light divided out, then turned until rules and lines of text lie level."""

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
"""A page in grey, 255 the paper."""
Ink = NDArray[np.uint8]
"""The same page in ones and zeros, one where there is ink."""

_STEEPEST = 5.0
"""Degrees by which a page may lie askew; nobody scans it worse and keeps it."""
_STEPS = (0.25, 0.05, 0.01)
_LIGHT = 8
"""Pixels of the page in one of the picture of its light."""
_DARKEST, _LIGHTEST = 110.0, 190.0
"""Between which the threshold of ink may lie."""


def even(page: Grey) -> Grey:
    """The page as if lit evenly: paper is white everywhere."""
    height, width = page.shape
    small = cv2.resize(page, (max(1, width // _LIGHT), max(1, height // _LIGHT)), interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), (0, 0), 5)
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(page, cv2.max(light, 1), scale=250)


def ink_of(page: Grey) -> Ink:
    """Where an even page has ink."""
    threshold, _ = cv2.threshold(page, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    threshold = min(max(threshold, _DARKEST), _LIGHTEST)
    return cv2.threshold(page, threshold, 1, cv2.THRESH_BINARY_INV)[1].astype(np.uint8)


def upright(page: Grey) -> Grey:
    """The even page, turned by the angle under which its ink lies in the sharpest rows."""
    angle = _askew(ink_of(page))
    if abs(angle) < _STEPS[-1] / 2:
        return page
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255).astype(np.uint8)


def _askew(ink: Ink) -> float:
    """Degrees, counter-clockwise, by which the page must be turned."""
    down, across = np.nonzero(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 5), np.uint8)))
    if not len(down):
        return 0.0
    step = max(1, len(down) // 100_000)
    down, across = down[::step].astype(np.float32), across[::step].astype(np.float32)
    best = 0.0
    reach = _STEEPEST
    for width in _STEPS:
        angles = best + np.arange(-reach, reach + width / 2, width)
        best = float(max(angles, key=lambda angle: _sharpness(down, across, angle)))
        reach = width
    return best


def _sharpness(down: NDArray[np.float32], across: NDArray[np.float32], angle: float) -> float:
    """How unevenly the ink is spread over rows that lie under an angle."""
    rows = down - across * np.float32(np.tan(np.radians(angle)))
    counts = np.bincount((rows - rows.min()).astype(np.int64))
    return float(np.square(counts, dtype=np.float64).sum())
