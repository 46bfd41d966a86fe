"""Postgres holds what the lake holds, and a feed touches no row that is the same."""

import json
import shutil
from decimal import Decimal

import polars as pl
import pytest
from adbc_driver_manager import Error
from conftest import UNLAWFUL, write_report

from gk_pipeline.definitions import STEPS
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse.postgres.feed import PostgresWarehouse, feed
from gk_pipeline.warehouse.postgres.server import FeedFailed, Session
from gk_pipeline.warehouse.postgres.sums import sums_of_postgres
from gk_pipeline.warehouse.postgres.year import Changed


@pytest.fixture
def reread(lake, raw, tmp_path, store_layer):
    """Change the folders of reports and read a year again."""
    copied = shutil.copytree(raw, tmp_path / "raw")

    def reread(year, change):
        change(copied / str(year))
        for step in STEPS:
            store_layer(step, lake, year, copied)
        return lake

    return reread


def test_it_holds_every_year_of_the_lake(database, session, lake):
    query = "SELECT report_year, count(*), sum(value)::text FROM facts.facts GROUP BY 1 ORDER BY 1"
    assert database.rows(query) == [(2019, 45, "240.000000"), (2020, 9, "48.000000")]
    assert PostgresWarehouse(session, lake).differences() == []


def test_decimals_are_exact(database, lake):
    query = "SELECT item, measure, value::text FROM facts.facts WHERE report_year = 2020 ORDER BY item, measure"
    stored = pl.read_parquet(lake.file("facts.facts", 2020), hive_partitioning=False).sort("item", "measure")
    found = [(item, measure, Decimal(value)) for item, measure, value in database.rows(query)]
    assert found == stored.select("item", "measure", "value").rows()


def test_lists_of_cells_are_json_and_lists_of_texts_are_arrays(database, lake):
    query = "SELECT block, grid_cells::text FROM documents.blocks WHERE report_year = 2020 ORDER BY block"
    stored = pl.read_parquet(lake.file("documents.blocks", 2020), hive_partitioning=False).sort("block")
    found = [(block, cells and json.loads(cells)) for block, cells in database.rows(query)]
    assert found == stored.select("block", "grid_cells").rows()
    assert any(cells for _, cells in found)
    assert database.rows("SELECT pg_typeof(rival_changes)::text FROM facts.repairs LIMIT 1") in ([], [("text[]",)])


def test_fed_again_it_changes_nothing(database, lake):
    before = database.versions_of_rows()
    fed = feed(database.server, lake)
    assert (fed.n_rows, fed.migrated, fed.failed) == (0, [], [])
    assert database.versions_of_rows() == before


def test_files_that_were_written_anew_with_the_same_rows_change_no_row(database, lake):
    database.run("UPDATE feed.loaded_files SET sha256 = 'of other bytes'")
    before = database.versions_of_rows()
    assert feed(database.server, lake).n_rows == 0
    after = database.versions_of_rows()
    assert {name for name in before if before[name] != after[name]} == {"feed.loaded_files"}


def test_a_withdrawn_report_disappears(database, session, reread):
    [(withdrawn,)] = database.rows("SELECT report_id FROM sections.reports WHERE organization = '丁县人民政府'")
    lake = reread(2019, lambda folder: (folder / "丁.txt").unlink())
    feed(database.server, lake)
    models = PostgresWarehouse(session, lake).models
    of_reports = [name for name, model in models.items() if "report_id" in model.polars_schema()]
    assert "facts.facts" in of_reports
    for name in of_reports:
        assert database.rows(f"SELECT count(*) FROM {name} WHERE report_id = {withdrawn}") == [(0,)], name
    assert database.rows("SELECT count(*) FROM facts.facts WHERE report_year = 2019") == [(36,)]


def test_a_changed_report_changes_only_its_rows(database, reread):
    query = "SELECT ctid::text, xmin::text FROM facts.facts WHERE report_id <> {} ORDER BY 1"
    [(changed,)] = database.rows("SELECT report_id FROM sections.reports WHERE organization = '丁县人民政府'")
    others = database.rows(query.format(changed))
    lake = reread(2019, lambda folder: write_report(folder, "丁", UNLAWFUL))
    fed = feed(database.server, lake)
    [(now,)] = database.rows("SELECT report_id FROM sections.reports WHERE organization = '丁县人民政府'")
    assert now != changed
    assert database.rows(query.format(now)) == others
    assert fed.changed[2019]["facts.facts"] == Changed(inserted=9, updated=0, deleted=9)
    assert fed.changed[2020] == {}


def test_a_row_that_is_judged_otherwise_is_updated_alone(database, lake, rewrite):
    doubt = pl.when(item="all_visits", measure="total").then(pl.lit("unverified")).otherwise("status").alias("status")
    rewrite(lake, "facts.facts", 2020, lambda facts: facts.with_columns(doubt))
    lake.beside("quality", 2020, "json").unlink()
    fed = feed(database.server, lake)
    assert fed.changed[2020]["facts.facts"] == Changed(inserted=0, updated=1, deleted=0)


def test_a_replaced_revision_is_visible(database, reread):
    assert database.rows("SELECT count(*) FROM facts.revisions") == [(0,)]

    def correct(folder):
        (folder / "甲.txt").rename(folder / "as first published.txt")
        write_report(folder, "甲", UNLAWFUL, 2020)

    feed(database.server, reread(2020, correct))
    standings = database.rows("SELECT standing FROM facts.revisions WHERE report_year = 2020 ORDER BY 1")
    assert standings == [("current",), ("superseded",)]
    assert database.rows("SELECT count(*) > 0 FROM facts.revised_cells WHERE report_year = 2020") == [(True,)]


def test_a_year_that_left_the_lake_leaves_the_database(database, lake):
    for layer in ("documents", "sections", "tables", "facts", "quality"):
        lake.beside(layer, 2019, "json").unlink()
    feed(database.server, lake)
    assert database.rows("SELECT DISTINCT report_year FROM facts.facts") == [(2020,)]


def test_an_empty_lake_empties_nothing(database, tmp_path, forms):
    with pytest.raises(FeedFailed, match="holds no year, so the database was left as it is"):
        feed(database.server, Lake(tmp_path, forms))
    assert database.rows("SELECT count(*) FROM facts.facts") == [(54,)]


LOSE = "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
LOSSY = "CREATE TRIGGER lossy BEFORE INSERT ON feed.facts_facts_2019 FOR EACH ROW EXECUTE FUNCTION lose()"


def test_a_year_that_did_not_arrive_whole_is_rolled_back(database, reread):
    lake = reread(2019, lambda folder: write_report(folder, "丁", UNLAWFUL))
    lake = reread(2020, lambda folder: write_report(folder, "乙", year=2020))
    database.run(
        LOSE, "CREATE TRIGGER lossy BEFORE INSERT ON feed.facts_facts_2019 FOR EACH ROW EXECUTE FUNCTION lose()"
    )
    before = database.contents()
    [told] = feed(database.server, lake).failed
    assert "facts.facts of 2019: rows is 45 in the lake and 36 in the warehouse" in told
    after = database.contents()
    assert {key: digest for key, digest in after.items() if key[1] == 2019} == {
        key: digest for key, digest in before.items() if key[1] == 2019
    }
    assert database.rows("SELECT count(*) FROM facts.facts WHERE report_year = 2020") == [(18,)]


def test_rows_changed_by_hand_are_noticed(database, session, lake):
    database.run("UPDATE facts.facts SET value = 99 WHERE report_year = 2020 AND item = 'all_visits'")
    by_sum, by_version = PostgresWarehouse(session, lake).differences()
    assert (by_sum.name, by_sum.measured, by_sum.in_warehouse) == ("facts.facts", "value sum", 48 - 24 + 297)
    assert (by_version.name, by_version.measured) == ("facts.facts", "row versions since loading")


KEEPS_EVERY_SUM = [
    "UPDATE facts.facts SET status = 'disputed' WHERE report_year = 2020",  # as long as `verified`
    "UPDATE facts.facts SET value = CASE item WHEN 'enquiries' THEN value + 1 ELSE value - 1 END "
    "WHERE report_year = 2020 AND measure = 'total' AND item IN ('enquiries', 'complaints')",
]


@pytest.mark.parametrize("spoil", KEEPS_EVERY_SUM)
def test_rows_changed_by_hand_are_noticed_where_every_sum_is_the_same(database, session, lake, spoil):
    before = database.contents()
    database.run(spoil)
    assert database.contents() != before
    assert {one.measured for one in PostgresWarehouse(session, lake).differences()} == {"row versions since loading"}
    assert feed(database.server, lake).failed == []
    assert database.contents() == before
    assert PostgresWarehouse(session, lake).differences() == []


def test_while_a_year_is_brought_nobody_else_can_change_it(database, lake, reread, monkeypatch):
    lake = reread(2019, lambda folder: write_report(folder, "丁", UNLAWFUL))
    swap = "UPDATE facts.facts SET status = CASE status WHEN 'verified' THEN 'disputed' ELSE status END"
    refused = []

    def meddling(*asked):
        with database.server.connected() as other:
            other.run("SET lock_timeout = '200ms'")
            with pytest.raises(Error) as told:
                other.run(f"{swap} WHERE report_year = 2019")
        refused.append(str(told.value))
        return sums_of_postgres(*asked)

    monkeypatch.setattr("gk_pipeline.warehouse.postgres.feed.sums_of_postgres", meddling)
    assert feed(database.server, lake).failed == []
    assert refused
    assert all("lock timeout" in told for told in refused)


def test_a_database_fed_by_a_version_that_kept_no_row_versions_is_compared_once(database, session, lake):
    database.run("UPDATE feed.loaded_files SET row_versions = NULL", KEEPS_EVERY_SUM[0])
    assert PostgresWarehouse(session, lake).differences() == []
    assert feed(database.server, lake).changed[2020]["facts.facts"].updated > 0
    assert feed(database.server, lake).n_rows == 0
    assert database.rows("SELECT count(*) FROM feed.loaded_files WHERE row_versions IS NULL") == [(0,)]


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE facts.facts SET value = 99 WHERE report_year = 2020 AND item = 'all_visits'",
        "DELETE FROM facts.facts WHERE report_year = 2020 AND item = 'all_visits'",
        "TRUNCATE facts.facts",
        "DROP TABLE feed.facts_facts_2020",
        "DROP TABLE facts.facts CASCADE",
    ],
)
def test_rows_changed_by_hand_are_mended_by_the_next_feed(database, session, lake, spoil):
    before = database.contents()
    database.run(spoil)
    assert database.contents() != before
    assert feed(database.server, lake).failed == []
    assert database.contents() == before
    assert PostgresWarehouse(session, lake).differences() == []


def test_mending_touches_only_the_rows_that_were_changed(database, lake):
    database.run("UPDATE facts.facts SET value = 99 WHERE report_year = 2020 AND item = 'all_visits'")
    assert feed(database.server, lake).changed == {2019: {}, 2020: {"facts.facts": Changed(0, 3, 0)}}


def test_one_unsound_year_does_not_keep_the_others_out(empty, lake):
    lake.file("facts.facts", 2019).unlink()
    [told] = feed(empty.server, lake).failed
    assert "materialize facts of 2019 again" in told
    assert empty.rows("SELECT DISTINCT report_year FROM facts.facts") == [(2020,)]


def test_a_text_with_a_nul_arrives_with_a_replacement_character(empty, lake, rewrite):
    spoilt = pl.col("text").str.replace("来", "\x00")
    cells = pl.col("grid_cells").list.eval(
        pl.element().struct.with_fields(pl.field("text").str.replace("来", "\x00\\u0000"))
    )
    rewrite(lake, "documents.blocks", 2020, lambda blocks: blocks.with_columns(spoilt, cells))
    for layer in ("sections", "tables", "facts", "quality"):
        lake.beside(layer, 2020, "json").unlink()
    assert feed(empty.server, lake).failed == []
    [(texts,)] = empty.rows("SELECT count(*) FROM documents.blocks WHERE report_year = 2020 AND text LIKE '%\ufffd%'")
    [(grids,)] = empty.rows("SELECT count(*) FROM documents.blocks WHERE grid_cells::text LIKE '%\ufffd\\\\\\\\u0000%'")
    assert texts > 0
    assert grids > 0


def longer_than_an_index_holds():
    """A path of characters that no index can make shorter."""
    return "".join(chr(0x4E00 + n * 7_919 % 20_000) for n in range(990))


def test_a_year_that_the_server_refuses_does_not_keep_the_others_out(empty, lake, rewrite):
    rewrite(
        lake,
        "documents.files",
        2019,
        lambda files: files.with_columns(path=pl.lit(longer_than_an_index_holds()) + pl.col("path")),
    )
    for layer in ("sections", "tables", "facts", "quality"):
        lake.beside(layer, 2019, "json").unlink()
    [told] = feed(empty.server, lake).failed
    assert told.startswith("2019 was left as it was. Postgres, ")
    assert "give the file, or the folder it lies in, a shorter name" in told
    assert "Failed to execute query '" not in told
    assert "\n" not in told
    assert empty.rows("SELECT DISTINCT report_year FROM facts.facts") == [(2020,)]
    assert empty.rows("SELECT DISTINCT report_year FROM feed.loaded_files") == [(2020,)]


STAGING = "SELECT count(*) FROM pg_namespace WHERE nspname = 'feed_staging'"


def test_years_that_fail_leave_nothing_that_was_staged(empty, lake, rewrite):
    rewrite(lake, "documents.files", 2019, lambda files: files.with_columns(path=pl.lit(longer_than_an_index_holds())))
    for layer in ("sections", "tables", "facts", "quality"):
        lake.beside(layer, 2019, "json").unlink()
    assert len(feed(empty.server, lake).failed) == 1
    assert empty.rows(STAGING) == [(0,)]
    assert empty.rows("SELECT count(*) FROM pg_tables WHERE tablename LIKE '%2019'") == [(0,)]


def test_a_connection_that_is_lost_while_a_table_is_staged_costs_that_year_alone(empty, lake, monkeypatch):
    copy = Session.copy

    def lost(session, table, rows, *, schema):
        if table == "facts_facts_2019":
            session.run("SELECT pg_terminate_backend(pg_backend_pid())")
        copy(session, table, rows, schema=schema)

    monkeypatch.setattr(Session, "copy", lost)
    [told] = feed(empty.server, lake).failed
    assert told.startswith("2019 was left as it was. Postgres, ")
    assert empty.rows("SELECT DISTINCT report_year FROM facts.facts") == [(2020,)]
    assert empty.rows(STAGING) == [(0,)]


def test_a_connection_that_is_lost_ends_the_feed(empty, lake, monkeypatch):
    def lost(session, *_):
        session.run("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr("gk_pipeline.warehouse.postgres.feed.bring", lost)
    with pytest.raises(FeedFailed, match=r"terminat|closed|connection"):
        feed(empty.server, lake)
