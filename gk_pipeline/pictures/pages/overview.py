"""A year over all bodies: what its current reports add up to, and how much stands behind each number."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from gk_pipeline.forms import Form, FormTable, Item
from gk_pipeline.quality.stage import law_counts
from gk_pipeline.schemas.facts import NARRATIVE
from gk_pipeline.schemas.indicators import UNSURE
from gk_pipeline.schemas.panel import settled_facts
from gk_pipeline.storage.parquet import StoredFile

READS = (
    *("facts.facts", "facts.law_results", "panel.current_reports", "panel.settlements"),
    *("quality.scorecard", "sections.reports"),
)
MAIN, REVIEWS = "applications", "review_litigation"
OUTCOMES = "applications.outcomes_total"
RECEIVED, CARRIED_IN, CARRIED_OUT, DECIDED = "received", "carried_in", "carried_out", "outcomes_total"
GRANTED = ("granted", "partly_granted")
"""The outcomes by which an applicant got at least a part."""
TOTAL = "total"


class Figure(NamedTuple):
    """A total over the current reports: of `n_reports` that say the number for sure.

    `n_unsure` cells are missing or disputed and not in it, so that with any of them it may be too small.
    """

    value: int
    n_reports: int
    n_unsure: int


class Named(NamedTuple):
    """A total with the label of its row or column on the form."""

    label: str
    figure: Figure


class LawLine(NamedTuple):
    """How often a law of the form held in the current reports."""

    law: str
    n_holds: int
    n_broken: int
    n_used: int
    n_open: int


class Share(NamedTuple):
    """A part of a whole in one report, both sure."""

    report_id: int
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Review:
    """What became of reviews and suits of one kind: their results by label, the total last.

    `figure` tells how many reports stand behind all of them, and how many of their cells are in doubt.
    """

    label: str
    results: tuple[Named, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class YearNumbers:
    """The numbers of a year; `n_unnamed` reports name no body and stand in no total."""

    year: int
    n_files: int
    n_refused: int
    n_reports: int
    n_current: int
    n_unnamed: int
    n_perfect: int
    statuses: Mapping[str, int]
    laws: tuple[LawLine, ...]
    received: Figure
    carried_in: Figure
    decided: Figure
    carried_out: Figure
    granted: Figure
    outcomes: tuple[Named, ...]
    reasons: tuple[Named, ...]
    applicants: tuple[Named, ...]
    reviews: tuple[Review, ...]
    shares: tuple[Share, ...]


def year_numbers(year: int, files: Mapping[str, Path], forms: Sequence[Form]) -> YearNumbers:
    """The numbers of a year from the files of `READS`, those that are stored, by table."""
    current = _current(files)
    statuses, cells = _current_cells(files)
    sums = _Sums(cells)
    card = _scan(files, "quality.scorecard").collect().to_dicts()
    reports = _scan(files, "sections.reports")
    laws = law_counts(_scan(files, "facts.law_results").join(current, on="report_id", how="semi"))
    return YearNumbers(
        year,
        card[0]["n_files"] if card else 0,
        card[0]["n_refused"] if card else 0,
        reports.select(pl.len()).collect().item(),
        current.select(pl.len()).collect().item(),
        reports.filter(pl.col("organization_id").is_null()).select(pl.len()).collect().item(),
        card[0]["n_perfect"] if card else 0,
        statuses,
        tuple(LawLine(*row) for row in _without_narratives(laws).iter_rows()),
        sums.of([(MAIN, RECEIVED, TOTAL)]),
        sums.of([(MAIN, CARRIED_IN, TOTAL)]),
        sums.of([(MAIN, DECIDED, TOTAL)]),
        sums.of([(MAIN, CARRIED_OUT, TOTAL)]),
        sums.of([(MAIN, item, TOTAL) for item in GRANTED]),
        tuple(_outcomes(sums, forms)),
        tuple(sorted(_reasons(sums, forms), key=lambda one: (-one.figure.value, one.label))),
        tuple(_applicants(sums, forms)),
        tuple(_reviews(sums, forms)),
        tuple(_shares(cells)),
    )


def _current_cells(files: Mapping[str, Path]) -> tuple[Counter[str], pl.DataFrame]:
    """How many cells of the current reports have which status, and those cells of them that totals are made of.

    Value and status are those that analysts see, with what neighbouring years settle. Batch by batch: of the two
    hundred cells of a report a fifth is kept.
    """
    current, settlements = _current(files).collect(), _scan(files, "panel.settlements").collect()
    main, reviews = (pl.col("table_code") == code for code in (MAIN, REVIEWS))
    asked = reviews | (main & ((pl.col("measure") == TOTAL) | (pl.col("item") == RECEIVED)))
    facts, statuses, kept = StoredFile(files["facts.facts"]), Counter[str](), []
    for number in range(facts.n_batches):
        cells = settled_facts(facts.batch(number).join(current, on="report_id", how="semi"), settlements)
        statuses.update(dict(cells.group_by("status").len().iter_rows()))
        kept.append(cells.filter(asked))
    return statuses, pl.concat(kept) if kept else pl.DataFrame(schema=_CELLS)


_CELLS: dict[str, pl.DataType] = {
    **{"report_id": pl.Int64(), "value": pl.Decimal(20, 6)},
    **dict.fromkeys(("table_code", "item", "measure", "status"), pl.String()),
}


def _scan(files: Mapping[str, Path], name: str) -> pl.LazyFrame:
    return pl.scan_parquet(files[name], hive_partitioning=False)


def _current(files: Mapping[str, Path]) -> pl.LazyFrame:
    return _scan(files, "panel.current_reports").select("report_id")


def _without_narratives(laws: pl.DataFrame) -> pl.DataFrame:
    """The laws, with all those on sentences as one."""
    of_sentences = pl.col("law").str.starts_with(NARRATIVE)
    named = laws.with_columns(law=pl.when(of_sentences).then(pl.lit(NARRATIVE)).otherwise("law"))
    return named.group_by("law").agg(pl.exclude("law").sum()).sort(pl.col("law") == NARRATIVE, "law")


Cell = tuple[str, str, str]


class _Sums:
    """Totals of cells over the reports, in whole things."""

    def __init__(self, cells: pl.DataFrame) -> None:
        sure = ~pl.col("status").is_in(UNSURE)
        totals = cells.group_by("table_code", "item", "measure").agg(
            total=pl.col("value").filter(sure).sum(), n_unsure=(~sure).sum(), keys=pl.col("report_id").filter(sure)
        )
        self._cells: dict[Cell, tuple[int, int, list[int]]] = {
            (table, item, measure): (int(total or 0), n_unsure, keys)
            for table, item, measure, total, n_unsure, keys in totals.iter_rows()
        }

    def of(self, cells: Iterable[Cell]) -> Figure:
        """The total of some cells, each once."""
        found = [self._cells[cell] for cell in dict.fromkeys(cells) if cell in self._cells]
        reports = {key for _, _, keys in found for key in keys}
        return Figure(sum(total for total, _, _ in found), len(reports), sum(unsure for _, unsure, _ in found))


def _outcomes(sums: _Sums, forms: Sequence[Form]) -> Iterator[Named]:
    """What became of the applications, the rows of a group together; a row of an older form goes with its group."""
    cells: dict[str, list[Cell]] = {}
    for table in _tables(forms, MAIN):
        groups = {group.code: group.label.text for group in table.groups}
        for item in _outcome_items(table):
            label = groups[item.group] if item.group else item.label.text
            cells.setdefault(label, []).append((MAIN, item.code, TOTAL))
    for label, own in cells.items():
        yield Named(label, sums.of(own))


def _reasons(sums: _Sums, forms: Sequence[Form]) -> Iterator[Named]:
    """The reasons why nothing was given, by the labels of their rows with those of their groups."""
    cells: dict[str, list[Cell]] = {}
    for table in _tables(forms, MAIN):
        groups = {group.code: group.label.text for group in table.groups}
        for item in _outcome_items(table):
            if item.code not in GRANTED:
                label = f"{groups[item.group]}：{item.label.text}" if item.group else item.label.text
                cells.setdefault(label, []).append((MAIN, item.code, TOTAL))
    for label, own in cells.items():
        yield Named(label, sums.of(own))


def _tables(forms: Sequence[Form], code: str) -> list[FormTable]:
    """That table of every form that has it."""
    return [table for form in forms for table in form.tables if table.code == code]


def _outcome_items(table: FormTable) -> Iterator[Item]:
    """The rows that add up to all outcomes, by the law that says so."""
    law = next(row for row in table.laws if row.law == OUTCOMES and row.scope == TOTAL)
    for index, sign in law.coefficients:
        if sign > 0:
            yield table.items[table.cells[index].item]


def _applicants(sums: _Sums, forms: Sequence[Form]) -> Iterator[Named]:
    labels = {code: one.label.text for table in _tables(forms, MAIN) for code, one in table.measures.items()}
    for code, label in labels.items():
        if code != TOTAL:
            yield Named(label, sums.of([(MAIN, RECEIVED, code)]))


def _reviews(sums: _Sums, forms: Sequence[Form]) -> Iterator[Review]:
    tables = _tables(forms, REVIEWS)
    items = {code: (table, item) for table in tables for code, item in table.items.items()}
    for table, item in items.values():
        results = [Named(one.label.text, sums.of([(REVIEWS, item.code, code)])) for code, one in table.measures.items()]
        every = sums.of([(REVIEWS, item.code, code) for code in table.measures])
        yield Review(item.label.text, tuple(results), every)


def _shares(cells: pl.DataFrame) -> Iterator[Share]:
    """Each report's applications that were granted at least in part, of all that were decided."""
    asked = pl.col("item").is_in([*GRANTED, DECIDED]) & (pl.col("table_code") == MAIN) & (pl.col("measure") == TOTAL)
    wide = (
        cells.filter(asked & ~pl.col("status").is_in(UNSURE))
        .pivot("item", index="report_id", values="value", aggregate_function="first")
        .sort("report_id")
    )
    if not {*GRANTED, DECIDED} <= set(wide.columns):
        return
    for key, part, more, whole in wide.select("report_id", *GRANTED, DECIDED).drop_nulls().iter_rows():
        if whole > 0 and 0 <= part + more <= whole:
            yield Share(key, int(part + more), int(whole))
