"""A table's year brought to what the lake holds, touching no row that is the same."""

from dataclasses import dataclass

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.table import Table
from gk_pipeline.warehouse.postgres.ddl import OWN, columns_of, key_of, partition_of
from gk_pipeline.warehouse.postgres.server import Session, identifiers
from gk_pipeline.warehouse.postgres.staging import STAGING, is_there


@dataclass(frozen=True)
class Changed:
    """How many rows of a table's year came, changed and went."""

    inserted: int
    updated: int
    deleted: int

    def __bool__(self) -> bool:
        return any((self.inserted, self.updated, self.deleted))


def bring(session: Session, model: type[Table], year: int) -> Changed:
    """Make a table's year what was staged for it; until the transaction ends nobody else can change it."""
    if not is_there(session, model, year):
        return _attached(session, model, year)
    _keep_others_out(session, model, year)
    return _merged(session, model, year)


def empty(session: Session, model: type[Table], year: int) -> Changed:
    """Make a table's year one without rows."""
    if not is_there(session, model, year):
        return Changed(0, 0, 0)
    _keep_others_out(session, model, year)
    return Changed(0, 0, session.run(f"DELETE FROM {OWN}.{partition_of(full_name(model), year)}"))


def _keep_others_out(session: Session, model: type[Table], year: int) -> None:
    """Let others read the year and not write it, so that what is noted of its rows is what was compared."""
    session.run(f"LOCK TABLE {OWN}.{partition_of(full_name(model), year)} IN SHARE ROW EXCLUSIVE MODE")


def _attached(session: Session, model: type[Table], year: int) -> Changed:
    """A year that comes for the first time: its rows are staged with their key, and become the partition."""
    name, partition = full_name(model), partition_of(full_name(model), year)
    session.run(f"ALTER TABLE {STAGING}.{partition} SET SCHEMA {OWN}")
    session.run(f"ALTER TABLE {name} ATTACH PARTITION {OWN}.{partition} FOR VALUES IN ({year})")
    return Changed(session.rows(f"SELECT count(*) FROM {OWN}.{partition}")[0][0], 0, 0)


def _merged(session: Session, model: type[Table], year: int) -> Changed:
    """A year that is there: rows that are gone are deleted, those that differ updated, new ones inserted."""
    partition = partition_of(full_name(model), year)
    target, staged = f"{OWN}.{partition}", f"{STAGING}.{partition}"
    columns, key = list(columns_of(model)), key_of(model)
    others = [name for name in columns if name not in key]
    same = " AND ".join(f't."{name}" = s."{name}"' for name in key)
    assigned = ", ".join(f'"{name}" = s."{name}"' for name in others)
    deleted = session.run(f"DELETE FROM {target} t WHERE NOT EXISTS (SELECT FROM {staged} s WHERE {same})")
    updated = session.run(
        f"UPDATE {target} t SET {assigned} FROM {staged} s "
        f"WHERE {same} AND ({_of('t', others)}) IS DISTINCT FROM ({_of('s', others)})"
    )
    inserted = session.run(
        f"INSERT INTO {target} ({identifiers(columns)}) SELECT {identifiers(columns)} FROM {staged} s "
        f"WHERE NOT EXISTS (SELECT FROM {target} t WHERE {same})"
    )
    session.run(f"DROP TABLE {staged}")
    return Changed(inserted, updated, deleted)


def _of(alias: str, columns: list[str]) -> str:
    return "ROW(" + ", ".join(f'{alias}."{name}"' for name in columns) + ")"
