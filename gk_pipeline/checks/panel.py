"""Checks of the panel, over all years at once: our promises as errors, broken laws between years as warnings."""

from collections.abc import Iterator, Sequence
from inspect import getdoc
from pathlib import Path

import dagster as dg
import polars as pl

from gk_pipeline.assets.description import asset_key
from gk_pipeline.assets.panel import LAYER
from gk_pipeline.checks.laws import check_name, told_of
from gk_pipeline.checks.promises import Promise, not_sound, offenders, promises, summed_up, tables_needed
from gk_pipeline.checks.verdict import Verdict
from gk_pipeline.forms import Form, LawRow, yearly_rows
from gk_pipeline.panel.stage import BODIES_AT_ONCE
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.stored import StoredTable

LINKS, CURRENT, REPORTS = "panel.year_links", "panel.current_reports", "sections.reports"
FACTS, SERIES = "facts.facts", "panel.panel"
BETWEEN_YEARS = frozenset({LINKS, SERIES})
"""Tables whose promises need last year's current reports too."""

SHOWN = [YEAR, "organization", "scope", "left_value", "right_value", "difference", "severity"]

ALL_YEARS = "Judged over all years, with every materialization of the panel and whenever it is executed on its own."


def judge_panel(lake: Lake) -> dict[Promise, Verdict]:
    """How the stored panel keeps each of its promises, a year at a time; with facts, some bodies at a time."""
    kept = promises(lake, LAYER)
    broken: dict[Promise, list[pl.DataFrame]] = {promise: [] for promise in kept}
    try:
        for year in lake.years():
            for promise, model in kept.items():
                names = tables_needed(promise, model)
                for tables in _some_bodies(lake, names, year) if FACTS in names else [_whole_year(lake, names, year)]:
                    broken[promise].append(offenders(promise[0], model, tables, lake.forms, year))
    except UnsoundLake as unsound:
        return dict.fromkeys(kept, not_sound(unsound))
    return {promise: summed_up(found) for promise, found in broken.items()}


def _whole_year(lake: Lake, names: Sequence[str], year: int) -> Batch:
    years = (year - 1, year) if BETWEEN_YEARS.intersection(names) else (year,)
    return {name: StoredTable(lake, name, years if name == CURRENT else (year,)).as_stored() for name in names}


def _some_bodies(lake: Lake, names: Sequence[str], year: int) -> Iterator[Batch]:
    """The tables of a year with the rows of some current reports at a time: the facts of all are too many at once."""
    current = StoredTable(lake, CURRENT, (year,)).as_stored()
    stored = {name: StoredTable(lake, name, (year,)).scan().drop(YEAR) for name in names if name != CURRENT}
    for some in current.iter_slices(BODIES_AT_ONCE):
        wanted = some.lazy().select("report_id")
        rows = {name: table.join(wanted, on="report_id", how="semi").collect() for name, table in stored.items()}
        yield {CURRENT: some, **rows}


def panel_promise_checks(forms: Sequence[Form]) -> dg.AssetChecksDefinition:
    """All promises of the panel in one pass, with a result for each."""
    specs = [
        dg.AssetCheckSpec(rule, asset=asset_key(name), description=f"{getdoc(model)}\n\n{ALL_YEARS}")
        for (name, rule), model in promises(Lake(Path(), forms), LAYER).items()
    ]

    @dg.multi_asset_check(name=f"{LAYER}_promises", specs=specs)
    def check(lake: dg.ResourceParam[LakeIOManager]) -> Iterator[dg.AssetCheckResult]:
        for (name, rule), verdict in judge_panel(lake.lake).items():
            yield verdict.result(dg.AssetCheckSeverity.ERROR, asset_key=asset_key(name), check_name=rule)

    return check


def laws_between_years(forms: Sequence[Form]) -> dict[str, LawRow]:
    """Every law between two years by code; the newest form words it."""
    return {row.law: row for form in forms for table in form.tables for row in yearly_rows(table)}


def judge_links(law: str, links: pl.LazyFrame, reports: pl.LazyFrame) -> Verdict:
    """How a law stands: the offenders break it and nothing explains them, largest difference first."""
    own = links.filter(pl.col("law") == law)
    verdict = pl.col("verdict")
    numbers = {
        "n_holds": (verdict == "holds").sum(),
        "n_used": (verdict == "used").sum(),
        "n_broken": (verdict == "broken").sum(),
        "n_explained": pl.col("explained").sum(),
        "n_not_assessable": (verdict == "not_assessable").sum(),
    }
    counts = own.select(**numbers).collect().row(0, named=True)
    broken = own.filter((verdict == "broken") & ~pl.col("explained"))
    named = broken.join(reports.select(YEAR, "report_id", "organization"), on=[YEAR, "report_id"], how="left")
    by_size = [pl.col("difference").abs(), pl.col("organization_id"), pl.col(YEAR), pl.col("scope")]
    shown = named.sort(by_size, descending=[True, False, False, False]).select(SHOWN).collect()
    judged = counts["n_holds"] + counts["n_broken"]
    rate = {"pass_rate": counts["n_holds"] / judged} if judged else {}
    explained = f", {counts['n_explained']} of the others are explained" if judged else ""
    return Verdict(shown, told_of(counts["n_holds"], judged) + explained, {**counts, **rate})


def panel_law_checks(forms: Sequence[Form]) -> Iterator[dg.AssetChecksDefinition]:
    """All laws between years in one pass over the panel, with a result for each; none where no form states one."""
    laws = laws_between_years(forms)
    on = asset_key(LINKS)
    specs = [
        dg.AssetCheckSpec(check_name(law), asset=on, description=_described(row, law)) for law, row in laws.items()
    ]

    @dg.multi_asset_check(name="laws_between_years", specs=specs)
    def check(lake: dg.ResourceParam[LakeIOManager]) -> Iterator[dg.AssetCheckResult]:
        years = tuple(lake.lake.years())
        links, reports = (StoredTable(lake.lake, name, years).scan() for name in (LINKS, REPORTS))
        for law in laws:
            verdict = judge_links(law, links, reports)
            yield verdict.result(dg.AssetCheckSeverity.WARN, asset_key=on, check_name=check_name(law))

    if laws:
        yield check


def _described(row: LawRow, law: str) -> str:
    about = f"Law `{law}` ({row.severity}), between a body's reports of two years. Source: {row.source}"
    return "\n\n".join([row.statement, row.statement_zh, about, ALL_YEARS])
