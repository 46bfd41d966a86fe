"""The warehouse equals the lake, or a year of it is not loaded."""

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pytest

from gk_pipeline.assets.warehouse import load_warehouse
from gk_pipeline.forms import shipped_forms
from gk_pipeline.schemas.catalog import lake_tables
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse import ddl
from gk_pipeline.warehouse.ddl import meaning
from gk_pipeline.warehouse.duckdb_warehouse import Warehouse
from gk_pipeline.warehouse.equality import Difference, WarehouseDiffers


@pytest.fixture
def empty():
    """A database without tables."""
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture(scope="module")
def loaded(stored_years, forms, tmp_path_factory) -> Path:
    """The database of the lake, loaded once."""
    path = tmp_path_factory.mktemp("warehouse") / "gk.duckdb"
    with duckdb.connect(path) as connection:
        load_warehouse(Warehouse(connection, Lake(stored_years, forms)))
    return path


@pytest.fixture
def connection(loaded, tmp_path):
    """To a copy of the loaded database, which a test may spoil."""
    with duckdb.connect(shutil.copy(loaded, tmp_path / "gk.duckdb")) as connection:
        yield connection


@pytest.fixture
def warehouse(connection, lake) -> Warehouse:
    return Warehouse(connection, lake)


def all_rows(connection, query):
    return connection.execute(query).fetchall()


def test_it_holds_every_year_of_the_lake(warehouse, connection):
    query = "SELECT report_year, count(*), sum(value) FROM facts.facts GROUP BY ALL ORDER BY ALL"
    assert all_rows(connection, query) == [(2019, 45, Decimal(240)), (2020, 9, Decimal(48))]
    assert warehouse.differences() == []


def test_the_wide_table_of_a_form_is_there_without_code(connection):
    query = "SELECT alone, in_groups, total FROM tables.visits WHERE report_year = 2020 AND item = 'all_visits'"
    assert all_rows(connection, query) == [(5, 7, 12)]


def test_findings_of_single_layers_stay_out(warehouse):
    assert [name for name in warehouse.models if name.endswith(".findings")] == [
        "quality.findings",
        "panel.findings",
    ]


def test_types_and_meanings_come_from_the_models(connection):
    query = """SELECT data_type, is_nullable, comment FROM duckdb_columns()
               WHERE schema_name = 'facts' AND table_name = 'facts' AND column_name = 'value'"""
    [(data_type, nullable, comment)] = all_rows(connection, query)
    assert (data_type, nullable) == ("DECIMAL(20,6)", True)
    assert comment.startswith("核定值: the number the laws support")


def test_loading_again_changes_nothing(warehouse):
    assert load_warehouse(warehouse) == {2019: [], 2020: []}


def test_a_year_that_left_the_lake_leaves_the_warehouse(warehouse, connection, lake):
    for layer in ("documents", "sections", "tables", "facts", "quality"):
        lake.beside(layer, 2019, "json").unlink()
    load_warehouse(warehouse)
    assert all_rows(connection, "SELECT DISTINCT report_year FROM facts.facts") == [(2020,)]
    assert warehouse.years() == [2020]


def test_rows_changed_by_hand_are_noticed_and_mended(warehouse, connection):
    connection.execute("UPDATE facts.facts SET value = 99 WHERE report_year = 2020 AND item = 'all_visits'")
    by_sum, by_contents = warehouse.differences()
    assert by_sum == Difference("facts.facts", 2020, "value sum", Decimal(48), Decimal(48 - 24 + 3 * 99))
    assert by_contents.measured == "contents of the rows"
    assert load_warehouse(warehouse) == {2019: [], 2020: ["facts.facts"]}
    assert warehouse.differences() == []


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE facts.facts SET status = 'disputed' WHERE report_year = 2020",  # as long as `verified`
        "UPDATE facts.facts SET value = CASE item WHEN 'enquiries' THEN value + 1 ELSE value - 1 END "
        "WHERE report_year = 2020 AND measure = 'total' AND item IN ('enquiries', 'complaints')",
    ],
)
def test_rows_changed_by_hand_are_noticed_where_every_sum_is_the_same(warehouse, connection, spoil):
    before = all_rows(connection, "SELECT * FROM facts.facts ORDER BY ALL")
    connection.execute(spoil)
    assert all_rows(connection, "SELECT * FROM facts.facts ORDER BY ALL") != before
    assert [one.measured for one in warehouse.differences()] == ["contents of the rows"]
    assert load_warehouse(warehouse) == {2019: [], 2020: ["facts.facts"]}
    assert all_rows(connection, "SELECT * FROM facts.facts ORDER BY ALL") == before


THEIRS = {
    "warehouse.items": "CREATE TABLE warehouse.items (sku VARCHAR)",
    "warehouse.facts": "CREATE VIEW warehouse.facts AS SELECT 1 AS one",
    "main.loaded_files": "CREATE TABLE loaded_files (table_name VARCHAR, report_year INTEGER, sha256 VARCHAR)",
    "main.made_views": "CREATE TABLE made_views (x INTEGER)",
}


@pytest.mark.parametrize("name", THEIRS)
@pytest.mark.parametrize("ours", [True, False])
def test_what_no_run_made_is_left_alone_and_told(connection, empty, lake, name, ours):
    database = connection if ours else empty
    database.execute("CREATE SCHEMA IF NOT EXISTS warehouse")
    if ours:
        kind, _ = THEIRS[name].removeprefix("CREATE ").split(" ", 1)
        database.execute(f"DROP {kind} IF EXISTS {name}" + (" CASCADE" if kind == "VIEW" else ""))
    database.execute(THEIRS[name])
    before = all_rows(database, "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY ALL")
    with pytest.raises(dg.Failure, match="already, which no run made") as told:
        load_warehouse(Warehouse(database, lake))
    assert name in str(told.value)
    after = all_rows(database, "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY ALL")
    assert after == before


def test_an_empty_list_is_another_content_than_none(empty, lake):
    Warehouse(empty, lake).prepare()
    empty.execute("CREATE TABLE one AS SELECT NULL::VARCHAR[] AS v UNION ALL SELECT []")
    [hashes] = all_rows(empty, "SELECT count(DISTINCT hash(v)), count(DISTINCT hash(v, v IS NULL)) FROM one")
    assert hashes == (1, 2)


class Forgetful:
    """A connection that loses all but one row of the facts it inserts."""

    def __init__(self, connection):
        self._connection = connection

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, query, *values):
        lost = " LIMIT 1" if query.startswith("INSERT INTO facts.facts") else ""
        return self._connection.execute(query + lost, *values)


def test_a_year_that_did_not_arrive_whole_is_rolled_back(empty, lake):
    warehouse = Warehouse(Forgetful(empty), lake)
    warehouse.prepare()
    with pytest.raises(WarehouseDiffers, match=r"facts\.facts of 2020: rows is 9 in the lake and 1 in the warehouse"):
        warehouse.load(2020)
    assert set(warehouse.row_counts().values()) == {0}


def test_an_old_year_survives_a_failed_load_of_its_successor(connection, lake, rewrite):
    rewrite(lake, "facts.facts", 2020, lambda facts: facts.with_columns(status=pl.lit("unverified")))
    lake.beside("quality", 2020, "json").unlink()
    with pytest.raises(WarehouseDiffers):
        Warehouse(Forgetful(connection), lake).load(2020)
    query = "SELECT status, count(*) FROM facts.facts WHERE report_year = 2020 GROUP BY ALL"
    assert all_rows(connection, query) == [("verified", 9)]


def test_one_unsound_year_does_not_keep_the_others_out(empty, lake):
    lake.file("facts.facts", 2019).unlink()
    warehouse = Warehouse(empty, lake)
    with pytest.raises(dg.Failure, match="materialize facts of 2019 again"):
        load_warehouse(warehouse)
    assert all_rows(empty, "SELECT DISTINCT report_year FROM facts.facts") == [(2020,)]


def test_a_table_whose_model_changed_is_made_anew(connection, lake, tmp_path, forms):
    [form] = forms
    [part] = form.tables[0].parts
    narrower = replace(part, measures=part.measures[:2])
    other = replace(form, tables=(replace(form.tables[0], parts=(narrower,), laws=()),))
    shutil.rmtree(lake.file("tables.visits", 2019).parents[1])
    changed = Warehouse(connection, Lake(tmp_path / "nothing stored yet", [other]))
    load_warehouse(changed)
    names = [name for (name, *_) in all_rows(connection, "DESCRIBE tables.visits")]
    assert names == ["report_year", "report_id", "item", "form", "alone", "in_groups"]


def test_a_table_that_no_form_has_any_more_is_dropped(connection, lake):
    Warehouse(connection, Lake(lake.folder, shipped_forms())).prepare()
    tables = all_rows(connection, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'tables'")
    assert ("visits",) not in tables
    assert ("applications",) in tables


def test_no_column_is_named_by_a_reserved_word(empty):
    query = "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
    reserved = {word for (word,) in all_rows(empty, query)}
    for name, model in lake_tables(shipped_forms()).items():
        assert not reserved.intersection(model.polars_schema()), name


def test_every_model_becomes_a_table(empty):
    for statement in ddl.create_schemas():
        empty.execute(statement)
    models = lake_tables(shipped_forms())
    for model in models.values():
        empty.execute(ddl.create_table(model))
        for statement in ddl.comments(model):
            empty.execute(statement)
    query = "SELECT schema_name || '.' || table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    made = {}
    for table, column, comment in all_rows(empty, f"{query} ORDER BY column_index"):
        made.setdefault(table, {})[column] = comment
    for name, model in models.items():
        columns = [column for column in model.polars_schema() if column != YEAR]
        assert list(made[name]) == [YEAR, *columns], name
        assert [made[name][column] for column in columns] == [meaning(model, column) for column in columns], name
    assert made.keys() == models.keys()
