"""PDF files whose pages hold text: a grid a ruled table and page, the lines around it as they stand on the page.

A line's number counts the heights on which text stands on its page, from the top, whatever cells it stands in. A cell
has the number of its first line. A page without rules is given as lines whose white space keeps the layout.
"""

from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gk_pipeline.documents.document import Block, GridCell, Unreadable
from gk_pipeline.documents.pdf_cells import Lattice, lattices, whole
from gk_pipeline.documents.pdf_ink import Ink, ink
from gk_pipeline.documents.pdf_lines import (
    Word,
    by_line,
    column_width,
    each_once,
    laid_out,
    not_struck,
    numbered,
    words,
)
from gk_pipeline.documents.reading import Reading

MAX_PAGES = 1000


def read(raw: bytes, _expected: Sequence[str]) -> Reading:
    """A PDF that opens without a password."""
    document = opened(raw)
    blocks: list[Block] = []
    try:
        for number in range(len(document)):
            page = document[number]
            blocks += page_blocks(ink(page), number + 1)
            page.close()
    finally:
        document.close()
    return Reading(tuple(blocks))


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


def page_blocks(shown: Ink, page: int) -> list[Block]:
    """The blocks of a page, from its top to its bottom."""
    across, down = whole(shown.across), whole(shown.down)
    lines = [each_once(line, shown.left_out) for line in numbered(shown.glyphs)]
    lines = [not_struck(line, across, shown.left_out) for line in lines]
    tables = lattices(across, down)

    def cell(x: float, y: float) -> tuple[int, int] | None:
        """The table in which a point lies, the innermost, and the area there."""
        for number, table in enumerate(tables):
            if table.holds(x, y):
                return number, table.area_at(x, y)
        return None

    in_table: list[dict[int, list[Word]]] = [{} for _ in tables]
    beside: list[Word] = []
    for line in lines:
        for word in words(line, cell):
            found_in = cell((word.left + word.right) / 2, word.middle)
            if found_in is None:
                beside.append(word)
            else:
                table, area = found_in
                in_table[table].setdefault(area, []).append(word)
    column = column_width(shown.glyphs)
    found = [(table.ys[0], _grid(table, cells, page)) for table, cells in zip(tables, in_table, strict=True) if cells]
    for line_words in by_line(beside):
        text = laid_out(line_words, column)
        found.append((line_words[0].middle, Block(text, page=page, line=line_words[0].line)))
    return [block for _, block in sorted(found, key=lambda pair: pair[0])]


def _grid(table: Lattice, cells: dict[int, list[Word]], page: int) -> Block:
    grid = []
    for number, area in enumerate(table.areas):
        own = cells.get(number, [])
        text = "\n".join(" ".join(word.text for word in line) for line in by_line(own))
        grid.append(GridCell(*area, text, own[0].line if own else None))
    return Block(None, tuple(grid), True, page, min(cell.line for cell in grid if cell.line))
