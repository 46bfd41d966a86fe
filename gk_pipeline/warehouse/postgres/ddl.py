"""SQL for Postgres from the pandera models: a schema a layer, a table a model, a partition a year, comments."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.table import YEAR, Table
from gk_pipeline.warehouse.postgres.server import identifiers

OWN = "feed"
"""The schema of the partitions and of what the feed keeps about itself."""

_SIMPLE: dict[type[pl.DataType], str] = {
    pl.Boolean: "boolean",
    pl.Int32: "integer",
    pl.Int64: "bigint",
    pl.Float64: "double precision",
    pl.String: "text",
    pl.Date: "date",
    pl.Datetime: "timestamp without time zone",
}
"""As Postgres itself writes them."""


@dataclass(frozen=True)
class Column:
    """A column as Postgres has it: its type, whether it is never null, and whether it is part of the key."""

    dtype: str
    required: bool
    in_key: bool


def postgres_type(dtype: pl.DataType) -> str:
    """The type that holds every value of a polars type: lists of texts are arrays, lists of anything else jsonb."""
    if isinstance(dtype, pl.Decimal):
        return f"numeric({dtype.precision},{dtype.scale})"
    if is_json(dtype):
        return "jsonb"
    if isinstance(dtype, pl.List):
        return "text[]"
    return _SIMPLE[type(dtype)]


def is_json(dtype: pl.DataType) -> bool:
    """Whether a column goes over as jsonb."""
    return isinstance(dtype, pl.List) and dtype.inner != pl.String


def key_of(model: type[Table]) -> list[str]:
    """The columns of the primary key: the year comes first, since partitions are by year."""
    return [YEAR, *(name for name in model.key_columns() if name != YEAR)]


def columns_of(model: type[Table]) -> dict[str, Column]:
    """The columns of a model's table, the year it is filed under first."""
    key, columns = key_of(model), {YEAR: Column("integer", required=True, in_key=True)}
    for name, dtype in model.polars_schema().items():
        if name != YEAR:
            required = not model.to_schema().columns[name].nullable
            columns[name] = Column(postgres_type(dtype), required, name in key)
    return columns


def create_table(model: type[Table]) -> str:
    """The table of a model, without any year.

    Texts are ordered by their bytes, as in DuckDB: answers come in the same order, and keys compare fast.
    """
    columns = [column_sql(name, column) for name, column in columns_of(model).items()]
    key = f"PRIMARY KEY ({identifiers(key_of(model))})"
    return f"CREATE TABLE {full_name(model)} ({', '.join([*columns, key])}) PARTITION BY LIST ({YEAR})"


def create_partition(model: type[Table], year: int, kind: str) -> str:
    """A table of a year's rows alone, to be attached without a look at them; `kind` says what and in which schema."""
    columns = [column_sql(name, column) for name, column in columns_of(model).items()]
    return f"CREATE {kind}.{partition_of(full_name(model), year)} ({', '.join(columns)}, CHECK ({YEAR} = {year}))"


def column_sql(name: str, column: Column) -> str:
    """A column as CREATE TABLE and ADD COLUMN name it."""
    collation = ' COLLATE "C"' if column.dtype in ("text", "text[]") else ""
    return f'"{name}" {column.dtype}{collation}{" NOT NULL" if column.required else ""}'


def partition_of(name: str, year: int) -> str:
    """The partition of a table's year, without its schema."""
    return f"{name.replace('.', '_')}_{year}"


def fingerprint(models: Mapping[str, type[Table]]) -> str:
    """Changes when a table, a column, a type or a key of the models does; not with what they are said to mean."""
    told = {
        name: {column: [of.dtype, of.required, of.in_key] for column, of in columns_of(model).items()}
        for name, model in models.items()
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
