"""Under which names the files of an archive are listed.

What an archive stores is only a name: parts that would lead out of it are dropped, so that no path of ours escapes.
"""

from collections import Counter
from pathlib import PurePosixPath
from zipfile import ZipInfo

MAX_NAME = 1_000
"""Bytes in UTF-8: what Windows and Linux write to disk is shorter, and an index of a database holds less than 2,700."""
MAX_FOLDERS = 20

_UTF8_NAME = 0x800
_SHOWN = 60
"""Characters that are left of a name that is too long."""


class Names:
    """Gives each file of an archive a name of its own: those by one name are numbered, for each is read."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._alike: Counter[str] = Counter()

    def own(self, name: str) -> str:
        """The name, cut if it is too long, and numbered when it was given before."""
        if is_too_long(name):
            name = f"{name[:_SHOWN].rstrip('/')}…"
        numbered, path = name, PurePosixPath(name)
        while numbered in self._given:
            self._alike[name] += 1
            numbered = path.with_stem(f"{path.stem} ({self._alike[name] + 1})").as_posix()
        self._given.add(numbered)
        return numbered


def name_of(info: ZipInfo) -> str:
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


def is_too_long(name: str) -> bool:
    """Whether a name is longer, or leads through more folders, than any that a person gave."""
    return len(name.encode("utf-8", "surrogatepass")) > MAX_NAME or name.count("/") > MAX_FOLDERS


def is_hidden(name: str) -> bool:
    """Whether a folder's list leaves it out as well, or macOS packed it beside a file."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _printable(part: str) -> str:
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in part)
