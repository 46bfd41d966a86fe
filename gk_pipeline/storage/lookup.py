"""From a report's id back to the file it was read from."""

from pathlib import Path

import polars as pl


def raw_file_of(report_id: int, home: Path) -> Path | None:
    """The raw file of a report in the lake under `home`; None when the lake does not hold it."""
    reports = sorted(home.glob("lake/sections/reports/*/reports.parquet"))
    for stored in reports:
        wanted = pl.scan_parquet(stored).filter(pl.col("report_id") == report_id).select("document_id")
        files = home / "lake" / "documents" / "files" / stored.parent.name / "files.parquet"
        paths = pl.scan_parquet(files).join(wanted, on="document_id", how="semi").select("path").sort("path").collect()
        if paths.height:
            return home / "raw" / str(paths.item(0, 0))
    return None
