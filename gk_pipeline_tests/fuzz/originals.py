"""The documents that are mutated: lawful reports of both forms in every format."""

import zipfile
from email.message import EmailMessage
from io import BytesIO
from itertools import islice
from pathlib import Path

from documents.workbooks import in_one_sheet, sample, xls, xlsx
from ways import QINGXI, RAW, YUNLING, samples

_TEXTS = (YUNLING, RAW / "2020" / "xiayi.txt", RAW / "2020" / "bozhou.txt")
_SHEETS = [(Path(truth["file"]).stem, in_one_sheet(sample(truth))) for truth in islice(samples(), 2)]
_PAGES = (QINGXI, RAW / "2023" / "suqian.html")


def _web_archive(page: bytes) -> bytes:
    saved = EmailMessage()
    saved["MIME-Version"] = "1.0"
    saved.make_related()
    saved.add_related(page, maintype="text", subtype="html", cte="base64")
    return saved.as_bytes()


def _archive(name: str, content: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


ORIGINALS: dict[str, list[tuple[str, bytes]]] = {
    "text": [(path.name, path.read_bytes()) for path in _TEXTS],
    "markdown": [(path.name, path.read_bytes()) for path in (RAW / "2021" / "jiaozuo_office.md",)],
    "html": [(path.name, path.read_bytes()) for path in _PAGES],
    "xlsx": [(f"{name}.xlsx", xlsx(sheets)) for name, sheets in _SHEETS],
    "xls": [(f"{name}.xls", xls(sheets)) for name, sheets in _SHEETS],
    "mht": [(f"{path.stem}.mht", _web_archive(path.read_bytes())) for path in _PAGES],
}
