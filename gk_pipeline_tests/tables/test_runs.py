"""The run of values behind a label, and what speaks against taking it for the label's."""

import pytest

from gk_pipeline.tables.runs import Run, first_run
from gk_pipeline.tables.slots import slots_between

from .page import of_text

LABEL = "行政许可"


def run(behind: str, own_row: bool = True) -> Run:
    """The run behind a label."""
    page = of_text(LABEL + behind)
    slots = slots_between(page, (0, len(LABEL)), (len(page.pieces), 0))
    return first_run(page, slots, 0, own_row)


def filled(found: Run) -> list[str]:
    return [slot.text for slot in found.filled]


def test_values_on_lines_of_their_own_are_the_labels():
    found = run("\n5\n\n3")
    assert filled(found) == ["5", "3"]
    assert (found.clear, found.direct, found.sentence) == (True, True, False)


def test_the_run_ends_at_the_next_words():
    assert filled(run("\n5\n行政处罚\n7")) == ["5"]


def test_words_behind_the_last_value_in_its_line_make_a_sentence():
    assert run(" 5 件，比上年增加").sentence
    assert not run("\n5\n比上年增加").sentence


def test_other_words_before_the_values_are_foreign():
    found = run("\n另一标签\n5")
    assert (filled(found), found.clear, found.direct) == (["5"], False, False)


def test_the_rest_of_the_label_is_not_foreign():
    found = run("事项 5")
    assert (filled(found), found.clear, found.direct) == (["5"], True, False)


def test_in_a_grid_the_run_ends_with_the_row():
    found = run("\t5\t3\n7\t8")
    assert filled(found) == ["5", "3"]
    assert found.orphans


def test_on_whatever_row_the_first_that_prints_values_counts():
    assert filled(run("\t\n\t7\t8", own_row=False)) == ["7", "8"]


def test_empty_cells_count_and_only_those_inside_stay():
    found = run("\t\t5\t\t3\t")
    assert [slot.text for slot in found.slots] == ["5", "", "3"]
    assert found.empties == 3


def test_a_unit_before_the_values_is_theirs_and_one_behind_is_taken_in():
    assert run("\t元\t5").unit == "元"
    assert filled(run("\t5\t元")) == ["5元"]
    assert run("\t件\t5").unit is None


def test_a_number_torn_in_two_leaves_an_orphan():
    assert run("\n12\n.5").orphans


@pytest.mark.parametrize(
    "behind", [" ¥2,336,2\n00.00元", " 345，其中网上\n12", " 市本级 12\n全市 345", " 市本级 12\n全\n市 345"]
)
def test_digits_among_the_words_before_a_value_and_words_with_a_value_behind_leave_a_doubt(behind: str):
    assert run(behind).orphans


@pytest.mark.parametrize(
    "behind",
    [
        "\n全市 345",
        "\n全市345件",
        "\n各镇（街道）\n345",
        "\n全\n市 345",
        "\n2021年 345",
        "\n上年同期 345",
        "\n本级及下属单位 345",
        "\t全市\t345",
        "\n\t全市\t345",
        "\n\t全市345",
    ],
)
def test_a_second_number_said_to_be_another_bodys_or_years_leaves_a_doubt(behind: str):
    assert run("\t12" + behind if "\t" in behind else " 12" + behind).orphans


@pytest.mark.parametrize(
    "behind", ["\n（其中网上3件）", "\n其中网上 3", "\n— 7 —", "\n第 3 页", "\n增加 345", "\n2023年1月20日"]
)
def test_a_remark_a_page_number_or_a_date_behind_leaves_none(behind: str):
    assert not run(" 12" + behind).orphans


def test_another_row_behind_leaves_none():
    assert not run(" 12\n其他文件 345").orphans
    assert not run("事项 12\n其他文件\n345").orphans
