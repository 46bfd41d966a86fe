"""Tables as they come back from the lake: lazily over many years, or batch by batch within one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.storage.checked import CheckedBatch, checked
from gk_pipeline.storage.lake import WHOLE_YEAR, Lake, UnsoundLake
from gk_pipeline.storage.parquet import StoredFile


@dataclass(frozen=True)
class StoredTable:
    """A table of the lake over some years: a handle that reads nothing until it is asked.

    Years that were never stored have no rows; files that are not what was stored raise UnsoundLake.
    """

    lake: Lake
    name: str
    years: tuple[int, ...]

    def files(self) -> dict[int, Path]:
        """The file of each year that is stored, known to be sound."""
        sound = {year: self.lake.sound_files([self.name], year) for year in self.years}
        return {year: found[self.name] for year, found in sound.items() if found}

    def scan(self) -> pl.LazyFrame:
        """Its rows, lazily, with the year they are filed under as `report_year`."""
        no_rows = self.lake.models[self.name].no_rows().lazy()
        frames = {0: no_rows} | {year: pl.scan_parquet(path) for year, path in self.files().items()}
        return pl.concat(frame.with_columns(pl.lit(year, pl.Int32).alias(YEAR)) for year, frame in frames.items())

    def as_stored(self) -> pl.DataFrame:
        """Its rows without the year, in memory and not checked: for tables of one small year."""
        return self.scan().select(self.lake.models[self.name].polars_schema().names()).collect()

    def frame(self) -> pl.DataFrame:
        """Its rows without the year, in memory and held to the table's promises: for tables of one small year."""
        return self.lake.models[self.name].check(self.as_stored())


class JointBatches:
    """The rows of the same documents in several tables of one year, a batch at a time.

    Row group n of every table holds batch n, for each layer is made batch by batch from the one before it. Iterating
    holds every batch to its promises again; `as_stored` is for whoever wants to see what is wrong with it.
    """

    def __init__(self, tables: Sequence[StoredTable]) -> None:
        years = {year for table in tables for year in table.years}
        if len(years) != 1:
            raise ValueError(f"Batches are of one year, not of {sorted(years)}.")
        self._forms = tables[0].lake.forms
        files = _all_files(tables[0].lake, [table.name for table in tables], *years)
        self._whole = StoredFile(files.pop(WHOLE_YEAR)).all_batches() if WHOLE_YEAR in files else None
        self._files = {name: StoredFile(path) for name, path in files.items()}
        counts = {file.n_batches for file in self._files.values()}
        if len(counts) > 1:
            raise UnsoundLake(f"{sorted(files)} of {years} hold different batches: materialize all of them again.")
        self._count = min(counts, default=0)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[CheckedBatch]:
        return (checked(batch, self._forms) for batch in self.as_stored())

    def as_stored(self) -> Iterator[Batch]:
        """The batches as they were stored, not checked."""
        for number in range(self._count):
            batch = {name: file.batch(number) for name, file in self._files.items()}
            if self._whole is not None:
                batch[WHOLE_YEAR] = _of_same_documents(self._whole, batch)
            yield batch


def _all_files(lake: Lake, names: Sequence[str], year: int) -> dict[str, Path]:
    files = lake.sound_files(names, year)
    for name in names:
        if name not in files:
            layer = name.partition(".")[0]
            raise UnsoundLake(f"{name} of {year} is not in the lake: materialize {layer} of {year} first.")
    return files


def _of_same_documents(files: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    for name in ("documents.documents", "sections.reports"):
        if name in batch:
            return files.join(batch[name], on="document_id", how="semi", maintain_order="left")
    return files.clear()
