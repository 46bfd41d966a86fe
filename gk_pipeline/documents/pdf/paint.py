"""What a PDF page paints besides text, in painting order: rules, filled areas, pictures; forms are laid open."""

import ctypes
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gk_pipeline.documents.seen import BLACK, WHITE, Color, alike, too_faint

MAX_OBJECTS = 30_000
"""Objects of a page that are looked at; a page of cells has some hundreds."""
MAX_SEGMENTS = 60_000
"""Segments of its paths."""
MAX_AREAS = 400
"""Filled areas that may lie under text or over it."""

_FORM_DEPTH = 8
_CLIPS = 16
"""Clip paths of one object that are looked at; each may only take away from what the others leave."""
_THIN = 3.0
"""Points up to which a filled area is a rule."""
_SEEN_THROUGH = 128
"""Opacity of 255 up to which what lies below still shows."""
Point = tuple[float, float]
Segment = tuple[Point, Point]


class Box(NamedTuple):
    """An upright rectangle in points; `low` and `high` are its edges in the direction in which y grows."""

    left: float
    low: float
    right: float
    high: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.high - self.low)

    @property
    def thickness(self) -> float:
        """The shorter of its sides."""
        return min(self.right - self.left, self.high - self.low)

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.low <= y <= self.high

    def within(self, other: "Box") -> "Box":
        """The part that lies in another box."""
        left, low = max(self.left, other.left), max(self.low, other.low)
        return Box(left, low, min(self.right, other.right), min(self.high, other.high))


_EVERYWHERE = Box(-math.inf, -math.inf, math.inf, math.inf)
_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


class Paint:
    """The objects of a page in the page's own coordinates: `order` tells when a text object is painted, by its address.

    `texts` are those objects. `areas` and `images` have their place in that order too; `clips` are the boxes outside of
    which text objects are not seen; `too_many` says that not all objects were looked at.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.rules: list[Segment] = []
        self.areas: list[tuple[int, Box, Color]] = []
        self.images: list[tuple[int, Box, pdf.FPDF_PAGEOBJECT]] = []
        self.order: dict[int, int] = {}
        self.texts: list[pdf.FPDF_PAGEOBJECT] = []
        self.clips: dict[int, Box] = {}
        self.seen = self._segments = 0
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._channels = [ctypes.c_uint() for _ in range(4)]
        raw = page.raw  # which the library would ask the page for with every object
        objects = (pdf.FPDFPage_GetObject(raw, number) for number in range(pdf.FPDFPage_CountObjects(raw)))
        self._walk(objects, None, 0, _EVERYWHERE)

    @property
    def too_many(self) -> bool:
        return self.seen > MAX_OBJECTS or self._segments > MAX_SEGMENTS or len(self.areas) > MAX_AREAS

    def _walk(self, objects: Iterable[pdf.FPDF_PAGEOBJECT], outer: pdf.FS_MATRIX | None, depth: int, seen: Box) -> None:
        """Note the objects of the page or of a form; `seen` is what the forms around them leave of the page."""
        for one in objects:
            self.seen += 1
            if self.too_many:
                return
            kind = pdf.FPDFPageObj_GetType(one)
            if kind == pdf.FPDF_PAGEOBJ_TEXT:
                self.order[address(one)] = self.seen
                self.texts.append(one)
                box = self._clip(one, outer, seen)
                if box is not _EVERYWHERE:
                    self.clips[address(one)] = box
            elif kind == pdf.FPDF_PAGEOBJ_PATH:
                self._path(one, outer)
            elif kind == pdf.FPDF_PAGEOBJ_IMAGE:
                self.images.append((self.seen, self._bounds(one, outer), one))
            elif kind == pdf.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
                inner = range(pdf.FPDFFormObj_CountObjects(one))
                parts = (pdf.FPDFFormObj_GetObject(one, number) for number in inner)
                within = _NOWHERE if self._is_faint(one) else self._clip(one, outer, seen)
                self._walk(parts, _matrix(one, outer), depth + 1, within)

    def _bounds(self, one: pdf.FPDF_PAGEOBJECT, outer: pdf.FS_MATRIX | None) -> Box:
        left, bottom, right, top = self._floats
        pdf.FPDFPageObj_GetBounds(one, left, bottom, right, top)
        return _around([_moved(outer, x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)])

    def _is_faint(self, form: pdf.FPDF_PAGEOBJECT) -> bool:
        red, green, blue, alpha = self._channels
        return bool(pdf.FPDFPageObj_GetFillColor(form, red, green, blue, alpha)) and too_faint(alpha.value / 255)

    def _clip(self, one: pdf.FPDF_PAGEOBJECT, outer: pdf.FS_MATRIX | None, seen: Box) -> Box:
        """The box around what clip paths leave of an object where it would be seen."""
        clip = pdf.FPDFPageObj_GetClipPath(one)
        paths = pdf.FPDFClipPath_CountPaths(clip)
        if paths <= 0:
            return seen
        x, y = self._floats[:2]
        box = seen
        for path in range(min(paths, _CLIPS)):
            segments = range(pdf.FPDFClipPath_CountPathSegments(clip, path))
            self._segments += len(segments)
            points: list[Point] = []
            for number in segments:
                segment = pdf.FPDFClipPath_GetPathSegment(clip, path, number)
                pdf.FPDFPathSegment_GetPoint(segment, x, y)
                points.append(_moved(outer, x.value, y.value))
            box = box.within(_around(points) if points else _NOWHERE)
        return box

    def _path(self, one: pdf.FPDF_PAGEOBJECT, outer: pdf.FS_MATRIX | None) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdf.FPDFPath_GetDrawMode(one, fill, stroke)
        filled = self._color(one, pdf.FPDFPageObj_GetFillColor) if fill.value else None
        stroked = self._color(one, pdf.FPDFPageObj_GetStrokeColor) if stroke.value else None
        if filled is None and stroked is None:
            return
        shows = any(color is not None and not alike(color, WHITE) for color in (filled, stroked))
        bounds = self._bounds(one, outer)
        if bounds.thickness <= _THIN:
            if shows:
                self.rules.append(_middle(bounds))
            return
        runs = list(self._runs(one, outer))
        if stroked is not None and shows:
            self.rules += [side for run in runs for side in pairwise(run)]
        if filled is not None:
            parts = [_around(run) for run in runs]
            if shows:
                self.rules += [_middle(part) for part in parts if part.thickness <= _THIN]
            if not pdf.FPDFPageObj_HasTransparency(one):
                self.areas += [(self.seen, part, filled) for part in parts if part.thickness > _THIN]

    def _color(self, one: pdf.FPDF_PAGEOBJECT, get: "pdf._FuncPtr") -> Color | None:
        """The colour an object is drawn in; None where it is seen through."""
        red, green, blue, alpha = self._channels
        if not get(one, red, green, blue, alpha):
            return BLACK
        return None if alpha.value < _SEEN_THROUGH else (red.value / 255, green.value / 255, blue.value / 255)

    def _runs(self, one: pdf.FPDF_PAGEOBJECT, outer: pdf.FS_MATRIX | None) -> Iterator[list[Point]]:
        """The straight parts of a path between moves; a closed one ends where it began."""
        matrix, x, y = _matrix(one, outer), ctypes.c_float(), ctypes.c_float()
        points: list[Point] = []
        curved = False
        count = pdf.FPDFPath_CountSegments(one)
        self._segments += count
        for number in range(min(count, MAX_SEGMENTS)):
            segment = pdf.FPDFPath_GetPathSegment(one, number)
            kind = pdf.FPDFPathSegment_GetType(segment)
            if kind == pdf.FPDF_SEGMENT_MOVETO:
                if len(points) > 1 and not curved:
                    yield points
                points, curved = [], False
            curved |= kind == pdf.FPDF_SEGMENT_BEZIERTO
            pdf.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(_moved(matrix, x.value, y.value))
            if pdf.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1 and not curved:
            yield points


def address(one: pdf.FPDF_PAGEOBJECT) -> int:
    """What tells one object of a page from another; 0 where there is none."""
    return ctypes.addressof(one.contents) if one else 0


def _matrix(one: pdf.FPDF_PAGEOBJECT, outer: pdf.FS_MATRIX | None) -> pdf.FS_MATRIX:
    """How an object's own coordinates become the page's."""
    own = pdf.FS_MATRIX()
    pdf.FPDFPageObj_GetMatrix(one, own)
    if outer is None:
        return own
    return pdf.FS_MATRIX(
        own.a * outer.a + own.b * outer.c,
        own.a * outer.b + own.b * outer.d,
        own.c * outer.a + own.d * outer.c,
        own.c * outer.b + own.d * outer.d,
        own.e * outer.a + own.f * outer.c + outer.e,
        own.e * outer.b + own.f * outer.d + outer.f,
    )


def _moved(matrix: pdf.FS_MATRIX | None, x: float, y: float) -> Point:
    if matrix is None:
        return x, y
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _around(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _middle(box: Box) -> Segment:
    """A thin box as the line through its middle."""
    if box.right - box.left >= box.high - box.low:
        y = (box.low + box.high) / 2
        return (box.left, y), (box.right, y)
    x = (box.left + box.right) / 2
    return (x, box.low), (x, box.high)
