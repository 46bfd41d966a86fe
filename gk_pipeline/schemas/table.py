"""The one description of a table: types, keys, meaning and Chinese titles, from which everything else is made."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import pandera.polars as pa
import polars as pl
import pyarrow

from gk_pipeline.forms import Form

Layer = Literal["documents", "sections", "tables", "facts", "quality", "panel"]
Schema = Layer | Literal["warehouse"]
"""Where a table stands in a database: with its layer, or with what only a database has."""
LAYERS: tuple[Layer, ...] = ("documents", "sections", "tables", "facts", "quality", "panel")
"""The layers in the order a report passes them; each is a package, an asset group, a lake folder and a schema."""

Amount = Annotated[pl.Decimal, 20, 6]
"""An exact number in its canonical unit."""

Texts = Annotated[pl.List, pl.String]
"""A list of texts."""

YEAR = "report_year"
"""The partition: the year folder a report was filed under, a folder level in the lake and a column everywhere else."""


class BrokenPromise(Exception):
    """A batch broke what a table promises. The message names table, rule and the first offending rows."""


def key(description: str, *, zh: str, isin: Sequence[str] | None = None, unit: str | None = None) -> Any:
    """A column that is part of the table's key; never null."""
    return _field(description, zh=zh, isin=isin, unit=unit, nullable=False, is_key=True)


def column(description: str, *, zh: str, isin: Sequence[str] | None = None, unit: str | None = None) -> Any:
    """A column that always holds a value."""
    return _field(description, zh=zh, isin=isin, unit=unit, nullable=False, is_key=False)


def optional(description: str, *, zh: str, isin: Sequence[str] | None = None, unit: str | None = None) -> Any:
    """A column that may be null; the description says what null means."""
    return _field(description, zh=zh, isin=isin, unit=unit, nullable=True, is_key=False)


def _field(
    description: str, *, zh: str, isin: Sequence[str] | None, unit: str | None, nullable: bool, is_key: bool
) -> Any:
    metadata = {"key": is_key, "unit": unit}
    values = None if isin is None else list(isin)
    return pa.Field(description=description, title=zh, isin=values, nullable=nullable, metadata=metadata)


class Checked(pa.DataFrameModel):
    """A frame with promises: `check` raises BrokenPromise unless all hold.

    pandera looks at values only in collected frames, and a null check result counts as a pass: checks here return
    plain booleans of collected frames.
    """

    class Config:
        strict = True
        ordered = True
        coerce = False

    @classmethod
    def check(cls, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame itself when every promise holds; raises BrokenPromise naming the first offending rows."""
        if not isinstance(frame, pl.DataFrame):
            raise TypeError(f"{cls.__name__}.check needs a collected frame: a lazy one would be checked in name only.")
        try:
            cls.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            raise BrokenPromise(_describe(cls.__name__, errors.failure_cases)) from errors
        return frame


def _describe(name: str, cases: pl.DataFrame) -> str:
    lines = [f"{name}: {cases.height} broken promises; the batch was not stored. First ones:"]
    for case in cases.head(5).iter_rows(named=True):
        place = "" if case["index"] is None else f" row {case['index']}"
        lines.append(f"  {case['check']}{place} ({case['column']}): {str(case['failure_case'])[:300]}")
    return "\n".join(lines)


_PLACES: dict[type["Table"], tuple[Schema, str]] = {}  # pandera takes every class attribute for a column


class Table(Checked):
    """A table of the lake: a class whose docstring says what a row is."""

    def __init_subclass__(cls, *, layer: Schema | None = None, name: str | None = None, **kwargs: Any) -> None:
        if layer is not None and name is not None:
            _PLACES[cls] = layer, name
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]

    @classmethod
    def lake_layer(cls) -> Schema:
        """The layer it belongs to."""
        return _PLACES[cls][0]

    @classmethod
    def lake_name(cls) -> str:
        """Its name within the layer."""
        return _PLACES[cls][1]

    @pa.dataframe_check
    def keys_are_unique(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """No two rows share a key."""
        return data.lazyframe.select(~pl.struct(cls.key_columns()).is_duplicated())

    @classmethod
    def key_columns(cls) -> list[str]:
        """The columns that name a row, in sort order."""
        return [name for name, col in cls.to_schema().columns.items() if col.metadata["key"]]

    @classmethod
    def polars_schema(cls) -> pl.Schema:
        """Column names and types."""
        return pl.Schema({name: col.dtype.type for name, col in cls.to_schema().columns.items()})

    @classmethod
    def arrow_schema(cls) -> pyarrow.Schema:
        """The same for Arrow and Parquet."""
        return cls.no_rows().to_arrow(compat_level=pl.CompatLevel.oldest()).schema

    @classmethod
    def no_rows(cls) -> pl.DataFrame:
        """The table without rows."""
        return pl.DataFrame(schema=cls.polars_schema())

    @classmethod
    def of_columns(cls, values: dict[str, Sequence[Any] | pl.Series]) -> pl.DataFrame:
        """A frame of the table's columns and types, sorted by key; a missing column is a KeyError."""
        schema = cls.polars_schema()
        frame = pl.DataFrame({name: values[name] for name in schema}, schema=schema, strict=True)
        return frame.sort(cls.key_columns(), maintain_order=True)

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
        """A frame from rows in column order, sorted by key."""
        frame = pl.DataFrame(list(rows), schema=cls.polars_schema(), orient="row", strict=True)
        return frame.sort(cls.key_columns(), maintain_order=True)


class Reference(Table):
    """A small table that is made from the forms alone, for the warehouse; it has no year and no file in the lake."""


class Identity(Checked):
    """A promise between tables: what it compares is joined into one frame, since a check sees one frame."""

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        """The tables it compares, as `layer.table`."""
        raise NotImplementedError

    @classmethod
    def of(cls, batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> pl.DataFrame:
        """The joined frame, a row for every pair that is compared."""
        raise NotImplementedError
