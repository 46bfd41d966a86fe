"""What a PDF page paints under its text and over it."""

import ctypes
from collections.abc import Iterable

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gk_pipeline.documents.pdf.paint import Box, Paint
from gk_pipeline.documents.seen import WHITE, Color, alike

_SCAN = 0.5
"""Share of a page from which on a picture over text is a scan with its text below."""


_CLOSED = 0.8
"""Share of a picture's dots from which on it hides what lies below; a seal is mostly holes."""
_SEEN_THROUGH = bytes(range(128))
"""Opacities of dots through which what lies below still shows."""


class Covers:
    """What lies under text and over it; `nothing` where that is the white page alone.

    `bare` are the places of text of an unknown look below which no letter was met yet.
    """

    def __init__(self, paint: Paint, page: Box, shown: pdfium.PdfPage, undrawn: Iterable[Box]) -> None:
        self._page = shown
        self._closed: dict[int, bool] = {}
        self._areas = paint.areas
        scans = (one for one in paint.images if one[1].within(page).area >= _SCAN * page.area)
        self._scan = max((order for order, _, image in scans if not pdf.FPDFPageObj_HasTransparency(image)), default=0)
        first = min(paint.order.values(), default=0)
        self._pictures = [one for one in paint.images if one[0] > max(first, self._scan)]
        self._undrawn = tuple(undrawn)
        self.bare = set(self._undrawn)
        self.closed = bool(self._pictures or self._undrawn)
        self.nothing = not self._areas and not self._scan

    def hidden_by(self, order: int, x: float, y: float) -> str:
        """What may show something else than the text at a point, or nothing at all: a picture, or text laid over it."""
        over = [place for place in self._undrawn if place.holds(x, y)]
        self.bare.difference_update(over)
        if over:
            return "undrawn"
        is_pictured = any(
            painted > order and box.holds(x, y) and self._is_closed(painted, image)
            for painted, box, image in self._pictures
        )
        return "pictured" if is_pictured else ""

    def _is_closed(self, painted: int, image: pdf.FPDF_PAGEOBJECT) -> bool:
        """Whether nothing shows through a picture; asked only of those that lie over text, for it takes some time."""
        if painted not in self._closed:
            is_solid = not pdf.FPDFPageObj_HasTransparency(image)
            self._closed[painted] = is_solid and self._share_of_dots(image) >= _CLOSED
        return self._closed[painted]

    def _share_of_dots(self, image: pdf.FPDF_PAGEOBJECT) -> float:
        """The share of a picture's dots that are opaque; 1 where it cannot be painted."""
        bitmap = pdf.FPDFImageObj_GetRenderedBitmap(self._page.pdf, self._page, image)
        if not bitmap:
            return 1.0
        try:
            if pdf.FPDFBitmap_GetFormat(bitmap) != pdf.FPDFBitmap_BGRA:
                return 1.0
            size = pdf.FPDFBitmap_GetStride(bitmap) * pdf.FPDFBitmap_GetHeight(bitmap)
            opacities = ctypes.string_at(pdf.FPDFBitmap_GetBuffer(bitmap), size)[3::4]
            return len(opacities.translate(None, _SEEN_THROUGH)) / max(len(opacities), 1)
        finally:
            pdf.FPDFBitmap_Destroy(bitmap)

    def show(self, order: int, color: Color, x: float, y: float) -> bool:
        """Whether text at a point is seen: nothing lies over it, and it has not the colour of what is below it."""
        if order < self._scan:
            return False
        below = WHITE
        for painted, (left, low, right, high), own_color in self._areas:
            if left <= x <= right and low <= y <= high:
                if painted > order:
                    return False
                below = own_color
        return bool(self._scan) or not alike(color, below)
