import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.sections.title import Title, compact, is_organization_name, read_title

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
    "line",
    [
        "云岭县教育局：2022年政府信息公开工作年度报告",
        "[云岭县教育局]2022年政府信息公开工作年度报告",
        "【云岭县教育局】2022年度政府信息公开工作年度报告",
        "云岭县教育局“2022年政府信息公开工作年度报告”",
        "云岭县教育局《2022年政府信息公开工作年度报告》",
        "2022年政府信息公开工作年度报告（云岭县教育局）",
        "2022年度政府信息公开年度报告(云岭县教育局)",
        "云岭县教育局2022年政府信息公开工作年度报告（含图解）",
        "关于云岭县教育局2022年政府信息公开工作年度报告的公示",
        "云岭县教育局关于2022年政府信息公开工作年度报告的公告",
    ],
)
def test_a_name_that_is_set_off_from_the_title_is_the_body_s(line):
    assert organization_and_year(line) == ("云岭县教育局", 2022)


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
    assert title.text == "青溪市 ２０２１ 年政府信息公开年报"


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


@pytest.mark.parametrize(
    ("line", "body", "year", "qualifier"),
    [
        ("云岭县2020年上半年政府信息公开工作报告", "云岭县", 2020, "上半年"),
        ("2020年上半年云岭县教育局政府信息公开工作报告", "云岭县教育局", 2020, "上半年"),
        ("云岭县教育局2020年下半年政务公开工作总结", "云岭县教育局", 2020, "下半年"),
        ("云岭县2020年上半年政府信息公开工作总结（修订版）", "云岭县", 2020, "上半年"),
        ("云岭县2020年H1政府信息公开工作报告", "云岭县", 2020, "H1"),
        ("云岭县政府信息公开工作中期报告（2020年）", "云岭县", 2020, "中期"),
        ("云岭县教育局2020年政府信息公开半年报", "云岭县教育局", 2020, "半年"),
        ("云岭县2020年第一季度政府信息公开工作报告", "云岭县", 2020, "第一季度"),
        ("云岭县2020年二季度政府信息公开情况统计表", "云岭县", 2020, "二季度"),
        ("云岭县2020年政府信息公开三季报", "云岭县", 2020, "三季"),
        ("云岭县2020年前三季度依申请公开办理情况统计表", "云岭县", 2020, "前三季度"),
        ("云岭县二〇二〇年1－6月政府信息公开情况统计表", "云岭县", 2020, "1－6月"),
        ("云岭县政府信息公开情况统计表（2020年1月—6月）", "云岭县", 2020, "1月—6月"),
        ("云岭县政府信息公开统计表（2020年1月1日至2020年6月30日）", "云岭县", 2020, "1月1日至2020年6月30日"),
        ("云岭县2020年第二、三季度政府信息公开工作开展情况", "云岭县", 2020, "第二、三季度"),
        ("云岭县2020年一至六月份政府信息公开工作台账", "云岭县", 2020, "一至六月份"),
        ("云岭县2020年上半年政府信息公开工作自查报告", "云岭县", 2020, "上半年"),
        ("云岭县截至2020年6月底政府信息公开情况统计表", "云岭县", None, "截至2020年6月底"),
        ("云岭县2020年6月份政府信息公开情况统计表", "云岭县", 2020, "6月份"),
        ("政府信息公开情况统计表（上半年）", None, None, "上半年"),
        ("云岭县2019-2020年政府信息公开工作年度报告", "云岭县", None, "2019-2020年"),
        ("云岭县2019年、2020年政府信息公开工作年度报告", "云岭县", None, "2019年、2020年"),
        ("云岭县政府信息公开工作年度报告对比表（2019年与2020年）", "云岭县", None, "对比表2019年与2020年"),
        ("政府信息公开工作年度报告（模板）", None, None, "模板"),
        ("2020年政府信息公开工作年度报告格式", None, 2020, "格式"),
        ("XX市人民政府20XX年政府信息公开工作年度报告", None, None, "XXXX"),
        ("××县2020年政府信息公开工作年度报告", None, 2020, "××"),
        ("某某县2020年政府信息公开工作年度报告", None, 2020, "某某"),
    ],
)
def test_what_makes_it_another_thing_than_the_report_of_a_year_qualifies_a_title(line, body, year, qualifier):
    assert read_title(line) == Title(line, body, year, qualifier)


@pytest.mark.parametrize(
    "line",
    [
        "云岭县政府信息公开工作年度报告（2022年1月1日至12月31日）",
        "云岭县2022年1-12月政府信息公开工作年度报告",
        "云岭县2022年度政府信息公开工作年度报告（2023年1月）",
        "云岭县2022年政府信息公开工作年度报告（二〇二三年一月十日）",
        "云岭县政府信息公开工作年度报告（2022年度）",
        "云岭县2022年政府信息公开工作年度报告（2023年发布）",
        "附件：云岭县2022年政府信息公开工作年度报告",
        "关于印发《云岭县2022年政府信息公开工作年度报告》的通知",
        "青溪市人民政府关于公布云岭县2022年政府信息公开工作年度报告的公告",
        "云岭县关于报送2022年政府信息公开工作年度报告的函",
        "云岭县关于报送2022年政府信息公开工作年度报告的报告",
    ],
)
def test_a_whole_year_a_date_of_publication_and_a_cover_qualify_nothing(line):
    title = read_title(line)
    assert title is not None
    assert (title.organization, title.stated_year, title.qualifier) == ("云岭县", 2022, None)


@pytest.mark.parametrize(
    "line",
    [
        *(
            f"云岭县2022年政府信息公开工作年度报告{end}"
            for end in (
                "（修订版）",
                "(公开版)",
                "（附统计表）",
                "（全文）",
                "（定稿）",
                "（发布稿）",
                "全文",
                ".docx",
                "（修订版）.PDF",
                "表",
            )
        ),
        "【云岭县2022年政府信息公开工作年度报告】",
        "【年报】云岭县2022年政府信息公开工作年度报告",
        "云岭县2022年法治政府建设暨政府信息公开工作年度报告",
        "云岭县政府信息公开工作年度报告－2022",
        "云岭县2022年政府信息主动公开工作年度报告",
        "云岭县2022年度政府信息公开工作总结",
        "云岭县2022年度政府信息公开工作总结及2023年工作计划",
        "云岭县2022年度政府信息公开工作总结和工作要点",
    ],
)
def test_an_edition_a_file_type_and_a_second_subject_belong_to_a_title(line):
    title = read_title(line)
    assert title is not None
    assert (title.organization, title.stated_year, title.qualifier) == ("云岭县", 2022, None)


@pytest.mark.parametrize("end", ["（征求意见稿）", "（解读版）", "图解.pdf"])
def test_a_draft_and_an_explanation_are_no_title(end):
    assert read_title(f"云岭县2022年政府信息公开工作年度报告{end}") is None


def test_a_title_in_traditional_characters_gives_its_year():
    assert organization_and_year("云岭县農業局2022年政府信息公開工作年度報告") == (None, 2022)


@pytest.mark.parametrize("year", ["2023年", "二〇二三年"])
def test_two_years_without_a_word_between_them_leave_the_year_open(year):
    assert organization_and_year(f"云岭县2022年政府信息公开工作年度报告（{year}）") == ("云岭县", None)


def test_the_office_that_sends_a_report_is_not_its_body():
    line = "云岭县人民政府办公室关于印发《2022年政府信息公开工作年度报告》的通知"
    assert organization_and_year(line) == (None, 2022)


@pytest.mark.parametrize(
    "line",
    [
        "关于做好2022年政府信息公开工作年度报告编制工作的通知",
        "关于报送2022年政府信息公开工作年度报告的通知",
        "云岭县人民政府办公室关于编制2022年政府信息公开工作年度报告的函",
    ],
)
def test_a_notice_that_asks_for_reports_is_no_title(line):
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


def test_the_reading_of_a_rare_character_is_no_part_of_a_name():
    title = read_title("鄄（juàn）城县人民政府2022年政府信息公开工作年度报告")
    assert title is not None
    assert (title.organization, title.stated_year) == ("鄄城县人民政府", 2022)


def test_compact_text_has_neither_white_space_nor_wide_digits():
    assert compact(" １ 2\u3000Ａ\ufeff⼯ ") == "12A工"
