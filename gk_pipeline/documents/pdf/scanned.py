"""PDFs, of text or of pictures of pages: where no page has text, what the pages show is recognised."""

from collections.abc import Iterator, Sequence
from typing import Any

from numpy.typing import NDArray

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.pdf import reader
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.scan import MAX_PAGES, recognised

DPI = 200
MAX_PIXELS = 25_000_000
"""Pixels of a page; a sheet of A4 at 300 dots per inch has 9 million."""


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """A PDF as its text says it; one without text as its pages look.

    Raises `Unreadable` as reading the text does, and where recognition is not installed.
    """
    try:
        return reader.read(raw, expected)
    except Unreadable as refused:
        if refused.code != "no_text":
            raise
    found = recognised(pages_shown(raw))
    return Reading(found.blocks, findings=found.findings)


def pages_shown(raw: bytes) -> Iterator[NDArray[Any]]:
    """The pages of a PDF in grey as they look, 255 white; raises `Unreadable` where there are too many."""
    document = reader.opened(raw)
    try:
        if len(document) > MAX_PAGES:
            raise Unreadable(
                "too_many_pages",
                f"The PDF shows {len(document)} pictures of pages; up to {MAX_PAGES} are recognised.",
                "Take the pages of the report out of it and give them as a file of their own.",
            )
        for number in range(len(document)):
            page, undrawn = reader.page_at(document, number)
            if undrawn:
                raise Unreadable(
                    "notes_not_drawn",
                    f"Text was laid over page {number + 1}, a picture, without the look that it should have.",
                    "Print the pages as a viewer shows them into a new PDF.",
                )
            width, height = page.get_size()
            scale = min(DPI / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            yield bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()
            bitmap.close()
            page.close()
    finally:
        document.close()
