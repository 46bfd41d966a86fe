"""Whether the bytes of a PDF are whole and not absurdly much: pdfium reads on where a part of a file is missing."""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gk_pipeline.documents.document import Unreadable, damaged

MAX_EXPANDED = 100_000_000
"""Bytes to which what is drawn on all pages may unfold; pictures and fonts are not counted."""

MAX_PAINTED = 100_000
"""How often drawings may be painted that are drawn within each other."""

_STREAM = re.compile(rb">>\s*stream\r?\n")
_NUMBER = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+\Z")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+R\b")
_DICTIONARY = 2000
"""Bytes before a stream in which its filters are named."""
_NOT_DRAWN = (b"/Image", b"/Length1", b"/FontFile", b"/Type0C", b"/CIDFontType0C", b"/OpenType")
_OTHER_FILTERS = (b"/ASCII85", b"/ASCIIHex", b"/LZW", b"/RunLength", b"/Crypt", b"/DCT", b"/A85", b"/AHx")
_CHUNK = 1 << 20
_LEVELS = 50
"""Drawings within drawings that are followed; pdfium itself follows fewer."""


class _Drawing(NamedTuple):
    """A drawing that others paint: how often it paints some itself, and which it knows."""

    paints: int
    known: frozenset[int]


def check_whole(raw: bytes) -> None:
    """Raise `Unreadable` where a PDF ends too early, one of its streams is damaged, or they unfold to too much."""
    end = raw.rfind(b"%%EOF")
    if end < 0 or b"endobj" in raw[end:]:
        raise damaged("it ends in the middle, as when a download was cut off")
    if b"/Encrypt" in raw:
        return
    expanded = most_painted = 0
    drawings: dict[int, _Drawing] = {}
    for begin in _STREAM.finditer(raw):
        number, about = _about(raw, begin.start() + 2)
        if any(mark in about for mark in (*_NOT_DRAWN, *_OTHER_FILTERS)):
            continue
        paints = 0
        for part in _unfolded(raw, begin.end(), b"/FlateDecode" in about or b"/Fl " in about):
            expanded += len(part)
            paints += part.count(b" Do") + part.count(b"\nDo")
            if expanded > MAX_EXPANDED:
                raise Unreadable(
                    "too_large",
                    f"What the PDF draws unfolds to more than {MAX_EXPANDED / 1e6:.0f} MB; no report comes near that.",
                    "Take the report out of the file, or print it into a new PDF.",
                )
        if b"/Form" in about:
            drawings[number] = _Drawing(paints, frozenset(map(int, _REFERENCE.findall(about))))
        else:
            most_painted = max(most_painted, paints)
    if most_painted * _painted(drawings) > MAX_PAINTED:
        raise Unreadable(
            "too_many_parts",
            "The PDF paints drawings within drawings without end.",
            "Print it into a new PDF from the program that made it.",
        )


def _about(raw: bytes, end: int) -> tuple[int, bytes]:
    """The number of the object whose stream begins there, and its dictionary; 0 where it is too far away."""
    start = raw.rfind(b" obj", max(0, end - _DICTIONARY), end)
    number = _NUMBER.search(raw, max(0, start - 20), start + 1) if start >= 0 else None
    return int(number[1]) if number else 0, raw[max(start, end - _DICTIONARY, 0) : end]


def _painted(drawings: Mapping[int, _Drawing]) -> int:
    """How many drawings at most are painted when one is, those within it and within those counted."""
    painted = dict.fromkeys(drawings, 1)
    for _ in range(min(len(drawings), _LEVELS)):
        again = {
            number: 1 + drawing.paints * max((painted[one] for one in drawing.known if one in painted), default=0)
            for number, drawing in drawings.items()
        }
        if again == painted or max(again.values()) > MAX_PAINTED:
            return max(again.values())
        painted = again
    return max(painted.values(), default=1)


def _unfolded(raw: bytes, start: int, compressed: bool) -> Iterator[bytes]:
    """What a stream holds, part by part."""
    end = raw.find(b"endstream", start)
    rest = raw[start : end if end >= 0 else None]
    if not compressed:
        yield rest
        return
    unfold = zlib.decompressobj()
    try:
        while rest and not unfold.eof:
            yield unfold.decompress(rest, _CHUNK)
            rest = unfold.unconsumed_tail
    except zlib.error as error:
        raise damaged("a compressed part of it is broken") from error
