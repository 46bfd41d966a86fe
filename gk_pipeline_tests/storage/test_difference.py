"""What two sets of facts differ in, cell by cell, and by what cause."""

from decimal import Decimal

import polars as pl
import pytest
from rich.console import Console

from gk_pipeline.pictures.terminal.difference import difference_picture
from gk_pipeline.storage.counted import STANDING, uncounted
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
    return uncounted(pl.DataFrame(full, schema=LOCATED, orient="row"))


def counting(rows, organization="org-1", scope="own", settled=None):
    """Those facts as the current reports of a body, with what neighbours settle of them."""
    value, status = (pl.lit(settled[0]), pl.lit(settled[1])) if settled else (pl.col("value"), pl.col("status"))
    told = {"organization_id": pl.lit(organization), "scope": pl.lit(scope)}
    return _cast(rows.with_columns(counts=pl.lit(value=True), **told, counted_value=value, counted_status=status))


def superseded(rows):
    return _cast(rows.with_columns(counts=pl.lit(value=False)))


def _cast(rows):
    return rows.with_columns(pl.col(name).cast(dtype) for name, dtype in STANDING.items())


def picture(differing):
    console = Console(width=200)
    with console.capture() as shown:
        console.print(difference_picture(differing))
    return shown.get()


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
    assert f"5 verified ({column} {before[column][0]})  →  5 verified ({column} {other})" in picture(found)


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


def test_what_neighbours_settle_otherwise_differs_though_the_report_says_the_same():
    of_report = facts(("a.txt", 1, "total", DISPUTED), ("a.txt", 1, "natural_person", VERIFIED))
    settled = counting(of_report).with_columns(
        pl.when(measure="total").then(pl.lit(to)).otherwise(name).alias(name)
        for name, to in (("counted_value", Decimal(6)), ("counted_status", "settled"))
    )
    found = difference(_cast(settled), counting(of_report))
    assert told(found) == [("a.txt", "total", "changed", "neighbour", "settled", "disputed")]
    assert found.select("value_before", "value_after").row(0) == (Decimal(6), Decimal(5))
    assert "6 settled (printed 5)  →  5 disputed" in picture(found)


def test_neighbours_are_the_cause_too_where_the_file_has_other_bytes_but_the_same_numbers():
    before = counting(facts(("a.txt", 1, "total", CORRECTED)))
    after = counting(facts(("a.txt", 9, "total", CORRECTED)), settled=(Decimal(5), "disputed"))
    assert told(difference(before, after)) == [("a.txt", "total", "changed", "neighbour", "corrected", "disputed")]


@pytest.mark.parametrize(
    ("before", "after", "change", "words"),
    [
        (counting, superseded, "gone", "a.txt: does not count any more, 1 cells"),
        (superseded, counting, "added", "a.txt: counts now, 1 cells"),
    ],
)
def test_a_report_that_counts_on_one_side_only_has_another_standing(before, after, change, words):
    of_report = facts(("a.txt", 1, "total", VERIFIED))
    found = difference(before(of_report), after(of_report))
    assert found.select("change", "cause").rows() == [(change, "standing")]
    assert words in picture(found)


@pytest.mark.parametrize(
    ("whose", "words"),
    [
        ({"scope": "consolidated"}, "a.txt: counts as consolidated, was own, 1 cells"),
        ({"organization": "org-2"}, "a.txt: counts for another body, 1 cells"),
        (
            {"organization": "org-2", "scope": "consolidated"},
            "a.txt: counts for another body, counts as consolidated, was own, 1 cells",
        ),
    ],
)
def test_a_report_that_counts_for_others_has_another_standing(whose, words):
    of_report = facts(("a.txt", 1, "total", VERIFIED))
    found = difference(counting(of_report), counting(of_report, **whose))
    assert found.select("change", "cause").rows() == [("changed", "standing")]
    assert words in picture(found)


def test_a_cell_that_its_report_tells_otherwise_is_told_once():
    before, after = (facts(("a.txt", 1, "total", one)) for one in (DISPUTED, CORRECTED))
    assert told(difference(counting(before), superseded(after))) == [
        ("a.txt", "total", "changed", "reconciliation", "disputed", "corrected")
    ]


def test_what_only_one_side_knows_to_count_is_not_compared():
    of_report = facts(("a.txt", 1, "total", VERIFIED))
    assert difference(of_report, superseded(of_report)).is_empty()
    assert difference(counting(of_report), of_report).is_empty()
