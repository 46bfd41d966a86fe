"""What Dagster says about a table of a year once it is made: counts, a chart, and its first rows."""

import base64
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import dagster as dg
import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.pictures.charts.bars import count_bars, share_bars
from gk_pipeline.quality.stage import law_counts
from gk_pipeline.schemas.facts import STATUSES
from gk_pipeline.schemas.tables import READINGS

Metadata = dict[str, Any]

PREVIEW_ROWS = 5
TEXT_SHOWN = 80
BROWSER_INTEGERS = 2**53


def table_metadata(name: str, rows: pl.LazyFrame, forms: Sequence[Form]) -> Metadata:
    """What is told of a table's rows: its chart, the numbers that Dagster plots over time, and the first rows."""
    code = name.removeprefix("tables.")
    if name in ABOUT:
        about = ABOUT[name](rows)
    elif any(table.code == code for form in forms for table in form.tables):
        about = {"chart": drawn(printed_totals(rows, code, forms))}
    else:
        about = counted_by(rows, *COUNTED.get(name, ())) if name in COUNTED else {}
    return {**about, "preview": table_value(rows.head(PREVIEW_ROWS).collect())}


def table_value(frame: pl.DataFrame) -> dg.TableMetadataValue:
    """The rows as a table that Dagster draws; long texts are cut, exact and nested values are shown as text.

    So are the ids: a browser keeps only 53 bits of an integer, and would show an id that does not exist.
    """
    schema = dg.TableSchema([dg.TableColumn(name, str(dtype)) for name, dtype in frame.schema.items()])
    rows = ({name: _shown(value) for name, value in row.items()} for row in frame.iter_rows(named=True))
    return dg.MetadataValue.table([dg.TableRecord(row) for row in rows], schema)


def drawn(chart: str) -> dg.MarkdownMetadataValue:
    """A chart in SVG as Dagster shows it: a picture that the page itself holds."""
    picture = base64.b64encode(chart.encode()).decode()
    return dg.MetadataValue.md(f"![chart](data:image/svg+xml;base64,{picture})")


def _shown(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < BROWSER_INTEGERS):
        return value
    text = str(value)
    return text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1] + "…"


def files_told(files: pl.LazyFrame) -> Metadata:
    """How many files were read, refused, the same as another, or skipped."""
    counts = counted(files, "read_status")
    named = {"documents": "read", "refused": "refused", "duplicates": "duplicate", "skipped": "skipped"}
    told = {name: counts.get(status, 0) for name, status in named.items()}
    return {"chart": drawn(count_bars("what became of the files", told)), **told}


def laws_told(results: pl.LazyFrame) -> Metadata:
    """How often each law held where it could be judged by printed numbers."""
    laws = law_counts(results)
    held = {
        law: (holds, holds + broken) for law, holds, broken in laws.select("law", "n_holds", "n_broken").iter_rows()
    }
    chart = drawn(share_bars("how often each law holds where it can be judged", held))
    return {"chart": chart, "n_broken": int(laws["n_broken"].sum())}


def links_told(links: pl.LazyFrame) -> Metadata:
    """How often each law between two years held, and how often a correction or a neighbour explains that it did not."""
    explained = links.group_by("law").agg(n_explained=pl.col("explained").sum()).sort("law").collect()
    return {**laws_told(links), "explained": table_value(explained)}


def rates_told(rates: pl.LazyFrame) -> Metadata:
    """Each rate over all bodies and years that have one: all that was counted of all that it could be."""
    counts = rates.filter(pl.col("value").is_not_null() & (pl.col("per") == 1))
    sums = counts.group_by("rate").agg(pl.col("numerator").sum(), pl.col("denominator").sum()).sort("rate").collect()
    shares = {rate: (int(part), int(whole)) for rate, part, whole in sums.iter_rows()}
    return {"chart": drawn(share_bars("rates over all bodies and years together", shares))}


def findings_told(findings: pl.LazyFrame) -> Metadata:
    """How many findings of each kind and severity."""
    kinds = findings.group_by("severity", "code").len().sort("severity", "len", "code", descending=[False, True, False])
    counts = {f"{severity}: {code}": count for severity, code, count in kinds.collect().iter_rows()}
    numbers = {f"n_{severity}": count for severity, count in sorted(counted(findings, "severity").items())}
    return {"chart": drawn(count_bars("what a person should look at", counts)), **numbers}


def counted_by(rows: pl.LazyFrame, column: str, title: str, known: Sequence[str] = ()) -> Metadata:
    """How many rows hold each value of a column: the `known` ones in their order, else the most frequent first."""
    counts = counted(rows, column)
    names = known or sorted(counts, key=lambda name: (-counts[name], name))
    in_order = {name: counts.get(name, 0) for name in names}
    return {"chart": drawn(count_bars(title, in_order)), **{f"n_{name}": count for name, count in in_order.items()}}


def counted(rows: pl.LazyFrame, column: str) -> dict[str, int]:
    """How many rows hold each value of a column; those without one count as (nothing)."""
    return dict(rows.group_by(pl.col(column).cast(pl.String).fill_null("(nothing)")).len().collect().iter_rows())


def printed_totals(rows: pl.LazyFrame, table_code: str, forms: Sequence[Form]) -> str:
    """What a table prints in the last column of each row of counts, added up over the reports; the newest form's first.

    In the table of applications these are the totals: what was requested and what became of it. Reports of whole areas,
    of the bodies in them and superseded ones all count: it shows what was read, and is no statistic. Where the forms
    have another last column for a row, it has a bar for each.
    """
    tables = [table for form in reversed(forms) for table in form.tables if table.code == table_code]
    columns = list(dict.fromkeys(code for table in tables for code in table.measures))
    sums = rows.group_by("form", "item").agg(pl.col(columns).sum()).collect()
    printed = {(row["form"], row["item"]): row for row in sums.iter_rows(named=True)}
    counts: Counter[tuple[str, str]] = Counter()
    for table in tables:
        last = {cell.item: cell.measure for cell in table.cells if cell.kind != "amount"}
        for item, measure in last.items():
            if (table.form, item) in printed:
                counts[item, measure] += int(printed[table.form, item][measure])
    n_columns = Counter(item for item, _ in counts)
    named = {item if n_columns[item] == 1 else f"{item} ({measure})": n for (item, measure), n in counts.items()}
    return count_bars(f"{tables[0].title_en}: last column as printed, every report found, wholes and parts", named)


ABOUT: Mapping[str, Callable[[pl.LazyFrame], Metadata]] = {
    "documents.files": files_told,
    "facts.law_results": laws_told,
    "quality.findings": findings_told,
    "panel.year_links": links_told,
    "panel.rates": rates_told,
    "panel.findings": findings_told,
}
"""Tables of which more is told than how many rows are of a kind."""

COUNTED: Mapping[str, tuple[str, str] | tuple[str, str, Sequence[str]]] = {
    "documents.documents": ("media_type", "documents by what they are"),
    "sections.reports": ("form", "reports by form"),
    "sections.sections": ("section", "sections found"),
    "tables.cells": ("reading", "what is printed in the cells", READINGS),
    "tables.claims": ("subject", "numbers in sentences, by what they are about"),
    "tables.found_tables": ("table_code", "tables found"),
    "facts.facts": ("status", "cells by status", STATUSES),
    "facts.repairs": ("repair_kind", "changes of a cell, applied or not, by what must have happened"),
    "facts.revisions": ("standing", "reports of a body of which there are several"),
    "panel.current_reports": ("scope", "current reports by whose figures they hold"),
    "panel.panel": ("open_because", "numbers by what keeps them from being compared with last year's"),
    "panel.settlements": ("settlement_kind", "cells of which neighbouring years know more"),
}
"""The column by which a table's rows are told apart in its chart, what the chart says, and the values it may hold."""
