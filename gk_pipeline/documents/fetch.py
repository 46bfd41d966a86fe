"""The bytes at a path, of a file or of one inside an archive, and a clear refusal where they cannot be had."""

import hashlib
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gk_pipeline.documents.archive import archive_of, check_archive, open_in, unpacked
from gk_pipeline.documents.document import Unreadable

MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a file before it is read: `sha256` is None when its bytes could not be fetched.

    `modified` is in UTC; of a file in an archive it is the archive's.
    """

    sha256: str | None = None
    size: int | None = None
    modified: datetime | None = None


def fetch(path: Path) -> bytes:
    """The bytes at a path, or `Unreadable`."""
    try:
        inside = archive_of(path)
        return _bytes_of_file(path) if inside is None else _bytes_in(*inside)
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


def _bytes_of_file(path: Path) -> bytes:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode) and path.is_symlink():
        raise Unreadable(
            "directory", "It is a link to a folder, which is not followed.", "Put the folder itself here, or its files."
        )
    if stat.S_ISDIR(status.st_mode):
        raise Unreadable("directory", "It is a folder, not a file.", "Give the files in it, or let it be listed.")
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("not_a_file", "It is a device or a pipe, not a file.", "Copy its content into a file.")
    check_archive(path)
    if status.st_size > MAX_BYTES:
        raise too_large(status.st_size)
    with path.open("rb") as file:
        raw = file.read(status.st_size + 1)
        if len(raw) > status.st_size:  # it has grown meanwhile
            raw += file.read(MAX_BYTES + 1 - len(raw))
    return raw


def _bytes_in(archive: Path, name: str) -> bytes:
    member = open_in(archive, name)
    if member.info.file_size > MAX_BYTES:
        raise too_large(member.info.file_size)
    return unpacked(member, MAX_BYTES + 1)


def identify(path: Path) -> Stored:
    """Name the bytes at a path by their sha256; those of a plain file are never held."""
    try:
        inside = archive_of(path)
        status = (path if inside is None else inside[0]).stat()
        modified = datetime.fromtimestamp(status.st_mtime, UTC).replace(tzinfo=None)
        if inside is not None:
            return _identify_in(*inside, modified)
        # A pipe would keep us waiting for ever.
        if status.st_size > MAX_BYTES or not stat.S_ISREG(status.st_mode):
            return Stored(None, status.st_size, modified)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
    except OSError:
        return Stored()
    return Stored(digest.hexdigest(), status.st_size, modified)


def _identify_in(archive: Path, name: str, modified: datetime) -> Stored:
    try:
        raw = _bytes_in(archive, name)
    except Unreadable:
        return Stored(None, None, modified)
    return Stored(hashlib.sha256(raw).hexdigest(), len(raw), modified)


def too_large(size: int) -> Unreadable:
    """The refusal of a file of that many bytes."""
    return Unreadable(
        "too_large",
        f"The file has {size / 1e6:,.1f} MB or more; files up to {MAX_BYTES / 1e6:.0f} MB are read.",
        "No report is that large: take the report out of the archive or the page around it.",
    )
