from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.sections.identity import (
    LEVELS,
    level,
    normalized_name,
    organization_id,
    scope,
)
from gk_pipeline.sections.signature import organization_from_signature, published_on

TEXT = ["一、总体情况", "2020年，各项工作平稳。", "六、其他需要报告的事项", "无。"]


@given(st.sampled_from(["云岭县教育局", "第八师121团", "云岭县科技局知识产权局"]), st.data())
def test_spacing_brackets_and_width_do_not_change_an_id(name, data):
    spelled = name
    for _ in range(data.draw(st.integers(1, 5))):
        position = data.draw(st.integers(0, len(spelled)))
        spelled = spelled[:position] + data.draw(st.sampled_from(" \u3000\u200b（）()·“”【】-")) + spelled[position:]
    spelled = spelled.replace("1", "１")
    assert normalized_name(spelled) == name
    assert organization_id(spelled) == organization_id(name)


def test_the_id_of_a_body_never_changes():
    assert organization_id("云岭县教育局") == "org-5509f9167954"


def test_different_names_have_different_ids():
    assert organization_id("云岭县人民政府") != organization_id("云岭县人民政府办公室")


@pytest.mark.parametrize(
    ("organization", "expected"),
    [
        ("河南省人民政府", "province"),
        ("上海市", "province"),
        ("广西壮族自治区人民政府", "province"),
        ("吉林省吉林市人民政府", "city"),
        ("青溪市", "city"),
        ("青溪市本级", "city"),
        ("黔南布依族苗族自治州人民政府", "city"),
        ("阿克苏地区行政公署", "city"),
        ("云岭县", "county"),
        ("鄂伦春自治旗人民政府", "county"),
        ("上海市浦东新区人民政府", "county"),
        ("神农架林区", "county"),
        ("柳镇人民政府", "township"),
        ("云岭县白水乡", "township"),
        ("青溪市明珠街道办事处", "township"),
        ("明珠街道", "township"),
        ("青溪市人民政府办公室", "department"),
        ("云岭县教育局", "department"),
        ("云岭县科学技术局（知识产权局）", "department"),
        ("云岭县乡镇企业局", "department"),
        ("云岭县国有资产监督管理委员会", "department"),
        ("国家税务总局云岭县税务局", "department"),
        ("云岭经济技术开发区管理委员会", "unknown"),
        ("江北新区", "unknown"),
        ("柳林路办事处", "unknown"),
        ("云岭县人民法院", "unknown"),
        ("市政府", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_level_is_judged_from_the_name(organization, expected):
    assert level(organization) == expected
    assert expected in LEVELS


@pytest.mark.parametrize(
    "lines",
    [
        ["发布时间:2021-03-09 00:00 来源:青溪市人民政府办公室 字体:[ ]"],
        ["发布日期：2021/3/9"],
        ["发 布 时 间：２０２１年３月９日"],
        ["【发布日期】2021.03.09"],
        ["公开日期", "", "2021-03-09"],
        ["公开日期：", "2021-03-09 10:30:00"],
        ["索引号：123 成文日期： 2021 年 3 月 9 日 文号：无"],
        ["时间：2021-03-09"],
        ["来源：本站 时间：2021-03-09"],
        ["发文日期：二〇二一年三月九日"],
    ],
)
def test_a_labelled_date_is_the_day_of_publication(lines):
    assert published_on([*lines, *TEXT]) == date(2021, 3, 9)


@pytest.mark.parametrize(
    "line",
    [
        "采集时间：2025-12-30T21:37:37+08:00",
        "打印时间：2025-12-30",
        "更新时间：2025-12-30",
        "2025年12月30日",
        "2025年12月30日 星期二",
        "时间：2025年12月30日 星期二",
        "统计时间：2020年1月1日至2020年12月31日",
        "时间：2020年1月1日至2020年12月31日",
        "公开时间：2020年1月1日—2020年12月31日",
        "发布时间：2021-02-30",
        "发布时间：2021-13-01",
        "发布时间：近日",
    ],
)
def test_other_dates_of_a_page_are_not_the_day_of_publication(line):
    assert published_on([line, *TEXT]) is None


def test_a_label_above_a_sentence_dates_nothing():
    assert published_on(["发布时间", "2021年3月9日召开推进会", *TEXT]) is None


def test_publication_goes_before_the_date_of_writing():
    assert published_on(["成文日期：2021-01-20", "发布日期：2021-03-09", *TEXT]) == date(2021, 3, 9)


@pytest.mark.parametrize(
    "signature", ["2021年1月20日", "二〇二一年一月二十日", "二○二一 年 一 月 二 十 日", "（2021年1月20日）"]
)
def test_a_signature_dates_a_report_without_labels(signature):
    assert published_on([*TEXT, "云岭县教育局", signature]) == date(2021, 1, 20)
    assert published_on([*TEXT, f"云岭县教育局 {signature}"]) == date(2021, 1, 20)
    assert published_on([*TEXT, signature, "打印本页", "关闭"]) == date(2021, 1, 20)


def test_a_signed_date_goes_before_a_bare_one_and_two_bare_ones_are_none():
    assert published_on([*TEXT, "云岭县教育局", "2021年1月20日", "2022年5月1日"]) == date(2021, 1, 20)
    assert published_on([*TEXT, "2021年1月20日", "2022年5月1日"]) is None


def test_a_sentence_that_ends_with_a_date_is_no_signature():
    assert published_on([*TEXT, "以上数据截至2021年1月20日"]) is None


def test_no_report_is_published_before_its_year():
    lines = ["发布日期：2019-03-09", *TEXT, "云岭县教育局", "2021年1月20日"]
    assert published_on(lines, 2020) == date(2021, 1, 20)
    assert published_on(lines, 2022) is None


@given(
    st.dates(date(2008, 1, 1), date(2030, 12, 31)),
    st.sampled_from(
        [
            "{0.year}-{0.month:02}-{0.day:02}",
            "{0.year}/{0.month}/{0.day}",
            "{0.year}年{0.month}月{0.day}日",
            "{0.year}.{0.month}.{0.day}",
        ]
    ),
)
def test_every_day_is_read_in_every_spelling(day, spelling):
    assert published_on([f"发布日期：{spelling.format(day)} 来源：本站", *TEXT]) == day


@pytest.mark.parametrize(
    "lines",
    [
        [*TEXT, "云岭县教育局", "2021年1月20日"],
        [*TEXT, "云岭县 教育局 2021年1月20日"],
        ["现将云岭县教育局2020年政府信息公开工作年度报告公布如下：", *TEXT],
        ["根据要求，现向社会公布云岭县教育局2020年度政府信息公开年度报告。", *TEXT],
        ["发布机构：云岭县教育局", *TEXT],
        ["发布机构", "云岭县教育局", "公开日期", "2021-01-20", *TEXT],
        ["本报告由云岭县教育局编制。", *TEXT],
        ["本年报由云岭县教育局根据《条例》编制", *TEXT],
        ["现将教育局2020年政府信息公开工作报告如下：", *TEXT, "云岭县教育局", "2021年1月20日"],
        ["现将我局2020年政府信息公开工作报告如下：", *TEXT, "云岭县教育局", "2021年1月20日"],
    ],
)
def test_a_body_is_named_by_its_signature_its_opening_or_its_metadata(lines):
    assert organization_from_signature(lines) == "云岭县教育局"


def test_a_county_and_its_government_are_one_body():
    lines = ["现将云岭县2020年政府信息公开工作情况报告如下", *TEXT, "云岭县人民政府", "2021年1月20日"]
    assert organization_from_signature(lines) == "云岭县人民政府"


@pytest.mark.parametrize(
    "lines",
    [
        TEXT,
        [*TEXT, "2021年1月20日"],
        ["本报告由青溪市人民政府办公室编制。", *TEXT],
        ["发布机构：青溪市人民政府办公室", *TEXT],
        ["发布机构：云岭县人民政府", *TEXT, "云岭县教育局", "2021年1月20日"],
        ["现将我局2020年政府信息公开工作报告如下：", *TEXT],
        ["发布机构：县教育局", *TEXT],
        ["云岭县教育局", "2021年1月20日", *TEXT],
    ],
)
def test_a_body_is_left_open_where_the_evidence_is_short_or_divided(lines):
    assert organization_from_signature(lines) is None


@pytest.mark.parametrize(
    ("text", "organization", "expected"),
    [
        ("2020年，全市共通过网络平台、信函等方式收到信息公开申请276件。", "青溪市人民政府", "consolidated"),
        ("全县办理依申请公开案件 106 件，比去年增加30件。", "云岭县人民政府", "consolidated"),
        ("全区各级行政机关共受理26件政府信息公开申请。", "柳林区人民政府", "consolidated"),
        ("本报告所列数据为全市汇总数据。", "青溪市人民政府", "consolidated"),
        ("市本级共收到政府信息公开申请15件。", "青溪市人民政府", "own"),
        ("本年报所列数据仅为本机关数据，不含下属单位。", "云岭县教育局", "own"),
        ("本机关收到26件政府信息公开申请。", None, "own"),
        ("2023年度我局共收到依申请信息公开26件", "云岭县教育局", "own"),
        ("我局未收到政府信息公开申请。", "云岭县教育局", "own"),
        ("云岭县教育局收到政府信息公开申请3件。", "云岭县教育局", "own"),
        ("市政府办公室新收政府信息公开申请 58 件，其中自然人 57 件。", "青溪市人民政府办公室", "own"),
        ("我镇受理政府信息公开申请2件。", "柳镇人民政府", "own"),
        ("全市共收到申请276件，其中市本级收到申请100件。", "青溪市人民政府", "unknown"),
        ("我局收到申请3件；全市共受理申请20件。", "青溪市人民政府", "unknown"),
        ("我局收到申请3件。", "青溪市人民政府", "unknown"),
        ("我局下属单位收到申请3件。", "云岭县教育局", "unknown"),
        ("市政府办公室新收政府信息公开申请58件。", "青溪市人民政府", "unknown"),
        ("我市共收到申请276件。", "青溪市人民政府", "unknown"),
        ("全年共受理依申请政府信息公开14件。", "云岭县人民政府", "unknown"),
        ("加强了对全市依申请案件办理的指导监督工作。", "青溪市人民政府", "unknown"),
        ("按照全市统一部署，共受理申请5件。", "云岭县教育局", "unknown"),
        ("全市办理行政许可申请3000件。", "青溪市人民政府", "unknown"),
        ("食品安全市场监管部门受理申请5件。", "云岭县教育局", "unknown"),
        ("本报告数据不包括全市其他部门。", "云岭县教育局", "unknown"),
        ("认真做好年报数据汇总工作。", "云岭县教育局", "unknown"),
        ("", None, "unknown"),
    ],
)
def test_scope_is_what_a_counting_clause_says(text, organization, expected):
    assert scope(text, organization) == expected
