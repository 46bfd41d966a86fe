"""Which lines are the title, whose sites and links stand around it."""

import pytest

from gk_pipeline.sections.signature import stated_publisher
from gk_pipeline.sections.title import Title, read_title
from gk_pipeline.sections.title_lines import choose_title, split_titles

REPORT = ["一、总体情况", "本年工作平稳。", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]


def test_the_last_title_before_the_text_is_chosen_that_says_most():
    lines = ["云岭县2021年政府信息公开年报", "云岭县教育局2021年政府信息公开年报", "2021年政府信息公开年报", *REPORT]
    assert choose_title(lines[1:], None) == read_title(lines[1])
    assert choose_title(lines[:2] + REPORT, None) == read_title(lines[1])


def test_links_to_other_years_give_the_report_no_year():
    links = [f"云岭县{year}年政府信息公开工作年度报告" for year in (2023, 2021)]
    title, text = "云岭县2022年政府信息公开工作年度报告", "现将2022年政府信息公开工作年度报告公布如下。"
    assert choose_title([*links, title, text, *REPORT], None) == read_title(title)
    assert choose_title([*links, title, text, *REPORT], "云岭县人民政府网站") == read_title(title)
    for lines in ([*links, title, *REPORT], [title, *links, text, *REPORT], [*links, text, *REPORT]):
        chosen = choose_title(lines, None)
        assert chosen is not None
        assert (chosen.organization, chosen.stated_year) == ("云岭县", None)
    assert choose_title([title, *links, text, *REPORT], title) == read_title(title)


def test_a_title_without_a_year_takes_none_from_a_link():
    title = "云岭县政府信息公开工作年度报告"
    chosen = choose_title(["云岭县2021年政府信息公开年报", title, "2022年，本县收到申请3件。", *REPORT], None)
    assert chosen == Title(title, "云岭县", None)


def test_a_year_of_which_the_text_knows_nothing_is_not_the_reports():
    title = "云岭县2021年政府信息公开工作年度报告"
    opening = ["现将2022年政府信息公开情况公布如下。", "一、总体情况", "2022年，本县收到申请3件。"]
    lines = [title, *opening, "2022年，均已按时答复。"]
    assert choose_title([title, *opening], None) == read_title(title), "plans may name another year twice"
    assert choose_title(lines, None) == Title(title, "云岭县", None)
    assert choose_title([*lines, "较2021年增长。"], None) == read_title(title)
    assert choose_title([title, "根据2019年修订的条例，公布如下。", *REPORT], None) == read_title(title)
    assert choose_title(lines, title) == read_title(title)


@pytest.mark.parametrize("menu", [["2023年", "2021年"], ["2021年"]])
def test_years_of_a_menu_are_not_joined_to_a_title_below_it(menu):
    title = "云岭县政府信息公开工作年度报告"
    assert choose_title([*menu, title, "2022年，本县收到申请3件。", *REPORT], None) == Title(title, "云岭县", None)


def test_no_body_of_a_menu_or_against_the_signature_is_joined_to_a_title():
    title, signature = "2022年政府信息公开工作年度报告", ["云岭县水利局", "2023年1月20日"]
    assert choose_title(["云岭县教育局", "云岭县司法局", title, *REPORT], None) == read_title(title)
    assert choose_title(["云岭县司法局", title, *REPORT, *signature], None) == read_title(title)
    assert choose_title(["云岭县水利局", title, *REPORT, *signature], None) == Title(
        f"云岭县水利局 {title}", "云岭县水利局", 2022
    )


def test_of_titles_of_several_bodies_the_signature_tells_else_the_last_of_two():
    lines = [f"云岭县{body}2022年政府信息公开工作年度报告" for body in ("教育局", "水利局", "司法局")]
    signature = ["云岭县教育局", "2023年1月20日"]
    assert choose_title([*lines[:2], *REPORT], None) == read_title(lines[1])
    assert choose_title([*lines, *REPORT, *signature], None) == read_title(lines[0])
    chosen = choose_title([*lines, *REPORT], None)
    assert chosen is not None
    assert (chosen.organization, chosen.stated_year) == (None, 2022)


def test_a_document_without_a_title_has_none():
    assert choose_title(["云岭县人民政府", *REPORT], None) is None
    assert choose_title([], "云岭县人民政府门户网站") is None


def test_links_below_the_first_section_are_never_the_title():
    lines = ["2021年政府信息公开工作年度报告", *REPORT, "云岭县2022年政府信息公开工作年度报告"]
    assert choose_title(lines, None) == Title(lines[0], None, 2021)


def test_the_page_title_serves_where_the_text_has_none():
    assert choose_title(REPORT, "云岭县教育局2021年政府信息公开年报-云岭县") == Title(
        "云岭县教育局2021年政府信息公开年报", "云岭县教育局", 2021
    )


def test_a_list_of_other_years_above_the_title_yields_to_the_year_of_the_page_title():
    lines = [f"云岭县{year}年政府信息公开工作年度报告" for year in (2023, 2022, 2021)]
    assert choose_title([*lines, *REPORT], "2021年政府信息公开工作年度报告") == read_title(lines[2])


def test_a_list_of_other_bodies_above_the_title_yields_to_the_body_of_the_page_title():
    lines = [f"云岭县{body}2021年政府信息公开年报" for body in ("财政局", "林业局", "教育局")]
    assert choose_title([*lines, *REPORT], f"{lines[2]}_云岭县") == read_title(lines[2])


def test_a_page_title_of_another_year_leaves_the_year_open():
    title = choose_title(["云岭县2021年政府信息公开年报", *REPORT], "云岭县2020年政府信息公开年报")
    assert title == Title("云岭县2021年政府信息公开年报", "云岭县", None)


@pytest.mark.parametrize(
    "lines",
    [
        ["- 1 -", "青溪市人民政府", "2024 年政府信息公开工作年度报告"],
        ["青溪市人民政府", "", "2024年", "政府信息公开工作年度报告"],
        ["青溪市人民政府2024年政府信息", "公开工作年度报告"],
        ["青溪市人民政府2024年政府信息公开工作年度报", "告"],
        ["青溪市人民政府", "　　2024年政府信息公开工作年度报", "", "　　　　告"],
        ["2024年", "青溪市人民政府政府信息公开工作年度报告"],
        ["青溪市人民政府政府信息公开工作年度报告", "（2024年）"],
        ["青溪市人民政府", "政府信息公开工作年度报告", "（2024年度）"],
        ["政府信息公开工作年度报告", "（2024年）", "青溪市人民政府"],
        ["政府信息公开工作年度报告", "", "（二〇二四年）", "", "青溪市人民政府"],
        ["政府信息公开工作年度报告", "青溪市人民政府", "2024年度"],
        ["政府信息公开工作年度报告", "", "二〇二四年度", "青溪市人民政府"],
        ["政府信息公开工作年度报告", "青溪市人民政府", "（2024年度）"],
        ["# 青溪市人民政府", "# **2024年**", "# 政府信息公开工作年度报告"],
        ["青溪市人民政府", "2024年度", "政府信息公开工作", "年度报告"],
        ["青溪市人民政府", "二〇二四年", "政府信息公开工作年度报告", "（2025年1月）"],
        [
            "青溪市人民政府办公室",
            "关于印发《青溪市人民政府2024年政府信息公开",
            "工作年度报告》的通知",
            "各县（市、区）：",
        ],
    ],
)
def test_a_title_broken_over_lines_is_read_whole(lines):
    title = choose_title([*lines, "本报告由青溪市人民政府办公室编制。", *REPORT], None)
    assert title is not None
    assert (title.organization, title.stated_year) == ("青溪市人民政府", 2024)


@pytest.mark.parametrize(
    "contradiction", [["发布机构：云岭县教育局"], ["发布机构", "云岭县教育局"], ["2023年，我局共收到申请3件。"]]
)
def test_a_site_name_above_the_title_is_not_taken_for_the_body(contradiction):
    title = "2023年政府信息公开年度报告"
    assert choose_title(["云岭县人民政府", title, *contradiction, *REPORT], None) == Title(title, None, 2023)


@pytest.mark.parametrize("below", [["2021年度", "2022年度"], ["2023年"], ["2023年1月20日"], ["二〇二三年一月"]])
def test_years_and_days_of_publication_below_a_title_and_a_body_are_not_the_reports(below):
    title = choose_title(["政府信息公开工作年度报告", "青溪市人民政府", *below, *REPORT], None)
    assert title is None or title.stated_year is None


@pytest.mark.parametrize("lines", [["2024年", "政府信息公开工作年度报告"], ["政府信息公开工作年度报告", "（2024年）"]])
def test_a_title_without_a_body_keeps_the_year_of_the_line_beside_it(lines):
    title = choose_title([*lines, *REPORT], None)
    assert title is not None
    assert (title.organization, title.stated_year) == (None, 2024)


def test_the_office_below_a_title_may_be_that_of_the_government_and_is_not_its_body():
    title = choose_title(["政府信息公开工作年度报告", "（2024年）", "青溪市人民政府办公室", *REPORT], None)
    assert title is not None
    assert (title.organization, title.stated_year) == (None, 2024)


def test_the_last_title_before_the_text_says_whether_it_is_a_report_of_the_year():
    half, year = "云岭县2024年上半年政府信息公开工作报告", "云岭县2024年政府信息公开工作年度报告"
    assert choose_title([half, year, *REPORT], None) == read_title(year)
    assert choose_title([year, half, *REPORT], None) == read_title(half)
    assert choose_title([year, half, *REPORT], year) == read_title(year)
    assert choose_title([half, year, *REPORT], half) == read_title(half)


def test_titles_behind_the_given_line_are_not_looked_at():
    lines = ["云岭县2024年政府信息公开工作年度报告", "表", "云岭县2023年上半年政府信息公开工作报告"]
    assert choose_title(lines, None, 2) == read_title(lines[0])


def test_years_of_a_menu_are_not_joined_to_the_menu():
    assert choose_title(["2020年", "2019年", "政府信息公开年报", *REPORT], None) is None


def test_a_report_on_one_line_still_has_its_title():
    line = "云岭县2020年政府信息公开工作年度报告 一、总体情况 " + "本年工作平稳，未收到申请。" * 40
    assert choose_title([line], None) == Title("云岭县2020年政府信息公开工作年度报告", "云岭县", 2020)


def test_a_title_before_section_one_of_a_short_line_is_read():
    title = "云岭县2020年政府信息公开工作年度报告"
    assert choose_title([f"{title} 一、总体情况 本年工作平稳。"], None) == read_title(title)
    assert choose_title([f"{title} 解读"], None) is None


def test_one_report_is_not_split():
    title = "云岭县2020年政府信息公开工作年度报告"
    assert split_titles([]) == []
    assert split_titles([f"标题：{title}-云岭县", title, *REPORT, title, "五、存在的主要问题"]) == []


@pytest.mark.parametrize(
    "second", ["云岭县2021年政府信息公开工作年度报告", "云岭县教育局2020年政府信息公开工作年度报告"]
)
def test_a_second_report_begins_at_its_title(second):
    lines = ["云岭县2020年政府信息公开工作年度报告", *REPORT, second, "引言。", *REPORT]
    assert split_titles(lines) == [len(REPORT) + 1]


def test_a_second_report_whose_title_takes_two_lines_begins_at_the_first():
    first = ["青溪市人民政府2020年政府信息公开工作年度报告", *REPORT]
    assert split_titles([*first, "云岭县人民政府", "2020年政府信息公开工作年度报告", *REPORT]) == [len(first)]


def test_links_to_other_reports_split_nothing():
    links = [f"云岭县{year}年政府信息公开年报" for year in (2023, 2022, 2019)]
    title = "云岭县2020年政府信息公开年报"
    assert split_titles([*links, title, *REPORT]) == []
    assert split_titles([title, *links, *REPORT]) == []
    assert split_titles([title, *REPORT, *links]) == []
    assert split_titles([title, *REPORT[:2], *links, *REPORT[2:]]) == []


@pytest.mark.parametrize(
    "lines",
    [["发布机构：云岭县教育局 "], ["发布机构", "", "云岭县教育局"], ["索引号", "发文机关:云岭县教育局 文号: 无"]],
)
def test_the_publisher_is_read_beside_or_below_its_label(lines):
    assert stated_publisher(lines) == "云岭县教育局"


def test_a_publisher_without_a_name_is_none():
    assert stated_publisher(["发布机构：", "成文日期", "行政机关发布机关报"]) is None


def test_a_title_wrapped_between_two_characters_has_no_blank_there():
    title = choose_title(["云岭县水利局2022年政府信息公开工作年度", "报告", "一、总体情况"], None)
    assert title is not None
    assert (title.text, title.stated_year) == ("云岭县水利局2022年政府信息公开工作年度报告", 2022)
