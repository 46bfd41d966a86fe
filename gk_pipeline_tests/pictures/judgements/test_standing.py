"""How a report stands as a whole."""

import pytest
from ways import RAW

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.judgements.standing import standing
from gk_pipeline.pipeline import judged_reports


def stands(path):
    [report] = judged_reports([path], shipped_forms())
    return standing(report, [cell.status for cell in report.cells])


def written(tmp_path, old, new):
    draft = tmp_path / "draft.txt"
    draft.write_text((RAW / "2020" / "xiayi.txt").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return draft


def test_a_report_with_blank_cells_is_not_called_ready_though_no_law_is_broken():
    assert stands(RAW / "2023" / "shuyang_ndrc.html") == "warned"


def test_a_report_that_breaks_a_law_is_faulty(tmp_path):
    assert stands(written(tmp_path, "\t10\t2\t0", "\t16\t2\t0")) == "faulty"


@pytest.mark.parametrize("name", ["2024/suqian.txt", "2023/suqian.html"])
def test_a_report_in_which_all_is_printed_and_all_holds_is_sound(name):
    assert stands(RAW / name) == "sound"
