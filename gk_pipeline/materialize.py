"""Materialize years and the warehouse without the UI."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg

from gk_pipeline.definitions import build_definitions
from gk_pipeline.runs import Outcome, run_years


def materialize_years(years: Sequence[int], **overrides: Any) -> Iterator[Outcome]:
    """Materialize all assets of each year, then the panel and the warehouse, and tell at once how each ended.

    A year that fails does not stop the others. `overrides` are those of `build_definitions`. Runs are recorded in the
    instance at DAGSTER_HOME, which is made where it is not there, when that is set, else nowhere.
    """
    with _instance() as instance:
        yield from run_years(build_definitions(**overrides), years, instance)


@contextmanager
def _instance() -> Iterator[dg.DagsterInstance]:
    recorded = os.environ.get("DAGSTER_HOME")
    if recorded:
        Path(recorded).mkdir(parents=True, exist_ok=True)
    with dg.DagsterInstance.get() if recorded else dg.DagsterInstance.ephemeral() as instance:
        yield instance
