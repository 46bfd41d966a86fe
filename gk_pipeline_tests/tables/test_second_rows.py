"""Two numbers of one row on two rows of a grid: nothing says which is meant."""

import pytest

from .outcome import read_tables

ROW = "<tr><td>行政许可</td><td colspan=3>12</td></tr>"
PAGE = f"""<p>安阳县财政局2022年政府信息公开工作年度报告</p><p>二、主动公开政府信息情况</p><table>
<tr><td colspan=4>第二十条第（五）项</td></tr>
<tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>
{ROW}
<tr><td colspan=4>第二十条第（六）项</td></tr>
<tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>
<tr><td>行政处罚</td><td colspan=3>5</td></tr>
<tr><td>行政强制</td><td colspan=3>6</td></tr>
</table>"""
TABS = """安阳县财政局2022年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（五）项\t第二十条第（五）项\t第二十条第（五）项\t第二十条第（五）项
信息内容\t本年处理决定数量\t本年处理决定数量\t本年处理决定数量
行政许可\t12\t12\t12
行政许可\t345\t345\t345
第二十条第（六）项\t第二十条第（六）项\t第二十条第（六）项\t第二十条第（六）项
信息内容\t本年处理决定数量\t本年处理决定数量\t本年处理决定数量
行政处罚\t5\t5\t5
行政强制\t6\t6\t6
"""


def licensing(content: str, name: str) -> str | None:
    cells = [cell for table in read_tables(content.encode(), name) for cell in table.cells]
    return next(cell.printed for cell in cells if cell.item == "licensing")


@pytest.mark.parametrize("below", ["<td></td><td colspan=3>345</td>", "<td>全市</td><td colspan=3>345</td>"])
def test_a_second_number_in_the_next_row_of_a_web_page_leaves_the_row_open(below: str):
    assert licensing(PAGE.replace(ROW, f"{ROW}<tr>{below}</tr>"), "a.html") is None


def test_a_second_row_of_repeated_spans_leaves_the_row_open():
    assert licensing(TABS, "a.txt") is None


def test_the_page_without_the_second_row_is_read():
    assert licensing(PAGE, "a.html") == "12"
