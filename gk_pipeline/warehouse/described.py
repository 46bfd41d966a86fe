"""The star as an empty database has it: the type of every column, and how its tables hang together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from gk_pipeline.forms import Form
from gk_pipeline.schemas.catalog import lake_tables
from gk_pipeline.schemas.reference import REFERENCES
from gk_pipeline.warehouse import ddl
from gk_pipeline.warehouse.star import FIXED, ORGANIZATIONS, YEARS, statements, views
from gk_pipeline.warehouse.view import SCHEMA


@dataclass(frozen=True)
class Described:
    """A table or view of the star: its key, and type and meaning of each column."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: Mapping[str, tuple[str, str]]


def described(forms: Sequence[Form]) -> list[Described]:
    """Every table and view of the star, as an empty database describes it: references first."""
    with duckdb.connect() as empty:
        for statement in (*ddl.create_schemas(), *map(ddl.create_table, lake_tables(forms).values())):
            empty.execute(statement)
        for statement in statements(forms):
            empty.execute(statement)
        columns = empty.execute(_COLUMNS, [SCHEMA]).fetchall()
        about = dict(empty.execute(_ABOUT, [SCHEMA, SCHEMA]).fetchall())
    keys = {model.lake_name(): tuple(model.key_columns()) for model in REFERENCES}
    keys |= {view.name: view.key for view in views(forms)}
    found: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in keys}
    for table, column, kind, said in columns:
        found[table][column] = kind, said
    return [Described(name, about[name], key, found[name]) for name, key in keys.items()]


def er_diagram(tables: Sequence[Described]) -> str:
    """A mermaid picture of the tables that are not wide: their keys, and what each row belongs to."""
    drawn = [table for table in tables if table.name in _DRAWN]
    lines = ["erDiagram"]
    for table in drawn:
        lines += [f"    {other.name} |o--o{{ {table.name} : has" for other in _owners(table, drawn)]
    for table in drawn:
        shown = [f"        {table.columns[name][0]} {name} PK" for name in table.key]
        lines += [f"    {table.name} {{", *shown, "    }"]
    return "\n".join(lines)


def _owners(table: Described, drawn: Sequence[Described]) -> Iterator[Described]:
    """The dimensions whose key stands in a table, without those that another one already belongs to."""
    others = (one for one in drawn if one.name in _DIMENSIONS and one is not table)
    found = [one for one in others if table.columns.keys() >= {*one.key}]
    for one in found:
        if not any({*one.key} < {*other.key} for other in found):
            yield one


_DIMENSIONS = frozenset({ORGANIZATIONS.name, YEARS.name, *(model.lake_name() for model in REFERENCES)})
_DRAWN = _DIMENSIONS | {view.name for view in FIXED}

_COLUMNS = """SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
              WHERE schema_name = ? ORDER BY table_name, column_index"""
_ABOUT = """SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = ?
            UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE schema_name = ?"""
