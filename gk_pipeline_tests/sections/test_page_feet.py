"""A number that counts the pages of a text is no number of the report."""

import pytest

from gk_pipeline.documents import text
from gk_pipeline.sections.page_feet import page_feet


def feet(*pages: str) -> list[str]:
    """The texts of the lines that count these pages."""
    page = "".join(page + "\n\f" for page in pages)
    blocks = text.blocks(page, text.start_of(page))
    return [blocks[number].text or "" for number in sorted(page_feet(blocks, 0, len(blocks) - 1))]


@pytest.mark.parametrize(
    "foot",
    [
        "{}",
        "      {}",
        "— {} —",
        "第 {} 页 共 3 页",
        "{}/3",
        "{} / 3",
        "https://yunling.gov.cn/2023/1/18/a_12.html   {}/3",
    ],
)
def test_a_line_that_counts_every_page_is_found_above_and_below(foot: str):
    shown = [foot.format(number) for number in (1, 2, 3)]
    assert feet(*(f"规章 0 0 5\n行政许可 7\n{own}" for own in shown)) == shown
    assert feet(*(f"{own}\n规章 0 0 5\n行政许可 7" for own in shown)) == shown


def test_a_page_without_a_number_takes_it_from_no_other():
    pages = ["规章 5\n1", "行政许可 5\n2", "行政处罚 5", "行政强制 5\n4"]
    assert feet(*pages) == ["1", "2", "4"]


def test_a_text_may_begin_on_any_page_and_its_cover_has_no_number():
    assert feet("年报", "规章 5\n6", "行政许可 5\n7", "行政处罚 5\n8") == ["6", "7", "8"]


def test_two_pages_are_counted_from_the_first():
    assert feet("规章\n1", "行政许可\n2") == ["1", "2"]
    assert feet("规章\n4", "行政许可\n5") == []


def test_values_at_the_end_of_pages_count_nothing():
    assert feet("规章\n0", "行政许可\n0", "行政处罚\n0") == []
    assert feet("规章\n1", "行政许可\n2", "行政处罚\n9", "行政强制\n0") == []


def test_one_line_a_page_is_its_number_though_the_value_before_it_is_the_same():
    assert feet("规章\n1\n1", "行政许可\n2\n2", "行政处罚\n3\n3") == ["1", "2", "3"]


def test_words_that_differ_are_no_foot():
    assert feet("a\n收到申请1件", "b\n办结申请2件", "c\n结转申请3件") == []


def test_a_text_without_form_feeds_has_no_feet():
    blocks = text.blocks("规章\n1\n行政许可\n2\n", text.start_of("规章"))
    assert page_feet(blocks, 0, len(blocks) - 1) == frozenset()
