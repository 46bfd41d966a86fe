"""PDF files whose pages hold text: a grid a ruled table and page, the lines around it as they stand on the page.

`line` counts the heights on which text stands on its page, from the top and from 1, whatever cells it stands in: what
stands on one height is one line. A cell has the number of its first line. A page without rules is given as lines whose
white space keeps the layout.

Of a file with more pages than any report has, only those that print a label of the form, and those beside them, are
taken apart; the others are read as pdfium tells their text.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gk_pipeline.documents.document import Block, GridCell, Unreadable, damaged
from gk_pipeline.documents.pdf.breaks import join_cut_rows, without_repetition
from gk_pipeline.documents.pdf.findings import Oddities
from gk_pipeline.documents.pdf.ink import Ink, ink
from gk_pipeline.documents.pdf.page import Page, Text, parts_of
from gk_pipeline.documents.pdf.paint import Box
from gk_pipeline.documents.pdf.streams import check_whole
from gk_pipeline.documents.pdf.table import Table
from gk_pipeline.documents.pdf.undrawn import undrawn
from gk_pipeline.documents.reading import Reading

MAX_PAGES = 1_000
MANY_PAGES = 60
"""Pages from which on only those are taken apart that print labels of the form."""
MAX_MARKS = 200_000
"""Glyphs and other objects of all the pages that are taken apart; a report of thirty pages has 50,000."""

_TELLING = 6
"""Letters from which on a label tells a page of the form; shorter ones stand anywhere."""
_PICTURE = 0.15
"""Share of a page from which on a picture may hold a table."""
_DRAWN = 100
"""Objects from which on a page without text may show letters that are drawn."""


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """A PDF that opens without a password, and whose letters are characters and no pictures.

    Raises `Unreadable` where it is damaged, encrypted, too large, or shows nothing that is text.
    """
    document = opened(raw)
    odd = Oddities()
    try:
        pages = list(_pages(document, expected, odd))
        if not any(pages):
            raise _no_text(odd)
        if odd.unreadable_share > 0.5:
            raise Unreadable(
                "no_characters",
                "The PDF does not say which characters most of its letters are.",
                "Print it into a new PDF from the program that made it, or read it as a picture.",
            )
        odd.repeated = without_repetition(pages)
        join_cut_rows(pages)
        blocks = tuple(_block(part, number) for number, page in enumerate(pages, start=1) for part in page)
        return Reading(blocks, title=_title(document, pages[0]), findings=tuple(odd.findings()))
    finally:
        document.close()


def opened(raw: bytes) -> pdfium.PdfDocument:
    """The document in the bytes of a PDF; raises `Unreadable` where it is damaged or wants a password."""
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdf.FPDF_ERR_PASSWORD, pdf.FPDF_ERR_SECURITY):
            raise Unreadable(
                "encrypted",
                "The PDF opens with a password only.",
                "Open it with the password, print it into a new PDF and give that.",
            ) from error
        raise damaged("its pages cannot be found") from error
    check_whole(raw)
    if not 0 < len(document) <= MAX_PAGES:
        raise Unreadable(
            "too_many_pages",
            f"The PDF has {len(document):,} pages; files of 1 to {MAX_PAGES:,} pages are read.",
            "Take the pages of the report out of it.",
        )
    return document


def page_at(document: pdfium.PdfDocument, number: int) -> tuple[pdfium.PdfPage, list[Box]]:
    """A page, counted from 0, with what was filled into its forms and written over it, and where that has no look."""
    try:
        page = document[number]
        unknown = undrawn(page)
        if pdf.FPDFPage_GetAnnotCount(page) > 0 and pdf.FPDFPage_Flatten(page, pdf.FLAT_NORMALDISPLAY) == 1:
            page.close()
            page = document[number]
    except pdfium.PdfiumError as error:
        raise damaged(f"page {number + 1} cannot be read") from error
    return page, unknown


def is_picture(shown: Ink) -> bool:
    """Whether a page shows something, but no text: a scan, or letters that are drawn."""
    return not shown.glyphs and not shown.turned and (shown.pictures >= _PICTURE or shown.objects >= _DRAWN)


def _pages(document: pdfium.PdfDocument, expected: Sequence[str], odd: Oddities) -> Iterator[Page]:
    telling = _telling_pages(document, expected) if len(document) > MANY_PAGES else None
    marks = 0
    for number in range(len(document)):
        page, unknown = page_at(document, number)
        try:
            if telling is not None and number not in telling:
                yield _as_told(page)
                continue
            shown = ink(page, unknown)
            marks += shown.objects + sum(map(len, (shown.glyphs, *shown.turned)))
            if marks > MAX_MARKS:
                raise Unreadable(
                    "too_many_parts",
                    f"The PDF draws more than {MAX_MARKS:,} letters and lines; no report comes near that.",
                    "Take the pages of the report out of it.",
                )
            counted: Counter[str] = Counter()
            parts = parts_of(shown, counted)
            counted += shown.left_out
            counted["picture"] = shown.pictures >= _PICTURE or is_picture(shown)
            odd.note(number + 1, counted, len(shown.glyphs))
            yield parts
        finally:
            page.close()


def _telling_pages(document: pdfium.PdfDocument, expected: Sequence[str]) -> set[int]:
    """The pages, from 0, that print a label of the form, and those beside them."""
    labels = [label for label in map(_letters, expected) if len(label) >= _TELLING]
    telling = set()
    for number in range(len(document)):
        page, _ = page_at(document, number)
        text = _letters("".join(line.text for line in _as_told(page) if isinstance(line, Text)))
        page.close()
        if any(label in text for label in labels):
            telling |= {number - 1, number, number + 1}
    return telling


def _as_told(page: pdfium.PdfPage) -> Page:
    """The lines of a page as pdfium tells them."""
    text = page.get_textpage()
    lines = [line for line in text.get_text_range().splitlines() if line.strip()]
    text.close()
    return [Text(float(number), line, number) for number, line in enumerate(lines, start=1)]


def _block(part: Table | Text, page: int) -> Block:
    if isinstance(part, Text):
        return Block(part.text, page=page, line=part.line)
    cells = tuple(GridCell(*cell.area, cell.text, cell.line) for cell in part.cells)
    return Block(None, cells, True, page, min((cell.line for cell in cells if cell.line), default=None))


def _title(document: pdfium.PdfDocument, page: Page) -> str | None:
    """What the file calls its title, where its first page prints that: often it is the title of some older file."""
    title = " ".join(document.get_metadata_value("Title").split())
    printed = _letters("".join(part.text for part in page if isinstance(part, Text)))
    return title if len(_letters(title)) >= _TELLING and _letters(title) in printed else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _no_text(odd: Oddities) -> Unreadable:
    hidden = " Text that nobody sees lies below, as programs that recognise characters leave it." if odd.hides else ""
    return Unreadable(
        "no_text",
        f"The PDF shows pictures and no text.{hidden}",
        'Install the extra that reads pictures (pip install "gk-pipeline[ocr]"), or ask for the file it was made from.',
    )
