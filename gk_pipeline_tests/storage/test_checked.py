"""A batch that breaks a promise is traced to its file."""

from functools import partial

import polars as pl
import pytest

from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.storage.checked import BadBatch, checked, derive
from gk_pipeline.storage.stored import JointBatches, StoredTable
from gk_pipeline.tables.stage import read_tables

NAMES = ("documents.files", "documents.documents", "documents.blocks", "sections.reports")


@pytest.fixture
def batch(lake) -> Batch:
    """All documents of 2019 as one batch."""
    parts = list(JointBatches([StoredTable(lake, name, (2019,)) for name in NAMES]))
    return {name: pl.concat([part[name] for part in parts]).sort(lake.models[name].key_columns()) for name in NAMES}


def spoil(batch: Batch, organization: str, forms) -> Batch:
    made = read_tables(batch, forms=forms)
    victim = batch["sections.reports"].filter(pl.col("organization") == organization)["report_id"]
    wrong = pl.when(pl.col("report_id").is_in(victim.implode())).then(pl.col("value") + 1).otherwise(pl.col("value"))
    cells = made["tables.cells"].with_columns(wrong.cast(pl.Decimal(20, 6)).alias("value"))
    return {**made, "tables.cells": cells}


def stumble(batch: Batch, organizations: tuple[str, ...], forms) -> Batch:
    if set(organizations) & set(batch["sections.reports"]["organization"]):
        raise IndexError("list index out of range")
    return read_tables(batch, forms=forms)


def left_out(made: Batch) -> list[tuple[str, str]]:
    findings = made["tables.findings"].filter(pl.col("code") == "program_failed")
    return list(findings.select("path", "message").iter_rows())


def test_a_document_that_breaks_a_promise_is_left_out_with_a_finding(batch, forms):
    made = derive(partial(spoil, organization="丁县人民政府", forms=forms), forms, batch)
    [(path, message)] = left_out(made)
    assert path == "2019/丁.txt"
    assert "WideEqualsCells" in message
    assert made["tables.cells"]["report_id"].n_unique() == batch["sections.reports"].height - 1


def test_a_document_on_which_the_stage_fails_is_left_out_with_a_finding(batch, forms):
    made = derive(partial(stumble, organizations=("丙县人民政府",), forms=forms), forms, batch)
    [(path, message)] = left_out(made)
    assert path == "2019/丙.txt"
    assert "IndexError: list index out of range" in message


def test_a_stage_that_fails_on_many_documents_stores_nothing_and_names_them(batch, forms):
    victims = ("丙县人民政府", "丁县人民政府")
    with pytest.raises(BadBatch, match=r"^2019/[丙丁]\.txt, 2019/[丙丁]\.txt: nothing was stored.*\n.*list index"):
        derive(partial(stumble, organizations=victims, forms=forms), forms, batch)


def test_a_fault_that_no_document_shows_alone_names_the_batch(batch, forms):
    def stumble_over_five(part: Batch) -> Batch:
        if part["sections.reports"].height == 5:
            raise MemoryError
        return {}

    with pytest.raises(BadBatch, match=r"^2019/丁\.txt, 2019/丙\.txt, 2019/乙\.txt and 2 more: "):
        derive(stumble_over_five, forms, batch)


def test_a_document_without_a_known_path_is_named_by_its_sha256(batch, forms):
    del batch["documents.files"]
    first = batch["documents.documents"]["document_id"][0]
    batch["documents.blocks"] = batch["documents.blocks"].filter(
        ~((pl.col("document_id") == first) & (pl.col("block") == 1))
    )
    with pytest.raises(BadBatch, match=f"^the document with sha256 {first}: "):
        checked(batch, forms)


def test_a_batch_that_keeps_its_promises_is_returned_as_it_is(batch, forms):
    assert checked(batch, forms) is batch
