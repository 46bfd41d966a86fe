"""What a PDF page shows, upright and from the top: its visible glyphs and its rules, as pdfium tells them.

pdfium rather than pdfplumber: both give every character with its box, but pdfium does so some ten times faster, tells
of each whether the file says what character it is, and is a browser's engine, hardened against hostile files. What it
lacks, lines and cells, is ours to do anyway: there lies what goes wrong with reports.
"""

import ctypes
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gk_pipeline.documents.pdf.covers import Covers
from gk_pipeline.documents.pdf.paint import Box, Paint, Point, Segment
from gk_pipeline.documents.pdf.styles import Styles

MAX_GLYPHS = 50_000
"""Glyphs of a page that are read; a dense page of a report has two thousand."""
UNREADABLE = "\ufffd"
"""Stands for a glyph of which the file does not say what character it is."""

_STRAIGHT = 1.0
"""Points by which a rule may lean."""
_MIDDLE = 0.36
"""Of the size of a font, how far above its line the middle of its digits stands."""
_USUAL = 10.0
"""Size of the font of a report, in points."""
_FIRST_WIDE = "\u2e80"
_NO_CHARACTERS = (range(0xD800, 0xF900), range(0xFFF0, 0x10000), range(0xF0000, 1 << 32))
"""Halves of characters, private use, specials: codes by which nobody knows a character."""
_FIRST_ODD = 0xD800
_BLANK = frozenset((*range(0x09, 0x0E), 0x20))
_OTHER_BLANKS = frozenset(map(chr, (0xA0, 0x3000, 0xFEFF, *range(0x2000, 0x2010))))
_HYPHEN = 2
"""What pdfium calls a hyphen at the end of a line."""


class Glyph(NamedTuple):
    """A character on the upright page, in points from its left and its top.

    `left` to `right` is what it advances, `base` the line it stands on, `em` the size of its font.
    """

    char: str
    left: float
    right: float
    base: float
    em: float

    @property
    def middle(self) -> float:
        """How far from the top the middle of a digit or of a Chinese character stands."""
        return self.base - _MIDDLE * self.em


_glyph = partial(tuple.__new__, Glyph)
"""A glyph of its fields: the shortest way to make as many as there are letters."""


class Rule(NamedTuple):
    """A straight rule: where it stands in one direction, and from where to where it runs in the other, in points."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class Ink:
    """What a page shows. `turned` are glyphs that stand otherwise than most, each quarter of a turn upright in itself.

    `left_out` counts glyphs that nobody sees, by why, and those of which nobody knows what they are; `pictures` is the
    share of the page that pictures cover, `objects` how many objects draw it.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[list[Glyph]] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    left_out: Counter[str] = field(default_factory=Counter)
    objects: int = 0


Turn = Callable[[float, float], Point]
"""How a point of a page, counted from below, moves when the page is set upright and counted from the top."""


def ink(page: pdfium.PdfPage, undrawn: Sequence[Box]) -> Ink:
    """What a page shows to a person; `undrawn` are the places of text whose look is not known."""
    box = Box(*page.get_bbox())
    paint = Paint(page)
    shown = Ink(objects=paint.seen)
    turns = [_turn(box, quarter) for quarter in range(4)]
    by_quarter: list[list[Glyph]] = [[], [], [], []]
    covers = Covers(paint, box, page, undrawn)
    text = page.get_textpage()
    try:
        _add_glyphs(text, paint, covers, box, turns, by_quarter, shown.left_out)
    finally:
        text.close()
    most = max(range(4), key=lambda quarter: len(by_quarter[quarter]))
    shown.glyphs = by_quarter.pop(most)
    if shown.glyphs:
        shown.glyphs += [_unknown(place, turns[most]) for place in covers.bare]
        shown.left_out["undrawn"] += len(covers.bare)
    shown.turned = [glyphs for glyphs in by_quarter if glyphs]
    if paint.too_many:
        shown.left_out["too_many"] = 1
    else:
        _add_rules(shown, paint.rules, turns[most])
    if box.area:
        shown.pictures = sum(image.within(box).area for _, image, _ in paint.images) / box.area
    return shown


def _add_glyphs(
    helper: pdfium.PdfTextPage,
    paint: Paint,
    covers: Covers,
    page: Box,
    turns: Sequence[Turn],
    by_quarter: Sequence[list[Glyph]],
    left_out: Counter[str],
) -> None:
    """Add the glyphs that are seen, in the order of the file, and count the others; written for speed."""
    text = helper.raw
    styles = Styles(text, paint, covers.nothing)
    rect, x, y = pdf.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_rect, at_x, at_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    page_left, page_low, page_right, page_high = page
    before = None
    for index in range(min(pdf.FPDFText_CountChars(text), MAX_GLYPHS)):
        code = pdf.FPDFText_GetUnicode(text, index)
        if code <= 0x20 and pdf.FPDFText_IsGenerated(text, index) == 1:
            continue
        order, color, em, quarter, hidden, clip = style = styles.of(index)
        if 0x20 < code < _FIRST_ODD:
            char = UNREADABLE if pdf.FPDFText_HasUnicodeMapError(text, index) == 1 else chr(code)
        else:
            char = _odd_char(code)
        if hidden or quarter is None:
            left_out[hidden] += char != " "
            continue
        pdf.FPDFText_GetLooseCharBox(text, index, at_rect)
        pdf.FPDFText_GetCharOrigin(text, index, at_x, at_y)
        at = own_x, own_y, _ = x.value, y.value, style
        low_x, high_x, low_y, high_y = rect.left, rect.right, rect.bottom, rect.top
        if char in _OTHER_BLANKS:
            char = " "
        if char != " ":
            middle_x, middle_y = (low_x + high_x) / 2, (low_y + high_y) / 2
            on_page = page_left <= middle_x <= page_right and page_low <= middle_y <= page_high
            is_cut_off = clip is not None and not clip.holds(middle_x, middle_y)
            if not on_page or is_cut_off or not (covers.nothing or covers.show(order, color, middle_x, middle_y)):
                left_out["hidden"] += 1
                continue
            if covers.closed and (why := covers.hidden_by(order, middle_x, middle_y)):
                char = UNREADABLE
                left_out[why] += 1
            elif char == UNREADABLE:
                left_out["unreadable"] += 1
        turn = turns[quarter]
        left, base = turn(own_x, own_y)
        right = turn(high_x, high_y)[0]
        if quarter:
            right = max(right, turn(low_x, low_y)[0])
        if right - left < em and char >= _FIRST_WIDE:  # of some fonts only the ink is known: of 一 a line
            right = left + em
        if at == before and not (quarter or char.isdigit()):  # one glyph for several characters, such as fi
            last = by_quarter[0][-1]
            left = max(low_x - page_left, (last.left + right) / 2)
            by_quarter[0][-1] = last._replace(right=left)
        before = at
        by_quarter[quarter].append(_glyph((char, left, right, base, em)))


def _unknown(place: Box, turn: Turn) -> Glyph:
    """What stands for text of which only the place is known."""
    x, y = turn((place.left + place.right) / 2, (place.low + place.high) / 2)
    em = max(1.0, min(place.thickness, _USUAL))
    return Glyph(UNREADABLE, x - em / 4, x + em / 4, y + _MIDDLE * em, em)


def is_wide(char: str) -> bool:
    """Whether a character is as wide as it is high."""
    return char >= _FIRST_WIDE


def _odd_char(code: int) -> str:
    """White space as a blank; what is no character of a text as unreadable."""
    if code in _BLANK:
        return " "
    if code == _HYPHEN:
        return "-"
    return UNREADABLE if code < 0x20 or any(code in codes for codes in _NO_CHARACTERS) else chr(code)


def _turn(box: Box, quarter: int) -> Turn:
    """How a page drawn with so many quarters of a turn to the left is set upright."""
    turns: tuple[Turn, ...] = (
        lambda x, y: (x - box.left, box.high - y),
        lambda x, y: (y - box.low, x - box.left),
        lambda x, y: (box.right - x, y - box.low),
        lambda x, y: (box.high - y, box.right - x),
    )
    return turns[quarter]


def _add_rules(shown: Ink, segments: Sequence[Segment], turn: Turn) -> None:
    """Add the rules; a dot may belong to one in either direction."""
    for start, end in segments:
        (x0, y0), (x1, y1) = turn(*start), turn(*end)
        if abs(y0 - y1) <= _STRAIGHT:
            shown.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        if abs(x0 - x1) <= _STRAIGHT:
            shown.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
