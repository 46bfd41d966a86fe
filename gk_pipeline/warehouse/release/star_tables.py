"""What a release holds of the star: settled facts, bodies and reference tables, by the SQL that the databases run."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.facts import Facts
from gk_pipeline.schemas.reference import REFERENCES
from gk_pipeline.schemas.table import YEAR, Reference, Table
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse import ddl, star
from gk_pipeline.warehouse.names import warehouse_names
from gk_pipeline.warehouse.release.observation_status import CODES, with_obs_status
from gk_pipeline.warehouse.release.tables import OBS_STATUS_FIELD, Field, ReleaseRefused, Years, described_column
from gk_pipeline.warehouse.view import View

SETTLED_FACTS = star.FACTS.full_name
_AT_ONCE = 100_000


@dataclass(frozen=True)
class ReleasedView:
    """A table or view of the star, with its rows in the order of its key."""

    name: str
    about: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    connection: duckdb.DuckDBPyConnection

    @property
    def schema(self) -> pl.Schema:
        """Names and types of its columns."""
        return pl.Schema({field.name: field.dtype for field in self.fields})

    def batches(self, _years: Years, /) -> Iterator[pl.DataFrame]:
        """The rows of all years, which are in the database already."""
        ordered = ", ".join(self.key)
        found = self.connection.sql(f"SELECT * FROM {self.name} ORDER BY {ordered}")
        for batch in found.to_arrow_reader(_AT_ONCE):
            rows = pl.DataFrame(batch)
            completed = with_obs_status(rows) if self.name == SETTLED_FACTS else rows
            yield completed.cast(self.schema).select(self.schema.names())


@contextmanager
def released_star(lake: Lake, years: Years) -> Iterator[tuple[ReleasedView, ...]]:
    """The settled facts, the bodies and the reference tables over these files, while the context lasts."""
    with duckdb.connect() as connection:
        for statement in (*ddl.create_schemas(), *_layers(lake, years), *star.statements(lake.forms)):
            _execute(statement, connection, lake)
        references = (_reference(model, connection) for model in REFERENCES)
        views = (_view(view, connection) for view in (star.FACTS, star.ORGANIZATIONS))
        yield (*views, *references)


def _execute(statement: str, connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    try:
        connection.execute(statement)
    except duckdb.BinderException as error:  # a column that is not there
        raise ReleaseRefused(
            f"{lake.folder} was made by another version of gk_pipeline: its tables have other columns. Run `gk run` "
            "first, then release."
        ) from error


def _layers(lake: Lake, years: Years) -> Iterator[str]:
    """The tables of the layers, as views over the files that are released; one without files has no rows."""
    for name in warehouse_names(lake.models):
        stored = {year: files[name] for year, files in years.items() if name in files}
        yield (
            f"CREATE VIEW {name} AS {_over(lake.models[name], stored)}"
            if stored
            else ddl.create_table(lake.models[name])
        )


def _over(model: type[Table], stored: Mapping[int, Path]) -> str:
    """The rows of each year's file, with its year, which a file may state or not."""
    columns = ", ".join(f'"{name}"' for name in model.polars_schema() if name != YEAR)
    return " UNION ALL ".join(
        f"SELECT {year}::INTEGER AS {YEAR}, {columns} "
        f"FROM read_parquet({ddl.quoted(str(path))}, hive_partitioning = false)"
        for year, path in stored.items()
    )


def _view(view: View, connection: duckdb.DuckDBPyConnection) -> ReleasedView:
    types = _types(view.full_name, connection)
    fields = [_view_field(view, name, types[name]) for name in view.columns]
    if view.full_name == SETTLED_FACTS:
        fields.append(OBS_STATUS_FIELD)
    return ReleasedView(view.full_name, view.about, view.key, tuple(fields), connection)


def _view_field(view: View, name: str, dtype: pl.DataType) -> Field:
    title, _, about = view.columns[name].partition(": ")
    known = Facts.to_schema().columns
    required = name in view.key or (name in known and not known[name].nullable)
    return Field(name, dtype, title, about, required, values=tuple(CODES) if name == "status" else ())


def _reference(model: type[Reference], connection: duckdb.DuckDBPyConnection) -> ReleasedView:
    fields = tuple(described_column(model, name) for name in model.polars_schema())
    about = " ".join((model.__doc__ or "").split())
    return ReleasedView(full_name(model), about, tuple(model.key_columns()), fields, connection)


def _types(name: str, connection: duckdb.DuckDBPyConnection) -> Mapping[str, pl.DataType]:
    return pl.DataFrame(connection.sql(f"SELECT * FROM {name} LIMIT 0").to_arrow_table()).schema
