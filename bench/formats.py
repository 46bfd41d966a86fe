"""Time readers of formats beside the library that each rests on, doing only its own part over the same file.

Both run in this process after start-up, turn by turn, and are timed in seconds of the processor, so that a busy machine
slows both. Prints the median of each, the ratio, and the milliseconds a page.
Needs the shared reports; without them it says so.
"""

import ctypes
import gc
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

from gk_pipeline.documents import pdf
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
ROUNDS = 15


class Format(NamedTuple):
    """A reader and what it is timed beside: the library's own part, which returns how many pages it read."""

    name: str
    suffix: str
    read: Callable[[bytes], object]
    library: Callable[[bytes], int]


def pdfium_characters(raw: bytes) -> int:
    """Every character with its box, its line and its colour, and every object: what any reader of tables asks of it."""
    document = pypdfium2.PdfDocument(raw)
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    color = [ctypes.c_uint() for _ in range(4)]
    bounds = [ctypes.c_float() for _ in range(4)]
    for page in document:
        for one in page.get_objects():
            pdfium.FPDFPageObj_GetBounds(one, *bounds)
        text = page.get_textpage()
        for index in range(text.count_chars()):
            pdfium.FPDFText_GetUnicode(text, index)
            pdfium.FPDFText_HasUnicodeMapError(text, index)
            pdfium.FPDFText_GetLooseCharBox(text, index, rect)
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            pdfium.FPDFText_GetFontSize(text, index)
            pdfium.FPDFText_GetFillColor(text, index, *color)
    pages = len(document)
    document.close()
    return pages


def pdfplumber_tables(raw: bytes) -> int:
    """Words and tables, as that library finds them itself."""
    with pdfplumber.open(BytesIO(raw)) as document:
        for page in document.pages:
            page.extract_words()
            page.extract_tables()
        return len(document.pages)


LABELS = form_labels(shipped_forms())
FORMATS = (
    Format("pdf: pypdfium2", ".pdf", lambda raw: pdf.read(raw, LABELS), pdfium_characters),
    Format("pdf: pdfplumber", ".pdf", lambda raw: pdf.read(raw, LABELS), pdfplumber_tables),
)


def main() -> None:
    gc.freeze()
    found = False
    for one in FORMATS:
        for file in sorted(REPORTS.glob(f"*{one.suffix}")):
            if not found:
                print(f"{'beside':18} {'file':26} {'library':>10} {'reading':>10} {'ratio':>6} {'ms a page':>9}")
            found = True
            raw = file.read_bytes()
            pages = one.library(raw)
            library, reading = [], []
            for _ in range(ROUNDS):
                start = time.process_time()
                one.library(raw)
                middle = time.process_time()
                one.read(raw)
                library.append(middle - start)
                reading.append(time.process_time() - middle)
            alone, ours = statistics.median(library) * 1e3, statistics.median(reading) * 1e3
            print(
                f"{one.name:18} {file.name:26} {alone:6.1f} ms {ours:6.1f} ms {ours / alone:6.2f} {ours / pages:9.1f}"
            )
    if not found:
        sys.exit(f"no reports in {REPORTS}: nothing to compare")


if __name__ == "__main__":
    main()
