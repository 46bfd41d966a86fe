"""However a number is written, it is read as that number or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.tables.numbers import MONEY_UNITS, Value, is_value, read_value

from .spelling import FULL_WIDTH

COUNTS = st.integers(0, 10**10)
MARKS = st.sampled_from(["", "①", "⑴", "*", "＊", "※", "[1]", "［2］", "〔注3〕", "²", "¹²", "^1", "^①"])
SPACES = st.sampled_from(["", " ", "　", "\xa0", "\u200b"])


def number(value: Value | None) -> Decimal | None:
    return None if value is None or value.micro is None else Decimal(value.micro) / 10**6


@given(COUNTS, st.sampled_from(["{}", "{:,}", "{}.0", "{}件", "{} 件", "{}（件）", "共{}件", "+{}"]), MARKS, SPACES)
def test_a_count_is_read_however_it_is_written(count: int, written: str, mark: str, space: str):
    if count == 10 and mark[:1] in ("²", "¹", "^"):
        mark = ""
    text = space + written.format(count) + mark + space
    assert number(read_value(text, "count")) == count
    assert number(read_value(text.translate(FULL_WIDTH), "count")) == count


@given(st.integers(-(10**9), 10**9), st.booleans())
def test_a_change_is_read_with_its_sign(change: int, in_words: bool):
    words = ("增加 " if change > 0 else "减少") + str(abs(change))
    assert number(read_value(words if in_words and change else f"{change:+}", "change")) == change
    for minus in "−‐‑":
        assert number(read_value(f"{change:+}".replace("-", minus), "change")) == change


@given(
    st.decimals(0, 10**6, places=2),
    st.sampled_from(sorted(MONEY_UNITS)),
    st.sampled_from(["{}{}", "{}（{}）", "¥{}{}", "￥{} {}", "人民币{}{}"]),
    MARKS,
)
def test_an_amount_is_read_in_its_own_unit(amount: Decimal, unit: str, written: str, mark: str):
    value = read_value(written.format(amount, unit) + mark, "amount", "?")
    assert value is not None
    assert value.unit == unit
    assert number(value) == amount.scaleb(MONEY_UNITS[unit])


@given(st.decimals(0, 10**6, places=2), st.sampled_from(sorted(MONEY_UNITS)))
def test_an_amount_without_a_unit_is_in_that_of_its_head(amount: Decimal, unit: str):
    assert number(read_value(str(amount), "amount", unit)) == amount.scaleb(MONEY_UNITS[unit])
    assert number(read_value(str(amount), "amount")) == amount


@given(st.text(alphabet="0123456789.,+-−—－ 　()（）[]①²⁴^*%/件万元亿增减共约余¥￥第年月一二〇\n", max_size=12))
def test_whatever_is_printed_nothing_is_raised_and_no_digit_is_made_up(text: str):
    digits = "".join(char for char in text if char in "0123456789")
    for kind in ("count", "change", "amount"):
        value = read_value(text, kind)
        found = number(value)
        assert is_value(text) or value is None
        if found is not None and kind != "amount":
            assert str(abs(int(found))).lstrip("0") in digits
        assert found is None or (value is not None and value.reading == "number")


@pytest.mark.parametrize(
    "text", ["5月", "第5条", "12%", "约12", "12余", "3-5", "777(1)", "5*3", "99,9", "1.2.3", "②", "²"]
)
def test_a_text_with_digits_is_no_number(text: str):
    assert number(read_value(text, "count")) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("10²", "count"),
        ("10^4", "count"),
        ("1.5", "count"),
        ("3万件", "count"),
        ("3元", "count"),
        ("— 5", "count"),
        ("￥5", "count"),
        ("￥125000", "amount"),
        ("0.0000001", "amount"),
        ("123456789012", "count"),
        ("无", "count"),
    ],
)
def test_what_cannot_be_meant_literally_is_a_word(text: str, kind: str):
    assert read_value(text, kind) == Value("word")  # type: ignore[arg-type]


def test_an_amount_whose_unit_is_unclear_is_a_word_unless_it_is_nothing():
    assert read_value("125000", "amount", "?") == Value("word")
    assert number(read_value("0", "amount", "?")) == 0
    assert number(read_value("￥125000", "amount", "元")) == Decimal("12.5")
    assert read_value("￥125000", "amount", "万元") == Value("word")


@pytest.mark.parametrize("text", ['"72"', "'72", "“72”"])
def test_quotes_around_a_number_say_nothing(text: str):
    assert number(read_value(text, "count")) == 72


@pytest.mark.parametrize("text", ["①", "⑳", "⑴", "⒈"])
def test_an_enclosed_numeral_is_a_value_of_which_nobody_knows_whether_it_counts(text: str):
    assert read_value(text, "count") == Value("word")
    assert is_value(text)


@pytest.mark.parametrize(
    ("text", "reading"), [("", "blank"), ("　", "blank"), ("—", "dash"), ("－", "dash"), ("/", "slash")]
)
def test_nothing_has_its_own_readings(text: str, reading: str):
    assert read_value(text, "count") == Value(reading)  # type: ignore[arg-type]
