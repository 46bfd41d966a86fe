"""A report on paper, written in each format."""

import zipfile
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from documents import pdf_paper, workbooks
from documents.word import OFFICE, by_office, by_python_docx
from tables import writers
from tables.paper import Page


@dataclass(frozen=True)
class Format:
    """How people call a format, and how a report is written in it."""

    name: str
    suffix: str
    write: Callable[[Page], bytes]


def web_archive(page: str) -> bytes:
    """A page saved in one file."""
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\n'
    part = f"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{b64encode(page.encode()).decode()}"
    return f"{head}{part}\r\n--x--\r\n".encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return made.getvalue()


def old_word(sheet: Page) -> bytes:
    """A .doc, as LibreOffice saves it."""
    with TemporaryDirectory() as folder:
        return by_office(by_python_docx(sheet), "doc", "doc:MS Word 97", Path(folder))


FORMATS: dict[str, Format] = {
    "text": Format("text", ".txt", lambda sheet: writers.tabs(sheet).encode()),
    "markdown": Format("Markdown", ".md", lambda sheet: writers.markdown(sheet).encode()),
    "html": Format("HTML", ".html", lambda sheet: writers.html(sheet).encode()),
    "mht": Format("MHT", ".mht", lambda sheet: web_archive(writers.html(sheet))),
    "pdf": Format("PDF, rules", ".pdf", pdf_paper.ruled),
    "pdf-plain": Format("PDF, no rules", ".pdf", pdf_paper.aligned),
    "docx": Format("Word", ".docx", by_python_docx),
    **({"doc": Format("Word 97", ".doc", old_word)} if OFFICE else {}),
    "xlsx": Format("Excel", ".xlsx", lambda sheet: workbooks.xlsx(workbooks.in_one_sheet(sheet))),
    "csv": Format("CSV", ".csv", workbooks.csv),
    "xls": Format("Excel 97", ".xls", lambda sheet: workbooks.xls(workbooks.in_one_sheet(sheet))),
}
"""Every format that a report can be written in here; of .doc only where LibreOffice is installed."""
