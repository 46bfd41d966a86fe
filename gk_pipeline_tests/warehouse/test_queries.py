"""The ten questions of docs/queries.md have the answers printed there, on DuckDB and on Postgres."""

import re

import duckdb
import pytest
import queries_page
import yaml
from adbc_driver_postgresql import dbapi
from queries_page import PAGE, answered, load_samples, queries

from gk_pipeline.forms import shipped_forms
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse.dbt_sources import dbt_sources
from gk_pipeline.warehouse.postgres.feed import feed
from gk_pipeline.warehouse.postgres.server import PostgresServer
from gk_pipeline.warehouse.star import views

from . import asked

pytestmark = pytest.mark.starts_first


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The folder of lake and database over the sample reports, read by the whole pipeline."""
    return load_samples(tmp_path_factory.mktemp("samples")).parent


@pytest.fixture(scope="module")
def on_duckdb(samples):
    with duckdb.connect(samples / "gk.duckdb", read_only=True) as connection:
        yield queries_page.asking(connection)


@pytest.fixture(scope="module")
def on_postgres(samples, tmp_path_factory):
    with asked.server(tmp_path_factory.mktemp("postgres")) as uri, dbapi.connect(uri) as connection:
        assert feed(PostgresServer(uri), Lake(samples / "lake", shipped_forms())).failed == []
        yield asked.asking(connection)


@pytest.fixture(scope="module", params=["on_duckdb", "on_postgres"])
def ask(request):
    """A question to each of the engines."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8")


def test_the_answers_are_those_of_the_database(page, ask):
    assert answered(page, ask) == page


def test_there_are_ten_questions_and_each_has_an_answer(page):
    assert len(queries(page)) == len(re.findall(r"^## ", page, re.MULTILINE)) == 10
    assert len(re.findall(r"^```\n\n\| ", page, re.MULTILINE)) == 10


def test_another_number_in_the_page_would_be_noticed(page, on_duckdb):
    assert answered(page.replace("| 1816 | 3050 |", "| 1817 | 3050 |"), on_duckdb) != page.replace(
        "| 1816 | 3050 |", "| 1817 | 3050 |"
    )


def test_every_view_has_its_columns_and_its_key_names_one_row(ask):
    for view in views(shipped_forms()):
        columns, rows = ask(f"SELECT * FROM {view.full_name}")
        assert list(columns) == list(view.columns), view.name
        keys = {tuple(row[columns.index(name)] for name in view.key) for row in rows}
        assert len(keys) == len(rows), view.name


def test_a_wide_row_has_the_status_of_its_least_trusted_cell(ask):
    order = ["verified", "deduced", "corrected", "settled", "unverified", "disputed", "missing"]
    _, cells = ask("SELECT organization_id, report_year, table_code, form, item, status FROM warehouse.facts")
    worst = {}
    for body, year, table, form, item, status in cells:
        rows = worst.setdefault(f"{table}_{form}", {})
        rows[body, year, item] = max(rows.get((body, year, item), "verified"), status, key=order.index)
    assert len(worst) == 6
    for name, rows in worst.items():
        _, wide = ask(f"SELECT organization_id, report_year, item, status FROM warehouse.{name}")
        assert {tuple(key): status for *key, status in wide} == rows


def test_leaves_add_up_to_every_total(ask):
    _, totals = ask(
        """SELECT f.organization_id, f.report_year, f.value,
                  (SELECT sum(l.value) FROM warehouse.leaf_facts l
                   WHERE l.organization_id = f.organization_id AND l.report_year = f.report_year
                     AND l.table_code = f.table_code AND l.row_adds_up_to = f.item)
           FROM warehouse.facts f
           WHERE f.item = 'outcomes_total' AND f.measure = 'total'"""
    )
    assert len(totals) == 9
    assert all(total == leaves for *_, total, leaves in totals)


def test_everything_in_postgres_is_explained(on_postgres):
    _, silent = on_postgres(
        """SELECT c.relname, a.attname FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'warehouse'
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
           WHERE c.relkind IN ('r', 'v')
             AND (obj_description(c.oid) IS NULL OR col_description(c.oid, a.attnum) IS NULL)"""
    )
    assert list(silent) == []


def test_the_keys_that_dbt_tests_are_keys_in_postgres(on_postgres):
    """The query that dbt makes of its test `unique`."""
    for source in yaml.safe_load(dbt_sources(shipped_forms()))["sources"]:
        for table in source["tables"]:
            key = table["data_tests"][0]["unique"]["arguments"]["column_name"]
            _, rows = on_postgres(
                f"""SELECT count(*) FROM (
                        SELECT {key} AS unique_field, count(*) AS n_records FROM {source["schema"]}.{table["name"]}
                        WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1) AS twice"""
            )
            assert rows == [(0,)], table["name"]
