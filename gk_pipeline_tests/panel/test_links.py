"""Laws between two years: when they hold, when they break, and when nobody can tell."""

from datetime import date
from functools import cache

import polars as pl
import pytest
from facts.paper import FORMS
from hypothesis import given, settings
from hypothesis import strategies as st

from gk_pipeline.forms import shipped_forms, yearly_rows
from gk_pipeline.panel.stage import make_panel

from .years import FOLLOWS, FOLLOWS_ON_2019, THIRD, Page, linked

TYPES = ("natural_person", "commercial_enterprise", "research_institution", "public_welfare_organization")
ALL_TYPES = {*TYPES, "legal_service_organization", "other_organization", "total"}
CARRIED_IN = ("applications", "carried_in", "natural_person")
TWO_YEARS = (Page(2022), Page(2023, FOLLOWS))


def test_what_was_carried_out_is_carried_in_by_every_type_of_applicant():
    assert linked(*TWO_YEARS).verdicts("year.carried", 2023) == dict.fromkeys(ALL_TYPES, "holds")


def test_the_chain_of_documents_in_force_holds():
    assert set(linked(*TWO_YEARS).verdicts("year.in_force", 2023).values()) == {"holds"}


def test_the_items_of_the_form_of_2019_follow():
    years = linked(Page(2019, form="2019"), Page(2020, FOLLOWS_ON_2019, form="2019"))
    assert set(years.verdicts("year.items", 2020).values()) == {"holds"}


def test_three_years_that_follow_break_nothing():
    assert linked(*TWO_YEARS, Page(2024, THIRD)).broken() == set()


BREAKS = {
    "year.carried": (
        Page(2022),
        Page(2023, FOLLOWS | {CARRIED_IN: 3, ("applications", "received", "natural_person"): 11,
                              ("applications", "carried_in", "total"): 4, ("applications", "received", "total"): 13}),
        {"natural_person", "total"},
    ),
    "year.in_force": (
        Page(2022),
        Page(2023, FOLLOWS | {("proactive_disclosure", "regulations", "in_force"): 4}),
        {"regulations"},
    ),
    "year.items": (
        Page(2019, form="2019"),
        Page(2020, FOLLOWS_ON_2019 | {("proactive_disclosure", "penalties", "items_previous_year"): 44}, form="2019"),
        {"penalties"},
    ),
    "year.repeated": (
        Page(2022),
        Page(2023, FOLLOWS),
        {"review_litigation"},
    ),
    "year.jump": (
        Page(2022),
        Page(2023, {("proactive_disclosure", "penalties", "decisions"): 306,
                    ("proactive_disclosure", "licensing", "decisions"): 185}),
        {"proactive_disclosure.penalties.decisions", "proactive_disclosure.licensing.decisions"},
    ),
}  # fmt: skip
"""Two pages for every law that break it, and in which scopes."""


@pytest.mark.parametrize("law", BREAKS)
def test_a_broken_law_is_seen_where_it_is_broken(law):
    last, now, scopes = BREAKS[law]
    verdicts = linked(last, now).verdicts(law, now.year)
    assert {scope for scope, verdict in verdicts.items() if verdict == "broken"} == scopes


def test_every_law_between_years_has_a_case_in_which_it_is_broken():
    stated = {row.law for form in shipped_forms() for table in form.tables for row in yearly_rows(table)}
    assert set(BREAKS) == stated


@pytest.mark.parametrize(("now", "verdict"), [(305, "holds"), (306, "broken"), (13, "holds"), (12, "broken")])
def test_a_jump_is_more_than_five_times_or_less_than_a_fifth(now, verdict):
    penalties = ("proactive_disclosure", "penalties", "decisions")
    years = linked(Page(2022), Page(2023, {penalties: now}))
    assert years.verdicts("year.jump", 2023)[".".join(penalties)] == verdict


def test_a_small_count_may_jump():
    coercion = ("proactive_disclosure", "coercion", "decisions")
    years = linked(Page(2022, {coercion: 19}), Page(2023, {coercion: 900}))
    assert years.verdicts("year.jump", 2023)[".".join(coercion)] == "holds"


def test_a_table_of_zeros_may_be_printed_again():
    zeros = {
        ("review_litigation", item, measure): 0
        for item in ("administrative_review", "litigation_after_review")
        for measure in ("upheld", "overturned", "other_result", "pending", "total")
    }
    years = linked(Page(2022, zeros), Page(2023, zeros))
    assert years.verdicts("year.repeated", 2023)["review_litigation"] == "holds"


@pytest.mark.parametrize(
    ("reviews", "verdict"),
    [
        ({"upheld": 1, "total": 1}, "holds"),
        ({"upheld": 2, "pending": 1, "total": 3}, "holds"),
        ({"upheld": 3, "overturned": 1, "pending": 2, "total": 6}, "broken"),
    ],
)
def test_a_table_of_few_different_numbers_may_be_printed_again(reviews, verdict):
    printed = {
        ("review_litigation", cell.item, cell.measure): 0 for cell in FORMS["2021"].table("review_litigation").cells
    } | {("review_litigation", "administrative_review", measure): number for measure, number in reviews.items()}
    years = linked(Page(2022, printed), Page(2023, printed))
    assert years.verdicts("year.repeated", 2023)["review_litigation"] == verdict


def test_a_document_that_is_filed_in_two_years_is_told_and_not_linked_to_itself():
    years = linked(Page(2022, document=7), Page(2023, document=7), Page(2024, THIRD))
    rows = years.rows("panel.year_links", report_year=2023)
    assert {(row["verdict"], row["open_because"]) for row in rows} == {("not_assessable", "same_document")}
    [told] = years.rows("panel.findings", code="filed_twice")
    assert told["message"].startswith("2023/7.txt: the same document counts for 2023 and for 2022")
    assert {row["report_year"] for row in years.rows("panel.year_links", verdict="holds")} == {2024}


def test_a_table_with_an_unreadable_number_is_not_said_to_be_printed_again():
    unread = {("review_litigation", "administrative_review", "upheld"): "三",
              ("review_litigation", "administrative_review", "pending"): "二"}  # fmt: skip
    years = linked(Page(2022), Page(2023, unread))
    assert years.verdicts("year.repeated", 2023)["review_litigation"] == "not_assessable"


def test_a_carry_over_is_judged_across_a_change_of_form():
    assert set(linked(Page(2020, form="2019"), Page(2021, FOLLOWS)).verdicts("year.carried", 2021).values()) == {
        "holds"
    }
    broken = linked(Page(2020, form="2019"), Page(2021))
    assert {scope for _, law, scope in broken.broken() if law == "year.carried"} == {
        "natural_person",
        "commercial_enterprise",
    }


def test_what_the_other_form_does_not_have_is_not_assessed():
    years = linked(Page(2020, form="2019"), Page(2021, FOLLOWS))
    [row, _] = years.rows("panel.year_links", law="year.in_force", report_year=2021)
    assert (row["verdict"], row["open_because"], row["left_value"]) == ("not_assessable", "other_form", None)


def test_a_missing_year_is_not_assessable():
    years = linked(Page(2021), Page(2023, FOLLOWS))
    rows = years.rows("panel.year_links", report_year=2023)
    assert {(row["verdict"], row["open_because"], row["last_report_id"]) for row in rows} == {
        ("not_assessable", "no_report", None)
    }


def test_bodies_whose_figures_are_not_the_same_are_not_linked():
    years = linked(Page(2022, scope="own"), Page(2023, FOLLOWS, scope="consolidated"))
    assert {row["open_because"] for row in years.rows("panel.year_links", report_year=2023)} == {"other_scope"}
    assert linked(Page(2022, scope="own"), Page(2023, FOLLOWS)).broken() == set()


def test_an_unreadable_number_is_no_pass():
    verdicts = linked(Page(2022), Page(2023, FOLLOWS | {("proactive_disclosure", "regulations", "in_force"): "若干"}))
    assert verdicts.verdicts("year.in_force", 2023) == {"regulations": "not_assessable", "normative_documents": "holds"}


def test_a_deduced_number_makes_no_law_hold():
    blank = {("applications", "carried_in", "research_institution"): ""}
    assert (
        linked(Page(2022), Page(2023, FOLLOWS | blank)).verdicts("year.carried", 2023)["research_institution"] == "used"
    )


def test_a_report_without_an_organization_takes_part_in_nothing():
    years = linked(Page(2022, body=None), Page(2023, body=None))
    assert years.panel.current.is_empty()
    assert years.rows("panel.year_links") == []


def test_only_current_reports_are_linked():
    draft = Page(2023, published=date(2024, 1, 3))
    final = Page(2023, FOLLOWS, published=date(2024, 2, 1))
    years = linked(Page(2022), draft, final)
    assert {row["report_id"] for row in years.rows("panel.year_links", report_year=2023)} == {3}
    assert years.broken() == set()


def test_a_link_that_a_correction_explains_is_broken_and_explained():
    wrong = FOLLOWS | {CARRIED_IN: 7}
    rows = linked(Page(2022), Page(2023, wrong)).rows("panel.year_links", law="year.carried", scope="natural_person")
    assert [(row["verdict"], row["explained"]) for row in rows if row["report_year"] == 2023] == [("broken", True)]


def test_a_broken_link_says_what_is_printed_in_which_year():
    last, now, _ = BREAKS["year.carried"]
    [found] = [row for row in linked(last, now).rows("panel.findings") if row["message"].startswith("year.carried")]
    assert "against 2022/1.txt: 自然人: 3 in 2023, 1 in 2022; 总计: 4 in 2023, 2 in 2022" in found["message"]
    assert (found["path"], found["severity"], found["code"]) == ("2023/2.txt", "warning", "link_broken")


PAGES = (
    Page(2021, form="2019"),
    Page(2022, FOLLOWS),
    Page(2023, THIRD | {CARRIED_IN: 4, ("applications", "carried_in", "total"): 5}),
    Page(2024, THIRD),
    Page(2022, body="乙县"),
    Page(2023, body="乙县"),
    Page(2023, FOLLOWS, body="乙县"),
)


@cache
def in_their_order():
    return linked(*PAGES)


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(sorted({page.year for page in PAGES})))
def test_the_panel_is_the_same_in_whatever_order_the_years_came(order):
    in_order = in_their_order()
    years = {year: in_order.panel.years[year] for year in order}
    other = make_panel(years, in_order.panel.forms)
    for year in order:
        for one, two in zip(in_order.panel.tables_of(year), other.tables_of(year), strict=True):
            assert one.keys() == two.keys()
            assert all(one[name].equals(two[name]) for name in one)


def test_a_year_without_reports_has_an_empty_panel():
    years = linked(Page(2022))
    nothing = {name: frame.clear().lazy().with_columns(report_year=pl.lit(2023, pl.Int32))
               for name, frame in years.years[2022].items()}  # fmt: skip
    panel = make_panel({**years.panel.years, 2023: nothing}, years.panel.forms)
    assert all(frame.is_empty() for batch in panel.tables_of(2023) for frame in batch.values())
