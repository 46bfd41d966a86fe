"""Runs of years one after the other, then of what is made from all of them, each recorded as a run of its job."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg

from gk_pipeline.partitions import report_years

ONE_YEAR, WAREHOUSE_JOB = "one_year", "warehouse"

AFTER_THE_YEARS = ("panel", "warehouse")
"""What is made of all years together, group by group: the warehouse also where one year stops the panel."""
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class Outcome:
    """How the run of a year, of the panel or of the warehouse ended.

    `error` is why it failed and what to do. `broken` are promises of ours that the stored tables do not keep, `warned`
    what publishers or readers got wrong; each is `layer.table check: how many`.
    """

    name: str
    error: str | None
    broken: tuple[str, ...]
    warned: tuple[str, ...]

    @property
    def succeeded(self) -> bool:
        """Whether it ran to its end and what it stored keeps every promise."""
        return self.error is None and not self.broken


def run_years(definitions: dg.Definitions, years: Sequence[int], instance: dg.DagsterInstance) -> Iterator[Outcome]:
    """Materialize all assets of each year, then the panel and the warehouse, and tell at once how each ended.

    A year that fails does not stop the others.
    """
    one_year, of_all_years = map(definitions.resolve_job_def, (ONE_YEAR, WAREHOUSE_JOB))
    known = report_years.get_partition_keys()
    for year in map(str, years):
        if year in known:
            yield _outcome(year, one_year.execute_in_process(_QUIET, instance, year, raise_on_error=False))
        else:
            error = f"{year} is no report year: they run from {known[0]} to {known[-1]}, the last that is over."
            yield Outcome(year, error, (), ())
    for group in AFTER_THE_YEARS:
        assets = sorted(dg.AssetSelection.groups(group).resolve(definitions.resolve_asset_graph()))
        run = of_all_years.execute_in_process(_QUIET, instance, raise_on_error=False, asset_selection=assets)
        yield _outcome(group, run)


def _outcome(name: str, run: dg.ExecuteInProcessResult) -> Outcome:
    failures = [event.step_failure_data for event in run.all_events if event.is_step_failure]
    found = [check for check in run.get_asset_check_evaluations() if not check.passed]
    told = {severity: tuple(_told(check) for check in found if check.severity == severity) for severity in _SEVERITIES}
    error = next(map(_reason, failures), None) if not run.success else None
    return Outcome(name, error, told[dg.AssetCheckSeverity.ERROR], told[dg.AssetCheckSeverity.WARN])


_SEVERITIES = (dg.AssetCheckSeverity.ERROR, dg.AssetCheckSeverity.WARN)


def _reason(failure: Any) -> str:
    stated = failure.user_failure_data.description if failure.user_failure_data else None
    return str(stated or failure.error_display_string)


def _told(check: dg.AssetCheckEvaluation) -> str:
    return f"{'.'.join(check.asset_key.path)} {check.check_name}: {check.description}"
