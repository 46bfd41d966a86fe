"""A ZIP archive is a folder: its files are listed and read as `reports.zip/town.html`, and nothing is unpacked to disk.

Lists are made in the process of a command or of Dagster, so an archive is bounded before it is looked into; an archive
in it is unpacked anew for what is read of it, and not kept.
"""

import lzma
import stat
import struct
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gk_pipeline.documents.archive_names import MAX_FOLDERS, MAX_NAME, Names, is_hidden, is_too_long, name_of
from gk_pipeline.documents.document import Unreadable, damaged

MAX_MEMBERS = 2_000
MAX_ENTRIES = 10_000
"""Files and folders, hidden ones too, of an archive and of those in it."""
MAX_EXPANDED = 500_000_000
"""Bytes that all files of an archive, and of those in it, may unpack to; and of the archive itself."""
MAX_INNER = 50_000_000
"""Bytes of an archive in an archive, which is held in memory while it is looked into."""
MAX_DIRECTORY = 4_000_000
"""Bytes of the list of files that an archive ends with, which is parsed whole before anything can be told of it."""
MAX_DEPTH = 2

_ZIP = b"PK\x03\x04"
_PARTS_OF_DOCUMENTS = frozenset(("[Content_Types].xml", "mimetype", "OFD.xml"))
_ENCRYPTED = 0x1
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways of packing of which no more is unpacked than is asked for."""
_CANNOT_UNPACK = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError),
    *(ValueError, OverflowError, OSError, EOFError),
)
"""What zipfile raises of archives that are broken or packed in a way it does not know."""


class Member(NamedTuple):
    """A file in an archive; `within` is the file of `archive` that holds it, where that is an archive too."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    within: "Member | None" = None


class _Listed(NamedTuple):
    """The files of an archive by name, and their names in order."""

    members: Mapping[str, Member]
    names: tuple[str, ...]


def files_in(path: Path) -> list[Path]:
    """The files in an archive, sorted; none when the path is no archive, or one that is empty or cannot be opened."""
    try:
        listed = _listed_at(path)
    except Unreadable:
        return []
    return [] if listed is None else [path / name for name in listed.names]


def archive_of(path: Path) -> tuple[Path, str] | None:
    """The file that a path leads into as if it were a folder, and the name in it; None for a path that leads into none.

    The system is asked from the top, and so never about a name inside an archive: it refuses those that are too long.
    """
    for parent in reversed(path.parents):
        mode = _mode(parent)
        if mode is None:
            return None
        if stat.S_ISREG(mode):
            return parent, path.relative_to(parent).as_posix()
    return None


def _mode(path: Path) -> int | None:
    """What the system says is at a path; None for nothing, or a name that it cannot have."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def exists(path: Path) -> bool:
    """Whether there is a file or folder at a path, in an archive too."""
    inside = archive_of(path)
    if inside is None:
        return _mode(path) is not None
    archive, name = inside
    try:
        listed = _listed_at(archive)
    except Unreadable:
        return False
    if listed is None:
        return False
    after = bisect_left(listed.names, f"{name}/")
    return name in listed.members or any(one.startswith(f"{name}/") for one in listed.names[after : after + 1])


def open_in(archive: Path, name: str) -> Member:
    """A file in an archive. Raises `Unreadable`, or FileNotFoundError when the archive has no such file."""
    listed = _listed_at(archive)
    if listed is None or name not in listed.members:
        raise FileNotFoundError(f"{archive} holds no file {name}")
    return listed.members[name]


def unpacked(member: Member, most: int) -> bytes:
    """The bytes of a file in an archive, at most `most`; raises `Unreadable`."""
    if is_too_long(_name_in_full(member)):
        raise Unreadable(
            "name_too_long",
            f"The file's name in its archive has more than {MAX_NAME:,} bytes or more than {MAX_FOLDERS} folders.",
            "If it is a report, unpack it and give it a short name.",
        )
    if member.info.flag_bits & _ENCRYPTED:
        raise Unreadable(
            "encrypted", "The file is locked with a password inside its archive.", "Unpack it with the password."
        )
    if member.info.compress_type not in _BOUNDED:
        raise Unreadable(
            "unusual_packing",
            "The file is packed in its archive in a way other than that of ordinary ZIP files (Deflate).",
            "Unpack it, and give the file itself or pack it again as an ordinary ZIP.",
        )
    archive = member.archive if member.within is None else _inner(member.within)
    try:
        with archive.open(member.info) as file:
            return file.read(most)
    except _CANNOT_UNPACK as error:
        raise damaged(error) from error


def check_archive(path: Path) -> None:
    """Raise `Unreadable` if the path is an archive that cannot be opened or exceeds a bound."""
    _listed_at(path)


def _listed_at(path: Path) -> _Listed | None:
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
def _opened(path: Path, size: int, _modified: int) -> _Listed | None:
    """The members of an archive as long as the file stays the same; None if the file is a document."""
    if size > MAX_EXPANDED:
        raise _too_large()
    try:
        with path.open("rb") as file:
            _check_directory(file)
        archive = zipfile.ZipFile(path)
    except _CANNOT_UNPACK as error:
        raise _no_whole_archive(error) from error
    if _is_document(archive):
        return None
    members: dict[str, Member] = {}
    names = Names()
    for name, member in _walk(archive, None, _Spent()):
        if len(members) == MAX_MEMBERS:
            raise _too_large()
        members[names.own(name)] = member
    return _Listed(members, tuple(sorted(members)))


def _check_directory(file: BinaryIO) -> None:
    """Raise `Unreadable` where an archive ends with a longer list of files than any; else what zipfile raises."""
    zipfile.ZipFile(_Sparing(file)).close()


class _Sparing:
    """A file as zipfile reads it to open an archive: its end, and then as much as the list of files is said to have."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise _too_large()
        return self._file.read(-1 if size is None else size)


def _is_document(archive: zipfile.ZipFile) -> bool:
    """Word, Excel, OpenDocument and OFD files are archives too."""
    return any(info.filename in _PARTS_OF_DOCUMENTS for info in archive.infolist())


class _Spent:
    """What an archive and those in it hold so far."""

    def __init__(self) -> None:
        self._entries = self._expanded = 0

    def add(self, archive: zipfile.ZipFile) -> None:
        """Count what an archive lists, before anything of it is unpacked; raises `Unreadable`."""
        self._entries += len(archive.infolist())
        self._expanded += sum(info.file_size for info in archive.infolist())
        if self._entries > MAX_ENTRIES or self._expanded > MAX_EXPANDED:
            raise _too_large()


def _walk(archive: zipfile.ZipFile, within: Member | None, spent: _Spent) -> Iterator[tuple[str, Member]]:
    """The files of an archive with their names, and those of the archives in it; `within` is the file that it is."""
    spent.add(archive)
    for info in archive.infolist():
        name = name_of(info)
        if info.is_dir() or not name or is_hidden(name):
            continue
        member = Member(archive if within is None else within.archive, info, within)
        inner = _inner_to_list(member)
        if inner is None:
            yield name, member
        else:
            for inner_name, inner_member in _walk(inner, member, spent):
                yield f"{name}/{inner_name}", inner_member


def _inner_to_list(member: Member) -> zipfile.ZipFile | None:
    """The archive that a member is, if it can be opened; else it stays a file, and its reader says what is wrong."""
    if _depth(member) == MAX_DEPTH or member.info.file_size > MAX_INNER:  # no reader takes a deeper one
        return None
    try:
        if unpacked(member, len(_ZIP)) != _ZIP:
            return None
        inner = _inner(member)
    except Unreadable:
        return None
    return None if _is_document(inner) else inner


def _depth(member: Member) -> int:
    return 1 if member.within is None else 1 + _depth(member.within)


def _name_in_full(member: Member) -> str:
    own = name_of(member.info)
    return own if member.within is None else f"{_name_in_full(member.within)}/{own}"


@lru_cache(maxsize=1)
def _inner(member: Member) -> zipfile.ZipFile:
    """The archive that a member is, in memory until another one is asked for; raises `Unreadable`."""
    raw = unpacked(member, MAX_INNER)
    try:
        _check_directory(BytesIO(raw))
        return zipfile.ZipFile(BytesIO(raw))
    except _CANNOT_UNPACK as error:
        raise _no_whole_archive(error) from error


def _too_large() -> Unreadable:
    return Unreadable(
        "archive_too_large",
        f"The archive holds more than {MAX_MEMBERS:,} files or {MAX_ENTRIES:,} entries, or it or what it unpacks to "
        f"has over {MAX_EXPANDED / 1e6:.0f} MB.",
        "Unpack it by hand if you trust it, and put the reports themselves into the folder.",
    )


def _no_whole_archive(error: BaseException) -> Unreadable:
    """The refusal of a file that only begins like an archive."""
    return damaged(f"it begins like a ZIP archive, as .docx and .xlsx files do, and is no whole one ({error})")
