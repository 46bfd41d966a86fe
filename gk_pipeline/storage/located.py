"""Facts with the file of each report, from a lake or from a snapshot of one."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.sections import ORDINALS
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.storage.lake import Lake

REPORT = ("report_year", "path", "ordinal")
CELL = ("table_code", "item", "measure")
LOCATED: dict[str, pl.DataType] = {
    "report_year": pl.Int32(),
    "path": pl.String(),
    "ordinal": pl.Int32(),
    "report_id": pl.Int64(),
    "table_code": pl.String(),
    "item": pl.String(),
    "measure": pl.String(),
    "form": pl.String(),
    "unit": pl.String(),
    "reading": pl.String(),
    "reported": pl.Decimal(20, 6),
    "value": pl.Decimal(20, 6),
    "status": pl.String(),
}
"""A fact with the file of its report and the number of the report in that file: what two lakes are compared by."""
_MOST_TOLD = 200
"""Characters of a library's complaint that are worth reading."""
_SOURCES = ("documents.files", "sections.reports", "facts.facts")


class NoFacts(ValueError):
    """A path is neither a lake with facts nor a snapshot of facts; the message says what to give instead."""


def located_facts(path: Path, forms: Sequence[Form]) -> pl.DataFrame:
    """The facts of a lake's folder (or of the folder that holds `lake`), or of a snapshot in CSV; columns `LOCATED`.

    Raises NoFacts where there are none, UnsoundLake where the stored files do not belong together.
    """
    if path.is_file():
        return _snapshot(path)
    lake = lake_at(path, forms)
    found = [facts for year in lake.years() if (facts := _of_year(lake, year)) is not None]
    if not found:
        raise NoFacts(f"{path} holds no facts. Give the lake of a `gk run`, such as data/lake, or a snapshot (.csv).")
    return pl.concat(found)


def lake_at(path: Path, forms: Sequence[Form]) -> Lake:
    """The lake whose folder this is, or the one in its folder `lake`."""
    return Lake(path / "lake" if (path / "lake").is_dir() else path, forms)


def _snapshot(path: Path) -> pl.DataFrame:
    """The facts of a snapshot. A header in another order would be read into the wrong columns: it is refused."""
    header = ",".join(LOCATED)
    try:
        with path.open("rb") as stream:
            first = stream.readline(2 * len(header)).rstrip(b"\r\n")
        if first != header.encode():
            raise NoFacts(f"{path} is no snapshot of facts. Its first line is not: {header}")
        facts = pl.read_csv(path, schema=LOCATED)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        told = str(error).split("\n", 1)[0][:_MOST_TOLD]
        raise NoFacts(f"{path} is no snapshot of facts ({told}). Its columns are {header}.") from error
    if facts.is_empty():
        raise NoFacts(f"{path} holds no facts, but the heads of their columns.")
    return facts


def _of_year(lake: Lake, year: int) -> pl.DataFrame | None:
    stored = lake.sound_files(_SOURCES, year)
    if len(stored) < len(_SOURCES):
        return None
    files, reports, facts = (pl.scan_parquet(stored[name]) for name in _SOURCES)
    return locate(files, reports, facts, year)


def locate(files: pl.LazyFrame, reports: pl.LazyFrame, facts: pl.LazyFrame, year: int) -> pl.DataFrame:
    """The facts of a year with the file of each report and its number in that file."""
    read = files.filter(pl.col("read_status") == "read").select("document_id", "path")
    named = reports.select("report_id", "document_id").join(read, "document_id")
    located = facts.join(named, "report_id").with_columns(
        pl.lit(year, pl.Int32).alias(YEAR), (pl.col("report_id") % ORDINALS).cast(pl.Int32).alias("ordinal")
    )
    return located.select(list(LOCATED)).collect()
