"""The sections layer: whose report it is, of which year, on which form, and where its sections stand."""

from collections.abc import Mapping, Sequence

import pandera.polars as pa
import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.table import Identity, Table, column, key, optional

LEVELS = ("province", "city", "county", "township", "department", "unknown")
SCOPES = ("own", "consolidated", "unknown")
ORDINALS = 256
"""Reports one document may hold; the lowest byte of a report's id."""

TABLE_FORMS = pl.List(pl.Struct({"table_code": pl.String, "form": pl.String}))
"""The form each table was printed on; a table that was not found has no entry."""


def ordinal_of(report_id: int) -> int:
    """The number of a report in its document, from 0."""
    return report_id % ORDINALS


class Reports(Table, layer="sections", name="reports"):
    """A report: a document may hold several."""

    report_id: pl.Int64 = key("the report: made from the document's sha256 and its ordinal in it", zh="报告标识")
    document_id: pl.String = column("the document it stands in", zh="文档标识")
    ordinal: pl.Int32 = column("which report of the document, from 0", zh="报告序号")
    organization: pl.String = optional("the body as printed; null when the report names none", zh="发布机构")
    organization_id: pl.String = optional("provisional: from the normalized name alone", zh="机构标识")
    level: pl.String = column("what the name says about the body's level", zh="层级", isin=LEVELS)
    scope: pl.String = column("whose figures it holds: the body's own, or a whole area's", zh="统计范围", isin=SCOPES)
    stated_year: pl.Int32 = optional("the year the report says it is about; null when it does not", zh="报告年度")
    published_on: pl.Date = optional("publication or signature date; null when none is printed", zh="发布日期")
    title: pl.String = optional("the title as printed; null when none was found", zh="标题")
    form: pl.String = optional("the form of the applications table; null when it was not found", zh="表式")
    table_forms: TABLE_FORMS = column("the form of each table found", zh="各表表式")
    first_block: pl.Int32 = column("first block of the report", zh="起始块")
    last_block: pl.Int32 = column("last block of the report", zh="结束块")


class Sections(Table, layer="sections", name="sections"):
    """A section of a report: its heading as printed and what stands under it."""

    report_id: pl.Int64 = key("the report", zh="报告标识")
    section: pl.String = key("code of the section", zh="部分")
    heading: pl.String = column("the heading as printed", zh="标题")
    text: pl.String = column("the section's paragraphs, one a line, without its grids", zh="正文")
    first_block: pl.Int32 = column("block in which the heading starts", zh="起始块")
    first_char: pl.Int32 = column("character of that block's text at which it starts", zh="起始字符")
    last_block: pl.Int32 = column("block in which the section ends", zh="结束块")
    last_char: pl.Int32 = column("character of that block's text before which it ends", zh="结束字符")


class SectionsOfReports(Identity):
    """Every section's report exists; sections lie within the report's blocks and do not overlap."""

    report_id: pl.Int64
    section: pl.String
    within: pl.Boolean = pa.Field(eq=True)
    ordered: pl.Boolean = pa.Field(eq=True, description="it ends after it starts")
    disjoint: pl.Boolean = pa.Field(eq=True, description="the next one starts at or after its end")
    known_code: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("sections.reports", "sections.sections")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        reports = batch["sections.reports"].select("report_id", low="first_block", high="last_block")
        joined = batch["sections.sections"].join(reports, on="report_id", how="left", maintain_order="left")
        joined = joined.sort("report_id", "first_block", "first_char")
        next_block = pl.col("first_block").shift(-1).over("report_id")
        next_char = pl.col("first_char").shift(-1).over("report_id")
        before_next = (pl.col("last_block") < next_block) | (
            (pl.col("last_block") == next_block) & (pl.col("last_char") <= next_char)
        )
        codes = [section.code for form in forms for section in form.sections]
        within = (pl.col("first_block") >= pl.col("low")) & (pl.col("last_block") <= pl.col("high"))
        ordered = (pl.col("first_block") < pl.col("last_block")) | (
            (pl.col("first_block") == pl.col("last_block")) & (pl.col("first_char") < pl.col("last_char"))
        )
        return joined.select(
            "report_id",
            "section",
            within=within.fill_null(value=False),
            ordered=ordered,
            disjoint=next_block.is_null() | before_next.fill_null(value=False),
            known_code=pl.col("section").is_in(codes),
        )
