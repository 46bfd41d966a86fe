"""The facts of the sample reports as they were last reviewed; `make snapshot` writes them anew."""

from pathlib import Path

import polars as pl
from ways import FIXTURES, RAW, through_stages

from gk_pipeline.storage.located import CELL, LOCATED, REPORT, locate

SNAPSHOT = FIXTURES / "samples_facts.csv"
SOURCES = ("documents.files", "sections.reports", "facts.facts")


def facts_of_samples(raw: Path = RAW) -> pl.DataFrame:
    """The facts of every year of a folder, as the program finds them now."""
    years = sorted(int(folder.name) for folder in raw.iterdir() if folder.is_dir())
    tables = {year: through_stages(raw / str(year), year) for year in years}
    return pl.concat([locate(*(own[name].lazy() for name in SOURCES), year) for year, own in tables.items()])


def save_snapshot(facts: pl.DataFrame, path: Path) -> None:
    """Write facts as CSV, a line a cell, so that a change of them can be read where code is reviewed."""
    facts.select(list(LOCATED)).sort(*REPORT, *CELL).write_csv(path)


if __name__ == "__main__":
    save_snapshot(facts_of_samples(), SNAPSHOT)
