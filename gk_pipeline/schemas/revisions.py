"""Reports of one body and year: which of them counts, and what the others print instead."""

from collections.abc import Mapping, Sequence

import pandera.polars as pa
import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.table import Amount, Identity, Table, Texts, column, key, optional

STANDINGS = ("current", "superseded", "resaved")
DECISIONS = ("published_on", "fuller", "verified_share", "more_numbers", "undecided", "same_cells", "parts")


class Revisions(Table, layer="facts", name="revisions"):
    """A report of a body and year of which there are several; one is current, and only that one has neighbours.

    Every other body and year has one report, which stands in `sections.reports` alone.
    """

    organization_id: pl.String = key("the body", zh="机构标识")
    report_year: pl.Int32 = key("the year folder", zh="年度")
    report_id: pl.Int64 = key("the report", zh="报告标识")
    standing: pl.String = column(
        "current; superseded: the current one prints other numbers; resaved: it prints the same",
        zh="地位",
        isin=STANDINGS,
    )
    current_report_id: pl.Int64 = column("the report that counts", zh="现行报告")
    decided_by: pl.String = column(
        "published_on: the later one counts; fuller: the one that prints all that the others print; verified_share, "
        "more_numbers, undecided: until a person has looked, the one with more verified cells among those that all "
        "print, with more numbers, with the smaller id; same_cells: all print the same; parts: some have no printed "
        "cell in common, as pages of one report have not, and the one with most numbers stands for them",
        zh="判定依据",
        isin=DECISIONS,
    )
    published_on: pl.Date = optional("publication or signature date; null when none is printed", zh="发布日期")
    n_cells: pl.Int64 = column("cells of its tables", zh="单元格数")
    n_verified: pl.Int64 = column("those of them that are verified", zh="已核实数")
    n_changed: pl.Int64 = column("cells that print another number than in the current report", zh="改动数")
    n_lacking: pl.Int64 = column(
        "those of them in which the current report prints a number and this one none", zh="缺少数"
    )
    n_only_here: pl.Int64 = column("those in which this report prints a number and the current one none", zh="独有数")
    tables_lost: Texts = column("tables of which the current report prints a number and this one none", zh="缺少的表")
    tables_only_here: Texts = column(
        "tables of which this report prints a number and the current one none", zh="独有的表"
    )
    why: pl.String = column("why the current one is current", zh="理由")


class RevisedCells(Table, layer="facts", name="revised_cells"):
    """A cell of a superseded report that prints another number than the current report of its body and year."""

    report_id: pl.Int64 = key("the superseded report", zh="报告标识")
    table_code: pl.String = key("table of the form", zh="表")
    item: pl.String = key("row of the table", zh="项目")
    measure: pl.String = key("column of the table", zh="指标")
    current_report_id: pl.Int64 = column("the report that counts", zh="现行报告")
    reported: Amount = optional("the number printed in this report; null where it prints none", zh="原公布值")
    current_reported: Amount = optional(
        "the number printed in the current one; null where it prints none", zh="现公布值"
    )

    @pa.dataframe_check
    def something_changed(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The two reports print different numbers."""
        return data.lazyframe.select(pl.col("reported").ne_missing(pl.col("current_reported")))


class OneReportIsCurrent(Identity):
    """Of several reports of a body and year one is current; superseded ones have cells that changed, others none."""

    organization_id: pl.String
    report_year: pl.Int32
    report_id: pl.Int64
    one_current: pl.Boolean = pa.Field(eq=True)
    has_its_cells: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("facts.revisions", "facts.revised_cells")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        cells = batch["facts.revised_cells"].group_by("report_id", "current_report_id")
        found = cells.agg(
            n_found=pl.len(),
            n_null=pl.col("reported").null_count(),
            n_current_null=pl.col("current_reported").null_count(),
        )
        joined = batch["facts.revisions"].join(found, on=["report_id", "current_report_id"], how="left")
        body = ["organization_id", "report_year"]
        current = pl.col("standing") == "current"
        itself = current.eq_missing(pl.col("report_id") == pl.col("current_report_id"))
        single = (pl.len().over(body) > 1) & (current.sum().over(body) == 1)
        same = pl.col("current_report_id").n_unique().over(body) == 1
        counts = {"n_changed": "n_found", "n_lacking": "n_null", "n_only_here": "n_current_null"}
        counted = pl.all_horizontal(pl.col(told) == pl.col(n).fill_null(0) for told, n in counts.items())
        return joined.select(
            *body,
            "report_id",
            one_current=single & same & itself,
            has_its_cells=counted & ((pl.col("standing") == "superseded") == (pl.col("n_changed") > 0)),
        )
