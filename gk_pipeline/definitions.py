"""All that Dagster sees, on one page."""

import os
import warnings
from collections.abc import Sequence
from pathlib import Path

import dagster as dg
from dagster_duckdb import DuckDBResource

from gk_pipeline.assets.documents import documents
from gk_pipeline.assets.facts import facts
from gk_pipeline.assets.jobs import after_the_deadlines, all_years
from gk_pipeline.assets.layer import Progress, Workshop, layer_assets
from gk_pipeline.assets.pages import pages_asset
from gk_pipeline.assets.panel import panel_assets
from gk_pipeline.assets.postgres import postgres_asset
from gk_pipeline.assets.quality import quality
from gk_pipeline.assets.sections import sections
from gk_pipeline.assets.sensor import changed_lake, changed_years
from gk_pipeline.assets.tables import tables
from gk_pipeline.assets.warehouse import warehouse_asset
from gk_pipeline.checks.laws import law_checks
from gk_pipeline.checks.panel import panel_law_checks, panel_promise_checks
from gk_pipeline.checks.promises import promise_checks
from gk_pipeline.checks.warehouse import postgres_check, warehouse_check
from gk_pipeline.checks.warnings import warnings as warning_checks
from gk_pipeline.forms import Form, shipped_forms
from gk_pipeline.home import data_home
from gk_pipeline.runs import ONE_YEAR, WAREHOUSE_JOB
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.warehouse.postgres.server import PostgresServer

STEPS = (documents, sections, tables, facts, quality)

# Checks by partition and data versions are what the UI needs; the versions of dagster are pinned.
warnings.filterwarnings("ignore", category=dg.PreviewWarning)
warnings.filterwarnings("ignore", category=dg.BetaWarning)


def build_definitions(
    *,
    raw: Path | None = None,
    corrections: Path | None = None,
    lake: Path | None = None,
    duckdb: Path | None = None,
    forms: Sequence[Form] | None = None,
    workers: int | None = None,
    postgres: str | None = None,
    progress: Progress = lambda *_: None,
) -> dg.Definitions:
    """The assets, checks, jobs, schedule and sensors over a folder of reports.

    By default everything lies in the folder that GK_DATA names, else in `data`: reports in raw/<year>, people's
    corrections in corrections/<year>.yaml, Parquet in lake/, the database in gk.duckdb. GK_WORKERS tells how many
    processes read. Where GK_POSTGRES names a server (`postgresql://user:password@host/database`), it is fed too.
    """
    home = data_home()
    corrections = corrections or home / "corrections"
    raw, lake, duckdb = raw or home / "raw", lake or home / "lake", duckdb or home / "gk.duckdb"
    forms = tuple(forms or shipped_forms())
    workers = workers or int(os.environ.get("GK_WORKERS", "1"))
    postgres = postgres or os.environ.get("GK_POSTGRES")
    downstream = [postgres_asset(forms)] if postgres else []
    years = [layer_assets(step, forms) for step in STEPS]
    panel = panel_assets(forms)
    warehouse = [warehouse_asset(forms), *downstream, pages_asset(lake.parent / "pages", forms)]
    definitions = dg.Definitions(
        assets=[*years, panel, *warehouse],
        asset_checks=[
            *(promise_checks(step.layer, forms) for step in STEPS),
            *warning_checks(forms),
            law_checks(forms),
            panel_promise_checks(forms),
            *panel_law_checks(forms),
            warehouse_check(),
            *(postgres_check() for _ in downstream),
        ],
        jobs=[
            dg.define_asset_job(
                ONE_YEAR,
                selection=years,
                description="Read and reconcile one year's folder; what follows is started by `changed_lake`.",
            ),
            all_years(raw, lambda: definitions),
            dg.define_asset_job(
                WAREHOUSE_JOB,
                selection=[*panel.keys, *(key for assets in warehouse for key in assets.keys)],
                description="Link the years of each body, load all of it into the databases, and write the pages.",
            ),
        ],
        schedules=[after_the_deadlines(raw)],
        sensors=[changed_years(raw, corrections, ONE_YEAR), changed_lake()],
        resources={
            "lake": LakeIOManager(folder=str(lake), forms=forms),
            "workshop": Workshop(raw, corrections, workers, progress),
            "database": DuckDBResource(database=str(duckdb)),
            **({"server": PostgresServer(postgres)} if postgres else {}),
        },
        executor=dg.in_process_executor,
    )
    return definitions


@dg.definitions
def defs() -> dg.Definitions:
    """What Dagster loads; made when it does, so that a faulty setting fails there and not where this is imported."""
    return build_definitions()
