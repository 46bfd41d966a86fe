"""Money is compared within what its printed decimals leave open: half a unit of the last place for every term."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.facts.arrays import as_arrays
from gk_pipeline.facts.reconcile import reconcile_tables
from gk_pipeline.schemas.exact import MICRO

from .lawful import system
from .paper import FORMS, judged, number

INCOME = FORMS["2027"].table("income")


def of_income(fines, copies, all_income):
    printed = {"fines": fines, "copies": copies, "all_income": all_income}
    return judged("2027", {("income", item, "amount"): text for item, text in printed.items()})


@pytest.mark.parametrize(
    ("fines", "copies", "all_income", "verdict"),
    [
        ("0.35", "1.2081", "1.5581", "holds"),
        ("0.35", "1.2081", "1.56", "holds"),
        ("0.35", "1.2081", "1.57", "broken"),
        ("0.3500", "1.2081", "1.5600", "broken"),
        ("0.5", "0.5", "1.10", "holds"),
        ("0.5", "0.5", "1.11", "broken"),
        ("0.5", "0.5", "0.90", "holds"),
        ("0.5", "0.5", "0.89", "broken"),
        ("1", "1", "3", "holds"),
        ("1", "1", "4", "broken"),
        ("0.000001", "0.000001", "0.000003", "holds"),
        ("0.000001", "0.000001", "0.000004", "broken"),
        ("3500元", "12081元", "15581元", "holds"),
        ("3500元", "12081元", "15583元", "broken"),
        ("3500元", "12081元", "1.56", "holds"),
        ("1亿元", "2亿元", "3亿元", "holds"),
        ("1亿元", "2亿元", "4.0亿元", "holds"),
        ("1亿元", "2亿元", "4.1亿元", "broken"),
        ("99999999999", "0", "99999999999", "holds"),
    ],
)
def test_a_sum_of_money_is_judged_as_precisely_as_it_is_printed(fines, copies, all_income, verdict):
    assert of_income(fines, copies, all_income).verdict("income.total", "amount") == verdict


def test_the_tolerance_is_half_a_unit_of_the_last_printed_place_of_every_term():
    report = of_income("0.35", "1.2081", "1.56")
    assert report.results.filter(law="income.total")["tolerance"].item() == number("0.01005")


def test_the_tolerance_of_counts_is_nothing():
    report = judged("2027")
    assert set(report.results.filter(law="lending.row_total")["tolerance"]) == {0}


def test_money_within_the_tolerance_is_verified_as_printed():
    report = of_income("0.35", "1.2081", "1.56")
    assert report.places("verified") >= {("income", item, "amount") for item in INCOME.items}
    assert report.value("income", "all_income", "amount") == number("1.56")


def test_money_beyond_the_tolerance_is_disputed():
    report = of_income("0.35", "1.2081", "1.57")
    assert report.places("disputed") == {("income", item, "amount") for item in INCOME.items}


def test_a_blank_amount_is_never_deduced():
    report = of_income("0.35", "", "1.56")
    assert report.status("income", "copies", "amount") == "missing"
    assert report.status("income", "fines", "amount") == "unverified"
    assert report.verdict("income.total", "amount") == "not_assessable"


def test_an_amount_above_its_total_breaks_the_equality_whatever_the_blank_is():
    report = of_income("1.58", "", "1.56")
    assert report.verdict("income.total", "amount") == "broken"
    assert report.status("income", "fines", "amount") == "disputed"


def test_an_amount_above_its_total_by_less_than_the_tolerance_leaves_the_equality_open():
    assert of_income("1.57", "", "1.56").verdict("income.total", "amount") == "not_assessable"


def of_system(table, printed):
    """The verdicts on equalities and inequalities over amounts printed with two decimals; None is a blank."""
    values = [int(number(text or "0") * MICRO) for text in printed]
    known = [text is not None for text in printed]
    tables = as_arrays(table, np.array([values]), np.array([known]), np.full((1, len(printed)), 2))
    return [verdicts.tolist()[0] for _, verdicts in reconcile_tables(tables).laws]


@pytest.mark.parametrize(("whole", "verdict"), [("1.56", "not_assessable"), ("1.55", "broken")])
def test_a_part_above_its_whole_is_judged_within_the_tolerance_too(whole, verdict):
    table = system(["amount", "amount", "amount"], [[1, -1, -1]])
    assert of_system(table, [whole, "1.57", None]) == [[verdict], []]


@pytest.mark.parametrize(("most", "verdict"), [("1.57", "holds"), ("1.56", "holds"), ("1.55", "broken")])
def test_an_inequality_of_amounts_is_judged_within_the_tolerance(most, verdict):
    table = system(["amount", "amount"], [[1, -1]], kind="inequality")
    assert of_system(table, [most, "1.57"]) == [[], [verdict]]


@given(st.integers(-8, 6))
def test_the_step_of_an_amount_is_exact_for_every_number_of_decimals(decimals):
    values, known = np.zeros((1, 3), dtype=np.int64), np.ones((1, 3), dtype=bool)
    steps = as_arrays(INCOME, values, known, np.full((1, 3), decimals, dtype=np.int64)).steps
    assert steps.tolist() == [[MICRO * 10 ** max(-decimals, 0) // 10 ** max(decimals, 0)] * 3]


def test_an_amount_that_is_not_printed_has_no_step():
    values, known = np.zeros((1, 3), dtype=np.int64), np.array([[True, False, True]])
    assert as_arrays(INCOME, values, known, np.zeros((1, 3), dtype=np.int64)).steps.tolist() == [[MICRO, 0, MICRO]]
