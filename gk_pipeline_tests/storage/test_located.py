"""Facts with the file of each report, from a lake and from a snapshot."""

import pyarrow.parquet as pq
import pytest
from snapshot import save_snapshot

from gk_pipeline.storage.lake import UnsoundLake
from gk_pipeline.storage.located import NoFacts, located_facts


def test_every_fact_of_a_lake_has_the_file_of_its_report(lake):
    found = located_facts(lake.folder, lake.forms)
    assert found.filter(report_year=2020)["path"].unique().to_list() == ["2020/甲.txt"]
    stored = [lake.file("facts.facts", year) for year in (2019, 2020)]
    assert found.height == sum(_rows(path) for path in stored) > 0


def test_a_snapshot_holds_the_same_facts(lake, tmp_path):
    found = located_facts(lake.folder, lake.forms)
    save_snapshot(found, tmp_path / "facts.csv")
    assert located_facts(tmp_path / "facts.csv", lake.forms).equals(found.sort(found.columns[:3] + found.columns[4:7]))


def test_a_folder_without_facts_is_told(lake, tmp_path):
    with pytest.raises(NoFacts, match=r"holds no facts\. Give the lake"):
        located_facts(tmp_path / "nothing", lake.forms)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"report_year,path\nx,y\n"])
def test_a_file_that_is_no_snapshot_is_told(lake, tmp_path, content):
    path = tmp_path / "no.csv"
    path.write_bytes(content)
    with pytest.raises(NoFacts, match=r"no\.csv is no snapshot of facts"):
        located_facts(path, lake.forms)


def exchanged(text):
    return text.replace("reported,value", "value,reported", 1)


@pytest.mark.parametrize("change", [exchanged, lambda text: text.replace("value", "worth", 1)])
def test_a_snapshot_with_other_heads_is_not_read_by_place(lake, tmp_path, change):
    path = tmp_path / "facts.csv"
    save_snapshot(located_facts(lake.folder, lake.forms), path)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(NoFacts, match=r"facts\.csv is no snapshot of facts\. Its first line is not: report_year,path"):
        located_facts(path, lake.forms)


def test_a_snapshot_without_a_line_is_no_empty_lake(lake, tmp_path):
    save_snapshot(located_facts(lake.folder, lake.forms).clear(), tmp_path / "facts.csv")
    with pytest.raises(NoFacts, match="holds no facts"):
        located_facts(tmp_path / "facts.csv", lake.forms)


def test_a_database_in_the_place_of_a_lake_is_refused_in_a_line(lake, tmp_path):
    path = tmp_path / "gk.duckdb"
    path.write_bytes(bytes(range(256)) * 400)
    with pytest.raises(NoFacts) as error:
        located_facts(path, lake.forms)
    assert len(str(error.value)) < 400
    assert str(error.value).isprintable()


def test_a_lake_changed_by_hand_is_not_compared(lake):
    lake.file("sections.reports", 2019).write_bytes(b"")
    with pytest.raises(UnsoundLake, match="is not the file that was stored"):
        located_facts(lake.folder, lake.forms)


def _rows(path):
    return pq.ParquetFile(path).metadata.num_rows
