"""Time the reader of each format beside the same library doing only its own part, in one process after start-up.

Both are timed turn by turn in seconds of the processor, so that a busy machine slows both. Prints the fastest of each
and the ratio. Files are the samples of data/raw, written as the tests write them.
"""

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
import xlrd  # noqa: E402
from documents.word import OFFICE, by_office, by_python_docx, on_paper  # noqa: E402
from documents.workbooks import in_one_sheet, xls, xlsx  # noqa: E402
from docx import Document as PythonDocx  # noqa: E402

from gk_pipeline.documents.read import read_bytes, read_path  # noqa: E402
from gk_pipeline.documents.stage import form_labels  # noqa: E402
from gk_pipeline.forms import shipped_forms  # noqa: E402

ROUNDS = 30
SAMPLES = ("2023/shuyang_ndrc.html", "2023/suqian.html", "2024/huaian.html")
LABELS = form_labels(shipped_forms())


class Format(NamedTuple):
    """A way to write a sample, the library's own part of reading it, and how many times that reading may take.

    `write` gives None where the program for it is not installed.
    """

    name: str
    suffix: str
    write: Callable[[Path], bytes | None]
    bare: Callable[[bytes], object]
    bound: float


def _page(path: Path) -> list:
    return on_paper(read_path(path, LABELS).blocks)


def _by_libre_office(path: Path) -> bytes | None:
    if not OFFICE:
        return None
    with TemporaryDirectory() as folder:
        return by_office(by_python_docx(_page(path)), "docx", "docx:MS Word 2007 XML", Path(folder))


def _python_docx(raw: bytes) -> object:
    return PythonDocx(BytesIO(raw))


def _calculated(path: Path) -> bytes:
    """A report whose last cell is a formula, for which a workbook is loaded twice."""
    book = openpyxl.load_workbook(BytesIO(xlsx(in_one_sheet(_page(path)))))
    book.active.append(["合计", "=1+1"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _openpyxl(raw: bytes) -> object:
    return openpyxl.load_workbook(BytesIO(raw))


def _xlrd(raw: bytes) -> object:
    return xlrd.open_workbook(file_contents=raw, formatting_info=True)


FORMATS = (
    Format("docx, python-docx", ".docx", lambda path: by_python_docx(_page(path)), _python_docx, 3),
    Format("docx, LibreOffice", ".docx", _by_libre_office, _python_docx, 3),
    Format("xlsx, openpyxl", ".xlsx", lambda path: xlsx(in_one_sheet(_page(path))), _openpyxl, 3),
    Format("xlsx with a formula", ".xlsx", _calculated, _openpyxl, 4),
    Format("xls, xlwt", ".xls", lambda path: xls(in_one_sheet(_page(path))), _xlrd, 3),
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
    yield f"{'format':20} {'file':26} {'size':>8} {'bare':>10} {'reading':>10} {'ratio':>6} {'bound':>6}"
    for format_ in FORMATS:
        for sample in SAMPLES:
            raw = format_.write(REPOSITORY / "data" / "raw" / sample)
            if raw is None:
                continue
            bare, read = timed(format_, raw)
            yield (
                f"{format_.name:20} {sample:26} {len(raw) / 1000:5.0f} kB {bare * 1000:7.2f} ms {read * 1000:7.2f} ms"
                f" {read / bare:6.2f} {format_.bound:6.1f}"
            )


if __name__ == "__main__":
    gc.freeze()  # as gk extract does at its start
    gc.set_threshold(50_000, 20, 100)
    for line in lines():
        print(line, flush=True)
