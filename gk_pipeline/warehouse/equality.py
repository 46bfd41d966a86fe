"""Whether a database holds what the lake holds: rows, and of every column its filled rows and its sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from gk_pipeline.schemas.exact import MICRO
from gk_pipeline.schemas.table import Table

Number = int | Decimal
Sums = Mapping[str, Number]


class WarehouseDiffers(Exception):
    """What was loaded is not what the lake holds; the message names table, year, measure and both numbers."""


@dataclass(frozen=True)
class Difference:
    """A number that the lake and the warehouse disagree on: rows, or of a column its filled rows or its sum."""

    name: str
    report_year: int
    measured: str
    in_lake: Number
    in_warehouse: Number

    def __str__(self) -> str:
        return (
            f"{self.name} of {self.report_year}: {self.measured} is {self.in_lake} in the lake and "
            f"{self.in_warehouse} in the warehouse; the year was left as it was."
        )


def sums_of_lake(rows: pl.LazyFrame, model: type[Table]) -> Sums:
    """What the lake's rows of a table come to, by what is measured."""
    wanted = {"rows": pl.len()}
    for name, dtype in model.polars_schema().items():
        wanted[f"{name} filled"] = pl.col(name).count()
        wanted[f"{name} sum"] = _number(pl.col(name), dtype).sum()
    return rows.select(**wanted).collect(engine="streaming").row(0, named=True)


def differing(name: str, year: int, in_lake: Sums, in_warehouse: Sums) -> list[Difference]:
    """The numbers of one table and year that are not the same on both sides."""
    return [
        Difference(name, year, measured, number, in_warehouse[measured])
        for measured, number in in_lake.items()
        if number != in_warehouse[measured]
    ]


def _number(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """What is added up of a column: a number itself, the length of a text or list, a time as its distance from 1970.

    A float is cut off to millionths, which every database does alike; rounding they do not.
    """
    if isinstance(dtype, pl.String):
        return column.str.len_bytes().cast(pl.Int128)
    if isinstance(dtype, pl.List):
        return column.list.len().cast(pl.Int128)
    if isinstance(dtype, pl.Decimal):
        return column.cast(pl.Decimal(38, dtype.scale))
    if isinstance(dtype, pl.Datetime):
        return column.dt.epoch("us").cast(pl.Int128)
    if isinstance(dtype, pl.Float64):
        return (column * MICRO).floor().cast(pl.Int128)
    return column.to_physical().cast(pl.Int128)
