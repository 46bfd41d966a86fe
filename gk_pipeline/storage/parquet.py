"""Parquet files of the lake: a row group a batch, and the same bytes whenever the same rows are written."""

import hashlib
import os
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from gk_pipeline.schemas.table import Table

_COMPRESSION_LEVEL = 3
_FORMAT = "2.6"


class OutOfOrder(ValueError):
    """Rows were handed over in another order than that of the table's key."""


class TableFile:
    """A Parquet file while it is written: every batch becomes one row group, also one without rows.

    With `ordered`, keys must rise from each batch to the next, so that the whole file is sorted and no key comes twice.
    """

    def __init__(self, path: Path, model: type[Table], *, ordered: bool) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path, self.model, self.n_rows = path, model, 0
        self._ordered = ordered
        self._last_key: tuple[object, ...] | None = None
        self._sink = path.open("wb")
        self._writer = pq.ParquetWriter(
            self._sink,
            model.arrow_schema(),
            version=_FORMAT,
            compression="zstd",
            compression_level=_COMPRESSION_LEVEL,
            write_page_checksum=True,
        )

    def append(self, frame: pl.DataFrame) -> None:
        """Write one batch as the next row group."""
        self._check_order(frame)
        rows = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        self._writer.write_table(rows, row_group_size=max(1, frame.height))
        self.n_rows += frame.height

    def close(self) -> str:
        """Finish the file, force it to the disk, and return the sha256 of its bytes."""
        self._writer.close()
        self._sink.flush()
        os.fsync(self._sink.fileno())
        self._sink.close()
        return sha256_of(self.path)

    def discard(self) -> None:
        """Give the file up and remove it."""
        if not self._sink.closed:
            self._writer.close()
            self._sink.close()
        self.path.unlink(missing_ok=True)

    def _check_order(self, frame: pl.DataFrame) -> None:
        keys = frame.select(self.model.key_columns())
        if not keys.equals(keys.sort(keys.columns)):
            raise OutOfOrder(f"{self.path.name}: the rows of a batch are not sorted by {keys.columns}.")
        if not self._ordered or keys.is_empty():
            return
        if self._last_key is not None and keys.row(0) <= self._last_key:
            raise OutOfOrder(f"{self.path.name}: key {keys.row(0)} comes after {self._last_key} of an earlier batch.")
        self._last_key = keys.row(-1)


class StoredFile:
    """A Parquet file as it was stored, read a row group at a time."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path, page_checksum_verification=True)
        self.n_batches: int = self._file.num_row_groups

    def batch(self, number: int) -> pl.DataFrame:
        """The rows of one batch."""
        frame = pl.from_arrow(self._file.read_row_group(number))
        assert isinstance(frame, pl.DataFrame)
        return frame

    def all_batches(self) -> pl.DataFrame:
        """The rows of the whole file."""
        frame = pl.from_arrow(self._file.read())
        assert isinstance(frame, pl.DataFrame)
        return frame


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def force_to_disk(folder: Path) -> None:
    """Make renames within a folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
