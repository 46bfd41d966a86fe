"""A folder that is written whole or not at all, by one at a time, and only over one of ours."""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARKER = ".gk-pages"
"""The file that says that a folder was written by us, and may be written anew."""
_SAID = "This folder is written anew by `gk pages`; whatever else is put into it is lost.\n"
_NAMES = re.compile(r"pages\.(css|js)|(index|reports|years/\d{4}|reports/\d{4}/\d+)\.html")
"""The files of a site."""
_HEAD = re.compile(
    rb"<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta [^>]*>\s*<meta http-equiv=\"Content-Security-Policy\""
)
"""How every page of a site begins, and hardly another one does."""


class NotOurFolder(ValueError):
    """A folder holds something else than pages of ours; the message says what to do."""


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """An empty folder to write into, which takes the place of `folder` when all went well; else nothing changes.

    Who comes while another writes there waits for it. What a killed writer left beside the folder is removed. Raises
    NotOurFolder, before anything is written, where the place is taken by something else.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent):
        _hold_ours(folder)
        prefix = f".{folder.name}.being-written-"
        for leftover in [path for path in folder.parent.iterdir() if path.name.startswith(prefix)]:
            if (leftover / MARKER).is_file():
                _clear(leftover, folder)
        beside = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
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


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Hold the folder in which sites are written; the lock leaves no file and ends with the process."""
    handle = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)  # processes forked meanwhile hold it too
        os.close(handle)


def _clear(beside: Path, folder: Path) -> None:
    """Remove what a writer has beside the folder, the marker last; what it moved away and did not replace goes back."""
    old = beside / "old"
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    for inner in (old, beside / "staged"):
        shutil.rmtree(inner, ignore_errors=True)
    (beside / MARKER).unlink()
    beside.rmdir()


def _hold_ours(place: Path) -> None:
    if not place.exists() and not place.is_symlink():
        return
    if place.is_dir() and not place.is_symlink() and _is_ours(place):
        return
    raise NotOurFolder(f"{place} holds something else than pages of ours (it has no {MARKER}). Give another folder.")


def _is_ours(folder: Path) -> bool:
    """Whether a folder has the marker, is empty, or holds only pages of ours: the broken site of a killed writer.

    Every file has a name of ours then, and every page begins as ours do.
    """
    if (folder / MARKER).is_file() or not any(folder.iterdir()):
        return True
    files = [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    named = all(_NAMES.fullmatch(path.relative_to(folder).as_posix()) and path.is_file() for path in files)
    pages = [path for path in files if path.suffix == ".html"]
    return named and bool(pages) and all(map(_begins_as_ours, pages))


def _begins_as_ours(page: Path) -> bool:
    with page.open("rb") as opened:
        return _HEAD.match(opened.read(400)) is not None
