"""Which files a person means who names files, folders and archives."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from gk_pipeline.documents.archive import archive_of, exists, files_in

_DATA = ("json", "jsonl", "ndjson", "parquet", "db", "sqlite", "duckdb", "wal", "yaml", "yml", "toml", "ini", "log")
_CODE = ("py", "pyc", "ipynb", "js", "css", "map", "sh", "sql", "woff", "woff2", "ttf", "eot", "svg", "ico")
_LEFT_OVER = ("lnk", "url", "lock", "part", "crdownload", "tmp", "bak", "swp")
_NO_DOCUMENT = frozenset((*_DATA, *_CODE, *_LEFT_OVER))
"""Suffixes of what programs, systems and saved pages leave beside reports; any other may be a report's."""

_MOST_NAMES = 5


_PAGES = (".html", ".htm", ".shtml", ".mht")
_BESIDE_PAGES = ("_files", ".files")
"""What browsers add to the name of a saved page for the folder of its pictures and scripts."""


def is_no_document(path: Path) -> bool:
    """Whether a file that a folder lists is none of a publisher's; such a file is skipped, and told of."""
    return path.suffix[1:].lower() in _NO_DOCUMENT or any(map(_belongs_to_a_page, path.parents))


def _belongs_to_a_page(folder: Path) -> bool:
    page = next((folder.name.removesuffix(end) for end in _BESIDE_PAGES if folder.name.endswith(end)), "")
    return page != "" and any(exists(folder.with_name(page + suffix)) for suffix in _PAGES)


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path that a folder lists is a link to somewhere else: what lies there is not what was filed here.

    A file in an archive is none, and the system is not asked about its name.
    """
    if archive_of(path) is not None or not path.is_symlink():
        return False
    return not path.resolve().is_relative_to(folder.resolve())


LEADS_OUT = "It is a link that leads out of the folder, which is not followed.", "Copy the file itself into the folder."
"""Why such a path is not read, and what to do."""


def told_of_skipped(paths: Sequence[Path]) -> str:
    """How many files of folders are not read and which, in one line, and what to do if one should be."""
    names = ", ".join(path.name for path in paths[:_MOST_NAMES])
    more = f" and {len(paths) - _MOST_NAMES} more" if len(paths) > _MOST_NAMES else ""
    files = "1 file that is" if len(paths) == 1 else f"{len(paths)} files that are"
    return f"Skipped {files} no document by suffix, read all others: {names}{more}. Rename what is a report after all."


def list_files(paths: Sequence[Path]) -> list[Path]:
    """Every file given and every file under a folder given, each once, sorted; hidden ones only if given themselves.

    An archive is a folder, but for one that cannot be opened or is empty. A link to a folder is listed, not followed.
    A path that does not exist, or a folder that cannot be listed, is an error: a list that is short in silence would
    look like a year with fewer reports.
    """
    return sorted({file for path in paths for file in _files_of(path)}, key=Path.as_posix)


def _files_of(path: Path) -> Iterator[Path]:
    archived = archive_of(path) is not None
    if not archived and path.is_dir():
        for file in files_under(path):
            yield from ([] if leads_out(file, path) else files_in(file)) or [file]
    elif exists(path) or (not archived and path.is_symlink()):
        yield from files_in(path) or [path]
    else:
        raise FileNotFoundError(f"{path} does not exist. Check the spelling; relative paths start at {Path.cwd()}.")


def files_under(folder: Path) -> Iterator[Path]:
    """The files under a folder, hidden ones left out; archives are not looked into."""
    for parent, folders, files in os.walk(folder, onerror=_cannot_list):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (Path(parent, name) for name in (*files, *links) if not name.startswith("."))


def _cannot_list(error: OSError) -> None:
    raise OSError(
        error.errno, f"{error.filename} cannot be listed ({error.strerror}). Give this user permission to open it."
    )
