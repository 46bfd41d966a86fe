"""Of several reports of a body and year, which one counts."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.facts.revisions import Version, decide, of_bodies_with_several, revised_reports, revisions
from gk_pipeline.schemas.sections import Reports

from .paper import FORMS, judged_all

EARLY, LATE = date(2024, 1, 15), date(2024, 3, 20)
GRANTED, TOTAL = ("applications", "granted", "natural_person"), ("applications", "granted", "total")
WRONG = {GRANTED: 9}
LAWFUL_REVIEWS = [
    ("review_litigation", cell.item, cell.measure) for cell in FORMS["2021"].table("review_litigation").cells
]


def version(report, numbers, published=None, verified=None, scope="unknown", n_cells=10):
    """A version that prints these numbers, by cell from 0; `verified` are those of them that the laws support."""
    printed = {("t", "i", str(place)): Decimal(number) for place, number in enumerate(numbers) if number is not None}
    sure = frozenset(printed) if verified is None else frozenset(("t", "i", str(place)) for place in verified)
    return Version(report, published, scope, printed, n_cells, sure)


def current(*versions):
    chosen, decided_by, _ = decide(versions)
    return chosen.report_id, decided_by


def why(*versions):
    return decide(versions)[2]


def test_the_later_one_is_current():
    assert current(version(1, [5], LATE, verified=[]), version(2, [6], EARLY)) == (1, "published_on")


@pytest.mark.parametrize("dates", [(None, None), (EARLY, None), (LATE, LATE)])
def test_without_dates_that_tell_the_one_with_more_verified_cells_is_current(dates):
    one, other = dates
    assert current(version(1, [5, 1], one, verified=[1]), version(2, [6, 1], other)) == (2, "verified_share")


def test_dates_do_not_tell_between_the_figures_of_different_bodies():
    own, all_of_it = version(1, [5], EARLY, scope="own"), version(2, [60], LATE, verified=[], scope="consolidated")
    assert current(own, all_of_it) == (1, "verified_share")


def test_pages_that_print_the_same_are_one_report():
    assert current(version(1, [5], EARLY), version(2, [5], LATE)) == (2, "same_cells")
    assert current(version(7, [5]), version(3, [5])) == (3, "same_cells")


def test_a_page_saved_again_without_its_date_does_not_hide_when_it_was_published():
    assert current(version(1, [5], EARLY), version(2, [5]), version(3, [6], LATE)) == (3, "published_on")


def test_a_part_of_a_page_never_supersedes_the_whole():
    whole = version(1, [5, 6, 7], EARLY, verified=[])
    assert current(whole, version(2, [5, None, 7], LATE)) == (1, "fuller")
    assert current(whole, version(2, [], LATE), version(3, [None, 6])) == (1, "fuller")


def test_what_is_a_part_of_one_version_is_left_aside_where_two_others_differ():
    part, first, second = version(1, [5], LATE), version(2, [5, 6], EARLY), version(3, [4, 6], date(2024, 2, 1))
    assert current(part, first, second) == (3, "published_on")


def test_a_short_page_is_not_verified_better_for_being_short():
    long, short = version(1, [5, 6, 7, 8], verified=[0, 1]), version(2, [9, 6], verified=[0, 1], n_cells=2)
    assert current(long, short) == (1, "more_numbers")


def test_reports_with_no_printed_cell_in_common_are_parts_of_one_and_the_fullest_stands_for_them():
    pages = version(1, [5, 6], LATE), version(2, [None, None, 7, 8, 9], EARLY), version(3, [*[None] * 5, 1], LATE)
    assert current(*pages) == (2, "parts")
    assert current(*pages, version(4, [5, 7], LATE)) == (2, "parts"), "a page in two versions is a page all the same"


def test_one_printed_cell_in_common_makes_versions():
    assert current(version(1, [5, 6, 7]), version(2, [None, None, 7, 8], verified=[])) == (1, "verified_share")


def test_versions_that_nothing_tells_apart_are_undecided():
    assert current(version(8, [5]), version(3, [6])) == (3, "undecided")


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        ((version(1, [5]), version(2, [6], EARLY)), "not every version has a date; nothing tells them apart"),
        ((version(1, [5], LATE), version(2, [6], LATE)), "the last ones were published on one day; nothing tells"),
        ((version(1, [5], scope="own"), version(2, [6], scope="consolidated")), "they count the figures of different"),
        ((version(1, [5]), version(2, [6], verified=[])), "of the cells that all of them print, more are verified"),
        ((version(1, [5, 1]), version(2, [6])), "as many are verified in another; it prints more numbers"),
    ],
)
def test_why_a_version_counts_is_what_decided(versions, told):
    assert told in why(*versions)


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


def test_cells_that_one_of_two_does_not_print_are_no_other_numbers():
    made = year_of(EARLY, LATE, changed=[{GRANTED: 8, TOTAL: ""}, dict.fromkeys(LAWFUL_REVIEWS, "")])
    assert made["facts.revisions"].select("n_changed", "n_lacking", "n_only_here").rows() == [(17, 1, 15), (0, 0, 0)]
    [(_, finding)] = revised_reports(made["facts.revisions"], {0: "2023/a.txt", 1: "2023/b.txt"})
    assert (
        "It prints another number in 1 cells, lacks 15 that are printed here, and prints 1 that are" in finding.message
    )


def test_pages_of_one_report_are_an_error_that_names_them_all_and_what_is_missing():
    of_table = {
        table: {(table, cell.item, cell.measure): "" for cell in FORMS["2021"].table(table).cells}
        for table in ("proactive_disclosure", "applications", "review_litigation")
    }
    first = of_table["applications"] | of_table["review_litigation"]
    second = of_table["proactive_disclosure"] | of_table["review_litigation"]
    third = of_table["proactive_disclosure"] | of_table["applications"]
    made = year_of(LATE, EARLY, LATE, changed=[first, second, third])
    assert made["facts.revisions"]["standing"].to_list() == ["superseded", "current", "superseded"]
    told = dict(revised_reports(made["facts.revisions"], {0: "2023/1.png", 1: "2023/2.png", 2: "2023/3.png"}))
    assert set(told) == {0, 1, 2}
    for finding in told.values():
        assert (finding.severity, finding.code) == ("error", "report_in_parts")
        assert "2023/1.png, 2023/2.png, 2023/3.png" in finding.message
        assert "Only 2023/2.png counts; it lacks the 25 numbers" in finding.message
        assert finding.message.endswith("In it no number of proactive_disclosure, review_litigation was read.")
        assert finding.advice.startswith("Put them into one PDF, TIFF or Word file")


def test_a_page_saved_again_is_no_revision():
    made = year_of(EARLY, LATE, changed=[{}, {}])
    assert made["facts.revisions"]["standing"].to_list() == ["resaved", "current"]
    assert made["facts.revised_cells"].is_empty()


def test_one_report_is_no_revision():
    assert year_of(EARLY, changed=[{}])["facts.revisions"].is_empty()


def test_reports_without_an_organization_are_no_revisions_of_each_other():
    assert year_of(EARLY, LATE, changed=[{}, WRONG], organization=None)["facts.revisions"].is_empty()


def test_a_report_of_another_year_is_no_revision():
    """It stays out of the facts until it is refiled."""
    reports = Reports.of_rows(
        [
            (*(key, f"{key:064d}", 0, "甲县", "org-1", "county", "unknown", year, None), *("title", "2021", [], 0, 0))
            for key, year in enumerate((2023, 2022, 2023, None))
        ]
    )
    assert of_bodies_with_several(reports.lazy(), 2023)["report_id"].to_list() == [0, 2, 3]


def test_a_lost_table_is_told():
    """The later page lost a table and has another number in the first: it counts, and a person is asked."""
    lost = dict.fromkeys(LAWFUL_REVIEWS, "")
    made = year_of(EARLY, LATE, changed=[{}, WRONG | lost])
    assert made["facts.revisions"].select("report_id", "standing", "tables_only_here").rows() == [
        (0, "superseded", ["review_litigation"]),
        (1, "current", []),
    ]
    [(_, finding)] = revised_reports(made["facts.revisions"], {0: "2023/a.txt", 1: "2023/b.txt"})
    assert finding.severity == "warning"
    assert finding.message.endswith("In 2023/b.txt no number of review_litigation was read.")


def test_a_later_page_that_is_a_part_of_the_current_one_is_told():
    made = year_of(EARLY, LATE, changed=[{}, dict.fromkeys(LAWFUL_REVIEWS, "")])
    [(report, finding)] = revised_reports(made["facts.revisions"], {0: "2023/a.txt", 1: "2023/b.txt"})
    assert (report, finding.severity) == (1, "warning")
    assert "counts: it prints every number that the others print, and more." in finding.message
    assert finding.message.endswith("In this report no number of review_litigation was read.")


def test_a_person_is_asked_where_dates_do_not_tell():
    made = year_of(None, None, changed=[{}, WRONG])
    [(report, finding)] = revised_reports(made["facts.revisions"], {0: "2023/a.txt", 1: "2023/b.txt"})
    assert (report, finding.severity, finding.code) == (1, "warning", "report_revised")
    assert finding.message.startswith("2023/a.txt is a report of the same body and year and counts")
    assert finding.message.endswith(
        "It prints another number in 1 cells, lacks 0 that are printed here, and prints 0 that are not."
    )
    assert finding.advice.startswith("Tell which one counts")


def test_a_dated_revision_is_only_told_of():
    made = year_of(EARLY, LATE, changed=[{}, WRONG])
    [(report, finding)] = revised_reports(made["facts.revisions"], {0: "2023/a.txt", 1: "2023/b.txt"})
    assert (report, finding.severity) == (0, "note")
