"""Of several reports of a body and year, which one counts."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.facts.revisions import Version, decide, of_bodies_with_several, revised_reports, revisions
from gk_pipeline.schemas.sections import Reports

from .paper import judged_all

EARLY, LATE = date(2024, 1, 15), date(2024, 3, 20)
GRANTED, TOTAL = ("applications", "granted", "natural_person"), ("applications", "granted", "total")
WRONG = {GRANTED: 9}


def version(report, numbers, published=None, verified=10, scope="unknown"):
    printed = {("t", "i", str(place)): Decimal(number) for place, number in enumerate(numbers)}
    return Version(report, published, scope, printed, 10, verified)


def current(*versions):
    chosen, decided_by, _ = decide(versions)
    return chosen.report_id, decided_by


def test_the_later_one_is_current():
    assert current(version(1, [5], LATE, verified=2), version(2, [6], EARLY)) == (1, "published_on")


@pytest.mark.parametrize("dates", [(None, None), (EARLY, None), (LATE, LATE)])
def test_without_dates_that_tell_the_one_with_more_verified_cells_is_current(dates):
    one, other = dates
    assert current(version(1, [5], one, verified=9), version(2, [6], other)) == (2, "verified_share")


def test_dates_do_not_tell_between_the_figures_of_different_bodies():
    own, all_of_it = version(1, [5], EARLY, scope="own"), version(2, [60], LATE, verified=3, scope="consolidated")
    assert current(own, all_of_it) == (1, "verified_share")


def test_pages_that_print_the_same_are_one_report():
    assert current(version(1, [5], EARLY), version(2, [5], LATE)) == (2, "same_cells")
    assert current(version(7, [5]), version(3, [5])) == (3, "same_cells")


def test_a_page_saved_again_without_its_date_does_not_hide_when_it_was_published():
    assert current(version(1, [5], EARLY), version(2, [5]), version(3, [6], LATE)) == (3, "published_on")


@given(order=st.permutations(range(5)))
def test_who_is_current_does_not_depend_on_the_order(order):
    versions = [
        version(1, [5], EARLY), version(2, [6], LATE), version(3, [6], LATE), version(4, [5]), version(5, [7], EARLY)
    ]  # fmt: skip
    assert current(*(versions[place] for place in order)) == (2, "published_on")


def year_of(*published, changed, organization="甲县"):
    """The revisions of a year: reports of one body, each with its date and what it prints differently."""
    rows = [
        (*(key, f"{key:064d}", 0, organization, organization and "org-1", "county", "unknown", 2023, day),
         *("title", "2021", [], 0, 0))
        for key, day in enumerate(published)
    ]  # fmt: skip
    facts = pl.concat([one.facts for one in judged_all("2021", changed)])
    return revisions(of_bodies_with_several(Reports.of_rows(rows).lazy(), 2023), facts, 2023)


def test_the_changed_cells_are_written_down_beside_the_current_ones():
    made = year_of(EARLY, LATE, changed=[{GRANTED: 8, TOTAL: ""}, {}])
    assert made["facts.revised_cells"].select(
        "report_id", "item", "measure", "reported", "current_reported"
    ).rows() == [
        (0, "granted", "natural_person", Decimal(8), Decimal(7)),
        (0, "granted", "total", None, Decimal(8)),
    ]
    assert made["facts.revisions"].select("report_id", "standing", "n_changed").rows() == [
        (0, "superseded", 2),
        (1, "current", 0),
    ]


def test_a_page_saved_again_is_no_revision():
    made = year_of(EARLY, LATE, changed=[{}, {}])
    assert made["facts.revisions"]["standing"].to_list() == ["resaved", "current"]
    assert made["facts.revised_cells"].is_empty()


def test_one_report_is_no_revision():
    assert year_of(EARLY, changed=[{}])["facts.revisions"].is_empty()


def test_reports_without_an_organization_are_no_revisions_of_each_other():
    assert year_of(EARLY, LATE, changed=[{}, WRONG], organization=None)["facts.revisions"].is_empty()


def test_a_person_is_asked_where_dates_do_not_tell():
    made = year_of(None, None, changed=[{}, WRONG])
    [(report, finding)] = revised_reports(made["facts.revisions"], {0: "2023/a.txt", 1: "2023/b.txt"})
    assert (report, finding.severity, finding.code) == (1, "warning", "report_revised")
    assert finding.message.startswith("2023/a.txt is a report of the same body and year and counts")
    assert finding.message.endswith("Cells that it prints otherwise: 1.")
    assert finding.advice.startswith("Tell which one counts")


def test_a_dated_revision_is_only_told_of():
    made = year_of(EARLY, LATE, changed=[{}, WRONG])
    [(report, finding)] = revised_reports(made["facts.revisions"], {0: "2023/a.txt", 1: "2023/b.txt"})
    assert (report, finding.severity) == (0, "note")
