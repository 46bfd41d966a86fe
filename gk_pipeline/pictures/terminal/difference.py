"""The difference between the facts of two lakes, for a terminal: how many cells by cause, then the cells themselves."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import polars as pl
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from gk_pipeline.storage.difference import CAUSES, CHANGES
from gk_pipeline.storage.located import REPORT

_MOST_CELLS = 60
"""Cells that are listed; of more, a person sees the counts by cause and compares the files."""
_WHY = {
    "report": "only one side has the report",
    "document": "the file has other bytes",
    "reading": "the same file was read otherwise",
    "reconciliation": "the same number has another value or status",
    "neighbour": "neighbouring years settle or veto otherwise",
    "standing": "the report counts otherwise for its body and year",
}
_OF_REPORTS = ("report", "standing")
"""Causes that are told by report, not by cell."""
_WHOSE = ("organization_id_before", "organization_id_after", "scope_before", "scope_after")


def difference_picture(differing: pl.DataFrame) -> RenderableType:
    """The rows of `storage.difference.difference` as terminal tables."""
    if differing.is_empty():
        return Text("The facts are the same.")
    return Group(*_parts(differing))


def _parts(differing: pl.DataFrame) -> Iterator[RenderableType]:
    yield _counts(differing)
    of_reports = differing.filter(pl.col("cause").is_in(_OF_REPORTS))
    by_report = of_reports.group_by(*REPORT, "cause", "change", *_WHOSE, maintain_order=True).len()
    for row in by_report.iter_rows(named=True):
        yield Text(f"{_report(row)}: {_becomes(row)}, {row['len']} cells", style="bold")
    listed = differing.filter(~pl.col("cause").is_in(_OF_REPORTS))
    listed = listed.sort("report_year", "path", "ordinal", "cause", maintain_order=True)
    for name, rows in groupby(listed.head(_MOST_CELLS).iter_rows(named=True), key=_report_and_cause):
        table = Table(title=name, title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False)
        table.add_column("cell", overflow="fold")
        for row in rows:
            cell = f"{row['table_code']}.{row['item']}.{row['measure']}"
            table.add_row(cell, _side(row, "before"), "→", _side(row, "after"))
        yield table
    if listed.height > _MOST_CELLS:
        yield Text(f"and {listed.height - _MOST_CELLS:,} more cells", style="dim")


def _counts(differing: pl.DataFrame) -> Table:
    table = Table(title=f"cells that differ: {differing.height:,}", title_justify="left", title_style="bold")
    table.add_column("cause", overflow="fold")
    for change in CHANGES:
        table.add_column(change, justify="right")
    counted = {(cause, change): n for cause, change, n in differing.group_by("cause", "change").len().iter_rows()}
    for cause in CAUSES:
        if any((cause, change) in counted for change in CHANGES):
            counts = [f"{counted.get((cause, change), 0) or '·'}" for change in CHANGES]
            table.add_row(f"{cause}: {escape(_WHY[cause])}", *counts)
    return table


def _report(row: dict[str, object]) -> str:
    several = f" (report {int(str(row['ordinal'])) + 1})" if row["ordinal"] else ""
    return f"{row['path']}{several}"


def _becomes(row: dict[str, object]) -> str:
    """What became of a report: it is there or counts on one side only, or counts for others."""
    if row["cause"] == "report":
        return str(row["change"])
    if row["change"] != "changed":
        return "counts now" if row["change"] == "added" else "does not count any more"
    told = ["counts for another body"] if row["organization_id_before"] != row["organization_id_after"] else []
    if row["scope_before"] != row["scope_after"]:
        told.append(f"counts as {row['scope_after']}, was {row['scope_before']}")
    return ", ".join(told)


def _report_and_cause(row: dict[str, object]) -> str:
    return f"{_report(row)}: {row['cause']}"


def _side(row: dict[str, object], side: str) -> str:
    status = row[f"status_{side}"]
    if status is None:
        return "—"
    value, reported = row[f"value_{side}"], row[f"reported_{side}"]
    printed = f" (printed {_number(reported)})" if reported is not None and reported != value else ""
    counted = [f"{name} {row[f'{name}_{side}']}" for name in ("form", "unit") if _differs(row, name)]
    told = f" ({', '.join(counted)})" if counted else ""
    return f"{_number(value)} {status}{printed}{told}"


def _differs(row: dict[str, object], name: str) -> bool:
    before, after = row[f"{name}_before"], row[f"{name}_after"]
    return None not in (before, after) and before != after


def _number(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else "?"
