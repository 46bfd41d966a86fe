"""What a PDF page shows, upright and from the top: its visible glyphs and its rules, as pdfium tells them.

pdfium rather than pdfplumber: both give every character with its box, but pdfium does so some ten times faster, tells of
each whether the file says what character it is, and is a browser's engine, hardened against hostile files. What it lacks,
lines and cells, is ours to do anyway: there lies what goes wrong with reports.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gk_pipeline.documents.pdf_paint import WHITE, Box, Color, Paint, Segment, address, alike

MAX_GLYPHS = 50_000
"""Glyphs of a page that are read; a dense page of a report has two thousand."""
UNREADABLE = "\ufffd"
"""Stands for a glyph of which the file does not say what character it is."""

_SHORTEST = 4.0
"""Points from which on a stroke is a rule and not the side of some mark."""
_STRAIGHT = 1.0
"""Points by which a rule may lean."""
_LEANS = math.radians(4)
"""By how much text may lean and still be read as upright."""
_SCAN = 0.5
"""Share of a page from which on a picture over text is a scan with its text below."""
_PRIVATE = (range(0xE000, 0xF900), range(0xFFF0, 0x10000), range(0xF0000, 0x110000))
_HIDDEN = (pdf.FPDF_TEXTRENDERMODE_INVISIBLE, pdf.FPDF_TEXTRENDERMODE_CLIP)
_OUTLINED = (pdf.FPDF_TEXTRENDERMODE_STROKE, pdf.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_HYPHEN = 2
"""What pdfium calls a hyphen at the end of a line."""


class Glyph(NamedTuple):
    """A character on the upright page, in points from its left and its top; `run` tells what object drew it.

    `left` to `right` is what it advances, `top` to `bottom` the height of its font, `base` the line it stands on.
    """

    char: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    run: int


class Rule(NamedTuple):
    """A straight rule: where it stands in one direction, and from where to where it runs in the other."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class Ink:
    """What a page shows. `turned` are glyphs that stand otherwise than most, each quarter of a turn upright in itself.

    `left_out` counts glyphs that nobody sees, by why, and those of which nobody knows what they are; `pictures` is the
    share of the page that pictures cover, `too_many` says that its rules were not looked at.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[list[Glyph]] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    left_out: Counter[str] = field(default_factory=Counter)
    too_many: bool = False


class _Style(NamedTuple):
    """What the glyphs of one text object share: its number, when it is painted, and in which colour.

    `quarter` is the turn to the left it is drawn with; None for text that slants. `hidden` says why it is not seen.
    """

    number: int
    order: int
    color: Color
    quarter: int | None
    hidden: str


class _Drawn(NamedTuple):
    char: str
    box: Box
    origin: tuple[float, float]
    style: _Style


def ink(page: pdfium.PdfPage) -> Ink:
    """What a page shows to a person."""
    box = Box(*page.get_bbox())
    paint = Paint(page)
    shown = Ink(too_many=paint.too_many)
    by_quarter: dict[int, list[_Drawn]] = {}
    for drawn in _visible(page, paint, box, shown.left_out):
        by_quarter.setdefault(drawn.style.quarter or 0, []).append(drawn)
    most = max(by_quarter, key=lambda quarter: len(by_quarter[quarter]), default=0)
    for quarter, group in by_quarter.items():
        upright = _upright(group, _turn(box, quarter))
        if quarter == most:
            shown.glyphs = upright
        else:
            shown.turned.append(upright)
    if not paint.too_many:
        _add_rules(shown, paint.rules, _turn(box, most))
    if box.area:
        shown.pictures = sum(image.within(box).area for _, image, _ in paint.images) / box.area
    return shown


def _visible(page: pdfium.PdfPage, paint: Paint, box: Box, left_out: Counter[str]) -> Iterator[_Drawn]:
    """The glyphs that are seen, in the order of the file; the others are counted."""
    text = page.get_textpage()
    try:
        covers = _Covers(paint, box)
        for drawn in _drawn(text, paint):
            blank = drawn.char.isspace()
            x, y = (drawn.box.left + drawn.box.right) / 2, (drawn.box.low + drawn.box.high) / 2
            why = drawn.style.hidden or ("" if box.holds(x, y) else "hidden") or (not blank and covers.why(drawn, x, y))
            if why:
                left_out[why] += not blank
                continue
            left_out["unreadable"] += drawn.char == UNREADABLE
            yield drawn
    finally:
        text.close()


def _drawn(text: pdfium.PdfTextPage, paint: Paint) -> Iterator[_Drawn]:
    styles: dict[int, _Style] = {}
    rect, x, y = pdf.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(min(pdf.FPDFText_CountChars(text), MAX_GLYPHS)):
        code = pdf.FPDFText_GetUnicode(text, index)
        if code <= 0x20 and pdf.FPDFText_IsGenerated(text, index) == 1:
            continue
        where = address(pdf.FPDFText_GetTextObject(text, index))
        style = styles.get(where)
        if style is None:
            style = styles[where] = _style(text, index, paint.order.get(where, 0), len(styles))
        pdf.FPDFText_GetLooseCharBox(text, index, rect)
        pdf.FPDFText_GetCharOrigin(text, index, x, y)
        box = Box(rect.left, rect.bottom, rect.right, rect.top)
        yield _Drawn(_char(text, index, code), box, (x.value, y.value), style)


def _char(text: pdfium.PdfTextPage, index: int, code: int) -> str:
    if code == _HYPHEN:
        return "-"
    unknown = pdf.FPDFText_HasUnicodeMapError(text, index) == 1 or any(code in codes for codes in _PRIVATE)
    if unknown or code < 0x20 or 0xD800 <= code < 0xE000 or code >= 0x110000:
        return UNREADABLE if code not in (9, 10, 13) else " "
    return chr(code)


def _style(text: pdfium.PdfTextPage, index: int, order: int, number: int) -> _Style:
    mode = pdf.FPDFTextObj_GetTextRenderMode(pdf.FPDFText_GetTextObject(text, index))
    matrix = pdf.FS_MATRIX()
    pdf.FPDFText_GetMatrix(text, index, matrix)
    turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    quarter = round(turns) % 4 if abs(turns - round(turns)) * math.pi / 2 <= _LEANS else None
    channels = [ctypes.c_uint() for _ in range(4)]
    get = pdf.FPDFText_GetStrokeColor if mode in _OUTLINED else pdf.FPDFText_GetFillColor
    known = get(text, index, *channels)
    red, green, blue, alpha = (channel.value for channel in channels)
    color = (red / 255, green / 255, blue / 255) if known else (0.0, 0.0, 0.0)
    hidden = "hidden" if mode in _HIDDEN or (known and not alpha) else ""
    return _Style(number, order, color, quarter, hidden or ("" if quarter is not None else "slanted"))


class _Covers:
    """What lies under text and over it."""

    def __init__(self, paint: Paint, page: Box) -> None:
        self._areas = paint.areas
        scans = (one for one in paint.images if one[1].within(page).area >= _SCAN * page.area)
        self._scan = max((order for order, _, image in scans if _opaque(image)), default=0)

    def why(self, drawn: _Drawn, x: float, y: float) -> str:
        """Why a glyph is not seen, if it is not: it has the colour of what is below it, or something lies over it."""
        style = drawn.style
        if style.order < self._scan:
            return "hidden"
        below = WHITE
        for order, area, color in self._areas:
            if area.holds(x, y):
                if order > style.order:
                    return "hidden"
                below = color
        # Over a picture any colour may be seen.
        return "hidden" if alike(style.color, below) and not self._scan else ""


def _opaque(image: pdf.FPDF_PAGEOBJECT) -> bool:
    """Whether nothing shows through a picture: a stamp or a watermark lies over text and hides none of it."""
    return not pdf.FPDFPageObj_HasTransparency(image)


def _upright(group: list[_Drawn], turn: Callable[[float, float], tuple[float, float]]) -> list[Glyph]:
    glyphs = []
    for char, box, origin, style in group:
        x0, y0 = turn(box.left, box.low)
        x1, y1 = turn(box.right, box.high)
        base = turn(*origin)[1]
        glyphs.append(Glyph(char, min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1), base, style.number))
    return glyphs


def _turn(box: Box, quarter: int) -> Callable[[float, float], tuple[float, float]]:
    """How a point counted from below moves when a page drawn with so many turns to the left is set upright."""
    turns: tuple[Callable[[float, float], tuple[float, float]], ...] = (
        lambda x, y: (x - box.left, box.high - y),
        lambda x, y: (y - box.low, x - box.left),
        lambda x, y: (box.right - x, y - box.low),
        lambda x, y: (box.high - y, box.right - x),
    )
    return turns[quarter]


def _add_rules(shown: Ink, segments: list[Segment], turn: Callable[[float, float], tuple[float, float]]) -> None:
    for start, end in segments:
        (x0, y0), (x1, y1) = turn(*start), turn(*end)
        if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) >= _SHORTEST:
            shown.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) >= _SHORTEST:
            shown.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
