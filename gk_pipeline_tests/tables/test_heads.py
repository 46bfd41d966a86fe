"""Heads say which column is whose: the form's, its aliases, what is left of them, and none that nobody knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def spanned(*rows: str) -> str:
    """The numbers of the first row of a web page whose heads below the shared one stand in these rows of cells."""
    high = 1 + len(rows)
    below = [*rows, *ROW.replace("\t", "|").splitlines(), "（一）予以公开|1|2|3|4|5|6|21"]
    cells = "".join(f"<tr><td>{line.replace('|', '</td><td>')}</td></tr>" for line in below)
    content = (
        "<p>安阳县财政局2022年政府信息公开工作年度报告</p><p>三、收到和处理政府信息公开申请情况</p><table>"
        f"<tr><td rowspan={high + 1}></td><td colspan=7>申请人情况</td></tr><tr><td rowspan={high}>自然人</td>"
        f"<td colspan=5>法人或其他组织</td><td rowspan={high}>总计</td></tr>{cells}</table>"
    )
    return first_row(content.encode(), "a.html")


def first_row(content: bytes, name: str) -> str:
    cells = [cell for table in read_tables(content, name) for cell in table.cells if cell.item == "received"]
    return " ".join(cell.printed or "?" for cell in cells)


STAGGERED = (
    ("||社会公益|法律服务|", "商业企业|科研机构|||其他", "||组织|机构|"),
    ("||社会公益组织|法律服务机构|", "商业企业|科研机构|||其他"),
    ("商业企业||社会公益组织||其他", "|科研机构||法律服务机构|"),
)
"""Heads of one row of cells that a converter put on several."""


@pytest.mark.parametrize("rows", STAGGERED)
def test_heads_on_several_rows_of_a_grid_go_by_their_columns(rows: tuple[str, ...]):
    assert spanned(*rows) == "1 2 3 4 5 6 21"


def test_heads_on_several_rows_of_a_grid_may_stand_in_another_order():
    assert spanned("||法律服务|社会公益|", "商业企业|科研机构|||其他", "||机构|组织|") == "1 2 3 5 4 6 21"


@pytest.mark.parametrize("rows", STAGGERED)
@pytest.mark.parametrize("between", ["\t", " "])
def test_heads_on_several_lines_of_a_text_never_move_columns(rows: tuple[str, ...], between: str):
    heads = "\n".join(row.replace("|", between) for row in ("自然人|法人或其他组织|总计", *rows))
    lost, read = "? ? ? ? ? ? ?", "1 2 3 4 5 6 21"
    assert first_row(PAGE.format(heads=heads).encode(), "a.txt") in ((read,) if between == "\t" else (lost, read))


def test_torn_heads_never_move_columns():
    heads = "自然人  法人或其他组织  总计\n商业企  科研机  社会公  法律服\n其他\n业  构  益组织  务机构"
    assert first_row(PAGE.format(heads=heads).encode(), "a.txt") == "1 2 3 4 5 6 21"
    heads = "自然人\n益组织\n其他\n务机构\n商业企业\n科研机构\n总计"
    assert first_row(PAGE.format(heads=heads).encode(), "a.txt") == "? ? ? ? ? ? ?"


def test_heads_in_one_line_with_a_row_never_move_columns():
    heads = " ".join(
        ("自然人", "法人或其他组织", "总计", "社会公益组织", "法律服务机构", "商业企业", "科研机构", "其他")
    )
    content = PAGE.format(heads=heads).replace("其他\n", "其他 ").replace("\t", " ")
    assert first_row(content.encode(), "a.txt") == "? ? ? ? ? ? ?"


def test_the_laws_tell_where_a_head_above_the_shared_one_stands():
    heads = "申请人情况\t总计\n自然人\t法人或其他组织\n" + "\t".join(ORDER[1:-1])
    page = PAGE.format(heads=heads)
    assert first_row(page.encode(), "a.txt") == "1 2 3 4 5 6 21"
    first = page.replace("1\t2\t3\t4\t5\t6\t21", "21\t1\t2\t3\t4\t5\t6")
    assert first_row(first.encode(), "a.txt") == "1 2 3 4 5 6 21"


@given(st.permutations(range(5)), st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_whole_heads_on_any_rows_of_a_grid_are_those_of_their_columns(order: list[int], on: list[int]):
    names = [ORDER[1:-1][place] for place in order]
    rows = ["|".join(name if row == at else "" for name, at in zip(names, on, strict=True)) for row in range(3)]
    found = spanned(*[row for row in rows if row.strip("|")]).split()
    assert [found[0], found[-1]] == ["1", "21"]
    assert [found[1 + place] for place in order] == ["2", "3", "4", "5", "6"]


@given(st.lists(st.integers(0, 2), min_size=5, max_size=5), st.sampled_from(" \t"))
def test_the_forms_heads_on_any_lines_of_a_text_never_move_columns(on: list[int], between: str):
    names = list(zip(ORDER[1:-1], on, strict=True))
    placed = [[name if row == at else "" for name, at in names] for row in range(3)]
    rows = [between.join(row) for row in placed if any(row)]
    heads = "\n".join([between.join(("自然人", "法人或其他组织", "总计")), *rows])
    assert first_row(PAGE.format(heads=heads).encode(), "a.txt") in ("1 2 3 4 5 6 21", "? ? ? ? ? ? ?")
