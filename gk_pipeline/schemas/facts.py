"""The facts layer: each cell with a status, each law with a verdict."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated

import pandera.polars as pa
import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.forms.prose import NARRATIVE as NARRATIVE
from gk_pipeline.schemas.table import Amount, Identity, Table, Texts, column, key, optional
from gk_pipeline.schemas.tables import CELL, READINGS

STATUSES = ("verified", "unverified", "deduced", "corrected", "disputed", "missing")
VERDICTS = ("holds", "broken", "used", "not_assessable")
LAW_KINDS = ("equality", "inequality")
SEVERITIES = ("error", "warning", "note")
REPAIR_KINDS = (
    *("digit", "transposition", "dropped_digit", "added_digit", "sign", "unit", "number"),
    *("row_shifted_right", "row_shifted_left", "torn_number", "swap_in_row", "swap_in_column", "with_total"),
    "reviewed",
)
CAUSES = ("publisher", "transmission", "reader", "unknown")

OTHER_YEAR, PROGRAM_FAILED = "other_year", "program_failed"
"""The findings by which a report is left out of the facts: it is about another year than its folder, or the program
failed on it."""


class Facts(Table, layer="facts", name="facts"):
    """A cell of the form after reconciliation.

    `reported` is what the publisher printed and is never changed; `value` is what the laws support.
    """

    report_id: pl.Int64 = key("the report", zh="报告标识")
    table_code: pl.String = key("table of the form", zh="表")
    item: pl.String = key("row of the table", zh="项目")
    measure: pl.String = key("column of the table", zh="指标")
    form: pl.String = column("the form the table was printed on", zh="表式")
    reported: Amount = optional("the number as printed, in `unit`; null when none was read", zh="公布值")
    value: Amount = optional("the number the laws support, in `unit`; null when it is not known", zh="核定值")
    unit: pl.String = column("the canonical unit", zh="单位")
    status: pl.String = column("how far the number can be trusted", zh="状态", isin=STATUSES)
    reading: pl.String = column("what kind of thing was printed", zh="读法", isin=READINGS)

    @pa.dataframe_check
    def status_and_numbers_agree(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Each status allows one combination of `reported` and `value`."""
        reported, value = pl.col("reported"), pl.col("value")
        as_printed = reported.is_not_null() & (value == reported).fill_null(value=False)
        open_cell = reported.is_null() & value.is_null()
        allowed = (
            pl.when(pl.col("status").is_in(["verified", "unverified"]))
            .then(as_printed)
            .when(pl.col("status") == "deduced")
            .then(reported.is_null() & value.is_not_null())
            .when(pl.col("status") == "missing")
            .then(open_cell)
            .when(pl.col("status") == "disputed")
            .then(as_printed | open_cell)
            .otherwise(value.is_not_null() & value.ne_missing(reported))
        )
        return data.lazyframe.select(allowed)

    @pa.dataframe_check
    def only_numbers_are_reported(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`reported` stands exactly where a number was read."""
        return data.lazyframe.select((pl.col("reading") == "number").eq_missing(pl.col("reported").is_not_null()))


class LawResults(Table, layer="facts", name="law_results"):
    """A law applied to a report: its two sides and its verdict."""

    report_id: pl.Int64 = key("the report", zh="报告标识")
    law: pl.String = key("code of the law", zh="勾稽关系")
    scope: pl.String = key("the row, column or cell it was applied to", zh="范围")
    table_code: pl.String = column("table of the form", zh="表")
    law_kind: pl.String = column("equality or inequality (left at least right)", zh="种类", isin=LAW_KINDS)
    severity: pl.String = column("error: true by definition; warning: breaks in practice", zh="级别", isin=SEVERITIES)
    left_value: Amount = optional("sum of the left side; null when not assessable", zh="左边")
    right_value: Amount = optional("sum of the right side; null when not assessable", zh="右边")
    difference: Amount = optional("left less right; null when not assessable", zh="差额")
    tolerance: Amount = optional("what the printed precision of amounts leaves open", zh="容差")
    verdict: pl.String = column("whether it holds", zh="结论", isin=VERDICTS)
    claim: pl.Int32 = optional(
        "the sentence's number that it judges, see tables.claims; null of other laws", zh="正文数字"
    )
    matched: pl.String = optional("the cells that a claim is found to mean; null where it meant none", zh="相符单元格")

    @pa.dataframe_check
    def difference_is_left_less_right(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The difference is that of the two sides, and all three are null together."""
        left, right, difference = pl.col("left_value"), pl.col("right_value"), pl.col("difference")
        return data.lazyframe.select(difference.eq_missing(left - right) & left.is_null().eq_missing(right.is_null()))

    @pa.dataframe_check
    def verdict_follows(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The verdict is the one its difference and tolerance give."""
        difference, tolerance, verdict = pl.col("difference"), pl.col("tolerance"), pl.col("verdict")
        least = difference >= -tolerance
        kept = pl.when(pl.col("law_kind") == "equality").then(difference.abs() <= tolerance).otherwise(least)
        follows = (
            pl.when(verdict == "not_assessable")
            .then(difference.is_null())
            .when(verdict == "broken")
            .then(~kept)
            .otherwise(kept)
        )
        return data.lazyframe.select(follows.fill_null(value=False))

    @pa.dataframe_check
    def claims_have_narrative_laws(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A claim is judged by a narrative law and by no other, and what it means is known exactly where it holds."""
        narrative = pl.col("law").str.starts_with(NARRATIVE)
        told = pl.col("claim").is_not_null()
        meant = pl.col("matched").is_not_null()
        return data.lazyframe.select(
            narrative.eq_missing(told) & meant.eq_missing(told & (pl.col("verdict") == "holds"))
        )


class Repairs(Table, layer="facts", name="repairs"):
    """A changed cell of an explanation of broken laws: applied where it is the likeliest by itself, else only proposed.

    The likeliest is the smallest; of equally small ones the one that alone accounts for the empty cells, then the one
    of slips of the pen where all others take a number that no slip makes.
    """

    report_id: pl.Int64 = key("the report", zh="报告标识")
    repair: pl.Int32 = key("number of the row within the report, from 1", zh="序号")
    table_code: pl.String = column("table of the form", zh="表")
    item: pl.String = column("row of the table", zh="项目")
    measure: pl.String = column("column of the table", zh="指标")
    explanation: pl.Int32 = column("rows of a report with the same number are changed together, from 1", zh="解释")
    event: pl.Int32 = column("rows of an explanation with the same number are one slip, from 1", zh="差错")
    repair_kind: pl.String = column("what must have happened", zh="差错种类", isin=REPAIR_KINDS)
    cause: pl.String = column("whose slip it is, as far as its kind tells", zh="原因", isin=CAUSES)
    value_from: Amount = optional("the number as printed; null where none is", zh="公布值")
    value_to: Amount = column("what it must be", zh="应为")
    n_events: pl.Int32 = column("size of the explanation: how many slips it takes", zh="差错数")
    rivals: pl.Int64 = column("other explanations of the contradiction that are as small and likely", zh="其他解释数")
    complete: pl.Boolean = column("whether every explanation of that size has its rows", zh="解释齐全")
    rival_changes: Texts = column("what the first of the others as small change", zh="其他解释")
    applied: pl.Boolean = column("whether facts.facts has the new value", zh="已采用")
    why: pl.String = column("what speaks for it", zh="理由")
    tried: pl.String = column("what was searched", zh="检索范围")

    @pa.dataframe_check
    def something_changes(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """No repair leaves a number as it is printed."""
        return data.lazyframe.select(pl.col("value_to").ne_missing(pl.col("value_from")))

    @pa.dataframe_check
    def only_the_likeliest_is_applied(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A repair with a rival is never applied."""
        return data.lazyframe.select(~pl.col("applied") | (pl.col("rivals") == 0))


@cache
def law_members(forms: tuple[Form, ...]) -> pl.DataFrame:
    """Every member of every equality, with its coefficient and whether the equality is over counts alone."""
    rows = [
        (
            *(form.code, table.code, row.law, row.scope, table.cells[index].item, table.cells[index].measure, sign),
            all(table.cells[member].kind != "amount" for member, _ in row.coefficients),
        )
        for form in forms
        for table in form.tables
        for row in table.laws
        if row.kind == "equality"
        for index, sign in row.coefficients
    ]
    names = ["form", "table_code", "law", "scope", "item", "measure", "coefficient", "counts_only"]
    return pl.DataFrame(rows, schema=names, orient="row")


class FactsOfCells(Identity):
    """Each cell has its fact with the same number; only reports that a finding leaves out have none."""

    report_id: pl.Int64
    table_code: pl.String
    item: pl.String
    measure: pl.String
    form: pl.String
    unit: pl.String
    cell_and_fact: pl.Boolean = pa.Field(eq=True)
    same_number: pl.Boolean = pa.Field(eq=True)
    same_reading: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("tables.cells", "facts.facts", "facts.findings")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        key = [*CELL, "form", "unit"]
        left_out = batch["facts.findings"].filter(pl.col("code").is_in([OTHER_YEAR, PROGRAM_FAILED]))
        cells = batch["tables.cells"].join(left_out, on="report_id", how="anti")
        cells = cells.select(*key, cell_value="value", cell_reading="reading", in_cells=pl.lit(value=True))
        facts = batch["facts.facts"].select(*key, "reported", "reading", in_facts=pl.lit(value=True))
        joined = cells.join(facts, on=key, how="full", coalesce=True)
        both = (pl.col("in_cells") & pl.col("in_facts")).fill_null(value=False)
        return joined.select(
            *key,
            cell_and_fact=both,
            same_number=pl.col("reported").eq_missing(pl.col("cell_value")),
            same_reading=pl.col("reading").eq_missing(pl.col("cell_reading")),
        )


class VerifiedCellsStand(Identity):
    """No verified cell stands in a broken equality without another that holds."""

    report_id: pl.Int64
    table_code: pl.String
    item: pl.String
    measure: pl.String
    n_holds: pl.UInt32 = pa.Field(ge=1, description="equalities that hold with it; printed numbers alone verify")

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("facts.facts", "facts.law_results")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        verified = batch["facts.facts"].filter(pl.col("status") == "verified").select(*CELL, "form")
        holding = batch["facts.law_results"].filter(pl.col("verdict") == "holds").select("report_id", "law", "scope")
        members = law_members(tuple(forms))
        joined = verified.join(members, on=["form", "table_code", "item", "measure"], how="left")
        joined = joined.join(
            holding.with_columns(holds=pl.lit(value=True)), on=["report_id", "law", "scope"], how="left"
        )
        return joined.group_by(CELL).agg(n_holds=pl.col("holds").sum().cast(pl.UInt32))


class RepairsOfFacts(Identity):
    """Each applied repair is its fact's correction, and each corrected fact has one; every repair starts from print."""

    report_id: pl.Int64
    table_code: pl.String
    item: pl.String
    measure: pl.String
    one_correction: pl.Boolean = pa.Field(eq=True)
    from_print: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("facts.facts", "facts.repairs")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        """A row for every cell that is corrected or that a repair names."""
        changes = (
            batch["facts.repairs"]
            .group_by(CELL)
            .agg(applied=pl.col("value_to").filter(pl.col("applied")), started=pl.col("value_from").unique())
        )
        facts = batch["facts.facts"].select(*CELL, "reported", "value", corrected=pl.col("status") == "corrected")
        joined = facts.join(changes, on=CELL, how="full", coalesce=True)
        joined = joined.filter(pl.col("applied").is_not_null() | pl.col("corrected").fill_null(value=True))
        applied, corrected = pl.col("applied").list.len().fill_null(0), pl.col("corrected").fill_null(value=False)
        same = (applied == 1) & pl.col("value").eq_missing(pl.col("applied").list.first())
        started = (pl.col("started").list.len() == 1) & pl.col("started").list.first().eq_missing(pl.col("reported"))
        return joined.select(
            *CELL,
            one_correction=pl.when(corrected).then(same).otherwise(applied == 0).fill_null(value=False),
            from_print=(pl.col("started").is_null() | started).fill_null(value=False),
        )


class UndisputedReportsAreLawful(Identity):
    """The values of a report without disputes satisfy every equality of counts exactly, added up anew.

    Corrected values among them: a correction leaves no law broken. An equality with a missing member says nothing.
    """

    report_id: pl.Int64
    law: pl.String
    scope: pl.String
    imbalance: Annotated[pl.Decimal, 38, 6] = pa.Field(eq=0)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("facts.facts",)

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        facts = batch["facts.facts"]
        disputed = facts.filter(pl.col("status") == "disputed")
        members = law_members(tuple(forms)).filter("counts_only")
        joined = facts.join(disputed, on="report_id", how="anti").join(
            members, on=["form", "table_code", "item", "measure"], how="inner"
        )
        signed = pl.col("value").cast(pl.Decimal(38, 6)) * pl.col("coefficient").cast(pl.Decimal(38, 0))
        laws = joined.group_by("report_id", "law", "scope").agg(
            imbalance=signed.sum(), open=pl.col("value").is_null().any()
        )
        return laws.filter(~pl.col("open")).drop("open")
