"""PDF files whose pages hold text: a grid a ruled table and page, the lines around it as they stand on the page.

A line's number counts the heights on which text stands on its page, from the top, whatever cells it stands in. A cell
has the number of its first line. A page without rules is given as lines whose white space keeps the layout.
"""

from collections import Counter
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gk_pipeline.documents.document import Block, GridCell, Unreadable
from gk_pipeline.documents.pdf_breaks import join_cut_rows, without_repetition
from gk_pipeline.documents.pdf_ink import ink
from gk_pipeline.documents.pdf_page import Page, Table, Text, parts_of
from gk_pipeline.documents.reading import Reading

MAX_PAGES = 1000


def read(raw: bytes, _expected: Sequence[str]) -> Reading:
    """A PDF that opens without a password."""
    document = opened(raw)
    pages: list[Page] = []
    counted: Counter[str] = Counter()
    try:
        for number in range(len(document)):
            page = document[number]
            shown = ink(page)
            pages.append(parts_of(shown, counted))
            page.close()
    finally:
        document.close()
    without_repetition(pages)
    join_cut_rows(pages)
    blocks = tuple(_block(part, number) for number, page in enumerate(pages, start=1) for part in page)
    return Reading(blocks)


def opened(raw: bytes) -> pdfium.PdfDocument:
    """The document in the bytes of a PDF; raises `Unreadable` where it is damaged or wants a password."""
    try:
        return pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdf.FPDF_ERR_PASSWORD, pdf.FPDF_ERR_SECURITY):
            raise Unreadable(
                "encrypted",
                "The PDF opens with a password only.",
                "Open it with the password, print it into a new PDF and give that.",
            ) from error
        raise Unreadable(
            "damaged", "The PDF is damaged: its pages cannot be found.", "Fetch it again from its source."
        ) from error


def _block(part: Table | Text, page: int) -> Block:
    if isinstance(part, Text):
        return Block(part.text, page=page, line=part.line)
    cells = tuple(GridCell(*cell.area, cell.text, cell.line) for cell in part.cells)
    return Block(None, cells, True, page, min(cell.line for cell in cells if cell.line))
