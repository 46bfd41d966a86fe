"""What becomes of the other numbers of a table in which a person decided one."""

from panel.years import Page, linked

REVIEW = "review_litigation"


def statuses(changed, decided, item):
    """The statuses in a row of the review table after a decision, by measure."""
    facts = linked(Page(2022, changed, decided=decided)).years[2022]["facts.facts"]
    return dict(facts.filter(table_code=REVIEW, item=item).select("measure", "status").iter_rows())


def test_the_print_verifies_no_number_of_a_sum_that_fails_with_a_decision():
    """3 + 1 + 2 = 6 is printed, and a person says 60 for the 1."""
    assert statuses({}, {(REVIEW, "administrative_review", "overturned"): 60}, "administrative_review") == {
        "upheld": "unverified",
        "overturned": "corrected",
        "other_result": "unverified",
        "pending": "disputed",
        "total": "disputed",
    }


def test_a_decision_that_mends_a_sum_leaves_no_doubt():
    wrong = {(REVIEW, "administrative_review", "upheld"): 5}
    found = statuses(wrong, {(REVIEW, "administrative_review", "upheld"): 3}, "administrative_review")
    assert found.pop("upheld") == "corrected"
    assert set(found.values()) == {"unverified"}


def test_the_rest_of_a_printed_contradiction_follows_from_a_decision():
    """Two rows are wrong in one column; with one of them decided the other is corrected by the sums."""
    granted, partly = (("applications", item, "natural_person") for item in ("granted", "partly_granted"))
    facts = linked(Page(2022, {granted: 19, partly: 17}, decided={granted: 7})).years[2022]["facts.facts"]
    corrected = facts.filter(status="corrected").select("item", "measure").rows()
    assert sorted(corrected) == [("granted", "natural_person"), ("partly_granted", "natural_person")]
