"""Reports of one body and year: the one that counts, and what the others print instead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, groupby

import polars as pl

from gk_pipeline.quality.finding import Finding
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.revisions import RevisedCells, Revisions

CellKey = tuple[str, str, str]
"""Table, item and measure."""

SAME = "all print the same; the one that was published last, or has the smaller id, stands for them"
FULLER = "it prints every number that the others print, and more"
LATER = "it was published last"
NO_DATES = "not every version has a date"
SAME_DAY = "the last ones were published on one day"
OTHER_SCOPES = "they count the figures of different bodies"
VERIFIED = "of the cells that all of them print, more are verified in it"
MORE = "of the cells that all of them print, as many are verified in another; it prints more numbers"
PARTS = "some have no printed cell in common, as pages of one report have not; it prints the most numbers"
UNDECIDED = "nothing tells them apart; it has the smaller id"


ASKED = ("verified_share", "more_numbers", "undecided")
"""Decisions that a person should look at."""


@dataclass(frozen=True, eq=False)
class Version:
    """One of several reports of a body and year: what it prints, without the cells that print no number.

    `verified` are the cells whose print the laws support, whatever a person decided about them.
    """

    report_id: int
    published_on: date | None
    scope: str
    printed: Mapping[CellKey, Decimal]
    n_cells: int
    verified: frozenset[CellKey]

    @property
    def recency(self) -> tuple[date, int]:
        """The later goes first, then the smaller id."""
        return self.published_on or date.min, -self.report_id

    @property
    def tables(self) -> frozenset[str]:
        """The tables in which it prints a number."""
        return frozenset(table for table, _, _ in self.printed)


def of_bodies_with_several(reports: pl.LazyFrame, year: int) -> pl.DataFrame:
    """The reports of a year, `sections.reports`, whose body has another one in it; without those to be refiled."""
    named = reports.filter(pl.col("organization_id").is_not_null(), pl.col("stated_year").fill_null(year) == year)
    several = named.filter(pl.len().over("organization_id") > 1)
    return several.select("organization_id", "report_id", "published_on", "scope").collect()


def revisions(reports: pl.DataFrame, facts: pl.DataFrame, year: int) -> Batch:
    """facts.revisions and facts.revised_cells of a year: `reports` of bodies with several, and the facts of those.

    The facts are those of the print alone: which version counts does not depend on what was decided about a cell.

    A version whose numbers are all printed in another one is a part of it and never counts. Of the others the one
    published last is current. Where dates do not tell, because one is missing or shared, or the versions count
    different bodies, it is the one with more verified cells among those that all of them print, then the one with more
    numbers, and a person is asked. Where some have no printed cell in common they are no versions of each other but
    parts, and the one with most numbers stands for them until they are put together. Reports without cells are none.
    """
    versions = _versions(reports, facts)
    rows, cells = [], []
    for body, own in sorted(versions.items()):
        if len(own) < 2:
            continue
        current, decided_by, why = decide(own)
        for version in own:
            changed = frozenset(_changed(version, current))
            standing = "superseded" if changed else "resaved"
            standing = "current" if version is current else standing
            rows.append(
                (
                    *(body, year, version.report_id, standing, current.report_id, decided_by, version.published_on),
                    *(version.n_cells, len(version.verified), len(changed)),
                    *(len(changed - version.printed.keys()), len(changed - current.printed.keys())),
                    *(sorted(current.tables - version.tables), sorted(version.tables - current.tables), why),
                )
            )
            cells += [
                (version.report_id, *key, current.report_id, version.printed.get(key), current.printed.get(key))
                for key in sorted(changed)
            ]
    return {"facts.revisions": Revisions.of_rows(rows), "facts.revised_cells": RevisedCells.of_rows(cells)}


def decide(versions: Sequence[Version]) -> tuple[Version, str, str]:
    """The current one of several versions, by what it was decided, and why."""
    alike: dict[frozenset[tuple[CellKey, Decimal]], list[Version]] = {}
    for version in versions:
        alike.setdefault(frozenset(version.printed.items()), []).append(version)
    whole = {numbers: own for numbers, own in alike.items() if not any(numbers < others for others in alike)}
    latest = [max(own, key=lambda one: one.recency) for own in whole.values()]
    newest = max(latest, key=lambda one: one.recency)
    if len(latest) == 1:
        return (newest, "same_cells", SAME) if len(alike) == 1 else (newest, "fuller", FULLER)
    if any(one.printed.keys().isdisjoint(other.printed) for one, other in combinations(latest, 2)):
        fullest = max(latest, key=lambda one: (len(one.printed), len(one.verified), -one.report_id))
        return fullest, "parts", PARTS
    dates = [one.published_on for one in latest]
    if len({version.scope for version in latest} - {"unknown"}) > 1:
        undated = OTHER_SCOPES
    elif None in dates:
        undated = NO_DATES
    elif dates.count(newest.published_on) > 1:
        undated = SAME_DAY
    else:
        return newest, "published_on", LATER
    current, decided_by, why = _by_print(latest)
    return current, decided_by, f"{undated}; {why}"


def _by_print(versions: Sequence[Version]) -> tuple[Version, str, str]:
    """The version that the print alone speaks for. A part of a report is not verified better for being short."""
    common = frozenset.intersection(*(frozenset(version.printed) for version in versions))

    def rank(version: Version) -> tuple[int, int, int]:
        return len(version.verified & common), len(version.printed), -version.report_id

    best, second = sorted(versions, key=rank, reverse=True)[:2]
    if rank(best)[0] > rank(second)[0]:
        return best, "verified_share", VERIFIED
    if rank(best)[1] > rank(second)[1]:
        return best, "more_numbers", MORE
    return best, "undecided", UNDECIDED


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
            verified = frozenset(
                (table, item, measure) for _, table, item, measure, _, status in own if status == "verified"
            )
            found.setdefault(body, []).append(Version(report, published_on, scope, printed, len(own), verified))
    return found


def _changed(version: Version, current: Version) -> Iterator[CellKey]:
    for key in version.printed.keys() | current.printed.keys():
        if version.printed.get(key) != current.printed.get(key):
            yield key


def revised_reports(revised: pl.DataFrame, paths: Mapping[int, str]) -> Iterator[tuple[int, Finding]]:
    """A finding for every report that another one of its body and year supersedes, and for all that are in parts.

    `paths` are those of the reports.
    """
    in_parts = pl.col("decided_by") == "parts"
    for _, own in revised.filter(in_parts).group_by("organization_id", maintain_order=True):
        told = _parts(own, paths)
        yield from ((report, told) for report in own["report_id"])
    superseded = revised.filter(pl.col("standing") == "superseded", ~in_parts)
    days = dict(revised.select("report_id", "published_on").iter_rows())
    for row in superseded.iter_rows(named=True):
        current = paths[row["current_report_id"]]
        day, its_day = row["published_on"], days[row["current_report_id"]]
        asks = row["decided_by"] in ASKED or (day is not None and its_day is not None and day > its_day)
        message = (
            f"{current} is a report of the same body and year and counts: {row['why']}. "
            f"It prints another number in {row['n_changed'] - row['n_lacking'] - row['n_only_here']} cells, lacks "
            f"{row['n_only_here']} that are printed here, and prints {row['n_lacking']} that are not."
        )
        for lost, where in ((row["tables_lost"], "this report"), (row["tables_only_here"], current)):
            if lost:
                asks = True
                message += f" In {where} no number of {', '.join(lost)} was read."
        advice = "Both stay in facts; facts.revised_cells has the cells. Are they of two bodies of one name?"
        if asks:
            advice = f"Tell which one counts, and take the other out of the year folder. {advice}"
        yield row["report_id"], Finding("warning" if asks else "note", "report_revised", message, advice)


def _parts(own: pl.DataFrame, paths: Mapping[int, str]) -> Finding:
    """That the reports of a body and year look like parts of one report; `own` are their rows of facts.revisions."""
    names = ", ".join(sorted({paths[report] for report in own["report_id"]}))
    current = paths[own["current_report_id"][0]]
    absent = sorted({table for tables in own["tables_only_here"] for table in tables})
    message = (
        f"{names} name the same body and year, and some of them have no printed cell in common: these look like pages "
        f"of one report. Only {current} counts; it lacks the {own['n_only_here'].sum()} numbers that the others alone "
        "print."
    )
    if absent:
        message += f" In it no number of {', '.join(absent)} was read."
    advice = (
        "Put them into one PDF, TIFF or Word file in the order of the pages, take these out of the year folder, and "
        "run the year again. If they are of two bodies of one name, give each its full name in the title."
    )
    return Finding("error", "report_in_parts", message, advice)
