"""What a printed page shows in one cell is read together, though its lines stand beside those of other cells."""

from gk_pipeline.documents import text
from gk_pipeline.sections.page_layout import in_cells
from gk_pipeline.sections.stream import pieces_of


def read(page: str, end: str = "\f") -> list[str]:
    """The pieces of a page, white space squeezed."""
    blocks = text.blocks(page.strip("\n") + end, text.start_of(page + end))
    return [" ".join(piece.text.split()) for piece in in_cells(pieces_of(blocks, 0, len(blocks) - 1))]


WRAPPED = """
           4.保护第三方合   7    1    9
（三）不予 法权益
  公开     5.属于三类内部   6    0    6
           事务信息
           6.属于四类过程   4    0    4
"""
"""A label of a group in the middle of its rows, whose labels go on below their values."""


def test_a_label_beside_several_rows_goes_behind_them():
    assert read(WRAPPED)[-2:] == ["（三）不予", "公开"]


def test_it_goes_before_the_next_label_that_begins_in_another_column():
    assert read(WRAPPED + "（七）总计               17    1   18")[-3:] == ["（三）不予", "公开", "（七）总计 17 1 18"]


def test_values_beside_one_line_of_a_label_stand_behind_its_last():
    assert read(WRAPPED)[:3] == ["4.保护第三方合", "法权益", "7 1 9"]


def test_values_beside_the_middle_line_of_a_label_stand_behind_its_last():
    page = """
    （二）部分公开（区分处
    理的，只计这一情形，不     5     0     5
    计其他情形）
    （七）总计                 8     1     9
"""
    label = ["（二）部分公开（区分处", "理的，只计这一情形，不", "计其他情形）"]
    assert read(page) == [*label, "5 0 5", "（七）总计 8 1 9"]


def test_what_follows_below_a_table_is_not_the_rest_of_its_last_label():
    page = "四、结转下年度继续办理   2   0   2\n数据截至年底，不含驻地单位收到的申请件数。"
    assert read(page) == ["四、结转下年度继续办理 2 0 2", "数据截至年底，不含驻地单位收到的申请件数。"]


def test_heads_torn_over_lines_are_read_column_by_column():
    page = """
 结果   其他   尚未
 维持   结果   审结   总计
  1      0      2      3
"""
    assert read(page) == ["结果", "维持", "其他", "结果", "尚未", "审结", "总计", "1 0 2 3"]


def test_a_head_over_several_columns_goes_before_the_first_of_them():
    page = """
   自然      法人或其他组织
    人     商业企业  科研机构    总计
    1         0         2         3
"""
    assert read(page) == ["自然", "人", "法人或其他组织", "商业企业", "科研机构", "总计", "1 0 2 3"]


def test_heads_put_together_stay_above_their_rows_whose_labels_begin_in_several_columns():
    page = """
                      信息内容           本年新制作数量   本年新公开数量   对外公开总数量
                        规章                 17               17               166
                      规范性文件             18               18               215
                                            第二十条第（五）项
                      信息内容           上一年项目数量     本年增/减      处理决定数量
                      行政许可               548              26              8532
                  其他对外管理服务事项       687              58              40523
"""
    *_, row, last = read(page)
    assert (row, last) == ("行政许可 548 26 8532", "其他对外管理服务事项 687 58 40523")


def test_a_numbered_heading_above_the_heads_is_none():
    page = """
  四、复议情况
 结果   其他   尚未
 维持   结果   审结   总计
  1      0      2      3
"""
    assert read(page)[:3] == ["四、复议情况", "结果", "维持"]


def test_a_number_before_a_label_is_no_value():
    page = """
    2.申请人逾期未按收费     6     0     6
    信息公开申请
    3.其他                   8     1     9
"""
    assert read(page) == ["2.申请人逾期未按收费", "信息公开申请", "6 0 6", "3.其他 8 1 9"]


def test_heads_over_a_row_with_a_blank_cell_stay_as_they_are():
    page = """
 信息内容      本年制发   本年废止   现行有效
               件数       件数       件数
 规章            2234                  13
"""
    assert read(page) == ["信息内容 本年制发 本年废止 现行有效", "件数 件数 件数", "规章 2234 13"]


def test_a_text_whose_words_are_not_laid_out_is_read_line_by_line():
    page = "（三）不予 4.保护第三方合 7 1 9\n法权益\n公开"
    assert read(page) == page.split("\n")


def test_every_piece_stands_in_its_block_where_it_says():
    page = text.blocks(WRAPPED + "\f", text.start_of(WRAPPED + "\f"))
    for piece in in_cells(pieces_of(page, 0, len(page) - 1)):
        printed = (page[piece.block].text or "")[piece.offset :][: len(piece.text)]
        assert [(a, b) for a, b in zip(piece.text, printed, strict=True) if a != b and not a.isspace()] == []
