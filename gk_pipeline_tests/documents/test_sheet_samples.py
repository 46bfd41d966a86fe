"""The sample reports as workbooks, in the ways that people keep them, cell by cell against what they say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
from tables.lawful import FILLINGS
from tables.layouts import HTML, LAYOUTS
from tables.outcome import outcomes
from tables.paper import Style
from ways import samples

from gk_pipeline.documents.document import Block, Document
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.pipeline import JudgedReport, judge
from gk_pipeline.reports import read_document
from gk_pipeline.schemas.exact import decimal

from .workbooks import a_sheet_a_table, in_one_sheet, numbers, sample, texts, xls, xlsx

FORMS = shipped_forms()
TRUTH = {truth["file"]: truth for truth in samples()}
WRITERS = {"xlsx": xlsx, "xls": xls}
WAYS: Mapping[str, tuple[Any, dict[str, Any]]] = {
    "merged as printed": (in_one_sheet, {"stored": numbers}),
    "numbers stored as text": (in_one_sheet, {"stored": texts}),
    "a sheet a table": (a_sheet_a_table, {"stored": numbers}),
    "no rules, prose in the first column": (in_one_sheet, {"ruled": False, "merged_prose": False}),
    "money with thousands apart": (in_one_sheet, {"style": Style(number=lambda value, kind: f"{value:,}")}),
}
CASES = [(file, way, suffix) for file in TRUTH for way in WAYS for suffix in WRITERS]


def written(file: str, way: str, suffix: str) -> bytes:
    arrange, how = WAYS[way]
    rest = {name: value for name, value in how.items() if name != "style"}
    return WRITERS[suffix](arrange(sample(TRUTH[file], how.get("style"))), **rest)


@pytest.fixture(scope="module")
def read() -> dict[tuple[str, str, str], tuple[Document, list[JudgedReport]]]:
    """What came of each case; all are judged together, which is what takes its time otherwise."""
    documents = {case: read_bytes(written(*case), f"report.{case[2]}", form_labels(FORMS)) for case in CASES}
    reports = {case: read_document(Path("/".join(case)), document, FORMS) for case, document in documents.items()}
    judged: dict[Path, list[JudgedReport]] = {}
    for one in judge([report for found in reports.values() for report in found], FORMS):
        judged.setdefault(one.read.path, []).append(one)
    return {case: (documents[case], judged[Path("/".join(case))]) for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_every_number_is_read_and_none_is_doubted(read, case):
    _, [report] = read[case]
    assert report.read.error is None
    found = {(c.cell.table_code, c.cell.item, c.cell.measure): c for c in report.cells}
    wrong = {
        tuple(cell): (found[tuple(cell)].micro, found[tuple(cell)].status, value)
        for *cell, _, value in TRUTH[case[0]]["facts"]
        if found[tuple(cell)].cell.micro != found[tuple(cell)].micro
        or decimal(found[tuple(cell)].micro) != Decimal(str(value))
        or found[tuple(cell)].status not in ("verified", "unverified")
    }
    assert wrong == {}
    assert len(found) == len(TRUTH[case[0]]["facts"])


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_body_year_and_form_are_read(read, case):
    _, [report] = read[case]
    truth = TRUTH[case[0]]
    assert (report.read.identity.organization, report.read.identity.stated_year) == (truth["org"], truth["report_year"])
    assert {table.form for table in report.read.tables} == {truth["form"]}


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_the_digits_of_every_fact_stand_at_its_position(read, case):
    document, [report] = read[case]
    for judged in report.cells:
        cell = judged.cell
        text = standing(document.blocks[cell.block], cell.grid_row, cell.grid_column)
        printed = text[cell.char_start : cell.char_end]
        assert printed == cell.printed
        assert Decimal(re.sub(r"[,+]", "", printed)) == decimal(cell.micro)


def standing(block: Block, row: int | None, column: int | None) -> str:
    """The text of a block, or of the cell of its grid in that place."""
    if block.text is not None:
        return block.text
    [text] = (cell.text for cell in block.cells if (cell.row, cell.column) == (row, column))
    return text


def sheets(document: Document) -> Iterator[int | None]:
    return (block.page for block in document.blocks)


def test_a_block_knows_the_number_of_its_sheet(read):
    document, _ = read[CASES[0][0], "a sheet a table", "xlsx"]
    assert set(sheets(document)) == {1, 2, 3, 4}
    assert list(sheets(document)) == sorted(sheets(document))


IN_GRIDS = [layout for layout in LAYOUTS if layout.write is HTML]
LAID_OUT = IN_GRIDS[:: len(IN_GRIDS) // 10]
"""Ten layouts in which spans are kept, damaged ones among them: what is true of them as web pages must be in sheets."""


@pytest.fixture(scope="module")
def outcome():
    """What became of the report of every such layout in a sheet, judged in one batch as in a stage."""
    laid_out = [
        replace(one, write=lambda sheet, _, ruled=bool(at % 2): xlsx(in_one_sheet(sheet), ruled=ruled), suffix=".xlsx")
        for at, one in enumerate(LAID_OUT)
    ]
    turns = zip(laid_out, cycle(FILLINGS), count())
    cases = [one.case(one.forms[seed % len(one.forms)], filling, seed) for one, filling, seed in turns]
    return dict(zip((one.name for one in LAID_OUT), outcomes(cases), strict=True))


@pytest.mark.parametrize("layout", LAID_OUT, ids=[layout.name for layout in LAID_OUT])
def test_no_layout_is_read_silently_wrong_from_a_sheet(layout, outcome):
    found = outcome[layout.name]
    assert [cell for cell in found if cell.startswith("silent: ")] == []
    if layout.clean:
        assert (found["flagged"], found["misread"]) == (0, 0)
        assert found["right"] > 180
