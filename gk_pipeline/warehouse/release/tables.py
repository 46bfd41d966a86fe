"""Which tables a release holds, what their columns are, and their rows year by year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

import polars as pl

from gk_pipeline.schemas.table import YEAR, Table
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.parquet import StoredFile
from gk_pipeline.warehouse.names import warehouse_names
from gk_pipeline.warehouse.release.observation_status import ABOUT, CODES, NO_VALUE, OBS_STATUS, with_obs_status

REPORTS, FACTS, FILES = "sections.reports", "facts.facts", "documents.files"
Years = Mapping[int, Mapping[str, Path]]
"""The sound files of each year, by table."""
_LAYERS = ("facts", "quality", "panel")
_PATH = "path"


class ReleaseRefused(Exception):
    """No release was made; the message says why and what to do."""


@dataclass(frozen=True)
class Field:
    """A column of a released table, as the dictionary describes it."""

    name: str
    dtype: pl.DataType
    title: str
    about: str
    required: bool
    unit: str | None = None
    values: tuple[str, ...] = ()


_YEAR_FIELD = Field(YEAR, pl.Int32(), "年度", "the year folder the report is filed under", required=True)
OBS_STATUS_FIELD = Field(
    OBS_STATUS, pl.String(), "观测状态", ABOUT, True, values=tuple({code for code, _ in CODES.values()} | {NO_VALUE})
)
_PATH_FIELD = Field(_PATH, pl.String(), "文件路径", "the first file with these bytes, below data/raw", required=True)


class Released(Protocol):
    """What a release holds as a Parquet file: its name, what a row is, its key, its columns and its rows."""

    @property
    def name(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def fields(self) -> tuple[Field, ...]: ...
    @property
    def schema(self) -> pl.Schema: ...
    def batches(self, years: Years, /) -> Iterator[pl.DataFrame]:
        """The rows of all years, sorted by year and key."""


@dataclass(frozen=True)
class ReleasedTable:
    """A table of the lake over all years, with what a release adds to it.

    `facts.facts` has the SDMX code beside its status, `sections.reports` the file of each report.
    """

    name: str
    model: type[Table]
    lake: Lake

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Its columns: the year first, what is added last."""
        own = (described_column(self.model, name) for name in self.model.polars_schema() if name != YEAR)
        added = {FACTS: (OBS_STATUS_FIELD,), REPORTS: (_PATH_FIELD,)}.get(self.name, ())
        return (_YEAR_FIELD, *own, *added)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that name a row."""
        return (YEAR, *(name for name in self.model.key_columns() if name != YEAR))

    @property
    def about(self) -> str:
        """What a row is."""
        return " ".join((self.model.__doc__ or "").split())

    @property
    def schema(self) -> pl.Schema:
        """Names and types of its columns."""
        return pl.Schema({field.name: field.dtype for field in self.fields})

    def batches(self, years: Years, /) -> Iterator[pl.DataFrame]:
        """The rows year by year, sorted by key, from the sound files of each."""
        for year, files in years.items():
            stored = StoredFile(files[self.name])
            for number in range(stored.n_batches):
                rows = stored.batch(number).with_columns(pl.lit(year, pl.Int32).alias(YEAR))
                yield self._completed(rows, files).select(self.schema.names())

    def _completed(self, rows: pl.DataFrame, files: Mapping[str, Path]) -> pl.DataFrame:
        if self.name == FACTS:
            return with_obs_status(rows)
        if self.name == REPORTS:
            read = pl.scan_parquet(files[FILES]).filter(read_status="read")
            first = read.group_by("document_id").agg(pl.col(_PATH).min()).collect()
            return rows.join(first, on="document_id", how="left", maintain_order="left")
        return rows


def released_tables(lake: Lake) -> tuple[ReleasedTable, ...]:
    """Every table that analysts need: the reports, and all that was found out about their numbers."""
    names = [name for name in warehouse_names(lake.models) if name == REPORTS or name.partition(".")[0] in _LAYERS]
    return tuple(ReleasedTable(name, lake.models[name], lake) for name in names)


def sound_years(lake: Lake, tables: tuple[ReleasedTable, ...]) -> dict[int, dict[str, Path]]:
    """The files of every year of the lake; raises ReleaseRefused when a table is not made, UnsoundLake as it does."""
    needed = [FILES, *(table.name for table in tables)]
    years = {year: lake.sound_files(warehouse_names(lake.models), year) for year in lake.years()}
    if not years:
        raise ReleaseRefused(f"{lake.folder} holds no year, so there is nothing to release. Run `gk run` first.")
    for year, files in years.items():
        if missing := [name for name in needed if name not in files]:
            raise ReleaseRefused(f"{', '.join(missing)} of {year} is not made yet. Run `gk run` first, then release.")
    return years


def described_column(model: type[Table], name: str) -> Field:
    """A column as its model describes it."""
    column = model.to_schema().columns[name]
    allowed = [value for check in column.checks for value in (check.statistics or {}).get("allowed_values", ())]
    dtype = model.polars_schema()[name]
    about = Field(name, dtype, column.title, column.description, not column.nullable, column.metadata["unit"])
    return replace(about, values=tuple(allowed))
