"""Rows of the lake copied into tables that nobody reads yet, over several connections at once.

Within a COPY client and server take turns; with two of them neither waits. What is staged is committed table by table,
but no year has it before the year's own transaction takes it over, all of it or nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
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
    waiting: SimpleQueue[Session] = SimpleQueue()
    in_order = sorted(files, key=lambda model: -files[model].stat().st_size)
    copies = [partial(_copy_merged if is_there(session, model, year) else _copy_new, model, year) for model in in_order]

    def copy(into: Callable[[Session, Path], None], path: Path) -> None:
        own = waiting.get()
        try:
            into(own, path)
        finally:
            waiting.put(own)

    with ExitStack() as sessions, ThreadPoolExecutor(_CONNECTIONS) as threads:
        for _ in range(_CONNECTIONS):
            waiting.put(sessions.enter_context(session.another()))
        copied = [threads.submit(copy, into, files[model]) for into, model in zip(copies, in_order, strict=True)]
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


def _copy_new(model: type[Table], year: int, own: Session, path: Path) -> None:
    """The key is built once all rows are in, several times as fast."""
    partition = partition_of(full_name(model), year)
    with own.transaction():
        own.run(create_partition(model, year, f"TABLE {STAGING}"))
        own.copy(partition, rows_of(path, model, year), schema=STAGING)
        own.run(f"ALTER TABLE {STAGING}.{partition} ADD PRIMARY KEY ({identifiers(key_of(model))})")


def _copy_merged(model: type[Table], year: int, own: Session, path: Path) -> None:
    """What is only compared and dropped needs neither a key nor to survive the server."""
    partition = partition_of(full_name(model), year)
    with own.transaction():
        own.run(create_partition(model, year, f"UNLOGGED TABLE {STAGING}"))
        own.copy(partition, rows_of(path, model, year), schema=STAGING)
        own.run(f"ANALYZE {STAGING}.{partition}")
