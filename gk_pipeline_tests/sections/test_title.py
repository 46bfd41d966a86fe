import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.sections.title import (
    Title,
    choose_title,
    compact,
    is_organization_name,
    read_title,
    split_titles,
    stated_publisher,
)

BODIES = ["青溪市人民政府", "云岭县", "云岭县教育局", "柳镇人民政府", "青溪市人民政府办公室", "青溪市明珠街道办事处"]
SHAPES = [
    "{body}{year}年政府信息公开工作年度报告",
    "{year}年{body}政府信息公开年度报告",
    "{body}{year}年度政府信息公开工作报告",
    "{body}关于{year}年度政府信息公开工作情况的报告",
    "关于{body}{year}年政府信息公开工作年度报告",
    "{body}政府信息公开工作年度报告（{year}年）",
    "{body}政府信息公开工作年度报告({year}年度)",
    "{body}政府信息公开工作年度报告({year})",
    "{body}{year}年政府信息公开年报",
    "{body}{year}政府信息公开年报",
    "{body}政府信息公开{year}年报",
    "{body}政府信息公开工作{year}年度报告",
    "{body}{year}年信息公开年度报告",
    "{body}政务公开{year}年年度报告",
    "{body}{year}年政府信息公开和政务公开工作年度报告",
    "{body}{year}年度政府信息公开工作总结报告",
]
REPORT = ["一、总体情况", "本年工作平稳。", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]


def organization_and_year(line: str) -> tuple[str | None, int | None] | None:
    title = read_title(line)
    return title and (title.organization, title.stated_year)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("body", BODIES)
def test_a_title_names_its_body_and_year_in_every_usual_shape(shape, body):
    assert organization_and_year(shape.format(body=body, year=2021)) == (body, 2021)


@given(st.sampled_from(SHAPES), st.sampled_from(BODIES), st.integers(2008, 2030), st.data())
def test_white_space_anywhere_changes_neither_body_nor_year(shape, body, year, data):
    line = shape.format(body=body, year=year)
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(0, len(line)))
        line = line[:position] + data.draw(st.sampled_from([" ", "\u3000", "\u00a0", "\u200b", "\t"])) + line[position:]
    assert organization_and_year(line) == (body, year)


@pytest.mark.parametrize(
    "year", ["2021", "２０２１", "二〇二一", "二○二一", "二零二一", "二Ｏ二一", "二O二一", "二0二一", "2 0 2 1"]
)
def test_a_year_is_read_in_every_spelling(year):
    assert organization_and_year(f"青溪市 {year}年 政府信息公开年报") == ("青溪市", 2021)


@pytest.mark.parametrize("year", ["202020年", "20202年", "220年", "二〇二年", "20年"])
def test_a_broken_year_is_not_guessed_and_costs_the_body_nothing(year):
    assert organization_and_year(f"青溪市{year}政府信息公开工作年度报告") == ("青溪市", None)


def test_two_years_that_differ_leave_the_year_open():
    assert organization_and_year("2019年云岭县教育局2020年政府信息公开年报") == ("云岭县教育局", None)
    assert organization_and_year("2020年云岭县教育局2020年政府信息公开年报") == ("云岭县教育局", 2020)


@pytest.mark.parametrize(
    "line",
    [
        "2020年政府信息公开工作年度报告",
        "关于2020年度政府信息公开工作情况的报告",
        "市政府2020年政府信息公开工作年度报告",
        "全市2020年政府信息公开工作年度报告",
        "青溪市2020年柳镇政府信息公开工作年度报告",
    ],
)
def test_a_title_that_does_not_name_one_body_keeps_only_its_year(line):
    assert organization_and_year(line) == (None, 2020)


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("云岭县人民政府信息公开工作年度报告（2022年）", "云岭县人民政府"),
        ("云岭县政府信息公开工作年度报告（2022年）", "云岭县"),
        ("云岭县政府2022年政府信息公开工作年度报告", "云岭县政府"),
        ("云岭县政府政府信息公开2022年度报告", "云岭县政府"),
        ("云岭县科学技术局（知识产权局）2022年政府信息公开年度报告", "云岭县科学技术局（知识产权局）"),
        ("中共云岭县委机构编制委员会办公室2022年政府信息公开年度报告", "中共云岭县委机构编制委员会办公室"),
        ("第八师121团2022年政府信息公开年度报告", "第八师121团"),
        ("第八师１２１团2022年政府信息公开年度报告", "第八师121团"),
        ("全州县2022年政府信息公开年度报告", "全州县"),
        ("本溪市2022年政府信息公开年度报告", "本溪市"),
        ("济南市市中区人民政府2022年政府信息公开⼯作年度报告", "济南市市中区人民政府"),
        ("将乐县2022年政府信息公开年度报告", "将乐县"),
    ],
)
def test_the_body_ends_where_the_report_begins(line, body):
    assert organization_and_year(line) == (body, 2022)


@pytest.mark.parametrize(
    "line",
    [
        "# {}",
        "# **{}**",
        "《{}》",
        "“{}”",
        "标题：{}",
        "名称: {}",
        "标 题 ： {}-云岭县教育局",
        "{}_云岭县人民政府",
        "{} | 政府信息公开 | 云岭县人民政府",
        "{}——云岭县教育局",
        "  {}\n",
    ],
)
def test_decorations_labels_and_site_names_are_not_part_of_a_title(line):
    title = "云岭县教育局2021年政府信息公开年度报告"
    assert read_title(line.format(title)) == Title(title, "云岭县教育局", 2021)


def test_the_text_of_a_title_stays_as_printed_but_for_white_space():
    title = read_title("青溪市　２０２１ 年\n政府信息公开年报")
    assert title is not None
    assert title.text == "青溪市 ２０２１ 年 政府信息公开年报"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "按时填报并发布我市2019年度政府信息公开年报。",
        "按时填报并发布我市2019年度政府信息公开年报",
        "我局2019年政府信息公开年度报告",
        "首页 > 政府信息公开 > 年报",
        "首页 > 政府信息公开 > 云岭县2020年政府信息公开年报",
        "首页2020年政府信息公开工作年度报告",
        "政府信息公开年报",
        "政府信息公开工作年度报告",
        "云岭县政府信息公开工作报告",
        "关于2020年政府信息公开工作年度报告有关事项的通知",
        "关于报送云岭县2020年政府信息公开工作年度报告",
        "云岭县2020年上半年政府信息公开工作报告",
        "云岭县2020年第一季度政府信息公开工作报告",
        "2020年上半年云岭县教育局政府信息公开工作报告",
        "XX市人民政府20XX年政府信息公开工作年度报告",
        "XX市人民政府2020年政府信息公开工作年度报告",
        "××县2020年政府信息公开工作年度报告",
        "某某县2020年政府信息公开工作年度报告",
        "云岭县2019-2020年政府信息公开工作年度报告",
        "云岭县2019年、2020年政府信息公开工作年度报告",
        "上一篇：云岭县2019年政府信息公开工作年度报告",
        "1.云岭县2019年政府信息公开工作年度报告",
        "云岭县2019年政府信息公开工作年度报告 2020-01-20",
        "云岭县2019年政府信息公开工作年度报告解读",
        "云岭县2019年政府信息公开工作年度报告-解读",
        "云岭大学2019年信息公开年度报告",
        "云岭县2019年法治政府建设年度报告",
        "云岭县2019年环境信息公开年度报告",
        "云岭县2019年政府信息公开，工作年度报告",
        "各县区2019年政府信息公开工作年度报告",
        "云岭县教育局2020年政府信息公开工作年度报告云岭县财政局2020年政府信息公开工作年度报告",
    ],
)
def test_what_only_mentions_a_report_is_no_title(line):
    assert read_title(line) is None


@given(st.text(alphabet="云岭县教育局年度报告政府信息公开工作的关于我，。；2019（） >", max_size=60))
def test_a_body_is_never_read_out_of_punctuation_or_a_pronoun(line):
    title = read_title(line)
    if title is not None and title.organization is not None:
        assert is_organization_name(title.organization)
        assert not re.search(r"[，。；我的 >]", title.organization)


@pytest.mark.parametrize(
    "name", ["", "我局", "本单位", "市政府", "全市", "县", "各部门", "沿着小路", "云岭县教育局负责的"]
)
def test_words_for_a_body_are_not_its_name(name):
    assert not is_organization_name(name)


def test_the_earliest_title_with_body_and_year_is_chosen():
    lines = ["2021年政府信息公开年报", "云岭县2021年政府信息公开年报", "云岭县教育局2021年政府信息公开年报", *REPORT]
    assert choose_title(lines, None) == read_title(lines[1])


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
        ["2024年", "青溪市人民政府政府信息公开工作年度报告"],
        ["青溪市人民政府政府信息公开工作年度报告", "（2024年）"],
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


def test_years_of_a_menu_are_not_joined_to_the_menu():
    assert choose_title(["2020年", "2019年", "政府信息公开年报", *REPORT], None) is None


def test_a_report_on_one_line_still_has_its_title():
    line = "云岭县2020年政府信息公开工作年度报告 一、总体情况 " + "本年工作平稳，未收到申请。" * 40
    assert choose_title([line], None) == Title("云岭县2020年政府信息公开工作年度报告", "云岭县", 2020)


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


def test_compact_text_has_neither_white_space_nor_wide_digits():
    assert compact(" １ 2\u3000Ａ\ufeff⼯ ") == "12A工"
