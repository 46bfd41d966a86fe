"""What Dagster says about a table of a year once it is made: counts, a preview, and how its cells and laws stand."""

from collections.abc import Callable, Mapping
from typing import Any

import dagster as dg
import polars as pl

from gk_pipeline.quality.stage import law_counts
from gk_pipeline.schemas.facts import STATUSES
from gk_pipeline.storage.staging import StagedTable

Metadata = dict[str, Any]

PREVIEW_ROWS = 5
TEXT_SHOWN = 80
BAR_WIDTH = 20
BROWSER_INTEGERS = 2**53


def table_metadata(name: str, table: StagedTable) -> Metadata:
    """The metadata of one table of one year."""
    rows = pl.scan_parquet(table.staged)
    own = ABOUT[name](rows) if name in ABOUT else {}
    return {"dagster/row_count": table.n_rows, **own, "preview": table_value(rows.head(PREVIEW_ROWS).collect())}


def table_value(frame: pl.DataFrame) -> dg.TableMetadataValue:
    """The rows as a table that Dagster draws; long texts are cut, exact and nested values are shown as text.

    So are the ids: a browser keeps only 53 bits of an integer, and would show an id that does not exist.
    """
    schema = dg.TableSchema([dg.TableColumn(name, str(dtype)) for name, dtype in frame.schema.items()])
    rows = ({name: _shown(value) for name, value in row.items()} for row in frame.iter_rows(named=True))
    return dg.MetadataValue.table([dg.TableRecord(row) for row in rows], schema)


def _shown(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < BROWSER_INTEGERS):
        return value
    text = str(value)
    return text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1] + "…"


def files_told(files: pl.LazyFrame) -> Metadata:
    """How many files were read, refused, the same as another, or skipped."""
    counts = counted(files, "read_status")
    named = {"documents": "read", "refused": "refused", "duplicates": "duplicate", "skipped": "skipped"}
    return {name: counts.get(status, 0) for name, status in named.items()}


def facts_told(facts: pl.LazyFrame) -> Metadata:
    """How the cells stand."""
    counts = counted(facts, "status")
    total = sum(counts.values())
    lines = [f"| {status} | {counts.get(status, 0)} | {bar(counts.get(status, 0), total)} |" for status in STATUSES]
    table = "\n".join(["| status | cells | |", "|---|---:|---|", *lines])
    return {"statuses": dg.MetadataValue.md(table), **{f"n_{status}": counts.get(status, 0) for status in STATUSES}}


def laws_told(law_results: pl.LazyFrame) -> Metadata:
    """How often each law held where it could be assessed with printed numbers."""
    laws = law_counts(law_results)
    lines = [
        f"| {law} | {holds} | {broken} | {bar(holds, holds + broken)} |"
        for law, holds, broken in laws.select("law", "n_holds", "n_broken").iter_rows()
    ]
    table = "\n".join(["| law | holds | broken | pass rate |", "|---|---:|---:|---|", *lines])
    return {"pass_rates": dg.MetadataValue.md(table), "n_broken": int(laws["n_broken"].sum())}


def links_told(links: pl.LazyFrame) -> Metadata:
    """How often each law between two years held, and how often a correction or a neighbour explains that it did not."""
    verdict = pl.col("verdict")
    counts = links.group_by("law").agg(
        n_holds=(verdict == "holds").sum(),
        n_broken=(verdict == "broken").sum(),
        n_explained=pl.col("explained").sum(),
        n_open=(verdict == "not_assessable").sum(),
    )
    laws = counts.sort("law").collect()
    lines = [
        f"| {law} | {holds} | {broken} | {explained} | {open_} | {bar(holds, holds + broken)} |"
        for law, holds, broken, explained, open_ in laws.iter_rows()
    ]
    head = [
        "| law | holds | broken | of these explained | not assessable | pass rate |",
        "|---|---:|---:|---:|---:|---|",
    ]
    return {"pass_rates": dg.MetadataValue.md("\n".join([*head, *lines])), "n_broken": int(laws["n_broken"].sum())}


def findings_told(findings: pl.LazyFrame) -> Metadata:
    """How many findings of each severity."""
    return {f"n_{severity}": count for severity, count in sorted(counted(findings, "severity").items())}


def cells_told(cells: pl.LazyFrame) -> Metadata:
    """What kinds of things were printed in the cells."""
    return {f"n_{reading}": count for reading, count in sorted(counted(cells, "reading").items())}


def counted(rows: pl.LazyFrame, column: str) -> dict[str, int]:
    """How many rows hold each value of a column."""
    return dict(rows.group_by(column).len().collect().iter_rows())


def bar(part: int, total: int) -> str:
    """A share as a bar of text and in per cent; cut off, not rounded, so that only all is 100 %."""
    if total == 0:
        return "–"
    full = BAR_WIDTH * part // total
    return f"{'█' * full}{'░' * (BAR_WIDTH - full)} {1000 * part // total / 10:.1f} %"


ABOUT: Mapping[str, Callable[[pl.LazyFrame], Metadata]] = {
    "documents.files": files_told,
    "tables.cells": cells_told,
    "facts.facts": facts_told,
    "facts.law_results": laws_told,
    "quality.findings": findings_told,
}
"""What is told of a table besides its rows."""
