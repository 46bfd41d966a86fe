"""Cells in doubt give the ten questions the same answers on DuckDB and on Postgres, numbers that are not known last."""

from itertools import groupby
from operator import itemgetter

import duckdb
import polars as pl
import pytest
import queries_page
from adbc_driver_postgresql import dbapi
from pictures.pages.shelf import stored_shelf
from queries_page import PAGE, queries

from gk_pipeline.assets.panel import store_panel
from gk_pipeline.assets.warehouse import load_warehouse
from gk_pipeline.schemas.table import LAYERS
from gk_pipeline.storage.manifest import Manifest
from gk_pipeline.warehouse.duckdb_warehouse import Warehouse
from gk_pipeline.warehouse.postgres.feed import feed
from gk_pipeline.warehouse.postgres.server import PostgresServer

from . import asked

UNKNOWN = pl.col("item").is_in(["refused_state_secret", "carried_out"])


def forget(facts):
    """The facts without the numbers of two rows, as if nobody had printed them."""
    return facts.with_columns(
        *(pl.when(UNKNOWN).then(None).otherwise(pl.col(name)).alias(name) for name in ("value", "reported")),
        status=pl.when(UNKNOWN).then(pl.lit("missing")).otherwise("status"),
    )


def settle(settlements, disputed):
    """The settlements with one for each of these cells."""
    told = disputed.with_columns(
        value=(pl.col("value") + 1).cast(pl.Decimal(20, 6)),
        organization_id=pl.lit("org-1"),
        settlement_kind=pl.lit("settled"),
        neighbour=pl.lit("last_year"),
        last_report_id=pl.lit(1, pl.Int64),
        next_report_id=pl.lit(None, pl.Int64),
        evidence=pl.lit("what the year before says"),
    )
    return pl.concat([settlements, told.select(settlements.columns)])


def sealed(lake):
    """The lake as if every layer had been made from what is stored now."""
    for year in lake.years():
        for layer in LAYERS:
            Manifest(lake.manifest(layer, year).files).save(lake.beside(layer, year, "json"))
    return lake


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory, store_layer, rewrite):
    """A lake with disputed, settled and missing cells."""
    lake = stored_shelf(tmp_path_factory.mktemp("shelf"), store_layer)
    for year in (2023, 2024):
        rewrite(lake, "facts.facts", year, forget)
    store_panel(sealed(lake), lambda *_: None)
    facts = pl.read_parquet(lake.file("facts.facts", 2020), hive_partitioning=False)
    disputed = facts.filter(status="disputed").head(2)
    rewrite(lake, "panel.settlements", 2020, lambda settlements: settle(settlements, disputed))
    return sealed(lake)


@pytest.fixture(scope="module")
def engines(doubtful, tmp_path_factory):
    """How DuckDB and Postgres over that lake are asked."""
    with (
        asked.server(tmp_path_factory.mktemp("postgres")) as uri,
        duckdb.connect() as loaded,
        dbapi.connect(uri) as fed,
    ):
        load_warehouse(Warehouse(loaded, doubtful))
        assert feed(PostgresServer(uri), doubtful).failed == []
        yield queries_page.asking(loaded), asked.asking(fed)


def test_the_lake_has_what_is_in_doubt(engines):
    for ask in engines:
        _, rows = ask("SELECT DISTINCT status FROM warehouse.facts")
        assert {status for (status,) in rows} >= {"disputed", "settled", "missing", "verified"}


@pytest.mark.parametrize("number", range(1, 11))
def test_each_question_has_the_same_answer_on_both(engines, number):
    query = queries(PAGE.read_text(encoding="utf-8"))[number - 1]
    on_duckdb, on_postgres = (list(map(tuple, ask(query)[1])) for ask in engines)
    assert on_duckdb == on_postgres


def test_numbers_that_are_not_known_come_last(engines):
    query = queries(PAGE.read_text(encoding="utf-8"))[1]
    for ask in engines:
        _, rows = ask(query)
        for _, of_scope in groupby(rows, key=itemgetter(0)):
            sums = [row[3] for row in of_scope]
            assert sums[-1] is None
            assert None not in sums[:-1]


def test_an_order_that_leaves_the_engines_their_own_would_be_noticed(engines):
    query = queries(PAGE.read_text(encoding="utf-8"))[1].replace(" NULLS LAST", "")
    on_duckdb, on_postgres = (list(map(tuple, ask(query)[1])) for ask in engines)
    assert on_duckdb != on_postgres


@pytest.fixture
def changed(doubtful):
    """A database over that lake, which a test may change."""
    with duckdb.connect() as connection:
        load_warehouse(Warehouse(connection, doubtful))
        yield connection


@pytest.mark.parametrize(("number", "indicators"), [(4, "%s_overturned_share"), (7, "received_share_%")])
def test_a_body_without_the_table_is_not_lost(changed, number, indicators):
    query = queries(PAGE.read_text(encoding="utf-8"))[number - 1]
    nothing = "form = NULL, numerator = NULL, denominator = NULL, value = NULL, open_because = 'no_number'"
    changed.execute(f"UPDATE panel.rates SET {nothing} WHERE report_year = 2024 AND rate LIKE ?", [indicators])
    told = changed.sql(query).pl().filter(report_year=2024)
    rates = "SELECT count(*) FROM panel.rates WHERE report_year = 2024 AND rate LIKE ?"
    [(n_rates,)] = changed.execute(rates, [indicators]).fetchall()
    assert told.height == n_rates > 1
    assert told["open_because"].unique().to_list() == ["no_number"]
    assert told["label"].null_count() == 0


def test_reasons_are_added_up_within_a_scope(changed):
    query = queries(PAGE.read_text(encoding="utf-8"))[1]
    changed.execute("UPDATE panel.current_reports SET scope = 'own'")
    alone = changed.execute(query).fetchall()
    changed.execute("UPDATE panel.current_reports SET scope = 'consolidated' WHERE report_year = 2024")
    apart = changed.execute(query).fetchall()
    assert {row[0] for row in alone} == {"own"}
    assert {row[0] for row in apart} == {"own", "consolidated"}
    assert [row[-1] for row in alone] == [2] * 8
    assert [row[-1] for row in apart] == [1] * 16
