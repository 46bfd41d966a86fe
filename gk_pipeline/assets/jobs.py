"""The job that reads every year, and the schedule that reads the newest."""

from collections.abc import Callable
from datetime import datetime
from inspect import getdoc
from pathlib import Path

import dagster as dg
from pydantic import Field

from gk_pipeline.home import NoSuchYears, chosen_years
from gk_pipeline.partitions import report_years
from gk_pipeline.runs import ONE_YEAR, Outcome, run_years

ALL_YEARS = "all_years"

DEADLINES = "0 6 1 2,4 *"
"""In the morning after the reports are due: bodies publish theirs by 31 January, governments those of their area by
31 March of the following year (政府信息公开条例, articles 49 and 50)."""


class Years(dg.Config):
    """Which years a run of `all_years` reads."""

    years: str | None = Field(None, description="2020, 2019-2024 or 2020,2023; all year folders without it.")


def all_years(raw: Path, definitions: Callable[[], dg.Definitions]) -> dg.JobDefinition:
    """Read every year folder, one after the other, then link the years and load the database.

    Each year is a run of `one_year` of its own, and a year that fails does not stop the others; this run then fails at
    its end and says which. `definitions` are those that the jobs are taken from.
    """

    @dg.op(name="read_all_years", description=getdoc(all_years))
    def read_all_years(context: dg.OpExecutionContext, config: Years) -> None:
        try:
            years = chosen_years(config.years, raw)
        except NoSuchYears as reason:
            raise dg.Failure(str(reason)) from reason
        outcomes = []
        for outcome in run_years(definitions(), years, context.instance):
            outcomes.append(outcome)
            context.log.info(_told(outcome))
        failed = [outcome for outcome in outcomes if not outcome.succeeded]
        if failed:
            raise dg.Failure("\n".join(map(_told, failed)))

    @dg.job(name=ALL_YEARS, description=getdoc(all_years))
    def job() -> None:
        read_all_years()

    return job


def _told(outcome: Outcome) -> str:
    if outcome.succeeded:
        return f"{outcome.name}: done" + "".join(f"\n{warning}" for warning in outcome.warned)
    return f"{outcome.name}: {outcome.error or '; '.join(outcome.broken)}"


def after_the_deadlines(raw: Path) -> dg.ScheduleDefinition:
    """Read the year that is over on 1 February and 1 April, the mornings after its reports are due.

    Nothing is started while the year has no folder. For folders that fill at other times there is `changed_years`.
    """

    @dg.schedule(
        name="after_the_deadlines",
        description=getdoc(after_the_deadlines),
        job_name=ONE_YEAR,
        cron_schedule=DEADLINES,
        execution_timezone="Asia/Shanghai",
    )
    def schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        year = year_over(context.scheduled_execution_time)
        if not (raw / year).is_dir():
            return dg.SkipReason(f"{raw / year} does not exist: put the reports of {year} there.")
        return dg.RunRequest(partition_key=year)

    return schedule


def year_over(now: datetime) -> str:
    """The last year that is over: the newest partition."""
    return report_years.get_partition_keys(current_time=now)[-1]
