"""Reports whose pages end anywhere: behind every line of every table, in the midst of labels and of heads."""

import pytest
from tables.lawful import lawful
from tables.outcome import Case, outcomes
from tables.paper import Style, page

from gk_pipeline.documents.pdf import reader

from .pdf_cut import LINES, cut
from .pdf_sheets import pdf

REPORT = lawful("2021", "dense", 1)


def swept(rules, review="one row"):
    """What became of the cells of a report, for every line of a page with which it may begin."""
    sheet = page(REPORT, Style(review=review))
    keys = frozenset(REPORT.values)
    return outcomes([Case("report.pdf", cut(sheet, before, rules), REPORT.values, keys) for before in range(LINES)])


@pytest.mark.parametrize("rules", ["closed", "open"])
def test_wherever_a_page_ends_every_cell_of_a_ruled_report_is_read(rules):
    for before, counted in enumerate(swept(rules)):
        assert counted == {"right": len(REPORT.values)}, before


def test_wherever_a_page_ends_every_row_without_rules_is_read():
    for before, counted in enumerate(swept("none", "three tables")):
        assert counted == {"right": len(REPORT.values)}, before


def parts(*draw):
    return reader.read(pdf(*draw), ()).blocks


def tables(*draw):
    """The tables of a PDF: the texts of their rows."""
    found = []
    for block in parts(*draw):
        rows = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell.text)
        found += [list(rows.values())] if rows else []
    return found


def texts(*draw):
    return [block.text.strip() for block in parts(*draw) if block.text is not None]


NUMBERS = [["维持", "纠正"], ["7", "2"]]


def above(*rows):
    return lambda sheet: sheet.table(20, 220, rows)


def below(*rows):
    return lambda sheet: sheet.table(20, 20, rows)


def test_heads_that_a_page_break_cuts_stand_above_their_numbers():
    assert tables(above(["结果", "结果"]), below(*NUMBERS)) == [[["结果\n维持", "结果\n纠正"], ["7", "2"]]]


def test_heads_that_a_page_break_parts_from_their_numbers_stand_above_them():
    assert tables(above(["结果维持", "结果纠正"]), below(["7", "2"])) == [[["结果维持", "结果纠正"], ["7", "2"]]]


def test_a_head_over_several_columns_spans_them_on_the_page_of_the_numbers():
    narrow = lambda sheet: sheet.table(20, 20, [["7", "2", "3", "4"]], wide=30)  # noqa: E731
    [block] = parts(above(["行政复议", "行政诉讼"]), narrow)
    heads = [(cell.text, cell.column, cell.column_span) for cell in block.cells if cell.row == 0]
    assert heads == [("行政复议", 0, 2), ("行政诉讼", 2, 2)]
    assert block.page == 2


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["规章", "-"], id="a dash"),
        pytest.param(["规章", ""], id="a blank"),
        pytest.param(["1.国密", "见表"], id="a label with a number of its own"),
        pytest.param(["规章", "8"], id="a number"),
    ],
)
def test_rows_of_a_table_are_no_heads_of_the_next_page(row):
    assert tables(above(row), below(["文件", "7"])) == [[row], [["文件", "7"]]]


def test_a_table_of_another_width_has_other_heads():
    wider = lambda sheet: sheet.table(20, 220, [["结果", "结果"]], wide=90)  # noqa: E731
    assert len(tables(wider, below(*NUMBERS))) == 2


def spilled(text, left=24):
    def draw(sheet):
        sheet.table(20, 240, [["规章\n不予公", "8"]], wide=40, high=30)
        sheet.text(left, 279, text)
        sheet.text(190, 295, "1")

    return draw


def test_a_line_below_the_rules_goes_on_in_the_cell_above_where_the_next_page_does():
    following = lambda sheet: sheet.table(20, 20, [["开吗", ""], ["文件", "7"]], wide=40)  # noqa: E731
    first, second = tables(spilled("开的"), following)
    assert first == [["规章\n不予公\n开的\n开吗", "8"]]
    assert second == [["文件", "7"]]


@pytest.mark.parametrize("text", ["三、申", "12", "在两格之下"])
def test_headings_and_numbers_below_a_table_stay_lines(text):
    following = lambda sheet: sheet.table(20, 20, [["开吗", ""], ["文件", "7"]], wide=40)  # noqa: E731
    assert text in texts(spilled(text), following)


def test_a_side_that_meets_no_rule_is_the_side_of_the_table_as_high():
    def page(sheet):
        sheet.rule(20, 50, 20, 90)
        sheet.text(24, 66, "三、")
        sheet.table(60, 50, [["规章", "1"], ["文件", "8"]])

    assert tables(page) == [[["三、", "规章", "1"], ["文件", "8"]]]


def aligned(*rows, top, values=5):
    """Rows without rules: labels below each other, and numbers side by side beside some of them."""

    def draw(sheet):
        for number, (label, has_numbers) in enumerate(rows):
            sheet.text(20, top + 14 * number, label)
            for column in range(values if has_numbers else 0):
                sheet.text(150 + 40 * column, top + 14 * number, str(column + 3))

    return draw


def test_heads_that_a_page_break_parts_from_rows_without_rules_stand_above_these():
    def heads(sheet):
        sheet.text(20, 200, "三、收到和处理情况")
        for column, head in enumerate(("自然人", "商业\n企业", "科研\n机构", "其他", "总计")):
            for number, text in enumerate(head.split("\n")):
                sheet.text(145 + 40 * column, 220 + 12 * number, text)
        sheet.text(200, 290, "- 1 -")

    assert tables(heads, aligned(*WHOLE, top=20)) == [
        [
            ["自然人", "商业\n企业", "科研\n机构", "其他", "总计"],
            ["1.属于国家秘密的信息", *VALUES],
            ["2.重复申请", *VALUES],
        ]
    ]
    assert texts(heads, aligned(*WHOLE, top=20)) == ["三、收到和处理情况", "- 1 -"]


def test_lines_above_a_page_break_that_head_not_every_column_stay_lines():
    def heads(sheet):
        sheet.text(145, 220, "自然人")
        sheet.text(305, 220, "总计")

    assert tables(heads, aligned(*WHOLE, top=20)) == [[["1.属于国家秘密的信息", *VALUES], ["2.重复申请", *VALUES]]]


VALUES = ["3", "4", "5", "6", "7"]
WHOLE = [("1.属于国家秘密的信息", True), ("2.重复申请", True)]


def test_a_label_that_goes_on_behind_a_page_break_is_whole_beside_its_numbers():
    first = aligned(*WHOLE, ("3.没有正当理由大量", True), top=200)
    second = aligned(("反复申请", False), ("4.其他", True), top=20)
    above, below = tables(first, second)
    assert above[-1] == ["3.没有正当理由大量\n反复申请", *VALUES]
    assert below == [["4.其他", *VALUES]]
    assert "反复申请" not in texts(first, second)


def test_a_label_whose_numbers_stand_behind_the_page_break_is_whole_there():
    first = aligned(*WHOLE, ("3.没有正当理由大量", False), top=200)
    second = aligned(("反复申请", True), ("4.其他", True), top=20)
    above, below = tables(first, second)
    assert [row[0] for row in above] == ["1.属于国家秘密的信息", "2.重复申请"]
    assert below == [["3.没有正当理由大量\n反复申请", *VALUES], ["4.其他", *VALUES]]


@pytest.mark.parametrize(
    ("last", "next_row"),
    [
        pytest.param(("3.其他", True), ("以上各项如有", False), id="a label that did not fill its line"),
        pytest.param(("3.没有正当理由大量", True), ("反复申请", True), id="two rows of numbers"),
        pytest.param(("3.没有正当理由大量", True), ("4.重新出具信息", False), id="a label of its own"),
        pytest.param(("3.没有正当理由大量", True), ("共2件申请", False), id="a line with a number"),
    ],
)
def test_what_does_not_go_on_with_a_label_is_not_put_to_it(last, next_row):
    first, second = aligned(*WHOLE, last, top=200), aligned(next_row, ("5.其他", True), top=20)
    assert tables(first, second)[0][-1] == [last[0], *VALUES]


def test_a_number_that_counts_the_pages_below_a_column_is_no_row():
    def page(sheet):
        aligned(*WHOLE, top=200)(sheet)
        sheet.text(150, 290, "2")

    assert tables(page) == [[[label, *VALUES] for label, _ in WHOLE]]
    assert texts(page) == ["2"]
