"""Of which time a sentence speaks where a number stands."""

import pytest

from gk_pipeline.tables.periods import time_marks, told_at


def told(text, year=2022):
    return told_at(time_marks(text), len(text), year)


@pytest.mark.parametrize(
    "text",
    [
        "收到",
        "2022年，我局收到",
        "二〇二二年收到",
        "今年以来没有投诉，全年收到",
        "全年累计收到",
        "比去年少，收到",
        "较2021年有所增加，收到",
        "上年结转",
        "结转上年度",
        "2022年1月1日至12月31日，收到",
        "2022年12月31日，收到",
        "收到申请9件（2021年为7件），办结",
        "2021年收到7件，2022年收到",
    ],
)
def test_the_year_is_the_reports_unless_another_is_said(text):
    assert told(text).period == "year"
    assert told(text).doubt is None


@pytest.mark.parametrize(
    "text",
    [
        "2021年收到",
        "2021年全年收到",
        "去年全年收到",
        "2021年，年内收到",
        "去年收到",
        "上年度收到",
        "上一年收到",
        "（2021年为",
    ],
)
def test_the_year_before_is_the_year_before(text):
    assert told(text).period == "previous_year"


@pytest.mark.parametrize(
    "text",
    [
        "2019年收到",
        "2020年全年收到",
        "前年收到",
        "近三年收到",
        "自2008年以来收到",
        "累计收到",
        "2022年上半年收到",
        "一季度收到",
        "2022年3月收到",
        "9月份收到",
        "截至目前收到",
        "同期收到",
    ],
)
def test_any_other_time_is_another(text):
    assert told(text).period == "other"


@pytest.mark.parametrize("text", ["截至2022年底，收到", "截止2022年12月底收到", "截至12月31日，收到"])
def test_until_the_end_of_the_year_is_the_year_but_leaves_a_doubt(text):
    assert told(text).period == "year"
    assert told(text).doubt


def test_a_report_without_a_year_leaves_every_year_in_doubt():
    assert told("2021年收到", year=None) == ("year", "2021年", True)


def test_a_sentence_after_one_of_another_time_is_in_doubt():
    before = told("2019年收到")
    assert told_at([], 2, 2022, before).doubt
