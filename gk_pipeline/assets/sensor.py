"""The sensors: one notices new reports and starts their year, one loads the warehouse once years were made."""

import hashlib
import json
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path

import dagster as dg

from gk_pipeline.documents.folder import files_under
from gk_pipeline.partitions import report_years
from gk_pipeline.runs import AFTER_THE_YEARS

INTERVAL_SECONDS = 60

Marks = dict[str, str]
"""For each year a mark that changes with the names, sizes and times of the files in its folder."""


def changed_years(raw: Path, corrections: Path, job_name: str) -> dg.SensorDefinition:
    """Starts a year when files in its folder, or its corrections, were added, changed or removed.

    It waits until a folder has stayed the same from one look to the next, so that half a copy is not read.
    """

    @dg.sensor(
        name="changed_years",
        description=getdoc(changed_years),
        job_name=job_name,
        minimum_interval_seconds=INTERVAL_SECONDS,
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        before = json.loads(context.cursor or '{"seen": {}, "started": {}}')
        seen = marks(raw, corrections)
        due = due_years(seen, before["seen"], before["started"])
        started = before["started"] | {year: seen[year] for year in due}
        return dg.SensorResult(
            run_requests=[dg.RunRequest(partition_key=year) for year in due],
            skip_reason=None if due else f"no year folder in {raw} has changed and then come to rest",
            cursor=json.dumps({"seen": seen, "started": started}),
        )

    return sensor


def changed_lake() -> dg.SensorDefinition:
    """Links the years, loads the warehouse and writes the pages after a year was made, once no other is being made."""
    return dg.AutomationConditionSensorDefinition(
        name="changed_lake",
        description=getdoc(changed_lake),
        target=dg.AssetSelection.groups(*AFTER_THE_YEARS),
        default_status=dg.DefaultSensorStatus.RUNNING,
    )


def due_years(seen: Marks, seen_before: Marks, started: Marks) -> list[str]:
    """The completed years whose folder has come to rest at a mark that was not started yet."""
    known = report_years.get_partition_keys()
    return [y for y, mark in seen.items() if y in known and mark == seen_before.get(y) and mark != started.get(y)]


def marks(raw: Path, corrections: Path) -> Marks:
    """The mark of every year's folder and of its corrections."""
    folders = sorted(folder for folder in raw.glob("[0-9][0-9][0-9][0-9]") if folder.is_dir())
    lines = {folder.name: _lines(folder, corrections / f"{folder.name}.yaml") for folder in folders}
    return {year: hashlib.sha256("\n".join(own).encode()).hexdigest() for year, own in lines.items()}


def _lines(folder: Path, corrections: Path) -> Iterator[str]:
    for path in [*sorted(files_under(folder)), corrections]:
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        name = path.name if path == corrections else path.relative_to(folder)
        yield f"{name}\t{status.st_size}\t{status.st_mtime_ns}"
