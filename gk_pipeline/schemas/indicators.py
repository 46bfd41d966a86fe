"""The indicators of the panel layer: rates with what they are made of, and every indicator beside last year's."""

import pandera.polars as pa
import polars as pl

from gk_pipeline.schemas.panel import REASONS
from gk_pipeline.schemas.table import Amount, Table, column, key, optional

TRUST = ("verified", "deduced", "corrected", "settled", "unverified", "disputed", "missing")
"""Statuses of cells as the panel sees them, from the most to the least trusted; `settled` is by a neighbouring year."""

UNSURE = ("disputed", "missing")
"""Statuses with which a number is not given as an indicator."""

OPEN_RATES = ("no_number", "disputed", "zero_denominator")
INDICATOR_KINDS = ("count", "rate")


class Rates(Table, layer="panel", name="rates"):
    """A rate of a body and year, with what was divided by what and how far both can be trusted.

    Made of the current report with what neighbouring years settle, see warehouse.facts. `value` is numerator times
    `per` over denominator, rounded to six places; the two sides are exact. It is null, and `open_because` says why,
    when a cell has no number, when a cell is disputed (the sides then hold what is printed), or when nothing is to be
    divided by. A side has the status of its least trusted cell.
    """

    organization_id: pl.String = key("the body", zh="机构标识")
    report_year: pl.Int32 = key("the year folder", zh="年度")
    rate: pl.String = key("code of the rate, see warehouse.indicators", zh="比率")
    report_id: pl.Int64 = column("the current report", zh="报告标识")
    form: pl.String = optional("the form of the denominator's table; null: the report does not have it", zh="表式")
    numerator: Amount = optional("the exact sum; null when a cell has no number", zh="分子")
    denominator: Amount = optional("the exact sum; null when a cell has no number", zh="分母")
    per: pl.Int32 = column("what the fraction is multiplied by: 1 of a share, 100 of so many in a hundred", zh="倍数")
    value: Amount = optional("the rate, rounded half up to six places; null as `open_because` says", zh="比率值")
    numerator_status: pl.String = column("the least trusted status of its cells", zh="分子状态", isin=TRUST)
    denominator_status: pl.String = column("the least trusted status of its cells", zh="分母状态", isin=TRUST)
    open_because: pl.String = optional(
        "why there is no value: a cell without a number, a disputed cell, or nothing to divide by; null: there is one",
        zh="无值原因",
        isin=OPEN_RATES,
    )

    @pa.dataframe_check
    def value_is_the_quotient(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Multiplied back, the value is off by no more than its rounding."""
        value, numerator, denominator = (_whole(name) for name in ("value", "numerator", "denominator"))
        off = (value * denominator - numerator * pl.col("per") * 1_000_000).abs() * 2
        return data.lazyframe.select((off <= denominator.abs()).fill_null(value=True))

    @pa.dataframe_check
    def open_ones_say_why(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """There is a value exactly where both sides are sure and there is something to divide by; else a reason."""
        because = pl.col("open_because")
        follows = because.eq_missing(_why_open()) & (because.is_null() == pl.col("value").is_not_null())
        return data.lazyframe.select(follows)

    @pa.dataframe_check
    def missing_sides_have_no_number(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A side is `missing` only where it has no number, and without a number it is that or disputed."""
        kept = [_number_goes_with(side, f"{side}_status") for side in ("numerator", "denominator")]
        return data.lazyframe.select(kept[0] & kept[1])


def _number_goes_with(number: str, status: str) -> pl.Expr:
    known = pl.col(number).is_not_null()
    return pl.when(known).then(pl.col(status) != "missing").otherwise(pl.col(status).is_in(UNSURE))


def _why_open() -> pl.Expr:
    statuses = (pl.col("numerator_status"), pl.col("denominator_status"))
    no_number = pl.any_horizontal(pl.col("numerator").is_null(), pl.col("denominator").is_null())
    disputed = pl.any_horizontal(*(status == "disputed" for status in statuses))
    return (
        pl.when(no_number)
        .then(pl.lit("no_number"))
        .when(disputed)
        .then(pl.lit("disputed"))
        .when(pl.col("denominator") <= 0)
        .then(pl.lit("zero_denominator"))
    )


def _whole(name: str) -> pl.Expr:
    return pl.col(name).to_physical().cast(pl.Int128)


class Panel(Table, layer="panel", name="panel"):
    """A count or rate of a body and year beside that of the year before, and whether the two may be compared.

    Only numbers that are not in doubt: `value` is null where a cell is missing or disputed; what is printed stands in
    facts.facts. Comparable are the current reports of years that follow each other, unless both scopes are known and
    differ, where both forms have the indicator, which then means the same; `open_because` says what is in the way.
    """

    organization_id: pl.String = key("the body", zh="机构标识")
    report_year: pl.Int32 = key("the year folder", zh="年度")
    indicator: pl.String = key("code of the count or rate, see warehouse.indicators", zh="指标")
    indicator_kind: pl.String = column("count or rate", zh="种类", isin=INDICATOR_KINDS)
    report_id: pl.Int64 = column("the current report", zh="报告标识")
    value: Amount = optional("the number; null when it is not sure", zh="数值")
    status: pl.String = column("the least trusted status of its cells", zh="状态", isin=TRUST)
    last_report_id: pl.Int64 = optional("the current report of the year before; null: there is none", zh="上年报告标识")
    last_value: Amount = optional("its number, comparable or not; null when it is not sure", zh="上年数值")
    last_status: pl.String = optional(
        "its status; null when that report has no such indicator", zh="上年状态", isin=TRUST
    )
    comparable: pl.Boolean = column("whether both numbers are sure and count the same", zh="可比")
    open_because: pl.String = optional("why they are not comparable; null: they are", zh="不可比原因", isin=REASONS)
    change: Amount = optional("this year's less last year's; null where not comparable", zh="增减")

    @pa.dataframe_check
    def change_is_of_comparable_numbers(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The change is the difference of comparable numbers, and these alone have one."""
        difference = pl.when(pl.col("comparable")).then(pl.col("value") - pl.col("last_value"))
        known = pl.col("change").is_not_null() == pl.col("comparable")
        return data.lazyframe.select(pl.col("change").eq_missing(difference) & known)

    @pa.dataframe_check
    def open_ones_say_why(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Exactly those that are not comparable have a reason; without a report of last year it is that."""
        reason = pl.col("open_because")
        missing = pl.col("last_report_id").is_null() == reason.eq_missing("no_report")
        return data.lazyframe.select((reason.is_null() == pl.col("comparable")) & missing)

    @pa.dataframe_check
    def unsure_numbers_are_not_given(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A count that is missing or disputed has no value, and every other count has one; a rate may have none."""
        given, unsure = pl.col("value").is_not_null(), pl.col("status").is_in(UNSURE)
        last_given, last_unsure = pl.col("last_value").is_not_null(), pl.col("last_status").is_in(UNSURE)
        is_count = pl.col("indicator_kind") == "count"
        now = pl.when(is_count).then(given != unsure).otherwise(~(given & unsure))
        return data.lazyframe.select(now & (~last_given | (~last_unsure).fill_null(value=False)))
