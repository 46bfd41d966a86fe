"""What the indicators promise: they are added up anew from the facts they are made of, and stand once each."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pandera.polars as pa
import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.indicators import TRUST, UNSURE
from gk_pipeline.schemas.panel import settled_facts
from gk_pipeline.schemas.table import Identity


class RatesOfFacts(Identity):
    """The sides of a rate are the sums of its cells in the current report, added up anew with what neighbours settle.

    Every rate of the forms that a current report is printed on has its row.
    """

    report_id: pl.Int64
    rate: pl.String
    has_its_row: pl.Boolean = pa.Field(eq=True)
    same_numerator: pl.Boolean = pa.Field(eq=True)
    same_denominator: pl.Boolean = pa.Field(eq=True)
    same_statuses: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("facts.facts", "panel.rates", "panel.current_reports", "panel.settlements")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        facts = _current_facts(batch)
        due, cells = _rates_due(facts, forms), _settled(facts, batch, forms)
        for side in ("numerator", "denominator"):
            sums = _sums(cells, _side_cells(tuple(forms), side), "rate")
            names = {f"{side}_sum": pl.col("total"), f"{side}_is": pl.col("worst")}
            due = due.join(sums.select("report_id", "rate", **names), on=["report_id", "rate"], how="left")
            due = due.with_columns(pl.col(f"{side}_is").fill_null("missing"))
        joined = batch["panel.rates"].join(due, on=["report_id", "rate"], how="full", coalesce=True)
        return joined.select(
            "report_id",
            "rate",
            has_its_row=(pl.col("per") == pl.col("times")).fill_null(value=False),
            same_numerator=pl.col("numerator").eq_missing(pl.col("numerator_sum")),
            same_denominator=pl.col("denominator").eq_missing(pl.col("denominator_sum")),
            same_statuses=pl.col("numerator_status").eq_missing(pl.col("numerator_is"))
            & pl.col("denominator_status").eq_missing(pl.col("denominator_is")),
        )


class CountsOfFacts(Identity):
    """A count of the panel is the sum of its cells in the current report, added up anew; every count has its row."""

    report_id: pl.Int64
    indicator: pl.String
    same_number: pl.Boolean = pa.Field(eq=True)
    same_status: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("facts.facts", "panel.panel", "panel.current_reports", "panel.settlements")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        cells = _settled(_current_facts(batch), batch, forms)
        sums = _sums(cells, _count_cells(tuple(forms)), "indicator")
        counts = batch["panel.panel"].filter(pl.col("indicator_kind") == "count")
        joined = counts.join(sums, on=["report_id", "indicator"], how="full", coalesce=True)
        sure = pl.when(~pl.col("worst").is_in(UNSURE)).then(pl.col("total"))
        return joined.select(
            "report_id",
            "indicator",
            same_number=pl.col("value").eq_missing(sure),
            same_status=pl.col("status").eq_missing(pl.col("worst")),
        )


class RatesOfPanel(Identity):
    """The rates of the panel are those of panel.rates, each once."""

    organization_id: pl.String
    report_year: pl.Int32
    indicator: pl.String
    same_value: pl.Boolean = pa.Field(eq=True)
    same_report: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("panel.rates", "panel.panel")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        place = ["organization_id", "report_year", "indicator"]
        rates = batch["panel.rates"].select(*place[:2], indicator="rate", rate_value="value", rate_report="report_id")
        joined = (
            batch["panel.panel"]
            .filter(pl.col("indicator_kind") == "rate")
            .join(rates, on=place, how="full", coalesce=True)
        )
        return joined.select(
            *place,
            same_value=pl.col("value").eq_missing(pl.col("rate_value")),
            same_report=pl.col("report_id").eq_missing(pl.col("rate_report")),
        )


class PanelOfCurrentReports(Identity):
    """Indicators are those of the current reports of a body in two years that follow each other."""

    organization_id: pl.String
    report_year: pl.Int32
    indicator: pl.String
    this_is_current: pl.Boolean = pa.Field(eq=True)
    last_is_current: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("panel.current_reports", "panel.panel")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        body = ["organization_id", "report_year"]
        current = batch["panel.current_reports"].select(*body, current_id="report_id")
        before = current.select("organization_id", pl.col("report_year") + 1, before_id="current_id")
        joined = batch["panel.panel"].join(current, on=body, how="left").join(before, on=body, how="left")
        return joined.select(
            *body,
            "indicator",
            this_is_current=pl.col("report_id").eq_missing(pl.col("current_id")),
            last_is_current=pl.col("last_report_id").eq_missing(pl.col("before_id")),
        )


def _current_facts(batch: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return batch["facts.facts"].join(batch["panel.current_reports"], on="report_id", how="semi")


def _settled(facts: pl.DataFrame, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
    """The cells that any count is made of, with what neighbours settle."""
    cells = facts.join(_count_cells(tuple(forms)), on=["form", "table_code", "item", "measure"], how="semi")
    return settled_facts(cells, batch["panel.settlements"])


def _rates_due(facts: pl.DataFrame, forms: Sequence[Form]) -> pl.DataFrame:
    stated = [(form.code, rate.code, rate.per) for form in forms for rate in form.indicators.rates]
    due = pl.DataFrame(stated, schema={"form": pl.String, "rate": pl.String, "times": pl.Int32}, orient="row")
    return facts.select("report_id", "form").unique().join(due, on="form").drop("form").unique()


def _sums(facts: pl.DataFrame, cells: pl.DataFrame, code: str) -> pl.DataFrame:
    """report_id, `code`, total and worst status: `total` is null unless every cell has a number."""
    joined = facts.join(cells, on=["form", "table_code", "item", "measure"], how="inner")
    worst = pl.coalesce(
        *(pl.when((pl.col("status") == status).any()).then(pl.lit(status)) for status in reversed(TRUST))
    )
    whole = pl.col("value").is_not_null().all()
    return joined.group_by("report_id", code).agg(total=pl.when(whole).then(pl.col("value").sum()), worst=worst)


_CELLS = dict.fromkeys(("form", "table_code", "item", "measure"), pl.String)


@cache
def _count_cells(forms: tuple[Form, ...]) -> pl.DataFrame:
    rows = [row for form in forms for count in form.indicators.counts for row in _cells_of(form, count.code)]
    return pl.DataFrame(rows, schema={"indicator": pl.String, **_CELLS}, orient="row")


@cache
def _side_cells(forms: tuple[Form, ...], side: str) -> pl.DataFrame:
    rows = [
        (rate.code, *row[1:])
        for form in forms
        for rate in form.indicators.rates
        for code in getattr(rate, side)
        for row in _cells_of(form, code)
    ]
    return pl.DataFrame(rows, schema={"rate": pl.String, **_CELLS}, orient="row")


def _cells_of(form: Form, code: str) -> Iterator[tuple[str, ...]]:
    for count in form.indicators.counts:
        if count.code == code:
            for cell in count.cells:
                yield code, form.code, count.table, cell.item, cell.measure
