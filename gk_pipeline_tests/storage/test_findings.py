"""The findings of a lake, in the order in which a person looks at them."""

import polars as pl
import pytest

from gk_pipeline.storage.findings import gathered_findings
from gk_pipeline.storage.lake import UnsoundLake


def test_the_gravest_come_first_then_files_in_order(lake, rewrite):
    severities = pl.when(pl.col("path") == "2019/丙.txt").then(pl.lit("note")).otherwise(pl.lit("error"))
    rewrite(lake, "quality.findings", 2019, lambda rows: rows.with_columns(severity=severities))
    found = gathered_findings(lake, [2019, 2020])
    assert found.height > 1
    assert found["severity"].to_list() == sorted(found["severity"], key=["error", "warning", "note"].index)
    assert set(found["report_year"]) <= {2019, 2020}
    assert gathered_findings(lake, [2020]).filter(pl.col("report_year") != 2020).is_empty()


def test_a_year_that_was_changed_by_hand_is_refused(lake):
    lake.file("quality.findings", 2019).write_bytes(b"")
    with pytest.raises(UnsoundLake):
        gathered_findings(lake, [2019])
