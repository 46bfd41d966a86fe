"""The tables layer: every cell of the form as it was read, and the typed wide tables made from them."""

from collections.abc import Mapping, Sequence
from functools import cache

import pandera.polars as pa
import polars as pl

from gk_pipeline.forms import Form, Measure
from gk_pipeline.schemas.table import Amount, Identity, Table, Texts, column, key, optional

READINGS = ("number", "blank", "dash", "slash", "word", "lost", "absent")
"""`number`; `blank`, `dash`, `slash`, `word`: something else was printed there; `lost`: its row printed another number
of values than it has cells, and this cell has none of its own, or not the same, in every way to read it; `absent`: its
row or table is not there."""


CELL = ["report_id", "table_code", "item", "measure"]
"""The key of a cell."""


class Cells(Table, layer="tables", name="cells"):
    """A cell of the form as it was read, one row for every cell of the detected form whether printed or not."""

    report_id: pl.Int64 = key("the report", zh="报告标识")
    table_code: pl.String = key("table of the form", zh="表")
    item: pl.String = key("row of the table", zh="项目")
    measure: pl.String = key("column of the table", zh="指标")
    form: pl.String = column("the form the table was printed on", zh="表式")
    printed: pl.String = optional("the text as printed; null when nothing stands there", zh="原文")
    reading: pl.String = column("what kind of thing was printed", zh="读法", isin=READINGS)
    value: Amount = optional("the number in the canonical unit; null unless the reading is number", zh="数值")
    unit: pl.String = column("the canonical unit", zh="单位")
    printed_unit: pl.String = optional("the unit printed in the cell or its head; null when none is", zh="原文单位")
    decimals: pl.Int32 = optional("decimals printed, in the canonical unit; null without a number", zh="小数位")
    candidates: Texts = optional(
        "the numbers that a lost cell may have, by the ways to read its row that the laws leave; what the row printed, "
        "where they leave none",
        zh="候选",
    )
    alignments: pl.Int32 = optional(
        "ways to read its row that the laws leave, 0 where they choose none; null unless the cell is lost", zh="读法数"
    )
    block: pl.Int32 = optional(
        "block in which it stands, or its row's first value where it is lost; else null", zh="块序号"
    )
    page: pl.Int32 = optional("page, from 1", zh="页")
    line: pl.Int32 = optional("line in the decoded file, from 1", zh="行")
    grid_row: pl.Int32 = optional("row in the grid, from 0; null in a paragraph", zh="表格行")
    grid_column: pl.Int32 = optional("column in the grid, from 0; null in a paragraph", zh="表格列")
    char_start: pl.Int32 = optional("first character within the block's text or the cell's text", zh="起始字符")
    char_end: pl.Int32 = optional("the character after the last", zh="结束字符")
    confidence: pl.Float64 = optional(
        "where it was recognised in a picture: the share of looks that agree on the text, 0 to 1", zh="识别把握"
    )

    @pa.dataframe_check
    def reading_and_value_agree(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A value, its decimals and its printed text stand exactly where a number was read."""
        number = pl.col("reading") == "number"
        agree = number.eq_missing(pl.col("value").is_not_null()) & number.eq_missing(pl.col("decimals").is_not_null())
        return data.lazyframe.select(agree & (~number | pl.col("printed").is_not_null()))

    @pa.dataframe_check
    def printed_has_a_place(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """What was printed has a block and a span of characters."""
        place = pl.col("block").is_not_null() & (pl.col("char_start") < pl.col("char_end")).fill_null(value=False)
        return data.lazyframe.select(pl.col("printed").is_null() | place)

    @pa.dataframe_check
    def candidates_only_where_open(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Candidates and the number of alignments stand exactly where a cell is lost."""
        lost = pl.col("reading") == "lost"
        ways = pl.col("alignments").is_not_null()
        return data.lazyframe.select(lost.eq_missing(pl.col("candidates").is_not_null()) & lost.eq_missing(ways))

    @pa.dataframe_check
    def candidates_come_of_alignments(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Where alignments are left, each gives the cell one number: some candidates, at most as many."""
        some = pl.col("candidates").list.len().is_between(1, pl.col("alignments")).fill_null(value=False)
        return data.lazyframe.select((pl.col("alignments").fill_null(0) == 0) | some)


class FoundTables(Table, layer="tables", name="found_tables"):
    """A table of the form looked for in a report: on which form it is printed and how much of it was found."""

    report_id: pl.Int64 = key("the report", zh="报告标识")
    table_code: pl.String = key("table of the form", zh="表")
    form: pl.String = column("the form it was printed on", zh="表式")
    items_expected: pl.Int32 = column("items the form has", zh="应有项目")
    items_found: pl.Int32 = column("items whose label was found", zh="找到项目")
    items_lost: pl.Int32 = column("items that printed another number of values than they have cells", zh="丢数项目")


@cache
def wide_model(table_code: str, forms: tuple[Form, ...]) -> type[Table]:
    """The typed wide table of one table code over all forms: a row an item, a numeric column a measure."""
    tables = [table for form in forms for table in form.tables if table.code == table_code]
    measures: dict[str, Measure] = {}
    for table in tables:
        for code, measure in table.measures.items():
            measures.setdefault(code, measure)
    annotations: dict[str, object] = {"report_id": pl.Int64, "item": pl.String, "form": pl.String}
    fields: dict[str, object] = {
        "report_id": key("the report", zh="报告标识"),
        "item": key("row of the table", zh="项目"),
        "form": column("the form the table was printed on", zh="表式"),
    }
    for code, measure in measures.items():
        annotations[code] = Amount if measure.kind == "amount" else pl.Int64
        about = f"{measure.label.text}; null when the item has no such cell or no number was read"
        fields[code] = optional(about, zh=measure.label.text, unit=measure.unit)
    doc = f"{tables[0].title_en} ({tables[0].label.text}) as printed: a row an item, a column a measure."
    body = {"__annotations__": annotations, "__doc__": doc, "__module__": __name__, **fields}
    name = "".join(word.capitalize() for word in table_code.split("_"))
    return type(Table)(name, (Table,), body, layer="tables", name=table_code)  # type: ignore[no-any-return]


def wide_models(forms: Sequence[Form]) -> dict[str, type[Table]]:
    """The wide model of every table code the forms know, in form order."""
    codes = dict.fromkeys(table.code for form in forms for table in form.tables)
    return {code: wide_model(code, tuple(forms)) for code in codes}


@cache
def form_cells(forms: tuple[Form, ...]) -> pl.DataFrame:
    """Every cell of every form: form, table_code, item, measure, kind and unit."""
    rows = [
        (form.code, table.code, cell.item, cell.measure, cell.kind, cell.unit)
        for form in forms
        for table in form.tables
        for cell in table.cells
    ]
    return pl.DataFrame(rows, schema=["form", "table_code", "item", "measure", "kind", "unit"], orient="row")


class CellsAreDense(Identity):
    """Every cell of the detected form has its row, and there is no other, in the form's unit."""

    report_id: pl.Int64
    table_code: pl.String
    item: pl.String
    measure: pl.String
    expected: pl.Boolean = pa.Field(eq=True)
    present: pl.Boolean = pa.Field(eq=True)
    same_unit: pl.Boolean = pa.Field(eq=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("tables.cells", "tables.found_tables")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        found = batch["tables.found_tables"].select("report_id", "table_code", "form")
        expected = found.join(form_cells(tuple(forms)), on=["form", "table_code"], how="left", maintain_order="left")
        expected = expected.select(*CELL, "form", form_unit="unit", expected=pl.lit(value=True))
        present = batch["tables.cells"].select(*CELL, "form", "unit", present=pl.lit(value=True))
        joined = expected.join(present, on=[*CELL, "form"], how="full", coalesce=True)
        return joined.select(
            pl.col("report_id"),
            pl.col("table_code"),
            pl.col("item").fill_null("(no such table in the form)"),
            pl.col("measure").fill_null("(no such table in the form)"),
            pl.col("expected").fill_null(value=False),
            pl.col("present").fill_null(value=False),
            same_unit=pl.col("unit").eq_missing(pl.col("form_unit")),
        )


def texts_of(batch: Mapping[str, pl.DataFrame], placed: pl.DataFrame) -> pl.DataFrame:
    """Rows that name a report and a place in its blocks, with the text that is `standing` there; null where none is."""
    owner = batch["sections.reports"].select("report_id", "document_id")
    blocks = batch["documents.blocks"]
    paragraphs = blocks.filter(pl.col("text").is_not_null()).select("document_id", "block", "text")
    paragraphs = paragraphs.with_columns(grid_row=pl.lit(None, pl.Int32), grid_column=pl.lit(None, pl.Int32))
    grids = blocks.filter(pl.col("grid_cells").is_not_null()).select("document_id", "block", "grid_cells")
    grids = grids.explode("grid_cells").with_columns(
        grid_row=pl.col("grid_cells").struct.field("grid_row"),
        grid_column=pl.col("grid_cells").struct.field("grid_column"),
        text=pl.col("grid_cells").struct.field("text"),
    )
    texts = pl.concat([paragraphs, grids.select(paragraphs.columns)])
    joined = placed.join(owner, on="report_id", how="left").join(
        texts, on=["document_id", "block", "grid_row", "grid_column"], how="left", nulls_equal=True
    )
    length = (pl.col("char_end") - pl.col("char_start")).cast(pl.UInt32)
    return joined.with_columns(standing=pl.col("text").str.slice(pl.col("char_start"), length))


class CellsInBlocks(Identity):
    """Every cell's printed text stands in its block at its position, character for character."""

    report_id: pl.Int64
    table_code: pl.String
    item: pl.String
    measure: pl.String
    printed: pl.String
    standing: pl.String = pa.Field(nullable=True, description="what stands at the position")

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("documents.blocks", "sections.reports", "tables.cells")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        printed = batch["tables.cells"].filter(pl.col("printed").is_not_null())
        return texts_of(batch, printed).select(*CELL, "printed", "standing")

    @pa.dataframe_check
    def stands_there(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """What was printed is what stands there."""
        return data.lazyframe.select(pl.col("standing").eq_missing(pl.col("printed")))


class WideEqualsCells(Identity):
    """Every number of a wide table is that of its cell, and every cell with a number stands in the wide table."""

    report_id: pl.Int64
    table_code: pl.String
    item: pl.String
    measure: pl.String
    form: pl.String
    wide_value: Amount = pa.Field(nullable=True)
    cell_value: Amount = pa.Field(nullable=True)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("tables.cells",)

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        long = [_unpivoted(code, batch[f"tables.{code}"]) for code in wide_models(forms) if f"tables.{code}" in batch]
        wide = pl.concat(long) if long else None
        cells = batch["tables.cells"].filter(pl.col("value").is_not_null())
        cells = cells.select(*CELL, "form", cell_value="value")
        if wide is None:
            return cells.clear().select(*CELL, "form", wide_value="cell_value", cell_value="cell_value")
        joined = wide.join(cells, on=[*CELL, "form"], how="full", coalesce=True)
        return joined.select(*CELL, "form", "wide_value", "cell_value")

    @pa.dataframe_check
    def same_number(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Both sides hold the same number."""
        return data.lazyframe.select(pl.col("wide_value").eq_missing(pl.col("cell_value")))


def _unpivoted(code: str, wide: pl.DataFrame) -> pl.DataFrame:
    measures = wide.drop("report_id", "item", "form").columns
    exact = wide.with_columns(pl.col(measures).cast(pl.Decimal(20, 6)))
    long = exact.unpivot(
        measures, index=["report_id", "item", "form"], variable_name="measure", value_name="wide_value"
    )
    long = long.filter(pl.col("wide_value").is_not_null()).with_columns(table_code=pl.lit(code))
    return long.select(*CELL, "form", "wide_value")
