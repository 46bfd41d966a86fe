"""A table's year brought to what the lake holds, touching no row that is the same."""

from dataclasses import dataclass
from pathlib import Path

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.table import YEAR, Table
from gk_pipeline.warehouse.postgres.ddl import OWN, columns_of, key_of, partition_of
from gk_pipeline.warehouse.postgres.rows import rows_of
from gk_pipeline.warehouse.postgres.server import Session, identifiers

_STAGED = "gk_staged"


@dataclass(frozen=True)
class Changed:
    """How many rows of a table's year came, changed and went."""

    inserted: int
    updated: int
    deleted: int

    def __bool__(self) -> bool:
        return any((self.inserted, self.updated, self.deleted))


def bring(session: Session, model: type[Table], year: int, path: Path | None) -> Changed:
    """Make a table's year what a file of the lake holds; without a file it has no rows."""
    partition = partition_of(full_name(model), year)
    there = session.rows("SELECT to_regclass($1) IS NOT NULL", f"{OWN}.{partition}")[0][0]
    if path is None:
        gone = session.run(f"DELETE FROM {OWN}.{partition}") if there else 0
        return Changed(0, 0, gone)
    if not there:
        return Changed(_new_partition(session, model, year, path), 0, 0)
    return _merged(session, model, year, path)


def _new_partition(session: Session, model: type[Table], year: int, path: Path) -> int:
    """A year that comes for the first time: its key is built once all rows are in, several times as fast."""
    name, partition = full_name(model), partition_of(full_name(model), year)
    session.run(f"CREATE TABLE {OWN}.{partition} (LIKE {name}, CHECK ({YEAR} = {year}))")
    session.copy(partition, rows_of(path, model, year), schema=OWN)
    session.run(f"ALTER TABLE {OWN}.{partition} ADD PRIMARY KEY ({identifiers(key_of(model))})")
    session.run(f"ALTER TABLE {name} ATTACH PARTITION {OWN}.{partition} FOR VALUES IN ({year})")
    return session.rows(f"SELECT count(*) FROM {OWN}.{partition}")[0][0]  # type: ignore[no-any-return]


def _merged(session: Session, model: type[Table], year: int, path: Path) -> Changed:
    """A year that is there: rows that are gone are deleted, those that differ updated, new ones inserted."""
    target = f"{OWN}.{partition_of(full_name(model), year)}"
    columns, key = list(columns_of(model)), key_of(model)
    others = [name for name in columns if name not in key]
    same = " AND ".join(f't."{name}" = s."{name}"' for name in key)
    assigned = ", ".join(f'"{name}" = s."{name}"' for name in others)
    session.run(f"CREATE TEMP TABLE {_STAGED} (LIKE {target}) ON COMMIT DROP")
    session.copy(_STAGED, rows_of(path, model, year), schema="pg_temp")
    session.run(f"ANALYZE {_STAGED}")
    deleted = session.run(f"DELETE FROM {target} t WHERE NOT EXISTS (SELECT FROM {_STAGED} s WHERE {same})")
    updated = session.run(
        f"UPDATE {target} t SET {assigned} FROM {_STAGED} s "
        f"WHERE {same} AND ({_of('t', others)}) IS DISTINCT FROM ({_of('s', others)})"
    )
    inserted = session.run(
        f"INSERT INTO {target} ({identifiers(columns)}) SELECT {identifiers(columns)} FROM {_STAGED} s "
        f"WHERE NOT EXISTS (SELECT FROM {target} t WHERE {same})"
    )
    session.run(f"DROP TABLE {_STAGED}")
    return Changed(inserted, updated, deleted)


def _of(alias: str, columns: list[str]) -> str:
    return "ROW(" + ", ".join(f'{alias}."{name}"' for name in columns) + ")"
