"""Rows of the lake copied into tables that nobody reads yet, over several connections at once.

Within a COPY client and server take turns; with two of them neither waits. What is staged is committed table by table,
but no year has it before the year's own transaction takes it over, all of it or nothing.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.table import Table
from gk_pipeline.warehouse.postgres.ddl import OWN, create_partition, key_of, partition_of
from gk_pipeline.warehouse.postgres.rows import rows_of
from gk_pipeline.warehouse.postgres.server import Session, identifiers

STAGING = "feed_staging"
MARK = "What a feed of gk_pipeline is about to load; it is gone when the feed ends."
_CONNECTIONS = 2


@contextmanager
def staging(session: Session) -> Iterator[None]:
    """A place for what is staged, empty at first and gone afterwards.

    What a killed feed left is dropped, and its last statements are waited for: who creates a table locks its schema.
    """
    with session.transaction():
        session.run(f"DROP SCHEMA IF EXISTS {STAGING} CASCADE")
        session.run(f"CREATE SCHEMA {STAGING}")
        session.run(f"COMMENT ON SCHEMA {STAGING} IS '{MARK}'")
    try:
        yield
    finally:
        if session.is_alive():
            with session.transaction():
                session.run(f"DROP SCHEMA {STAGING} CASCADE")


def stage(session: Session, year: int, files: Mapping[type[Table], Path]) -> None:
    """Copy a year's files, the largest first, to become its partitions or to be compared with those there are."""
    in_order = sorted(files, key=lambda model: -files[model].stat().st_size)
    to_compare = {model for model in files if is_there(session, model, year)}
    idle: SimpleQueue[Session] = SimpleQueue()

    def copy(model: type[Table]) -> None:
        own = idle.get()
        try:
            _copy(own, model, year, files[model], to_compare=model in to_compare)
        finally:
            idle.put(own)

    with ExitStack() as sessions, ThreadPoolExecutor(_CONNECTIONS) as threads:
        for _ in range(_CONNECTIONS):
            idle.put(sessions.enter_context(session.another()))
        copied = [threads.submit(copy, model) for model in in_order]
        try:
            for one in copied:
                one.result()
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise


def is_there(session: Session, model: type[Table], year: int) -> bool:
    """Whether the table has a partition of the year."""
    partition = f"{OWN}.{partition_of(full_name(model), year)}"
    query = "SELECT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass($1) AND inhparent = to_regclass($2))"
    return bool(session.rows(query, partition, full_name(model))[0][0])


def _copy(session: Session, model: type[Table], year: int, path: Path, *, to_compare: bool) -> None:
    """Copy a file into a table of the staging schema, in a transaction of its own.

    What is only compared and then dropped needs neither a key nor to survive the server; a key is built once all rows
    are in, several times as fast.
    """
    partition = partition_of(full_name(model), year)
    staged = f"{STAGING}.{partition}"
    with session.transaction():
        session.run(create_partition(model, year, f"{'UNLOGGED ' if to_compare else ''}TABLE {STAGING}"))
        session.copy(partition, rows_of(path, model, year), schema=STAGING)
        if to_compare:
            session.run(f"ANALYZE {staged}")
        else:
            session.run(f"ALTER TABLE {staged} ADD PRIMARY KEY ({identifiers(key_of(model))})")
