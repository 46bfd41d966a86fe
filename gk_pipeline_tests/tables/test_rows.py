"""Rows among whose values other numbers may stand: those of rows or pages in running text, or of a row beside."""

from .outcome import read_tables

HEAD = """安阳县财政局2022年政府信息公开工作年度报告
二、主动公开政府信息情况
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 0 0 0
行政规范性文件 1 0 9
信息内容 本年处理决定数量
行政许可 7
信息内容 本年处理决定数量
行政处罚 5
行政强制 6
三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3
二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0
"""


def penalties(*rows: str) -> list[str | None]:
    cells = [cell for table in read_tables((HEAD + "\n".join(rows) + "\n").encode(), "a.txt") for cell in table.cells]
    return [cell.printed for cell in cells if cell.item in ("penalties", "coercion")]


def test_totals_that_happen_to_count_up_are_no_running_numbers():
    rows = ["2.重复申请 1 0 0 0 0 0 1", "3.要求提供公开出版物 2 0 0 0 0 0 2", "4.无正当理由大量反复申请 1 2 0 0 0 0 3"]
    assert penalties(*rows) == ["5", "6"]


def test_numbers_that_count_up_behind_rows_and_are_no_sums_leave_the_text_in_doubt():
    rows = ["2.重复申请 1 0 0 0 0 0 4", "3.要求提供公开出版物 2 0 0 0 0 0 5", "4.无正当理由大量反复申请 1 2 0 0 0 0 6"]
    assert penalties(*rows) == [None, None]


MERGED = (
    "<p>安阳县财政局2022年政府信息公开工作年度报告</p><p>二、主动公开政府信息情况</p><table>"
    "<tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>7</td></tr>"
    "<tr><td>信息内容</td><td>本年处理决定数量</td></tr>{}"
    "<tr><td>信息内容</td><td>本年收费金额</td></tr><tr><td>行政事业性收费</td><td>8</td></tr></table>"
)


def merged(*rows: str) -> list[str | None]:
    content = MERGED.format("".join(f"<tr>{row}</tr>" for row in rows)).encode()
    cells = [cell for table in read_tables(content, "a.html") for cell in table.cells]
    return [cell.printed for cell in cells if cell.item in ("penalties", "coercion")]


def test_a_value_merged_over_two_rows_is_neithers():
    assert merged("<td>行政处罚</td><td rowspan=2>5</td>", "<td>行政强制</td>") == [None, None]
    assert merged("<td>行政处罚</td><td>5</td>", "<td>行政强制</td><td rowspan=2>6</td>", "<td>说明</td>") == [
        "5",
        None,
    ]


def test_a_value_merged_over_the_rows_of_its_label_is_the_labels():
    rows = ("<td rowspan=2>行政处罚</td><td rowspan=2>5</td>", "", "<td>行政强制</td><td>6</td>")
    assert merged(*rows) == ["5", "6"]
