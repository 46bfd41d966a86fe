"""What the feed keeps in the database about itself: versions, loaded files, views."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from typing import NamedTuple

from adbc_driver_manager import Error

from gk_pipeline.schemas.table import YEAR
from gk_pipeline.warehouse.postgres.ddl import OWN
from gk_pipeline.warehouse.postgres.server import FeedFailed, Session

SCHEMA_VERSION = 2
"""Rises with every change of a table, a column, a type or a key; a test holds it to the models."""

LOADED, VERSIONS = f"{OWN}.loaded_files", f"{OWN}.versions"
TABLES, VIEWS = f"{OWN}.tables", f"{OWN}.views"
_LOCK = 6_411_220_908
"""The advisory lock of a database that is being fed: any number that nothing else there is likely to use."""
_WAIT_FOR_LOCK = "5s"
_LOCK_NOT_AVAILABLE = "55P03"
_COLUMNS = """SELECT attname::text FROM pg_attribute
              WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped"""


class NewerDatabase(FeedFailed):
    """The database was fed by a later version than this one."""


class FeedBusy(FeedFailed):
    """Another feed is at work in the database."""


@dataclass(frozen=True)
class Kept:
    """A table of the feed's own: what it is for, and its columns with their meaning."""

    name: str
    about: str
    columns: dict[str, tuple[str, str]]
    key: str


OWN_TABLES = (
    Kept(
        VERSIONS,
        "The versions that fed this database, each when it did so first.",
        {
            "schema_version": ("integer NOT NULL", "rises with every change of the tables"),
            "code_version": ("text NOT NULL", "version of gk_pipeline"),
            "since": ("timestamptz NOT NULL DEFAULT now()", "when it first fed this database"),
            "comments": ("text NOT NULL DEFAULT ''", "sha256 of the comments that it made last"),
        },
        "schema_version",
    ),
    Kept(
        LOADED,
        "Which file of the lake each year of each table was loaded from.",
        {
            "table_name": ("text NOT NULL", "schema and name of the table"),
            YEAR: ("integer NOT NULL", "the year folder it is filed under"),
            "sha256": ("text NOT NULL", "of the bytes of the Parquet file"),
            "row_versions": ("bigint", "tells the rows as they were loaded; any change of one makes it another"),
        },
        f"table_name, {YEAR}",
    ),
    Kept(
        TABLES,
        "The tables that the feed made.",
        {"table_name": ("text NOT NULL", "schema and name of the table")},
        "table_name",
    ),
    Kept(
        VIEWS,
        "The views that the feed made.",
        {
            "view_name": ("text NOT NULL", "schema and name of the view"),
            "made": ("integer NOT NULL", "its number in the order in which they are made"),
            "sha256": ("text NOT NULL", "of the statements that make them"),
            "definition": ("text NOT NULL DEFAULT ''", "the query of the view as Postgres told it when it was made"),
        },
        "view_name",
    ),
)


def make_own_tables(session: Session) -> None:
    """Create the feed's own tables with their comments, and add columns that an earlier version did not have."""
    for kept in OWN_TABLES:
        there = {name for (name,) in session.rows(_COLUMNS, kept.name)}
        missing = [name for name in kept.columns if name not in there]
        columns = [f"{name} {kept.columns[name][0]}" for name in missing]
        if not there:
            session.run(f"CREATE TABLE {kept.name} ({', '.join(columns)}, PRIMARY KEY ({kept.key}))")
            session.run(f"COMMENT ON TABLE {kept.name} IS '{kept.about}'")
        elif missing:
            session.run(f"ALTER TABLE {kept.name} {', '.join(f'ADD COLUMN {column}' for column in columns)}")
        for name in missing:
            session.run(f"COMMENT ON COLUMN {kept.name}.{name} IS '{kept.columns[name][1]}'")


def lock(session: Session) -> None:
    """Keep other feeds out until the session ends; raises FeedBusy when one is at work and stays so."""
    with session.transaction():
        session.run(f"SET LOCAL lock_timeout = '{_WAIT_FOR_LOCK}'")
        try:
            session.rows(f"SELECT count(*) FROM pg_advisory_lock({_LOCK})")  # itself it is of type void
        except Error as error:
            if error.sqlstate != _LOCK_NOT_AVAILABLE:
                raise
            raise FeedBusy(
                "Another feed is at work in this database: wait for it to end, then start this one again. Nothing was "
                "changed."
            ) from None


def refuse_newer(session: Session) -> None:
    """Raise NewerDatabase when a later version than this one has fed the database."""
    last = session.rows(f"SELECT schema_version, code_version FROM {VERSIONS} ORDER BY schema_version DESC LIMIT 1")
    for schema_version, code_version in last:
        if schema_version > SCHEMA_VERSION:
            raise NewerDatabase(
                f"The database was fed by gk_pipeline {code_version}, whose tables are version {schema_version}; those "
                f"of this one are version {SCHEMA_VERSION}. Update this installation, or feed another database. "
                "Nothing was changed."
            )


def record_version(session: Session) -> None:
    """Note that this version feeds the database, the first time it does."""
    session.run(
        f"INSERT INTO {VERSIONS} (schema_version, code_version) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        *(SCHEMA_VERSION, version("gk-pipeline")),
    )


def made_comments(session: Session) -> str:
    """The sha256 of the comments that this version made last; empty when it made none."""
    found = session.rows(f"SELECT comments FROM {VERSIONS} WHERE schema_version = $1", SCHEMA_VERSION)
    return str(found[0][0]) if found else ""


def record_comments(session: Session, digest: str) -> None:
    """Note which comments were made; an empty digest has them made anew."""
    session.run(f"UPDATE {VERSIONS} SET comments = $1 WHERE schema_version = $2", digest, SCHEMA_VERSION)


def record_tables(session: Session, names: Iterable[str]) -> None:
    """Note that the feed made these tables."""
    for name in names:
        session.run(f"INSERT INTO {TABLES} VALUES ($1) ON CONFLICT DO NOTHING", name)


class Loaded(NamedTuple):
    """What a table's year was loaded from, and the versions of its rows then; none for a year without a file."""

    sha256: str | None = None
    row_versions: int | None = 0


def loaded(session: Session, year: int) -> dict[str, Loaded]:
    """How each table's year was loaded."""
    found = session.rows(f"SELECT table_name, sha256, row_versions FROM {LOADED} WHERE {YEAR} = $1", year)
    return {name: Loaded(*kept) for name, *kept in found}


def loaded_years(session: Session) -> set[int]:
    """The years that any table was loaded for; none where nothing was ever fed."""
    if session.rows(f"SELECT to_regclass('{LOADED}') IS NULL")[0][0]:
        return set()
    return {year for (year,) in session.rows(f"SELECT DISTINCT {YEAR} FROM {LOADED}")}


def record_loaded(session: Session, name: str, year: int, now: Loaded) -> None:
    """Note how a table's year was loaded."""
    session.run(f"DELETE FROM {LOADED} WHERE table_name = $1 AND {YEAR} = $2", name, year)
    if now.sha256 is not None:
        session.run(f"INSERT INTO {LOADED} VALUES ($1, $2, $3, $4)", name, year, *now)
