"""The warehouse step: the one asset that writes the DuckDB database."""

import inspect
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import dagster as dg
import polars as pl
from dagster_duckdb import DuckDBResource
from duckdb import IOException

from gk_pipeline.assets.automation import LAKE_HAS_CHANGED
from gk_pipeline.assets.description import asset_key, code_version
from gk_pipeline.assets.metadata import drawn, table_value
from gk_pipeline.forms import Form
from gk_pipeline.pictures.charts.bars import count_bars
from gk_pipeline.schemas.catalog import lake_tables
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.lake import UnsoundLake
from gk_pipeline.warehouse.duckdb_warehouse import NotOurDatabase, Warehouse
from gk_pipeline.warehouse.equality import WarehouseDiffers
from gk_pipeline.warehouse.names import warehouse_names

WAREHOUSE = dg.AssetKey(["warehouse", "duckdb"])


def load_warehouse(warehouse: Warehouse) -> dict[int, list[str]]:
    """Load every year of the lake into one DuckDB database, for questions in SQL.

    A year is loaded in one transaction, and only when the lake's files of it have changed; a year that left the lake
    leaves the database too. Rows and sums are then compared with the lake: a year that differs is rolled back. A schema
    a layer, a table an asset, and comments that say what each column means: `SELECT * FROM duckdb_columns()`.
    """
    changed, failed = {}, []
    try:
        warehouse.prepare()
    except NotOurDatabase as error:
        raise dg.Failure(str(error)) from error
    for year in warehouse.years():
        try:
            changed[year] = warehouse.load(year)
        except (UnsoundLake, WarehouseDiffers) as error:
            failed.append(str(error))
    if failed:
        raise dg.Failure("\n".join(failed))
    return changed


def warehouse_asset(forms: Sequence[Form]) -> dg.AssetsDefinition:
    """The asset of the whole database."""

    @dg.asset(
        key=WAREHOUSE,
        group_name="warehouse",
        description=inspect.getdoc(load_warehouse),
        deps=[asset_key(name) for name in warehouse_names(lake_tables(forms))],
        kinds={"duckdb"},
        owners=["team:data"],
        code_version=code_version("warehouse", forms),
        automation_condition=LAKE_HAS_CHANGED,
    )
    def duckdb(lake: dg.ResourceParam[LakeIOManager], database: DuckDBResource) -> dg.MaterializeResult[None]:
        Path(database.database).parent.mkdir(parents=True, exist_ok=True)
        try:
            with database.get_connection() as connection, closing(connection):  # also where loading fails
                warehouse = Warehouse(connection, lake.lake)
                changed = load_warehouse(warehouse)
                counts = warehouse.row_counts()
        except IOException as error:
            told = str(error).splitlines()[0].partition(" See also")[0]
            raise dg.Failure(
                f"{database.database} cannot be opened for writing: close whatever has it open, even only to read, "
                f"then run again: the job `warehouse`, or `gk run`. {told}"
            ) from error
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": sum(counts.values()),
                "path": dg.MetadataValue.path(database.database),
                "years": ", ".join(map(str, changed)),
                "years_changed": sum(map(bool, changed.values())),
                "chart": drawn(count_bars("rows of each table", counts)),
                "tables": table_value(pl.DataFrame({"name": list(counts), "n_rows": list(counts.values())})),
            }
        )

    return duckdb
