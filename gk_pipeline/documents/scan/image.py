"""PNG, JPEG and TIFF to blocks: pictures of pages, whose text is recognised."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.scan import MAX_PAGES, MAX_PIXELS, recognised

_FORMATS = ("PNG", "JPEG", "TIFF")
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError, Image.DecompressionBombError)
"""What Pillow raises for files that are no picture, or not all of one."""


def read(raw: bytes, expected: Sequence[str]) -> Reading:  # noqa: ARG001
    """The recognised text of a picture, or of all pages of a TIFF."""
    found = recognised(_pages(raw))
    return Reading(found.blocks, findings=found.findings)


def _pages(raw: bytes) -> Iterator[NDArray[Any]]:
    """The pages in grey, one after the other, as a viewer turns them."""
    try:
        with Image.open(io.BytesIO(raw), formats=_FORMATS) as image:
            count = getattr(image, "n_frames", 1)
            if count > MAX_PAGES:
                raise Unreadable(
                    "too_many_pages",
                    f"The picture has {count} pages; up to {MAX_PAGES} are recognised.",
                    "Take the pages of the report out of it and give them as a file of their own.",
                )
            for page in range(count):
                image.seek(page)
                if image.width * image.height > MAX_PIXELS:
                    raise Unreadable(
                        "too_many_pixels",
                        f"Page {page + 1} has {image.width} by {image.height} pixels; no scan of a page needs that.",
                        "Scan it at 200 to 300 dots per inch.",
                    )
                yield _grey(image)
    except _DAMAGED as error:
        raise Unreadable(
            "damaged_picture", "The picture is damaged or not complete.", "Fetch it again from its source."
        ) from error


def _grey(image: Image.Image) -> NDArray[Any]:
    """A picture in grey, on white where it is transparent."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith(("I", "F")):
        values = np.asarray(turned, dtype=np.float64)
        return np.asarray(255 * values / max(float(values.max()), 1.0), dtype=np.uint8)
    if "A" in turned.getbands() or "transparency" in turned.info:
        shown = turned.convert("RGBA")
        turned = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
    return np.asarray(turned.convert("L"))
