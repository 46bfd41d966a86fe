"""Entries of people held against what the reports print: each belongs to one cell, or is told with its line."""

import datetime
from pathlib import Path

import polars as pl
import pytest

from gk_pipeline.facts.correction_file import BadCorrections, Correction, Entries, Fault
from gk_pipeline.facts.corrections import matched, reviewed_cells
from gk_pipeline.forms import shipped_forms

FIELDS = ("report", "cell", "printed", "value", "reason", "evidence", "by", "on")
FILE = Path("2022.yaml")
CELL = (7, "applications", "received", "natural_person")
REPORTS = {("2022/yunling.txt", 0): 7}
PRINTED = {CELL: 16_000_000, (7, "applications", "received", "total"): None}


def entry(line=1, path="2022/yunling.txt", ordinal=0, cell=CELL[1:], printed=16_000_000, value=10_000_000):
    lines = {name: line + place for place, name in enumerate(FIELDS)}
    said = ("a slip", "the office", "王小明", datetime.date(2024, 11, 25), "unknown")
    return Correction(lines, path, ordinal, cell, printed, value, *said)


def held(*entries, faults=()):
    return matched(Entries(FILE, entries, faults), REPORTS | {("2022/same.txt", 0): 7}, PRINTED)


def test_an_entry_belongs_to_its_cell():
    one = entry()
    assert held(one) == {CELL: one}


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        ({"path": "2022/other.txt"}, 1, "no report 2022/other.txt is read in this year"),
        ({"ordinal": 1}, 1, "no report 2022/yunling.txt (report 2) is read in this year"),
        ({"cell": ("applications", "other", "total")}, 2, "the report has no cell applications.other.total"),
        ({"printed": 17_000_000}, 3, "prints 16, and the entry expects 17"),
        ({"printed": None}, 3, "prints 16, and the entry expects no number"),
        ({"cell": (*CELL[1:3], "total")}, 3, "prints no number, and the entry expects 16"),
    ],
)
def test_an_entry_that_does_not_match_the_page_is_told_with_its_line(change, line, told):
    with pytest.raises(BadCorrections) as error:
        held(entry(**change))
    assert str(error.value).startswith(f"2022.yaml:{line}: ")
    assert told in str(error.value)
    assert str(error.value).endswith("Look at the page again, then mend the entry or remove it.")


def test_two_entries_for_one_cell_are_refused():
    with pytest.raises(BadCorrections, match=r"2022\.yaml:9: .* has an entry in line 1 already\. Leave one of them"):
        held(entry(), entry(9, value=11_000_000))


def test_two_entries_for_one_cell_of_files_with_the_same_bytes_are_refused():
    with pytest.raises(BadCorrections, match=r"2022\.yaml:9: .* in line 1 already, for 2022/same\.txt and .* the same"):
        held(entry(), entry(9, path="2022/same.txt", value=11_000_000))


def test_entries_that_cannot_be_read_and_those_that_do_not_match_are_told_at_once():
    with pytest.raises(BadCorrections) as error:
        held(entry(9, printed=None), faults=(Fault(4, "no number"),))
    assert [line.split(": ")[0] for line in str(error.value).splitlines()[:2]] == ["2022.yaml:4", "2022.yaml:11"]


# held against the tables of a year

TEXT = """- report: 2022/yunling.txt
  cell: applications.received.{measure}
  printed: {printed}
  value: 10
  reason: a slip
  evidence: the office
  by: 王小明
  on: 2024-11-25
"""


def of_year(tmp_path, measure, printed, stated_year=None):
    """The reviewed cells of a year whose one report prints 16 and a blank."""
    file = tmp_path / "2022.yaml"
    file.write_text(TEXT.format(measure=measure, printed=printed), encoding="utf-8")
    files = pl.LazyFrame({"path": ["2022/yunling.txt"], "document_id": ["a"]})
    schema = {"document_id": pl.String, "report_id": pl.Int64, "stated_year": pl.Int32}
    reports = pl.LazyFrame([("a", 256, stated_year)], schema=schema, orient="row")
    key = {"report_id": [256, 256], "table_code": ["applications"] * 2, "item": ["received"] * 2}
    values = pl.Series("value", ["16", None]).cast(pl.Decimal(20, 6))
    cells = pl.LazyFrame({**key, "measure": ["natural_person", "total"], "value": values})
    return reviewed_cells(file, 2022, shipped_forms(), files, reports, cells)


def test_the_cells_of_a_year_are_matched(tmp_path):
    assert list(of_year(tmp_path, "natural_person", 16)) == [(256, "applications", "received", "natural_person")]
    assert list(of_year(tmp_path, "total", "")) == [(256, "applications", "received", "total")]


def test_a_blank_cell_prints_no_zero(tmp_path):
    with pytest.raises(BadCorrections, match=r"2022\.yaml:3: .* prints no number, and the entry expects 0"):
        of_year(tmp_path, "total", 0)


def test_a_report_of_another_year_is_not_read_in_this_one(tmp_path):
    with pytest.raises(BadCorrections, match=r"2022\.yaml:1: no report 2022/yunling\.txt is read in this year"):
        of_year(tmp_path, "natural_person", 16, stated_year=2021)
