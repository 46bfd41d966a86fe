"""Whole reports as PDFs, as a word processor with rules prints them and as a program without rules does."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table
from tables.paper import Box, Grid, Page, matrix
from tables.writers import _wrapped

from .pdf_sheets import FONT

A4 = (595.0, 842.0)
A4_ACROSS = (842.0, 595.0)
SMALL = (560.0, 330.0)
"""A page on which the table of applications runs over four."""

MARGIN = 30.0
SIZE = 9.0
_STYLE = ParagraphStyle("text", fontName=FONT, fontSize=SIZE, leading=12, wordWrap="CJK")


def ruled(sheet: Page, size: tuple[float, float] = A4, running: str = "") -> bytes:
    """Tables with rules, split between rows where a page ends; `running` heads every page, its number stands below."""
    stream = BytesIO()
    flow: list[object] = []
    for part in sheet:
        flow += [Paragraph(part, _STYLE) if isinstance(part, str) else _table(part, size), Spacer(1, 6)]

    def around(canvas: Canvas, document: SimpleDocTemplate) -> None:
        if running:
            canvas.setFont(FONT, 8)
            canvas.drawString(MARGIN, size[1] - 20, running)
            canvas.drawCentredString(size[0] / 2, 12, f"第 {document.page} 页")

    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN)
    document = SimpleDocTemplate(stream, pagesize=size, invariant=1, **margins)
    document.build(flow, onFirstPage=around, onLaterPages=around)
    return stream.getvalue()


def widths(grid: Grid, size: tuple[float, float]) -> list[float]:
    columns, width = len(matrix(grid)[0]), size[0] - 2 * MARGIN
    shares = {4: [0.4, 0.2, 0.2, 0.2], 10: [0.06, 0.1, 0.24, *[0.6 / 7] * 7]}.get(columns, [1 / columns] * columns)
    return [width * share for share in shares]


def _table(grid: Grid, size: tuple[float, float]) -> Table:
    places = matrix(grid)
    style: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for row, boxes in enumerate(places):
        for column, (box, begins) in enumerate(boxes):
            # A span that is higher than a page cannot be split.
            if begins and (box.rows < 9 or size[1] > SMALL[1]):
                style.append(("SPAN", (column, row), (column + box.columns - 1, row + box.rows - 1)))
    texts = [[Paragraph(box.text, _STYLE) if begins else "" for box, begins in row] for row in places]
    return Table(texts, colWidths=widths(grid, size), style=style)


@dataclass
class _Sheets:
    """Pages that are filled from the top."""

    canvas: Canvas
    size: tuple[float, float]
    page: int = 1
    top: float = 40

    def line(self, *words: tuple[float, str]) -> None:
        if self.top > self.size[1] - 40:
            self.turn()
        for left, text in words:
            self.canvas.setFont(FONT, SIZE)
            self.canvas.drawString(left, self.size[1] - self.top, text)
        self.top += 1.4 * SIZE

    def turn(self) -> None:
        self.canvas.setFont(FONT, SIZE)
        self.canvas.drawCentredString(self.size[0] / 2, 15, str(self.page))
        self.canvas.showPage()
        self.page, self.top = self.page + 1, 40


def aligned(sheet: Page, size: tuple[float, float] = A4) -> bytes:
    """Tables without rules: what stands in one column begins or is centred there, long labels take several lines."""
    stream = BytesIO()
    sheets = _Sheets(Canvas(stream, pagesize=size, invariant=1), size)
    for words in lines_of(sheet, size):
        sheets.line(*words)
    sheets.turn()
    sheets.canvas.save()
    return stream.getvalue()


def lines_of(sheet: Page, size: tuple[float, float]) -> Iterator[list[tuple[float, str]]]:
    """The lines of a report: where each of their words begins, and the word."""
    for part in sheet:
        if isinstance(part, str):
            yield from ([(MARGIN, text)] for text in _wrapped(part, int((size[0] - 2 * MARGIN) / SIZE * 2) - 2))
        else:
            yield from _lines(part, widths(part, size))


def _lines(grid: Grid, wide: list[float]) -> list[list[tuple[float, str]]]:
    high, cells = layout(grid, wide)
    lines: list[list[tuple[float, str]]] = [[] for _ in range(sum(high))]
    for row, column, box, texts in cells:
        first = sum(high[:row]) + (sum(high[row : row + box.rows]) - len(texts)) // 2
        left, space = MARGIN + sum(wide[:column]), sum(wide[column : column + box.columns])
        for number, text in enumerate(texts, first):
            indent = 2 if box.role == "label" else (space - pdfmetrics.stringWidth(text, FONT, SIZE)) / 2
            lines[number].append((left + indent, text))
    return lines


def layout(grid: Grid, wide: list[float]) -> tuple[list[int], list[tuple[int, int, Box, list[str]]]]:
    """How many lines each row takes, and for each box its row, its column and its lines."""
    places = matrix(grid)
    cells = [
        (row, column, box, _wrapped(box.text, max(2, int((sum(wide[column : column + box.columns]) - 4) / SIZE * 2))))
        for row, boxes in enumerate(places)
        for column, (box, begins) in enumerate(boxes)
        if begins
    ]
    high = [
        max([len(t) for at, _, box, t in cells if at == row and box.rows == 1] or [1]) for row in range(len(places))
    ]
    for row, _, box, texts in cells:
        high[row + box.rows - 1] += max(0, len(texts) - sum(high[row : row + box.rows]))
    return high, cells
