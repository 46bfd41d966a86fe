"""A file to a document: what kind it is, who reads it, and a clear refusal where nobody can."""

import hashlib
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from gk_pipeline.documents import html, markdown, text, xls, xlsx
from gk_pipeline.documents.document import Block, Document, Unreadable
from gk_pipeline.documents.media_type import NAMES, media_type
from gk_pipeline.documents.reading import Reading

MAX_BYTES = 50_000_000

READERS: dict[str, Callable[[bytes, Sequence[str]], Reading]] = {
    "text/plain": text.read,
    "text/markdown": markdown.read,
    "text/html": html.read,
    "application/vnd.ms-excel": xls.read,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": xlsx.read,
}
"""Who reads which media type; another format is one more module and one more line."""

_BLANK_BYTES = b" \t\r\n\f\v\0\xef\xbb\xbf\xfe\xff"


def read_path(path: Path, expected: Sequence[str]) -> Document:
    """The document in a file, or `Unreadable`; `expected` are labels of the form, by which encodings are told apart.

    The messages leave the path out, so that they are the same wherever the folder lies.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable("directory", "It is a folder, not a file.", "Give the files in it, or let it be listed.")
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("not_a_file", "It is a device or a pipe, not a file.", "Copy its content into a file.")
        if status.st_size > MAX_BYTES:
            raise _too_large(status.st_size)
        with path.open("rb") as file:
            raw = file.read(status.st_size + 1)
            if len(raw) > status.st_size:  # it has grown meanwhile
                raw += file.read(MAX_BYTES + 1 - len(raw))
    except FileNotFoundError as error:
        raise Unreadable(
            "vanished", "The file is not there (any more).", "Check the path, or copy the file back and run again."
        ) from error
    except PermissionError as error:
        raise Unreadable(
            "permission_denied", "The file may not be read by this user.", "Give the user read permission on it."
        ) from error
    except OSError as error:
        raise Unreadable(
            "io_error", f"The system could not read the file: {error.strerror}.", "Check the disk and the path."
        ) from error
    return read_bytes(raw, path.name, expected)


def read_bytes(raw: bytes, name: str, expected: Sequence[str]) -> Document:
    """The document in the bytes of a file called `name`, or `Unreadable`."""
    if len(raw) > MAX_BYTES:
        raise _too_large(len(raw))
    if not raw.strip(_BLANK_BYTES):
        raise Unreadable("empty", "The file is empty or holds nothing but blanks.", "Fetch it again from its source.")
    kind = media_type(raw, name)
    reader = READERS.get(kind)
    if reader is None:
        raise Unreadable(
            "no_reader",
            f"The file is {NAMES[kind]}, for which there is no reader.",
            "Save it as HTML or as UTF-8 text and give that file instead.",
        )
    reading = reader(raw, expected)
    if not any(_has_text(block) for block in reading.blocks):
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


def _has_text(block: Block) -> bool:
    return bool(block.text) or any(cell.text for cell in block.cells)


def _too_large(size: int) -> Unreadable:
    return Unreadable(
        "too_large",
        f"The file has {size / 1e6:,.1f} MB or more; files up to {MAX_BYTES / 1e6:.0f} MB are read.",
        "No report is that large: take the report out of the archive or the page around it.",
    )
