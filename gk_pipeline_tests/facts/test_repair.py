"""What explains numbers that cannot all be right: every smallest explanation, and never a wrong correction."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gk_pipeline.facts.code import codes
from gk_pipeline.facts.deduce import signed_cells
from gk_pipeline.facts.elimination import checks
from gk_pipeline.facts.explanations import KINDS, Change, Event, Explanation, distinct, name_of_change
from gk_pipeline.facts.program import Solutions, solve
from gk_pipeline.facts.repair import explain
from gk_pipeline.facts.search import Search
from gk_pipeline.facts.settle import settle
from gk_pipeline.forms import equalities
from gk_pipeline.pictures.words import KIND
from gk_pipeline.schemas.facts import REPAIR_KINDS

from .lawful import LENDING, every_lawful_lending, examples, lawful_applications, system
from .paper import FORMS, LAWFUL

TABLES = {form: FORMS[form].table("applications") for form in ("2019", "2021")}
TABLE = TABLES["2021"]
WIDTH = len(TABLE.measures)

reports = st.sampled_from(list(TABLES)).flatmap(
    lambda form: st.tuples(st.just(TABLES[form]), lawful_applications(form))
)


def truth(table=TABLE):
    rows = LAWFUL[table.form]["applications"]
    return [rows.get(cell.item, {}).get(cell.measure, 0) for cell in table.cells]


def at(item, measure, table=TABLE):
    return table.cell_at[item, measure].index


def found(printed, table=TABLE):
    [code] = codes(table)
    return explain(code, printed, signed_cells(table))


def changes(explanation):
    return {change.cell: change.value for change in explanation.changes}


def printed_with(wrong, table=TABLE):
    numbers = truth(table)
    for (item, measure), number in wrong.items():
        numbers[at(item, measure, table)] = number
    return numbers


def restored(printed, numbers):
    """The changes that make the truth of what is printed."""
    pairs = enumerate(zip(printed, numbers, strict=True))
    return {cell: number for cell, (one, number) in pairs if one not in (None, number)}


# --- one event --------------------------------------------------------------------


@examples(150)
@given(reports, st.data())
def test_any_single_wrong_number_is_corrected_to_the_truth(report, data):
    table, numbers = report
    wrong = data.draw(st.integers(0, len(numbers) - 1))
    printed = list(numbers)
    printed[wrong] = data.draw(st.integers(-9, 10**6).filter(lambda number: number != numbers[wrong]))
    assert settle(table, printed).corrected == {wrong: numbers[wrong]}


@examples(100)
@given(reports)
def test_a_lawful_table_has_nothing_to_explain(report):
    table, numbers = report
    settled = settle(table, numbers)
    assert (settled.corrected, settled.disputed, settled.found) == ({}, frozenset(), ())


def shifted(numbers, data, way, gap):
    """The numbers with one row a column off; the gap that it leaves prints something, or nothing."""
    rows = [row for row in range(len(numbers) // WIDTH) if any(numbers[row * WIDTH : (row + 1) * WIDTH])]
    assume(rows)
    start = data.draw(st.sampled_from(rows)) * WIDTH
    row, printed = numbers[start : start + WIDTH], list(numbers)
    printed[start : start + WIDTH] = [gap, *row[:-1]] if way == "right" else [*row[1:], gap]
    assume(printed != numbers)
    return printed


@pytest.mark.parametrize("gap", [0, 7])
@pytest.mark.parametrize("way", ["right", "left"])
@examples(40)
@given(report=reports, data=st.data())
def test_a_row_shifted_a_column_is_put_back(report, data, way, gap):
    """Among few and small numbers another explanation may be as small: then the row is in doubt, never wrong."""
    table, numbers = report
    printed = shifted(numbers, data, way, gap)
    settled = settle(table, printed)
    known = {**dict(enumerate(printed)), **settled.deduced, **settled.corrected}
    wrong = {cell for cell, number in known.items() if number != numbers[cell]}
    assert wrong <= settled.disputed
    assert not wrong or len(settled.found[0].explanations) > 1


@pytest.mark.parametrize("way", ["right", "left"])
@examples(40)
@given(report=reports, data=st.data())
def test_a_row_shifted_over_a_blank_is_put_back_or_in_doubt(report, data, way):
    """A blank may be any number, so that another explanation can be as small; it is never taken for the truth."""
    table, numbers = report
    printed = shifted(numbers, data, way, None)
    settled = settle(table, printed)
    sure = {cell: number for cell, number in enumerate(printed) if number is not None and cell not in settled.disputed}
    known = {**sure, **settled.deduced, **settled.corrected}
    assert known.items() <= dict(enumerate(numbers)).items()


def test_a_shifted_row_is_one_event_whatever_it_changes():
    row = [f"{measure}" for measure in TABLE.measures]
    shifted = dict(zip((("received", measure) for measure in row), [0, 12, 3, 0, 0, 0, 0], strict=True))
    explained = found(printed_with(shifted))
    assert (explained.size, explained.complete) == (1, True)
    [event] = explained.correction.events
    assert event.kind == "row_shifted_right"
    assert changes(explained.correction) == {
        at("received", "natural_person"): 12,
        at("received", "commercial_enterprise"): 3,
        at("received", "research_institution"): 0,
        at("received", "total"): 15,
    }


def test_a_number_torn_into_two_cells_is_one_event():
    torn = dict(zip((("received", measure) for measure in TABLE.measures), [1, 2, 3, 0, 0, 0, 0], strict=True))
    explained = found(printed_with(torn))
    assert [event.kind for event in explained.correction.events] == ["torn_number"]


def test_two_neighbours_of_a_row_exchanged_are_one_event():
    swapped = {("received", "natural_person"): 3, ("received", "commercial_enterprise"): 12}
    explained = found(printed_with(swapped))
    assert explained.size == 1
    assert [event.kind for event in explained.correction.events] == ["swap_in_row"]


def test_two_neighbours_of_a_column_exchanged_are_one_event():
    swapped = {("granted", "natural_person"): 1, ("partly_granted", "natural_person"): 7}
    explained = found(printed_with(swapped))
    assert explained.size == 1
    assert [event.kind for event in explained.correction.events] == ["swap_in_column"]


def test_a_number_moved_with_the_total_of_its_row_could_have_moved_in_other_rows():
    printed = printed_with({("granted", "natural_person"): 9, ("granted", "total"): 10})
    explained = found(printed)
    assert explained.correction is None
    assert {event.kind for one in explained.explanations for event in one.events} == {"with_total"}
    assert restored(printed, truth()) in [changes(one) for one in explained.explanations]


def test_no_explanation_makes_a_count_negative():
    printed = printed_with({("granted", "natural_person"): 5, ("granted", "total"): 6})
    for explanation in found(printed).explanations:
        assert all(value >= 0 for value in changes(explanation).values())


def test_a_change_of_items_may_be_negative():
    table = system(["change", "count", "count"], [[1, 1, 0], [1, 0, 1]])
    [code] = codes(table)
    assert explain(code, [-5, 5, 7], signed_cells(table)).explanations


# --- two events and more ----------------------------------------------------------


@examples(60)
@given(lawful_applications("2021"), st.data())
def test_of_two_wrong_numbers_the_truth_is_the_correction_or_among_the_explanations(numbers, data):
    wrong = data.draw(st.lists(st.integers(0, len(numbers) - 1), min_size=2, max_size=2, unique=True))
    printed = list(numbers)
    for cell in wrong:
        printed[cell] = data.draw(st.integers(0, 2000).filter(lambda number, cell=cell: number != numbers[cell]))
    explained = found(printed)
    assume(explained.size == 2)
    assert restored(printed, numbers) in [changes(one) for one in explained.explanations]


def test_a_shifted_row_beside_a_typo_is_two_events():
    shifted = dict(zip((("received", measure) for measure in TABLE.measures), [0, 12, 3, 0, 0, 0, 0], strict=True))
    printed = printed_with({**shifted, ("refused_third_party", "natural_person"): 8})
    explained = found(printed)
    assert explained.size == 2
    assert changes(explained.correction) == restored(printed, truth())


def test_two_slips_of_the_pen_in_a_row_and_its_total_are_told():
    printed = printed_with({("granted", "natural_person"): 71, ("granted", "total"): 3})
    assert changes(found(printed).correction) == restored(printed, truth())


def test_two_other_numbers_in_a_row_and_its_total_stay_in_doubt():
    """No slip turns 12 into 9; carried_in could have moved with its total instead."""
    printed = printed_with({("received", "natural_person"): 9, ("received", "total"): 8})
    explained = found(printed)
    assert explained.correction is None
    assert restored(printed, truth()) in [changes(one) for one in explained.explanations]


def test_two_slips_stand_back_where_a_number_moved_with_its_total_is_as_likely():
    """One pair of events alone is two slips, and yet it is not what happened: 7 and its total grew, then 1 got a 3."""
    moved = {("granted", "natural_person"): 8, ("granted", "total"): 9}
    printed = printed_with({**moved, ("partly_granted", "total"): 3})
    explained = found(printed)
    assert [one.slips_of_the_pen for one in explained.explanations].count(True) == 1
    assert (explained.size, explained.complete, explained.correction) == (2, True, None)
    assert restored(printed, truth()) in [changes(one) for one in explained.explanations]


def test_two_slips_go_before_what_takes_a_number_that_no_slip_makes():
    """12 in place of 8 could be a number of the column that grew with its total, were it a slip to print 15 for 8."""
    printed = printed_with({("granted", "natural_person"): 71, ("granted", "total"): 3})
    explained = found(printed)
    assert len(explained.explanations) > 1
    assert [one for one in explained.explanations if not one.odd] == [explained.correction]


def test_a_shift_that_leaves_a_number_behind_takes_an_odd_number():
    row = dict(zip((("received", measure) for measure in TABLE.measures), [7, 12, 3, 0, 0, 0, 0], strict=True))
    [explanation] = found(printed_with(row)).explanations
    assert explanation.odd


@pytest.mark.parametrize("count", [3, 4, 5])
def test_wrong_numbers_in_different_rows_and_columns_are_told(count):
    cells = [
        ("granted", "natural_person"),
        ("refused_third_party", "commercial_enterprise"),
        ("carried_out", "total"),
        ("received", "other_organization"),
        ("unavailable_not_held", "research_institution"),
    ]
    slips = {cell: truth()[at(*cell)] + 10 ** (n + 1) for n, cell in enumerate(cells[:count])}
    printed = printed_with(slips)
    explained = found(printed)
    assert explained.size == count
    assert changes(explained.correction) == restored(printed, truth())


def test_a_table_that_is_wrong_everywhere_has_no_explanation():
    printed = [number + 13 * (cell % 5) + cell for cell, number in enumerate(truth())]
    explained = found(printed)
    assert (explained.explanations, explained.correction, explained.complete) == ((), None, True)
    settled = settle(TABLE, printed)
    assert settled.disputed >= {cell for cell, _ in enumerate(printed) if cell % 5}


def test_every_explanation_by_many_events_keeps_the_laws_to_the_last_unit():
    """The solver leaves a switch a millionth open, through which a large number lets small ones pass."""
    [code] = codes(TABLE)
    large = {("granted", "natural_person"): 10**9, ("carried_out", "total"): 10**9 + 7}
    printed = printed_with({**large, ("refused_third_party", "commercial_enterprise"): 3, ("received", "total"): 19})
    for explanation in found(printed).explanations:
        after = [changes(explanation).get(cell, number) for cell, number in enumerate(printed)]
        assert not (code.matrix @ after).any()


def test_a_table_most_of_whose_rows_are_wrong_is_not_searched():
    printed = printed_with({(item, "research_institution"): 1 for item in TABLE.items})
    [code] = codes(TABLE)
    known = np.ones(len(printed), dtype=bool)
    assert solve(code, np.array(printed), known) == Solutions((), complete=True)


def test_the_same_search_finds_the_same():
    printed = printed_with({("granted", "natural_person"): 70, ("received", "total"): 5, ("carried_out", "total"): 9})
    assert found(printed) == found(printed)


# --- with cells that print nothing ------------------------------------------------


def shifted_over_a_blank(printed, item, way):
    start = at(item, "natural_person")
    row = printed[start : start + WIDTH]
    printed[start : start + WIDTH] = [None, *row[:-1]] if way == "right" else [*row[1:], None]


def test_two_rows_shifted_over_blanks_are_put_back():
    printed = truth()
    shifted_over_a_blank(printed, "received", "left")
    shifted_over_a_blank(printed, "granted", "right")
    explained = found(printed)
    assert explained.size == 2
    assert changes(explained.correction) == {
        cell: number for cell, number in enumerate(truth()) if printed[cell] != number
    }


def test_a_shift_that_accounts_for_the_only_blank_goes_before_what_leaves_it():
    """One application: carried out as received, its row a column too far left, and nothing printed for the total."""
    printed = [0] * len(TABLE.cells)
    for item in ("received", "outcomes_total", "granted"):
        printed[at(item, "natural_person")] = printed[at(item, "total")] = 1
    numbers = list(printed)
    shifted_over_a_blank(printed, "granted", "left")
    explained = found(printed)
    assert [event.kind for event in explained.correction.events] == ["row_shifted_left"]
    assert changes(explained.correction) == {
        cell: number for cell, number in enumerate(numbers) if printed[cell] != number
    }


def test_what_only_a_number_below_zero_would_mend_is_searched_no_further():
    """9 of 6 reviews were upheld: any of the numbers may be wrong, by any amount."""
    table = FORMS["2021"].table("review_litigation")
    code = codes(table)[0]
    printed = [9, None, 0, 2, 6, *[0] * (len(table.cells) - 5)]
    explained = explain(code, printed, signed_cells(table))
    assert (explained.correction, explained.complete) == (None, False)
    assert "below zero" in explained.tried
    assert settle(table, printed).disputed == {0, 2, 3, 4}


def test_in_an_unexplained_contradiction_nothing_follows_from_numbers_that_no_equality_confirms():
    """With its row blank at both ends, a column seems to ask for the one, by numbers as wrong as all the others."""
    printed = [number + 13 * (cell % 5) for cell, number in enumerate(truth())]
    blank, beside = at("received", "natural_person"), at("received", "total")
    printed[blank] = printed[beside] = None
    settled = settle(TABLE, printed)
    assert settled.found[0].correction is None
    assert not settled.deduced
    assert settled.disputed == {cell for cell, number in enumerate(printed) if number is not None}


@examples(60)
@given(reports, st.data())
def test_a_correction_beside_blanks_is_the_truth(report, data):
    """One wrong number is itself an explanation, so a single one of its size can only be it."""
    table, numbers = report
    wrong = data.draw(st.integers(0, len(numbers) - 1))
    blank = data.draw(st.sets(st.integers(0, len(numbers) - 1), max_size=6)) - {wrong}
    printed = [None if cell in blank else number for cell, number in enumerate(numbers)]
    printed[wrong] = data.draw(st.integers(0, 5000).filter(lambda number: number != numbers[wrong]))
    settled = settle(table, printed)
    for cell, value in {**settled.corrected, **settled.deduced}.items():
        assert value == numbers[cell] or not settled.found
    if settled.found:
        assert settled.corrected == {wrong: numbers[wrong]} or wrong in settled.disputed


@examples(100)
@given(st.lists(st.one_of(st.none(), st.integers(0, 8)), min_size=9, max_size=9))
def test_no_correction_leaves_a_law_broken(printed):
    settled = settle(LENDING, printed)
    values = {cell: number for cell, number in enumerate(printed) if number is not None}
    values |= settled.deduced | settled.corrected
    if settled.corrected and not settled.disputed:
        for row in equalities(LENDING).rows:
            if all(cell in values for cell, _ in row.coefficients):
                assert sum(sign * values[cell] for cell, sign in row.coefficients) == 0


@examples(25)
@given(st.lists(st.integers(0, 8), min_size=9, max_size=9))
def test_the_smallest_explanation_of_a_small_table_is_never_larger_than_the_fewest_wrong_numbers(printed):
    """Every lawful table within reach is tried; no one differs in fewer cells than there are events."""
    [code] = codes(LENDING)
    lawful = every_lawful_lending(16)
    fewest = int((lawful != np.array(printed)).sum(axis=1).min())
    explained = explain(code, printed, signed_cells(LENDING)) if fewest else None
    if explained is not None and explained.explanations:
        assert 1 <= explained.size <= fewest
        for one in explained.explanations:
            after = np.array([changes(one).get(cell, number) for cell, number in enumerate(printed)])
            assert not (code.matrix @ after).any()


# --- the parts --------------------------------------------------------------------


@examples(60)
@given(st.sets(st.integers(0, 174), max_size=40))
def test_unknown_cells_drop_out_of_the_checks_and_nothing_else_does(unknown):
    [code] = codes(TABLE)
    column = code.matrix[:, sorted(unknown)]
    combined = checks(column)
    assert not (combined @ column).any()
    assert len(combined) == len(code.laws) - (np.linalg.matrix_rank(column) if unknown else 0)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_no_wrong_number_hides_from_the_laws_and_no_two_look_alike(form):
    [code] = codes(TABLES[form])
    columns = {tuple(column) for column in code.matrix.T}
    assert len(columns | {tuple(-value for value in column) for column in columns}) == 2 * len(code.cells)


def test_events_on_the_same_laws_are_solved_together():
    """Both cells stand in the same two laws, with other signs: neither law tells one from the other."""
    [code] = codes(system(["count"] * 4, [[1, 1, -1, 0], [1, -1, 0, -1]]))
    search = Search.of(code, np.array([7, 9, 9, 1]), np.ones(4, dtype=bool))
    assert {0: 5, 1: 4} in [changes(one) for one in search.two()]


@pytest.mark.parametrize(
    ("printed", "value", "kind"),
    [
        (16, 10, "digit"),
        (13, 31, "transposition"),
        (1, 10, "dropped_digit"),
        (100, 10, "added_digit"),
        (-8, 8, "sign"),
        (50_000, 5, "unit"),
        (5, 50_000, "unit"),
        (123, 987, "number"),
        (9, 10, "number"),
    ],
)
def test_a_change_is_named_by_the_slip_that_makes_it(printed, value, kind):
    assert name_of_change(printed, value) == kind


def test_every_kind_has_words():
    assert tuple(KINDS) == REPAIR_KINDS
    assert set(KIND["zh"]) == set(KIND["en"]) == set(REPAIR_KINDS)


def test_a_row_of_one_wrong_number_is_no_less_likely_a_slip_because_it_may_stand_a_column_off():
    """Slips of as much in two rows, and one elsewhere: in either column they are slips, and nothing tells which."""
    numbers = [0] * len(TABLE.cells)
    for item in ("received", "outcomes_total", "unavailable_still_unclear"):
        numbers[at(item, "natural_person")] = numbers[at(item, "total")] = 10
    printed = list(numbers)
    printed[at("refused_deliberative", "total")] = 9
    printed[at("unavailable_still_unclear", "natural_person")] = 1
    printed[at("not_processed_abusive", "research_institution")] = 1
    contradiction = found(printed)
    assert contradiction.correction is None
    assert restored(printed, numbers) in [changes(one) for one in contradiction.explanations]


@pytest.mark.parametrize("turned", [False, True])
def test_of_explanations_that_change_the_same_the_one_without_an_odd_number_is_kept(turned):
    change = (Change(6, 9, 0),)
    odd = Explanation((Event("row_shifted_left", change, odd=True),))
    slip = Explanation((Event("digit", change),))
    other = Explanation((Event("number", (Change(6, 9, 4),), odd=True),))
    given = [odd, slip, other]
    assert set(distinct(given[::-1] if turned else given)) == {slip, other}
