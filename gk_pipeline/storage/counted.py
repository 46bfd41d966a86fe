"""Located facts with what counts of them: the settled facts of the current reports, which `gk diff` compares too."""

from collections.abc import Collection, Sequence
from pathlib import Path

import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.panel import settled_number
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.schemas.tables import CELL
from gk_pipeline.storage.located import LOCATED, lake_at, located_facts
from gk_pipeline.storage.stored import StoredTable

CURRENT, SETTLEMENTS = "panel.current_reports", "panel.settlements"
STANDING: dict[str, pl.DataType] = {
    "counts": pl.Boolean(),
    "organization_id": pl.String(),
    "scope": pl.String(),
    "counted_value": pl.Decimal(20, 6),
    "counted_status": pl.String(),
}
"""Whether the report is the current one of a body and year, null where no panel tells; of a current one the body, the
scope, and value and status with what neighbouring years settle, as warehouse.facts has them."""
COUNTED = {**LOCATED, **STANDING}


def counted_facts(path: Path, forms: Sequence[Form]) -> pl.DataFrame:
    """The facts of a lake or of a snapshot, which has no panel; columns `COUNTED`.

    Raises NoFacts where there are none, UnsoundLake where the stored files do not belong together.
    """
    facts = located_facts(path, forms)
    if path.is_file():
        return uncounted(facts)
    lake = lake_at(path, forms)
    years = tuple(year for year in lake.years() if lake.stored([CURRENT], year))
    current, settlements = (StoredTable(lake, name, years).scan() for name in (CURRENT, SETTLEMENTS))
    return counted(facts, current, settlements, years)


def counted(
    facts: pl.DataFrame, current: pl.LazyFrame, settlements: pl.LazyFrame, years: Collection[int]
) -> pl.DataFrame:
    """Located facts with what the panel, which was made for these years, says of them."""
    report = [YEAR, "report_id"]
    named = current.select(*report, "organization_id", "scope", current=pl.lit(value=True))
    said = settlements.select(YEAR, *CELL, "settlement_kind", settled="value")
    joined = facts.lazy().join(named, on=report, how="left").join(said, on=[YEAR, *CELL], how="left")
    is_current = pl.col("current").fill_null(value=False)
    value, status = settled_number()
    return (
        joined.select(
            *LOCATED,
            "organization_id",
            "scope",
            counts=pl.when(pl.col(YEAR).is_in(list(years))).then(is_current),
            counted_value=pl.when(is_current).then(value),
            counted_status=pl.when(is_current).then(status),
        )
        .select(list(COUNTED))
        .collect()
    )


def uncounted(facts: pl.DataFrame) -> pl.DataFrame:
    """Located facts of which no panel tells whether they count."""
    return facts.with_columns(pl.lit(None, dtype).alias(name) for name, dtype in STANDING.items())
