"""Watermarks of a PDF page that stand upright: a pale text again and again, in a colour that nothing else has."""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Sequence

import pypdfium2.raw as pdf

from gk_pipeline.documents.pdf.paint import address
from gk_pipeline.documents.seen import Color

_PALE = 0.55
"""How bright a colour is at least, of 1, on the white page."""
_TIMES = 6
"""How often a page repeats a watermark at least."""
_LETTERS = 3
"""Letters from which on a text is no value of a table."""
_LONGEST = 200
"""Bytes of a text that are compared."""


def tiles(texts: Iterable[pdf.FPDF_PAGEOBJECT], page: pdf.FPDF_TEXTPAGE) -> frozenset[int]:
    """The addresses of the text objects that are a watermark."""
    by_color: defaultdict[Color, list[pdf.FPDF_PAGEOBJECT]] = defaultdict(list)
    for one in texts:
        color = _on_white(one)
        if min(color) >= _PALE:
            by_color[color].append(one)
    repeated = [alike for alike in by_color.values() if _repeat([_text(one, page) for one in alike])]
    return frozenset(address(one) for alike in repeated for one in alike)


def _on_white(text: pdf.FPDF_PAGEOBJECT) -> Color:
    """The colour of a text as the page shows it; black where it is not known."""
    channels = [ctypes.c_uint() for _ in range(4)]
    if not pdf.FPDFPageObj_GetFillColor(text, *map(ctypes.byref, channels)):
        return 0.0, 0.0, 0.0
    *colors, alpha = (channel.value / 255 for channel in channels)
    red, green, blue = (1 - alpha * (1 - color) for color in colors)
    return red, green, blue


def _repeat(texts: Sequence[str]) -> bool:
    """Whether texts, in the order in which they are painted, are one text again and again, and that is no value."""
    for parts in range(1, len(texts) // _TIMES + 1):
        if len(texts) % parts == 0 and texts[parts:] == texts[:-parts]:
            return sum(map(str.isalpha, "".join(texts[:parts]))) >= _LETTERS
    return False


def _text(one: pdf.FPDF_PAGEOBJECT, page: pdf.FPDF_TEXTPAGE) -> str:
    buffer = (ctypes.c_ushort * (_LONGEST // 2))()
    size = pdf.FPDFTextObj_GetText(one, page, buffer, _LONGEST)
    return bytes(buffer)[: min(size, _LONGEST)].decode("utf-16-le", "replace").strip("\0 ")
