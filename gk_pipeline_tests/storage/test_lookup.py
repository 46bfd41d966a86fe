"""From a report's id to its file, as long as the file is the one that was read."""

import shutil

import polars as pl
import pytest

from gk_pipeline.storage.lookup import FileChanged, raw_file_of


@pytest.fixture
def home(lake, raw):
    """A folder of data with the lake and the reports it was made from."""
    shutil.copytree(raw, lake.folder.parent / "raw")
    return lake.folder.parent


@pytest.fixture
def report_id(lake):
    return pl.read_parquet(lake.file("sections.reports", 2020), hive_partitioning=False).item(0, "report_id")


def test_a_report_of_the_lake_has_its_file(home, report_id):
    assert raw_file_of(report_id, home) == home / "raw" / "2020" / "甲.txt"


def test_an_id_that_no_report_has_has_none(home):
    assert raw_file_of(1, home) is None


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_a_file_that_is_not_the_one_that_was_read_is_told(home, report_id, change):
    path = home / "raw" / "2020" / "甲.txt"
    if change == "gone":
        path.unlink()
    else:
        path.write_text("something else", encoding="utf-8")
    with pytest.raises(FileChanged, match="is not the file that was read: run `gk run` again"):
        raw_file_of(report_id, home)
