"""A year starts when its folder has changed and come to rest."""

import os

import dagster as dg

from gk_pipeline.assets.sensor import changed_years, due_years, marks


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
    seen = [marks(tmp_path)]
    path = report(tmp_path / "2019", "甲")
    seen.append(marks(tmp_path))
    os.utime(path, (0, 0))
    seen.append(marks(tmp_path))
    path.rename(path.with_name("乙.txt"))
    seen.append(marks(tmp_path))
    assert [list(each) for each in seen] == [[], ["2019"], ["2019"], ["2019"]]
    assert len({each.get("2019") for each in seen}) == 4


def test_the_sensor_starts_the_job_of_the_year(tmp_path, report):
    report(tmp_path / "raw" / "2019", "甲")
    sensor = changed_years(tmp_path / "raw", "one_year")
    first = sensor(dg.build_sensor_context())
    second = sensor(dg.build_sensor_context(cursor=first.cursor))
    assert not first.run_requests
    assert [request.partition_key for request in second.run_requests] == ["2019"]
