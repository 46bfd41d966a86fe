"""The downstream step: the one asset that writes the Postgres database, where one is named."""

import inspect
from collections.abc import Sequence

import dagster as dg
import polars as pl

from gk_pipeline.assets.automation import LAKE_HAS_CHANGED
from gk_pipeline.assets.description import asset_key, code_version
from gk_pipeline.assets.metadata import table_value
from gk_pipeline.forms import Form
from gk_pipeline.schemas.catalog import lake_tables
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse.names import warehouse_names
from gk_pipeline.warehouse.postgres.feed import Fed, feed
from gk_pipeline.warehouse.postgres.server import FeedFailed, PostgresServer

POSTGRES = dg.AssetKey(["warehouse", "postgres"])


def feed_postgres(server: PostgresServer, lake: Lake) -> Fed:
    """Feed the years of the lake that have changed to a Postgres database, touching only rows that changed.

    A year is one transaction over all tables, compared with the lake before it is committed: a feed that is cut off
    leaves the old year whole. A withdrawn report's rows go. Tables whose model changed are migrated first. The server
    is the one that GK_POSTGRES names.
    """
    try:
        fed = feed(server, lake)
    except FeedFailed as error:
        raise dg.Failure(str(error)) from error
    if fed.failed:
        raise dg.Failure("\n".join(fed.failed))
    return fed


def postgres_asset(forms: Sequence[Form]) -> dg.AssetsDefinition:
    """The asset of the whole database."""

    @dg.asset(
        key=POSTGRES,
        group_name="warehouse",
        description=inspect.getdoc(feed_postgres),
        deps=[asset_key(name) for name in warehouse_names(lake_tables(forms))],
        kinds={"postgres"},
        owners=["team:data"],
        code_version=code_version("warehouse", forms),
        automation_condition=LAKE_HAS_CHANGED,
    )
    def postgres(
        lake: dg.ResourceParam[LakeIOManager], server: dg.ResourceParam[PostgresServer]
    ) -> dg.MaterializeResult[None]:
        fed = feed_postgres(server, lake.lake)
        return dg.MaterializeResult(
            metadata={
                "server": str(server),
                "years": ", ".join(map(str, fed.changed)),
                "years_changed": sum(map(bool, fed.changed.values())),
                "rows_changed": fed.n_rows,
                "changed": table_value(changed_frame(fed)),
                "migrated": dg.MetadataValue.md("\n".join(f"- {line}" for line in fed.migrated) or "nothing"),
            }
        )

    return postgres


def changed_frame(fed: Fed) -> pl.DataFrame:
    """The rows that came, changed and went, a row a year and table in which any did."""
    rows = [
        (year, name, rows.inserted, rows.updated, rows.deleted)
        for year, tables in fed.changed.items()
        for name, rows in tables.items()
    ]
    names = {"report_year": pl.Int32, "name": pl.String, "inserted": pl.Int64, "updated": pl.Int64, "deleted": pl.Int64}
    return pl.DataFrame(rows, schema=names, orient="row")
