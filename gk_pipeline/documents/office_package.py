"""An Office Open XML package: parts bounded before they are expanded, and parsed without entities or the network.

Libraries open packages too, but expand every part, pictures among them, without a bound.
"""

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from gk_pipeline.documents.document import Unreadable, damaged

MAX_MEMBERS = 10_000
MAX_EXPANDED = 100_000_000
"""Bytes of XML, over all parts that are read."""
MAX_TAGS = 1_000_000
MAX_TAG = 1_000_000
"""Bytes from a tag to the next, and of a comment: most parsers go over an unfinished one again with every chunk."""

_CENTRAL_ENTRY = b"PK\x01\x02"
_LONG_TAG = re.compile(rb"<[^<]{%d}" % MAX_TAG)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_UTF_16 = re.compile(rb"\xff\xfe|\xfe\xff|<\0|\0<")
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
"""The namespaces of the strict standard, and those by which everybody else calls the same."""


class Package:
    """The parts of a package, read one at a time; what is wrong with it is `Unreadable`."""

    def __init__(self, raw: bytes) -> None:
        if raw.count(_CENTRAL_ENTRY) > MAX_MEMBERS:
            raise too_large(f"more than {MAX_MEMBERS:,} parts")
        try:
            self._zip = ZipFile(BytesIO(raw))
        except (BadZipFile, ValueError, OSError, RuntimeError, struct.error) as error:
            raise damaged(f"its ZIP directory cannot be read: {error}") from error
        self._left = MAX_EXPANDED
        self._names = [info.filename for info in self._zip.infolist()]

    def main_part(self) -> str:
        """The name of the part that the package is about."""
        found = next(self.related("", "officeDocument"), None)
        if found is None:
            raise damaged("it does not say which of its parts is the document")
        return found

    def related(self, part: str, kind: str) -> Iterator[str]:
        """The names of the parts of a kind (`styles`) that belong to a part; what lies outside is never looked at."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._names:
            return
        for relation in self.tree(relations):
            about = relation.attrib
            if about.get("TargetMode") == "External" or about.get("Type", "").rpartition("/")[2] != kind:
                continue
            target = posixpath.normpath(posixpath.join("/", folder, about.get("Target", ""))).lstrip("/")
            if target in self._names:
                yield target

    def stated_size(self) -> int:
        """The bytes of all parts when expanded, as the archive states them; no part expands to more."""
        return sum(info.file_size for info in self._zip.infolist())

    def markups(self) -> Iterator[tuple[str, bytes]]:
        """Every part that is XML with its name, checked for a library that is to parse it."""
        for part in self._names:
            if part.lower().endswith((".xml", ".rels", ".vml")):
                markup = self.markup(part)
                if _LONG_TAG.search(markup) or any(len(found) > MAX_TAG for found in _COMMENT.findall(markup)):
                    raise too_large(f"a tag or a comment of more than {MAX_TAG / 1e6:.0f} MB")
                yield part, markup

    def tree(self, part: str) -> etree._Element:
        """The root element of a part."""
        markup = self.markup(part)
        for strict, usual in _STRICT:
            markup = markup.replace(strict, usual)
        # Only UTF-8, whatever it declares: in another encoding a DOCTYPE could hide.
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(markup, parser)
        except etree.XMLSyntaxError as error:
            raise damaged(f"its part {part} is no sound XML: {error.msg}") from error

    def markup(self, part: str) -> bytes:
        """A part as UTF-8, within the bounds and without entities of its own."""
        markup = self._expanded(part)
        if _UTF_16.match(markup):
            markup = markup.decode("utf-16-be" if markup[:1] in b"\xfe\0" else "utf-16-le", "replace").encode()
        if b"<!DOCTYPE" in markup:
            raise Unreadable(
                "entities",
                f"The part {part} declares entities of its own, which no office program writes.",
                "Do not trust the file. Open it where that is safe, and save it anew.",
            )
        if markup.count(b"<") > MAX_TAGS:
            raise too_large(f"more than {MAX_TAGS:,} tags")
        return markup

    def _expanded(self, part: str) -> bytes:
        if self._names.count(part) != 1:
            raise damaged(f"it holds {self._names.count(part)} parts called {part}")
        info = self._zip.getinfo(part)
        if info.flag_bits & 1:
            raise encrypted()
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged(f"its part {part} is compressed in a way that no office program uses")
        if info.file_size > self._left:
            raise too_large(f"more than {MAX_EXPANDED / 1e6:.0f} MB of text when expanded")
        try:
            with self._zip.open(info) as member:
                expanded = member.read(self._left + 1)
        except (BadZipFile, ValueError, OSError, RuntimeError, EOFError, zlib.error, struct.error) as error:
            raise damaged(f"its part {part} cannot be expanded: {error}") from error
        self._left -= len(expanded)
        return expanded


def encrypted() -> Unreadable:
    """The refusal of a file that only its password opens."""
    return Unreadable(
        "encrypted", "The file is protected by a password.", "Open it with the password and save it without one."
    )


@contextmanager
def libraries_fault() -> Iterator[None]:
    """Around calls of a library that fails on damaged files with whatever comes first: the file is damaged then.

    Our own code stays out of it, or its faults would be told as the file's.
    """
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise damaged(f"its sheets cannot be read ({error})") from error


def too_large(how: str) -> Unreadable:
    """The refusal of a file that holds more than any report."""
    return Unreadable(
        "too_large",
        f"The file holds {how}; no report comes near that.",
        "Save the report itself, alone, without the blank rows and columns behind a table.",
    )
