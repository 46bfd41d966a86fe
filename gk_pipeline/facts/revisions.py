"""Reports of one body and year: the one that counts, and what the others print instead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

import polars as pl

from gk_pipeline.quality.finding import Finding
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.revisions import RevisedCells, Revisions

CellKey = tuple[str, str, str]
"""Table, item and measure."""

WHY = {
    "published_on": "it was published last",
    "verified_share": "dates do not tell; more of its cells are verified",
    "same_cells": "all print the same; the one that was published last, or has the smaller id, stands for them",
}
OTHER_SCOPES = "they count the figures of different bodies; more of its cells are verified"


@dataclass(frozen=True, eq=False)
class Version:
    """One of several reports of a body and year: what it prints, without the cells that print no number."""

    report_id: int
    published_on: date | None
    scope: str
    printed: Mapping[CellKey, Decimal]
    n_cells: int
    n_verified: int

    @property
    def rank(self) -> tuple[Fraction, int, int]:
        """More verified cells go first, then more numbers, then the smaller id."""
        return Fraction(self.n_verified, max(1, self.n_cells)), len(self.printed), -self.report_id

    @property
    def recency(self) -> tuple[date, int]:
        """The later goes first, then the smaller id."""
        return self.published_on or date.min, -self.report_id


def of_bodies_with_several(reports: pl.LazyFrame, year: int) -> pl.DataFrame:
    """The reports of a year, `sections.reports`, whose body has another one in it; without those to be refiled."""
    named = reports.filter(pl.col("organization_id").is_not_null(), pl.col("stated_year").fill_null(year) == year)
    several = named.filter(pl.len().over("organization_id") > 1)
    return several.select("organization_id", "report_id", "published_on", "scope").collect()


def revisions(reports: pl.DataFrame, facts: pl.DataFrame, year: int) -> Batch:
    """facts.revisions and facts.revised_cells of a year: `reports` of bodies with several, and the facts of those.

    Of versions with different numbers the one published last is current. Where dates do not tell, because one is
    missing or shared, or the versions count different bodies, it is the one with the larger share of verified cells,
    and a person is asked. Reports without cells are none.
    """
    versions = _versions(reports, facts)
    rows, cells = [], []
    for body, own in sorted(versions.items()):
        if len(own) < 2:
            continue
        current, decided_by, why = decide(own)
        for version in own:
            changed = sorted(_changed(version, current))
            standing = "superseded" if changed else "resaved"
            standing = "current" if version is current else standing
            rows.append(
                (
                    *(body, year, version.report_id, standing, current.report_id, decided_by, version.published_on),
                    *(version.n_cells, version.n_verified, len(changed), why),
                )
            )
            cells += [
                (version.report_id, *key, current.report_id, version.printed.get(key), current.printed.get(key))
                for key in changed
            ]
    return {"facts.revisions": Revisions.of_rows(rows), "facts.revised_cells": RevisedCells.of_rows(cells)}


def decide(versions: Sequence[Version]) -> tuple[Version, str, str]:
    """The current one of several versions, by what it was decided, and why."""
    alike: dict[frozenset[tuple[CellKey, Decimal]], list[Version]] = {}
    for version in versions:
        alike.setdefault(frozenset(version.printed.items()), []).append(version)
    latest = [max(same, key=lambda one: one.recency) for same in alike.values()]
    newest = max(latest, key=lambda one: one.recency)
    if len(alike) == 1:
        return newest, "same_cells", WHY["same_cells"]
    dates = [one.published_on for one in latest]
    if len({version.scope for version in versions} - {"unknown"}) > 1:
        return max(latest, key=lambda one: one.rank), "verified_share", OTHER_SCOPES
    if None not in dates and dates.count(newest.published_on) == 1:
        return newest, "published_on", WHY["published_on"]
    return max(latest, key=lambda one: one.rank), "verified_share", WHY["verified_share"]


def _versions(reports: pl.DataFrame, facts: pl.DataFrame) -> dict[str, list[Version]]:
    names = ["report_id", "table_code", "item", "measure", "reported", "status"]
    cells = {
        key: list(rows) for key, rows in groupby(facts.select(names).sort(names[:4]).iter_rows(), lambda row: row[0])
    }
    found: dict[str, list[Version]] = {}
    for body, report, published_on, scope in reports.sort("report_id").iter_rows():
        own = cells.get(report)
        if own:
            printed = {
                (table, item, measure): number for _, table, item, measure, number, _ in own if number is not None
            }
            n_verified = sum(row[-1] == "verified" for row in own)
            found.setdefault(body, []).append(Version(report, published_on, scope, printed, len(own), n_verified))
    return found


def _changed(version: Version, current: Version) -> Iterator[CellKey]:
    for key in version.printed.keys() | current.printed.keys():
        if version.printed.get(key) != current.printed.get(key):
            yield key


def revised_reports(revised: pl.DataFrame, paths: Mapping[int, str]) -> Iterator[tuple[int, Finding]]:
    """A finding for every report that another one of its body and year supersedes; `paths` are those of the reports."""
    superseded = revised.filter(pl.col("standing") == "superseded")
    for row in superseded.iter_rows(named=True):
        asks = row["decided_by"] == "verified_share"
        message = (
            f"{paths[row['current_report_id']]} is a report of the same body and year and counts, for {row['why']}. "
            f"Cells that it prints otherwise: {row['n_changed']}."
        )
        advice = "Both stay in facts; facts.revised_cells has the cells. Are they of two bodies of one name?"
        if asks:
            advice = f"Tell which one counts, and take the other out of the year folder. {advice}"
        yield row["report_id"], Finding("warning" if asks else "note", "report_revised", message, advice)
