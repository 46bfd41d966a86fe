"""Postgres is fed by an asset that is there where a server is named, and only there."""

import dagster as dg

from gk_pipeline.assets.postgres import POSTGRES
from gk_pipeline.checks.warehouse import equals_lake
from gk_pipeline.definitions import WAREHOUSE_JOB, build_definitions
from gk_pipeline.warehouse.postgres.feed import PostgresWarehouse


def keys(definitions):
    return definitions.resolve_asset_graph().get_all_asset_keys()


def test_without_a_server_there_is_no_asset(forms, monkeypatch):
    monkeypatch.delenv("GK_POSTGRES", raising=False)
    assert POSTGRES not in keys(build_definitions(forms=forms))


def test_the_environment_names_the_server(forms, monkeypatch):
    monkeypatch.setenv("GK_POSTGRES", "postgresql://gk:secret@db.example/gk")
    definitions = build_definitions(forms=forms)
    assert POSTGRES in keys(definitions)
    assert str(definitions.resources["server"]) == "gk at db.example"
    assert "secret" not in repr(definitions.resources["server"])


def materialize(uri, lake, forms):
    definitions = build_definitions(lake=lake.folder, forms=forms, postgres=uri)
    job = definitions.resolve_job_def(WAREHOUSE_JOB)
    return job.execute_in_process(
        instance=dg.DagsterInstance.ephemeral(), asset_selection=[POSTGRES], raise_on_error=False
    )


def test_the_run_tells_how_many_rows_changed(empty, lake, forms):
    run = materialize(empty.uri, lake, forms)
    [made] = run.asset_materializations_for_node("warehouse__postgres")
    assert made.metadata["years"].value == "2019, 2020"
    assert made.metadata["rows_changed"].value > 100
    assert empty.rows("SELECT count(*) FROM facts.facts") == [(54,)]
    [check] = run.get_asset_check_evaluations()
    assert (check.check_name, check.passed) == ("equals_lake", True)


def test_the_check_notices_rows_that_were_changed_by_hand(database, session, lake):
    database.run("DELETE FROM facts.facts WHERE report_year = 2020")
    verdict = equals_lake(PostgresWarehouse(session, lake))
    assert set(verdict.offenders["name"]) == {"facts.facts"}


def test_a_run_that_finds_no_server_says_so_in_its_first_line(lake, forms):
    run = materialize("postgresql://gk:secret@127.0.0.1:1/gk", lake, forms)
    [failure] = [event.step_failure_data for event in run.all_events if event.is_step_failure]
    told = failure.user_failure_data.description
    assert told.startswith("Postgres, gk at 127.0.0.1:1: ")
    assert "Connection refused" in told
    assert "secret" not in str(run.all_events)
