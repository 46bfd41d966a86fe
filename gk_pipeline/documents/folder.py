"""Which files a person means who names files and folders."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path


def list_files(paths: Sequence[Path]) -> list[Path]:
    """Every file given and every file under a folder given, each once, sorted; hidden ones only if given themselves.

    A path that does not exist, or a folder that cannot be listed, is an error: a list that is short in silence would
    look like a year with fewer reports.
    """
    return sorted({file for path in paths for file in _files_of(path)}, key=Path.as_posix)


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from _files_under(path)
    elif path.exists() or path.is_symlink():
        yield path
    else:
        raise FileNotFoundError(f"{path} does not exist. Check the spelling; relative paths start at {Path.cwd()}.")


def _files_under(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=_cannot_list):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in files if not name.startswith("."))


def _cannot_list(error: OSError) -> None:
    raise OSError(
        error.errno, f"{error.filename} cannot be listed ({error.strerror}). Give this user permission to open it."
    )
