"""Reports rendered in some two hundred layouts: what is read is right, what is not certain says so."""

from collections import Counter
from collections.abc import Mapping
from zlib import crc32

import pytest

from .lawful import FILLINGS, lawful
from .layouts import LAYOUTS, Layout
from .outcome import Case, outcomes, read_tables
from .paper import Page, Style, page
from .writers import one_line


def case(layout: Layout) -> Case:
    """One report of the layout; form, filling and numbers follow from its name, whatever layouts stand beside it."""
    turn = crc32(layout.name.encode())
    form = layout.forms[turn % len(layout.forms)]
    filling = FILLINGS[turn // len(layout.forms) % len(FILLINGS)]
    return layout.case(form, filling, turn)


@pytest.fixture(scope="module")
def outcome(request: pytest.FixtureRequest) -> Mapping[str, Counter[str]]:
    """What became of the report of every layout that is asked for, judged in one batch as in a stage."""
    tests = [item for item in request.session.items if item.function is test_no_layout_is_read_silently_wrong]
    asked = [item.callspec.params["layout"] for item in tests]
    return dict(zip((layout.name for layout in asked), outcomes(list(map(case, asked))), strict=True))


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.name for layout in LAYOUTS])
def test_no_layout_is_read_silently_wrong(layout: Layout, outcome: Mapping[str, Counter[str]]):
    found = outcome[layout.name]
    assert [cell for cell in found if cell.startswith("silent: ")] == []
    if layout.clean:
        assert (found["flagged"], found["misread"]) == (0, 0)
        assert found["right"] > 180


def pressed(first: Page, *others: Page) -> bytes:
    """Reports one behind the other on one line."""
    return " ".join(map(one_line, (first, *others))).encode()


@pytest.mark.parametrize("form", ["2019", "2021", "hybrid"])
@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("titles", [(), ("云岭县人民政府2022年政府信息公开工作年度报告",)], ids=["untitled", "titled"])
def test_two_reports_pressed_into_one_line_give_only_what_both_print(form: str, filling: str, titles: tuple[str, ...]):
    this, last = lawful(form, filling, 1), lawful(form, filling, 2)
    _, *own = page(this, Style())
    title, *before = page(last, Style())
    assert isinstance(title, str)
    older = [title.replace("2022", "2021"), *before]
    for content in (pressed([*titles, *own], older), pressed(older, [*titles, *own])):
        [read] = outcomes([Case("report.txt", content, this.values, frozenset(this.values))])
        assert [cell for cell in read if cell.startswith("silent: ")] == []
    alike = pressed([*titles, *own], [*titles, *own])
    [read] = outcomes([Case("report.txt", alike, this.values, frozenset(this.values))])
    assert (read["silent"], read["flagged"]) == (0, 0)


LINES = """安阳县财政局2022年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项
本年制发件数
本年废止件数
现行有效件数
规章
3
1
2
行政规范性文件
30
10
20
第二十条第（五）项
本年处理决定数量
行政许可
{licensing}
第二十条第（六）项
本年处理决定数量
行政处罚
5
行政强制
6
第二十条第（八）项
本年收费金额
行政事业性收费
1.5
三、收到和处理政府信息公开申请情况
"""


@pytest.mark.parametrize(("licensing", "printed"), [("7", "7"), ("\n7", None), ("\n\n7", None)])
def test_a_page_number_below_a_blank_cell_is_not_its_value(licensing: str, printed: str | None):
    tables = read_tables(LINES.format(licensing=licensing).encode(), "a.txt")
    cells = {cell.item: cell.printed for table in tables for cell in table.cells}
    assert (cells["licensing"], cells["penalties"]) == (printed, "5")


def readings(row: str, instead: str) -> list[str]:
    """How the cells of a row are read where it is printed in another way."""
    content = DISCLOSURE.format(heads=HEADS, decisions="本年处理决定数量").replace(row, instead)
    item = {"规章": "regulations", "行政许可": "licensing"}[row.split()[0]]
    tables = read_tables(content.encode(), "a.txt")
    return [cell.reading for table in tables for cell in table.cells if cell.item == item]


@pytest.mark.parametrize(
    ("row", "instead", "read"),
    [
        ("规章\t3\t1\t2", "规章\t\t1\t2", ["blank", "number", "number"]),
        ("规章\t3\t1\t2", "规章\t3\t\t2", ["number", "blank", "number"]),
        ("规章\t3\t1\t2", "规章\t\t\t", ["blank", "blank", "blank"]),
        ("行政许可\t700", "行政许可\t", ["blank"]),
    ],
)
def test_an_empty_cell_under_its_head_is_a_blank(row: str, instead: str, read: list[str]):
    assert readings(row, instead) == read


@pytest.mark.parametrize("instead", ["规章\t3\t1\t", "规章\t\t1\t2\t", "规章\t3\t1", "规章\t\t\t\n\t3\t1\t2"])
def test_an_empty_cell_that_may_be_a_lost_one_or_a_ghost_is_no_blank(instead: str):
    assert readings("规章\t3\t1\t2", instead) == ["lost"] * 3


def test_a_page_number_below_a_row_without_cells_is_not_its_value():
    content = DISCLOSURE.format(heads=HEADS, decisions="本年处理决定数量").replace("行政许可\t700", "行政许可\n7")
    cells = {cell.item: cell.printed for table in read_tables(content.encode(), "a.txt") for cell in table.cells}
    assert (cells["licensing"], cells["penalties"]) == (None, "5")


DISCLOSURE = """安阳县财政局2022年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项
{heads}
规章\t3\t1\t2
行政规范性文件\t30\t10\t20
第二十条第（五）项
信息内容\t{decisions}
行政许可\t700
第二十条第（六）项
信息内容\t本年处理决定数量
行政处罚\t5
行政强制\t6
第二十条第（八）项
信息内容\t本年收费金额（单位：万元）
行政事业性收费\t1.5
"""
HEADS = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数"


def disclosure(heads: str = HEADS, decisions: str = "本年处理决定数量") -> dict[tuple[str, str], str | None]:
    content = DISCLOSURE.format(heads=heads, decisions=decisions).encode()
    return {(cell.item, cell.measure): cell.printed for table in read_tables(content, "a.txt") for cell in table.cells}


def test_heads_in_another_order_say_which_column_is_whose():
    cells = disclosure("信息内容\t本年废止件数\t本年制发数\t现行有效件数")
    assert (cells["regulations", "issued"], cells["regulations", "repealed"]) == ("1", "3")


@pytest.mark.parametrize(
    "heads",
    [
        "信息内容\t上年有效件数\t本年制发件数\t本年废止件数",
        "信息内容\t现行有效总件\t本年制发件数\t本年废止件数",
    ],
)
def test_a_column_under_an_unknown_head_is_nobodys(heads: str):
    cells = disclosure(heads)
    assert [cells["regulations", measure] for measure in ("issued", "repealed", "in_force")] == ["1", "2", None]
    assert cells["licensing", "decisions"] == "700"


def test_a_head_of_last_year_is_not_this_years():
    assert disclosure(decisions="上年处理决定数量")["licensing", "decisions"] is None
    assert disclosure()["licensing", "decisions"] == "700"


@pytest.mark.parametrize(
    ("licensing", "read"),
    [
        ("700\n行政许可\n71", [None]),
        ("700\n第二十条第（五）项\n本年处理决定数量\n行政许可\n71", [None]),
        ("700\n行政许可\n700", ["700"]),
        ("700\n注：行政许可71件，其中网上12件。", ["700"]),
    ],
)
def test_a_label_printed_again_with_other_values_is_nobodys(licensing: str, read: list[str | None]):
    tables = read_tables(LINES.format(licensing=licensing).encode(), "a.txt")
    cells = [cell for table in tables for cell in table.cells if cell.item == "licensing"]
    assert [cell.printed for cell in cells] == read
    lost = [finding.item for table in tables for finding in table.findings if finding.code == "row_lost"]
    assert lost == ["licensing"] * (read == [None])


@pytest.mark.parametrize(
    ("licensing", "printed"), [("12\n全市 345", None), ("12\n345", None), ("12\n（其中网上3件）", "12")]
)
def test_a_second_number_in_a_rows_own_lines_leaves_it_open(licensing: str, printed: str | None):
    tables = read_tables(LINES.format(licensing=licensing).encode(), "a.txt")
    [cell] = [cell for table in tables for cell in table.cells if cell.item == "licensing"]
    assert (cell.printed, cell.reading) == (printed, "number" if printed else "lost")


EXPLAINED = """安阳县财政局2019年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（五）项
信息内容         上一年项目数量   本年增/减        处理决定数量
行政许可（含其他 980              3                56851
对外管理服务事项
12项）
其他对外管理服务 193              -22              67324
事项
第二十条第（六）项
信息内容         上一年项目数量   本年增/减        处理决定数量
行政处罚         725              59               19524
行政强制         448              60               92192
第二十条第（八）项
信息内容         上一年项目数量   本年增/减
行政事业性收费   658              -20
三、收到和处理政府信息公开申请情况
"""


def test_a_label_that_explains_another_takes_none_of_its_numbers():
    cells = [cell for table in read_tables(EXPLAINED.encode(), "a.txt") for cell in table.cells]
    read = {item: [cell.printed for cell in cells if cell.item == item] for item in ("other_services", "penalties")}
    assert read["other_services"] in ([None] * 3, ["193", "-22", "67324"])
    assert read["penalties"] == ["725", "59", "19524"]


REVIEW = """安阳县财政局2022年政府信息公开工作年度报告
四、政府信息公开行政复议、行政诉讼情况
{items}
{heads}
{values}
五、存在的主要问题及改进情况
"""
RESULTS = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"


def review(items: str) -> dict[tuple[str, str], str | None]:
    values = "5\t0\t6\t7\t18\t0\t1\t1\t2\t4\t1\t2\t3\t4\t10"
    content = REVIEW.format(items=items, heads="\t".join([RESULTS] * 3), values=values).encode()
    return {(cell.item, cell.measure): cell.printed for table in read_tables(content, "a.txt") for cell in table.cells}


def test_reviews_printed_before_litigation_are_read():
    cells = review("行政复议\t行政诉讼\n未经复议直接起诉\t复议后起诉")
    assert [cells[item, "total"] for item in ("administrative_review", "litigation_direct")] == ["18", "4"]


def test_litigation_printed_before_reviews_is_not_taken_for_them():
    cells = review("行政诉讼\t行政复议\n未经复议直接起诉\t复议后起诉\t行政复议")
    assert set(cells.values()) == {None}
