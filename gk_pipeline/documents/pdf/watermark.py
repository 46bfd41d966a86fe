"""Watermarks of a PDF page that stand upright: a pale text again and again, in a colour that nothing else has."""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

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
    red, green, blue, alpha = channels = [ctypes.c_uint() for _ in range(4)]
    at_channels = [ctypes.byref(channel) for channel in channels]
    for one in texts:
        if pdf.FPDFPageObj_GetFillColor(one, *at_channels):
            color = _on_white(red.value, green.value, blue.value, alpha.value)
            if min(color) >= _PALE:
                by_color[color].append(one)
    repeated = [alike for alike in by_color.values() if _repeat([_text(one, page) for one in alike])]
    return frozenset(address(one) for alike in repeated for one in alike)


@lru_cache(maxsize=256)
def _on_white(red: int, green: int, blue: int, alpha: int) -> Color:
    """A colour as a white page shows it."""
    opaque = alpha / 255
    return tuple(1 - opaque * (1 - channel / 255) for channel in (red, green, blue))  # type: ignore[return-value]


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
