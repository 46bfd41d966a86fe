"""A scanned page made even and upright: light divided out, then turned until rules and lines of text lie level."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[Any]
"""A page in grey, 255 the paper, in bytes."""
Ink = NDArray[Any]
"""The same page in ones and zeros, one where there is ink, in bytes."""

_STEEPEST = 5.0
"""Degrees by which a page may lie askew; nobody scans it worse and keeps it."""
_STEPS = (0.25, 0.05, 0.01)
_POINTS = 100_000
"""Points of ink that are looked at for the angle."""
_CONTRAST = 30
"""Grey levels by which ink differs from paper, at least: what differs less is the paper's own pattern."""
_LIGHT = 8
"""Pixels of the page in one of the picture of its light."""
PAPER, BLACK = 250, 40
"""How light paper and how dark most ink of an even page is."""
_PAPER_FROM = 225
"""What is as light is paper: its grain disturbs the recogniser."""
INK = 190
"""What is darker is ink on an even page: with a stricter threshold thin strokes break."""


def even(page: Grey) -> Grey:
    """The page as if lit evenly and printed in black: paper is white everywhere, and faded ink dark."""
    height, width = page.shape
    small = cv2.resize(page, (max(1, width // _LIGHT), max(1, height // _LIGHT)), interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), (0, 0), 5)
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    level = cv2.divide(page, np.maximum(light, 1), scale=PAPER)
    threshold, _ = cv2.threshold(level, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark = level[level <= threshold]
    ink = min(max(float(np.median(dark)) if dark.size else 0.0, BLACK), PAPER - _CONTRAST)
    tones = PAPER - (PAPER - np.arange(256.0)) * (PAPER - BLACK) / (PAPER - ink)
    white = BLACK + (tones - BLACK) * (255 - BLACK) / (_PAPER_FROM - BLACK)
    return cv2.LUT(level, np.clip(white, 0, 255).astype(np.uint8))


def ink_of(page: Grey) -> Ink:
    """Where an even page has ink."""
    return (page < INK).astype(np.uint8)


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
    places = np.nonzero(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 5), np.uint8)))
    if not len(places[0]):
        return 0.0
    step = max(1, len(places[0]) // _POINTS)
    down, across = (along[::step].astype(np.float32) for along in places)
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
