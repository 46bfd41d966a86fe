"""The documents that are mutated: lawful reports of both forms in every format that is read in milliseconds."""

from itertools import islice
from pathlib import Path

from documents.workbooks import sample
from formats.written import FORMATS
from ways import QINGXI, RAW, YUNLING, samples

_FILES = {
    "text": (YUNLING, RAW / "2020" / "xiayi.txt", RAW / "2020" / "bozhou.txt"),
    "markdown": (RAW / "2021" / "jiaozuo_office.md",),
    "html": (QINGXI, RAW / "2023" / "suqian.html"),
}
_PAPERS = [(Path(truth["file"]).stem, sample(truth)) for truth in islice(samples(), 2)]
_WRITTEN = ("mht", "pdf", "pdf-plain", "docx", "xlsx", "xls")

ORIGINALS: dict[str, list[tuple[str, bytes]]] = {
    **{kind: [(path.name, path.read_bytes()) for path in paths] for kind, paths in _FILES.items()},
    **{
        kind: [(f"{name}{FORMATS[kind].suffix}", FORMATS[kind].write(sheet)) for name, sheet in _PAPERS]
        for kind in _WRITTEN
    },
}
