"""What stands between two labels: values, units, words and empty cells, each where it is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.tables.slots import head_text, is_quiet, last_word_is_value, slots_between, without_remarks

from .page import of_rows, of_text


def slots(page):
    return list(slots_between(page, (0, 0), (len(page.pieces), 0)))


def texts(page: str) -> list[tuple[str, str]]:
    return [(slot.text, slot.holds) for slot in slots(of_text(page))]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("12 3", [("12", "value"), ("3", "value")]),
        ("12 件 3", [("12 件", "value"), ("3", "value")]),
        ("- 72", [("- 72", "value")]),
        ("5 月", [("5", "value"), ("月", "words")]),
        ("22（其中修订 16 件）", [("22", "value")]),
        ("3（减）", [("3（减）", "words")]),
        ("1935（更正为2262）", [("1935（更正为2262）", "words")]),
        ("1935（应为2262）", [("1935（应为2262）", "words")]),
        ("1935(改为：2262)", [("1935(改为：2262)", "words")]),
        ("无", [("无", "value")]),
        ("— 5 —", []),
        ("第 3 页", []),
        ("件", [("件", "unit")]),
    ],
)
def test_a_line_is_the_values_words_and_units_in_it(page: str, found: list[tuple[str, str]]):
    assert texts(page) == found


def test_an_empty_cell_is_a_slot_and_a_value_among_words_is_none_of_its_own():
    assert texts("规章\t\t5 月\t7") == [("规章", "words"), ("", "nothing"), ("5 月", "words"), ("7", "value")]


def test_a_page_number_in_a_cell_is_no_row_of_values():
    assert texts("— 2 —\t\t") == [("— 2 —", "words"), ("", "nothing"), ("", "nothing")]


def test_the_number_of_a_torn_label_is_no_remark_on_what_it_begins_with():
    assert texts("（四）无") == [("（四）无", "words")]
    assert texts("5（含转办）\t无（未发生）") == [("5", "value"), ("无", "value")]


def test_a_cell_of_several_values_is_as_many_slots():
    assert [slot.text for slot in slots(of_rows("<td>1<br>2</td><td>3</td>"))] == ["1", "2", "3"]


@given(st.text(alphabet="规章12 3,.件元（）()[]①-—无/\t\n", max_size=30))
def test_every_slot_prints_what_stands_in_its_place(page: str):
    stream = of_text(page)
    for slot in slots(stream) if stream.pieces else ():
        printed = stream.pieces[slot.piece].text[slot.start : slot.end]
        assert "".join(slot.text.split()) == "".join(without_remarks(printed).split())


@given(st.text(alphabet="规章（(含12)）[注]减元单位：", max_size=20))
def test_a_remark_is_blanked_in_its_place(text: str):
    bare = without_remarks(text)
    assert len(bare) == len(text)
    assert all(one in (" ", other) for one, other in zip(bare, text, strict=True))


def test_a_remark_that_changes_what_is_said_stays():
    assert without_remarks("5（元）") == "5（元）"
    assert without_remarks("5（下降）") == "5（下降）"
    assert without_remarks("5（含结转3件)").strip() == "5"


def test_heads_are_told_without_remarks_and_units():
    assert head_text("本年收费金额（单位：万元）") == head_text("本年\n收费金额，单位：元") == "本年收费金额"


def test_marks_say_nothing_and_a_text_may_end_in_a_value():
    assert is_quiet(" ”） ")
    assert not is_quiet("5")
    assert last_word_is_value("行政许可 5")
    assert not last_word_is_value("5 行政许可")
