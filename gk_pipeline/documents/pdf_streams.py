"""Whether the bytes of a PDF are whole and not absurdly much: pdfium reads on where a part of a file is missing."""

import re
import zlib

from gk_pipeline.documents.document import Unreadable

MAX_EXPANDED = 100_000_000
"""Bytes to which what is drawn on all pages may unfold; pictures and fonts are not counted."""

_STREAM = re.compile(rb">>\s*stream\r?\n")
_DICTIONARY = 600
"""Bytes before a stream in which its filters are named."""
_NOT_DRAWN = (b"/Image", b"/Length1", b"/FontFile", b"/Type0C", b"/CIDFontType0C", b"/OpenType")
_OTHER_FILTERS = (b"/ASCII85", b"/ASCIIHex", b"/LZW", b"/RunLength", b"/Crypt", b"/DCT", b"/A85", b"/AHx")
_CHUNK = 1 << 20


def check_whole(raw: bytes) -> None:
    """Raise `Unreadable` where a PDF ends too early, one of its streams is damaged, or they unfold to too much."""
    end = raw.rfind(b"%%EOF")
    if end < 0 or b"endobj" in raw[end:]:
        raise _damaged("it ends in the middle, as when a download was cut off")
    if b"/Encrypt" in raw:
        return
    expanded = 0
    for begin in _STREAM.finditer(raw):
        about = raw[max(0, begin.start() - _DICTIONARY) : begin.start()]
        about = about[about.rfind(b" obj") + 1 :]
        if b"/FlateDecode" not in about and b"/Fl " not in about:
            continue
        if any(mark in about for mark in (*_NOT_DRAWN, *_OTHER_FILTERS)):
            continue
        expanded += _size(raw, begin.end(), MAX_EXPANDED - expanded)
        if expanded >= MAX_EXPANDED:
            raise Unreadable(
                "too_large",
                f"What the PDF draws unfolds to more than {MAX_EXPANDED / 1e6:.0f} MB; no report comes near that.",
                "Take the report out of the file, or print it into a new PDF.",
            )


def _size(raw: bytes, start: int, most: int) -> int:
    """To how many bytes a stream unfolds, counted up to `most`."""
    unfold = zlib.decompressobj()
    end = raw.find(b"endstream", start)
    rest = raw[start : end if end >= 0 else None]
    size = 0
    try:
        while rest and not unfold.eof and size < most:
            size += len(unfold.decompress(rest, _CHUNK))
            rest = unfold.unconsumed_tail
    except zlib.error as error:
        raise _damaged("a compressed part of it is broken") from error
    return size


def _damaged(how: str) -> Unreadable:
    return Unreadable("damaged", f"The PDF is damaged: {how}.", "Fetch it again from its source.")
