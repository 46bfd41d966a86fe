"""A table drawn with rules has the cells that its rules and bars enclose."""

import pytest

from gk_pipeline.documents import text
from gk_pipeline.documents.drawn import drawn_tables

SPANS = """
+------------+------------------+------+
| 项目       | 申请人情况       | 总计 |
|            +--------+---------+      |
|            | 自然人 | 其他    |      |
+============+========+=========+======+
| 其他法律行 | 1      | 0       | 1    |
| 政法规     |        |         |      |
+------------+--------+---------+------+
"""
BOXES = """
┌────────┬──────┐
│规章    │  12  │
├────────┼──────┤
│行政许可│ +428 │
└────────┴──────┘
"""
UNRULED = """
+----------+-----+
| 项目     | 数  |
+----------+-----+
| 行政处罚 | 12  |
| 行政强制 | 3   |
+----------+-----+
"""


def cells(drawing: str) -> list[tuple[str, int, int, int, int]]:
    (table,) = drawn_tables(drawing)
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]


def test_cells_span_where_no_rule_or_bar_parts_them_and_keep_their_lines_together():
    assert cells(SPANS) == [
        ("项目", 0, 0, 2, 1),
        ("申请人情况", 0, 1, 1, 2),
        ("总计", 0, 3, 2, 1),
        ("自然人", 1, 1, 1, 1),
        ("其他", 1, 2, 1, 1),
        ("其他法律行\n政法规", 2, 0, 1, 1),
        ("1", 2, 1, 1, 1),
        ("0", 2, 2, 1, 1),
        ("1", 2, 3, 1, 1),
    ]


def test_box_drawings_are_tables_too_and_a_sign_is_no_corner():
    assert [text for text, *_ in cells(BOXES)] == ["规章", "12", "行政许可", "+428"]


@pytest.mark.parametrize("rule", ["+----------+---+", "+------------+---+"])
def test_quotes_take_one_column_or_two(rule: str):
    assert [text for text, *_ in cells(f"{rule}\n| “三安全” | 7 |\n{rule}\n")] == ["“三安全”", "7"]


def test_rows_without_rules_between_them_are_left_to_their_lines():
    assert list(drawn_tables(UNRULED)) == []


def test_a_drawing_whose_walls_do_not_stand_in_line_is_none():
    assert list(drawn_tables(BOXES.replace("│规章    │", "│规章 │"))) == []


def test_a_line_of_dashes_or_pipes_draws_nothing():
    assert list(drawn_tables("规章\n-----\n| 规章 | 5 |\n|---|---|\n| 许可 | 6 |\n———\n")) == []


def test_a_drawn_table_is_a_grid_among_the_lines_and_knows_where_its_cells_begin():
    page = "一、总体情况\n" + BOXES + "六、其他\n"
    before, grid, behind = text.blocks(page, text.start_of(page))
    assert (before.text, behind.text, grid.spans_known, grid.line) == ("一、总体情况", "六、其他", True, 3)
    assert [(cell.line, page[cell.char_start :][: len(cell.text)]) for cell in grid.cells] == [
        (4, "规章"),
        (4, "12"),
        (6, "行政许可"),
        (6, "+428"),
    ]
