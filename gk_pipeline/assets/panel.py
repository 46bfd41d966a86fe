"""The panel step: the one that reads all years at once."""

import hashlib
import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg
import polars as pl

from gk_pipeline.assets.automation import LAKE_HAS_CHANGED
from gk_pipeline.assets.description import asset_key, code_version, column_schema, table_description
from gk_pipeline.assets.layer import EXPLAINED, Progress, Workshop
from gk_pipeline.assets.metadata import table_metadata
from gk_pipeline.forms import Form
from gk_pipeline.panel.stage import READS, Panel, Year, make_panel
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.table import YEAR, Layer
from gk_pipeline.storage.checked import CheckedBatch, checked_beside
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.staging import StagedTable, staging
from gk_pipeline.storage.stored import StoredTable

LAYER: Layer = "panel"


def store_panel(lake: Lake, progress: Progress) -> dict[str, list[StagedTable]]:
    """Hold the reports of each body against those of the year before and after, over all years of the lake.

    Only current reports are linked; where one is missing, counts other bodies, or lacks the cells, a law is not
    assessable. Neighbours settle what a report leaves open and veto a correction that they contradict, in rows of their
    own: no fact is changed. The panel is the same in whatever order the years came.
    """
    years, unsound = _sound_years(lake)
    panel = make_panel(years, lake.forms)
    stored: dict[str, list[StagedTable]] = {name: [] for name in lake.names(LAYER)}
    for done, year in enumerate(years, start=1):
        for name, table in _store_year(lake, panel, year).items():
            stored[name].append(table)
        progress(year, LAYER, done, len(years))
    if unsound:
        raise UnsoundLake("\n".join(unsound))
    return stored


def _sound_years(lake: Lake) -> tuple[dict[int, Year], list[str]]:
    """The tables of every year that can be read, and why others cannot."""
    years: dict[int, Year] = {}
    unsound = []
    for year in lake.years():
        try:
            years[year] = {name: StoredTable(lake, name, (year,)).scan() for name in READS}
        except UnsoundLake as error:
            unsound.append(str(error))
    return years, unsound


def _store_year(lake: Lake, panel: Panel, year: int) -> dict[str, StagedTable]:
    with staging(lake, LAYER, year, _made_from(lake, panel, year)) as staged:
        for batch in panel.tables_of(year):
            staged.append(_held(panel, year, batch))
        tables = staged.finish()
        for table in tables.values():
            table.commit()
    return tables


def _made_from(lake: Lake, panel: Panel, year: int) -> dict[str, str]:
    """What the panel of a year depends on; of a year that could not be read nothing, so that it is made anew with it.

    Settlements of last year's report, which its links take up, come from the year before that.
    """
    around = range(year - 2, year + 2)
    digests = lake.sources({(name, other) for name in READS for other in around}, year)
    unread = {f" of {other}" for other in around if other not in panel.years}
    return {source: "" if source.endswith(tuple(unread)) else digest for source, digest in digests.items()}


def _held(panel: Panel, year: int, batch: Batch) -> CheckedBatch:
    """The batch, held to its promises beside what it was made from."""
    around = panel.current.filter(pl.col(YEAR).is_in([year - 1, year]))
    revisions = panel.years[year]["facts.revisions"].collect()
    return checked_beside(batch, {"panel.current_reports": around, "facts.revisions": revisions}, panel.forms)


def panel_assets(forms: Sequence[Form]) -> dg.AssetsDefinition:
    """The assets of the panel's tables, made together over all years."""
    lake = Lake(Path(), forms)
    names = lake.names(LAYER)
    version = code_version(LAYER, forms)
    text = inspect.getdoc(store_panel)

    @dg.multi_asset(
        name=LAYER,
        description=text,
        specs=[
            dg.AssetSpec(
                asset_key(name),
                deps=[asset_key(source) for source in (READS if name == names[0] else names[:1])],
                group_name=LAYER,
                description=table_description(lake.models[name], text),
                metadata={"dagster/column_schema": column_schema(lake.models[name])},
                kinds={"polars", "parquet"},
                owners=["team:data"],
                code_version=version,
                automation_condition=LAKE_HAS_CHANGED,
            )
            for name in names
        ],
    )
    def materialize(
        lake: dg.ResourceParam[LakeIOManager], workshop: dg.ResourceParam[Workshop]
    ) -> Iterator[dg.MaterializeResult[None]]:
        try:
            stored = store_panel(lake.lake, workshop.progress)
        except EXPLAINED as error:
            raise dg.Failure(f"panel: {error}") from error
        for name, tables in stored.items():
            yield _told(name, tables, lake.lake)

    return materialize


def _told(name: str, tables: Sequence[StagedTable], lake: Lake) -> dg.MaterializeResult[None]:
    rows = pl.concat(
        [lake.models[name].no_rows().lazy(), *(pl.scan_parquet(t.path, hive_partitioning=False) for t in tables)]
    )
    digest = hashlib.sha256("".join(table.digest for table in tables).encode()).hexdigest()
    return dg.MaterializeResult(
        asset_key=asset_key(name),
        metadata={
            "dagster/row_count": sum(table.n_rows for table in tables),
            "path": dg.MetadataValue.path(lake.folder / name.replace(".", "/")),
            **table_metadata(name, rows, lake.forms),
        },
        data_version=dg.DataVersion(digest),
    )
