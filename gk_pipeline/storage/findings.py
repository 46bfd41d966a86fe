"""The findings of a lake: those of single years and those between two."""

from collections.abc import Sequence

import polars as pl

from gk_pipeline.schemas.facts import SEVERITIES
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.stored import StoredTable

GATHERED = ("quality.findings", "panel.findings")
_COLUMNS = ("severity", YEAR, "path", "code", "message", "evidence", "advice")


def gathered_findings(lake: Lake, years: Sequence[int]) -> pl.DataFrame:
    """What a person should look at in these years, the gravest first, then by year and file; columns `_COLUMNS`.

    Raises UnsoundLake where the stored files do not belong together.
    """
    found = pl.concat([StoredTable(lake, name, tuple(years)).scan().select(_COLUMNS) for name in GATHERED]).collect()
    gravest_first = pl.col("severity").replace_strict(SEVERITIES, range(len(SEVERITIES)))
    return found.sort(gravest_first, YEAR, "path", "code", "message", maintain_order=True)
