"""The pages step: the lake as a site that people read."""

import inspect
from collections.abc import Sequence
from pathlib import Path

import dagster as dg

from gk_pipeline.assets.automation import LAKE_HAS_CHANGED
from gk_pipeline.assets.description import asset_key, code_version
from gk_pipeline.assets.layer import Workshop
from gk_pipeline.forms import Form
from gk_pipeline.pictures.pages.published import NotOurFolder
from gk_pipeline.pictures.pages.site import READS, Written, write_site
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.lake import Lake, UnsoundLake

PAGES = dg.AssetKey(["warehouse", "pages"])


def write_pages(lake: Lake, folder: Path, workers: int) -> Written:
    """Write the lake as a site that needs no server, to be opened at index.html: what is wrong in which report.

    An overview, a page a year and a page a report, in Chinese and English. It is written whole or not at all: a report
    that left the lake leaves the site too. Nothing is fetched, so that the folder can be copied to where it is read.
    """
    return write_site(lake, folder, workers)


def pages_asset(folder: Path, forms: Sequence[Form]) -> dg.AssetsDefinition:
    """The asset of the site."""

    @dg.asset(
        key=PAGES,
        group_name="warehouse",
        description=inspect.getdoc(write_pages),
        deps=[asset_key(name) for name in READS],
        kinds={"html"},
        owners=["team:data"],
        code_version=code_version("pictures", forms),
        automation_condition=LAKE_HAS_CHANGED,
    )
    def pages(
        lake: dg.ResourceParam[LakeIOManager], workshop: dg.ResourceParam[Workshop]
    ) -> dg.MaterializeResult[None]:
        try:
            written = write_pages(lake.lake, folder, workshop.workers)
        except (UnsoundLake, NotOurFolder, OSError) as error:
            raise dg.Failure(f"pages: {error}") from error
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(folder / "index.html"),
                "n_reports": written.n_reports,
                "n_years": written.n_years,
            }
        )

    return pages
