"""A file to a document: what kind it is, who reads it, and a clear refusal where nobody can."""

import hashlib
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from gk_pipeline.documents.document import Block, Document, Unreadable
from gk_pipeline.documents.fetch import MAX_BYTES, fetch, too_large
from gk_pipeline.documents.media_type import NAMES, media_type
from gk_pipeline.documents.reading import Reading

READERS = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "multipart/related": "web_archive",
    "application/pdf": "pdf.scanned",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word.docx",
    "application/msword": "word.converted",
    "text/rtf": "word.converted",
    "application/vnd.oasis.opendocument.text": "word.converted",
    "application/x-encrypted-office": "encrypted",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheets.xlsx",
    "application/vnd.ms-excel": "sheets.xls",
    "text/csv": "sheets.separated",
    "image/png": "scan.image",
    "image/jpeg": "scan.image",
    "image/tiff": "scan.image",
}
"""Who reads which media type: a module here with `read(raw, expected) -> Reading`; another format is one more line.

A module is taken in when the first such file comes, since the libraries of some take half a second to load.
"""

MAX_CHARACTERS = 500_000
"""Of text, without markup: a report has some ten thousand; what comes after takes time for each sentence."""

_UNPACK = "Unpack it and give the files in it, or pack them as ZIP."
ADVICE = {
    "application/zip": "Unpack it and give the files in it: it is empty, or an archive too deep in others.",
    "application/x-ole-storage": (
        "If WPS wrote it (.wps, .et), open it there and save it as .docx or .xlsx. If Word or Excel wrote it, it is "
        "damaged: fetch it again, or save it anew."
    ),
    "application/vnd.oasis.opendocument.spreadsheet": "Open it in a spreadsheet program and save it as .xlsx.",
    "application/gzip": _UNPACK,
    "application/vnd.rar": _UNPACK,
    "application/x-7z-compressed": _UNPACK,
}
"""What to do with a file that no reader takes, where that is not to save it in another format."""

_BLANK_BYTES = b" \t\r\n\f\v\0\xef\xbb\xbf\xfe\xff"


def read_path(path: Path, expected: Sequence[str]) -> Document:
    """The document in a file, or `Unreadable`; `expected` are labels of the form, by which encodings are told apart.

    The messages leave the path out, so that they are the same wherever the folder lies.
    """
    return read_bytes(fetch(path), path.name, expected)


def read_bytes(raw: bytes, name: str, expected: Sequence[str]) -> Document:
    """The document in the bytes of a file called `name`, or `Unreadable`."""
    if len(raw) > MAX_BYTES:
        raise too_large(len(raw))
    if not raw.strip(_BLANK_BYTES):
        raise Unreadable("empty", "The file is empty or holds nothing but blanks.", "Fetch it again from its source.")
    kind = media_type(raw, name)
    if kind not in READERS:
        raise Unreadable(
            "no_reader",
            f"The file is {NAMES[kind]}, for which there is no reader.",
            ADVICE.get(kind, "Save it as HTML or as UTF-8 text and give that file instead."),
        )
    reader = import_module(f"gk_pipeline.documents.{READERS[kind]}")
    reading: Reading = reader.read(raw, expected)
    characters = sum(map(_length, reading.blocks))
    if characters > MAX_CHARACTERS:
        raise Unreadable(
            "too_long",
            f"The file has {characters:,} characters of text; no report has more than {MAX_CHARACTERS:,}.",
            "Give the reports of which it is made as files of their own.",
        )
    if characters == 0:
        raise Unreadable(
            "no_text",
            f"The file is {NAMES[kind]}, but there is no text in it.",
            "If the page shows text, scripts or pictures bring it there: save the page after it has loaded.",
        )
    return Document(
        document_id=hashlib.sha256(raw).hexdigest(),
        media_type=kind,
        encoding=reading.encoding,
        title=reading.title,
        source_url=reading.source_url,
        blocks=reading.blocks,
        findings=reading.findings,
    )


def _length(block: Block) -> int:
    """The characters of a block."""
    return sum(len(cell.text) for cell in block.cells) if block.text is None else len(block.text)
