"""PDFs made for tests: pages on which text and rules stand where a test puts them, counted from the top."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

WIDTH, HEIGHT = 400.0, 300.0


class Sheet:
    """A page; `canvas` is for what only one test does."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, left: float, top: float, text: str, size: float = 10, mode: int | None = None) -> None:
        """A text whose line stands so far below the top."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(left, HEIGHT - top, text, mode=mode)

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        self.canvas.line(left, HEIGHT - top, right, HEIGHT - bottom)

    def table(self, left: float, top: float, rows: Sequence[Sequence[str]], wide: float = 60, high: float = 20) -> None:
        """A ruled table, every cell a word."""
        columns = len(rows[0])
        for row in range(len(rows) + 1):
            self.rule(left, top + row * high, left + columns * wide, top + row * high)
        for column in range(columns + 1):
            self.rule(left + column * wide, top, left + column * wide, top + len(rows) * high)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                for number, line in enumerate(text.split("\n")):
                    self.text(left + column * wide + 4, top + row * high + 13 + 11 * number, line)


def pdf(
    *draw: Callable[[Sheet], None], title: str = "", password: str | None = None, catalog: dict[str, Any] | None = None
) -> bytes:
    """A PDF of so many pages; `password` is what opens it, an empty one is none that a reader asks for."""
    stream = BytesIO()
    encrypt = None if password is None else StandardEncryption(password, ownerPassword="owner", strength=128)
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    canvas.setTitle(title)
    for one in draw:
        one(Sheet(canvas))
        canvas.showPage()
    for name, value in (catalog or {}).items():
        setattr(canvas._doc.Catalog, name, value)
    canvas.save()
    return stream.getvalue()


def raw_pdf(content: str, font: str, *more: str) -> bytes:
    """A PDF of one page from its content and the dictionary of its font /F; `more` are objects from number 6 on."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        font,
        *more,
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
