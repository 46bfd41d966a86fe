"""What a check found in a year, and how Dagster is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import getdoc
from typing import Any

import dagster as dg
import polars as pl

from gk_pipeline.assets.description import asset_key
from gk_pipeline.assets.metadata import table_value
from gk_pipeline.partitions import report_years
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.stored import StoredTable

OFFENDERS_SHOWN = 20
PATHS_NAMED = 3

WITH_ITS_YEAR = (
    "Judged with every materialization of a year. Dagster executes no check of a year on its own: to judge a year "
    "anew, materialize it again, which leaves files as they are whose rows are the same."
)
"""What the description of every check of a year ends with."""


@dataclass(frozen=True)
class Verdict:
    """What a check found: it passes when there is no offender, that is, when nobody need look at anything.

    The first offenders are shown as a table, and `details` as tables beside it; `numbers` are plotted over time.
    """

    offenders: pl.DataFrame
    summary: str
    numbers: Mapping[str, int | float]
    details: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether there is nothing to look at."""
        return self.offenders.is_empty()

    def result(self, severity: dg.AssetCheckSeverity, **place: Any) -> dg.AssetCheckResult:
        """The verdict as Dagster shows it."""
        metadata: dict[str, Any] = dict(self.numbers)
        if not self.passed:
            metadata["first_offenders"] = table_value(self.offenders.head(OFFENDERS_SHOWN))
            metadata.update({name: table_value(rows) for name, rows in self.details.items()})
        return dg.AssetCheckResult(
            passed=self.passed, severity=severity, description=self.told, metadata=metadata, **place
        )

    @property
    def told(self) -> str:
        """The summary, with the first files that it is about."""
        if self.passed or "path" not in self.offenders.columns:
            return self.summary
        paths = self.offenders["path"].drop_nulls().unique(maintain_order=True).to_list()
        more = ", ..." if len(paths) > PATHS_NAMED else ""
        return f"{self.summary} ({', '.join(paths[:PATHS_NAMED])}{more})" if paths else self.summary


Judge = Callable[[Mapping[str, pl.LazyFrame]], Verdict]
"""Judges the lazily read tables of a year by `layer.table`."""


def warning(on: str, reads: Sequence[str], judge: Judge) -> dg.AssetChecksDefinition:
    """A check of what publishers got wrong or readers could not read: it warns, and stops nothing."""

    @dg.asset_check(
        name=judge.__name__,
        asset=asset_key(on),
        description=f"{getdoc(judge)}\n\n{WITH_ITS_YEAR}",
        partitions_def=report_years,
    )
    def check(context: dg.AssetCheckExecutionContext, lake: dg.ResourceParam[LakeIOManager]) -> dg.AssetCheckResult:
        year = year_of(context)
        verdict = judge({name: StoredTable(lake.lake, name, (year,)).scan() for name in reads})
        return verdict.result(dg.AssetCheckSeverity.WARN)

    return check


def year_of(context: dg.AssetCheckExecutionContext) -> int:
    """The year to be judged; *Execute all* in the UI asks for none."""
    if not context.has_partition_key:
        raise dg.Failure(f"This check needs a year. {WITH_ITS_YEAR}")
    return int(context.partition_key)


def located(rows: pl.LazyFrame, tables: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    """Rows that name a report, with the path of its file and the body's name before them."""
    paths = tables["documents.files"].group_by("document_id").agg(pl.col("path").min())
    reports = tables["sections.reports"].select("report_id", "document_id", "organization")
    named = rows.join(reports, on="report_id", how="left").join(paths, on="document_id", how="left")
    return named.select("path", "organization", pl.exclude("path", "organization", "document_id"))
