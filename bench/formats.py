"""Time the reader of each format beside the library it rests on doing only its own part, in one process after start-up.

Both are timed turn by turn in seconds of the processor, so that a busy machine slows both. Prints the fastest of each,
the ratio and its bound, and what a page takes where a file has pages. The files are the samples of data/raw, written as
the tests write them, and what lies in the shared reports.
"""

import ctypes
import gc
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY / "gk_pipeline_tests"))

import openpyxl  # noqa: E402
import pdfplumber  # noqa: E402
import pypdfium2  # noqa: E402
import pypdfium2.raw as pdfium  # noqa: E402
import xlrd  # noqa: E402
from documents.word import OFFICE, by_office, by_python_docx, on_paper  # noqa: E402
from documents.workbooks import in_one_sheet, xls, xlsx  # noqa: E402
from docx import Document as PythonDocx  # noqa: E402
from selectolax.lexbor import LexborHTMLParser  # noqa: E402

from gk_pipeline.documents.encoding import decode  # noqa: E402
from gk_pipeline.documents.read import read_bytes, read_path  # noqa: E402
from gk_pipeline.documents.stage import form_labels  # noqa: E402
from gk_pipeline.forms import shipped_forms  # noqa: E402

ROUNDS = 30
SAMPLES = tuple(REPOSITORY / "data" / "raw" / name for name in ("2023/shuyang_ndrc.html", "2024/huaian.html"))
SHARED = REPOSITORY.parent / "shared" / "reports"
LABELS = form_labels(shipped_forms())


class Format(NamedTuple):
    """Files of a format, what the library alone makes of one, and how many times that reading one may take.

    `write` gives the bytes of a sample in the format, or None where the program for it is not installed. `bare` returns
    what counts the pages, if the format has any. Without a `bound` the library is there for comparison.
    """

    name: str
    suffix: str
    samples: tuple[Path, ...]
    write: Callable[[Path], bytes | None]
    bare: Callable[[bytes], object]
    bound: float | None


def _page(path: Path) -> list:
    return on_paper(read_path(path, LABELS).blocks)


def _by_libre_office(path: Path) -> bytes | None:
    if not OFFICE:
        return None
    with TemporaryDirectory() as folder:
        return by_office(by_python_docx(_page(path)), "docx", "docx:MS Word 2007 XML", Path(folder))


def _python_docx(raw: bytes) -> None:
    PythonDocx(BytesIO(raw))


def _parse(raw: bytes) -> None:
    LexborHTMLParser(_decoded(raw))


_texts: dict[bytes, str] = {}


def _decoded(raw: bytes) -> str:
    """The page as text: to decode it is no part of parsing."""
    if raw not in _texts:
        _texts[raw] = decode(raw, LABELS).text
    return _texts[raw]


def _pdfium_characters(raw: bytes) -> int:
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


def _pdfplumber_tables(raw: bytes) -> int:
    """Words and tables, as that library finds them itself."""
    with pdfplumber.open(BytesIO(raw)) as document:
        for page in document.pages:
            page.extract_words()
            page.extract_tables()
        return len(document.pages)


def _published(suffix: str) -> tuple[Path, ...]:
    return tuple(sorted(SHARED.glob(f"*{suffix}")))


def _calculated(path: Path) -> bytes:
    """A report whose last cell is a formula, for which a workbook is loaded twice."""
    book = openpyxl.load_workbook(BytesIO(xlsx(in_one_sheet(_page(path)))))
    book.active.append(["合计", "=1+1"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _openpyxl(raw: bytes) -> None:
    openpyxl.load_workbook(BytesIO(raw))


def _xlrd(raw: bytes) -> None:
    xlrd.open_workbook(file_contents=raw, formatting_info=True)


FORMATS = (
    Format("html", ".html", SAMPLES + _published(".html"), Path.read_bytes, _parse, 3),
    Format("docx, python-docx", ".docx", SAMPLES, lambda path: by_python_docx(_page(path)), _python_docx, 3),
    Format("docx, LibreOffice", ".docx", SAMPLES, _by_libre_office, _python_docx, 3),
    Format("pdf, pypdfium2", ".pdf", _published(".pdf"), Path.read_bytes, _pdfium_characters, 1.5),
    Format("pdf, pdfplumber", ".pdf", _published(".pdf"), Path.read_bytes, _pdfplumber_tables, None),
    Format("xlsx, openpyxl", ".xlsx", SAMPLES, lambda path: xlsx(in_one_sheet(_page(path))), _openpyxl, 3),
    Format("xlsx with a formula", ".xlsx", SAMPLES, _calculated, _openpyxl, 3),
    Format("xls, xlwt", ".xls", SAMPLES, lambda path: xls(in_one_sheet(_page(path))), _xlrd, 3),
)


def timed(format_: Format, raw: bytes) -> tuple[float, float]:
    """Seconds of the bare library, and of the reader."""
    bare: list[float] = []
    read: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        format_.bare(raw)
        middle = time.process_time()
        read_bytes(raw, f"report{format_.suffix}", LABELS)
        bare.append(middle - start)
        read.append(time.process_time() - middle)
    return min(bare), min(read)


def lines() -> Iterator[str]:
    """A line a file and format."""
    yield f"{'format':18} {'file':24} {'size':>7} {'bare':>9} {'reading':>9} {'ratio':>6} {'bound':>5} {'a page':>8}"
    for format_ in FORMATS:
        for sample in format_.samples:
            raw = format_.write(sample)
            if raw is None:
                continue
            bare, read = timed(format_, raw)
            pages = format_.bare(raw)
            page = f"{read * 1000 / pages:5.1f} ms" if isinstance(pages, int) else ""
            yield (
                f"{format_.name:18} {sample.name:24} {len(raw) / 1000:4.0f} kB {bare * 1000:6.2f} ms"
                f" {read * 1000:6.2f} ms {read / bare:6.2f} {format_.bound or '':>5} {page:>8}"
            )


if __name__ == "__main__":
    gc.freeze()  # as gk extract does at its start
    gc.set_threshold(50_000, 20, 100)
    for line in lines():
        print(line, flush=True)
