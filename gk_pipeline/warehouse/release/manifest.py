"""What the files of a release must be, byte for byte, and which code made them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import gk_pipeline
from gk_pipeline.storage.located import NoFacts
from gk_pipeline.storage.parquet import sha256_of

MANIFEST = "manifest.json"


class NoRelease(NoFacts):
    """A folder is no release, or not the one that was made; the message says what is the matter."""


@dataclass(frozen=True)
class Code:
    """The program that made a release: its version, and the sha256 over its own files."""

    version: str
    sha256: str


@dataclass(frozen=True)
class ReleasedFile:
    """A file of a release; `rows` of one that is no table is null."""

    sha256: str
    bytes: int
    rows: int | None


@dataclass(frozen=True)
class ReleaseManifest:
    """A release's name, the code that made it, and each of its files by path."""

    name: str
    code: Code
    files: Mapping[str, ReleasedFile]

    def save(self, folder: Path) -> None:
        """Write it into the folder of the release."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "ReleaseManifest":
        """The manifest of a release; raises NoRelease where there is none that can be read."""
        try:
            told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            files = {path: ReleasedFile(**file) for path, file in told["files"].items()}
            return cls(told["name"], Code(**told["code"]), files)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NoRelease(f"{folder} is no release: {MANIFEST} cannot be read ({type(error).__name__}).") from error

    def sound_file(self, folder: Path, path: str) -> Path:
        """A file of the release; raises NoRelease when it is gone or not the one that was released."""
        if path not in self.files or not (folder / path).is_file():
            raise NoRelease(f"{folder / path} is gone: fetch the release again.")
        if sha256_of(folder / path) != self.files[path].sha256:
            raise NoRelease(f"{folder / path} is not the file that was released: fetch the release again.")
        return folder / path


def own_code() -> Code:
    """The program that is running."""
    root = Path(gk_pipeline.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for kind in ("*.py", "*.toml") for path in root.rglob(kind)):
        digest.update(f"{path.relative_to(root).as_posix()}\0{sha256_of(path)}\n".encode())
    return Code(version("gk-pipeline"), digest.hexdigest())


def described(path: Path, rows: int | None) -> ReleasedFile:
    """What the manifest says of a file that is written."""
    return ReleasedFile(sha256_of(path), path.stat().st_size, rows)
