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
