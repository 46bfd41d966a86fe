"""What the files of one layer and year must be, byte for byte, and which files they were made from."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Manifest:
    """The sha256 of every table's file (by `layer.table`), and of every file that was read to make them.

    It stands beside the files of a layer and is written last: files that disagree with it come from a run that was
    cut off, or were changed by hand, and are not read.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    made_from: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "Manifest":
        """The manifest at `path`; an empty one where there is none."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return cls()

    def save(self, path: Path) -> None:
        """Write it, whole or not at all; an equal one is left untouched."""
        if self == Manifest.load(path):
            return
        staged = path.with_suffix(".staged")
        text = json.dumps({"files": dict(self.files), "made_from": dict(self.made_from)}, indent=1)
        with staged.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        staged.replace(path)
