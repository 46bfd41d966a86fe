"""The status of a cell, by the table in the design: what is printed, and which laws can be assessed."""

import pytest

from .paper import FORMS, column, judged, number, row

REVIEW = ("review_litigation", "administrative_review")
APPLICATIONS = "applications"


def test_a_number_in_an_equality_that_holds_is_verified():
    report = judged("2019")
    assert report.places("verified") >= row("2019", *REVIEW)
    assert report.value(*REVIEW, "pending") == report.reported(*REVIEW, "pending") == number("2")


def test_a_number_in_no_equality_is_unverified():
    report = judged("2021")
    cells = FORMS["2021"].table("proactive_disclosure").cells
    assert report.places("unverified") == {("proactive_disclosure", cell.item, cell.measure) for cell in cells}
    assert report.value("proactive_disclosure", "fees", "amount") == number("27.31")


def test_a_number_whose_only_equality_has_two_blanks_is_unverified():
    report = judged("2019", {(*REVIEW, "upheld"): "", (*REVIEW, "pending"): ""})
    assert report.status(*REVIEW, "total") == "unverified"


def test_a_number_is_verified_by_one_equality_while_its_other_one_has_two_blanks():
    report = judged("2019", {(APPLICATIONS, "granted", "total"): "", (APPLICATIONS, "partly_granted", "total"): ""})
    assert report.status(APPLICATIONS, "refused_third_party", "total") == "verified"


@pytest.mark.parametrize("printed", ["", "—", "-", "/", "无", "不适用", "约五"])
def test_one_cell_without_a_number_is_deduced_and_reports_none(printed):
    report = judged("2019", {(*REVIEW, "pending"): printed})
    assert report.status(*REVIEW, "pending") == "deduced"
    assert report.value(*REVIEW, "pending") == number("2")
    assert report.reported(*REVIEW, "pending") is None


def test_the_numbers_around_a_deduced_cell_are_unverified_by_its_equality():
    report = judged("2019", {(*REVIEW, "pending"): ""})
    assert {report.status(*place) for place in row("2019", *REVIEW) - {(*REVIEW, "pending")}} == {"unverified"}


def test_an_equality_with_a_deduced_member_is_used_and_does_not_hold():
    report = judged("2019", {(*REVIEW, "pending"): ""})
    assert report.verdict("review_litigation.total", "administrative_review") == "used"


def test_an_inequality_with_a_deduced_member_is_used():
    report = judged("2019", {(*REVIEW, "pending"): ""})
    assert report.verdict("count.non_negative", "review_litigation.administrative_review.pending") == "used"


def test_a_blank_column_of_zeros_is_deduced_because_natural_person_equals_the_total():
    changed = dict.fromkeys(column("2021", APPLICATIONS, "legal_service_organization"), "")
    changed |= dict.fromkeys(column("2021", APPLICATIONS, "other_organization"), "")
    report = judged("2021", changed)
    blank = {place for place in changed if place[1] not in ("granted", "refused_third_party", "received")}
    assert {report.status(*place) for place in blank} == {"deduced"}
    assert {report.value(*place) for place in blank} == {0}


def test_two_blanks_that_could_be_anything_are_missing():
    report = judged("2019", {(*REVIEW, "upheld"): "", (*REVIEW, "pending"): ""})
    assert report.places("missing") == {(*REVIEW, "upheld"), (*REVIEW, "pending")}
    assert report.value(*REVIEW, "upheld") is None
    assert report.reported(*REVIEW, "upheld") is None
    assert report.verdict("review_litigation.total", "administrative_review") == "not_assessable"


def test_two_blanks_are_deduced_as_zeros_when_the_rest_is_the_total():
    report = judged("2019", {(*REVIEW, "overturned"): "", (*REVIEW, "other_result"): "", (*REVIEW, "total"): 5})
    assert {report.status(*REVIEW, measure) for measure in ("overturned", "other_result")} == {"deduced"}
    assert {report.value(*REVIEW, measure) for measure in ("overturned", "other_result")} == {0}


def test_a_blank_in_no_equality_is_missing():
    assert judged("2019", {("proactive_disclosure", "fees", "items_change"): ""}).places("missing") == {
        ("proactive_disclosure", "fees", "items_change")
    }


def test_every_number_of_a_broken_equality_is_disputed_with_its_printed_value():
    report = judged("2019", {(*REVIEW, "pending"): 7})
    assert report.places("disputed") == row("2019", *REVIEW)
    assert report.value(*REVIEW, "pending") == report.reported(*REVIEW, "pending") == number("7")


def test_a_number_in_a_broken_equality_that_no_explanation_changes_is_verified_by_another():
    report = judged("2019", {(APPLICATIONS, "granted", "total"): 9})
    assert report.verdict("applications.row_total", "granted") == "broken"
    assert report.verdict("applications.outcomes_total", "natural_person") == "holds"
    assert report.status(APPLICATIONS, "granted", "natural_person") == "verified"


def test_one_wrong_number_is_corrected_and_no_other_is_in_doubt():
    report = judged("2021", {(APPLICATIONS, "received", "total"): 25})
    assert report.places("corrected") == {(APPLICATIONS, "received", "total")}
    assert report.places("disputed") == set()


@pytest.mark.parametrize(
    ("form", "place", "printed", "law"),
    [
        ("2019", ("proactive_disclosure", "regulations", "newly_disclosed"), 9, "disclosed.within_total"),
        ("2019", ("proactive_disclosure", "fees", "items_change"), -9, "count.non_negative"),
        ("2021", ("proactive_disclosure", "regulations", "issued"), 9, "in_force.covers_issued"),
        ("2021", ("proactive_disclosure", "penalties", "decisions"), -1, "count.non_negative"),
    ],
)
def test_a_broken_inequality_changes_no_status(form, place, printed, law):
    report = judged(form, {place: printed})
    assert law in {broken for broken, _ in report.laws("broken")}
    assert report.status(*place) == "unverified"
    assert report.places("disputed") == set()


def test_a_negative_number_that_adds_up_is_verified_and_breaks_its_inequality():
    report = judged("2019", {(*REVIEW, "overturned"): -1, (*REVIEW, "total"): 4})
    assert report.status(*REVIEW, "overturned") == "verified"
    assert report.laws("broken") == {("count.non_negative", "review_litigation.administrative_review.overturned")}


def test_an_equality_with_a_blank_that_no_number_can_mend_is_broken():
    report = judged("2019", {(*REVIEW, "upheld"): 9, (*REVIEW, "overturned"): ""})
    assert report.verdict("review_litigation.total", "administrative_review") == "broken"
    assert report.status(*REVIEW, "overturned") == "missing"
    assert report.places("disputed") == row("2019", *REVIEW) - {(*REVIEW, "overturned")}


def test_a_blank_total_that_is_too_small_whatever_it_is_does_not_break_its_equality():
    report = judged("2019", {(*REVIEW, "total"): ""})
    assert report.status(*REVIEW, "total") == "deduced"
    assert report.value(*REVIEW, "total") == number("6")


def test_two_equalities_that_contradict_each_other_through_a_blank_dispute_what_explains_it_and_deduce_nothing():
    """The row says the blank is 1, the column says it is 2: one of their numbers is wrong, and nobody knows which."""
    granted = (APPLICATIONS, "granted")
    report = judged("2019", {(*granted, "commercial_enterprise"): "", (*granted, "total"): 9})
    assert report.status(*granted, "commercial_enterprise") == "missing"
    assert report.places("disputed") > {(*granted, "total")}
    assert report.places("corrected") == set()
    assert report.laws("broken") == {("applications.outcomes_total", "total")}


def test_equalities_that_contradict_each_other_through_blanks_alone_dispute_their_numbers():
    """No equality is fully printed with the wrong number, so none is broken by itself."""
    wrong = ("lending", "literature", "children")
    blanks = {("lending", "literature", "adults"): "", ("lending", "all_books", "children"): ""}
    report = judged("2027", {**blanks, wrong: 129})
    assert report.laws("broken") == set()
    assert report.status(*wrong) == "disputed"
    assert report.places("missing") == set(blanks)


def test_a_disputed_number_deduces_nothing():
    """received.natural_person is wrong; the blank total of its row could be read off it, and is not."""
    report = judged(
        "2021",
        {
            (APPLICATIONS, "received", "natural_person"): 21,
            (APPLICATIONS, "received", "total"): "",
            (APPLICATIONS, "carried_in", "total"): "",
        },
    )
    assert report.status(APPLICATIONS, "received", "natural_person") == "disputed"
    assert report.status(APPLICATIONS, "received", "total") == "missing"


def test_a_blank_beside_a_disputed_number_is_not_deduced_where_a_rival_gives_it_another_value():
    wrong, blank = (APPLICATIONS, "received", "natural_person"), (APPLICATIONS, "received", "total")
    report = judged("2021", {wrong: 21, blank: ""})
    assert wrong in report.places("disputed")
    assert report.status(*blank) == "missing"


def test_blanks_that_leave_no_numbers_at_all_dispute_what_they_stand_between():
    """No equality is fully printed, and each alone can be mended; together they cannot, whatever the blanks are.

    granted and partly_granted are blank in two columns, other rows in one of these and a third: the printed number in
    granted that is one too high is seen only when all their equalities are taken together.
    """
    big = {
        (APPLICATIONS, item, measure): 50
        for item in ("granted", "partly_granted", "refused_third_party", "unavailable_not_held")
        for measure in ("natural_person", "commercial_enterprise", "research_institution", "other_organization")
    }
    big |= {(APPLICATIONS, item, "total"): 200 for item in ("granted", "partly_granted")}
    big |= {(APPLICATIONS, item, "total"): 200 for item in ("refused_third_party", "unavailable_not_held")}
    big |= {(APPLICATIONS, "not_processed_petition", measure): 0 for measure in ("natural_person", "total")}
    four = ("natural_person", "commercial_enterprise", "research_institution", "other_organization")
    big |= {(APPLICATIONS, item, measure): 200 for item in ("outcomes_total", "received") for measure in four}
    big |= {(APPLICATIONS, item, "total"): 800 for item in ("outcomes_total", "received")}
    big |= {(APPLICATIONS, item, measure): 0 for item in ("carried_in", "carried_out") for measure in (*four, "total")}
    assert judged("2019", big).laws("broken") == set()
    blanks = [
        (APPLICATIONS, item, measure)
        for items, measures in (
            (("granted", "partly_granted"), ("natural_person", "commercial_enterprise")),
            (("refused_third_party", "unavailable_not_held"), ("research_institution", "other_organization")),
        )
        for item in items
        for measure in measures
    ]
    wrong = (APPLICATIONS, "granted", "research_institution")
    report = judged("2019", {**big, **dict.fromkeys(blanks, ""), wrong: 51})
    assert report.laws("broken") == set()
    assert report.status(*wrong) == "disputed"
    assert report.places("deduced") == set()
