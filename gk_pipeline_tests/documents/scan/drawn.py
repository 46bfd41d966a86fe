"""Pages drawn with Pillow and the font that it carries: a grid with texts, and what a scanner adds."""

from collections.abc import Mapping

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIZE = 40
"""Pixels of a row, and half of a column."""


def page(
    rows: int, columns: int, texts: Mapping[tuple[int, int], str], joined: int = 0, angle: float = 0
) -> np.ndarray:
    """A grid with texts in some cells; the first row has one cell over `joined` columns, if any."""
    width, height = 2 * SIZE * columns, SIZE * rows
    image = Image.new("L", (width + 120, height + 120), 255)
    draw = ImageDraw.Draw(image)
    for row in range(rows + 1):
        draw.line((60, 60 + SIZE * row, 60 + width, 60 + SIZE * row), fill=0, width=2)
    for column in range(columns + 1):
        top = 60 + SIZE * (0 < column < joined)
        draw.line((60 + 2 * SIZE * column, top, 60 + 2 * SIZE * column, 60 + height), fill=0, width=2)
    font = ImageFont.load_default(22)
    for (row, column), text in texts.items():
        draw.text((60 + SIZE * (2 * column + 1), 60 + SIZE * (row + 0.5)), text, fill=0, font=font, anchor="mm")
    picture = cv2.GaussianBlur(np.array(image), (0, 0), 0.6)
    turn = cv2.getRotationMatrix2D((picture.shape[1] / 2, picture.shape[0] / 2), angle, 1)
    return cv2.warpAffine(picture, turn, picture.shape[::-1], flags=cv2.INTER_CUBIC, borderValue=255)
