"""The year at a glance, counted by hand."""

import polars as pl
import pytest

from gk_pipeline.quality.stage import law_counts, scorecard
from gk_pipeline.schemas.quality import Scorecard

FILES = pl.LazyFrame({"path": list("abcdefg"), "read_status": ["read"] * 4 + ["duplicate", "refused", "skipped"]})
DOCUMENTS = pl.LazyFrame({"document_id": list("abcd")})
REPORTS = pl.LazyFrame({"report_id": [1, 2, 3, 4, 5, 6], "stated_year": [2020, 2020, None, 2020, 2020, 2019]})
FACTS = pl.LazyFrame(
    [
        (1, "verified"),
        (1, "verified"),
        (1, "unverified"),
        (2, "verified"),
        (2, "deduced"),
        (3, "unverified"),
        (4, "verified"),
        (4, "missing"),
        (5, "disputed"),
        (5, "corrected"),
        (5, "verified"),
    ],
    schema=["report_id", "status"],
    orient="row",
)
LAWS = pl.LazyFrame(
    [
        (1, "balance", "holds"),
        (1, "row_total", "holds"),
        (2, "balance", "used"),
        (2, "row_total", "holds"),
        (3, "within_total", "broken"),
        (4, "balance", "not_assessable"),
        (5, "balance", "broken"),
    ],
    schema=["report_id", "law", "verdict"],
    orient="row",
)


@pytest.fixture
def card():
    frame = Scorecard.check(scorecard(2020, FILES, DOCUMENTS, REPORTS, FACTS, LAWS))
    return frame.row(0, named=True)


def test_a_year_is_one_row(card):
    assert card["report_year"] == 2020


def test_files_documents_and_reports_are_counted(card):
    counted = {name: card[name] for name in ("n_files", "n_refused", "n_documents", "n_reports")}
    assert counted == {"n_files": 6, "n_refused": 1, "n_documents": 4, "n_reports": 6}


def test_a_report_of_another_year_is_refiled_and_one_that_names_none_is_not(card):
    assert card["n_refiled"] == 1


def test_cells_are_counted_by_status(card):
    statuses = ("verified", "unverified", "deduced", "corrected", "disputed", "missing")
    assert [card[f"n_{status}"] for status in statuses] == [5, 2, 1, 1, 1, 1]


def test_a_report_is_perfect_when_no_cell_is_open_or_changed_and_no_law_is_broken(card):
    """1 and 2 are; 3 breaks a law, 4 misses a cell, 5 has a disputed and a corrected one, 6 has no facts."""
    assert card["n_perfect"] == 2


@pytest.mark.parametrize("status", ["missing", "disputed", "corrected"])
def test_one_cell_that_is_not_settled_spoils_a_report(status):
    facts = pl.LazyFrame({"report_id": [1, 1], "status": ["verified", status]})
    card = scorecard(2020, FILES, DOCUMENTS, REPORTS, facts, LAWS.filter(pl.col("report_id") == 1))
    assert card["n_perfect"].item() == 0


def test_verdicts_are_counted_law_by_law(card):
    assert card["laws"] == [
        {"law": "balance", "n_holds": 1, "n_broken": 1, "n_used": 1, "n_open": 1},
        {"law": "row_total", "n_holds": 2, "n_broken": 0, "n_used": 0, "n_open": 0},
        {"law": "within_total", "n_holds": 0, "n_broken": 1, "n_used": 0, "n_open": 0},
    ]


def test_a_law_that_was_used_to_deduce_counts_in_no_pass_rate():
    used = law_counts(LAWS.filter(pl.col("report_id") == 2)).row(0, named=True)
    assert used == {"law": "balance", "n_holds": 0, "n_broken": 0, "n_used": 1, "n_open": 0}


def test_a_year_without_documents_is_a_row_of_zeros():
    tables = (FILES, DOCUMENTS, REPORTS, FACTS, LAWS)
    empty = scorecard(2020, *(table.clear() for table in tables)).drop("laws").row(0, named=True)
    assert set(empty.values()) == {2020, 0}
