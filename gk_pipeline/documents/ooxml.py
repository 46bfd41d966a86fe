"""The parts of an Office file of 2007 and later: a ZIP archive of XML, opened within bounds and without entities."""

import lzma
import posixpath
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import NamedTuple, NoReturn
from urllib.parse import unquote
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.refusals import damaged, encrypted, too_large

MAX_EXPANDED = 300_000_000
"""Bytes of all parts together, unpacked."""
MAX_TAGS = 5_000_000
"""Tags of all parts together: what bounds the time it takes."""

MAX_PARTS = 10_000
MAX_TAG = 4_000_000
"""Bytes of a tag or a comment; the parser goes over an unfinished one again with every chunk."""
MAX_DEPTH = 200
"""Elements within each other."""

_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 18
_UNSOUND = (
    BadZipFile, zlib.error, lzma.LZMAError, struct.error, expat.ExpatError,
    EOFError, OSError, NotImplementedError, KeyError, ValueError,
)  # fmt: skip
"""What unpacking and parsing raise of a damaged part."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Start = Callable[[str, Mapping[str, str]], object]
End = Callable[[str], object]
Data = Callable[[str], object]


class Relation(NamedTuple):
    """What a part refers to: the last word of the kind of the relation, and the name of the part."""

    kind: str
    target: str


class Package:
    """The archive; every method raises `Unreadable` where it is damaged or beyond the bounds."""

    def __init__(self, raw: bytes) -> None:
        if raw.count(_ENTRY) > MAX_PARTS:
            raise too_large(f"more than {MAX_PARTS:,} parts")
        try:
            self._archive = ZipFile(BytesIO(raw))
        except (BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
            raise damaged(error) from error
        listed = self._archive.namelist()
        self._names = {name.lower().replace("\\", "/").lstrip("/"): name for name in listed}
        if len(self._names) < len(listed):
            raise damaged("two of its parts have the same name")
        self._bytes_left = MAX_EXPANDED
        self._tags_left = MAX_TAGS

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to inside the archive, by id; `""` is the archive itself. References outwards are left."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if source not in self:
            return {}
        found = {}
        for one in self.tree(source).iter("Relationship"):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", "")))).lstrip("/")
                found[one.get("Id", "")] = Relation(one.get("Type", "").rpartition("/")[2], target)
        return found

    def tree(self, part: str) -> Element:
        """A part as a tree of elements and attributes under their local names."""
        builder = TreeBuilder()
        depth = 0

        def start(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                raise too_large(f"elements nested more than {MAX_DEPTH} deep")
            # Shapes are written with a prefix wherever they stand.
            local = {key[key.find(":") + 1 :]: value for key, value in attributes.items()}
            builder.start(name[name.find(":") + 1 :], local)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            builder.end(name[name.find(":") + 1 :])

        self.parse(part, start, end, builder.data)
        return builder.close()

    def parse(self, part: str, start: Start, end: End, data: Data) -> None:
        """Hand the elements of a part over as they come, under their local names; attributes keep their prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype

        fed = 0

        def root(name: str, attributes: dict[str, str]) -> None:
            if ":" in name:  # few programs write prefixes, and looking for them takes as long as all the rest
                parser.StartElementHandler = lambda name, attributes: start(name[name.find(":") + 1 :], attributes)
                parser.EndElementHandler = lambda name: end(name[name.find(":") + 1 :])
            else:
                parser.StartElementHandler, parser.EndElementHandler = start, end
            parser.StartElementHandler(name, attributes)

        parser.StartElementHandler = root
        parser.CharacterDataHandler = data
        try:
            with self._archive.open(self._names[part.lower()]) as stream:
                while chunk := stream.read(_CHUNK):
                    self._bytes_left -= len(chunk)
                    self._tags_left -= chunk.count(b"<")
                    if self._bytes_left < 0:
                        raise too_large(f"more than {MAX_EXPANDED / 1e6:.0f} MB of content")
                    if self._tags_left < 0:
                        raise too_large(f"more than {MAX_TAGS:,} tags")
                    parser.Parse(chunk, False)
                    fed += len(chunk)
                    if fed - parser.CurrentByteIndex > MAX_TAG:
                        raise too_large(f"a tag or a comment of more than {MAX_TAG / 1e6:.0f} MB")
                parser.Parse(b"", True)
        except _UNSOUND as error:
            raise damaged(error) from error
        except RuntimeError as error:  # how zipfile says that a member has a password
            raise encrypted() from error


def unescaped(text: str) -> str:
    """A text of a workbook with the characters that XML cannot hold: `_x000D_` is a carriage return."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def _no_doctype(*_: object) -> NoReturn:
    raise Unreadable(
        "entities",
        "The file declares entities of its own, as no office program does; they may be a bomb.",
        "Fetch it again from its source, or open it in an office program and save it anew.",
    )
