"""What has the tables of the form and is not the report of a year is refused; what only looks so is read."""

import pytest
from ways import YUNLING, blank_form

from gk_pipeline.documents.document import Document
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.sections.report import Found, find_reports

TEXT = YUNLING.read_text(encoding="utf-8")
TITLE, BODY = TEXT.split("\n", 1)
TABLES = BODY[BODY.index("第二十条第（一）项") :]
"""The report of a whole year without its title, and its tables without any heading before them."""


def read(text: str, name: str = "file.txt") -> Document:
    return read_bytes(text.encode(), name, form_labels(shipped_forms()))


def found(*lines: str, page_title: str | None = None) -> Found:
    text = "\n".join(lines)
    if page_title is not None:
        text = f"<html><head><title>{page_title}</title></head><body><pre>{text}</pre></body></html>"
        return find_reports(read(text, "page.html"), shipped_forms())
    return find_reports(read(text), shipped_forms())


def refusal(*lines: str, page_title: str | None = None) -> str:
    """The message of the one finding on a document that gives no report."""
    reports, refused = found(*lines, page_title=page_title)
    assert reports == []
    [finding] = refused
    assert (finding.code, finding.severity) == ("not_an_annual_report", "error")
    assert "take it out of the year folder" in finding.advice
    return finding.message


def whose(*lines: str, page_title: str | None = None) -> tuple[str | None, int | None]:
    """Body and year of the one report of a document."""
    reports, refused = found(*lines, page_title=page_title)
    assert refused == []
    [report] = reports
    return report.identity.organization, report.identity.stated_year


@pytest.mark.parametrize(
    ("title", "covers"),
    [
        ("云岭县水利局2022年上半年政府信息公开情况统计表", "covers the first half of 2022 (上半年)"),
        ("云岭县水利局2022年下半年政府信息公开工作总结", "covers the second half of 2022"),
        ("2022年第一季度云岭县水利局政府信息公开统计表", "covers only quarters of 2022 (第一季度)"),
        ("云岭县水利局政府信息公开情况统计表（2022年1-6月）", "covers only months of 2022 (1-6月)"),
        ("云岭大学2021—2022学年信息公开工作年度报告", "covers a school year (2021—2022学年)"),
        ("云岭学院2021-22学年度信息公开年度报告", "covers a school year"),
        ("云岭县水利局2021年与2022年政府信息公开工作年度报告", "covers several years (2021年与2022年)"),
        ("云岭县水利局政府信息公开工作年度报告对比表", "compares reports (对比表)"),
        ("XX局2022年政府信息公开工作年度报告", "is a sample to be filled in (XX)"),
    ],
)
def test_the_title_decides(title, covers):
    assert covers in refusal(title, BODY)
    assert covers in refusal(title, TABLES)
    assert covers in refusal(BODY, page_title=f"{title}-云岭县人民政府")


@pytest.mark.parametrize(
    "lines",
    [
        ["云岭县水利局", "2022年上半年", "政府信息公开情况统计表"],
        ["云岭县水利局2022年上半年", "政府信息公开工作报告"],
        ["云岭县水利局政府信息公开情况统计表", "（2022年1月—6月）"],
        ["2022年上半年", "政府信息公开工作报告"],
    ],
)
def test_a_title_of_a_part_of_the_year_may_be_broken_over_lines(lines):
    assert "of 2022" in refusal(*lines, BODY)


@pytest.mark.parametrize(
    "caption",
    [
        "统计时间：2022年1月1日至2022年6月30日",
        "填报单位：云岭县水利局 2022年第二季度",
        "报告期间 2022 年 1—6 月",
    ],
)
def test_a_caption_above_the_tables_decides_where_the_title_names_no_period(caption):
    assert "The line above the tables" in refusal("政府信息公开情况统计表", caption, TABLES)


@pytest.mark.parametrize(
    "caption",
    [
        "统计区间：2022.01.01-2022.06.30",
        "统计周期：2022/1/1-2022/6/30",
        "数据截至2022年6月30日",
        "以下为2022年上半年统计数据：",
        "注：本表数据为2022年上半年数据。",
        "2022年上半年主动公开政府信息情况",
        "（上半年）",
    ],
)
def test_what_stands_over_the_table_of_a_yearly_report_decides(caption):
    assert "The line above the tables" in refusal(TITLE, "二、主动公开政府信息情况", caption, TABLES)


@pytest.mark.parametrize(
    "caption",
    [
        "统计时间：2022年1月1日至2022年12月31日",
        "统计时间：2022年3月至12月",
        "统计区间：2022.01.01-2022.12.31",
        "数据截至2022年12月31日",
        "数据截至2023年1月10日",
    ],
)
def test_a_caption_of_the_year_or_of_a_new_body_refuses_nothing(caption):
    assert whose(TITLE, caption, TABLES) == ("云岭县水利局", 2022)


@pytest.mark.parametrize(
    "prose",
    [
        "2022年上半年，我局公开水利信息200条。",
        "（一）上半年工作",
        "第一季度、第二季度分别公开100条、112条；1-6月收到申请12件。",
        "我局印发了《2022年上半年政府信息公开情况统计表》。",
    ],
)
def test_prose_about_a_part_of_the_year_decides_nothing(prose):
    assert whose(TITLE, prose, BODY) == ("云岭县水利局", 2022)
    assert whose(TITLE, BODY.replace("二、主动公开", f"{prose}\n二、主动公开", 1)) == ("云岭县水利局", 2022)


def test_links_to_statistics_above_the_title_or_below_the_text_decide_nothing():
    link = "云岭县2022年上半年政府信息公开情况统计表"
    assert whose(link, TITLE, BODY) == ("云岭县水利局", 2022)
    assert whose(TITLE, BODY, link) == ("云岭县水利局", 2022)
    assert whose(TITLE, link, BODY, page_title=TITLE) == ("云岭县水利局", 2022)


def test_links_to_reports_above_statistics_make_them_no_report():
    title = "云岭县水利局2022年上半年政府信息公开情况统计表"
    assert "first half" in refusal(TITLE, title, TABLES)


NOTICES = [
    "关于做好2022年政府信息公开工作年度报告编制发布工作的通知",
    "云岭县人民政府办公室关于报送2022年政府信息公开工作年度报告的通知",
    "关于编制2022年度政府信息公开年报的函",
    "关于报送2022年政府信息公开工作年度报告的函",
    "关于政府信息公开工作年度报告有关事项的通知",
]
ADDRESSED = ["各镇人民政府、县政府各部门：", "请按附件格式填报。"]


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("attached", ["", "附件", "2022年政府信息公开工作年度报告"])
@pytest.mark.parametrize("body", [BODY, blank_form(BODY)], ids=["sample", "blank"])
def test_a_notice_that_asks_for_reports_is_none_whatever_form_it_brings(notice, attached, body):
    assert "It is a notice" in refusal(notice, *ADDRESSED, attached, body)


def test_a_notice_is_told_by_the_title_of_its_page_and_over_several_lines():
    assert "It is a notice" in refusal(*ADDRESSED, BODY, page_title=NOTICES[0])
    lines = ["云岭县人民政府办公室", "关于做好2022年政府信息公开工作", "年度报告编制工作的通知"]
    assert "It is a notice" in refusal(*lines, *ADDRESSED, BODY)


def test_the_notice_with_which_the_form_was_issued_is_no_report():
    assert "sample" in refusal("关于印发《政府信息公开工作年度报告格式》的通知", *ADDRESSED, BODY)


@pytest.mark.parametrize(
    "cover",
    [
        [f"关于印发《{TITLE}》的通知", "各股室、局属各单位："],
        [f"关于印发《{TITLE[:12]}", f"{TITLE[12:]}》的通知", "各股室："],
        [f"云岭县人民政府办公室关于发布{TITLE}的公告"],
        ["云岭县水利局关于报送2022年政府信息公开工作年度报告的函", "县政府办公室："],
        ["云岭县水利局", "关于报送2022年度政府信息公开工作年度报告的报告", "县人民政府："],
        ["关于做好2022年政府信息公开工作年度报告编制发布工作的通知", TITLE],
        [*NOTICES[:1], *ADDRESSED, TITLE],
    ],
)
def test_the_cover_of_a_report_is_read_with_it(cover):
    assert whose(*cover, BODY) == ("云岭县水利局", 2022)
    assert whose(*cover, TITLE, BODY) == ("云岭县水利局", 2022)


def test_a_link_to_a_notice_above_the_title_decides_nothing():
    assert whose(NOTICES[0], "2022年政府信息公开工作年度报告", BODY)[1] == 2022


def beside(text: str, heads: tuple[str, str]) -> str:
    """The report with last year's value before every one of this year's."""
    rows = [line.split("\t") for line in text.split("\n")]
    both = [[row[0], *(value for field in row[1:] for value in (field, field))] for row in rows]
    years = "\t".join(["", *heads * 3])
    return "\n".join("\t".join(row) for row in both).replace("第二十条第（一）项", f"第二十条第（一）项\n{years}")


@pytest.mark.parametrize("heads", [("2021年", "2022年"), ("2021", "2022"), ("2022年度", "2021年度")])
def test_tables_with_two_years_side_by_side_are_no_report_of_one(heads):
    assert "prints 2021 and 2022 side by side" in refusal(TITLE, beside(BODY, heads))


def test_rows_of_two_years_are_no_report_of_one():
    rows = BODY.replace("行政处罚\t23", "行政处罚\t2021年\t20\n\t2022年\t23")
    assert "prints 2021 and 2022 side by side" in refusal(TITLE, rows)


def test_years_of_a_menu_above_the_tables_compare_nothing():
    menu = "年份\t2021年\t2022年"
    assert whose(TITLE, menu, BODY) == ("云岭县水利局", 2022)


def test_in_a_file_with_both_the_report_is_read_and_the_other_told():
    reports, refused = found(TEXT, TITLE.replace("2022年", "2023年上半年"), BODY)
    assert [report.identity.stated_year for report in reports] == [2022]
    assert [report.ordinal for report in reports] == [0]
    assert [finding.code for finding in refused] == ["not_an_annual_report"]


def test_the_ordinals_of_a_file_count_its_reports_alone():
    reports, refused = found(TITLE.replace("2022年", "2022年上半年"), BODY, TEXT)
    assert [(report.ordinal, report.identity.stated_year) for report in reports] == [(0, 2022)]
    assert len(refused) == 1
