"""From a report's id back to the file it was read from, and on to what its neighbouring years say."""

from pathlib import Path

import polars as pl

from gk_pipeline.schemas.panel import Settlements, YearLinks
from gk_pipeline.schemas.table import Table
from gk_pipeline.storage.parquet import sha256_of


class FileChanged(ValueError):
    """A file holds other bytes than those the lake was made from; the message says what to run."""


def raw_file_of(report_id: int, home: Path) -> Path | None:
    """The raw file of a report in the lake under `home`; None when the lake does not hold it.

    Raises FileChanged where the file is no longer the one that was read.
    """
    reports = sorted(home.glob("lake/sections/reports/*/reports.parquet"))
    for stored in reports:
        wanted = pl.scan_parquet(stored).filter(pl.col("report_id") == report_id).select("document_id")
        files = home / "lake" / "documents" / "files" / stored.parent.name / "files.parquet"
        found = pl.scan_parquet(files).join(wanted, on="document_id", how="semi").sort("path").collect()
        for name, document_id in found.select("path", "document_id").iter_rows():
            path = home / "raw" / str(name)
            if not path.exists() or sha256_of(path) != document_id:
                raise FileChanged(f"{path} is not the file that was read: run `gk run` again, then ask for its new id.")
            return path
    return None


def panel_of(report_id: int, home: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of panel.year_links that name a report, in either year, and its panel.settlements."""
    links = _rows(home, YearLinks, (pl.col("report_id") == report_id) | (pl.col("last_report_id") == report_id))
    return links, _rows(home, Settlements, pl.col("report_id") == report_id)


def _rows(home: Path, model: type[Table], wanted: pl.Expr) -> pl.DataFrame:
    stored = sorted((home / "lake" / "panel" / model.lake_name()).glob("*/*.parquet"))
    files = (pl.scan_parquet(path, hive_partitioning=False).filter(wanted) for path in stored)
    return pl.concat([model.no_rows().lazy(), *files]).collect()
