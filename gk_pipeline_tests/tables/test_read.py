"""What is told of a table as it is read."""

import pytest

from gk_pipeline.quality.finding import Finding

from .outcome import read_tables

PAGE = """云岭县财政局2022年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（八）项
信息内容\t本年收费金额（单位：{head}）
行政许可\t{licensing}
行政处罚\t5
行政强制\t6
行政事业性收费\t{fees}
"""


def findings(head: str = "万元", fees: str = "1.5", licensing: str = "7") -> list[Finding]:
    page = PAGE.format(head=head, fees=fees, licensing=licensing)
    return [finding for table in read_tables(page.encode(), "a.txt") for finding in table.findings]


@pytest.mark.parametrize(
    ("head", "fees", "told"), [("元", "15000", "15000 元 is 1.5 万元"), ("万元", "15000元", "15000元 is 1.5 万元")]
)
def test_money_in_another_unit_than_the_forms_is_told(head: str, fees: str, told: str):
    converted = [finding for finding in findings(head, fees) if finding.code == "unit_converted"]
    assert [told in finding.message for finding in converted] == [True]


@pytest.mark.parametrize(("head", "fees"), [("万元", "1.5"), ("万元", "1.5万"), ("元", "0")])
def test_money_in_the_forms_unit_and_nothing_in_any_are_not(head: str, fees: str):
    assert not [finding for finding in findings(head, fees) if finding.code == "unit_converted"]


@pytest.mark.parametrize(
    ("licensing", "fees", "told"),
    [
        ("12345678901", "1.5", ["licensing"]),
        ("7", "100000000.1", ["fees"]),
        ("1000000000", "100000000", []),
    ],
)
def test_a_number_beyond_what_the_form_believes_is_told_and_kept(licensing: str, fees: str, told: list[str]):
    large = [finding for finding in findings(fees=fees, licensing=licensing) if finding.code == "number_too_large"]
    assert [finding.item for finding in large] == told
    page = PAGE.format(head="万元", fees=fees, licensing=licensing)
    cells = [cell for table in read_tables(page.encode(), "a.txt") for cell in table.cells]
    assert [cell.micro for cell in cells if cell.item == "licensing"] == [int(licensing) * 1_000_000]


def test_applications_that_add_up_are_told_where_no_body_receives_so_many():
    page = "云岭县2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n" + "".join(
        f"{label}\t12345678901\t0\t0\t0\t0\t0\t12345678901\n"
        for label in ("一、本年新收政府信息公开申请数量", "（一）予以公开", "（七）总计")
    )
    [table] = read_tables(page.encode(), "a.txt")
    told = [finding for finding in table.findings if finding.code == "number_too_large"]
    assert [finding.item for finding in told] == ["received"] * 2 + ["granted"] * 2 + ["outcomes_total"] * 2
    assert {finding.severity for finding in told} == {"warning"}


@pytest.mark.parametrize("printed", ["12 345", "12\xa0345", "12\u3000345"])
def test_digits_parted_by_a_space_may_be_two_numbers_where_no_sum_can_tell(printed: str):
    page = PAGE.format(head="万元", fees="1.5", licensing=printed)
    cells = [cell for table in read_tables(page.encode(), "a.txt") for cell in table.cells]
    assert [(cell.printed, cell.micro) for cell in cells if cell.item == "licensing"] == [(printed, None)]
    [told] = [finding for finding in findings(licensing=printed) if finding.code == "number_unreadable"]
    assert told.evidence == printed


def test_digits_parted_by_a_space_are_one_number_where_the_sum_holds():
    page = "云岭县2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n" + "".join(
        f"{label}\t1 200\t0\t0\t0\t0\t34\t1 234\n"
        for label in ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开")
    )
    [table] = read_tables(page.encode(), "a.txt")
    assert [cell.micro for cell in table.cells if cell.item == "received"][-1] == 1_234_000_000


ROWS = """第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t{regulations}
行政规范性文件\t30\t10\t20
第二十条第（五）项
信息内容\t本年处理决定数量
行政许可\t700
第二十条第（六）项
信息内容\t本年处理决定数量
行政处罚\t5
行政强制\t6
"""


@pytest.mark.parametrize(
    ("again", "read"),
    [("3\t1\t2", "3 1 2"), ("3\t1", "3 1 2"), ("3\t1\t9", "3 1 -"), ("4\t1\t2\t3", "- - -"), ("4\t5\t6\t7", "- - -")],
)
def test_of_a_table_printed_again_with_other_numbers_only_what_both_print_is_read(again: str, read: str):
    title = "云岭县财政局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
    page = f"{title}{ROWS.format(regulations='3	1	2')}附表\n{ROWS.format(regulations=again)}"
    [table] = read_tables(page.encode(), "a.txt")
    cells = {(cell.item, cell.measure): cell.printed or "-" for cell in table.cells}
    assert " ".join(cells["regulations", measure] for measure in ("issued", "repealed", "in_force")) == read
    assert cells["licensing", "decisions"] == "700"
