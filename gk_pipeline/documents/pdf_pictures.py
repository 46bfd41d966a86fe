"""The pages of a PDF that are pictures, for whoever reads pictures."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from gk_pipeline.documents.pdf import is_picture, opened, page_at
from gk_pipeline.documents.pdf_ink import ink

MAX_PIXELS = 25_000_000
"""Pixels of a page; a sheet of A4 at 300 dots per inch has 9 million."""


class PagePicture(NamedTuple):
    """A page, from 1, as it is shown: its pixels by row, column and colour (red, green, blue)."""

    page: int
    pixels: np.ndarray[Any, np.dtype[np.uint8]]


def page_pictures(raw: bytes, dpi: int = 200) -> Iterator[PagePicture]:
    """The pages of a PDF that show something, but no text; raises `Unreadable` as reading it does."""
    document = opened(raw)
    try:
        for number in range(len(document)):
            page = page_at(document, number)
            if is_picture(ink(page)):
                width, height = page.get_size()
                scale = min(dpi / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
                bitmap = page.render(scale=scale, rev_byteorder=True)
                yield PagePicture(number + 1, bitmap.to_numpy()[:, :, :3].copy())
                bitmap.close()
            page.close()
    finally:
        document.close()
