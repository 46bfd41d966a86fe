"""What a table's year comes to in the lake and in Postgres, so that the two can be compared."""

from decimal import Decimal
from pathlib import Path

import polars as pl

from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.schemas.exact import MICRO
from gk_pipeline.schemas.table import YEAR, Table
from gk_pipeline.warehouse.equality import Sums, sums_of_lake
from gk_pipeline.warehouse.postgres.ddl import columns_of, is_json
from gk_pipeline.warehouse.postgres.rows import storable
from gk_pipeline.warehouse.postgres.server import Session

ROW_VERSIONS = "row versions since loading"
_VERSIONS_OF_ROWS = "coalesce(sum(4294967296 + xmin::text::bigint), 0)"
"""xmin is the number, of 32 bits, of the transaction that wrote the row."""


def sums_of_file(path: Path | None, model: type[Table]) -> Sums:
    """What the lake's rows come to, as Postgres stores them."""
    rows = model.no_rows().lazy() if path is None else pl.scan_parquet(path, hive_partitioning=False)
    return sums_of_lake(storable(rows, model), model)


def sums_of_postgres(session: Session, model: type[Table], year: int) -> Sums:
    """What the database's rows of a year come to, as the one who asks sees them: through the table, not its partition.

    A column that is never null is filled in every row, which Postgres sees to itself. The versions of the rows tell
    whether anybody has changed them since: a row that is changed gets a later one, and one that goes takes its own
    along.
    """
    wanted = {"rows": "count(*)", ROW_VERSIONS: _VERSIONS_OF_ROWS}
    required = {name for name, column in columns_of(model).items() if column.required}
    for name, dtype in model.polars_schema().items():
        wanted[f"{name} filled"] = "count(*)" if name in required else f'count("{name}")'
        wanted[f"{name} sum"] = f"coalesce(sum({_number(name, dtype)}), 0)"
    query = ", ".join(f"({sql})::numeric::text" for sql in wanted.values())
    [row] = session.rows(f"SELECT {query} FROM {full_name(model)} WHERE {YEAR} = {year}")
    return {measured: Decimal(text) for measured, text in zip(wanted, row, strict=True)}


def row_versions(session: Session, model: type[Table], year: int) -> int:
    """The versions of the rows of a year alone."""
    query = f"SELECT ({_VERSIONS_OF_ROWS})::bigint FROM {full_name(model)} WHERE {YEAR} = {year}"
    return int(session.rows(query)[0][0])


def _number(name: str, dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.String):
        return f'octet_length("{name}")'
    if is_json(dtype):
        return f'jsonb_array_length("{name}")'
    if isinstance(dtype, pl.List):
        return f'cardinality("{name}")'
    if isinstance(dtype, pl.Datetime):
        return f'(extract(epoch FROM "{name}") * {MICRO})::bigint'
    if isinstance(dtype, pl.Date):
        return f"(\"{name}\" - DATE '1970-01-01')"
    if isinstance(dtype, pl.Boolean):
        return f'"{name}"::integer'
    if isinstance(dtype, pl.Float64):
        return f'floor("{name}" * {MICRO})::bigint'
    return f'"{name}"'
