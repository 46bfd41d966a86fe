"""The parts of an Office file of 2007 and later: a ZIP archive of XML, opened within bounds and without entities."""

import posixpath
import re
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
MAX_ELEMENTS = 6_000_000
"""XML elements of all parts together: what bounds the time it takes."""

_CHUNK = 1 << 18
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
        try:
            self._archive = ZipFile(BytesIO(raw))
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damaged(error) from error
        self._names = {name.lower().lstrip("/"): name for name in self._archive.namelist()}
        self._bytes_left = MAX_EXPANDED
        self._elements_left = MAX_ELEMENTS

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
        self.parse(
            part,
            lambda name, attributes: builder.start(
                name, {key[key.find(":") + 1 :]: attributes[key] for key in attributes}
            ),
            builder.end,
            builder.data,
        )
        return builder.close()

    def parse(self, part: str, start: Start, end: End, data: Data) -> None:
        """Hand the elements of a part over as they come, under their local names; attributes keep their prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype

        def started(name: str, attributes: dict[str, str]) -> None:
            self._elements_left -= 1
            if self._elements_left < 0:
                raise too_large(f"more than {MAX_ELEMENTS:,} elements")
            start(name[name.find(":") + 1 :], attributes)

        parser.StartElementHandler = started
        parser.EndElementHandler = lambda name: end(name[name.find(":") + 1 :])
        parser.CharacterDataHandler = data
        try:
            with self._archive.open(self._names[part.lower()]) as stream:
                while chunk := stream.read(_CHUNK):
                    self._bytes_left -= len(chunk)
                    if self._bytes_left < 0:
                        raise too_large(f"more than {MAX_EXPANDED / 1e6:.0f} MB of content")
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError, expat.ExpatError) as error:
            raise damaged(error) from error
        except RuntimeError as error:  # how zipfile says that a member has a password
            raise encrypted() from error


def unescaped(text: str) -> str:
    """A text of a workbook with the characters that XML cannot hold: `_x000D_` is a carriage return."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _no_doctype(*_: object) -> NoReturn:
    raise Unreadable(
        "entities",
        "The file declares entities of its own, as no office program does; they may be a bomb.",
        "Fetch it again from its source, or open it in an office program and save it anew.",
    )
