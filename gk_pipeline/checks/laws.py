"""A check a law: how often it holds in a year, and the first reports that break it."""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg
import polars as pl

from gk_pipeline.assets.description import asset_key
from gk_pipeline.checks.members import offending_cells
from gk_pipeline.checks.verdict import WITH_ITS_YEAR, Verdict, located, year_of
from gk_pipeline.forms import YEARLY, Form, LawRow
from gk_pipeline.forms.prose import narrative_laws
from gk_pipeline.partitions import report_years
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.stored import StoredTable

READS = (
    *("documents.files", "sections.reports", "facts.law_results"),
    *("tables.cells", "tables.found_tables", "tables.claims"),
)
SHOWN = ["path", "organization", "scope", "left_value", "right_value", "difference", "tolerance", "severity"]


def laws_within_a_report(forms: Sequence[Form]) -> dict[str, LawRow]:
    """Every law that can be judged by a report alone, by code, its sentences last; the newest form words it."""
    rows = [row for form in forms for table in form.tables for row in table.laws if row.kind not in YEARLY]
    return {row.law: row for row in rows} | narrative_laws(form.prose for form in forms)


def judge_law(law: str, tables: Mapping[str, pl.LazyFrame], forms: Sequence[Form]) -> Verdict:
    """How a law stands: the offenders are the places that break it, largest difference first, with their cells."""
    results = tables["facts.law_results"].filter(pl.col("law") == law)
    counts = dict(results.group_by("verdict").len().collect().iter_rows())
    located_results = located(results.filter(pl.col("verdict") == "broken"), tables)
    by_size = [pl.col("difference").abs(), pl.col("path"), pl.col("scope")]
    broken = located_results.sort(by_size, descending=[True, False, False]).collect()
    cells = {} if broken.is_empty() else {"offending_cells": offending_cells(broken, tables, forms)}
    holds, judged = counts.get("holds", 0), counts.get("holds", 0) + counts.get("broken", 0)
    numbers = {f"n_{verdict}": counts.get(verdict, 0) for verdict in ("holds", "broken", "used", "not_assessable")}
    rate = {"pass_rate": holds / judged} if judged else {}
    return Verdict(broken.select(SHOWN), told_of(holds, judged), {**numbers, **rate}, cells)


def told_of(holds: int, judged: int) -> str:
    """How often a law holds; Dagster calls a check passed where there was nothing to judge, so that this says it."""
    return f"holds in {holds} of {judged} places" if judged else "nothing to judge: no place prints all that it needs"


def law_checks(forms: Sequence[Form]) -> dg.AssetChecksDefinition:
    """All laws in one pass over the year, with a result for each."""
    laws = laws_within_a_report(forms)
    on = asset_key("facts.law_results")
    specs = [
        dg.AssetCheckSpec(check_name(law), asset=on, description=described(row), partitions_def=report_years)
        for law, row in laws.items()
    ]

    @dg.multi_asset_check(name="laws", specs=specs)
    def check(
        context: dg.AssetCheckExecutionContext, lake: dg.ResourceParam[LakeIOManager]
    ) -> Iterator[dg.AssetCheckResult]:
        year = year_of(context)
        tables = {name: StoredTable(lake.lake, name, (year,)).scan() for name in READS}
        for law in laws:
            verdict = judge_law(law, tables, lake.lake.forms)
            yield verdict.result(dg.AssetCheckSeverity.WARN, asset_key=on, check_name=check_name(law))

    return check


def check_name(law: str) -> str:
    """The law's code as Dagster's names of checks allow it."""
    return law.replace(".", "__")


def described(row: LawRow) -> str:
    """A law in words, where it comes from, and when it is judged."""
    law = f"Law `{row.law}` ({row.severity}). Source: {row.source}"
    return "\n\n".join([row.statement, row.statement_zh, law, WITH_ITS_YEAR])
