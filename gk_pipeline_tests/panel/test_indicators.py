"""Rates with what they are made of, and indicators that are compared only where they mean the same."""

from decimal import Decimal

from .test_settlements import moved
from .years import FOLLOWS, THIRD, Page, linked

DECISIONS = ("proactive_disclosure", "licensing", "decisions")


def rate(years, code, **where):
    [row] = years.rows("panel.rates", rate=code, **where)
    return row


def indicator(years, code, year):
    [row] = years.rows("panel.panel", indicator=code, report_year=year)
    return row


def test_the_granted_share_is_of_all_that_was_decided():
    row = rate(linked(Page(2022)), "granted_share")
    assert (row["numerator"], row["denominator"], row["value"]) == (9, 15, Decimal("0.6"))
    assert (row["numerator_status"], row["denominator_status"], row["form"]) == ("verified", "verified", "2021")


def test_a_rate_is_rounded_to_six_places_and_its_sides_are_exact():
    row = rate(linked(Page(2022)), "unavailable_share")
    assert (row["numerator"], row["denominator"], row["value"]) == (2, 15, Decimal("0.133333"))


def test_pending_reviews_are_not_decided():
    row = rate(linked(Page(2022)), "reviews_overturned_share")
    assert (row["numerator"], row["denominator"], row["value"]) == (1, 4, Decimal("0.25"))


def test_appeals_are_counted_for_a_hundred_decided():
    row = rate(linked(Page(2022)), "appeals_per_100_decided")
    assert (row["numerator"], row["denominator"], row["per"], row["value"]) == (8, 15, 100, Decimal("53.333333"))


def test_applicant_types_add_up_to_all():
    rows = [row for row in linked(Page(2022)).rows("panel.rates") if row["rate"].startswith("received_share_")]
    assert len(rows) == 6
    assert sum(row["numerator"] for row in rows) == rows[0]["denominator"] == 15


def test_nothing_is_divided_by_zero():
    none = {("review_litigation", "administrative_review", measure): 0 for measure in ("upheld", "overturned")}
    pending = {("review_litigation", "administrative_review", "pending"): 6}
    row = rate(linked(Page(2022, none | pending)), "reviews_overturned_share")
    assert (row["numerator"], row["denominator"], row["value"]) == (0, 0, None)
    assert row["open_because"] == "zero_denominator"


def test_a_disputed_cell_leaves_a_rate_without_a_value():
    row = rate(linked(Page(2023, moved("carried_out", "natural_person", 5))), "backlog_share")
    assert (row["value"], row["open_because"], row["numerator_status"]) == (None, "disputed", "disputed")
    assert row["numerator"] == 7  # as printed: 1 and 1, and 5 too many


def test_what_a_neighbour_settled_is_what_a_rate_is_made_of():
    years = linked(Page(2022), Page(2023, moved("carried_out", "natural_person", 5)), Page(2024, THIRD))
    row = rate(years, "backlog_share", report_year=2023)
    assert (row["numerator"], row["numerator_status"]) == (2, "settled")
    assert row["value"] == Decimal("0.117647")


def test_a_cell_without_a_number_leaves_a_rate_without_one():
    row = rate(linked(Page(2022, {("review_litigation", "administrative_review", "overturned"): "/"} | {
        ("review_litigation", "administrative_review", "upheld"): "/"})), "reviews_overturned_share")  # fmt: skip
    assert (row["numerator"], row["value"], row["open_because"]) == (None, None, "no_number")
    assert row["numerator_status"] == "missing"


def test_a_deduced_number_is_divided_and_says_so():
    row = rate(linked(Page(2022, {("applications", "outcomes_total", "total"): "/"})), "granted_share")
    assert (row["value"], row["denominator_status"]) == (Decimal("0.6"), "deduced")


def test_reports_that_do_not_count_have_no_rates():
    years = linked(Page(2022), Page(2022, FOLLOWS), Page(2022, body=None))
    assert len({row["report_id"] for row in years.rows("panel.rates")}) == 1


def test_a_count_is_compared_with_last_year():
    row = indicator(linked(Page(2022), Page(2023, FOLLOWS | {DECISIONS: 1000})), "licensing_decisions", 2023)
    assert (row["value"], row["last_value"], row["change"], row["comparable"]) == (1000, 930, 70, True)


def test_what_means_the_same_on_both_forms_is_compared():
    years = linked(Page(2020, form="2019"), Page(2021, FOLLOWS))
    assert indicator(years, "other_processed", 2021)["comparable"]
    assert indicator(years, "licensing_decisions", 2021)["change"] == 0


def test_the_first_year_is_compared_with_nothing():
    row = indicator(linked(Page(2022)), "received", 2022)
    assert (row["comparable"], row["open_because"], row["change"]) == (False, "no_report", None)


def test_a_gap_of_a_year_is_not_bridged():
    assert indicator(linked(Page(2022), Page(2024)), "received", 2024)["open_because"] == "no_report"


def test_figures_of_others_are_not_compared():
    row = indicator(linked(Page(2022, scope="own"), Page(2023, FOLLOWS, scope="consolidated")), "received", 2023)
    assert (row["comparable"], row["open_because"]) == (False, "other_scope")
    assert (row["value"], row["last_value"], row["change"]) == (15, 15, None)


def test_a_document_filed_twice_is_not_compared_with_itself():
    row = indicator(linked(Page(2022, document=7), Page(2023, document=7)), "received", 2023)
    assert (row["comparable"], row["open_because"]) == (False, "same_document")


def test_a_number_in_doubt_is_not_given_and_not_compared():
    years = linked(Page(2022), Page(2023, moved("received", "natural_person", 5)))
    row = indicator(years, "received", 2023)
    assert (row["value"], row["status"], row["open_because"]) == (None, "disputed", "no_number")
    assert indicator(years, "decided", 2023)["comparable"]
