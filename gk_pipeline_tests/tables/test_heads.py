"""Heads say which column is whose: the form's, its aliases, what is left of them, and none that nobody knows."""

import pytest

from gk_pipeline.forms import shipped_forms
from gk_pipeline.tables.head_words import head_words, vocabulary
from gk_pipeline.tables.heads import printed_orders

from .outcome import read_tables
from .page import of_text

PART = shipped_forms()[-1].table("applications").parts[0]
CODES = [measure.code for measure in PART.measures]
SHORT = {"natural_person": "n", "total": "t", None: "?"} | {code: code[0] for code in CODES[1:-1]}
"""A letter for every column: n, then c r p l o, then t; ? for an unknown one."""


def named(*heads: str, between: str = "\n") -> str:
    """What each text is read as."""
    page = of_text(between.join(heads))
    words = head_words(page, PART, vocabulary(PART), 0, len(page.text))
    return "".join(SHORT.get(word.names, "") for word in words)


@pytest.mark.parametrize("between", ["\n", "\t", " ", "　"])
def test_the_forms_heads_are_read_in_whatever_stands_between(between: str):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    assert named(*heads, between=between) == "ncrplot"


@pytest.mark.parametrize(
    ("head", "meant"),
    [
        ("科研院所", "r"),
        ("合计", "t"),
        ("企业", "c"),
        ("社会公益", "p"),
        ("社会公\n益组织", "p"),
        ("法律服务机沟", "l"),
        ("法律务机构", "l"),
        ("科研机构（含院所）", "r"),
        ("事业单位", "?"),
        ("工业企业", "?"),
        ("国有商业企业", "?"),
        ("机关", "?"),
    ],
)
def test_a_head_is_read_only_as_what_it_can_be(head: str, meant: str):
    assert named("自然人", head) == "n" + meant


def test_a_piece_of_a_head_that_is_there_is_an_unknown_one():
    assert named("商业企业", "企业") == "c?"


def test_one_text_that_may_be_two_heads_is_neither_unless_it_begins_both():
    assert named("机构") == "?"


HEADS = "\t".join(["", "{}", "{}", "{}", "{}", "{}", "{}", "{}"])
ROW = "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0\n"
PAGE = (
    "安阳县财政局2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{heads}\n" + ROW + "（一）予以公开"
    "\t1\t2\t3\t4\t5\t6\t21\n（二）部分公开\t0\t0\t0\t0\t0\t0\t0\n四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0\n"
)
ORDER = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def received(*heads: str) -> str:
    """The numbers of the first row in the form's order; ? where no number was read."""
    content = PAGE.format(heads=HEADS.format(*heads)).encode()
    cells = [cell for table in read_tables(content, "a.txt") for cell in table.cells if cell.item == "received"]
    return " ".join(cell.printed or "?" for cell in cells)


def test_columns_in_the_forms_order_are_read():
    assert received(*ORDER) == "1 2 3 4 5 6 21"


def test_columns_in_another_order_go_by_their_heads():
    assert received("自然人", "科研机构", "商业企业", *ORDER[3:]) == "1 3 2 4 5 6 21"


def test_a_column_under_an_unknown_head_is_nobodys_and_the_others_are_read():
    assert received("自然人", "事业单位", "商业企业", *ORDER[3:]) == "1 3 ? 4 5 6 21"


def test_a_column_under_an_unknown_head_is_told_of():
    content = PAGE.format(heads=HEADS.format("自然人", "商业企业", "事业单位", *ORDER[3:])).encode()
    findings = [finding for table in read_tables(content, "a.txt") for finding in table.findings]
    assert ["科研机构" in finding.message for finding in findings if finding.code == "head_unknown"] == [True]


def test_as_many_unknown_heads_as_missing_ones_leave_the_others_read():
    assert received("公民个人", "事业单位", "商业企业", *ORDER[3:]) == "? 3 ? 4 5 6 21"


def test_without_the_shared_head_unknown_ones_at_the_end_may_stand_in_another_row():
    assert received("自然人", "公司", *ORDER[2:6], "全部") == "? ? ? ? ? ? ?"


def test_another_number_of_unknown_heads_than_missing_ones_leaves_the_row_lost():
    assert (
        received("自然人", "事业单位", "商业企业", "社会公益组织", "法律服务机构", "其他", "总计\t机关")
        == "? ? ? ? ? ? ?"
    )


def test_heads_found_in_part_confirm_the_forms_order_or_contradict_it():
    measures = {measure.code: measure for measure in PART.measures}
    some = {"commercial_enterprise": 1, "research_institution": 2}
    assert printed_orders(PART, some)[0] == PART.measures
    assert printed_orders(PART, {"commercial_enterprise": 2, "research_institution": 1}) == ()
    assert measures.keys() == set(CODES)


BESIDE = """安阳县财政局2019年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（六）项      第二十条第（八）项
信息内容  上一年项目数量  本年增/减  处理决定数量  信息内容  上一年项目数量  本年增/减
行政处罚  315  -26  790  行政事业性收费  318  17
行政强制  757  -3  192
第二十条第（九）项
信息内容  采购项目数量  采购总金额
政府集中采购  2  800.97
三、收到和处理政府信息公开申请情况
"""


def test_the_heads_of_a_table_beside_do_not_move_columns():
    cells = [cell for table in read_tables(BESIDE.encode(), "a.txt") for cell in table.cells]
    coercion = [cell.printed for cell in cells if cell.item == "coercion"]
    assert coercion in ([None] * 3, ["757", "-3", "192"])


def test_short_labels_of_what_came_in_and_went_on_are_read():
    page = PAGE.format(heads=HEADS.format(*ORDER)).replace("政府信息公开申请数量", "").replace("下年度继续办理", "下年")
    assert "本年新收\t" in page
    cells = [cell for table in read_tables(page.encode(), "a.txt") for cell in table.cells if cell.measure == "total"]
    read = {cell.item: cell.printed for cell in cells}
    assert [read[item] for item in ("received", "carried_in", "carried_out")] == ["21", "0", "0"]
