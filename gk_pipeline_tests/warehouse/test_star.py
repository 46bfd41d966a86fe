"""The star over a small lake: what settlements and corrections replaced, and what totals are."""

from decimal import Decimal

import duckdb
import polars as pl
import pytest

from gk_pipeline.assets.panel import store_panel
from gk_pipeline.assets.warehouse import load_warehouse
from gk_pipeline.forms import shipped_forms
from gk_pipeline.schemas.indicators import TRUST
from gk_pipeline.warehouse.duckdb_warehouse import Warehouse
from gk_pipeline.warehouse.reference import parts, reference_rows, totals
from gk_pipeline.warehouse.star import statements

CELL = "report_id = ? AND item = ? AND measure = ?"


@pytest.fixture
def star(lake):
    """A database over the lake with its panel, which a test may spoil."""
    store_panel(lake, lambda *_: None)
    with duckdb.connect() as connection:
        load_warehouse(Warehouse(connection, lake))
        yield connection


def rows(star, query, *values):
    return star.execute(query, list(values)).fetchall()


def a_fact(star):
    """One cell of a report of 2019: its key and its printed number."""
    query = (
        "SELECT report_id, item, measure, reported FROM facts.facts WHERE report_year = 2019 AND reported = 3 LIMIT 1"
    )
    [(*cell, reported)] = rows(star, query)
    return cell, reported


def seen(star, cell):
    names = "value, status, reported, replaced, replaced_because"
    return rows(star, f"SELECT {names} FROM warehouse.facts WHERE {CELL}", *cell)


def settle(star, cell, kind, value):
    """Put a settlement of the cell into the database."""
    report, item, measure = cell
    row = [2019, report, "visits", item, measure, "org-1", kind, 3, value, "last_year", 1, None, "what 2018 says"]
    star.execute(f"INSERT INTO panel.settlements VALUES ({', '.join('?' * len(row))})", row)


def repair(star, cell, applied):
    """Put a correction of the cell to 8 into the database, or only the proposal of one."""
    report, item, measure = cell
    row = [2019, report, 1, "visits", item, measure, 1, 1, "digit", "publisher", 3, 8, 1, 0, True, [], applied]
    row += ["the sums say so", "everything"]
    star.execute(f"INSERT INTO facts.repairs VALUES ({', '.join('?' * len(row))})", row)


def test_every_fact_of_a_current_report_is_there_once(star):
    query = "SELECT report_year, count(*), sum(value) FROM warehouse.facts GROUP BY report_year ORDER BY report_year"
    assert rows(star, query) == [(2019, 45, Decimal(240)), (2020, 9, Decimal(48))]


def test_nothing_was_replaced_where_nothing_was_settled(star):
    cell, reported = a_fact(star)
    assert seen(star, cell) == [(reported, "verified", reported, None, None)]


def test_a_settled_cell_has_the_settled_value_and_tells_what_stood_there(star):
    cell, reported = a_fact(star)
    settle(star, cell, "settled", 9)
    assert seen(star, cell) == [(9, "settled", reported, reported, "what 2018 says")]


def test_a_vetoed_correction_is_disputed_with_the_printed_number(star):
    cell, reported = a_fact(star)
    repair(star, cell, applied=True)
    star.execute(f"UPDATE facts.facts SET value = 8, status = 'corrected' WHERE {CELL}", cell)
    settle(star, cell, "vetoed", None)
    assert seen(star, cell) == [(reported, "disputed", reported, 8, "what 2018 says")]


def test_a_cell_that_neighbours_settle_as_it_was_has_replaced_nothing_and_keeps_the_evidence(star):
    cell, reported = a_fact(star)
    settle(star, cell, "settled", reported)
    assert seen(star, cell) == [(reported, "settled", reported, None, "what 2018 says")]


def test_a_corrected_cell_tells_the_printed_number_and_why(star):
    cell, reported = a_fact(star)
    repair(star, cell, applied=True)
    star.execute(f"UPDATE facts.facts SET value = 8, status = 'corrected' WHERE {CELL}", cell)
    assert seen(star, cell) == [(8, "corrected", reported, reported, "the sums say so")]


def test_a_repair_that_is_only_proposed_replaces_nothing(star):
    cell, reported = a_fact(star)
    repair(star, cell, applied=False)
    assert seen(star, cell) == [(reported, "verified", reported, None, None)]


def seen_repair(star, cell):
    names = "value_to, applied, settlement_kind, settled_value, evidence"
    return rows(star, f"SELECT {names} FROM warehouse.repairs WHERE {CELL}", *cell)


def test_a_correction_that_no_neighbour_speaks_against_is_applied(star):
    cell, _ = a_fact(star)
    repair(star, cell, applied=True)
    assert seen_repair(star, cell) == [(8, True, None, None, None)]


def test_a_vetoed_correction_is_not_applied_and_says_who_speaks_against_it(star):
    cell, _ = a_fact(star)
    repair(star, cell, applied=True)
    settle(star, cell, "vetoed", None)
    assert seen_repair(star, cell) == [(8, False, "vetoed", None, "what 2018 says")]


def test_a_proposal_that_neighbours_settle_on_names_their_number(star):
    cell, _ = a_fact(star)
    repair(star, cell, applied=False)
    settle(star, cell, "settled", 8)
    assert seen_repair(star, cell) == [(8, False, "settled", 8, "what 2018 says")]


def test_a_veto_that_keeps_the_printed_number_settles_nothing(star):
    cell, reported = a_fact(star)
    repair(star, cell, applied=True)
    settle(star, cell, "vetoed", reported)
    assert seen_repair(star, cell) == [(8, False, "vetoed", None, "what 2018 says")]


def test_what_is_added_up_over_bodies_has_the_scope_of_its_report(star):
    star.execute("UPDATE panel.current_reports SET scope = 'consolidated' WHERE report_year = 2020")
    for view in ("facts", "leaf_facts", "rates", "series", "visits_visits"):
        query = f"SELECT DISTINCT scope FROM warehouse.{view} WHERE report_year = 2020"
        assert rows(star, query) == [("consolidated",)], view
        assert ("consolidated",) not in rows(star, query.replace("2020", "2019")), view


def years_and_facts(star):
    """How many cells have each status, as warehouse.years says and as warehouse.facts has them."""
    told = star.sql("SELECT * FROM warehouse.years").pl().rows(named=True)
    of_years = {(row["report_year"], name): row[f"n_{name}"] for row in told for name in TRUST if row[f"n_{name}"]}
    counted = rows(star, "SELECT report_year, status, count(*) FROM warehouse.facts GROUP BY report_year, status")
    return of_years, {(year, status): n for year, status, n in counted}


def test_years_count_the_cells_of_facts(star):
    cell, _ = a_fact(star)
    settle(star, cell, "settled", 9)
    others = "SELECT max(report_id) FROM panel.current_reports WHERE report_year = 2019 AND report_id <> ?"
    star.execute(f"DELETE FROM panel.current_reports WHERE report_id = ({others})", cell[:1])
    of_years, of_facts = years_and_facts(star)
    assert of_years == of_facts
    assert sum(of_facts.values()) == 45


def test_a_year_of_which_no_report_counts_has_no_cells(star):
    star.execute("DELETE FROM panel.current_reports WHERE report_year = 2020")
    query = "SELECT n_organizations, n_reports, n_verified, n_settled FROM warehouse.years WHERE report_year = 2020"
    assert rows(star, query) == [(0, 1, 0, 0)]


def test_a_wide_row_with_a_disputed_cell_is_disputed(star):
    cell, _ = a_fact(star)
    settle(star, cell, "vetoed", None)
    query = "SELECT item, status FROM warehouse.visits_visits WHERE report_id = ? AND status <> 'verified'"
    assert rows(star, query, cell[0]) == [(cell[1], "disputed")]


def test_a_superseded_report_is_in_no_view(star):
    [(report,)] = rows(star, "SELECT report_id FROM panel.current_reports WHERE report_year = 2020")
    star.execute("DELETE FROM panel.current_reports WHERE report_year = 2020")
    for view in ("facts", "leaf_facts", "sources", "law_results", "repairs", "visits_visits"):
        assert rows(star, f"SELECT count(*) FROM warehouse.{view} WHERE report_id = ?", report) == [(0,)], view


def test_everything_in_the_database_is_explained(star):
    silent = """SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
                UNION ALL SELECT schema_name, view_name, '' FROM duckdb_views() WHERE NOT internal AND comment IS NULL
                UNION ALL SELECT schema_name, table_name, '' FROM duckdb_tables() WHERE comment IS NULL"""
    assert rows(star, silent) == []


def test_a_view_of_an_earlier_version_goes(star, lake):
    star.execute("CREATE VIEW panel.current_facts AS SELECT 1 AS one")
    star.execute("CREATE VIEW warehouse.visits_1999 AS SELECT 1 AS one")
    star.execute("INSERT INTO made_views VALUES ('panel.current_facts', 98), ('warehouse.visits_1999', 99)")
    Warehouse(star, lake).prepare()
    assert rows(star, "SELECT view_name FROM duckdb_views() WHERE view_name IN ('current_facts', 'visits_1999')") == []


@pytest.mark.parametrize("schema", ["main", "panel", "warehouse"])
def test_a_view_of_somebody_else_stays(star, lake, schema):
    star.execute(f"CREATE VIEW {schema}.mine AS SELECT count(*) AS n FROM warehouse.facts")
    Warehouse(star, lake).prepare()
    assert rows(star, f"SELECT n FROM {schema}.mine") == [(54,)]


def test_the_star_can_be_made_again(star, lake):
    for statement in statements(lake.forms):
        star.execute(statement)
    assert rows(star, "SELECT count(*) FROM warehouse.facts") == [(54,)]


def test_totals_are_known_from_the_laws():
    for form in shipped_forms():
        items, measures = totals(form.table("applications"))
        assert set(items.values()) == {"outcomes_total"}
        assert set(measures.values()) == {"total"}
        assert {"received", "carried_in", "carried_out", "outcomes_total"}.isdisjoint(items)
        assert totals(form.table("proactive_disclosure")) == ({}, {})
        assert totals(form.table("review_litigation"))[0] == {}


def test_what_a_law_counts_within_another_is_its_part_and_no_leaf():
    old, new = (next(form for form in shipped_forms() if form.code == code) for code in ("2019", "2021"))
    assert parts(old.table("proactive_disclosure")) == ({}, {"newly_disclosed": "total_disclosed"})
    assert parts(new.table("proactive_disclosure")) == ({}, {})
    made = {model.lake_name(): frame for model, frame in reference_rows(shipped_forms()).items()}
    assert made["measures"].filter(pl.col("part_of").is_not_null())["measure"].to_list() == ["newly_disclosed"]


def test_leaves_name_the_totals_of_their_row_and_of_their_column(star):
    query = """SELECT DISTINCT item, measure, row_adds_up_to, column_adds_up_to FROM warehouse.leaf_facts
               WHERE report_year = 2020 ORDER BY ALL"""
    assert rows(star, query) == [
        ("complaints", "alone", "all_visits", "total"),
        ("complaints", "in_groups", "all_visits", "total"),
        ("enquiries", "alone", "all_visits", "total"),
        ("enquiries", "in_groups", "all_visits", "total"),
    ]


def test_the_reference_tables_have_every_item_and_measure_once():
    made = {model.lake_name(): frame for model, frame in reference_rows(shipped_forms()).items()}
    n_items = sum(len(table.items) for form in shipped_forms() for table in form.tables)
    assert made["items"].height == n_items
    assert made["items"].filter(form="2021", item="refused_third_party").select(
        "label", "number", "parent_label", "adds_up_to", "is_total"
    ).rows() == [("保护第三方合法权益", "4", "不予公开", "outcomes_total", False)]
    assert made["measures"].filter(form="2021", table_code="proactive_disclosure", measure="amount").select(
        "unit", "measure_kind"
    ).rows() == [("万元", "amount")]
    assert made["indicators"].filter(form="2019", indicator="other_processed")["numerator"].item() == (
        "applications.other.total"
    )
