"""A folder that is written whole or not at all, by one at a time, and only over one of ours."""

import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

MARKER = ".gk-pages"
"""The file that says that a folder was written by us, and may be written anew."""
_SAID = "This folder is written anew by `gk pages`; whatever else is put into it is lost.\n"


class NotOurFolder(ValueError):
    """A folder holds something else than pages of ours; the message says what to do."""


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """An empty folder to write into, which takes the place of `folder` when all went well; else nothing changes.

    Who comes while another writes there says so and waits. What a killed writer left beside the folder is removed.
    Raises NotOurFolder, before anything is written, where the place is taken by something else.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        _hold_ours(folder)
        for leftover in [path for path in folder.parent.iterdir() if path.name.startswith(_prefix(folder))]:
            _clear(leftover, folder)
        beside = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
        (beside / MARKER).write_text(_SAID, encoding="utf-8")
        try:
            staged = beside / "staged"
            staged.mkdir()
            (staged / MARKER).write_text(_SAID, encoding="utf-8")
            yield staged
            if folder.exists():
                folder.rename(beside / "old")
            staged.rename(folder)
        finally:
            _clear(beside, folder)


def _prefix(folder: Path) -> str:
    """How the names of the folders begin that writers have beside theirs."""
    return f".{folder.name}.being-written-"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a site, which ends with the process; its file, beside the folder, is there only meanwhile."""
    lock = folder.with_name(f".{folder.name}.being-written.lock")
    handle = _held(lock, folder)
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        fcntl.flock(handle, fcntl.LOCK_UN)  # processes forked meanwhile hold it too
        os.close(handle)


def _held(lock: Path, folder: Path) -> int:
    """The open file of a lock that is held; one that its last holder removed while we waited locks nobody out."""
    while True:
        handle = os.open(lock, os.O_RDONLY | os.O_CREAT, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"Another one is writing {folder}: waiting until it is done.", file=sys.stderr, flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), lock.stat()):
                return handle
        os.close(handle)


def _clear(beside: Path, folder: Path) -> None:
    """Remove what a writer has beside the folder; what it moved away and did not replace goes back.

    It gets another name first, so that workers which outlive their writer find it no more. What cannot be removed
    keeps its marker and is left to the next writer: the site does not depend on it.
    """
    with suppress(OSError):
        if not (beside / MARKER).is_file():
            return
        old = beside / "old"
        if old.is_dir() and not folder.exists():
            old.rename(folder)
        away = beside.rename(beside.with_name(f"{_prefix(folder)}{uuid4().hex}"))
        for inner in (away / "old", away / "staged"):
            shutil.rmtree(inner, ignore_errors=True)
        if [path.name for path in away.iterdir()] == [MARKER]:
            (away / MARKER).unlink()
            away.rmdir()


def _hold_ours(place: Path) -> None:
    """Only a folder with our marker or an empty one may be replaced: whose pages others are, nobody can tell."""
    if not place.exists() and not place.is_symlink():
        return
    if place.is_dir() and not place.is_symlink() and ((place / MARKER).is_file() or not any(place.iterdir())):
        return
    reason = f"{place} is no site that gk pages wrote (it has no {MARKER})."
    raise NotOurFolder(f"{reason} Delete it if nothing in it is needed, or give another folder.")
