"""The rows of the lake as Postgres takes them, batch by batch."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow

from gk_pipeline.schemas.table import YEAR, Table
from gk_pipeline.storage.parquet import StoredFile
from gk_pipeline.warehouse.postgres.ddl import is_json

_NUL, _INSTEAD = "\x00", "\ufffd"
_JSONB_VERSION = "\x01"
"""The first byte of jsonb in COPY's binary form; the JSON follows as text."""


def rows_of(path: Path, model: type[Table], year: int) -> pyarrow.RecordBatchReader:
    """The rows of a file of the lake with its year, ready for COPY."""
    empty = _to_copy(model.no_rows(), model, year)
    return pyarrow.RecordBatchReader.from_batches(empty.schema, _batches(path, model, year))


def _batches(path: Path, model: type[Table], year: int) -> Iterator[pyarrow.RecordBatch]:
    stored = StoredFile(path)
    for number in range(stored.n_batches):
        yield from _to_copy(stored.batch(number), model, year).to_batches()


def _to_copy(rows: pl.DataFrame, model: type[Table], year: int) -> pyarrow.Table:
    schema = model.polars_schema()
    as_json = [_as_json(name) for name, dtype in schema.items() if is_json(dtype)]
    stated = rows.lazy().with_columns(pl.lit(year, pl.Int32).alias(YEAR))
    ready = storable(stated, model).with_columns(as_json).select(YEAR, *(name for name in schema if name != YEAR))
    return ready.collect().to_arrow(compat_level=pl.CompatLevel.oldest())


def storable(rows: pl.LazyFrame, model: type[Table]) -> pl.LazyFrame:
    """The rows with what Postgres cannot store replaced: a text's NUL characters become U+FFFD."""
    return rows.with_columns(
        _without_nul(pl.col(name), dtype).alias(name) for name, dtype in model.polars_schema().items()
    )


def _without_nul(value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.String):
        return value.str.replace_all(_NUL, _INSTEAD, literal=True)
    if isinstance(dtype, pl.List) and dtype.inner == pl.String:
        return value.list.eval(_without_nul(pl.element(), pl.String()))
    if isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct):
        texts = [field.name for field in dtype.inner.fields if field.dtype == pl.String]
        cleaned = [_without_nul(pl.field(name), pl.String()).alias(name) for name in texts]
        return value.list.eval(pl.element().struct.with_fields(cleaned))
    return value


def _as_json(name: str) -> pl.Expr:
    elements = pl.col(name).list.eval(pl.element().struct.json_encode()).list.join(",")
    return pl.format(_JSONB_VERSION + "[{}]", elements).alias(name)
