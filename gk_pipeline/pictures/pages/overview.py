"""A year over all bodies: what its current reports add up to, and how much stands behind each number.

A consolidated report holds the figures of the bodies below, which report them too: it is added up only with its like.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from gk_pipeline.forms import Cell, Form, FormTable
from gk_pipeline.forms.indicator import Count
from gk_pipeline.pictures.pages.blocks import Block, Pooled, block_of_cells, block_of_counts, pooled
from gk_pipeline.pictures.pages.said import Said
from gk_pipeline.pictures.pages.unread_files import READS as UNREAD_FROM
from gk_pipeline.pictures.pages.unread_files import UnreadFile, unread_files
from gk_pipeline.quality.stage import law_counts
from gk_pipeline.schemas.facts import NARRATIVE
from gk_pipeline.schemas.panel import settled_facts
from gk_pipeline.storage.parquet import StoredFile

READS = (
    *("facts.facts", "facts.law_results", "quality.scorecard", "sections.reports"),
    *("panel.current_reports", "panel.panel", "panel.rates", "panel.settlements"),
    *UNREAD_FROM,
)
MAIN, APPEALS = "applications", "review_litigation"
OUTCOMES = "applications.outcomes_total"
RECEIVED, CARRIED_IN, DECIDED, CARRIED_OUT = FLOW = ("received", "carried_in", "decided", "carried_out")
"""The counts that balance each other: what came in, new or carried over, was decided or carried on."""
GRANTED_SHARE = "granted_share"
APPEALED = ("administrative_review", "litigation_direct", "litigation_after_review")
"""The rows of reviews and suits; only the last of them followed a review."""
DECIDED_ROW, TOTAL = "outcomes_total", "total"
GRANTED = ("granted", "partly_granted")
"""The outcomes by which an applicant got at least a part."""
BODIES, AREAS = KINDS = ("bodies", "areas")
"""Reports of a body, whose own figures they are as far as they say, and those of an area with the bodies below."""


class LawLine(NamedTuple):
    """How often a law of the form held in the current reports."""

    law: str
    n_holds: int
    n_broken: int
    n_used: int
    n_open: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What the current reports of one kind add up to; of `n_unknown` it is not told whose figures they hold.

    Sums are by the codes of counts (`flow`, `outcomes`, `applicants`) or of rows (`appeals`), the labels of rows
    (`reasons`), or the labels of columns (`reviews`, themselves by the labels of their rows).
    """

    kind: str
    n_current: int
    n_unknown: int
    statuses: Mapping[str, int]
    flow: Block
    outcomes: Block
    reasons: Block
    applicants: Block
    granted: Pooled
    appeals: Block
    reviews: Mapping[str, Block]


@dataclass(frozen=True, slots=True)
class YearNumbers:
    """The numbers of a year; `totals` are those by kind.

    In no total stand `n_refiled` reports, which are about another year, and of the rest `n_unnamed`, which name no
    body.
    """

    year: int
    n_files: int
    n_refused: int
    n_duplicates: int
    n_skipped: int
    n_reports: int
    n_refiled: int
    n_unnamed: int
    n_perfect: int
    unread: tuple[UnreadFile, ...]
    laws: tuple[LawLine, ...]
    totals: Mapping[str, Totals]

    @property
    def n_current(self) -> int:
        """The reports that count for a body."""
        return sum(one.n_current for one in self.totals.values())

    @property
    def n_replaced(self) -> int:
        """The reports instead of which another one of their body counts."""
        return self.n_reports - self.n_refiled - self.n_unnamed - self.n_current


def year_numbers(year: int, files: Mapping[str, Path], forms: Sequence[Form]) -> YearNumbers:
    """The numbers of a year from the files of `READS`, those that are stored, by table."""
    current = _scan(files, "panel.current_reports").select("report_id", "scope").collect()
    card = _scan(files, "quality.scorecard").collect().to_dicts()
    reports = _scan(files, "sections.reports")
    by_status = dict(_scan(files, "documents.files").group_by("read_status").len().collect().iter_rows())
    is_refiled = (pl.col("stated_year") != year).fill_null(value=False)
    unnamed = ~is_refiled & pl.col("organization_id").is_null()
    n_reports, n_refiled, n_unnamed = reports.select(pl.len(), a=is_refiled.sum(), b=unnamed.sum()).collect().row(0)
    laws = law_counts(_scan(files, "facts.law_results").join(current.lazy(), on="report_id", how="semi"))
    return YearNumbers(
        year,
        card[0]["n_files"] if card else 0,
        card[0]["n_refused"] if card else 0,
        by_status.get("duplicate", 0),
        by_status.get("skipped", 0),
        n_reports,
        n_refiled,
        n_unnamed,
        card[0]["n_perfect"] if card else 0,
        unread_files(_scan(files, "documents.files"), reports, _scan(files, "quality.findings")),
        tuple(LawLine(*row) for row in _without_narratives(laws).iter_rows()),
        dict(_totals_by_kind(files, current, forms)),
    )


def _totals_by_kind(
    files: Mapping[str, Path], current: pl.DataFrame, forms: Sequence[Form]
) -> Iterator[tuple[str, Totals]]:
    """The totals of each kind of which there is a report."""
    statuses, cells = _current_cells(files, current)
    counts = _scan(files, "panel.panel").select("report_id", "indicator", "value").collect()
    rates = _scan(files, "panel.rates").collect()
    for kind in KINDS:
        reports = current.filter((pl.col("scope") == "consolidated") == (kind == AREAS))
        if reports.height:
            own = (frame.join(reports, on="report_id", how="semi") for frame in (statuses, cells, counts, rates))
            yield kind, _totals_of(kind, forms, reports, *own)


def _totals_of(
    kind: str,
    forms: Sequence[Form],
    reports: pl.DataFrame,
    statuses: pl.DataFrame,
    cells: pl.DataFrame,
    counts: pl.DataFrame,
    rates: pl.DataFrame,
) -> Totals:
    n_current = reports.height
    of_counts = partial(block_of_counts, counts, n_current=n_current)
    return Totals(
        kind,
        n_current,
        reports.filter(scope="unknown").height,
        dict(statuses.group_by("status").agg(pl.col("len").sum()).iter_rows()),
        flow=of_counts(FLOW),
        outcomes=of_counts([*outcome_counts(forms), DECIDED]),
        reasons=_reasons(cells, forms, n_current),
        applicants=of_counts([*applicant_counts(forms), RECEIVED]),
        granted=pooled(rates, GRANTED_SHARE, n_current),
        appeals=block_of_cells(_row_totals(cells, APPEALS, {item: item for item in APPEALED}), APPEALED, n_current),
        reviews=dict(_reviews(cells, forms, n_current)),
    )


def _current_cells(files: Mapping[str, Path], current: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """How many cells of each current report have which status, and those cells of them that totals are made of.

    Value and status are those that analysts see, with what neighbouring years settle. Batch by batch: of the two
    hundred cells of a report a fifth is kept.
    """
    settlements = _scan(files, "panel.settlements").collect()
    main, appeals = (pl.col("table_code") == code for code in (MAIN, APPEALS))
    asked = appeals | (main & (pl.col("measure") == TOTAL))
    facts, statuses, kept = StoredFile(files["facts.facts"]), [], []
    for number in range(facts.n_batches):
        cells = settled_facts(facts.batch(number).join(current, on="report_id", how="semi"), settlements)
        statuses.append(cells.group_by("report_id", "status").len())
        kept.append(cells.filter(asked))
    if not kept:
        return pl.DataFrame(schema=_STATUSES), pl.DataFrame(schema=_CELLS)
    return pl.concat(statuses), pl.concat(kept)


_STATUSES: dict[str, pl.DataType] = {"report_id": pl.Int64(), "status": pl.String(), "len": pl.UInt32()}
_CELLS: dict[str, pl.DataType] = {
    **{"report_id": pl.Int64(), "value": pl.Decimal(20, 6)},
    **dict.fromkeys(("table_code", "item", "measure", "status"), pl.String()),
}


def _scan(files: Mapping[str, Path], name: str) -> pl.LazyFrame:
    return pl.scan_parquet(files[name], hive_partitioning=False)


def _without_narratives(laws: pl.DataFrame) -> pl.DataFrame:
    """The laws, with all those on sentences as one."""
    of_sentences = pl.col("law").str.starts_with(NARRATIVE)
    named = laws.with_columns(law=pl.when(of_sentences).then(pl.lit(NARRATIVE)).otherwise("law"))
    return named.group_by("law").agg(pl.exclude("law").sum()).sort(pl.col("law") == NARRATIVE, "law")


def outcome_counts(forms: Sequence[Form]) -> dict[str, Said]:
    """The counts that add up to all outcomes, with their names: those of nothing but cells of outcomes."""
    parts = {table.form: _outcome_cells(table) for table in _tables(forms, MAIN)}
    return {
        count.code: Said(count.label, count.title_en)
        for form, count in _counts(forms)
        if set(count.cells) <= parts[form.code]
    }


def applicant_counts(forms: Sequence[Form]) -> dict[str, Said]:
    """The counts of new applications by type of applicant, with the names of their columns."""
    found = {}
    for form, count in _counts(forms):
        (first, *more) = count.cells
        if not more and first.item == RECEIVED and first.measure != TOTAL:
            column = form.table(MAIN).measures[first.measure]
            found[count.code] = Said(column.label.text, count.title_en.rpartition(": ")[2].replace("_", " "))
    return found


def _counts(forms: Sequence[Form]) -> list[tuple[Form, Count]]:
    """The counts of the table of applications, with the form they are of."""
    return [(form, count) for form in forms for count in form.indicators.counts if count.table == MAIN]


def _outcome_cells(table: FormTable) -> set[Cell]:
    """The totals of the rows that add up to all outcomes, by the law that says so."""
    laws = [row for row in table.laws if row.law == OUTCOMES and row.scope == TOTAL]
    return {table.cells[index] for law in laws for index, sign in law.coefficients if sign > 0}


def _reasons(cells: pl.DataFrame, forms: Sequence[Form], n_current: int) -> Block:
    """The outcomes by which nothing was given, by the labels of their rows with those of their groups."""
    names = {}
    for table in _tables(forms, MAIN):
        groups = {group.code: group.label.text for group in table.groups}
        for cell in sorted(_outcome_cells(table), key=lambda one: one.index):
            item = table.items[cell.item]
            if item.code not in GRANTED:
                names[item.code] = f"{groups[item.group]}：{item.label.text}" if item.group else item.label.text
    asked = {**names, DECIDED_ROW: DECIDED}
    return block_of_cells(_row_totals(cells, MAIN, asked), [*asked.values()], n_current)


def _row_totals(cells: pl.DataFrame, table: str, names: Mapping[str, str]) -> pl.DataFrame:
    """The totals of some rows of a table, named as told."""
    own = cells.filter(pl.col("table_code") == table, pl.col("measure") == TOTAL, pl.col("item").is_in(list(names)))
    return own.with_columns(name=pl.col("item").replace_strict(names))


def _tables(forms: Sequence[Form], code: str) -> list[FormTable]:
    """That table of every form that has it."""
    return [table for form in forms for table in form.tables if table.code == code]


def _reviews(cells: pl.DataFrame, forms: Sequence[Form], n_current: int) -> Iterator[tuple[str, Block]]:
    """The results of reviews and suits of one kind, the total last, for each kind."""
    items = {code: (table, item) for table in _tables(forms, APPEALS) for code, item in table.items.items()}
    for code, (table, item) in items.items():
        labels = {measure: one.label.text for measure, one in table.measures.items()}
        own = cells.filter(pl.col("table_code") == APPEALS, pl.col("item") == code)
        named = own.with_columns(name=pl.col("measure").replace_strict(labels))
        yield item.label.text, block_of_cells(named, [*labels.values()], n_current)
