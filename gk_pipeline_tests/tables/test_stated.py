"""Numbers in sentences: digits and Chinese numerals, what they count, and how exactly they are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.schemas.exact import MICRO
from gk_pipeline.tables.stated import han_number, stated_numbers

COUNTERS = ("件", "条", "起", "次", "万元", "%", "％", "件次")


def read(text):
    return [(one.micro / MICRO, one.counter, one.bound, one.step / MICRO) for one in stated_numbers(text, COUNTERS)]


@pytest.mark.parametrize(
    ("text", "number", "counter", "bound", "step"),
    [
        ("收到58件", 58, "件", "exact", 1),
        ("收到 58 件", 58, "件", "exact", 1),
        ("公开1,234条", 1234, "条", "exact", 1),
        ("公开1，234条", 1234, "条", "exact", 1),
        ("公开24万余条", 240_000, "条", "over", 10_000),
        ("公开10余万条", 100_000, "条", "over", 100_000),
        ("公开24万条", 240_000, "条", "rounded", 10_000),
        ("公开1.2万条", 12_000, "条", "rounded", 1000),
        ("公开780余条", 780, "条", "over", 10),
        ("公开300多条", 300, "条", "over", 100),
        ("公开300条以上", 300, "条", "at_least", 100),
        ("公开超过300条", 300, "条", "more_than", 100),
        ("公开约300条", 300, "条", "about", 100),
        ("公开近310条", 310, "条", "nearly", 10),
        ("公开310条左右", 310, "条", "about", 10),
        ("收到不足50件", 50, "件", "less_than", 10),
        ("收到不超过50件", 50, "件", "at_most", 10),
        ("收到50件以下", 50, "件", "at_most", 10),
        ("收到约50余件", 50, "件", "about", 10),
        ("占39.4%", 39.4, "%", "exact", 0.1),
        ("占40％", 40, "％", "exact", 1),
        ("收费48.35万元", 48.35, "万元", "exact", 0.01),
        ("收到十二件", 12, "件", "exact", 1),
        ("收到两起", 2, "起", "exact", 1),
        ("收到一百零五件", 105, "件", "exact", 1),
        ("公开三万余条", 30_000, "条", "over", 10_000),
        ("接待58件次", 58, "件次", "exact", 1),
    ],
)
def test_a_number_is_read_with_its_counter_and_how_exact_it_is(text, number, counter, bound, step):
    assert read(text) == [(number, counter, bound, step)]


@pytest.mark.parametrize(
    "text",
    [
        "3-5件",
        "3至5件",
        "第3次",
        "第三次",
        "1234567890123件",
        "一二三件",
    ],
)
def test_what_is_no_number_to_compare_with_comes_without_a_bound(text):
    assert [one.bound for one in stated_numbers(text, COUNTERS)] == [None]


@pytest.mark.parametrize("text", ["第二十条例", "2020年12月", "一起草拟", "二十条款", "国办〔2021〕30号", "58件事"])
def test_a_counter_within_another_word_counts_nothing(text):
    assert read(text) == []


def test_the_place_of_a_number_is_that_of_its_digits():
    [one] = stated_numbers("共收到约 300 件申请", COUNTERS)
    assert "共收到约 300 件申请"[one.printed_start : one.printed_end] == "300"
    assert "共收到约 300 件申请"[one.start : one.end] == "约 300 件"


@given(number=st.integers(0, 10**11 - 1), before=st.sampled_from(["收到", "，", "共计", ""]))
def test_every_count_of_digits_is_read_as_it_is(number, before):
    [one] = stated_numbers(f"{before}{number}件。", COUNTERS)
    assert (one.micro, one.step, one.bound) == (number * MICRO, MICRO, "exact")


@given(number=st.integers(1000, 10**9))
def test_commas_between_thousands_change_nothing(number):
    [one] = stated_numbers(f"公开{number:,}条", COUNTERS)
    assert one.micro == number * MICRO


@given(text=st.text(alphabet="0123456789,，.余多万亿千百十一二三〇 约近超第件条%以上", max_size=20))
def test_any_text_is_read_without_failing_and_every_place_is_true(text):
    for one in stated_numbers(text, COUNTERS):
        assert 0 <= one.start <= one.printed_start < one.printed_end <= one.end <= len(text)
        assert one.step > 0


def written(number):
    """A number below ten thousand as people write it in Chinese numerals."""
    digits, text, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + name
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


@given(number=st.integers(1, 9999))
def test_chinese_numerals_are_read_as_they_are_written(number):
    assert han_number(written(number)) == number


@pytest.mark.parametrize("text", ["一二三", "二百二", "十十", "二〇二〇", "一千二千"])
def test_a_row_of_characters_that_is_no_numeral_has_no_value(text):
    assert han_number(text) is None
