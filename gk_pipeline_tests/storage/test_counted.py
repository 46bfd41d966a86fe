"""Which facts count is told of the years that have a panel, and of no others."""

import polars as pl

from gk_pipeline.assets.panel import store_panel
from gk_pipeline.storage.counted import CURRENT, counted_facts
from gk_pipeline.storage.manifest import Manifest


def test_of_a_year_without_a_panel_nothing_is_told_though_another_has_one(lake):
    store_panel(lake, lambda *_: None)
    manifest = lake.manifest("panel", 2020)
    files = {name: digest for name, digest in manifest.files.items() if name != CURRENT}
    Manifest(files, manifest.made_from).save(lake.beside("panel", 2020, "json"))
    lake.file(CURRENT, 2020).unlink()
    by_year = dict(counted_facts(lake.folder, lake.forms).group_by("report_year").agg(pl.col("counts").unique()).rows())
    assert by_year == {2019: [True], 2020: [None]}
