"""The panel layer: the same body through time, laws between two years, and what a neighbouring year settles."""

from collections.abc import Mapping, Sequence

import pandera.polars as pa
import polars as pl

from gk_pipeline.forms import YEARLY, Form
from gk_pipeline.schemas.facts import SEVERITIES, VERDICTS
from gk_pipeline.schemas.sections import SCOPES
from gk_pipeline.schemas.table import Amount, Identity, Table, column, key, optional
from gk_pipeline.schemas.tables import CELL

REASONS = ("no_report", "same_document", "other_scope", "other_form", "no_number")
SETTLEMENT_KINDS = ("settled", "vetoed")
NEIGHBOURS = ("last_year", "next_year", "both_years")


class CurrentReports(Table, layer="panel", name="current_reports"):
    """The report that counts for a body and year; reports that name no body stand in no panel."""

    organization_id: pl.String = key("the body, provisional: known by its name alone", zh="机构标识")
    report_year: pl.Int32 = key("the year folder", zh="年度")
    report_id: pl.Int64 = column("the report", zh="报告标识")
    scope: pl.String = column("whose figures it holds", zh="统计范围", isin=SCOPES)
    n_reports: pl.Int64 = column("reports of the body and year, see facts.revisions", zh="报告数")


class YearLinks(Table, layer="panel", name="year_links"):
    """A law between the current reports of a body in a year and in the one before.

    Verdicts are about what was printed, blanks completed. The law allows the left side what lies between `least_value`
    and `most_value`.
    """

    organization_id: pl.String = key("the body", zh="机构标识")
    report_year: pl.Int32 = key("the later year", zh="年度")
    law: pl.String = key("code of the law", zh="勾稽关系")
    scope: pl.String = key("the row, column, cell or table it was applied to", zh="范围")
    report_id: pl.Int64 = column("the current report of the year", zh="报告标识")
    last_report_id: pl.Int64 = optional("that of the year before; null when there is none", zh="上年报告标识")
    table_code: pl.String = column("table of the form", zh="表")
    law_kind: pl.String = column(
        "lag: equal to last year's side; ratio: not far from it; repetition: left counts the cells that differ",
        zh="种类",
        isin=YEARLY,
    )
    severity: pl.String = column("warning: breaks in practice; note: worth a look", zh="级别", isin=SEVERITIES)
    left_value: Amount = optional("this year's side; null when not assessable", zh="本年")
    right_value: Amount = optional(
        "last year's side, of a repetition 1 unless it was all zeros; null when not assessable", zh="上年"
    )
    difference: Amount = optional("left less right; null when not assessable", zh="差额")
    least_value: Amount = optional("the least that the law allows on the left; null: no bound", zh="下限")
    most_value: Amount = optional("the most that the law allows on the left; null: no bound", zh="上限")
    verdict: pl.String = column("whether it holds; used: with a deduced number", zh="结论", isin=VERDICTS)
    open_because: pl.String = optional(
        "why it is not assessable: no report of the year before, another scope, a form without these cells, or no "
        "number; null when it was assessed",
        zh="未评原因",
        isin=REASONS,
    )
    explained: pl.Boolean = column(
        "broken as printed, but it holds with the corrections of facts and the settlements of panel", zh="已解释"
    )

    @pa.dataframe_check
    def difference_is_left_less_right(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The difference is that of the two sides, and all three are null together."""
        left, right, difference = pl.col("left_value"), pl.col("right_value"), pl.col("difference")
        return data.lazyframe.select(difference.eq_missing(left - right) & left.is_null().eq_missing(right.is_null()))

    @pa.dataframe_check
    def verdict_follows(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The verdict is the one that the left side and its bounds give."""
        left, verdict = pl.col("left_value"), pl.col("verdict")
        kept = (left >= pl.col("least_value")).fill_null(value=True)
        kept &= (left <= pl.col("most_value")).fill_null(value=True)
        follows = (
            pl.when(left.is_null())
            .then(verdict == "not_assessable")
            .when(verdict == "broken")
            .then(~kept)
            .otherwise(kept & (verdict != "not_assessable"))
        )
        return data.lazyframe.select(follows.fill_null(value=False))

    @pa.dataframe_check
    def open_ones_say_why(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Exactly those that are not assessable have a reason; without a report of last year it is that."""
        open_link, reason = pl.col("verdict") == "not_assessable", pl.col("open_because")
        missing = pl.col("last_report_id").is_null() == reason.eq_missing("no_report")
        return data.lazyframe.select((open_link == reason.is_not_null()) & missing)

    @pa.dataframe_check
    def only_broken_ones_are_explained(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """What holds needs no explanation."""
        return data.lazyframe.select(~pl.col("explained") | (pl.col("verdict") == "broken"))

    @pa.dataframe_check
    def a_lag_allows_one_value(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The two sides of a lag are counts, so that it allows last year's side and nothing else."""
        right = pl.col("right_value")
        exact = pl.col("least_value").eq_missing(right) & pl.col("most_value").eq_missing(right)
        return data.lazyframe.select((pl.col("law_kind") != "lag") | exact)


class Settlements(Table, layer="panel", name="settlements"):
    """What a neighbouring year says of a cell that its own report leaves in doubt; facts.facts stays as it is.

    settled: of all the smallest explanations of a contradiction exactly one agrees with the neighbours, so that every
    disputed cell of it has a value. vetoed: a correction that facts.facts applied contradicts a neighbour.
    """

    report_id: pl.Int64 = key("the report", zh="报告标识")
    table_code: pl.String = key("table of the form", zh="表")
    item: pl.String = key("row of the table", zh="项目")
    measure: pl.String = key("column of the table", zh="指标")
    organization_id: pl.String = column("the body", zh="机构标识")
    settlement_kind: pl.String = column("settled or vetoed", zh="种类", isin=SETTLEMENT_KINDS)
    reported: Amount = optional("the number as printed; null where none is", zh="公布值")
    value: Amount = optional(
        "the number that the neighbours support; null when they only speak against the correction", zh="核定值"
    )
    neighbour: pl.String = column("whose report testifies", zh="相邻年度", isin=NEIGHBOURS)
    last_report_id: pl.Int64 = optional("last year's report, where it testifies", zh="上年报告标识")
    next_report_id: pl.Int64 = optional("next year's report, where it testifies", zh="下年报告标识")
    evidence: pl.String = column("the laws between the years, with their numbers", zh="依据")

    @pa.dataframe_check
    def a_settled_cell_has_a_value(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """What is settled is known; a veto supports the printed number or none."""
        value = pl.col("value")
        as_printed = value.is_null() | value.eq_missing(pl.col("reported"))
        settled = pl.col("settlement_kind") == "settled"
        return data.lazyframe.select(pl.when(settled).then(value.is_not_null()).otherwise(as_printed))

    @pa.dataframe_check
    def the_witness_is_named(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Exactly the reports that testify are given."""
        last, following = pl.col("last_report_id").is_not_null(), pl.col("next_report_id").is_not_null()
        heard = pl.col("neighbour")
        named = (last == heard.is_in(["last_year", "both_years"])) & (
            following == heard.is_in(["next_year", "both_years"])
        )
        return data.lazyframe.select(named)


def settled_facts(facts: pl.DataFrame, settlements: pl.DataFrame) -> pl.DataFrame:
    """CELL, form, value, status: facts with what neighbours settled; what they vetoed is disputed, as printed."""
    said = settlements.select(*CELL, "settlement_kind", settled="value")
    joined = facts.join(said, on=CELL, how="left", maintain_order="left")
    value, status = settled_number()
    return joined.select(*CELL, "form", value=value, status=status)


def settled_number() -> tuple[pl.Expr, pl.Expr]:
    """Value and status of a fact that has `settlement_kind` and `settled` of its cell beside it."""
    kind = pl.col("settlement_kind")
    value = pl.when(kind == "settled").then("settled").when(kind == "vetoed").then("reported").otherwise("value")
    status = pl.when(kind == "settled").then(pl.lit("settled")).when(kind == "vetoed").then(pl.lit("disputed"))
    return value, status.otherwise("status")


class LinksOfCurrentReports(Identity):
    """Every link is between the current reports of a body in two years that follow each other."""

    organization_id: pl.String
    report_year: pl.Int32
    law: pl.String
    scope: pl.String
    this_is_current: pl.Boolean = pa.Field(eq=True)
    last_is_current: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("panel.current_reports", "panel.year_links")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        body = ["organization_id", "report_year"]
        current = batch["panel.current_reports"].select(*body, current_id="report_id")
        before = current.select("organization_id", pl.col("report_year") + 1, before_id="current_id")
        joined = batch["panel.year_links"].join(current, on=body, how="left").join(before, on=body, how="left")
        return joined.select(
            *body,
            "law",
            "scope",
            this_is_current=pl.col("report_id").eq_missing(pl.col("current_id")),
            last_is_current=pl.col("last_report_id").eq_missing(pl.col("before_id")),
        )


class SettlementsOfCurrentReports(Identity):
    """Only cells of current reports are settled."""

    organization_id: pl.String
    report_id: pl.Int64
    is_current: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("panel.current_reports", "panel.settlements")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        current = batch["panel.current_reports"].select("organization_id", "report_id", is_current=pl.lit(value=True))
        joined = batch["panel.settlements"].join(current, on=["organization_id", "report_id"], how="left")
        return joined.select("organization_id", "report_id", pl.col("is_current").fill_null(value=False))


class RevisionsDecideWhatIsCurrent(Identity):
    """Of several reports of a body and year the panel has the one that facts.revisions calls current."""

    organization_id: pl.String
    report_year: pl.Int32
    as_decided: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("facts.revisions", "panel.current_reports")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        body = ["organization_id", "report_year"]
        decided = batch["facts.revisions"].select(*body, "current_report_id").unique()
        joined = decided.join(batch["panel.current_reports"], on=body, how="left")
        return joined.select(*body, as_decided=pl.col("report_id").eq_missing(pl.col("current_report_id")))
