"""SQL from the pandera models: a schema a layer, a table a model, a comment on everything."""

import inspect
from collections.abc import Iterator

import polars as pl
from polars.datatypes import DataTypeClass

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.table import LAYERS, YEAR, Table

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
    """The table of a model, with the year it is filed under before its own columns."""
    columns = [f"{YEAR} INTEGER NOT NULL"]
    for name, dtype in model.polars_schema().items():
        if name != YEAR:
            required = "" if model.to_schema().columns[name].nullable else " NOT NULL"
            columns.append(f'"{name}" {sql_type(dtype)}{required}')
    return f"CREATE TABLE IF NOT EXISTS {full_name(model)} ({', '.join(columns)})"


def comments(model: type[Table]) -> Iterator[str]:
    """What the table and each of its columns mean."""
    yield f"COMMENT ON TABLE {full_name(model)} IS {quoted(inspect.getdoc(model) or '')}"
    yield f"COMMENT ON COLUMN {full_name(model)}.{YEAR} IS {quoted('年度: the year folder it is filed under')}"
    for name, column in model.to_schema().columns.items():
        unit = f" ({column.metadata['unit']})" if column.metadata["unit"] else ""
        about = f"{column.title}: {column.description}{unit}"
        yield f'COMMENT ON COLUMN {full_name(model)}."{name}" IS {quoted(about)}'


CURRENT_FACTS = "panel.current_facts"
"""The view that analysts start from: no report is counted twice, and no veto of a neighbouring year is overlooked."""

_ABOUT_CURRENT_FACTS = (
    "The facts of the current report of each body and year, with what neighbouring years settle: value and status are "
    "those of facts.facts, but settled cells have the settled value, and a correction that a neighbour vetoes is "
    "disputed with the printed number. Reports that name no body are left out."
)


def create_views() -> Iterator[str]:
    """The views over the tables, made anew with them."""
    yield f"""CREATE OR REPLACE VIEW {CURRENT_FACTS} AS
        SELECT f.{YEAR}, c.organization_id, f.report_id, f.table_code, f.item, f.measure, f.form, f.reported,
               CASE s.settlement_kind WHEN 'settled' THEN s.value WHEN 'vetoed' THEN f.reported ELSE f.value END
                   AS value,
               f.unit,
               CASE s.settlement_kind WHEN 'settled' THEN 'settled' WHEN 'vetoed' THEN 'disputed' ELSE f.status END
                   AS status,
               s.evidence
        FROM facts.facts f
        JOIN panel.current_reports c USING ({YEAR}, report_id)
        LEFT JOIN panel.settlements s USING ({YEAR}, report_id, table_code, item, measure)"""
    yield f"COMMENT ON VIEW {CURRENT_FACTS} IS {quoted(_ABOUT_CURRENT_FACTS)}"


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
