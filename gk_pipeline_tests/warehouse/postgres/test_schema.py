"""Tables follow the models: columns are added, everything else is made anew, newer databases are left alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gk_pipeline.forms import shipped_forms
from gk_pipeline.schemas.catalog import lake_tables
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse.names import warehouse_names
from gk_pipeline.warehouse.postgres.bookkeeping import SCHEMA_VERSION, FeedBusy, NewerDatabase, lock
from gk_pipeline.warehouse.postgres.ddl import fingerprint
from gk_pipeline.warehouse.postgres.feed import feed
from gk_pipeline.warehouse.postgres.server import FeedFailed

FINGERPRINTS = Path(__file__).parents[2] / "fixtures" / "schema_versions.json"
COLUMN = """SELECT format_type(atttypid, atttypmod), attnotnull, col_description(attrelid, attnum)
            FROM pg_attribute WHERE attrelid = '{}'::regclass AND attname = '{}'"""
VIEW = "warehouse.facts"


def test_types_keys_and_meanings_come_from_the_models(database):
    [(dtype, required, meaning)] = database.rows(COLUMN.format("facts.facts", "value"))
    assert (dtype, required) == ("numeric(20,6)", False)
    assert meaning.startswith("核定值: the number the laws support")
    key = (
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'facts.facts'::regclass AND contype = 'p'"
    )
    assert database.rows(key) == [("PRIMARY KEY (report_year, report_id, table_code, item, measure)",)]


def test_every_table_and_column_says_what_it_means(database):
    query = """SELECT a.attrelid::regclass::text || '.' || a.attname FROM pg_attribute a
               JOIN pg_class c ON c.oid = a.attrelid
               WHERE c.relkind = 'p' AND a.attnum > 0 AND col_description(c.oid, a.attnum) IS NULL"""
    assert database.rows(query) == []


def test_reference_tables_have_keys_and_order_texts_by_their_bytes_as_the_others_do(database):
    keys = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'warehouse.items'::regclass"
    assert database.rows(f"{keys} AND contype = 'p'") == [("PRIMARY KEY (form, table_code, item)",)]
    collations = """SELECT DISTINCT l.collname::text, c.relkind::text FROM pg_attribute a
                    JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation
                    WHERE c.relnamespace = 'warehouse'::regnamespace AND c.relkind = 'r'"""
    assert database.rows(collations) == [("C", "r")]


def test_the_star_is_there_too(database):
    query = f"SELECT report_year, count(*), sum(value)::text FROM {VIEW} GROUP BY 1 ORDER BY 1"
    assert database.rows("SELECT obj_description('warehouse.facts'::regclass) <> ''") == [(True,)]
    assert database.rows(query) == []  # the lake of these tests has no panel


@pytest.mark.parametrize(
    "spoil",
    [
        "DROP VIEW warehouse.series",
        "DROP VIEW warehouse.facts CASCADE",
        "DROP TABLE warehouse.laws",
        "DROP TABLE warehouse.items CASCADE",
        "UPDATE warehouse.items SET label = 'other'",
        "DELETE FROM warehouse.measures",
        "CREATE OR REPLACE VIEW warehouse.years AS SELECT * FROM ({years}) y WHERE false",
        "DROP SCHEMA warehouse CASCADE",
    ],
)
def test_a_star_that_somebody_spoilt_is_made_anew(database, lake, spoil):
    asked = """SELECT c.relname::text, CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid) END FROM pg_class c
               WHERE c.relnamespace = to_regnamespace('warehouse') AND c.relkind IN ('r', 'v') ORDER BY 1"""
    rows = "SELECT i::text FROM warehouse.items i UNION ALL SELECT m::text FROM warehouse.measures m ORDER BY 1"
    star = database.rows(asked), database.rows(rows)
    [(years,)] = database.rows("SELECT rtrim(pg_get_viewdef('warehouse.years'::regclass), ';')")
    database.run(spoil.format(years=years))
    assert feed(database.server, lake).n_rows == 0
    assert (database.rows(asked), database.rows(rows)) == star


@pytest.mark.parametrize("column", ["value", "reading"])
def test_a_column_that_the_models_gained_is_added_and_filled(database, lake, column):
    before = database.contents()
    wanted = database.rows(COLUMN.format("facts.facts", column))
    database.run(f"DROP VIEW {VIEW} CASCADE", f"ALTER TABLE facts.facts DROP COLUMN {column}")
    fed = feed(database.server, lake)
    assert fed.migrated == [f"facts.facts: columns were added: {column}."]
    assert database.rows(COLUMN.format("facts.facts", column)) == wanted
    assert fed.changed[2020]["facts.facts"].updated == 9
    query = f"SELECT count(*) FROM facts.facts WHERE {column} IS NULL"
    assert database.rows(query) == database.rows("SELECT count(*) FROM facts.facts WHERE value IS NULL")
    assert database.contents().keys() == before.keys()


def test_a_column_of_another_type_has_its_table_made_anew(database, lake):
    before = database.contents()
    database.run("ALTER TABLE facts.revisions ALTER COLUMN n_changed TYPE integer")
    fed = feed(database.server, lake)
    assert fed.migrated == ["facts.revisions was rebuilt from the lake, because n_changed changed."]
    assert database.rows(COLUMN.format("facts.revisions", "n_changed"))[0][0] == "bigint"
    assert database.contents() == before


def test_a_table_that_no_form_has_any_more_is_dropped(database, lake, forms):
    [form] = forms
    without = replace(form, tables=(replace(form.tables[0], code="calls"),))
    fed = feed(database.server, Lake(lake.folder, [without]))
    assert "tables.visits was dropped: no model describes it any more." in fed.migrated
    assert "tables.visits" not in database.tables()
    assert "tables.calls" in database.tables()


@pytest.mark.parametrize("gone", [[], ["DROP VIEW warehouse.series"]])
def test_a_database_of_the_first_version_which_kept_no_queries_of_views_is_fed_as_any_other(database, lake, gone):
    asked = "SELECT view_name, made, sha256, definition FROM feed.views ORDER BY made"
    before, views = database.contents(), database.rows(asked)
    database.run("ALTER TABLE feed.views DROP COLUMN definition", "UPDATE feed.versions SET schema_version = 1", *gone)
    fed = feed(database.server, lake)
    assert (fed.n_rows, fed.failed) == (0, [])
    assert (database.contents(), database.rows(asked)) == (before, views)
    assert all(definition for *_, definition in views)
    assert database.rows("SELECT schema_version FROM feed.versions ORDER BY 1") == [(1,), (SCHEMA_VERSION,)]
    assert database.rows(COLUMN.format("feed.views", "definition"))[0][2].startswith("the query of the view")


def test_a_view_of_somebody_else_stops_a_rebuild_and_nothing_changes(database, lake):
    database.run("ALTER TABLE facts.revisions ALTER COLUMN n_changed TYPE integer")
    database.run("CREATE VIEW public.mine AS SELECT n_changed FROM facts.revisions")
    before = database.versions_of_rows()
    with pytest.raises(FeedFailed, match=r"Table facts\.revisions has to be made anew.*view mine depends on"):
        feed(database.server, lake)
    assert database.versions_of_rows() == before
    assert database.rows(f"SELECT count(*) FROM {VIEW}") == [(0,)]


def test_a_migration_that_fails_leaves_everything_as_it_was(database, lake):
    database.run("ALTER TABLE facts.revisions ALTER COLUMN n_changed TYPE integer")
    before = database.versions_of_rows()
    lake.file("facts.facts", 2019).unlink()
    with pytest.raises(FeedFailed, match=r"see to that year, then feed again.*\n.*materialize facts of 2019 again"):
        feed(database.server, lake)
    assert database.versions_of_rows() == before
    assert database.rows(COLUMN.format("facts.revisions", "n_changed"))[0][0] == "integer"


def test_a_database_of_newer_code_is_left_alone(database, lake):
    database.run(f"INSERT INTO feed.versions VALUES ({SCHEMA_VERSION + 1}, '9.0')")
    before = database.versions_of_rows()
    with pytest.raises(NewerDatabase, match=r"fed by gk_pipeline 9\.0, .* Update this installation"):
        feed(database.server, lake)
    assert database.versions_of_rows() == before


def test_a_second_feed_says_that_there_is_a_first_one(database, session, lake, monkeypatch):
    monkeypatch.setattr("gk_pipeline.warehouse.postgres.bookkeeping._WAIT_FOR_LOCK", "50ms")
    lock(session)
    with pytest.raises(FeedBusy, match="Another feed is at work in this database"):
        feed(database.server, lake)


def test_a_change_of_the_models_raises_the_schema_version():
    """When this fails, raise SCHEMA_VERSION and add the new fingerprint: older programs must know that it changed."""
    models = lake_tables(shipped_forms())
    now = fingerprint({name: models[name] for name in warehouse_names(models)})
    known = json.loads(FINGERPRINTS.read_text())
    assert known.get(str(SCHEMA_VERSION)) == now
    assert max(map(int, known)) == SCHEMA_VERSION


THEIRS = {
    "warehouse.items": ["CREATE TABLE warehouse.items (sku text)"],
    "warehouse.sources": ["CREATE VIEW warehouse.sources AS SELECT 1 AS one"],
    "warehouse.rates": ["CREATE TABLE warehouse.rates (x integer)"],
    "facts.facts": ["CREATE TABLE facts.facts (x integer) PARTITION BY LIST (x)"],
    "feed.views": ["CREATE TABLE feed.views (hits integer)"],
    "feed_staging": ["CREATE TABLE feed_staging.mine (x integer)"],
}


@pytest.mark.parametrize("name", THEIRS)
def test_what_no_feed_made_is_left_alone_and_told(empty, lake, name):
    empty.run(f"CREATE SCHEMA {name.partition('.')[0]}", *THEIRS[name])
    before = empty.rows(EVERYTHING)
    with pytest.raises(FeedFailed, match=f"has {name} already, which no feed"):
        feed(empty.server, lake)
    assert empty.rows(EVERYTHING) == before


EVERYTHING = """SELECT c.oid::regclass::text, a.attname::text FROM pg_class c
                LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                WHERE c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                ORDER BY 1, 2"""


def test_a_database_fed_by_a_version_that_noted_no_tables_is_fed_on(database, lake):
    database.run("DROP TABLE feed.tables")
    fed = feed(database.server, lake)
    assert (fed.failed, fed.n_rows) == ([], 0)
    assert database.rows("SELECT count(*) > 20 FROM feed.tables") == [(True,)]


def test_a_table_of_somebody_else_in_such_a_database_is_left_alone(database, lake):
    database.run(
        "DROP TABLE feed.tables", "DROP TABLE warehouse.indicators", "CREATE TABLE warehouse.indicators (sku text)"
    )
    with pytest.raises(FeedFailed, match=r"has warehouse\.indicators already"):
        feed(database.server, lake)
    assert database.rows("SELECT count(*) FROM warehouse.indicators") == [(0,)]
