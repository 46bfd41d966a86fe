"""One cell explained: the printed line, its status, and every law it stands in with its numbers."""

from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from ways import QINGXI, RAW, YUNLING

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.labels import place
from gk_pipeline.pictures.terminal.explain import explain_picture
from gk_pipeline.pictures.terminal.named import find_cell
from gk_pipeline.pipeline import judged_reports

FORMS = shipped_forms()
TEXT = YUNLING.read_text(encoding="utf-8")


def explained(path: Path, cell: str, lang="zh", width=120) -> str:
    [report] = judged_reports([path], FORMS)
    judged = find_cell(report, cell, FORMS)
    assert judged is not None
    console = Console(file=StringIO(), width=width)
    console.print(explain_picture(report, judged, FORMS, lang))
    return console.file.getvalue()


@pytest.fixture
def spoilt(tmp_path):
    def spoilt(printed: str, instead: str) -> Path:
        assert printed in TEXT
        path = tmp_path / "draft.txt"
        path.write_text(TEXT.replace(printed, instead), encoding="utf-8")
        return path

    return spoilt


def test_a_verified_cell_shows_its_line_and_the_equations_it_stands_in():
    lines = explained(YUNLING, "outcomes_total.natural_person").splitlines()
    assert lines[0] == "（七）总计 自然人  (applications.outcomes_total.natural_person)"
    assert lines[1] == "32 件  已核实"
    number = TEXT.splitlines().index("（七）总计\t32\t5\t0\t0\t2\t1\t40") + 1
    assert lines[2] == f"{YUNLING}: 第{number}行"
    assert lines[3] == "    （七）总计 │ 32 │ 5 │ 0 │ 0 │ 2 │ 1 │ 40"
    assert "    31 + 3 = 32 + 2" in lines
    assert "    9 + 4 + 0 + 1 + 0 + 0 + 0 + 0 + 2 + 0 + 8 + 1 + 0 + 5 + 1 + 0 + 0 + 0 + 1 + 0 + 0 = 32" in lines


def test_the_same_in_english():
    text = explained(YUNLING, "outcomes_total.natural_person", "en")
    assert "32 件  verified" in text
    assert f"line {TEXT[: TEXT.index('（七）总计')].count(chr(10)) + 1}" in text
    assert "holds: the outcomes add up to the total of outcomes" in text


def test_a_cell_of_a_page_is_found_by_its_place_in_the_grid():
    text = explained(QINGXI, "received.total")
    assert "第4行第8列" not in text
    assert "第4行" in text
    assert "一、本年新收政府信息公开申请数量 │ 62 │ 44 │ 80 │ 113 │ 197 │ 249 │ 745" in text


def test_a_broken_equation_shows_that_its_sides_differ(spoilt):
    text = explained(spoilt("\t31\t4\t", "\t13\t4\t"), "received.natural_person")
    assert "31 件  更正" in text
    assert "13 + 4 + 0 + 0 + 2 + 1 ≠ 38" in text
    assert "13 + 3 ≠ 32 + 2" in text


def test_a_deduced_blank_says_that_it_was_blank_and_from_what_it_follows(spoilt):
    text = explained(
        spoilt("\t8\t2\t0\t0\t1\t0\t11", "\t8\t2\t\t\t1\t\t11"), "unavailable_not_held.research_institution"
    )
    assert "0 件  推出" in text
    assert "（空白）" in text
    assert "已用于推算" in text


def test_a_lost_number_shows_what_its_row_prints(spoilt):
    text = explained(spoilt("\t9\t1\t0\t0\t1\t0\t11", "\t9\t1\t0\t0\t1\t11"), "granted.other_organization", width=200)
    assert f"第{TEXT[: TEXT.index('（一）予以公开')].count(chr(10)) + 1}行" in text
    assert "这一行的数字是910011" in "".join(text.split())


def test_a_lost_zero_says_in_how_many_ways_its_row_may_be_read():
    text = explained(RAW / "2020" / "gongyi.md", "granted.research_institution")
    assert "0 件  推出" in text
    assert "64 0 0 0 0 64" in text
    assert "勾稽关系允许 5 种对应方式，这一格是 0" in text


def test_an_unknown_number_in_an_equation_is_a_dash(spoilt):
    text = explained(spoilt("2\t1\t0\t1\t4", "-\t-\t0\t1\t4"), "administrative_review.upheld")
    assert "— 件  缺失" in text
    assert "— + — + 0 + 1 = 4" in text


def test_a_cell_is_called_as_on_the_form_of_its_report():
    text = explained(QINGXI, "procurement.amount")
    assert text.startswith("政府集中采购 采购总金额  (proactive_disclosure.procurement.amount)")
    assert "441749.063 万元  未核实" in text


def test_a_name_without_its_table_or_of_nothing():
    [report] = judged_reports([YUNLING], FORMS)
    assert find_cell(report, "fees.amount", FORMS) is find_cell(report, "proactive_disclosure.fees.amount", FORMS)
    assert find_cell(report, "amount", FORMS) is not None, "one cell alone is called so"
    assert find_cell(report, "total", FORMS) is None


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("path", sorted(RAW.glob("*/*")), ids=lambda path: path.name)
def test_it_fits_the_terminal(path, width):
    for cell in ("outcomes_total.total", "administrative_review.total", "licensing.decisions"):
        assert all(cell_len(line) <= width for line in explained(path, cell, width=width).splitlines())


def test_the_sentences_that_say_a_number_are_shown():
    shown = explained(YUNLING, "received.total")
    assert "正文 第5行 成立: 38件，本年新收政府信息公开申请数量 总计 是 38" in shown
    assert "收到政府信息公开申请38件" in shown
    assert "正文" not in explained(YUNLING, "refused_third_party.total")


def test_a_sentence_that_contradicts_a_cell_is_shown_there():
    path = RAW / "2021" / "jiaozuo_office.md"
    assert "sentence line 11 broken: " in explained(path, "unavailable_not_held.total", "en")


PAGE = """<h1>云岭县水利局2022年政府信息公开工作年度报告</h1>{table}<p>二、主动公开政府信息情况</p>
<table><tr><td>行政许可<td>12<tr><td>行政处罚<td>5<tr><td>行政强制<td>6</table>"""


@pytest.mark.parametrize(
    ("table", "lang", "at"),
    [
        ("", "en", "table row 2, column 2"),
        ("", "zh", "表格第2行第2列"),
        ("<table><tr><td>索引号<td>X1</table>", "en", "table 2, row 2, column 2"),
        ("<table><tr><td>索引号<td>X1</table>", "zh", "第2张表第2行第2列"),
    ],
)
def test_a_place_in_a_file_with_several_tables_says_in_which(tmp_path, table, lang, at):
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(table=table), encoding="utf-8")
    [report] = judged_reports([path], FORMS)
    judged = find_cell(report, "penalties.decisions", FORMS)
    assert place(report, judged, lang) == at
