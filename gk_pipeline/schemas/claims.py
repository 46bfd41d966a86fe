"""Claims in the tables layer, and their verdicts in the facts layer: what a report's sentences say of its tables."""

from collections.abc import Mapping, Sequence

import pandera.polars as pa
import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.forms.prose import NARRATIVE
from gk_pipeline.schemas.facts import OTHER_YEAR, PROGRAM_FAILED
from gk_pipeline.schemas.table import Amount, Identity, Table, column, key, optional
from gk_pipeline.schemas.tables import texts_of

CLAIM_KINDS = ("count", "share", "change", "growth", "part")
BOUNDS = (
    "exact",
    "rounded",
    "about",
    "nearly",
    "over",
    "more_than",
    "at_least",
    "less_than",
    "at_most",
)
PERIODS = ("year", "previous_year")


class Claims(Table, layer="tables", name="claims"):
    """A number that a sentence of the report states about what its tables count."""

    report_id: pl.Int64 = key("the report", zh="报告标识")
    claim: pl.Int32 = key("number of the row within the report, in reading order, from 1", zh="序号")
    table_code: pl.String = column("table of the form that it is about", zh="表")
    subject: pl.String = column(
        "what it counts; several subjects, joined by +, where it counts them together", zh="主题"
    )
    claim_kind: pl.String = column(
        "count; share: per cent of a whole; change and growth: more than the year before, in things and in per cent; "
        "part: one of the parts of `part_of`",
        zh="种类",
        isin=CLAIM_KINDS,
    )
    phrase: pl.String = column("the words that say what it counts, in plain characters", zh="用语")
    printed: pl.String = column("the number as printed, or the words that say there was none", zh="原文")
    value: Amount = column("the number; less than the year before is negative", zh="数值")
    counter: pl.String = column("the counter word, or %; empty where words say that there was none", zh="量词")
    bound: pl.String = column(
        "how it is meant: about 约, nearly 近, over 余, more_than 超过, at_least 以上, less_than 不足, at_most 以内; "
        "rounded as in "
        "1.2万",
        zh="精确程度",
        isin=BOUNDS,
    )
    step: Amount = column("one unit of the last place that is meant: 10000 for 24万余", zh="末位单位")
    period: pl.String = column("the report's year, or the year before", zh="期间", isin=PERIODS)
    part_of: pl.Int32 = optional("the claim of its sentence that it tells more of; null where there is none", zh="所属")
    limits: pl.String = optional(
        "words by which it may count something else than the table, or that it says not of what it is, or that such "
        "things are often counted otherwise; it can agree with the table, not contradict it. Null where there are none",
        zh="限定",
    )
    sentence: pl.String = column("the sentence; of a long one what stands around the number", zh="句子")
    block: pl.Int32 = column("block in which it stands", zh="块序号")
    page: pl.Int32 = optional("page, from 1", zh="页")
    line: pl.Int32 = optional("line in the decoded file, from 1", zh="行")
    grid_row: pl.Int32 = optional("row in the grid, from 0; null in a paragraph", zh="表格行")
    grid_column: pl.Int32 = optional("column in the grid, from 0; null in a paragraph", zh="表格列")
    char_start: pl.Int32 = column("first character within the block's text or the cell's text", zh="起始字符")
    char_end: pl.Int32 = column("the character after the last", zh="结束字符")

    @pa.dataframe_check
    def comes_after_its_whole(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """What a claim tells more of was said before it, and a part has a whole."""
        before = (pl.col("part_of") < pl.col("claim")).fill_null(value=True)
        return data.lazyframe.select(before & ((pl.col("claim_kind") != "part") | pl.col("part_of").is_not_null()))

    @pa.dataframe_check
    def counts_and_shares_are_not_negative(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Only what changed may be less than nothing, and a last place is more."""
        changed = pl.col("claim_kind").is_in(["change", "growth"])
        return data.lazyframe.select((changed | (pl.col("value") >= 0)) & (pl.col("step") > 0))


class ClaimsInBlocks(Identity):
    """Every claim's number stands in its block at its position, character for character."""

    report_id: pl.Int64
    claim: pl.Int32
    printed: pl.String
    standing: pl.String = pa.Field(nullable=True, description="what stands at the position")

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("documents.blocks", "sections.reports", "tables.claims")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        return texts_of(batch, batch["tables.claims"]).select("report_id", "claim", "printed", "standing")

    @pa.dataframe_check
    def stands_there(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """What was printed is what stands there."""
        return data.lazyframe.select(pl.col("standing").eq_missing(pl.col("printed")))


class ResultsOfClaims(Identity):
    """Every claim of the year but a part has one verdict, under its subject's law; no verdict is without its claim."""

    report_id: pl.Int64
    claim: pl.Int32
    one_verdict: pl.Boolean = pa.Field(eq=True)
    same_subject: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("tables.claims", "facts.law_results", "facts.findings")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        left_out = batch["facts.findings"].filter(pl.col("code").is_in([OTHER_YEAR, PROGRAM_FAILED]))
        claims = batch["tables.claims"].filter((pl.col("claim_kind") != "part") & (pl.col("period") == "year"))
        claims = claims.join(left_out, on="report_id", how="anti").select("report_id", "claim", "subject")
        results = batch["facts.law_results"].filter(pl.col("law").str.starts_with(NARRATIVE))
        results = results.group_by("report_id", "claim").agg(laws=pl.col("law"))
        joined = claims.join(results, on=["report_id", "claim"], how="full", coalesce=True, nulls_equal=True)
        first = pl.lit(NARRATIVE) + pl.col("subject").str.split(" + ").list.first()
        return joined.select(
            "report_id",
            pl.col("claim").fill_null(0),
            one_verdict=(pl.col("laws").list.len() == 1).fill_null(value=False) & pl.col("subject").is_not_null(),
            same_subject=(pl.col("laws").list.first() == first).fill_null(value=False),
        )
