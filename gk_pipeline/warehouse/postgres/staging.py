"""Rows of the lake copied into tables that nobody reads yet, over several connections at once.

Within a COPY client and server take turns; with two of them neither waits. What is staged is committed table by table,
but no year has it before the year's own transaction takes it over, all of it or nothing.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.table import Table
from gk_pipeline.warehouse.postgres.ddl import OWN, create_partition, key_of, partition_of
from gk_pipeline.warehouse.postgres.rows import rows_of
from gk_pipeline.warehouse.postgres.server import Session, identifiers

STAGING = "feed_staging"
_CONNECTIONS = 2


@contextmanager
def staging(session: Session) -> Iterator[None]:
    """A place for what is staged, empty at first and gone afterwards.

    What a killed feed left is dropped, and its last statements are waited for: who creates a table locks its schema.
    """
    with session.transaction():
        session.run(f"DROP SCHEMA IF EXISTS {STAGING} CASCADE")
        session.run(f"CREATE SCHEMA {STAGING}")
    try:
        yield
    finally:
        if session.is_alive():
            with session.transaction():
                session.run(f"DROP SCHEMA {STAGING} CASCADE")


def stage(session: Session, year: int, files: Mapping[type[Table], Path]) -> None:
    """Copy a year's files, the largest first, to become its partitions or to be compared with those there are."""
    with ThreadPoolExecutor(_CONNECTIONS) as connections:
        copied = [
            connections.submit(
                _copy_merged if is_there(session, model, year) else _copy_new, session, model, year, files[model]
            )
            for model in sorted(files, key=lambda model: -files[model].stat().st_size)
        ]
        try:
            for one in copied:
                one.result()
        except BaseException:
            connections.shutdown(cancel_futures=True)
            raise


def is_there(session: Session, model: type[Table], year: int) -> bool:
    """Whether the table has a partition of the year."""
    partition = partition_of(full_name(model), year)
    return bool(session.rows("SELECT to_regclass($1) IS NOT NULL", f"{OWN}.{partition}")[0][0])


def _copy_new(session: Session, model: type[Table], year: int, path: Path) -> None:
    """The key is built once all rows are in, several times as fast."""
    partition = partition_of(full_name(model), year)
    with session.another() as own, own.transaction():
        own.run(create_partition(model, year, f"TABLE {STAGING}"))
        own.copy(partition, rows_of(path, model, year), schema=STAGING)
        own.run(f"ALTER TABLE {STAGING}.{partition} ADD PRIMARY KEY ({identifiers(key_of(model))})")


def _copy_merged(session: Session, model: type[Table], year: int, path: Path) -> None:
    """What is only compared and dropped needs neither a key nor to survive the server."""
    partition = partition_of(full_name(model), year)
    with session.another() as own, own.transaction():
        own.run(create_partition(model, year, f"UNLOGGED TABLE {STAGING}"))
        own.copy(partition, rows_of(path, model, year), schema=STAGING)
        own.run(f"ANALYZE {STAGING}.{partition}")
