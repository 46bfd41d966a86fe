"""From a report's id back to the file it was read from, and on to what its neighbouring years say."""

from pathlib import Path

import polars as pl

from gk_pipeline.documents.fetch import identify
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.stored import StoredTable


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
            if identify(path).sha256 != document_id:
                raise FileChanged(f"{path} is not the file that was read: run `gk run` again, then ask for its new id.")
            return path
    return None


def panel_of(report_id: int, lake: Lake) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of panel.year_links that name a report, in either year, and its panel.settlements.

    Raises UnsoundLake where the panel was made from other facts than the lake holds now.
    """
    years = tuple(lake.years())
    links, settlements = (StoredTable(lake, name, years).scan() for name in ("panel.year_links", "panel.settlements"))
    named = (pl.col("report_id") == report_id) | (pl.col("last_report_id") == report_id)
    return links.filter(named).collect(), settlements.filter(report_id=report_id).collect()
