"""The documents layer: which files were read, and what they say before anyone interprets it."""

from collections.abc import Mapping, Sequence

import pandera.polars as pa
import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.table import Identity, Table, column, key, optional

READ_STATUSES = ("read", "duplicate", "refused", "skipped")
"""`read`; `duplicate`: the same bytes as an earlier path; `refused`: unreadable, see `error`; `skipped`: by its suffix
no document but a file of some program."""

GRID_CELLS = pl.List(
    pl.Struct(
        {
            "grid_row": pl.Int32,
            "grid_column": pl.Int32,
            "row_span": pl.Int32,
            "column_span": pl.Int32,
            "text": pl.String,
            "line": pl.Int32,
            "char_start": pl.Int32,
            "confidence": pl.Float64,
        }
    )
)
"""Cells of a grid: position of the top left corner (from 0), spans, text, where it stands in the file, and the share of
looks that agree on the text where it was recognised in a picture."""


class Files(Table, layer="documents", name="files"):
    """A path that was found: which bytes it holds, or why it could not be read."""

    path: pl.String = key("path relative to the folder that was read", zh="文件路径")
    document_id: pl.String = optional("sha256 of the bytes in hex; null when they were not fetched", zh="文档标识")
    file_size: pl.Int64 = optional("bytes; null when the file could not be fetched", zh="字节数", unit="byte")
    modified: pl.Datetime = optional("when the file was last modified (UTC); null when unknown", zh="修改时间")
    source_url: pl.String = optional("where the page says it was published; null when it does not", zh="来源网址")
    read_status: pl.String = column(
        "read, duplicate, refused, or skipped as no document", zh="读取状态", isin=READ_STATUSES
    )
    error: pl.String = optional("why it was refused and what to do; null when it was read", zh="错误")

    @pa.dataframe_check
    def refused_says_why(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """An error stands exactly where a file was refused."""
        return data.lazyframe.select((pl.col("read_status") == "refused").eq_missing(pl.col("error").is_not_null()))


class Documents(Table, layer="documents", name="documents"):
    """Distinct bytes that could be read, however many paths hold them."""

    document_id: pl.String = key("sha256 of the bytes in hex", zh="文档标识")
    media_type: pl.String = column("what the bytes are", zh="媒体类型")
    encoding: pl.String = optional("how text was decoded; null for formats that say it themselves", zh="编码")
    title_text: pl.String = optional("what the format itself calls the title; null when it has none", zh="标题")
    n_blocks: pl.Int32 = column("blocks in the document", zh="块数")


class Blocks(Table, layer="documents", name="blocks"):
    """A paragraph or a grid of cells, in reading order, with its place in the document."""

    document_id: pl.String = key("the document", zh="文档标识")
    block: pl.Int32 = key("number in reading order, from 0", zh="块序号")
    text: pl.String = optional("the paragraph as printed; null for a grid", zh="文本")
    grid_cells: GRID_CELLS = optional("the cells of a grid; null for a paragraph", zh="表格单元")
    spans_known: pl.Boolean = column("whether the grid's spans are real or rebuilt from tabs and pipes", zh="跨度可靠")
    page: pl.Int32 = optional("page, from 1; null where the format has none", zh="页")
    line: pl.Int32 = optional("line in the decoded file, from 1; null where the format has none", zh="行")
    char_start: pl.Int32 = optional("character in the decoded file, from 0; null where there is none", zh="字符位置")
    confidence: pl.Float64 = optional(
        "where a paragraph was recognised in a picture: the share of looks that agree on it, 0 to 1", zh="识别把握"
    )

    @pa.dataframe_check
    def paragraph_or_grid(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A block is a paragraph or a grid, never both or neither."""
        return data.lazyframe.select(pl.col("text").is_null() != pl.col("grid_cells").is_null())


class BlocksOfDocuments(Identity):
    """Every block's document exists, and its blocks are numbered from 0 without a gap."""

    document_id: pl.String
    known: pl.Boolean = pa.Field(eq=True)
    first: pl.Int32 = pa.Field(eq=0)
    last: pl.Int32
    n_counted: pl.Int32
    n_stated: pl.Int32

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ("documents.documents", "documents.blocks")

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        blocks = batch["documents.blocks"].group_by("document_id", maintain_order=True)
        counted = blocks.agg(first=pl.col("block").min(), last=pl.col("block").max(), n_counted=pl.len().cast(pl.Int32))
        stated = batch["documents.documents"].select("document_id", n_stated="n_blocks", known=pl.lit(value=True))
        joined = counted.join(stated, on="document_id", how="full", coalesce=True, maintain_order="left_right")
        return joined.select(
            "document_id",
            pl.col("known").fill_null(value=False),
            pl.col("first").fill_null(0),
            pl.col("last").fill_null(-1),
            pl.col("n_counted").fill_null(0),
            pl.col("n_stated").fill_null(-1),
        )

    @pa.dataframe_check
    def numbered_without_gaps(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """As many blocks as stated, the last numbered one less."""
        n = pl.col("n_counted")
        return data.lazyframe.select((pl.col("n_stated") == n) & (pl.col("last") == n - 1))
