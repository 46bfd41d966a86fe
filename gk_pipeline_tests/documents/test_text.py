"""Text and Markdown to blocks, and where each of them stands in the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.documents import markdown, text
from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.text import start_of


def blocks(source):
    return text.blocks(source, start_of(source))


def rows(grid):
    last = max(cell.row for cell in grid.cells)
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(last + 1)]


def paragraphs(source):
    return [block.text for block in blocks(source)]


def test_a_line_is_a_paragraph_as_printed_with_its_line_and_position():
    (title, body) = blocks("# 年度报告 \n\n　　一、总体情况\r\n")
    assert (title.text, title.line, title.char_start) == ("# 年度报告 ", 1, 0)
    assert (body.text, body.line, body.char_start) == ("　　一、总体情况", 3, 9)


def test_every_kind_of_line_end_counts_once():
    assert [(block.text, block.line) for block in blocks("a\nb\r\nc\rd\n\ne")] == [
        ("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 6),
    ]  # fmt: skip


def test_lines_of_white_space_are_no_paragraphs():
    assert blocks(" \n\u3000\xa0\n\t\n") == ()


def test_neighbouring_lines_with_tabs_are_one_grid_that_keeps_its_ghost_cells():
    first, grid, last = blocks("前\n规章\t\t0\t\n行政许可\t 12 \t3\n后")
    assert (first.text, last.text) == ("前", "后")
    assert rows(grid) == [["规章", "", "0", ""], ["行政许可", "12", "3"]]
    assert (grid.text, grid.spans_known, grid.line, grid.char_start) == (None, False, 2, 2)
    assert {(cell.row_span, cell.column_span) for cell in grid.cells} == {(1, 1)}
    assert [cell.column for cell in grid.cells] == [0, 1, 2, 3, 0, 1, 2]
    assert [cell.line for cell in grid.cells] == [2, 2, 2, 2, 3, 3, 3]


def test_a_blank_line_ends_a_grid():
    first, second = blocks("规章\t0\n\n行政许可\t1\n")
    assert (rows(first), rows(second)) == ([["规章", "0"]], [["行政许可", "1"]])


def test_a_row_of_empty_cells_stays_in_its_grid():
    (grid,) = blocks("规章\t0\n\t\n行政许可\t1")
    assert rows(grid) == [["规章", "0"], ["", ""], ["行政许可", "1"]]


def test_a_row_whose_values_are_all_blank_is_still_a_row():
    (grid,) = blocks("行政许可\t\t\n")
    assert rows(grid) == [["行政许可", "", ""]]


def test_a_tab_that_only_indents_makes_no_grid():
    assert paragraphs("\t一、总体情况\n\t2020年公开12条\n") == ["\t一、总体情况", "\t2020年公开12条"]


def test_a_tab_that_ends_a_cell_on_a_line_of_its_own_makes_no_grid():
    assert paragraphs("行政许可\t\n12\t\n3\n") == ["行政许可\t", "12\t", "3"]


def test_markdown_rows_are_a_grid_without_their_borders_and_rule():
    (grid,) = blocks("| 信息内容 | 制作 | 公开 |\n|---|:--|--:|\n| 规章 | 0 |  |\n|行政许可|12|3|\n")
    assert rows(grid) == [["信息内容", "制作", "公开"], ["规章", "0", ""], ["行政许可", "12", "3"]]
    assert [cell.line for cell in grid.cells if cell.column == 0] == [1, 3, 4]
    assert not grid.spans_known


def test_a_markdown_row_of_blanks_is_a_row():
    (grid,) = blocks("| 规章 | 0 |\n|  |  |\n")
    assert rows(grid) == [["规章", "0"], ["", ""]]


def test_single_dashes_are_values_not_a_rule():
    (grid,) = blocks("| 规章 | 0 |\n| - | - |\n")
    assert rows(grid) == [["规章", "0"], ["-", "-"]]


def test_pipes_torn_from_their_table_stay_paragraphs():
    torn = ["规章", "|", "0", "|||", "||||||||", "本年新 |", "| |||", "| 0 |"]
    assert paragraphs("\n".join(torn)) == torn


def test_a_line_of_pipes_only_is_no_row_even_between_rows():
    before, pipes, after = blocks("| 甲 | 1 |\n|||\n| 乙 | 2 |")
    assert (rows(before), pipes.text, rows(after)) == ([["甲", "1"]], "|||", [["乙", "2"]])


def test_a_form_feed_turns_the_page_and_ends_a_grid():
    first, last, next_page = blocks("甲\t1\n乙\t2\f丙\t3\n\f丁")
    assert (rows(first), first.page, first.line) == ([["甲", "1"], ["乙", "2"]], 1, 1)
    assert (rows(last), last.page, last.line) == ([["丙", "3"]], 2, 2)
    assert (next_page.text, next_page.page, next_page.line) == ("丁", 3, 3)


def test_a_text_without_form_feeds_has_no_pages():
    assert [block.page for block in blocks("甲\n乙\t1")] == [None, None]


def test_a_report_on_one_very_long_line_is_one_paragraph():
    line = "一、总体情况 0 | 0 " * 100_000
    (block,) = blocks(line)
    assert block.text == line


def test_a_text_of_more_cells_than_any_report_is_refused():
    with pytest.raises(Unreadable) as refusal:
        blocks("\t" * (text.MAX_PARTS + 1))
    assert refusal.value.code == "too_many_parts"


PIECES = st.sampled_from(
    ["\n", "\r\n", "\r", "\f", "\t", "|", " ", "\u3000", "\xa0", "---", "规章", "0", "12", ":", "一"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_block_and_cell_stands_where_it_says(source):
    for block in blocks(source):
        if block.text is not None:
            assert source[block.char_start : block.char_start + len(block.text)] == block.text
            assert line_of(source, block.char_start) == block.line
        for cell in block.cells:
            assert source[cell.char_start : cell.char_start + len(cell.text)] == cell.text
            assert line_of(source, cell.char_start) == cell.line


def line_of(source, position):
    before = source[:position].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_character_but_white_space_pipes_and_rules_is_lost(source):
    kept = "".join((block.text or "") + "".join(cell.text for cell in block.cells) for block in blocks(source))
    assert bare(kept) == bare(source)


def bare(source):
    return "".join(character for character in source if not character.isspace() and character not in "|-:")


TABLE = "<table>\n<tr><td>规章<td>0\n<tr><td>行政许可<td>12\n</table>"


def test_html_tables_in_markdown_are_grids_among_the_lines():
    before, grid, after, last = markdown.read(f"# 报告\n\n{TABLE}完\n后\n".encode(), ()).blocks
    assert (before.text, before.line) == ("# 报告", 1)
    assert rows(grid) == [["规章", "0"], ["行政许可", "12"]]
    assert (grid.spans_known, grid.line, grid.char_start) == (True, 3, 6)
    assert (after.text, after.line, after.char_start) == ("完", 6, 6 + len(TABLE))
    assert (last.text, last.line, last.page) == ("后", 7, None)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("|**行政许可**|**12**|", ["行政许可", "12"]),
        ("|&nbsp;&nbsp;规章|&nbsp;|", ["规章", ""]),
        ("|重复<br>申请|3<br/>|", ["重复    申请", "3"]),
        ("|1\\.重复申请|\\-72|", ["1\\.重复申请", "-72"]),
        ("|*|**|3*|2 * 3 * 4|", ["*", "**", "3*", "2 * 3 * 4"]),
        ("|a\\b|5 &lt; 6|<i>7</i>|", ["a\\b", "5 &lt; 6", "<i>7</i>"]),
    ],
)
def test_markup_that_a_page_would_not_show_is_blank_in_markdown(printed, shown):
    (grid,) = markdown.read(f"{printed}\n".encode(), ()).blocks
    assert rows(grid) == [shown]
    assert all(printed[cell.char_start :].startswith(cell.text.split(" ")[0]) for cell in grid.cells)


def test_pages_count_on_across_html_tables():
    first, grid, last = markdown.read(f"甲\f{TABLE}\f乙".encode(), ()).blocks
    assert (first.page, grid.page, last.page) == (1, 2, 3)


def test_a_finding_about_a_table_in_markdown_names_its_line():
    source = "前\n\n<table><tr><td rowspan=9>甲<td>1</table>\n"
    (finding,) = markdown.read(source.encode(), ()).findings
    assert finding.message.startswith("Line 3: ")


def test_a_table_in_markdown_that_never_ends_is_kept_as_text():
    reading = markdown.read("前\n<table><tr><td>12\n".encode(), ())
    assert [block.text for block in reading.blocks] == ["前", "<table><tr><td>12"]
