"""A ZIP archive is a folder: its files are listed and read as `reports.zip/town.html`, and nothing is unpacked to disk.

A name inside an archive is only a name: parts that would lead out of it are dropped, so that no path of ours escapes.
"""

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from gk_pipeline.documents.document import Unreadable

MAX_MEMBERS = 2_000
MAX_EXPANDED = 500_000_000
"""Bytes that all files of an archive may unpack to."""
MAX_INNER = 50_000_000
"""Bytes of an archive in an archive, which is held in memory."""
MAX_DEPTH = 2

_ZIP = b"PK\x03\x04"
_PARTS_OF_DOCUMENTS = frozenset(("[Content_Types].xml", "mimetype", "OFD.xml"))
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_CANNOT_UNPACK = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, ValueError, OSError, EOFError)
"""What zipfile raises of archives that are broken or packed in a way it does not know."""


class Member(NamedTuple):
    """A file in an archive."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo


def files_in(path: Path) -> list[Path]:
    """The files in an archive, sorted; none when the path is no archive, or one that is empty or cannot be opened."""
    try:
        members = _members_at(path) or {}
    except Unreadable:
        return []
    return [path / name for name in sorted(members)]


def archive_of(path: Path) -> tuple[Path, str] | None:
    """The archive that a path leads into, and the name in it; None for a path that leads into none."""
    return next(((parent, path.relative_to(parent).as_posix()) for parent in path.parents if parent.is_file()), None)


def exists(path: Path) -> bool:
    """Whether there is a file or folder at a path, in an archive too."""
    if path.exists():
        return True
    inside = archive_of(path)
    if inside is None:
        return False
    archive, name = inside
    try:
        members = _members_at(archive) or {}
    except Unreadable:
        return False
    return any(one == name or one.startswith(f"{name}/") for one in members)


def open_in(archive: Path, name: str) -> Member:
    """A file in an archive. Raises `Unreadable`, or FileNotFoundError when the archive has no such file."""
    member = (_members_at(archive) or {}).get(name)
    if member is None:
        raise FileNotFoundError(f"{archive} holds no file {name}")
    return member


def unpacked(member: Member, most: int) -> bytes:
    """The bytes of a file in an archive, at most `most`; raises `Unreadable`."""
    if member.info.flag_bits & _ENCRYPTED:
        raise Unreadable(
            "encrypted", "The file is locked with a password inside its archive.", "Unpack it with the password."
        )
    try:
        with member.archive.open(member.info) as file:
            return file.read(most)
    except _CANNOT_UNPACK as error:
        raise _damaged(str(error)) from error


def check_archive(path: Path) -> None:
    """Raise `Unreadable` if the path is an archive that cannot be opened or exceeds a bound."""
    _members_at(path)


def _members_at(path: Path) -> Mapping[str, Member] | None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
            return None
        with path.open("rb") as file:
            if file.read(len(_ZIP)) != _ZIP:
                return None
    except OSError:
        return None
    return _opened(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=2)
def _opened(path: Path, _size: int, _modified: int) -> Mapping[str, Member] | None:
    """The members of an archive as long as the file stays the same; None if the file is a document."""
    try:
        archive = zipfile.ZipFile(path)
    except _CANNOT_UNPACK as error:
        raise _damaged(str(error)) from error
    if _is_document(archive):
        return None
    members: dict[str, Member] = {}
    expanded = 0
    for name, member in _walk(archive, 1):
        expanded += member.info.file_size
        if len(members) == MAX_MEMBERS or expanded > MAX_EXPANDED:
            raise Unreadable(
                "archive_too_large",
                f"The archive holds more than {MAX_MEMBERS:,} files, or unpacks to over {MAX_EXPANDED / 1e6:.0f} MB.",
                "Unpack it by hand if you trust it, and put the reports themselves into the folder.",
            )
        members[_unique(name, members)] = member
    return members


def _is_document(archive: zipfile.ZipFile) -> bool:
    """Word, Excel, OpenDocument and OFD files are archives too."""
    return any(info.filename in _PARTS_OF_DOCUMENTS for info in archive.infolist())


def _walk(archive: zipfile.ZipFile, depth: int) -> Iterator[tuple[str, Member]]:
    for info in archive.infolist():
        name = _name(info)
        if info.is_dir() or not name or _is_hidden(name):
            continue
        member = Member(archive, info)
        inner = _inner(member)
        if inner is None or depth == MAX_DEPTH:  # a deeper one is a file, which no reader takes
            yield name, member
        else:
            for inner_name, inner_member in _walk(inner, depth + 1):
                yield f"{name}/{inner_name}", inner_member


def _inner(member: Member) -> zipfile.ZipFile | None:
    """The archive that a member is, if it can be opened; else it stays a file, and its reader says what is wrong."""
    if member.info.file_size > MAX_INNER or member.info.flag_bits & _ENCRYPTED:
        return None
    try:
        with member.archive.open(member.info) as file:
            head = file.read(len(_ZIP))
            if head != _ZIP:
                return None
            inner = zipfile.ZipFile(BytesIO(head + file.read(MAX_INNER)))
    except _CANNOT_UNPACK:
        return None
    return None if _is_document(inner) else inner


def _damaged(reason: str) -> Unreadable:
    return Unreadable(
        "damaged", f"The archive is damaged ({reason}).", "Fetch it again from its source, or pack the files again."
    )


def _name(info: zipfile.ZipInfo) -> str:
    """The name as path parts that stay inside; Chinese Windows writes names in GBK and does not say so."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        stored = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = stored.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(_printable(part) for part in parts if part not in ("/", "..", "."))


def _printable(part: str) -> str:
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in part)


def _is_hidden(name: str) -> bool:
    """What a folder's list leaves out as well, and what macOS packs beside each file."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _unique(name: str, taken: Mapping[str, Member]) -> str:
    """The name, numbered when the archive holds several files by it: each is read."""
    if name not in taken:
        return name
    path = PurePosixPath(name)
    return next(
        numbered
        for count in range(2, MAX_MEMBERS + 2)
        if (numbered := path.with_stem(f"{path.stem} ({count})").as_posix()) not in taken
    )
