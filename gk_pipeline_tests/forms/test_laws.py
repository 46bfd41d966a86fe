"""The laws of the shipped forms, row by row, and the matrices made of them."""

from itertools import combinations

import numpy as np
import pytest

from gk_pipeline.forms import equalities, inequalities, shipped_forms, yearly_laws

from .written import APPLICANTS, REVIEW_ITEMS, applications, outcomes

FORMS = {form.code: form for form in shipped_forms()}
EACH = pytest.mark.parametrize("code", ["2019", "2021"])
TYPES = list(APPLICANTS)[:-1]


def rows(code, table, law):
    """A law by scope: the cells on its left, on its right, and those of last year."""
    known = FORMS[code].table(table)
    named = [(cell.item, cell.measure) for cell in known.cells]
    return {
        row.scope: (
            {named[cell] for cell, sign in row.coefficients if sign > 0},
            {named[cell] for cell, sign in row.coefficients if sign < 0},
            {named[cell] for cell in row.last_year},
        )
        for row in known.laws
        if row.law == law
    }


def kinds(code, table):
    return {(row.law, row.kind, row.severity) for row in FORMS[code].table(table).laws}


@EACH
def test_the_applicant_types_add_up_to_the_total_of_each_row(code):
    assert rows(code, "applications", "applications.row_total") == {
        item: ({(item, applicant) for applicant in TYPES}, {(item, "total")}, set()) for item in applications(code)
    }


@EACH
def test_the_outcomes_add_up_to_their_total_in_each_column(code):
    assert rows(code, "applications", "applications.outcomes_total") == {
        measure: ({(item, measure) for item in outcomes(code)}, {("outcomes_total", measure)}, set())
        for measure in APPLICANTS
    }


@EACH
def test_what_came_in_was_decided_or_carried_on_in_each_column(code):
    assert rows(code, "applications", "applications.balance") == {
        measure: (
            {("received", measure), ("carried_in", measure)},
            {("outcomes_total", measure), ("carried_out", measure)},
            set(),
        )
        for measure in APPLICANTS
    }


@EACH
def test_the_four_results_add_up_to_the_total_of_each_review(code):
    results = ("upheld", "overturned", "other_result", "pending")
    assert rows(code, "review_litigation", "review_litigation.total") == {
        item: ({(item, result) for result in results}, {(item, "total")}, set()) for item in REVIEW_ITEMS
    }


@EACH
def test_what_last_year_carried_out_is_carried_in(code):
    assert rows(code, "applications", "year.carried") == {
        measure: ({("carried_in", measure)}, set(), {("carried_out", measure)}) for measure in APPLICANTS
    }


def test_the_items_of_2019_go_on_from_those_of_the_year_before():
    stock = ("licensing", "other_services", "penalties", "coercion", "fees")
    assert rows("2019", "proactive_disclosure", "year.items") == {
        item: ({(item, "items_previous_year")}, set(), {(item, "items_previous_year"), (item, "items_change")})
        for item in stock
    }


def test_the_documents_in_force_of_2021_go_on_from_those_of_the_year_before():
    assert rows("2021", "proactive_disclosure", "year.in_force") == {
        item: ({(item, "in_force"), (item, "repealed")}, {(item, "issued")}, {(item, "in_force")})
        for item in ("regulations", "normative_documents")
    }


def test_what_was_disclosed_this_year_is_within_all_that_is_disclosed():
    assert rows("2019", "proactive_disclosure", "disclosed.within_total") == {
        item: ({(item, "total_disclosed")}, {(item, "newly_disclosed")}, set())
        for item in ("regulations", "normative_documents")
    }


def test_what_is_in_force_covers_what_was_issued_and_not_repealed():
    assert rows("2021", "proactive_disclosure", "in_force.covers_issued") == {
        item: ({(item, "in_force"), (item, "repealed")}, {(item, "issued")}, set())
        for item in ("regulations", "normative_documents")
    }


@EACH
def test_every_cell_but_a_signed_change_is_never_negative(code):
    for table in FORMS[code].tables:
        single = {
            scope: members
            for scope, members in rows(code, table.code, "count.non_negative").items()
            if scope.startswith(f"{table.code}.")
        }
        assert single == {
            f"{table.code}.{cell.item}.{cell.measure}": ({(cell.item, cell.measure)}, set(), set())
            for cell in table.cells
            if cell.kind != "change"
        }


def test_no_more_items_are_taken_away_than_there_were():
    stock = ("licensing", "other_services", "penalties", "coercion", "fees")
    summed = {
        scope: members
        for scope, members in rows("2019", "proactive_disclosure", "count.non_negative").items()
        if "." not in scope
    }
    assert summed == {item: ({(item, "items_previous_year"), (item, "items_change")}, set(), set()) for item in stock}


def test_each_law_has_the_kind_and_severity_of_the_domain_reference():
    every_year = {("year.repeated", "repetition", "warning"), ("year.jump", "ratio", "note")}
    applications_laws = every_year | {
        ("applications.row_total", "equality", "error"),
        ("applications.outcomes_total", "equality", "error"),
        ("applications.balance", "equality", "error"),
        ("year.carried", "lag", "warning"),
        ("count.non_negative", "inequality", "error"),
    }
    review = every_year | {
        ("review_litigation.total", "equality", "error"),
        ("count.non_negative", "inequality", "error"),
    }
    assert kinds("2019", "applications") == kinds("2021", "applications") == applications_laws
    assert kinds("2019", "review_litigation") == kinds("2021", "review_litigation") == review
    assert kinds("2019", "proactive_disclosure") == every_year | {
        ("count.non_negative", "inequality", "error"),
        ("disclosed.within_total", "inequality", "warning"),
        ("year.items", "lag", "warning"),
    }
    assert kinds("2021", "proactive_disclosure") == every_year | {
        ("count.non_negative", "inequality", "error"),
        ("in_force.covers_issued", "inequality", "warning"),
        ("year.in_force", "lag", "warning"),
    }


@EACH
def test_a_whole_table_is_held_against_last_years(code):
    for table in FORMS[code].tables:
        cells = {(cell.item, cell.measure) for cell in table.cells}
        assert rows(code, table.code, "year.repeated") == {table.code: (cells, set(), cells)}


@EACH
def test_totals_are_held_against_last_years(code):
    jumps = rows(code, "applications", "year.jump")
    received = ("received", "total")
    assert jumps["applications.received.total"] == ({received}, set(), {received})
    assert {scope.rpartition(".")[2] for scope in jumps} == {"total"}
    assert {(row.most_times, row.base) for row in FORMS[code].table("applications").laws if row.law == "year.jump"} == {
        (5, 20)
    }


def test_across_a_change_of_form_the_codes_decide_what_is_comparable():
    def comparable(table):
        laws = yearly_laws(FORMS["2021"].table(table), FORMS["2019"].table(table))
        found = {row.law: set() for row in laws.rows}
        for row, comparable in zip(laws.rows, laws.comparable, strict=True):
            if comparable:
                found[row.law].add(row.scope)
        return found

    assert comparable("proactive_disclosure") == {
        "year.in_force": set(),
        "year.repeated": set(),
        "year.jump": {f"proactive_disclosure.{item}.decisions" for item in ("licensing", "penalties", "coercion")},
    }
    applications = comparable("applications")
    assert applications["year.carried"] == set(APPLICANTS)
    assert applications["year.repeated"] == set()
    assert "applications.other_miscellaneous.total" not in applications["year.jump"]
    assert comparable("review_litigation")["year.repeated"] == {"review_litigation"}


@EACH
def test_every_law_says_in_two_languages_what_it_means_and_where_it_is_from(code):
    for table in FORMS[code].tables:
        for row in table.laws:
            assert row.statement.isascii()
            assert not row.statement_zh.isascii()
            assert row.source


@pytest.mark.parametrize(("code", "laws", "rank"), [("2019", 37, 35), ("2021", 39, 37)])
def test_two_of_the_equalities_of_applications_follow_from_the_others(code, laws, rank):
    matrix = equalities(FORMS[code].table("applications")).matrix
    assert len(matrix) == laws
    assert np.linalg.matrix_rank(matrix) == rank


@EACH
def test_one_wrong_cell_is_located_whatever_its_size(code):
    """No two cells of applications break the same equalities in the same proportion."""
    matrix = equalities(FORMS[code].table("applications")).matrix
    assert matrix.any(axis=0).all()
    columns = {tuple(column) for column in matrix.T}
    assert len(columns) == matrix.shape[1]
    assert not any(tuple(-number for number in column) in columns for column in columns)


@EACH
def test_two_wrong_cells_never_look_like_one(code):
    """Not where they are wrong by as much: the sum or difference of two columns is no column."""
    matrix = equalities(FORMS[code].table("applications")).matrix
    columns = {tuple(column) for column in matrix.T}
    for one, other in combinations(matrix.T, 2):
        for combined in (one + other, one - other):
            assert tuple(combined) not in columns
            assert tuple(-combined) not in columns


@EACH
def test_the_matrices_hold_the_coefficients_of_their_rows(code):
    for table in FORMS[code].tables:
        for laws in (equalities(table), inequalities(table)):
            assert laws.matrix.shape == (len(laws.rows), len(table.cells))
            for row, coefficients in zip(laws.rows, laws.matrix, strict=True):
                assert {(cell, int(sign)) for cell, sign in enumerate(coefficients) if sign} == set(row.coefficients)


def test_a_matrix_is_made_once_and_cannot_be_changed():
    table = FORMS["2019"].table("applications")
    assert equalities(table) is equalities(table)
    with pytest.raises(ValueError, match="read-only"):
        equalities(table).matrix[0, 0] = 5


def test_no_matrix_holds_a_law_between_years():
    for form in FORMS.values():
        for table in form.tables:
            assert not any(row.last_year for laws in (equalities(table), inequalities(table)) for row in laws.rows)
