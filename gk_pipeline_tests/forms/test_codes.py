"""The shipped forms have the codes, labels and order of the domain reference, and nothing else."""

import pickle
import unicodedata

import pytest

from gk_pipeline.forms import load_form, shipped_forms

from .written import (
    APPLICANTS,
    DISCLOSURE,
    GROUPS,
    OTHER,
    REVIEW_ITEMS,
    REVIEW_MEASURES,
    SECTIONS,
    applications,
)

FORMS = {form.code: form for form in shipped_forms()}
EACH = pytest.mark.parametrize("code", ["2019", "2021"])


def labels(entries):
    """Codes and labels in order, with brackets and commas of one width."""
    return [(entry.code, unicodedata.normalize("NFKC", entry.label.text)) for entry in entries]


def written(entries):
    return [(code, unicodedata.normalize("NFKC", label)) for code, label in entries.items()]


def test_the_forms_are_those_of_2019_and_2021_oldest_first():
    about = [(form.code, form.since, form.until, form.instrument) for form in shipped_forms()]
    assert about == [
        ("2019", 2019, 2020, "国办公开办函〔2019〕60号"),
        ("2021", 2021, None, "国办公开办函〔2021〕30号"),
    ]


@EACH
def test_the_six_sections_stand_in_order_under_their_numbers(code):
    assert labels(FORMS[code].sections) == written(SECTIONS)
    assert "".join(section.label.number for section in FORMS[code].sections) == "一二三四五六"


@EACH
def test_each_of_the_three_tables_stands_in_the_section_of_its_name(code):
    tables = [(table.code, table.section) for table in FORMS[code].tables]
    assert tables == [(name, name) for name in ("proactive_disclosure", "applications", "review_litigation")]


@EACH
def test_the_disclosure_table_has_its_items_and_measures(code):
    parts = [(labels(part.measures), labels(part.items)) for part in FORMS[code].table("proactive_disclosure").parts]
    assert parts == [(written(measures), written(items)) for measures, items in DISCLOSURE[code]]


@EACH
def test_the_applications_table_has_its_items_and_measures(code):
    (part,) = FORMS[code].table("applications").parts
    assert labels(part.measures) == written(APPLICANTS)
    assert labels(part.items) == written(applications(code))


@EACH
def test_the_review_table_has_its_items_and_measures_side_by_side(code):
    table = FORMS[code].table("review_litigation")
    (part,) = table.parts
    assert labels(part.measures) == written(REVIEW_MEASURES)
    assert labels(part.items) == written(REVIEW_ITEMS)
    assert table.items_across


@EACH
def test_five_applicant_types_stand_under_the_head_of_organizations(code):
    (part,) = FORMS[code].table("applications").parts
    assert [measure.under for measure in part.measures] == [None, *["法人或其他组织"] * 5, None]


@EACH
def test_the_outcomes_stand_in_their_groups(code):
    table = FORMS[code].table("applications")
    grouped = {
        group.code: [item.code for item in table.items.values() if item.group == group.code] for group in table.groups
    }
    split = {"other_processed": list(OTHER["2021"])} if code == "2021" else {}
    assert grouped == {**{group: list(items) for group, items in GROUPS.items()}, **split}


@pytest.mark.parametrize(
    ("code", "table", "cells"),
    [
        ("2019", "proactive_disclosure", 22),
        ("2019", "applications", 161),
        ("2019", "review_litigation", 15),
        ("2021", "proactive_disclosure", 10),
        ("2021", "applications", 175),
        ("2021", "review_litigation", 15),
    ],
)
def test_a_table_has_as_many_cells_as_the_form_prints(code, table, cells):
    assert len(FORMS[code].table(table).cells) == cells


@EACH
@pytest.mark.parametrize("table", ["proactive_disclosure", "applications", "review_litigation"])
def test_cells_are_numbered_row_by_row_in_print_order(code, table):
    cells = FORMS[code].table(table).cells
    printed = [(i.code, m.code) for part in FORMS[code].table(table).parts for i in part.items for m in part.measures]
    assert [(cell.item, cell.measure) for cell in cells] == printed
    assert [cell.index for cell in cells] == list(range(len(cells)))


@pytest.mark.parametrize(
    ("code", "amounts", "changes"),
    [
        (
            "2019",
            {("procurement", "amount")},
            {(item, "items_change") for item in ("licensing", "other_services", "penalties", "coercion", "fees")},
        ),
        ("2021", {("fees", "amount")}, set()),
    ],
)
def test_money_and_signed_changes_are_known_and_all_else_are_counts(code, amounts, changes):
    cells = [cell for table in FORMS[code].tables for cell in table.cells]
    assert {(cell.item, cell.measure) for cell in cells if cell.kind == "amount"} == amounts
    assert {(cell.item, cell.measure) for cell in cells if cell.kind == "change"} == changes
    assert {cell.unit for cell in cells if cell.kind == "amount"} == {"万元"}
    assert {cell.unit for cell in cells if cell.kind != "amount"} == {"件"}


def test_a_table_that_a_form_does_not_have_is_a_key_error_that_names_the_form():
    with pytest.raises(KeyError, match="form 2019 has no table 'statistics_2014'"):
        FORMS["2019"].table("statistics_2014")


@EACH
def test_no_spelling_of_a_label_belongs_to_two_rows_of_one_part(code):
    for table in FORMS[code].tables:
        for part in table.parts:
            spellings = [
                (spelling, item.group, item.label.number) for item in part.items for spelling in item.label.spellings
            ]
            assert len(set(spellings)) == len(spellings)


def test_a_form_that_travels_to_another_process_is_the_same_object_there():
    form = FORMS["2019"]
    assert pickle.loads(pickle.dumps(form)) is form
    assert load_form(form.path) is form
