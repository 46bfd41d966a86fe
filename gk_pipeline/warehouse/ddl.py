"""SQL from the pandera models: a schema a layer, a table a model, a comment on everything."""

import inspect
from collections.abc import Iterator

import polars as pl
from polars.datatypes import DataTypeClass

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.table import LAYERS, YEAR, Reference, Table

_SIMPLE: dict[type[pl.DataType], str] = {
    pl.Boolean: "BOOLEAN",
    pl.Int32: "INTEGER",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.String: "VARCHAR",
    pl.Date: "DATE",
    pl.Datetime: "TIMESTAMP",
}


def sql_type(dtype: pl.DataType) -> str:
    """The DuckDB type that holds every value of a polars type."""
    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision}, {dtype.scale})"
    if isinstance(dtype, pl.List):
        return f"{sql_type(_made(dtype.inner))}[]"
    if isinstance(dtype, pl.Struct):
        fields = ", ".join(f'"{field.name}" {sql_type(_made(field.dtype))}' for field in dtype.fields)
        return f"STRUCT({fields})"
    return _SIMPLE[type(dtype)]


def _made(dtype: pl.DataType | DataTypeClass) -> pl.DataType:
    return dtype() if isinstance(dtype, DataTypeClass) else dtype


def create_schemas() -> list[str]:
    """A schema for every layer."""
    return [f"CREATE SCHEMA IF NOT EXISTS {layer}" for layer in LAYERS]


def create_table(model: type[Table]) -> str:
    """The table of a model of the lake, with the year it is filed under before its columns."""
    columns = [f"{YEAR} INTEGER NOT NULL"]
    for name, dtype in model.polars_schema().items():
        if name != YEAR:
            required = "" if model.to_schema().columns[name].nullable else " NOT NULL"
            columns.append(f'"{name}" {sql_type(dtype)}{required}')
    return f"CREATE TABLE IF NOT EXISTS {full_name(model)} ({', '.join(columns)})"


def create_reference(model: type[Reference]) -> str:
    """A reference table as DuckDB and Postgres both take it: with its key, texts ordered by their bytes."""
    columns = []
    for name, dtype in model.polars_schema().items():
        collation = ' COLLATE "C"' if isinstance(dtype, pl.String) else ""
        required = "" if model.to_schema().columns[name].nullable else " NOT NULL"
        columns.append(f'"{name}" {sql_type(dtype)}{collation}{required}')
    key = ", ".join(f'"{name}"' for name in model.key_columns())
    return f"CREATE TABLE {full_name(model)} ({', '.join(columns)}, PRIMARY KEY ({key}))"


def drop_table(model: type[Table]) -> str:
    """Its end, if it is there."""
    return f"DROP TABLE IF EXISTS {full_name(model)}"


def comments(model: type[Table]) -> Iterator[str]:
    """What the table and each of its columns mean."""
    yield f"COMMENT ON TABLE {full_name(model)} IS {quoted(inspect.getdoc(model) or '')}"
    if not issubclass(model, Reference):
        yield f"COMMENT ON COLUMN {full_name(model)}.{YEAR} IS {quoted('年度: the year folder it is filed under')}"
    for name in model.polars_schema():
        yield f'COMMENT ON COLUMN {full_name(model)}."{name}" IS {quoted(meaning(model, name))}'


def meaning(model: type[Table], name: str) -> str:
    """What a column means: its Chinese title, its description and its unit."""
    column = model.to_schema().columns[name]
    unit = f" ({column.metadata['unit']})" if column.metadata["unit"] else ""
    return f"{column.title}: {column.description}{unit}"


def insert_rows(model: type[Table], rows: pl.DataFrame) -> Iterator[str]:
    """The rows of a small table as a statement; none without rows."""
    told = [f"({', '.join(map(_literal, row))})" for row in rows.iter_rows()]
    if told:
        yield f"INSERT INTO {full_name(model)} VALUES {', '.join(told)}"


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return quoted(value) if isinstance(value, str) else str(value).upper()


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
