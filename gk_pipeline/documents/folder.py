"""Which files a person means who names files and folders."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_DATA = ("json", "jsonl", "ndjson", "parquet", "db", "sqlite", "duckdb", "wal", "yaml", "yml", "toml", "ini", "log")
_CODE = ("py", "pyc", "ipynb", "js", "css", "map", "sh", "sql", "woff", "woff2", "ttf", "eot", "svg", "ico")
_LEFT_OVER = ("lnk", "url", "lock", "part", "crdownload", "tmp", "bak", "swp")
_NO_DOCUMENT = frozenset((*_DATA, *_CODE, *_LEFT_OVER))
"""Suffixes of what programs, systems and saved pages leave beside reports; any other may be a report's."""

_MOST_NAMES = 5


def is_no_document(path: Path) -> bool:
    """Whether a file that a folder lists is none of a publisher's; such a file is skipped, and told of."""
    return path.suffix[1:].lower() in _NO_DOCUMENT


def told_of_skipped(paths: Sequence[Path]) -> str:
    """How many files of folders are not read and which, in one line, and what to do if one should be."""
    names = ", ".join(path.name for path in paths[:_MOST_NAMES])
    more = f" and {len(paths) - _MOST_NAMES} more" if len(paths) > _MOST_NAMES else ""
    files = "1 file that is" if len(paths) == 1 else f"{len(paths)} files that are"
    return f"Skipped {files} no document by suffix, read all others: {names}{more}. Rename what is a report after all."


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
