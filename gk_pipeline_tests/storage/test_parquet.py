"""Parquet files of the lake."""

from pathlib import Path

import polars as pl
import pytest

from gk_pipeline.schemas.sections import Sections
from gk_pipeline.storage.parquet import OutOfOrder, StoredFile, TableFile


def rows(*ids: int) -> pl.DataFrame:
    columns = {"heading": "一", "text": "", "first_block": 0, "first_char": 0, "last_block": 1, "last_char": 0}
    frame = pl.DataFrame({"report_id": ids, "section": ["overview"] * len(ids)}, schema=["report_id", "section"])
    filled = frame.with_columns(pl.lit(value).alias(name) for name, value in columns.items())
    return filled.cast(dict(Sections.polars_schema()))


def written(path: Path, *batches: pl.DataFrame, ordered: bool = True) -> str:
    file = TableFile(path, Sections, ordered=ordered)
    for batch in batches:
        file.append(batch)
    return file.close()


def test_the_same_rows_give_the_same_bytes(tmp_path):
    assert written(tmp_path / "a", rows(1, 2), rows(3)) == written(tmp_path / "b", rows(1, 2), rows(3))


def test_every_batch_is_a_row_group_also_one_without_rows(tmp_path):
    written(tmp_path / "a", rows(1, 2), rows(), rows(3))
    stored = StoredFile(tmp_path / "a")
    assert [stored.batch(number)["report_id"].to_list() for number in range(stored.n_batches)] == [[1, 2], [], [3]]


def test_a_table_without_batches_is_a_valid_file_with_its_columns(tmp_path):
    written(tmp_path / "a")
    assert pl.read_parquet(tmp_path / "a").schema == Sections.polars_schema()


def test_unsorted_rows_are_not_written(tmp_path):
    with pytest.raises(OutOfOrder, match="not sorted"):
        written(tmp_path / "a", rows(2, 1))


@pytest.mark.parametrize("second", [1, 2])
def test_keys_rise_from_batch_to_batch(tmp_path, second):
    with pytest.raises(OutOfOrder, match="comes after"):
        written(tmp_path / "a", rows(1, 2), rows(second))


def test_findings_rise_only_within_a_batch(tmp_path):
    written(tmp_path / "a", rows(5), rows(1), ordered=False)
    assert StoredFile(tmp_path / "a").all_batches()["report_id"].to_list() == [5, 1]


def test_a_flipped_bit_is_noticed(tmp_path):
    written(tmp_path / "a", rows(*range(1000)))
    stored = bytearray((tmp_path / "a").read_bytes())
    stored[200] ^= 1
    (tmp_path / "a").write_bytes(stored)
    with pytest.raises(OSError, match="CRC"):
        StoredFile(tmp_path / "a").batch(0)
