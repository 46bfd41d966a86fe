"""A layer's year while it is written: staged beside the old files, committed when all of it is there."""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gk_pipeline.schemas.table import Table
from gk_pipeline.storage.checked import CheckedBatch
from gk_pipeline.storage.lake import APART, WHOLE_YEAR, Lake
from gk_pipeline.storage.manifest import Manifest
from gk_pipeline.storage.parquet import TableFile, force_to_disk, sha256_of


class LayerBusy(RuntimeError):
    """Another run is writing the same layer and year."""


@dataclass(frozen=True)
class StagedTable:
    """A table's finished file of one year, not yet in its place."""

    model: type[Table]
    staged: Path
    path: Path
    n_rows: int
    digest: str

    def commit(self) -> None:
        """Put the file in its place in one step; a file with the same bytes is left untouched."""
        if self.path.exists() and sha256_of(self.path) == self.digest:
            self.staged.unlink()
            return
        self.staged.replace(self.path)
        force_to_disk(self.path.parent)


class StagedLayer:
    """The tables of one layer and year, written side by side from batches."""

    def __init__(self, lake: Lake, layer: str, year: int) -> None:
        self.tables: dict[str, StagedTable] = {}
        self._targets = {name: lake.file(name, year) for name in lake.names(layer)}
        self._files = {
            name: TableFile(
                target.with_name(f".{target.name}.staged"),
                lake.models[name],
                ordered=name != WHOLE_YEAR and not name.endswith(".findings"),
            )
            for name, target in self._targets.items()
        }

    def append(self, batch: CheckedBatch) -> None:
        """Write a batch: a row group of every table. Those of the whole year may come apart, on their own."""
        apart = batch.keys() <= APART
        for name, file in self._files.items():
            if name in batch or not (apart or name in APART):
                file.append(batch[name])

    def finish(self) -> dict[str, StagedTable]:
        """Close the files; each of them is then ready to be committed."""
        for name, file in self._files.items():
            digest = file.close()
            self.tables[name] = StagedTable(file.model, file.path, self._targets[name], file.n_rows, digest)
        return self.tables

    def discard(self) -> None:
        """Remove what was staged; what was stored before stays as it was."""
        for file in self._files.values():
            file.discard()

    def committed_digests(self) -> dict[str, str]:
        """The sha256 of every file of the layer; raises when one of them was never put in its place."""
        waiting = [name for name in self._targets if name not in self.tables or self.tables[name].staged.exists()]
        if waiting:
            raise RuntimeError(f"{waiting} were written but not committed; materialize the layer again.")
        return {name: table.digest for name, table in self.tables.items()}


@contextmanager
def staging(lake: Lake, layer: str, year: int, made_from: Mapping[str, str]) -> Iterator[StagedLayer]:
    """Write a layer's year: append batches, finish, commit each table; on leaving, the manifest seals the whole.

    A run that fails or is killed before its first commit leaves the stored year as it was; one killed between two
    commits leaves files that disagree with their manifest, which nobody reads until the layer is materialized again.
    """
    lock = lake.beside(layer, year, "lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise LayerBusy(f"Another run is writing {layer} of {year}: wait for it, then start this again.") from busy
        writer = StagedLayer(lake, layer, year)
        try:
            yield writer
        except BaseException:
            writer.discard()
            raise
        Manifest(writer.committed_digests(), dict(made_from)).save(lake.beside(layer, year, "json"))
