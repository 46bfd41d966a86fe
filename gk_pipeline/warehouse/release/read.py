"""The facts of a release, as `gk diff` compares them."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.storage.counted import CURRENT, SETTLEMENTS, counted, counted_facts
from gk_pipeline.storage.located import LOCATED
from gk_pipeline.warehouse.release.manifest import MANIFEST, ReleaseManifest
from gk_pipeline.warehouse.release.tables import FACTS, REPORTS
from gk_pipeline.warehouse.release.write import file_of


def compared_facts(path: Path, forms: Sequence[Form]) -> pl.DataFrame:
    """The facts of a release, else those of a lake or a snapshot; columns `COUNTED`.

    Raises NoFacts where there are none, UnsoundLake where the files of a lake do not belong together.
    """
    return released_facts(path) if (path / MANIFEST).is_file() else counted_facts(path, forms)


def released_facts(folder: Path) -> pl.DataFrame:
    """The facts of a release with the file of each report, and what counts of them; columns `COUNTED`.

    Raises NoRelease when it is not the release that was made.
    """
    manifest = ReleaseManifest.load(folder)
    facts, reports, current, settlements = (
        pl.scan_parquet(manifest.sound_file(folder, file_of(name))) for name in (FACTS, REPORTS, CURRENT, SETTLEMENTS)
    )
    named = reports.select("report_year", "report_id", "path", "ordinal")
    located = facts.join(named, on=["report_year", "report_id"]).select(list(LOCATED)).collect()
    return counted(located, current, settlements, located["report_year"].unique().to_list())
