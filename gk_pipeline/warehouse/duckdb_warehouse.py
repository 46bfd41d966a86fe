"""The DuckDB warehouse: every year of the lake in one database, equal to it or not loaded at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.exact import MICRO
from gk_pipeline.schemas.table import YEAR, Table
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse import ddl, star
from gk_pipeline.warehouse.equality import Difference, Sums, WarehouseDiffers, differing, sums_of_lake
from gk_pipeline.warehouse.names import warehouse_names
from gk_pipeline.warehouse.reference import reference_rows

LOADED = "loaded_files"
"""Table of the warehouse that tells which file of the lake each year of each table was loaded from."""
VIEWS = "made_views"
"""Table of the warehouse that names the views of the star: no other view is ever dropped."""
CONTENTS = "contents of the rows"


class NotOurDatabase(Exception):
    """The database is somebody else's; the message says by what it is known, and nothing was changed."""


class Warehouse:
    """The lake's tables in a DuckDB database; findings of single layers stay out: quality.findings has those
    of a year, panel.findings those between two."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
        self._connection, self._lake = connection, lake
        self.models = {name: lake.models[name] for name in warehouse_names(lake.models)}

    def prepare(self) -> None:
        """Make schemas, tables and comments; a table whose model has changed is emptied and made anew.

        Raises NotOurDatabase where tables or views of these names are there that no run made.
        """
        self._refuse_others()
        with duckdb.connect() as scratch, self._transaction():
            for statement in (*ddl.create_schemas(), _CREATE_LOADED, *_LOADED_MEANS, _CREATE_VIEWS, *_VIEWS_MEAN):
                self._connection.execute(statement)
            for statement in (*ddl.create_schemas(), *map(ddl.create_table, self.models.values())):
                scratch.execute(statement)
            for name, model in self.models.items():
                if _columns(scratch, name) != _columns(self._connection, name):
                    self._drop(name)
                    self._connection.execute(ddl.create_table(model))
                for statement in ddl.comments(model):
                    self._connection.execute(statement)
            for (name,) in _rows(self._connection, f"SELECT DISTINCT table_name FROM {LOADED}"):
                if name not in self.models:
                    self._drop(name)
            self._make_star()

    def _refuse_others(self) -> None:
        """What a run made has a comment; and where none has made the list of loaded files, nothing is a run's."""
        there = {f"{schema}.{name}": about for schema, name, about in _rows(self._connection, _RELATIONS)}
        ours = there.get(f"main.{LOADED}") == _LOADED_ABOUT
        forms = self._lake.forms
        tables = {*self.models, *map(full_name, reference_rows(forms)), f"main.{LOADED}", f"main.{VIEWS}"}
        wanted = tables | {view.full_name for view in star.views(forms)}
        if others := sorted(name for name in wanted & there.keys() if not (ours and there[name])):
            raise NotOurDatabase(
                f"The database has {', '.join(others)} already, which no run made. Move the file away, or give the run "
                "another data folder. Nothing was changed."
            )

    def _make_star(self) -> None:
        """All our views anew, without those of an earlier version or of a form that is gone; others stay."""
        for (name,) in _rows(self._connection, f"SELECT view_name FROM {VIEWS} ORDER BY made DESC"):
            self._connection.execute(f"DROP VIEW IF EXISTS {name}")
        self._connection.execute(f"DELETE FROM {VIEWS}")
        for statement in star.statements(self._lake.forms):
            self._connection.execute(statement)
        for made, view in enumerate(star.views(self._lake.forms)):
            self._connection.execute(f"INSERT INTO {VIEWS} VALUES (?, ?)", [view.full_name, made])

    def years(self) -> list[int]:
        """Every year that it or the lake holds."""
        loaded = _rows(self._connection, f"SELECT DISTINCT {YEAR} FROM {LOADED}")
        return sorted({year for (year,) in loaded}.union(self._lake.years()))

    def load(self, year: int) -> list[str]:
        """Bring a year to what the lake holds, in one transaction, and return the tables that changed.

        Raises WarehouseDiffers, and leaves the year as it was, when the loaded rows are not those of the lake.
        """
        files = self._lake.sound_files(self.models, year)
        digests = self._lake.stored(self.models, year)
        loaded = self._loaded(year)
        changed = [
            name
            for name in self.models
            if digests.get(name) != loaded.get(name) or self._compare(name, year, files.get(name))
        ]
        with self._transaction():
            for name in changed:
                self._replace(name, year, files.get(name), digests.get(name))
            differences = [difference for name in changed for difference in self._compare(name, year, files.get(name))]
            if differences:
                raise WarehouseDiffers("\n".join(map(str, differences)))
        return changed

    def differences(self) -> list[Difference]:
        """Everything in which the warehouse and the lake disagree now, over all years of either."""
        found = []
        for year in self.years():
            files = self._lake.sound_files(self.models, year)
            found += [difference for name in self.models for difference in self._compare(name, year, files.get(name))]
        return found

    def row_counts(self) -> dict[str, int]:
        """Rows of every table, over all years."""
        return {name: _rows(self._connection, f"SELECT count(*) FROM {name}")[0][0] for name in self.models}

    def _loaded(self, year: int) -> dict[str, str]:
        return dict(_rows(self._connection, f"SELECT table_name, sha256 FROM {LOADED} WHERE {YEAR} = ?", year))

    def _drop(self, name: str) -> None:
        self._connection.execute(f"DROP TABLE IF EXISTS {name}")
        self._connection.execute(f"DELETE FROM {LOADED} WHERE table_name = ?", [name])

    def _replace(self, name: str, year: int, path: Path | None, digest: str | None) -> None:
        self._connection.execute(f"DELETE FROM {name} WHERE {YEAR} = ?", [year])
        self._connection.execute(f"DELETE FROM {LOADED} WHERE table_name = ? AND {YEAR} = ?", [name, year])
        if path is None:
            return
        stated = "*" if YEAR in self.models[name].polars_schema() else f"*, {year} AS {YEAR}"
        rows = _stored(path, self.models[name])
        self._connection.execute(f"INSERT INTO {name} BY NAME SELECT {stated} FROM {rows}")
        self._connection.execute(f"INSERT INTO {LOADED} VALUES (?, ?, ?)", [name, year, digest])

    def _compare(self, name: str, year: int, path: Path | None) -> list[Difference]:
        """Each side adds up on its own; DuckDB then reads both, for of rows that differ every sum may be the same."""
        model = self.models[name]
        rows = model.no_rows().lazy() if path is None else pl.scan_parquet(path, hive_partitioning=False)
        found = differing(name, year, sums_of_lake(rows, model), _sums_of_warehouse(self._connection, model, year))
        in_lake, in_warehouse = (
            _contents(self._connection, model, rows_of)
            for rows_of in (_stored(path, model), f"{name} WHERE {YEAR} = {year}")
        )
        return found if in_lake == in_warehouse else [*found, Difference(name, year, CONTENTS, in_lake, in_warehouse)]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.begin()
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()


_RELATIONS = """SELECT schema_name, table_name, comment FROM duckdb_tables() UNION ALL
                SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal"""
_LOADED_ABOUT = "Which file of the lake each year of each table was loaded from."
_CREATE_LOADED = f"""CREATE TABLE IF NOT EXISTS {LOADED} (
    table_name VARCHAR NOT NULL, {YEAR} INTEGER NOT NULL, sha256 VARCHAR NOT NULL)"""
_LOADED_MEANS = (
    f"COMMENT ON TABLE {LOADED} IS '{_LOADED_ABOUT}'",
    f"COMMENT ON COLUMN {LOADED}.table_name IS 'schema and name of the table'",
    f"COMMENT ON COLUMN {LOADED}.{YEAR} IS 'the year folder it is filed under'",
    f"COMMENT ON COLUMN {LOADED}.sha256 IS 'of the bytes of the Parquet file'",
)

_CREATE_VIEWS = f"CREATE TABLE IF NOT EXISTS {VIEWS} (view_name VARCHAR NOT NULL, made INTEGER NOT NULL)"
_VIEWS_MEAN = (
    f"COMMENT ON TABLE {VIEWS} IS 'The views that a run made: it makes them anew, and leaves all others alone.'",
    f"COMMENT ON COLUMN {VIEWS}.view_name IS 'schema and name of the view'",
    f"COMMENT ON COLUMN {VIEWS}.made IS 'its number in the order in which they are made'",
)


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[Any, ...]]:
    schema, _, table = name.partition(".")
    query = """SELECT column_name, data_type, is_nullable FROM duckdb_columns()
               WHERE schema_name = ? AND table_name = ? AND NOT internal ORDER BY column_index"""
    return _rows(connection, query, schema, table)


def _sums_of_warehouse(connection: duckdb.DuckDBPyConnection, model: type[Table], year: int) -> Sums:
    wanted = {"rows": "count(*)"}
    for name, dtype in model.polars_schema().items():
        wanted[f"{name} filled"] = f'count("{name}")'
        wanted[f"{name} sum"] = f"coalesce(sum({_duckdb_number(name, dtype)}), 0)"
    query = f"SELECT {', '.join(wanted.values())} FROM {full_name(model)} WHERE {YEAR} = ?"
    return dict(zip(wanted, *_rows(connection, query, year), strict=True))


def _stored(path: Path | None, model: type[Table]) -> str:
    """The rows of a file of the lake for DuckDB; none without a file."""
    if path is None:
        return f"{full_name(model)} WHERE false"
    return f"read_parquet({ddl.quoted(str(path))}, hive_partitioning = false)"


def _contents(connection: duckdb.DuckDBPyConnection, model: type[Table], rows: str) -> int:
    """What the rows come to with all that is in them, in whatever order they are.

    Whether there is a value is said beside it, for DuckDB hashes an empty list as none.
    """
    types = {name: ddl.sql_type(dtype) for name, dtype in model.polars_schema().items() if name != YEAR}
    values = ", ".join(f'"{name}"::{sql_type}, "{name}" IS NULL' for name, sql_type in types.items())
    [(total,)] = _rows(connection, f"SELECT coalesce(sum(hash({values})::HUGEINT), 0) FROM {rows}")
    return int(total)


def _duckdb_number(name: str, dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.String):
        return f'strlen("{name}")'
    if isinstance(dtype, pl.List):
        return f'len("{name}")'
    if isinstance(dtype, pl.Datetime):
        return f'epoch_us("{name}")'
    if isinstance(dtype, pl.Date):
        return f"date_diff('day', DATE '1970-01-01', \"{name}\")"
    if isinstance(dtype, pl.Boolean):
        return f'"{name}"::INTEGER'
    if isinstance(dtype, pl.Float64):
        return f'floor("{name}" * {MICRO})::HUGEINT'
    return f'"{name}"'


def _rows(connection: duckdb.DuckDBPyConnection, query: str, *values: object) -> list[tuple[Any, ...]]:
    """All rows: one that is left unread blocks the connection."""
    return connection.execute(query, list(values)).fetchall()
