"""The tables stage: a batch of reports to the cells of their forms."""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from gk_pipeline.documents.frames import documents_of, first_paths
from gk_pipeline.forms import Form
from gk_pipeline.quality.finding import Finding
from gk_pipeline.quality.frames import Placed, findings_frame
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.claims import Claims
from gk_pipeline.schemas.exact import decimal, to_decimals
from gk_pipeline.schemas.quality import TablesFindings
from gk_pipeline.schemas.tables import Cells, FoundTables
from gk_pipeline.sections.report import open_report
from gk_pipeline.tables.cells import ReadCell
from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.claims import read_claims
from gk_pipeline.tables.limits import Whose
from gk_pipeline.tables.read import ReadTable, is_blank, tables_of
from gk_pipeline.tables.wide import wide_frames

BLANK_FORM = Finding(
    "error",
    "blank_form",
    "The tables are there, but no cell of them prints anything that was found: this is a blank form.",
    "Replace it by the report with its figures filled in; if it has them, save it as a web page or plain text instead.",
)


def read_tables(batch: Batch, *, forms: Sequence[Form]) -> Batch:
    """The tables of a batch of reports: tables.cells, found_tables, the wide tables, tables.claims and findings."""
    documents = {document.document_id: document for document in documents_of(batch)}
    paths = first_paths(batch["documents.files"])
    place = ("report_id", "document_id", "first_block", "last_block")
    read, claims = [], []
    for key, document_id, first, last, *whose in batch["sections.reports"].select(*place, *Whose._fields).iter_rows():
        opened = open_report(documents[document_id].blocks, first, last, forms)
        tables = tables_of(opened)
        read.append((key, paths[document_id], tables))
        if not is_blank(tables):
            claims += [(key, claim) for claim in read_claims(opened, Whose(*whose), forms)]
    return {**table_frames(read, forms), "tables.claims": claims_frame(claims)}


def table_frames(read: Iterable[tuple[int, str, list[ReadTable]]], forms: Sequence[Form]) -> Batch:
    """The rows of the tables layer for reports, their paths and their tables."""
    keys: list[int] = []
    cells: list[ReadCell] = []
    found: list[tuple[object, ...]] = []
    placed: list[Placed] = []
    for key, path, tables in read:
        if is_blank(tables):
            placed.append(Placed(path, key, BLANK_FORM))
            continue
        for table in tables:
            keys += [key] * len(table.cells)
            cells += table.cells
            found.append((key, table.code, table.form, table.items_expected, table.items_found, table.items_lost))
            placed += [Placed(path, key, finding) for finding in table.findings]
    frame = _cells_frame(keys, cells)
    return {
        "tables.cells": frame,
        **wide_frames(frame, forms),
        "tables.found_tables": FoundTables.of_rows(found),
        "tables.findings": findings_frame(TablesFindings, "tables", placed),
    }


def claims_frame(claims: Iterable[tuple[int, ReadClaim]]) -> pl.DataFrame:
    """The rows of tables.claims for reports and what their sentences state."""
    amounts = ("micro", "step")
    return Claims.of_rows(
        [
            (key, *(decimal(value) if name in amounts else value for name, value in claim._asdict().items()))
            for key, claim in claims
        ]
    )


def _cells_frame(keys: list[int], cells: list[ReadCell]) -> pl.DataFrame:
    columns = dict(zip(ReadCell._fields, zip(*cells, strict=True), strict=True)) if cells else {}
    if not columns:
        return Cells.no_rows()
    micros = columns.pop("micro")
    known = np.array([micro is not None for micro in micros], dtype=bool)
    exact = to_decimals(np.array([micro or 0 for micro in micros], dtype=np.int64), known)
    return Cells.of_columns({"report_id": keys, **columns, "value": exact})
