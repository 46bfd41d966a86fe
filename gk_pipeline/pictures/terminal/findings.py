"""`gk findings`: what a person should look at, whole and not cut, file by file."""

import polars as pl
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from gk_pipeline.schemas.table import YEAR

_STYLE = {"error": "bold red", "warning": "yellow", "note": "dim"}
_DEEP = (0, 0, 0, 2)


def findings_picture(found: pl.DataFrame) -> RenderableType:
    """The rows of `storage.findings.gathered_findings`, and how many there are of each severity."""
    if found.is_empty():
        return Text("Nothing to look at.")
    shown = [part for row in found.iter_rows(named=True) for part in _finding(row)]
    counts = dict(found.group_by("severity").len().iter_rows())
    return Group(
        *shown, Text(", ".join(f"{severity}: {counts[severity]:,}" for severity in _STYLE if severity in counts))
    )


def _finding(row: dict[str, str]) -> list[RenderableType]:
    about = row["path"] if row["path"].startswith(f"{row[YEAR]}/") else f"{row[YEAR]} {row['path']}"
    head = Text.assemble((row["severity"], _STYLE[row["severity"]]), "  ", (about, "bold"), "  ", (row["code"], "dim"))
    quoted = [Padding(Text(f"“{row['evidence']}”", style="dim"), _DEEP)] if row["evidence"] else []
    return [head, Padding(Text(row["message"]), _DEEP), *quoted, Padding(Text(f"→ {row['advice']}"), _DEEP)]
