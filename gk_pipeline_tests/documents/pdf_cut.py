"""Reports whose pages end behind whatever line a test wants, in the midst of a row too, as browsers print them."""

from collections.abc import Iterator
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from tables.paper import Page

from .pdf_paper import MARGIN, SIZE, layout, lines_of, widths
from .pdf_sheets import FONT

LINES = 23
"""Lines of a page: of the largest table every page shows a part."""

_PITCH = 1.4 * SIZE
_SIZE = (440.0, LINES * _PITCH + 80)

Side = tuple[int, float, float]
"""A rule on a page: above which of its lines, from where to where."""


def cut(sheet: Page, before: int, rules: str) -> bytes:
    """A report that begins so many lines below the top of its first page.

    Where a page ends, a cell with rules that are `closed` is drawn as two, one with `open` rules has no side there;
    with `none` there are no rules at all.
    """
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=_SIZE, invariant=1)
    lines = [[], *[[]] * before, *lines_of(sheet, _SIZE)][1:]
    for page in range(0, len(lines), LINES):
        canvas.setFont(FONT, SIZE)
        for number, words in enumerate(lines[page : page + LINES]):
            for left, text in words:
                canvas.drawString(left, _height(number) - SIZE, text)
        if rules != "none":
            for first, last, left, right in _boxes(sheet, before):
                _draw(canvas, first - page, last - page, (left, right), rules == "closed")
        canvas.drawCentredString(_SIZE[0] / 2, 15, str(page // LINES + 1))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def n_lines(sheet: Page) -> int:
    """The lines of a report."""
    return sum(1 for _ in lines_of(sheet, _SIZE))


def _height(line: int) -> float:
    return _SIZE[1] - 40 - line * _PITCH


def _boxes(sheet: Page, before: int) -> Iterator[tuple[int, int, float, float]]:
    """The cells of all tables: the lines above which they begin and end, and their sides."""
    at = before
    for part in sheet:
        if isinstance(part, str):
            at += sum(1 for _ in lines_of([part], _SIZE))
            continue
        wide = widths(part, _SIZE)
        high, cells = layout(part, wide)
        for row, column, box, _ in cells:
            left, top = MARGIN + sum(wide[:column]), at + sum(high[:row])
            yield top, top + sum(high[row : row + box.rows]), left, left + sum(wide[column : column + box.columns])
        at += sum(high)


def _draw(canvas: Canvas, first: int, last: int, sides: tuple[float, float], closed: bool) -> None:
    """What a page shows of a cell."""
    if last <= 0 or first >= LINES:
        return
    top, bottom = _height(max(first, 0)), _height(min(last, LINES))
    for side in sides:
        canvas.line(side, top, side, bottom)
    if closed or first >= 0:
        canvas.line(sides[0], top, sides[1], top)
    if closed or last <= LINES:
        canvas.line(sides[0], bottom, sides[1], bottom)
