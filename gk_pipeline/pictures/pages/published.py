"""A folder that is written whole or not at all, and only over one of ours."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARKER = ".gk-pages"
"""The file that says that a folder was written by us, and may be written anew."""
_SAID = "This folder is written anew by `gk pages`; whatever else is put into it is lost.\n"


class NotOurFolder(ValueError):
    """A folder holds something else than pages of ours; the message says what to do."""


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """An empty folder to write into, which takes the place of `folder` when all went well; else nothing changes.

    Raises NotOurFolder, before anything is written, where the place is taken by something else.
    """
    folder = folder.absolute()
    staged, old = (folder.with_name(f".{folder.name}.{word}") for word in ("staged", "old"))
    for place in (folder, staged, old):
        _hold_ours(place)
    for leftover in (staged, old):
        shutil.rmtree(leftover, ignore_errors=True)
    staged.mkdir(parents=True)
    (staged / MARKER).write_text(_SAID, encoding="utf-8")
    try:
        yield staged
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    if folder.exists():
        folder.rename(old)
    staged.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _hold_ours(place: Path) -> None:
    if not place.exists() and not place.is_symlink():
        return
    if place.is_dir() and not place.is_symlink() and ((place / MARKER).is_file() or not any(place.iterdir())):
        return
    raise NotOurFolder(f"{place} holds something else than pages of ours (it has no {MARKER}). Give another folder.")
