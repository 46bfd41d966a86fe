"""Cells without a number, as a clerk is shown them before a draft is published."""

from io import StringIO

from rich.console import Console
from ways import YUNLING

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.terminal.blanks import blank_cells
from gk_pipeline.pipeline import judged_reports

TEXT = YUNLING.read_text(encoding="utf-8")
ROW = "\t31\t4\t"


def shown(tmp_path, text, lang="en"):
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")
    [report] = judged_reports([path], shipped_forms())
    console = Console(file=StringIO(), width=100)
    picture = blank_cells(report, shipped_forms(), lang)
    if picture is not None:
        console.print(picture)
    return console.file.getvalue()


def test_a_blank_cell_is_named_with_its_line_and_what_belongs_there(tmp_path):
    text = shown(tmp_path, TEXT.replace(ROW, "\t31\t\t"))
    line = TEXT[: TEXT.index(ROW)].count("\n") + 1
    assert "本年新收政府信息公开申请数量" in text
    assert f"line {line}" in text
    [row] = [row for row in text.splitlines() if "商业企业" in row]
    assert row.rstrip(" │").endswith(" 4")


def test_a_report_without_blanks_shows_none(tmp_path):
    assert shown(tmp_path, TEXT) == ""


def test_whole_blank_columns_are_counted(tmp_path):
    """Nobody of two types applied, and their columns are left blank in all 25 rows."""
    lines = [line.split("\t") for line in TEXT.splitlines()]
    rows = ["\t".join([*row[:3], "", "", *row[5:]]) if len(row) == 8 else "\t".join(row) for row in lines]
    text = shown(tmp_path, "\n".join(rows), "zh")
    assert "有 50 个单元格没有填写（25 行），其中按勾稽关系应为 0 的有 50 个。" in text
