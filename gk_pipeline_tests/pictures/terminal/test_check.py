"""The check of a draft on a terminal: it fits, it shows what cannot be right, and it hides nothing."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from ways import QINGXI, RAW, YUNLING

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.judgements.suspects import broken_errors
from gk_pipeline.pictures.labels import number
from gk_pipeline.pictures.terminal.check import check_picture
from gk_pipeline.pictures.words import STATUS, VERDICT
from gk_pipeline.pipeline import JudgedReport, judged_reports

FORMS = shipped_forms()
TEXT = YUNLING.read_text(encoding="utf-8")
LOST = re.sub(r"(?m)^(.*[^\d\s].*(?:\t\d+){4})(?:\t\d+){3}$", r"\1", TEXT)
CHANGES = {
    "sound": ("", ""),
    "wrong": ("\t31\t4\t", "\t13\t4\t"),
    "lost": ("\t9\t1\t0\t0\t1\t0\t11", "\t9\t1\t0\t0\t1\t11"),
    "lost twice": ("\t0\t1\t0\t0\t0\t0\t1", "\t0\t1\t0\t1"),
    "dashes": ("\t5\t2\t17", "\t-\t/\t无"),
    "fraction": ("\t38\n", "\t3.8\n"),
    "no count": ("\t23\n", "\t23甲\n"),
    "row gone": ("2.重复申请\t1\t0\t0\t0\t0\t0\t1\n", ""),
    "table gone": (TEXT[TEXT.index("四、政府信息公开行政复议") :], ""),
    "title gone": ("云岭县水利局2022年政府信息公开工作年度报告", ""),
    "total wrong": ("总计\t32\t5", "总计\t23\t5"),
    "total wrong and more": ("总计\t32\t5\t0", "总计\t23\t5\t8"),
    "all wrong": ("\t0", "\t123456789"),
    "table lost": (TEXT, LOST),
    "empty": (TEXT, ""),
}


def judged(path: Path) -> JudgedReport:
    [report] = judged_reports([path], FORMS)
    return report


@pytest.fixture
def draft(tmp_path):
    """Our report after one of the changes."""

    def draft(change: str) -> JudgedReport:
        printed, instead = CHANGES[change]
        assert printed in TEXT
        path = tmp_path / "draft.txt"
        path.write_text(TEXT.replace(printed, instead) if printed else TEXT, encoding="utf-8")
        return judged(path)

    return draft


def shown(report: JudgedReport, lang="zh", width=120) -> str:
    console = Console(file=StringIO(), width=width)
    console.print(check_picture(report, FORMS, lang))
    return console.file.getvalue()


def fits(text: str, width: int) -> Iterator[str]:
    """The lines that are wider than the terminal or were shortened to fit."""
    return (line for line in text.splitlines() if cell_len(line) > width or "…" in line)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("change", CHANGES)
def test_it_fits_the_terminal(draft, change, lang, width):
    assert list(fits(shown(draft(change), lang, width), width)) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_samples_fit_and_no_heading_is_torn(lang):
    for path in (*sorted(RAW.glob("*/*")), QINGXI):
        report = judged(path)
        text = shown(report, lang, 80)
        assert list(fits(text, 80)) == []
        assert all(f" {STATUS[lang][status]} " in text for status in {cell.status for cell in report.cells})
        assert all(f" {word} " in text for word in VERDICT[lang].values())


def test_rows_and_columns_are_called_as_on_the_form_of_the_report(tmp_path):
    path = tmp_path / "draft.html"
    text = QINGXI.read_text(encoding="utf-8")
    path.write_text(text.replace("441749.063", "").replace("<td>9</td><td>9</td>", "<td>/</td><td>9</td>"), "utf-8")
    shown_2019 = "".join(shown(judged(path)).split())
    assert "采购总金额" in shown_2019
    assert "收费金额" not in shown_2019
    assert "行政规范性文件" not in shown_2019


def test_a_sound_report_says_so(draft):
    report = draft("sound")
    assert broken_errors(report) == []
    assert shown(report).splitlines()[-1].startswith("没有发现问题")
    assert shown(report, "en").splitlines()[-1].startswith("Nothing found")


def test_a_wrong_number_shows_the_two_sides_of_each_broken_law(draft):
    report = draft("wrong")
    assert {law.row.scope for law in broken_errors(report)} == {"received", "natural_person"}
    text = shown(report)
    assert "20 ≠ 38" in text
    assert "16 ≠ 34" in text
    assert text.splitlines()[-1] == "有 2 处勾稽关系不成立，请核对后再发布。"


@pytest.mark.parametrize(
    ("change", "printed", "meant", "zh", "en"),
    [
        ("wrong", "13", "31", "相邻两位数字颠倒", "two neighbouring digits are"),
        ("total wrong", "23", "32", "相邻两位数字颠倒", "two neighbouring digits are"),
    ],
)
def test_the_only_number_that_explains_the_broken_laws_is_named_with_what_it_must_be(
    draft, change, printed, meant, zh, en
):
    for lang, kind in (("zh", zh), ("en", en)):
        text = shown(draft(change), lang)
        assert re.search(rf"│ +{printed} │ +{meant} │ {kind}", text)


def test_many_such_numbers_are_counted(draft):
    text = shown(draft("all wrong"), "en")
    assert text.count(" stands in ") == 5
    assert "more numbers stand in two of them or more" in text


def test_a_table_whose_rows_are_all_lost_is_one_line(draft):
    text = shown(draft("table lost"), "en").replace("\n", " ")
    assert "in none of its 25 rows could it be told which number is whose" in text
    assert "rows to compare" not in text
    assert text.count("! ") == 1


def test_a_row_that_is_meant_as_a_whole_is_not_spelt_out(draft):
    assert "缺失：整行" in shown(draft("dashes"))
    assert "missing: the whole row" in shown(draft("dashes"), "en")


@pytest.mark.parametrize(
    "change", ["lost", "lost twice", "dashes", "fraction", "no count", "row gone", "table gone", "table lost"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_amiss_stands_above_the_verdict(draft, change, lang):
    """Whoever is told to look at something above finds it there."""
    text = shown(draft(change), lang)
    assert ("没有发现问题" in text) == ("Nothing found" in text) == False  # noqa: E712
    assert any(sign in text for sign in ("! ", "· ", "需要核对的行", "rows to compare"))


def test_a_row_that_lost_a_number_is_shown_even_where_every_value_was_deduced(draft):
    report = draft("lost")
    assert {cell.status for cell in report.cells if cell.cell.item == "granted"} == {"deduced", "verified"}
    text = shown(report)
    assert re.search(r"予以公开 +│ 9 1 0 0 1 11 +│ 9 1 0 0 1 \(0\) 11", text)


def test_a_number_that_cannot_be_read_is_quoted(draft):
    assert "3.8" in shown(draft("fraction"))


def test_a_refused_file_shows_its_reason_in_the_language_asked_for(draft):
    report = draft("empty")
    assert "✗ 文件是空的" in shown(report)
    assert "Fetch it again" in shown(report, "en")


@pytest.mark.parametrize(("micro", "printed"), [(None, "—"), (0, "0"), (10_000_000, "10"), (48_350_000, "48.35"),
                                               (-3_000_000, "-3"), (1, "0.000001")])  # fmt: skip
def test_numbers_are_written_as_people_write_them(micro, printed):
    assert number(micro) == printed


def test_a_sentence_that_contradicts_the_tables_is_shown_with_what_they_say():
    for lang, title, told in (
        ("zh", "与表格不符或前后不符的正文", "（七）总计 总计 是 26.8%"),
        ("en", "sentences that contradict the tables or themselves", "（七）总计 总计: 26.8%"),
    ):
        [report] = judged_reports([RAW / "2021" / "jiaozuo_office.md"], FORMS)
        console = Console(file=StringIO(), width=160)
        console.print(check_picture(report, FORMS, lang))
        shown = console.file.getvalue()
        assert title in shown
        assert "44%" in shown
        assert told in shown
        assert broken_errors(report) == []


def test_parts_that_exceed_their_whole_are_added_up():
    [report] = judged_reports([RAW / "2020" / "xiayi.txt"], FORMS)
    console = Console(file=StringIO(), width=160)
    console.print(check_picture(report, FORMS, "zh"))
    assert "4884 + 589 + 525 = 5998" in console.file.getvalue()
