"""`gk run`: years materialized with a bar for each step, and at the end the scorecard."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from gk_pipeline.assets.layer import Progress as Told
from gk_pipeline.documents.folder import is_no_document, told_of_skipped
from gk_pipeline.home import NoSuchYears, chosen_years, data_home
from gk_pipeline.materialize import materialize_years
from gk_pipeline.partitions import report_years
from gk_pipeline.pictures.terminal.check import STYLE
from gk_pipeline.runs import Outcome
from gk_pipeline.schemas.facts import STATUSES
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse.postgres.server import FeedFailed

NOT_IN_THE_UI = "DAGSTER_HOME is not set, so the UI's history does not know of this run; `make run` sets it."
WHERE_TOLD = "`gk findings` says what each of these is about and what to do."


def run_years(asked: str | None, workers: int) -> int:
    """Materialize the years and the warehouse, print the scorecard; 0 when all of it succeeded, else 1."""
    home, errors, console = data_home(), Console(stderr=True), Console()
    try:
        years = chosen_years(asked, home / "raw")
    except NoSuchYears as reason:
        errors.print(str(reason), style="red", highlight=False)
        return 1
    began = time.monotonic()
    outcomes = []
    try:
        with _bars(errors, len(years)) as told:
            for outcome in materialize_years(years, workers=workers, progress=told):
                outcomes.append(outcome)
                _say(errors, outcome)
    except FeedFailed as reason:  # the address of the server, before anything is read
        errors.print(str(reason), style="red", highlight=False, soft_wrap=True)
        return 1
    for year in years:
        skipped = skipped_files(home / "lake", year)
        if skipped:
            errors.print(f"{year}: {told_of_skipped(skipped)}", style="dim", highlight=False, soft_wrap=True)
    for note in overlooked(home):
        errors.print(note, style="yellow", highlight=False, soft_wrap=True)
    if any(outcome.warned for outcome in outcomes):
        errors.print(WHERE_TOLD, style="dim", highlight=False, soft_wrap=True)
    console.print(scorecard_picture(home, years))
    console.print(_where(home, outcomes[-1]), highlight=False, soft_wrap=True)
    errors.print(f"years: {len(years)}, in {time.monotonic() - began:.0f} s", style="dim", highlight=False)
    if not os.environ.get("DAGSTER_HOME"):
        errors.print(NOT_IN_THE_UI, style="dim", highlight=False, soft_wrap=True)
    return int(not all(outcome.succeeded for outcome in outcomes))


def _where(home: Path, loaded: Outcome) -> str:
    """Where what was made lies; what is made of the lake only where all of it was."""
    if not loaded.succeeded:
        return f"Parquet: {home / 'lake'}   Not everything made from it is up to date: see what failed above."
    made = f"DuckDB: {home / 'gk.duckdb'}   Parquet: {home / 'lake'}   pages: {home / 'pages' / 'index.html'}"
    return made + ("   Postgres: fed" if os.environ.get("GK_POSTGRES") else "")


def _say(console: Console, outcome: Outcome) -> None:
    """What went wrong in a year or in the warehouse, if anything did."""
    if outcome.error is not None:
        console.print(f"{outcome.name} failed: {outcome.error}", style="red", highlight=False, soft_wrap=True)
    for line in outcome.broken:
        console.print(f"{outcome.name}: {line}", style="red", highlight=False, soft_wrap=True)
    for line in outcome.warned:
        console.print(f"{outcome.name}: {line}", style="yellow", highlight=False, soft_wrap=True)


def overlooked(home: Path) -> Iterator[str]:
    """What of data/raw no run reads, and what of the lake no folder stands for any more."""
    for path in sorted((home / "raw").iterdir()):
        if path.is_dir() and path.name not in report_years.get_partition_keys():
            yield f"{path} is no year folder, so nothing in it was read. Put reports into {home / 'raw'}/<year>/."
        elif path.is_file() and not is_no_document(path):
            yield f"{path} lies in no year folder and was not read. Move it into {home / 'raw'}/<year>/."
    for year in Lake(home / "lake", ()).years():
        if not (home / "raw" / str(year)).is_dir():
            yield (
                f"{year} has no folder any more; the lake and the database keep it as it was read last. To empty it, "
                f"make the folder {home / 'raw' / str(year)} and run that year."
            )


def skipped_files(lake: Path, year: int) -> list[Path]:
    """The files of the year's folder that were found and not read, as no documents."""
    stored = Lake(lake, ()).file("documents.files", year)
    if not stored.exists():
        return []
    files = pl.scan_parquet(stored).filter(pl.col("read_status") == "skipped")
    return list(map(Path, files.select("path").collect()["path"]))


@contextmanager
def _bars(console: Console, n_years: int) -> Iterator[Told]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        years = progress.add_task("years", total=n_years)
        step = progress.add_task("", total=None)
        seen: list[int] = []

        def told(year: int, layer: str, done: int, total: int) -> None:
            if year not in seen:
                seen.append(year)
                progress.update(years, completed=len(seen) - 1)
            progress.update(step, description=f"{year} {layer}", completed=done, total=total)

        yield told


def scorecard_picture(home: Path, years: Sequence[int]) -> Table:
    """The scorecards of the years as one table: refused of all files, perfect of all reports, cells by status."""
    table = Table(title="scorecard", title_justify="left", box=None, padding=(0, 1, 0, 0))
    table.add_column("year")
    for name in ("refused", "perfect", *STATUSES):
        table.add_column(name, justify="right", style=STYLE.get(name))
    for year in years:
        stored = home / "lake" / "quality" / "scorecard" / f"{YEAR}={year}" / "scorecard.parquet"
        if not stored.exists():
            table.add_row(str(year), *["—"] * (2 + len(STATUSES)))
            continue
        row = pl.read_parquet(stored, hive_partitioning=False).row(0, named=True)
        shares = (f"{row['n_refused']}/{row['n_files']}", f"{row['n_perfect']}/{row['n_reports']}")
        table.add_row(str(year), *shares, *(str(row[f"n_{status}"] or "·") for status in STATUSES))
    return table
