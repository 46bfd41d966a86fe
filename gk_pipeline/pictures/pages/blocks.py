"""Sums whose numbers come from the same reports, so that a part of one can be compared with the whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from gk_pipeline.schemas.indicators import UNSURE


@dataclass(frozen=True, slots=True)
class OfReports:
    """Numbers of `n_reports` of the `n_current` reports that count."""

    n_reports: int
    n_current: int

    @property
    def is_whole(self) -> bool:
        """Whether every report that counts is in it."""
        return self.n_reports == self.n_current


@dataclass(frozen=True, slots=True)
class Block(OfReports):
    """Sums by name over the reports in which every number of the block is sure.

    A report with one number in doubt gives none of them: else parts and their whole would be of different reports.
    """

    sums: Mapping[str, int]


class Share(NamedTuple):
    """A part of a whole in one report, both sure."""

    report_id: int
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Pooled(OfReports):
    """A share over the reports in which it is sure, also those of which it is a share of nothing."""

    shares: tuple[Share, ...]

    @property
    def part(self) -> int:
        """What is divided, of all of them."""
        return sum(one.part for one in self.shares)

    @property
    def whole(self) -> int:
        """What it is divided by."""
        return sum(one.whole for one in self.shares)


def block_of_counts(indicators: pl.DataFrame, codes: Collection[str], n_current: int) -> Block:
    """The sums of some counts of one table by their codes; `indicators` are rows of panel.panel, of one year.

    A report has a row of each count that its form has, without a value where that is in doubt.
    """
    asked = indicators.filter(pl.col("indicator").is_in(list(codes)))
    own = asked.filter(~pl.col("value").is_null().any().over("report_id"))
    return _block(own.select("report_id", "value", name="indicator"), codes, n_current)


def block_of_cells(cells: pl.DataFrame, names: Collection[str], n_current: int) -> Block:
    """The sums of some cells by their names; `cells` are all those of the block: report_id, name, value, status."""
    unsure = pl.col("status").is_in(UNSURE).any().over("report_id")
    return _block(cells.filter(~unsure), names, n_current)


def _block(own: pl.DataFrame, names: Collection[str], n_current: int) -> Block:
    found = dict(own.group_by("name").agg(pl.col("value").sum()).iter_rows())
    return Block(own["report_id"].n_unique(), n_current, {name: int(found.get(name, 0)) for name in names})


def pooled(rates: pl.DataFrame, code: str, n_current: int) -> Pooled:
    """A share of all reports together; `rates` are rows of panel.rates, of one year."""
    own = rates.filter(pl.col("rate") == code)
    within = pl.col("numerator").is_between(0, pl.col("denominator"))
    sure = own.filter(pl.col("open_because").is_null() | (pl.col("open_because") == "zero_denominator"), within)
    rows = sure.sort("report_id").select("report_id", "numerator", "denominator").iter_rows()
    shares = [Share(key, int(part), int(whole)) for key, part, whole in rows]
    return Pooled(len(shares), n_current, tuple(one for one in shares if one.whole))
