"""A year starts when its folder has changed and come to rest."""

import os

import dagster as dg
import duckdb
import pytest

from gk_pipeline.assets.pages import PAGES
from gk_pipeline.assets.postgres import POSTGRES
from gk_pipeline.assets.sensor import changed_lake, changed_years, due_years, marks
from gk_pipeline.assets.warehouse import WAREHOUSE
from gk_pipeline.definitions import ONE_YEAR, build_definitions

PANEL = [
    dg.AssetKey(["panel", name])
    for name in ("current_reports", "year_links", "settlements", "rates", "panel", "findings")
]


def test_a_folder_that_came_to_rest_is_started_once():
    assert due_years({"2019": "a"}, seen_before={}, started={}) == []
    assert due_years({"2019": "a"}, seen_before={"2019": "a"}, started={}) == ["2019"]
    assert due_years({"2019": "a"}, seen_before={"2019": "a"}, started={"2019": "a"}) == []


def test_a_folder_that_is_still_being_filled_waits():
    assert due_years({"2019": "b"}, seen_before={"2019": "a"}, started={}) == []


def test_a_folder_that_returns_to_an_earlier_state_is_started_again():
    assert due_years({"2019": "a"}, seen_before={"2019": "a"}, started={"2019": "b"}) == ["2019"]


def test_a_year_that_is_not_over_waits():
    assert due_years({"2100": "a"}, seen_before={"2100": "a"}, started={}) == []


def test_the_mark_changes_with_names_sizes_and_times(tmp_path, report):
    seen = [marks(tmp_path, tmp_path / "corrections")]
    path = report(tmp_path / "2019", "甲")
    seen.append(marks(tmp_path, tmp_path / "corrections"))
    os.utime(path, (0, 0))
    seen.append(marks(tmp_path, tmp_path / "corrections"))
    path.rename(path.with_name("乙.txt"))
    seen.append(marks(tmp_path, tmp_path / "corrections"))
    assert [list(each) for each in seen] == [[], ["2019"], ["2019"], ["2019"]]
    assert len({each.get("2019") for each in seen}) == 4


def test_the_sensor_starts_the_job_of_the_year(tmp_path, report):
    report(tmp_path / "raw" / "2019", "甲")
    sensor = changed_years(tmp_path / "raw", tmp_path / "corrections", "one_year")
    first = sensor(dg.build_sensor_context())
    second = sensor(dg.build_sensor_context(cursor=first.cursor))
    assert not first.run_requests
    assert [request.partition_key for request in second.run_requests] == ["2019"]


class Daemon:
    """Asks tick by tick what is to be run, as the daemon does."""

    def __init__(self, definitions: dg.Definitions, instance: dg.DagsterInstance) -> None:
        self.definitions, self.instance, self.cursor = definitions, instance, None

    def tick(self) -> int:
        result = dg.evaluate_automation_conditions(self.definitions, self.instance, cursor=self.cursor)
        self.cursor = result.cursor
        return result.total_requested


@pytest.fixture
def home(tmp_path, report, forms):
    report(tmp_path / "raw" / "2019", "甲")
    places = {"raw": tmp_path / "raw", "lake": tmp_path / "lake", "duckdb": tmp_path / "gk.duckdb"}
    return build_definitions(**places, forms=forms)


AFTER = {*PANEL, WAREHOUSE, PAGES}
"""What is made from all years."""


def test_the_warehouse_holds_the_year_that_a_sensor_started(home, tmp_path):
    with dg.DagsterInstance.ephemeral() as instance:
        daemon = Daemon(home, instance)
        assert daemon.tick() == 0
        assert home.resolve_job_def(ONE_YEAR).execute_in_process(instance=instance, partition_key="2019").success
        assert daemon.tick() == len(AFTER)
        load = home.resolve_implicit_job_def_def_for_assets(list(AFTER))
        assert load.execute_in_process(instance=instance, asset_selection=list(AFTER)).success
        assert daemon.tick() == 0
    with duckdb.connect(tmp_path / "gk.duckdb", read_only=True) as database:
        assert database.sql("SELECT DISTINCT report_year FROM facts.facts").fetchall() == [(2019,)]


def test_the_warehouse_waits_while_another_year_is_being_made(home):
    job = home.resolve_job_def(ONE_YEAR)
    with dg.DagsterInstance.ephemeral() as instance:
        daemon = Daemon(home, instance)
        assert daemon.tick() == 0
        tags = {"dagster/partition": "2018"}
        other = instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED, tags=tags)
        assert job.execute_in_process(instance=instance, partition_key="2019").success
        assert daemon.tick() == 0
        instance.report_run_failed(other)
        assert daemon.tick() == len(AFTER)


def test_the_warehouse_is_loaded_for_whoever_made_the_year_without_being_switched_on():
    sensor = changed_lake()
    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING
    graph = build_definitions(postgres="postgresql://gk@db.example/gk").resolve_asset_graph()
    assert sensor.asset_selection.resolve(graph) == {*PANEL, WAREHOUSE, PAGES, POSTGRES}
