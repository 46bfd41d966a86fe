"""The checks that the databases still hold what the lake holds."""

from dataclasses import asdict, fields
from inspect import getdoc

import dagster as dg
import polars as pl
from dagster_duckdb import DuckDBResource

from gk_pipeline.assets.postgres import POSTGRES
from gk_pipeline.assets.warehouse import WAREHOUSE
from gk_pipeline.checks.verdict import Verdict
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.warehouse.duckdb_warehouse import Warehouse
from gk_pipeline.warehouse.equality import Difference
from gk_pipeline.warehouse.postgres.feed import PostgresWarehouse
from gk_pipeline.warehouse.postgres.server import PostgresServer


def equals_lake(warehouse: Warehouse | PostgresWarehouse) -> Verdict:
    """The warehouse holds what the lake holds: as many rows, and in every column the same sum and filled rows.

    Sums may be the same of rows that are not. So DuckDB also reads the lake and compares the contents of all rows, and
    of Postgres it is told whether any row was changed since it was loaded.

    Judged with every loading, and whenever it is executed on its own.
    """
    differences = warehouse.differences()
    rows = [
        {**asdict(each), "in_lake": str(each.in_lake), "in_warehouse": str(each.in_warehouse)} for each in differences
    ]
    offenders = pl.DataFrame(rows, schema=[field.name for field in fields(Difference)])
    summary = f"{len(differences)} numbers differ" if differences else f"equal in {len(warehouse.years())} years"
    return Verdict(offenders, summary, {"n_differences": len(differences)})


def warehouse_check() -> dg.AssetChecksDefinition:
    """The check as Dagster runs it."""

    @dg.asset_check(asset=WAREHOUSE, name="equals_lake", description=getdoc(equals_lake))
    def check(lake: dg.ResourceParam[LakeIOManager], database: DuckDBResource) -> dg.AssetCheckResult:
        with database.get_connection() as connection:
            verdict = equals_lake(Warehouse(connection, lake.lake))
        return verdict.result(dg.AssetCheckSeverity.ERROR)

    return check


def postgres_check() -> dg.AssetChecksDefinition:
    """The same of the Postgres database, where one is fed."""

    @dg.asset_check(asset=POSTGRES, name="equals_lake", description=getdoc(equals_lake))
    def check(lake: dg.ResourceParam[LakeIOManager], server: dg.ResourceParam[PostgresServer]) -> dg.AssetCheckResult:
        with server.connected() as session:
            verdict = equals_lake(PostgresWarehouse(session, lake.lake))
        return verdict.result(dg.AssetCheckSeverity.ERROR)

    return check
