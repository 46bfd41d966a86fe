"""Labels that are broken around their values, mistyped or moved are found, and no other text is taken for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.documents.document import Block
from gk_pipeline.forms import Label
from gk_pipeline.sections.gaps import mended, slips
from gk_pipeline.sections.labels import Hit, hits, in_order, target
from gk_pipeline.sections.stream import Stream, pieces_of

NOT_HELD = Label("本机关不掌握相关政府信息", number="1")
CREATION = Label("没有现成信息需要另行制作", number="2")
UNCLEAR = Label("补正后申请内容仍不明确", number="3")
LABELS = [NOT_HELD, CREATION, UNCLEAR]
FIRST, SECOND, THIRD = "1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"


def stream(*lines: str) -> Stream:
    return Stream(pieces_of([Block(line) for line in lines], 0, len(lines) - 1))


def chain(page: Stream, labels: list[Label], sought: list[bool] | None = None) -> list[Hit | None]:
    targets = [target(label) for label in labels]
    places = [hits(page, one) for one in targets]
    wanted = [one if yes else None for one, yes in zip(targets, sought or [True] * len(labels), strict=True)]
    return mended(page, wanted, in_order(places), places)


def second(*lines: str) -> str | None:
    """What is printed where the second label was found."""
    page = stream(FIRST, "8", *lines, THIRD, "0")
    hit = chain(page, LABELS)[1]
    return hit and page.text[hit.start : hit.end]


@pytest.mark.parametrize(
    "lines",
    [
        ["2.没有现成信", "1 0 0", "息需要另行制作"],
        ["没有现成信息需要", "1|0|0", "另行制作"],
        ["2.没有", "1", "现成信息需要另行制作"],
    ],
)
def test_a_label_broken_around_its_values_ends_where_they_begin(lines):
    found = second(*lines)
    assert found is not None
    assert "没有现成信息需要另行制作".startswith(found.removeprefix("2"))
    assert found.removeprefix("2") == lines[0].removeprefix("2.")


@pytest.mark.parametrize(
    "line", ["2.没有现成信息需另行制作", "2.没有现成信息需要另外制作", "2、没有观成信息需要另行制作 1"]
)
def test_a_mistyped_label_is_told_by_its_number_and_most_of_its_letters(line):
    found = second(line)
    assert found is not None
    assert found.startswith("2没有")
    assert found.endswith("制作")


@pytest.mark.parametrize("line", ["没有现成信息需另行制作", "没有观成信息需要另外制作", "没现有成信息需要另行制作 1"])
def test_a_mistyped_label_without_its_number_is_told_by_nearly_all_of_its_letters(line):
    assert second(line) == line.split()[0]


def test_a_text_as_close_to_another_label_is_neither():
    labels = [NOT_HELD, Label("本年新收政府信息公开申请数量"), Label("上年结转政府信息公开申请数量"), UNCLEAR]
    found = chain(stream(FIRST, "上年新收政府信息公开申请数量", THIRD), labels)
    assert (found[1] is None, found[2] is None) == (False, True)
    assert chain(stream(FIRST, "上本结转政府信息公开申请数量", THIRD), labels)[1] is None
    assert chain(stream(FIRST, "上年新转政府信息公开申请数量", THIRD), labels)[1] is None


@given(st.text("甲乙丙丁", max_size=6), st.text("甲乙丙丁", max_size=6), st.text("甲乙丙丁", max_size=6))
def test_slips_are_counted_alike_from_both_sides_and_none_is_no_difference(one, other, more):
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert slips(one + more, other + more) <= slips(one, other) <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("printed", "count"),
    [("重复申", 1), ("重复申请请", 1), ("重复申清", 1), ("复重申请", 1), ("重申复清", 2), ("重复", 2)],
)
def test_a_slip_is_a_letter_left_out_added_changed_or_exchanged(printed, count):
    assert slips(printed, "重复申请") == count


@pytest.mark.parametrize(
    "lines",
    [
        ["没有现成信息须另外制作的"],
        ["2.信访举报投诉类申请"],
        ["4.没有现成信息需另行制作"],
        ["2.没有现成信息需另行制作", "2.没有现成信息须要另行制作"],
        ["2.没有现成信", "其他", "息需要另行制作"],
        [],
    ],
)
def test_what_is_not_surely_the_label_is_not_taken_for_it(lines):
    assert second(*lines) is None


def test_a_label_that_stands_once_out_of_order_is_found_there():
    page = stream(FIRST, "8", THIRD, "0", SECOND, "1", "4.结转", "0")
    found = chain(page, [*LABELS, Label("结转", number="4")])
    assert [hit and page.place(hit.start)[0] for hit in found] == [0, 4, 2, 6]


def test_a_label_that_stands_twice_out_of_order_is_not_chosen():
    labels = [NOT_HELD, CREATION, UNCLEAR, Label("第四个标签文字也很长", number="4"), Label("结转", number="5")]
    lines = [FIRST, THIRD, "4.第四个标签文字也很长", SECOND, "5.结转"]
    assert chain(stream(*lines), labels)[1] is not None
    assert chain(stream(*lines[:4], *lines[3:]), labels)[1] is None


def test_a_short_label_is_neither_mistyped_nor_moved():
    labels = [NOT_HELD, Label("其他", number="2"), UNCLEAR]
    assert chain(stream(FIRST, "2.其它", THIRD), labels)[1] is None


def test_labels_that_are_not_sought_stay_missing():
    page = stream(FIRST, "2.没有现成信息需另行制作", THIRD)
    assert chain(page, LABELS, [True, False, True])[1] is None
    assert chain(page, LABELS)[1] is not None


def test_without_any_label_nothing_is_mended():
    assert chain(stream("2.没有现成信息需另行制作"), LABELS) == [None, None, None]


def test_what_was_found_is_left_as_it_is():
    page = stream(FIRST, SECOND, THIRD)
    places = [hits(page, target(label)) for label in LABELS]
    assert chain(page, LABELS) == in_order(places)
