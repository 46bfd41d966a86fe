"""What is deduced follows from the printed numbers, and from nothing that may be wrong.

Guaranteed, whatever is printed and whatever is blank:
1. Numbers that have a completion - non-negative numbers for the blanks that keep every equality - are never suspected,
   and what is deduced is the value in every completion.
2. Numbers that have none, fractions counted, are suspected; what is still deduced follows from the others, which have
   completions.
So of one wrong number: if it stands in an equality without blanks it is always suspected, and whenever it is suspected
every deduced value is right. Not guaranteed: where each of its equalities has a blank and the blanks can make up for
it, the wrong number is lawful as far as anyone can tell from this report, and a cell deduced from it is wrong with it.
"""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gk_pipeline.facts.completion import contradicting
from gk_pipeline.facts.deduce import deduce
from gk_pipeline.forms import equalities

from .lawful import (
    LENDING,
    blanks,
    completions,
    every_lawful_lending,
    every_solution,
    examples,
    forced,
    lawful_applications,
    small_systems,
    system,
    without,
)
from .paper import FORMS

APPLICATIONS = {form: FORMS[form].table("applications") for form in ("2019", "2021")}
MOST = 15
EVERY_LENDING = every_lawful_lending(MOST)

reports = st.sampled_from(list(APPLICATIONS)).flatmap(
    lambda form: st.tuples(st.just(APPLICATIONS[form]), lawful_applications(form), blanks(APPLICATIONS[form]))
)


def fully_printed(table, printed, cell):
    """Whether a cell stands in an equality all of whose members are printed."""
    laws = [row.coefficients for row in equalities(table).rows]
    return any(all(printed[member] is not None for member, _ in law) for law in laws if cell in dict(law))


# --- reports of the shipped forms -----------------------------------------------


@pytest.mark.parametrize("form", APPLICATIONS)
@examples(50)
@given(data=st.data())
def test_random_applications_are_lawful(form, data):
    numbers = data.draw(lawful_applications(form))
    assert not (equalities(APPLICATIONS[form]).matrix @ numbers).any()


@examples(150)
@given(reports)
def test_whatever_is_blank_a_deduced_value_is_the_one_that_was_there(report):
    table, truth, blank = report
    deduction = deduce(table, without(truth, blank))
    assert deduction.suspects == frozenset()
    assert deduction.values == {cell: truth[cell] for cell in deduction.values}
    assert set(deduction.values) <= blank


@examples(100)
@given(reports, st.data())
def test_up_to_three_blanks_are_always_deduced(report, data):
    table, truth, _ = report
    blank = data.draw(st.sets(st.integers(0, len(truth) - 1), min_size=1, max_size=3))
    assert deduce(table, without(truth, blank)).values == {cell: truth[cell] for cell in blank}


@examples(150)
@given(reports, st.data())
def test_one_wrong_number_is_suspected_or_beyond_every_fully_printed_equality(report, data):
    table, truth, blank = report
    wrong = data.draw(st.integers(0, len(truth) - 1))
    blank = blank - {wrong}
    printed = without(truth, blank)
    printed[wrong] = data.draw(st.integers(0, 999).filter(lambda number: number != truth[wrong]))
    deduction = deduce(table, printed)
    if fully_printed(table, printed, wrong):
        assert wrong in deduction.suspects
    if wrong in deduction.suspects:
        assert deduction.values == {cell: truth[cell] for cell in deduction.values}
    else:
        assert deduction.suspects == frozenset()


def test_a_wrong_number_whose_equalities_are_all_open_takes_the_deduced_cell_with_it():
    """The limit of arithmetic: the total of a row is one too high, and the blank beside it makes up for it."""
    table = LENDING
    truth = [310, 128, 438, 92, 75, 167, 402, 203, 605]
    adults, total = table.cell_at["literature", "adults"].index, table.cell_at["literature", "all_readers"].index
    column = [table.cell_at[item, measure].index for item in ("all_books",) for measure in table.measures]
    printed = without(truth, {adults, *column})
    printed[total] = 439
    deduction = deduce(table, printed)
    assert deduction.suspects == frozenset()
    assert deduction.values[adults] == 311


# --- a small product of rows and columns, against trying everything ---------------


@examples(150)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.sets(st.integers(0, 8)))
def test_what_is_deduced_in_a_small_table_is_all_that_follows(inner, blank):
    a, b, c, d = inner
    truth = [a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d]
    deduction = deduce(LENDING, without(truth, blank))
    follows = forced(completions(EVERY_LENDING, without(truth, blank)))
    assert deduction.values == {cell: number for cell, number in follows.items() if cell in blank}
    assert deduction.suspects == frozenset()


@examples(150)
@given(st.lists(st.one_of(st.none(), st.integers(0, 7)), min_size=9, max_size=9))
def test_numbers_of_a_small_table_are_suspected_exactly_when_no_lawful_table_has_them(printed):
    deduction = deduce(LENDING, printed)
    assert bool(deduction.suspects) == (len(completions(EVERY_LENDING, printed)) == 0)


@examples(150)
@given(st.lists(st.one_of(st.none(), st.integers(0, 7)), min_size=9, max_size=9))
def test_what_is_deduced_beside_suspects_follows_from_the_other_numbers(printed):
    deduction = deduce(LENDING, printed)
    trusted = without(printed, deduction.suspects)
    follows = forced(completions(EVERY_LENDING, trusted))
    assert {cell: follows.get(cell) for cell in deduction.values} == deduction.values
    assert not any(printed[cell] is not None for cell in deduction.values)


# --- any equalities at all --------------------------------------------------------

MOST_SMALL = 8


@examples(150)
@given(small_systems(), st.data())
def test_no_system_of_equalities_makes_it_claim_a_value_that_is_not_the_only_one(table, data):
    size = len(table.cells)
    printed = data.draw(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=size, max_size=size))
    solutions = every_solution(table, printed, MOST_SMALL)
    deduction = deduce(table, printed)
    assume(len(solutions))
    assert deduction.suspects == frozenset()
    only = forced(solutions)
    assert {cell: only.get(cell) for cell in deduction.values} == deduction.values


@examples(150)
@given(small_systems(), st.data())
def test_what_it_trusts_after_a_contradiction_decides_what_it_claims(table, data):
    size = len(table.cells)
    printed = data.draw(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=size, max_size=size))
    deduction = deduce(table, printed)
    assume(deduction.suspects)
    assert len(every_solution(table, printed, MOST_SMALL)) == 0
    solutions = every_solution(table, without(printed, deduction.suspects), MOST_SMALL)
    assume(len(solutions))
    only = forced(solutions)
    assert {cell: only.get(cell) for cell in deduction.values} == deduction.values


def test_a_signed_change_is_deduced_below_zero():
    table = system(["count", "change", "count"], [[1, 1, -1]])
    assert deduce(table, [5, None, 3]).values == {1: -2}


def test_a_blank_that_may_be_negative_bounds_nothing():
    table = system(["count", "change", "count"], [[1, 1, -1]])
    assert deduce(table, [None, None, 0]).values == {}


def test_an_open_change_may_be_negative_when_it_is_asked_whether_blanks_can_be_filled():
    """x + change = 1 and x = y + 5: whatever x and y are, the change is below zero, and nothing is wrong with that."""
    table = system(["count", "change", "count", "count", "count"], [[1, 1, -1, 0, 0], [1, 0, 0, -1, -1]])
    deduction = deduce(table, [None, None, 1, None, 5])
    assert (deduction.values, deduction.suspects) == ({}, frozenset())


def test_a_sum_of_counts_that_is_zero_makes_all_of_them_zero():
    table = system(["count", "count", "count"], [[1, 1, -1]])
    assert deduce(table, [None, None, 0]).values == {0: 0, 1: 0}


def test_a_negative_total_of_blank_counts_is_suspected():
    table = system(["count", "count", "count"], [[1, 1, -1]])
    assert deduce(table, [None, None, -1]).suspects == {2}


def test_numbers_that_no_equality_binds_say_nothing():
    table = system(["count", "count", "count"], [[1, -1, 0]])
    deduction = deduce(table, [None, 2, None])
    assert (deduction.values, deduction.suspects) == ({0: 2}, frozenset())


def test_equalities_over_money_deduce_nothing():
    table = FORMS["2027"].table("income")
    deduction = deduce(table, [1, None, 3])
    assert (deduction.values, deduction.suspects) == ({}, frozenset())


def test_a_blank_that_only_a_fraction_would_fit_is_not_claimed():
    """x + y = 1, y + z = 1 and x + z = 1 leave halves: no number is suspected, and none is claimed for them."""
    table = system(["count"] * 4, [[1, 1, 0, -1], [0, 1, 1, -1], [1, 0, 1, -1]])
    deduction = deduce(table, [None, None, None, 1])
    assert (deduction.values, deduction.suspects) == ({}, frozenset())


# --- the simplex beneath ----------------------------------------------------------

rows = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(-1, 1), min_size=width, max_size=width), min_size=1, max_size=4)
)


@examples(150)
@given(rows, st.data())
@example([[1, 1]], None)
def test_rows_that_some_numbers_satisfy_do_not_contradict_each_other(matrix, data):
    numbers = (
        [1] * len(matrix[0])
        if data is None
        else data.draw(st.lists(st.integers(0, 10**12), min_size=len(matrix[0]), max_size=len(matrix[0])))
    )
    totals = [sum(sign * number for sign, number in zip(row, numbers, strict=True)) for row in matrix]
    assert contradicting(matrix, totals) == []


@examples(150)
@given(rows, st.data())
def test_rows_that_contradict_each_other_do_so_without_the_rest(matrix, data):
    totals = data.draw(st.lists(st.integers(-3, 3), min_size=len(matrix), max_size=len(matrix)))
    guilty = contradicting(matrix, totals)
    assume(guilty)
    assert contradicting([matrix[row] for row in guilty], [totals[row] for row in guilty]) != []


@pytest.mark.parametrize(
    ("matrix", "totals", "guilty"),
    [
        ([[1, 1], [1, 1]], [2, 3], [0, 1]),
        ([[1, 0], [0, 1], [1, 0]], [1, 5, 2], [0, 2]),
        ([[1, 1]], [-1], [0]),
        ([[0, 0]], [1], [0]),
        ([[1, 0], [0, 1], [1, 1]], [1, 1, 3], [0, 1, 2]),
        ([[1, 0], [0, 1], [1, 1]], [1, 1, 2], []),
        ([[1, -1], [1, 0]], [5, 4], [0, 1]),
        ([[1, -1], [1, 0]], [4, 5], []),
        ([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 1], []),
        ([[1, 0], [0, 1]], [2**40, 2**41], []),
        ([[1, 1], [1, 0], [0, 1]], [2**62, 2**61, 2**61 + 1], [0, 1, 2]),
    ],
)
def test_the_rows_of_a_contradiction_are_named(matrix, totals, guilty):
    assert contradicting(matrix, totals) == guilty
