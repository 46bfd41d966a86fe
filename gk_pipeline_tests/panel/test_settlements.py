"""What neighbouring years settle, what they veto, and when they do not tell."""

import pytest
from facts.paper import FORMS, LAWFUL
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gk_pipeline.panel import testimony
from gk_pipeline.panel.settle import Contradiction, rule
from gk_pipeline.panel.testimony import LAST, NEXT

from .years import FOLLOWS, THIRD, Page, linked

APPLICATIONS = FORMS["2021"].table("applications")
CARRIED = next(row for row in APPLICATIONS.laws if row.law == "year.carried")
ENDS = ("received", "carried_in", "carried_out")
TYPES = ("natural_person", "commercial_enterprise", "research_institution", "other_organization")


def moved(item, column, amount, of=FOLLOWS):
    """A report in which a number and the total of its row are wrong by the same amount."""
    return of | {
        key: printed(key, of) + amount for key in (("applications", item, column), ("applications", item, "total"))
    }


def printed(key, changed):
    table, item, measure = key
    return changed.get(key, LAWFUL["2021"][table].get(item, {}).get(measure, 0))


def values(years, report):
    return {
        cell: value for (key, *cell), (_, value) in years.settled().items() if key == report for cell in [tuple(cell)]
    }


@settings(max_examples=12, deadline=None)
@given(
    item=st.sampled_from(ENDS),
    column=st.sampled_from(TYPES),
    amount=st.integers(-3, 40).filter(bool),
)
def test_a_row_moved_with_its_total_is_settled_by_both_neighbours(item, column, amount):
    truth = printed(("applications", item, column), FOLLOWS)
    assume(truth + amount >= 0)
    years = linked(Page(2022), Page(2023, moved(item, column, amount)), Page(2024, THIRD))
    found = values(years, 2)
    assert found[item, column] == truth
    assert all(value == printed(("applications", *cell), FOLLOWS) for cell, value in found.items())
    assert {kind for kind, _ in years.settled().values()} == {"settled"}


def test_every_disputed_cell_of_a_settled_contradiction_has_its_row():
    years = linked(Page(2022), Page(2023, moved("carried_in", "natural_person", 5)), Page(2024, THIRD))
    facts = years.years[2023]["facts.facts"]
    disputed = set(facts.filter(report_id=2, status="disputed").select("item", "measure").iter_rows())
    assert disputed
    assert set(values(years, 2)) == disputed


def test_the_facts_stay_as_they_are():
    years = linked(Page(2022), Page(2023, moved("carried_in", "natural_person", 5)), Page(2024, THIRD))
    [fact] = (
        years.years[2023]["facts.facts"].filter(report_id=2, item="carried_in", measure="natural_person").to_dicts()
    )
    assert (fact["status"], fact["value"]) == ("disputed", 6)
    assert years.settled()[2, "carried_in", "natural_person"] == ("settled", 1)


def test_a_settled_number_explains_the_broken_links_to_both_years():
    years = linked(Page(2022), Page(2023, moved("carried_out", "natural_person", 5)), Page(2024, THIRD))
    broken = years.rows("panel.year_links", law="year.carried", verdict="broken")
    assert {(row["report_year"], row["scope"], row["explained"]) for row in broken} == {
        (2024, "natural_person", True),
        (2024, "total", True),
    }
    assert not [row for row in years.rows("panel.findings") if row["message"].startswith("year.carried")]


def test_last_year_alone_settles_what_was_carried_in():
    years = linked(Page(2022), Page(2023, moved("carried_in", "natural_person", 5)))
    assert years.settled()[2, "carried_in", "natural_person"] == ("settled", 1)
    assert {row["neighbour"] for row in years.rows("panel.settlements")} == {"last_year"}


@pytest.mark.parametrize("item", ["received", "carried_out"])
def test_last_year_alone_cannot_tell_new_applications_from_those_carried_out(item):
    assert linked(Page(2022), Page(2023, moved(item, "natural_person", 5))).settled() == {}


def test_no_neighbour_settles_nothing():
    assert linked(Page(2023, moved("carried_in", "natural_person", 5))).settled() == {}


def test_a_neighbour_of_another_scope_settles_nothing():
    wrong = moved("carried_in", "natural_person", 5)
    assert linked(Page(2022, scope="own"), Page(2023, wrong, scope="consolidated")).settled() == {}


def test_a_following_year_of_another_scope_settles_nothing():
    wrong = moved("carried_out", "natural_person", 5)
    assert linked(Page(2023, wrong, scope="own"), Page(2024, THIRD, scope="own")).settled() != {}
    assert linked(Page(2023, wrong, scope="own"), Page(2024, THIRD, scope="consolidated")).settled() == {}


def test_nothing_is_settled_in_a_table_in_which_a_person_decided_any_cell():
    """Who saw the page could have corrected the other cells too."""
    wrong = moved("carried_in", "natural_person", 5)
    slip = ("applications", "granted", "other_organization")
    assert linked(Page(2022), Page(2023, wrong)).settled() != {}
    decided = linked(Page(2022), Page(2023, wrong | {slip: 3}, decided={slip: 0}))
    facts = decided.years[2023]["facts.facts"]
    assert facts.filter(report_id=2, status="disputed").height > 0
    assert decided.settled() == {}


def test_two_doubtful_years_do_not_settle_each_other():
    last = Page(2022, moved("carried_out", "natural_person", 5, of={}))
    now = Page(2023, moved("carried_in", "natural_person", 5))
    assert linked(last, now).settled() == {}


def test_a_break_between_the_years_settles_nothing():
    """None of the explanations agrees with last year, so that last year says nothing of this contradiction."""
    carried_out_otherwise = moved("carried_out", "natural_person", 2, moved("received", "natural_person", 2))
    last = Page(2022, carried_out_otherwise)
    assert linked(last, Page(2023, moved("received", "natural_person", 5))).settled() == {}


def test_evidence_names_the_law_the_year_and_both_numbers():
    rows = linked(Page(2022), Page(2023, moved("carried_in", "natural_person", 5))).rows("panel.settlements")
    assert {row["evidence"] for row in rows} == {
        "year.carried natural_person: 1 by the report of 2022, 6 is printed here; "
        "year.carried total: 2 by the report of 2022, 7 is printed here"
    }


ONE_OUTCOME = {
    key: 0
    for item in ("partly_granted", "refused_third_party", "unavailable_not_held", "not_processed_petition")
    for key in [("applications", item, measure) for measure in ("natural_person", "commercial_enterprise", "total")]
} | {
    ("applications", "granted", "natural_person"): 13,
    ("applications", "granted", "commercial_enterprise"): 2,
    ("applications", "granted", "total"): 15,
}
"""All applications were granted, so that no other outcome can be too large."""


def carried_through(of):
    """One application too few carried in, and in the total of the outcomes: the granted ones seem wrong."""
    return moved("outcomes_total", "natural_person", -1, moved("carried_in", "natural_person", -1, of))


def test_a_correction_that_follows_a_carried_through_error_is_vetoed():
    years = linked(Page(2022), Page(2023, carried_through(FOLLOWS | ONE_OUTCOME)), Page(2024, THIRD))
    facts = years.years[2023]["facts.facts"]
    corrected = set(facts.filter(report_id=2, status="corrected").select("item", "measure").iter_rows())
    assert corrected == {("granted", "natural_person"), ("granted", "total")}
    assert years.settled() == {(2, *cell): ("vetoed", None) for cell in corrected}
    assert {scope for year, _, scope in years.broken() if year == 2023} == {"natural_person", "total"}


def test_a_right_correction_beside_a_break_of_another_size_stands():
    wrong = FOLLOWS | {("applications", "granted", "natural_person"): 9}
    years = linked(
        Page(2022, moved("carried_out", "natural_person", 1, moved("received", "natural_person", 1, {}))),
        Page(2023, wrong),
    )
    assert years.broken() == {(2023, "year.carried", "natural_person"), (2023, "year.carried", "total")}
    assert years.settled() == {}


def test_a_correction_that_the_neighbour_agrees_with_stands():
    wrong = FOLLOWS | {("applications", "carried_in", "natural_person"): 7}
    assert linked(Page(2022), Page(2023, wrong)).settled() == {}


# --- the ruling by itself -------------------------------------------------------

SAYS_THREE = testimony.Testimony(LAST, 1, CARRIED, ((0, 1),), 3, sure=True)
COLUMNS = {0: "natural_person", 1: "natural_person", 2: "total"}


def two(complete=True):
    """A cell that prints 5 may have to be 3, or another one that prints 8 may have to be 6."""
    return Contradiction({0: 5, 1: 8}, ({0: 3}, {1: 6}), complete=complete, applied=False)


def test_the_one_explanation_that_agrees_is_taken():
    ruling = rule(two(), [SAYS_THREE], COLUMNS)
    assert (ruling.kind, ruling.values, ruling.witnesses) == ("settled", {0: 3, 1: 8}, (SAYS_THREE,))


def test_nothing_is_settled_while_an_explanation_may_be_unknown():
    assert rule(two(complete=False), [SAYS_THREE], COLUMNS) is None


def test_a_doubtful_neighbour_does_not_settle():
    assert rule(two(), [testimony.Testimony(LAST, 1, CARRIED, ((0, 1),), 3, sure=False)], COLUMNS) is None


def test_neighbours_that_contradict_each_other_settle_nothing():
    says_five = testimony.Testimony(NEXT, 2, CARRIED, ((0, 1),), 5, sure=True)
    assert rule(two(), [SAYS_THREE, says_five], COLUMNS) is None


def test_two_explanations_that_agree_settle_nothing():
    rivals = Contradiction({0: 5, 1: 8}, ({0: 3}, {0: 3, 1: 6}), complete=True, applied=False)
    assert rule(rivals, [SAYS_THREE], COLUMNS) is None


def test_a_neighbour_that_speaks_of_other_cells_settles_nothing():
    assert rule(two(), [testimony.Testimony(LAST, 1, CARRIED, ((2, 1),), 3, sure=True)], COLUMNS) is None


def test_a_correction_is_vetoed_where_the_neighbour_agrees_with_the_print():
    applied = Contradiction({0: 3}, ({0: 5},), complete=True, applied=True)
    ruling = rule(applied, [SAYS_THREE], COLUMNS)
    assert (ruling.kind, ruling.values) == ("vetoed", {0: 3})


def test_a_doubtful_neighbour_vetoes_too_where_it_agrees_with_the_print():
    applied = Contradiction({0: 3}, ({0: 5},), complete=True, applied=True)
    assert rule(applied, [testimony.Testimony(LAST, 1, CARRIED, ((0, 1),), 3, sure=False)], COLUMNS).kind == "vetoed"


def test_a_correction_that_leaves_a_break_of_its_own_size_in_its_column_is_vetoed():
    applied = Contradiction({0: 5, 1: 8}, ({1: 6},), complete=True, applied=True)
    ruling = rule(applied, [SAYS_THREE], COLUMNS)
    assert (ruling.kind, ruling.values) == ("vetoed", {1: None})


def test_a_correction_beside_a_break_of_another_size_is_not_vetoed():
    applied = Contradiction({0: 5, 1: 8}, ({1: 4},), complete=True, applied=True)
    assert rule(applied, [SAYS_THREE], COLUMNS) is None


def test_a_correction_is_not_vetoed_by_the_trace_of_a_doubtful_neighbour():
    applied = Contradiction({0: 5, 1: 8}, ({1: 6},), complete=True, applied=True)
    assert rule(applied, [testimony.Testimony(LAST, 1, CARRIED, ((0, 1),), 3, sure=False)], COLUMNS) is None


def test_a_correction_is_not_vetoed_by_a_trace_in_another_column():
    applied = Contradiction({0: 5, 2: 8}, ({2: 6},), complete=True, applied=True)
    assert rule(applied, [SAYS_THREE], COLUMNS) is None


def test_a_law_with_an_unknown_member_is_not_asked():
    unknown = testimony.Testimony(LAST, 1, CARRIED, ((0, 1), (2, 1)), 3, sure=True)
    ruling = rule(two(), [SAYS_THREE, unknown], COLUMNS)
    assert (ruling.kind, ruling.witnesses) == ("settled", (SAYS_THREE,))
    assert rule(two(), [unknown], COLUMNS) is None
