"""Counts and rates of some reports, each with the status of its least trusted cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.indicators import OPEN_RATES, TRUST, UNSURE, Panel, Rates
from gk_pipeline.schemas.panel import settled_facts

_NO_NUMBER, _DISPUTED, _ZERO = OPEN_RATES
_LEAST = len(TRUST) - 1
_BODY = ["organization_id", "report_year", "report_id"]


@dataclass(frozen=True)
class Counted:
    """The counts of some reports, and `tables`: report_id, table_code and form of each table that they print."""

    counts: pl.DataFrame
    tables: pl.DataFrame


def counted(facts: pl.DataFrame, settlements: pl.DataFrame, forms: Sequence[Form]) -> Counted:
    """The counts in the facts of some reports, with what is settled of them."""
    tables = facts.select("report_id", "table_code", "form").unique()
    cells = facts.join(_cells_of_counts(tuple(forms)), on=["form", "table_code", "item", "measure"], how="semi")
    return Counted(_counts(settled_facts(cells, settlements), tuple(forms)), tables)


def rates(pairs: pl.DataFrame, found: Counted, forms: Sequence[Form]) -> pl.DataFrame:
    """panel.rates of the current reports in `pairs`, from their counts.

    A report has the rates of every form that one of its tables is printed on; a table it lacks leaves a side open.
    """
    due = found.tables.select("report_id", "form").unique().join(_rates_of_forms(tuple(forms)), on="form")
    due = due.drop("form").unique()
    for side in ("numerator", "denominator"):
        due = due.join(_sides(found.counts, tuple(forms), side), on=["report_id", "rate"], how="left")
    return (
        due.with_columns(
            pl.col("numerator_rank", "denominator_rank").fill_null(_LEAST),
            form=pl.col("denominator_form"),
        )
        .with_columns(
            numerator_status=_status("numerator_rank"),
            denominator_status=_status("denominator_rank"),
        )
        .with_columns(open_because=_why_open())
        .with_columns(value=pl.when(pl.col("open_because").is_null()).then(_quotient()))
        .join(pairs.select(_BODY), on="report_id")
        .select(Rates.polars_schema().names())
        .cast(Rates.polars_schema())
        .sort(Rates.key_columns())
    )


def indicators(found: Counted, made: pl.DataFrame) -> pl.DataFrame:
    """Every count of some reports and the rates `made` of them: report_id, indicator, its kind, value and status.

    A number that is not sure is not given. `table_code` is that of a count.
    """
    counts = found.counts.with_columns(status=_status("rank"))
    sure = pl.when(~pl.col("status").is_in(UNSURE)).then(pl.col("value"))
    rank = pl.max_horizontal(_rank("numerator_status"), _rank("denominator_status"))
    rows = made.with_columns(rank=rank).with_columns(status=_status("rank"))
    rows = rows.with_columns(indicator_kind=pl.lit("rate"), table_code=pl.lit(None, pl.String))
    names = ["report_id", "table_code", "indicator", "indicator_kind", "value", "status"]
    return pl.concat(
        [
            counts.with_columns(value=sure, indicator_kind=pl.lit("count")).select(names),
            rows.rename({"rate": "indicator"}).select(names),
        ]
    )


def panel(pairs: pl.DataFrame, now: pl.DataFrame, then: pl.DataFrame, last_tables: pl.DataFrame) -> pl.DataFrame:
    """panel.panel: the indicators of the current reports in `pairs` beside those of the year before.

    What last year's report does not have it has on another form, or it lacks the table altogether, see `last_tables`.
    """
    last = then.select("indicator", last_report_id="report_id", last_value="value", last_status="status")
    bodies = pairs.select(*_BODY, "last_report_id", "last_comparable")
    printed = last_tables.select("table_code", last_report_id="report_id", printed=pl.lit(value=True))
    joined = now.join(bodies, on="report_id").join(last, on=["last_report_id", "indicator"], how="left")
    joined = joined.join(printed, on=["last_report_id", "table_code"], how="left")
    not_printed = pl.col("table_code").is_not_null() & pl.col("printed").is_null()
    because = (
        pl.when(pl.col("last_report_id").is_null())
        .then(pl.lit("no_report"))
        .when(pl.col("last_report_id") == pl.col("report_id"))
        .then(pl.lit("same_document"))
        .when(~pl.col("last_comparable"))
        .then(pl.lit("other_scope"))
        .when(pl.col("last_status").is_null() & ~not_printed)
        .then(pl.lit("other_form"))
        .when(pl.col("value").is_null() | pl.col("last_value").is_null())
        .then(pl.lit("no_number"))
    )
    told = joined.with_columns(open_because=because).with_columns(comparable=pl.col("open_because").is_null())
    change = pl.when("comparable").then(pl.col("value") - pl.col("last_value"))
    schema = Panel.polars_schema()
    return told.with_columns(change=change).select(schema.names()).cast(schema).sort(Panel.key_columns())


def _counts(settled: pl.DataFrame, forms: tuple[Form, ...]) -> pl.DataFrame:
    """The counts of reports: `value` is null unless every cell has a number, `rank` that of the least trusted cell."""
    cells = settled.join(_cells_of_counts(forms), on=["form", "table_code", "item", "measure"])
    cells = cells.with_columns(rank=_rank("status"))
    return cells.group_by("report_id", "table_code", "indicator", "form").agg(
        value=_sum_of_all("value"), rank=pl.col("rank").max()
    )


def _sides(counts: pl.DataFrame, forms: tuple[Form, ...], side: str) -> pl.DataFrame:
    """report_id, rate, the sum of a side, the rank of its least trusted count and the form it is printed on."""
    joined = counts.join(_counts_of_side(forms, side), on=["form", "indicator"])
    names = {
        side: _sum_of_all("value"),
        f"{side}_rank": pl.col("rank").max(),
        f"{side}_form": pl.col("form").first(),
    }
    return joined.group_by("report_id", "rate").agg(**names)


def _sum_of_all(column: str) -> pl.Expr:
    return pl.when(pl.col(column).is_not_null().all()).then(pl.col(column).sum())


def _quotient() -> pl.Expr:
    """Decimals are divided exactly and rounded half up to their six places."""
    return pl.col("numerator") * pl.col("per") / pl.col("denominator")


def _why_open() -> pl.Expr:
    disputed = pl.any_horizontal(pl.col("numerator_status", "denominator_status") == "disputed")
    no_number = pl.any_horizontal(pl.col("numerator", "denominator").is_null())
    return (
        pl.when(no_number)
        .then(pl.lit(_NO_NUMBER))
        .when(disputed)
        .then(pl.lit(_DISPUTED))
        .when(pl.col("denominator") <= 0)
        .then(pl.lit(_ZERO))
    )


def _rank(column: str) -> pl.Expr:
    ranks = {status: rank for rank, status in enumerate(TRUST)}
    return pl.col(column).replace_strict(ranks, return_dtype=pl.Int32)


def _status(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(dict(enumerate(TRUST)), return_dtype=pl.String)


@cache
def _cells_of_counts(forms: tuple[Form, ...]) -> pl.DataFrame:
    rows = [
        (form.code, count.table, cell.item, cell.measure, count.code)
        for form in forms
        for count in form.indicators.counts
        for cell in count.cells
    ]
    names = ("form", "table_code", "item", "measure", "indicator")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


@cache
def _rates_of_forms(forms: tuple[Form, ...]) -> pl.DataFrame:
    rows = [(form.code, rate.code, rate.per) for form in forms for rate in form.indicators.rates]
    return pl.DataFrame(rows, schema={"form": pl.String, "rate": pl.String, "per": pl.Int32}, orient="row")


@cache
def _counts_of_side(forms: tuple[Form, ...], side: str) -> pl.DataFrame:
    rows = [
        (form.code, rate.code, count)
        for form in forms
        for rate in form.indicators.rates
        for count in (rate.numerator if side == "numerator" else rate.denominator)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("form", "rate", "indicator"), pl.String), orient="row")
