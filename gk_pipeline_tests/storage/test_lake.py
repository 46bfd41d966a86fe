"""What is loaded from the lake is what was stored, belongs together, and keeps its promises."""

import polars as pl
import pytest

from gk_pipeline.definitions import STEPS
from gk_pipeline.storage.checked import BadBatch
from gk_pipeline.storage.lake import UnsoundLake
from gk_pipeline.storage.stored import JointBatches, StoredTable


def tables(lake, *names, year=2019):
    return [StoredTable(lake, name, (year,)) for name in names]


def test_batches_hold_the_rows_of_the_same_documents(lake):
    names = ["documents.files", "documents.documents", "documents.blocks", "sections.reports", "facts.facts"]
    batches = list(JointBatches(tables(lake, *names)))
    assert [batch["documents.documents"].height for batch in batches] == [2, 2, 1]
    for batch in batches:
        documents = set(batch["documents.documents"]["document_id"])
        assert set(batch["documents.files"]["document_id"]) == documents
        assert set(batch["documents.blocks"]["document_id"]) == documents
        assert set(batch["facts.facts"]["report_id"]) == set(batch["sections.reports"]["report_id"])


def test_a_scan_covers_years_and_tells_them(lake):
    rows = StoredTable(lake, "sections.reports", (2018, 2019, 2020)).scan().collect()
    assert rows["report_year"].to_list() == [2019] * 5 + [2020]


def test_a_year_never_stored_has_no_rows_but_all_columns(lake):
    rows = StoredTable(lake, "facts.facts", (2011,)).scan().collect()
    assert rows.is_empty()
    assert rows.drop("report_year").schema == lake.models["facts.facts"].polars_schema()


def test_a_layer_never_stored_is_named_when_it_is_needed(lake):
    with pytest.raises(UnsoundLake, match="materialize sections of 2011 first"):
        JointBatches(tables(lake, "sections.reports", year=2011))


def test_a_file_changed_by_hand_is_not_read(lake):
    path = lake.file("facts.facts", 2019)
    pl.read_parquet(path, hive_partitioning=False).with_columns(value=pl.lit(7)).write_parquet(path)
    with pytest.raises(UnsoundLake, match=r"facts\.parquet is not the file that was stored"):
        StoredTable(lake, "facts.facts", (2019,)).scan()


def test_a_file_that_is_gone_is_named(lake):
    lake.file("facts.facts", 2019).unlink()
    with pytest.raises(UnsoundLake, match=r"facts\.parquet is gone: materialize facts of 2019"):
        StoredTable(lake, "facts.facts", (2019,)).scan()


def test_layers_of_different_runs_are_not_mixed(lake, report, store_layer, tmp_path):
    report(tmp_path / "raw" / "2019", "己")
    store_layer(STEPS[0], lake, 2019, tmp_path / "raw")
    with pytest.raises(UnsoundLake, match=r"sections of 2019 was made from another documents\.files"):
        JointBatches(tables(lake, "sections.reports"))


def test_stored_rows_are_held_to_their_promises_again(lake, rewrite):
    rewrite(lake, "tables.cells", 2019, lambda cells: cells.with_columns(reading=pl.lit("blank")))
    with pytest.raises(BadBatch, match="reading_and_value_agree"):
        list(JointBatches(tables(lake, "tables.cells")))


def test_identities_between_layers_are_checked_on_load(lake, rewrite):
    rewrite(lake, "tables.visits", 2019, lambda wide: wide.with_columns(alone=pl.col("alone") + 1))
    with pytest.raises(BadBatch, match="WideEqualsCells"):
        list(JointBatches(tables(lake, "tables.cells", "tables.visits")))


def test_a_frame_is_checked_on_load(lake, rewrite):
    rewrite(lake, "quality.findings", 2019, lambda findings: findings.with_columns(severity=pl.lit("dreadful")))
    with pytest.raises(Exception, match="dreadful"):
        StoredTable(lake, "quality.findings", (2019,)).frame()


def test_batches_are_of_one_year(lake):
    with pytest.raises(ValueError, match="one year"):
        JointBatches([StoredTable(lake, "sections.reports", (2019, 2020))])
