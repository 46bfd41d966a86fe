"""The panel stage: the lazily read tables of all years to links and settlements, a year and some bodies at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from gk_pipeline.documents.frames import first_paths
from gk_pipeline.forms import Form
from gk_pipeline.panel.arrays import Figures, figures
from gk_pipeline.panel.current import current_reports, with_neighbours
from gk_pipeline.panel.findings import broken_links, filed_twice
from gk_pipeline.panel.indicators import counted, indicators, panel, rates
from gk_pipeline.panel.links import year_links
from gk_pipeline.panel.settlements import settlements
from gk_pipeline.quality.frames import Placed, findings_frame
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.facts import Facts
from gk_pipeline.schemas.indicators_made import CountsOfFacts, RatesOfFacts
from gk_pipeline.schemas.panel import CurrentReports, Settlements, YearLinks
from gk_pipeline.schemas.quality import PanelFindings
from gk_pipeline.schemas.table import YEAR

READS = ("documents.files", "sections.reports", "facts.facts", "facts.repairs", "facts.revisions")
"""The tables of each year that the panel is made from."""

BODIES_AT_ONCE = 10_000
"""How many bodies are in memory with all their cells."""

FACTS = ("report_id", "table_code", "item", "measure", "form", "reported", "value", "status")
PROMISES = (RatesOfFacts, CountsOfFacts)
"""What is promised of indicators and facts; facts are at hand only while the indicators of their bodies are made."""

Year = Mapping[str, pl.LazyFrame]
"""The tables of `READS` of one year, lazily read, with the year they are filed under."""


@dataclass(frozen=True)
class Panel:
    """All years of a lake, with the current report of each body and year, and what neighbours settle.

    It is a function of what the years hold, in whatever order they came.
    """

    years: Mapping[int, Year]
    forms: tuple[Form, ...]
    current: pl.DataFrame
    settled: Mapping[int, pl.DataFrame]

    def tables_of(self, year: int) -> Iterator[Batch]:
        """The rows of the panel's tables that are filed under a year: links body by body, then all others."""
        pairs = with_neighbours(self.current, year)
        told = []
        for some in _slices(pairs):
            now, then = _facts(self.years, year, some["report_id"]), self._last_facts(year, some)
            links = year_links(some, self._figures(year, now), self._figures(year - 1, then))
            broken = (pl.col("verdict") == "broken") & ~pl.col("explained")
            told.append(links.filter(broken | (pl.col("open_because") == "same_document").fill_null(value=False)))
            yield {"panel.year_links": links, **self._indicators(year, some, now, then)}
        yield {
            "panel.current_reports": self.current.filter(pl.col(YEAR) == year),
            "panel.settlements": self.settled[year],
            "panel.findings": self._findings(year, pl.concat([YearLinks.no_rows(), *told])),
        }

    def _last_facts(self, year: int, pairs: pl.DataFrame) -> pl.DataFrame:
        return _facts(self.years, year - 1, pairs["last_report_id"])

    def _settled(self, year: int) -> pl.DataFrame:
        return self.settled.get(year, _NOTHING)

    def _figures(self, year: int, facts: pl.DataFrame) -> list[Figures]:
        return list(figures(facts, self._settled(year), self.forms))

    def _indicators(self, year: int, pairs: pl.DataFrame, now: pl.DataFrame, then: pl.DataFrame) -> Batch:
        """The rates and indicators of some bodies, held against the facts they are made of."""
        last = pairs.select("organization_id", report_year=pl.lit(year - 1, pl.Int32), report_id="last_report_id")
        ours = counted(now, self._settled(year), self.forms)
        theirs = counted(then, self._settled(year - 1), self.forms)
        made, last_made = rates(pairs, ours, self.forms), rates(last.drop_nulls(), theirs, self.forms)
        series = panel(pairs, indicators(ours, made), indicators(theirs, last_made), theirs.tables)
        batch = {"panel.rates": made, "panel.panel": series}
        beside = {"facts.facts": now, "panel.current_reports": pairs, "panel.settlements": self._settled(year)}
        for promise in PROMISES:
            promise.check(promise.of({**beside, **batch}, self.forms))
        return batch

    def _findings(self, year: int, links: pl.DataFrame) -> pl.DataFrame:
        paths = {
            report: path
            for its_year in (year - 1, year)
            if its_year in self.years and not links.is_empty()
            for report, path in _paths(self.years[its_year], links).items()
        }
        told = [*filed_twice(links, paths), *broken_links(links, paths, self.forms)]
        placed = [Placed(paths[report], report, found) for report, found in told]
        return findings_frame(PanelFindings, "panel", placed)


_NOTHING = Settlements.no_rows()


def make_panel(years: Mapping[int, Year], forms: Sequence[Form]) -> Panel:
    """The panel over all years: who is current, and what neighbours settle; links are made year by year from it."""
    current = pl.concat(
        [
            CurrentReports.no_rows(),
            *(current_reports(y["sections.reports"], y["facts.facts"], y["facts.revisions"]) for y in years.values()),
        ]
    ).sort(CurrentReports.key_columns())
    settled = {year: _settlements(years, year, current, tuple(forms)) for year in years}
    return Panel(years, tuple(forms), current, settled)


def _settlements(years: Mapping[int, Year], year: int, current: pl.DataFrame, forms: tuple[Form, ...]) -> pl.DataFrame:
    repairs = years[year]["facts.repairs"].drop(YEAR).collect()
    pairs = with_neighbours(current, year).join(repairs, on="report_id", how="semi")
    found = [Settlements.no_rows()]
    for some in _slices(pairs):
        now, then, after = (
            list(figures(_facts(years, its_year, some[column]), _NOTHING, forms))
            for its_year, column in ((year, "report_id"), (year - 1, "last_report_id"), (year + 1, "next_report_id"))
        )
        found.append(settlements(some, repairs, now, then, after))
    return pl.concat(found).sort(Settlements.key_columns())


def _slices(pairs: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for start in range(0, pairs.height, BODIES_AT_ONCE):
        yield pairs.slice(start, BODIES_AT_ONCE)


def _facts(years: Mapping[int, Year], year: int, reports: pl.Series) -> pl.DataFrame:
    """The facts of some reports of a year; none of a year that the lake does not hold."""
    if year not in years:
        return Facts.no_rows().select(FACTS)
    wanted = reports.drop_nulls().to_frame("report_id").lazy()
    facts = years[year]["facts.facts"].select(FACTS)
    return facts.join(wanted, on="report_id", how="semi").collect(engine="streaming")


def _paths(year: Year, links: pl.DataFrame) -> dict[int, str]:
    """The files of the reports that stand in links."""
    named = pl.concat([links["report_id"], links["last_report_id"].drop_nulls()]).unique().to_frame("report_id")
    reports = year["sections.reports"].join(named.lazy(), on="report_id", how="semi")
    paths = first_paths(year["documents.files"].collect())
    return {report: paths[owner] for report, owner in reports.select("report_id", "document_id").collect().iter_rows()}
