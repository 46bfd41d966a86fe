"""Sections by their headings, whatever the page does to them."""

import pytest

from gk_pipeline.documents.document import Block
from gk_pipeline.forms import shipped_forms
from gk_pipeline.sections.report import open_report

SIX = ["overview", "proactive_disclosure", "applications", "review_litigation", "problems", "other_matters"]
TITLES = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def headings(*lines: str) -> dict[str, str]:
    """The sections found in lines of text, each with the line its heading stands in."""
    opened = open_report([Block(text) for text in lines], 0, len(lines) - 1, shipped_forms())
    return {code: lines[opened.stream.place(hit.start)[0]] for code, hit in opened.headings.items()}


def test_six_headings_are_six_sections():
    assert list(headings(*TITLES)) == SIX


def test_a_page_without_headings_has_no_sections():
    assert headings("今天天气很好。") == {}


def test_an_introduction_that_lists_the_titles_is_no_heading():
    listing = "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等部分组成。"
    assert listing not in headings(listing, *TITLES).values()
    assert list(headings(listing, *TITLES)) == SIX


def test_sub_headings_that_restart_at_one_are_no_sections():
    found = headings(TITLES[0], "一、公开渠道", "二、主动公开情况。全年公开信息若干条。", *TITLES[1:])
    assert list(found.values()) == TITLES


def test_a_report_that_restarts_numbering_keeps_its_sections():
    assert list(headings(*[f"一、{title[2:]}" for title in TITLES])) == SIX


def test_lost_headings_are_missing_and_the_others_stand():
    assert list(headings(*TITLES[:4])) == SIX[:4]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("problems", "五、存在问题及整改举措"),
        ("other_matters", "六、其他需要报告事项"),
        ("review_litigation", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        ("overview", "## 一、 总 体 情 况"),
    ],
)
def test_titles_vary(code: str, line: str):
    assert headings(line)[code] == line
