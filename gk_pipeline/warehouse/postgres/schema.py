"""Tables, views and comments of the database brought to what the models say."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from adbc_driver_manager import Error

from gk_pipeline.forms import Form
from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.table import LAYERS, Table
from gk_pipeline.warehouse import star
from gk_pipeline.warehouse.ddl import comments
from gk_pipeline.warehouse.postgres import bookkeeping, ddl
from gk_pipeline.warehouse.postgres.bookkeeping import (
    LOADED,
    TABLES,
    VIEWS,
    made_comments,
    record_comments,
    record_tables,
)
from gk_pipeline.warehouse.postgres.ddl import OWN, Column, columns_of
from gk_pipeline.warehouse.postgres.server import FeedFailed, Session, identifiers
from gk_pipeline.warehouse.reference import reference_rows

Models = Mapping[str, type[Table]]
_OTHERS_DEPEND = "2BP01"
_DEFINITION = "pg_get_viewdef(to_regclass({}))"
"""The query of a view as Postgres tells it; null, and so equal to none, where there is no such view."""


@dataclass(frozen=True)
class Migration:
    """What has to become of tables that are there already, in words for people.

    `added` are the new columns of tables that stay, `rebuilt` are tables that are made anew and `dropped` those that no
    model describes any more.
    """

    added: Mapping[str, Mapping[str, Column]]
    rebuilt: Mapping[str, str]
    dropped: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.rebuilt or self.dropped)

    def told(self) -> Iterator[str]:
        """Each change in one line."""
        for name, columns in self.added.items():
            yield f"{name}: columns were added: {', '.join(columns)}."
        for name, why in self.rebuilt.items():
            yield f"{name} was rebuilt from the lake, because {why}."
        for name in self.dropped:
            yield f"{name} was dropped: no model describes it any more."


def make_own_tables(session: Session) -> None:
    """The schemas, and the tables that the feed keeps about itself, where they are not there yet."""
    there = {name for (name,) in session.rows("SELECT nspname::text FROM pg_namespace")}
    for schema in (*LAYERS, OWN):
        if schema not in there:
            session.run(f"CREATE SCHEMA {schema}")
    bookkeeping.make_own_tables(session)


def planned(session: Session, models: Models) -> Migration:
    """How the tables that are there differ from the models."""
    there = _columns_there(session)
    added, rebuilt = {}, {}
    for name, model in models.items():
        if name not in there or there[name] == (wanted := columns_of(model)):
            continue
        new = {column: of for column, of in wanted.items() if column not in there[name]}
        if why := _why_rebuilt(there[name], wanted):
            rebuilt[name] = why
        else:
            added[name] = new
    ours = {name for (name,) in session.rows(f"SELECT DISTINCT table_name FROM {LOADED}")}
    return Migration(added, rebuilt, tuple(sorted(ours.difference(models))))


def migrate(session: Session, migration: Migration) -> None:
    """Add columns, still empty and not yet required, and make emptied tables ready; what is loaded is forgotten."""
    for name, columns in migration.added.items():
        for column, of in columns.items():
            session.run(f"ALTER TABLE {name} ADD COLUMN {ddl.column_sql(column, Column(of.dtype, False, False))}")
    for name in (*migration.rebuilt, *migration.dropped):
        _drop(session, f"TABLE {name}")
    for name in (*migration.added, *migration.rebuilt, *migration.dropped):
        session.run(f"DELETE FROM {LOADED} WHERE table_name = $1", name)
    for name in migration.dropped:
        session.run(f"DELETE FROM {TABLES} WHERE table_name = $1", name)
    record_comments(session, "")


def require_added(session: Session, migration: Migration) -> None:
    """Make added columns as required as the models say, once they are filled."""
    for name, columns in migration.added.items():
        for column, of in columns.items():
            if of.required:
                session.run(f'ALTER TABLE {name} ALTER COLUMN "{column}" SET NOT NULL')


def make_tables(session: Session, models: Models) -> None:
    """Every table that is not there yet."""
    there = _columns_there(session)
    for name, model in models.items():
        if name not in there:
            session.run(ddl.create_table(model))
    record_tables(session, models)


def drop_star(session: Session) -> None:
    """Take the views away, before the tables under them change."""
    for (name,) in session.rows(f"SELECT view_name FROM {VIEWS} ORDER BY made DESC"):
        _drop(session, f"VIEW IF EXISTS {name}")
    session.run(f"DELETE FROM {VIEWS}")


def make_star(session: Session, forms: Sequence[Form]) -> None:
    """Make the views and their reference tables anew, unless they are there as they should be."""
    statements = list(star.statements(forms))
    names, digest = [view.full_name for view in star.views(forms)], _digest("".join(statements))
    if _is_made(session, names, digest) and _references_are_made(session, forms):
        return
    drop_star(session)
    for statement in statements:
        _remake(session, statement, "The star of the warehouse")
    record_tables(session, map(full_name, reference_rows(forms)))
    for made, name in enumerate(names):
        session.run(f"INSERT INTO {VIEWS} VALUES ($1, $2, $3, {_DEFINITION.format('$1')})", name, made, digest)


def _is_made(session: Session, names: Sequence[str], digest: str) -> bool:
    """Whether the feed made these views, and nobody took one away or put another in its place."""
    made = session.rows(
        f"SELECT view_name, sha256 FROM {VIEWS} WHERE definition = {_DEFINITION.format('view_name')} ORDER BY made"
    )
    return made == [(name, digest) for name in names]


def _references_are_made(session: Session, forms: Sequence[Form]) -> bool:
    """Whether the reference tables are there with the rows that the forms give them."""
    for model, rows in reference_rows(forms).items():
        if session.rows("SELECT to_regclass($1) IS NULL", full_name(model))[0][0]:
            return False
        columns = identifiers(rows.columns)
        if session.rows(f"SELECT {columns} FROM {full_name(model)} ORDER BY {identifiers(model.key_columns())}") != (
            rows.sort(model.key_columns()).rows()
        ):
            return False
    return True


def comment(session: Session, models: Models) -> None:
    """Say of every table and column what it means, unless the database says so already."""
    statements = [statement for model in models.values() for statement in comments(model)]
    digest = _digest("".join(statements))
    if made_comments(session) == digest:
        return
    for statement in statements:
        session.run(statement)
    record_comments(session, digest)


def _why_rebuilt(there: Mapping[str, Column], wanted: Mapping[str, Column]) -> str:
    """Why new columns alone do not make the table what is wanted; empty when they do."""
    gone = [name for name in there if name not in wanted]
    other = [name for name, column in there.items() if name in wanted and wanted[name] != column]
    key = [name for name, column in wanted.items() if name not in there and column.in_key]
    reasons = [
        f"it has no {', '.join(gone)} any more" if gone else "",
        f"{', '.join(other)} changed" if other else "",
        f"{', '.join(key)} became part of the key" if key else "",
    ]
    return " and ".join(filter(None, reasons))


def _columns_there(session: Session) -> dict[str, dict[str, Column]]:
    there: dict[str, dict[str, Column]] = {}
    for name, column, dtype, required, in_key in session.rows(_COLUMNS, list(LAYERS)):
        there.setdefault(name, {})[column] = Column(dtype, required, in_key)
    return there


def _drop(session: Session, what: str) -> None:
    _remake(session, f"DROP {what}", what.capitalize())


def _remake(session: Session, statement: str, what: str) -> None:
    try:
        session.run(statement)
    except Error as error:
        if error.sqlstate != _OTHERS_DEPEND:
            raise
        raise FeedFailed(
            f"{what} has to be made anew, but views of yours are built on it: {session.told(error)}. Drop those views, "
            "feed again, then make them anew. Nothing was changed."
        ) from None


def _digest(statement: str) -> str:
    return hashlib.sha256(statement.encode()).hexdigest()


_COLUMNS = """
    SELECT n.nspname || '.' || c.relname, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull,
           coalesce(a.attnum = ANY (i.indkey), false)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.relkind = 'p' AND n.nspname = ANY ($1) ORDER BY c.oid, a.attnum"""
