"""The unit of money a page names governs its amounts; one that cannot be told leaves them without a number."""

from decimal import Decimal

import pytest

from gk_pipeline.tables.units import UNCLEAR, named_units, one_unit

from .outcome import read_tables

PAGE = """安阳县财政局2022年政府信息公开工作年度报告
二、主动公开政府信息情况
{above}
第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t3\t1\t2
行政规范性文件\t30\t10\t20
第二十条第（五）项
信息内容\t本年处理决定数量
行政许可\t700
第二十条第（八）项
信息内容\t本年收费金额{head}
行政事业性收费{label}\t{amount}
{below}
三、收到和处理政府信息公开申请情况
"""


def fees(above: str = "", head: str = "", label: str = "", below: str = "", amount: str = "125000", page: str = PAGE):
    """What is read of the fees, in 万元."""
    content = page.format(above=above, head=head, label=label, below=below, amount=amount).encode()
    cells = [cell for table in read_tables(content, "a.txt") for cell in table.cells if cell.item == "fees"]
    assert [cell.printed for cell in cells] == [amount]
    return cells[0].reading, None if cells[0].micro is None else Decimal(cells[0].micro) / 10**6


def test_an_amount_of_which_nothing_is_said_is_in_the_forms_unit():
    assert fees() == ("number", 125000)


@pytest.mark.parametrize(
    "named",
    [
        {"above": "单位：元"},
        {"above": "金额单位：人民币（元）"},
        {"above": "主动公开政府信息情况统计表（单位：件/元）"},
        {"above": "除特别注明外，金额均以元为单位。"},
        {"above": "单位：元", "head": "（元）"},
        {"head": "（人民币元）"},
        {"head": "：元"},
        {"head": "元"},
        {"head": "（RMB，元）"},
        {"label": "（单位：元）"},
        {"label": "（金额单位：元）"},
        {"label": "（元）"},
        {"below": "注：收费金额单位为元"},
        {"below": "说明：1.许可以件计；2.本表金额单位：元。"},
    ],
)
def test_a_unit_named_for_the_table_governs(named: dict[str, str]):
    assert fees(**named) == ("number", Decimal("12.5"))


@pytest.mark.parametrize(
    "named",
    [
        {"above": "单位：元", "head": "（万元）"},
        {"above": "单位：元、万元"},
        {"above": "单位：美元"},
        {"head": "（RMB）"},
        {"head": "（R\nMB）"},
        {"head": "（人民币）"},
        {"head": "（USD)"},
        {"head": "(￥)"},
        {"head": "（万圆）"},
        {"above": "财政资金（单位：元）"},
        {"above": "单位：元\n其他专栏\t12"},
        {"below": "单位：元"},
        {"below": "注：罚没金额单位为元"},
    ],
)
def test_a_unit_that_may_be_meant_or_not_leaves_no_number(named: dict[str, str]):
    assert fees(**named) == ("word", None)


@pytest.mark.parametrize(
    ("behind", "read"),
    [
        ("\t元", ("number", Decimal("12.5"))),
        ("\t\t\t元", ("number", Decimal("12.5"))),
        ("\t\t比上年增加\t元", ("number", Decimal("12.5"))),
        ("\t\t万元", ("number", 125000)),
        ("\t\t美元", ("word", None)),
        ("\t\t件", ("number", 125000)),
    ],
)
def test_a_unit_alone_in_a_later_cell_of_the_row_governs(behind: str, read: tuple[str, object]):
    content = PAGE.format(above="", head="\t\t\t计量单位", label="", below="", amount="125000" + behind).encode()
    cells = [cell for table in read_tables(content, "a.txt") for cell in table.cells if cell.item == "fees"]
    assert [(cell.reading, None if cell.micro is None else Decimal(cell.micro) / 10**6) for cell in cells] == [read]


@pytest.mark.parametrize(
    ("label", "amount", "read"),
    [
        ("（", "125000\n元）", ("number", Decimal("12.5"))),
        ("（元", "125000\n）", ("number", Decimal("12.5"))),
        ("（单位", "125000\n：元）", ("number", Decimal("12.5"))),
        ("（单", "125000\n位：元）", ("number", Decimal("12.5"))),
        ("（不含", "125000\n税）", ("number", 125000)),
    ],
)
def test_a_unit_in_a_label_that_wraps_governs(label: str, amount: str, read: tuple[str, object]):
    content = PAGE.replace("\t", "  ").format(above="", head="", label=label, below="", amount=amount).encode()
    cells = [cell for table in read_tables(content, "a.txt") for cell in table.cells if cell.item == "fees"]
    assert [(cell.reading, None if cell.micro is None else Decimal(cell.micro) / 10**6) for cell in cells] == [read]


@pytest.mark.parametrize("note", ["注：收费金额单位为元。", "行政事业性收费的金额以元为单位。"])
@pytest.mark.parametrize("place", ["一、总体情况\n{note}二、主动公开", "{page}四、其他\n{note}\n"])
def test_a_unit_named_elsewhere_in_the_words_of_the_label_governs(note: str, place: str):
    before, mark, _ = place.partition("二、主动公开")
    page = PAGE.replace("二、主动公开", place.format(note=note), 1) if mark else before.format(page=PAGE, note=note)
    assert fees(page=page) == ("number", Decimal("12.5"))


def test_a_unit_named_elsewhere_for_other_money_does_not():
    page = PAGE.replace("二、主动公开", "一、总体情况\n财政预算公开金额单位为元。\n二、主动公开", 1)
    assert fees(page=page) == ("number", 125000)


def test_an_amount_that_names_its_own_unit_needs_no_other():
    assert fees(above="单位：元、万元", amount="1.5万元") == ("number", Decimal("1.5"))


@pytest.mark.parametrize(
    "above", ["责任单位：元江县财政局", "各单位万众一心", "单位：件、项", "单位：万元", "收费 251000元。"]
)
def test_what_names_no_other_unit_leaves_the_forms(above: str):
    assert fees(above=above) == ("number", 125000)


def test_units_agree_by_what_they_mean():
    assert one_unit({"万", "万元"}) in ("万", "万元")
    assert one_unit({"元", "万元"}) == UNCLEAR
    assert one_unit(()) is None
    assert named_units("采购总金额（单位：万元，保留4位小数）") == {"万元"}
