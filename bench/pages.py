"""How long the pages of many reports take: the sample reports' rows of two years, stored over and over under new ids.

Prints the reports, the seconds of the clock and of the processors, the largest memory of a process, and the size.
"""

import argparse
import hashlib
import os
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from gk_pipeline.documents.stage import BATCH_DOCUMENTS
from gk_pipeline.forms import shipped_forms
from gk_pipeline.materialize import materialize_years
from gk_pipeline.pictures.pages.site import write_site
from gk_pipeline.sections.report import report_id
from gk_pipeline.storage.lake import APART, Lake
from gk_pipeline.storage.manifest import Manifest
from gk_pipeline.storage.parquet import TableFile

YEARS = (2023, 2024)
"""Years of the samples in which one body has a report in both."""
REPORT_IDS = ("report_id", "last_report_id", "next_report_id", "current_report_id")


class Copies:
    """New documents, reports and bodies for every copy of those in a lake."""

    def __init__(self, lake: Lake, years: Sequence[int], n_copies: int) -> None:
        reports = pl.concat(pl.read_parquet(lake.file("sections.reports", year)) for year in years)
        rows = [
            (
                document,
                key,
                copy,
                made := hashlib.sha256(f"{document} {copy}".encode()).hexdigest(),
                report_id(made, at),
            )
            for copy in range(n_copies)
            for document, key, at in reports.select("document_id", "report_id", "ordinal").iter_rows()
        ]
        schema = ["document_id", "report_id", "copy", "new_document", "new_report"]
        self.made = pl.DataFrame(rows, schema=schema, orient="row")
        self.numbers = pl.DataFrame({"copy": range(n_copies)}, schema={"copy": self.made["copy"].dtype})

    def of(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows of a table, once for every copy."""
        names = rows.columns
        copied = rows.join(self.numbers, how="cross")
        for name in names:
            if name in REPORT_IDS:
                new = self.made.select("copy", pl.col("report_id").alias(name), new="new_report")
                copied = copied.join(new, on=["copy", name], how="left").drop(name).rename({"new": name})
            elif name == "document_id":
                new = self.made.select("copy", "document_id", new="new_document").unique()
                copied = copied.join(new, on=["copy", name], how="left").drop(name).rename({"new": name})
            elif name in ("organization_id", "organization", "path"):
                copied = copied.with_columns(pl.format("{}{}", name, "copy").alias(name))
            elif name == "finding":
                copied = copied.with_columns(
                    finding=pl.col("finding").hash().xor(pl.col("copy").hash()).reinterpret(signed=True)
                )
        return copied.select(names)


def multiply(lake: Lake, target: Lake, n_copies: int) -> None:
    """Store the rows of the years of a lake `n_copies` times in another, batch by batch as a run would."""
    copies = Copies(lake, YEARS, n_copies)
    for year in YEARS:
        digests: dict[str, dict[str, str]] = {}
        for name in lake.models:
            if lake.file(name, year).exists() and name != "quality.scorecard":
                digests.setdefault(name.partition(".")[0], {})[name] = _store(lake, target, name, year, copies)
        scorecard = TableFile(target.file("quality.scorecard", year), target.models["quality.scorecard"], ordered=True)
        scorecard.append(pl.read_parquet(lake.file("quality.scorecard", year), hive_partitioning=False))
        digests["quality"]["quality.scorecard"] = scorecard.close()
        for layer, files in digests.items():
            Manifest(files).save(target.beside(layer, year, "json"))


def _store(lake: Lake, target: Lake, name: str, year: int, copies: Copies) -> str:
    model = target.models[name]
    rows = copies.of(pl.read_parquet(lake.file(name, year), hive_partitioning=False)).sort(model.key_columns())
    stored = TableFile(target.file(name, year), model, ordered=False)
    for batch in [rows] if name in APART or name.startswith("quality.") else _batches(rows, copies):
        stored.append(batch)
    return stored.close()


def _batches(rows: pl.DataFrame, copies: Copies) -> Iterator[pl.DataFrame]:
    """The rows of the same documents together, whatever table they are of."""
    ordered = copies.made.select("new_document", "new_report").unique().sort("new_document")
    for start in range(0, ordered.height, BATCH_DOCUMENTS):
        part = ordered[start : start + BATCH_DOCUMENTS]
        if "document_id" in rows.columns:
            yield rows.join(part, left_on="document_id", right_on="new_document", how="semi", maintain_order="left")
        else:
            yield rows.join(part, left_on="report_id", right_on="new_report", how="semi", maintain_order="left")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=10_000)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--raw", type=Path, default=Path("data/raw"))
    told = asked.parse_args()
    forms = shipped_forms()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        raw, small, large = told.raw.absolute(), Lake(home / "small" / "lake", forms), Lake(home / "large", forms)
        for outcome in materialize_years(YEARS, raw=raw, lake=small.folder, duckdb=home / "small" / "gk.duckdb"):
            if outcome.error is not None:
                raise SystemExit(f"{outcome.name}: {outcome.error}")
        n_samples = sum(pl.read_parquet(small.file("sections.reports", year)).height for year in YEARS)
        multiply(small, large, -(-told.reports // n_samples))
        began, own = time.monotonic(), time.process_time()
        written = write_site(large, home / "site", told.workers)
        seconds, own = time.monotonic() - began, time.process_time() - own
        size = sum(path.stat().st_size for path in (home / "site").rglob("*") if path.is_file())
        print(f"reports: {written.n_reports:,}, of {written.n_years} years   workers: {told.workers}")
        print(f"clock: {seconds:.0f} s   of the main process: {own:.0f} s   load: {os.getloadavg()[0]:.0f}")
        print(
            f"largest memory of the main process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
        )
        print(f"site: {size / 2**20:.0f} MiB, {size / written.n_reports / 1024:.0f} KiB a report")


if __name__ == "__main__":
    main()
