"""A page whose repeated lines were dropped is refused; one that only prints few numbers is not."""

from itertools import groupby

import pytest

from gk_pipeline.documents.document import Block
from gk_pipeline.forms import shipped_forms
from gk_pipeline.quality.finding import Finding
from gk_pipeline.sections.dropped import lines_dropped
from gk_pipeline.sections.report import open_report

FORM = next(form for form in shipped_forms() if form.code == "2021")
ITEMS = FORM.table("applications").items.values()


def refusal(lines: list[str]) -> Finding | None:
    opened = open_report([Block(line) for line in lines], 0, len(lines) - 1, [FORM])
    assert opened.tables
    return lines_dropped(opened.stream, opened.tables)


HEADS = tuple(measure.label.text for measure in FORM.table("applications").parts[0].measures)


def page(*rows: str, heads: tuple[str, ...] = HEADS) -> list[str]:
    """The applications table, one cell a line; the rows are printed in turn."""
    printed = [rows[number % len(rows)].split() for number, _ in enumerate(ITEMS)]
    labels = [f"{item.label.number}、{item.label.text}" for item in ITEMS]
    return [*heads, *(line for label, row in zip(labels, printed, strict=True) for line in (label, *row))]


def without_repetition(lines: list[str]) -> list[str]:
    return [line for line, _ in groupby(lines)]


SPARSE = page("0 0 0 0 0 0 0", "5 0 0 0 0 2 7", "3 0 0 1 0 0 4")


def test_lines_that_lost_the_one_they_repeat_are_refused():
    finding = refusal(without_repetition(SPARSE))
    assert finding is not None
    assert (finding.code, finding.severity) == ("repeated_lines_dropped", "error")
    assert "of 175 numbers are printed" in finding.message
    assert finding.evidence.startswith("0 5 0 2 7 3 0 1 0 4")


def test_rows_of_persons_alone_that_lost_their_zeros_are_refused():
    assert refusal(without_repetition(page("5 0 0 0 0 0 5"))) is not None


def test_lines_that_lost_every_line_seen_before_are_refused():
    assert refusal(list(dict.fromkeys(SPARSE))) is not None
    assert refusal(list(dict.fromkeys(page("0 0 0 0 0 0 0")))) is not None


@pytest.mark.parametrize(
    "lines",
    [
        SPARSE,
        page("0 0 0 0 0 0"),
        page("3 0 3", heads=("自然人", "其他", "总计")),
        page("0 0"),
        page("12 31 45 17 28 9 142"),
        without_repetition(page("12 31 45 17 28 9 142", "1 2 3 4 5 0 15")),
        page("12 31 45"),
        page(""),
    ],
    ids=[
        "whole",
        "a zero lost",
        "two columns",
        "zeros lost",
        "dense",
        "dense, nothing to drop",
        "no nothing",
        "labels",
    ],
)
def test_few_numbers_alone_do_not_refuse(lines):
    assert refusal(lines) is None


def test_rows_in_a_line_are_no_lines_of_a_cell_each():
    assert refusal([line for row in ("0 3 0", "5 0 2 7") for line in page(row.replace(" ", "，"))]) is None


def test_few_numbers_beside_their_labels_are_no_lines_that_lost_the_others():
    disclosure = [
        "规章   0   285   32",
        "行政规范性文件   7   0   321",
        "行政许可   26",
        "行政处罚   8",
        "行政强制   24",
    ]
    heads = ["本年制发件数   本年废止件数   现行有效件数", "本年处理决定数量", "本年收费金额", "（单位：", "万元）"]
    assert refusal([*heads, *disclosure, "行政事业性收费", "0"]) is None
