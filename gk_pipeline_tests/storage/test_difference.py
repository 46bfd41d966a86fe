"""What two sets of facts differ in, cell by cell, and by what cause."""

from decimal import Decimal

import polars as pl
import pytest
from rich.console import Console

from gk_pipeline.pictures.terminal.difference import difference_picture
from gk_pipeline.storage.difference import difference
from gk_pipeline.storage.located import LOCATED

VERIFIED = ("number", Decimal(5), Decimal(5), "verified")
DISPUTED = ("number", Decimal(5), Decimal(5), "disputed")
CORRECTED = ("number", Decimal(5), Decimal(6), "corrected")
READ_OTHERWISE = ("number", Decimal(7), Decimal(7), "verified")
MISSING = ("blank", None, None, "missing")


def facts(*rows):
    """Facts of the applications' received row: path, report id, measure, then reading, reported, value and status."""
    full = [
        (2020, path, 0, number, "applications", "received", measure, "2019", "件", *told)
        for path, number, measure, told in rows
    ]
    return pl.DataFrame(full, schema=LOCATED, orient="row")


def told(differing):
    return differing.select("path", "measure", "change", "cause", "status_before", "status_after").rows()


def test_equal_facts_do_not_differ_in_whatever_order_they_come():
    rows = [("a.txt", 1, "total", VERIFIED), ("a.txt", 1, "natural_person", MISSING), ("b.txt", 2, "total", DISPUTED)]
    assert difference(facts(*rows), facts(*rows[::-1])).is_empty()


@pytest.mark.parametrize("after", [DISPUTED, CORRECTED])
def test_the_same_number_with_another_value_or_status_was_reconciled_otherwise(after):
    found = difference(facts(("a.txt", 1, "total", VERIFIED)), facts(("a.txt", 1, "total", after)))
    assert told(found) == [("a.txt", "total", "changed", "reconciliation", "verified", after[-1])]


@pytest.mark.parametrize("after", [READ_OTHERWISE, MISSING])
def test_another_number_from_the_same_bytes_was_read_otherwise(after):
    found = difference(facts(("a.txt", 1, "total", VERIFIED)), facts(("a.txt", 1, "total", after)))
    assert told(found) == [("a.txt", "total", "changed", "reading", "verified", after[-1])]
    assert found["reported_before"].to_list() == [Decimal(5)]


@pytest.mark.parametrize(("column", "other"), [("form", "2021"), ("unit", "万元")])
def test_the_same_number_on_another_form_or_in_another_unit_was_read_otherwise(column, other):
    before = facts(("a.txt", 1, "total", VERIFIED))
    found = difference(before, before.with_columns(pl.lit(other).alias(column)))
    assert told(found) == [("a.txt", "total", "changed", "reading", "verified", "verified")]
    console = Console(width=200)
    with console.capture() as shown:
        console.print(difference_picture(found))
    assert f"5 verified ({column} {before[column][0]})  →  5 verified ({column} {other})" in shown.get()


def test_a_cell_that_only_one_side_reads_was_read_otherwise():
    one = facts(("a.txt", 1, "total", VERIFIED))
    both = facts(("a.txt", 1, "total", VERIFIED), ("a.txt", 1, "natural_person", VERIFIED))
    assert told(difference(one, both)) == [("a.txt", "natural_person", "added", "reading", None, "verified")]
    assert told(difference(both, one)) == [("a.txt", "natural_person", "gone", "reading", "verified", None)]


def test_other_bytes_under_the_same_name_are_another_document():
    found = difference(facts(("a.txt", 1, "total", VERIFIED)), facts(("a.txt", 9, "total", CORRECTED)))
    assert told(found) == [("a.txt", "total", "changed", "document", "verified", "corrected")]
    assert difference(facts(("a.txt", 1, "total", VERIFIED)), facts(("a.txt", 9, "total", VERIFIED))).is_empty()


def test_the_same_bytes_under_another_name_are_the_same_report():
    assert difference(facts(("a.txt", 1, "total", VERIFIED)), facts(("b.txt", 1, "total", VERIFIED))).is_empty()


def test_a_report_that_only_one_side_has_is_told_as_such():
    one = facts(("a.txt", 1, "total", VERIFIED))
    both = facts(("a.txt", 1, "total", VERIFIED), ("b.txt", 2, "total", VERIFIED))
    assert told(difference(one, both)) == [("b.txt", "total", "added", "report", None, "verified")]
    assert told(difference(both, one)) == [("b.txt", "total", "gone", "report", "verified", None)]


def test_a_report_filed_under_another_year_is_gone_from_one_and_added_to_the_other():
    before = facts(("a.txt", 1, "total", VERIFIED))
    found = difference(before, before.with_columns(report_year=pl.lit(2021, pl.Int32)))
    assert found.select("report_year", "change", "cause").rows() == [
        (2020, "gone", "report"),
        (2021, "added", "report"),
    ]


def test_nothing_against_something():
    everything = facts(("a.txt", 1, "total", VERIFIED), ("b.txt", 2, "total", MISSING))
    assert difference(everything.clear(), everything)["change"].to_list() == ["added", "added"]
