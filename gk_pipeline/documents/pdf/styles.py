"""How the text of a PDF page is drawn: when, in which colour and size, turned how far, and whether it is seen."""

import ctypes
import math
from functools import lru_cache, partial
from typing import NamedTuple

import pypdfium2.raw as pdf

from gk_pipeline.documents.pdf.paint import Box, Paint, address
from gk_pipeline.documents.pdf.watermark import tiles
from gk_pipeline.documents.seen import WHITE, Color, alike, too_faint, too_small

_LEANS = 0.05
"""Of a quarter of a turn, by how much text may lean and still be read as upright."""
_HIDDEN = (pdf.FPDF_TEXTRENDERMODE_INVISIBLE, pdf.FPDF_TEXTRENDERMODE_CLIP)
_OUTLINED = (pdf.FPDF_TEXTRENDERMODE_STROKE, pdf.FPDF_TEXTRENDERMODE_STROKE_CLIP)


class Style(NamedTuple):
    """What the glyphs of one text object share: when it is painted, in which colour and in which size.

    `quarter` is the turn to the left it is drawn with; None for text that slants. `hidden` says why it is not seen,
    `clip` is the box outside of which it is not.
    """

    order: int
    color: Color
    em: float
    quarter: int | None
    hidden: str
    clip: Box | None = None


_style = partial(tuple.__new__, Style)


@lru_cache(maxsize=256)
def _look(red: int, green: int, blue: int, alpha: int) -> tuple[Color, bool, bool]:
    """A colour, whether it is too faint to be seen, and whether it is as white as the page."""
    color = red / 255, green / 255, blue / 255
    return color, too_faint(alpha / 255), alike(color, WHITE)


_BLACK = _look(0, 0, 0, 255)


class Styles:
    """The styles of a page's text objects; its buffers are made once, for some files have an object for each glyph."""

    def __init__(self, text: pdf.FPDF_TEXTPAGE, paint: Paint, on_white: bool) -> None:
        self._on_white = on_white
        self._text = text
        self._paint = paint
        self._tiles = tiles(paint.texts, text)
        self._known: dict[int, Style] = {}
        self._matrix = pdf.FS_MATRIX()
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._at_matrix = ctypes.byref(self._matrix)
        self._at_channels = [ctypes.byref(channel) for channel in self._channels]

    def of(self, index: int) -> Style:
        """The style of a glyph."""
        drawn_by = pdf.FPDFText_GetTextObject(self._text, index)
        where = address(drawn_by)
        style = self._known.get(where)
        if style is None:
            style = self._known[where] = self._read(index, drawn_by, where)
        return style

    def _read(self, index: int, drawn_by: pdf.FPDF_PAGEOBJECT, where: int) -> Style:
        text, matrix = self._text, self._matrix
        pdf.FPDFText_GetMatrix(text, index, self._at_matrix)
        em = pdf.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        quarter: int | None = 0
        if matrix.b or matrix.a <= 0:
            turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
            quarter = round(turns) % 4 if abs(turns - round(turns)) <= _LEANS else None
        mode = pdf.FPDFTextObj_GetTextRenderMode(drawn_by) if drawn_by else pdf.FPDF_TEXTRENDERMODE_FILL
        get = pdf.FPDFText_GetStrokeColor if mode in _OUTLINED else pdf.FPDFText_GetFillColor
        known = get(text, index, *self._at_channels)
        red, green, blue, alpha = self._channels
        color, is_faint, is_white = _look(red.value, green.value, blue.value, alpha.value) if known else _BLACK
        hidden = "slanted" if quarter is None else "tiled" if where in self._tiles else ""
        is_faint = is_faint or (self._on_white and is_white)
        if mode in _HIDDEN or is_faint or (too_small(em) and too_small(self._height(index))):
            hidden = "hidden"
        order, clip = self._paint.order.get(where, 0), self._paint.clips.get(where)
        return _style((order, color, max(em, 1.0), quarter, hidden, clip))

    def _height(self, index: int) -> float:
        """The height of a glyph's box, or its width where it lies on its side: a form may enlarge its letters."""
        box = pdf.FS_RECTF()
        pdf.FPDFText_GetLooseCharBox(self._text, index, box)
        return float(max(box.top - box.bottom, box.right - box.left))
