"""`gk findings`: what a person should look at, whole and not cut, file by file."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import polars as pl
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from gk_pipeline.schemas.table import YEAR

_STYLE = {"error": "bold red", "warning": "yellow", "note": "dim"}
_DEEP = (0, 0, 0, 2)
_SAID_ONCE = ("severity", YEAR, "path", "code", "advice")


def findings_picture(found: pl.DataFrame) -> RenderableType:
    """The rows of `storage.findings.gathered_findings`, and how many there are of each severity.

    What is advised of one file in the same words for several findings in a row is said once, below them.
    """
    if found.is_empty():
        return Text("Nothing to look at.")
    advised = groupby(found.iter_rows(named=True), key=lambda row: [row[name] for name in _SAID_ONCE])
    shown = [part for _, rows in advised for part in _advised(list(rows))]
    counts = dict(found.group_by("severity").len().iter_rows())
    return Group(
        *shown, Text(", ".join(f"{severity}: {counts[severity]:,}" for severity in _STYLE if severity in counts))
    )


def _advised(rows: Sequence[Mapping[str, str]]) -> Iterator[RenderableType]:
    first = rows[0]
    about = first["path"] if first["path"].startswith(f"{first[YEAR]}/") else f"{first[YEAR]} {first['path']}"
    how_many = f"  {len(rows)} times" if len(rows) > 1 else ""
    yield Text.assemble(
        (first["severity"], _STYLE[first["severity"]]), "  ", (about, "bold"), "  ", (first["code"] + how_many, "dim")
    )
    for row in rows:
        yield Padding(Text(row["message"]), _DEEP)
        if row["evidence"]:
            yield Padding(Text(f"“{row['evidence']}”", style="dim"), _DEEP)
    yield Padding(Text(f"→ {first['advice']}"), _DEEP)
