"""No text becomes a formula, no number another number, and every text can be had back."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.warehouse.export.cells import cell, escaped, keeps, plain, unescaped

STARTS = "=+-@\t\r\n＝＋－＠"


@given(st.sampled_from(STARTS), st.text())
def test_a_text_that_starts_like_a_formula_starts_with_an_apostrophe(start, rest):
    assert escaped(start + rest) == f"'{start}{rest}"


@given(st.text(alphabet=" \u00a0\u3000\ufeff\u200b\x00\t"), st.sampled_from("=+-@＝＋－＠"), st.text())
def test_blanks_before_it_hide_no_formula(blanks, start, rest):
    assert escaped(blanks + start + rest)[0] == "'"


@given(st.text())
def test_every_text_can_be_had_back(text):
    assert unescaped(escaped(text)) == text


@given(st.text())
def test_what_is_escaped_is_no_formula_any_more(text):
    assert escaped(text)[:1] not in STARTS or text == ""


@pytest.mark.parametrize(
    "text",
    [
        "新收申请",
        "a=1",
        "予以公开",
        "",
        "〔2021〕30号",
        "第1项",
        "trueish",
        "marked",
        "Mayor",
        "　新收",
        "《条例》",
        "一、",
    ],
)
def test_other_texts_stay_as_they_are(text):
    assert escaped(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1/2",
            "3-5",
            "12:30",
            "2024-11-20",
            "3月5日",
            "(5)",
            "（5）",
            "50%",
            "￥5",
            "¥5",
            "$5",
            "€5",
            "１２３",
            "１／２",
        ),
        *("TRUE", "False", "ＴＲＵＥ", " true ", "#N/A", "①", "Mar-5", "5 May", "May 2024", "12", "12.5", "0", "٣"),
        *("0012", "1e5", "1.50", "1234567890123456", "1,200", ".5", "⅓", "〇1"[1:], "（一）予以公开"),
    ],
)
def test_a_text_that_may_be_read_as_a_number_a_date_or_a_truth_value_is_kept(text):
    assert escaped(text) == f"'{text}"


@given(st.text(alphabet="0123456789０１２３", min_size=1), st.text())
def test_no_text_that_starts_with_a_digit_is_left_to_the_spreadsheet(digits, rest):
    assert escaped(digits + rest)[0] == "'"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**13), max_value=10**13))
def test_a_number_is_written_with_all_of_its_digits(number):
    assert Decimal(plain(number)) == number
    assert "E" not in plain(number)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**13), max_value=10**13))
def test_a_number_that_a_spreadsheet_keeps_survives_it(number):
    if keeps(number):
        assert Decimal(f"{float(number):.15g}") == number


def test_a_number_with_more_digits_than_fifteen_is_not_kept():
    assert keeps(Decimal("999999999999999"))
    assert keeps(Decimal("1E+30"))
    assert not keeps(Decimal("1000000000000001"))
    assert not keeps(Decimal("1" + "0" * 40 + "1"))


def test_negative_numbers_stay_numbers():
    assert cell(-72) == Decimal(-72)
    assert cell(Decimal("-0.500000")) == Decimal("-0.5")
    assert plain(Decimal("-0.500000")) == "-0.5"
    assert cell(0.1) == Decimal("0.1")


def test_what_is_no_number_and_no_text_is_told_as_text():
    assert cell(date(2024, 1, 31)) == "2024-01-31"
    assert cell(datetime(2024, 1, 31, 8, 30)) == "2024-01-31 08:30:00"
    assert cell([{"row": 1, "text": "=甲"}]) == '[{"row": 1, "text": "=甲"}]'
    assert cell(float("nan")) == "NaN"
    assert cell(None) is None
    assert cell(True) is True
