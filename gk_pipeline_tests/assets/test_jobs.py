"""The jobs and the schedule that an operator finds in the UI."""

from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from gk_pipeline.assets.jobs import ALL_YEARS, after_the_deadlines, year_over
from gk_pipeline.definitions import build_definitions
from gk_pipeline.storage.lake import Lake

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@pytest.fixture
def places(raw, forms, tmp_path):
    return {"raw": raw, "lake": tmp_path / "lake", "duckdb": tmp_path / "gk.duckdb", "forms": forms}


def run_all(places, instance, years=None):
    config = {**QUIET, "ops": {"read_all_years": {"config": {"years": years} if years else {}}}}
    job = build_definitions(**places).resolve_job_def(ALL_YEARS)
    return job.execute_in_process(config, instance, raise_on_error=False)


def failure(run):
    [event] = [event for event in run.all_events if event.is_step_failure]
    return event.step_failure_data.user_failure_data.description


def test_all_years_reads_every_folder_and_loads_the_database_each_in_a_run_of_its_own(places):
    with dg.DagsterInstance.ephemeral() as instance:
        assert run_all(places, instance).success
        runs = instance.get_runs()
    years = sorted(run.tags["dagster/partition"] for run in runs if run.job_name == "one_year")
    assert years == ["2019", "2020"]
    assert [run.job_name for run in runs].count("warehouse") == 2
    assert Lake(places["lake"], places["forms"]).years() == [2019, 2020]
    assert places["duckdb"].exists()


def test_a_year_that_fails_does_not_stop_the_others_and_is_named_first(places, tmp_path):
    corrections = tmp_path / "corrections"
    corrections.mkdir()
    (corrections / "2019.yaml").write_text("- report: 2019/none.txt\n", encoding="utf-8")
    with dg.DagsterInstance.ephemeral() as instance:
        run = run_all({**places, "corrections": corrections}, instance)
    assert not run.success
    first = failure(run).splitlines()[0]
    assert first.startswith("2019: documents of 2019: ")
    assert "2019.yaml:1" in first
    assert 2020 in Lake(places["lake"], places["forms"]).years()


def test_years_that_are_none_are_told(places):
    with dg.DagsterInstance.ephemeral() as instance:
        assert "'next' is no report year" in failure(run_all(places, instance, "next"))


def scheduled(raw, when):
    return after_the_deadlines(raw)(dg.build_schedule_context(scheduled_execution_time=when))


def test_after_the_deadlines_the_year_that_is_over_is_read(tmp_path):
    (tmp_path / "2024").mkdir()
    for day in (datetime(2025, 1, 31, 22, tzinfo=UTC), datetime(2025, 3, 31, 22, tzinfo=UTC)):
        assert scheduled(tmp_path, day).partition_key == "2024"


def test_without_a_folder_nothing_is_started_and_the_reason_is_told(tmp_path):
    skipped = scheduled(tmp_path, datetime(2025, 1, 31, 22, tzinfo=UTC))
    assert isinstance(skipped, dg.SkipReason)
    assert "2024 does not exist" in skipped.skip_message


def test_the_schedule_comes_round_in_the_morning_after_each_deadline():
    schedule = after_the_deadlines(Path("raw"))
    since = datetime(2025, 1, 15, tzinfo=UTC).timestamp()
    ticks = schedule_execution_time_iterator(since, schedule.cron_schedule, schedule.execution_timezone)
    assert [next(ticks).strftime("%m-%d %H:%M %Z") for _ in range(3)] == [
        "02-01 06:00 CST",
        "04-01 06:00 CST",
        "02-01 06:00 CST",
    ]


def test_the_year_that_is_over_is_the_newest_partition():
    assert year_over(datetime(2026, 1, 1, 1, tzinfo=UTC)) == "2025"
    assert year_over(datetime(2025, 12, 31, 1, tzinfo=UTC)) == "2024"
