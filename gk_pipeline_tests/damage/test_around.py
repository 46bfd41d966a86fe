"""What stands around the report on its page, and what it says of itself."""

import pytest
from tables import changes as c
from tables.paper import Box

from .damage import Damage, known, printed, result, trials

TITLE = "云岭县人民政府2022年政府信息公开工作年度报告"


def titled(*lines: str) -> c.Change:
    """Other lines instead of the title."""
    return lambda sheet, random: [*lines, *sheet[1:]]


SPAM = c.around(
    [],
    [
        "澳门新葡京 2022 年 888 在线",
        "代孕公司 13800138000",
        "行政许可 9999 件 本年新收政府信息公开申请数量 100 100 100 100 100 100 600",
    ],
)

DAMAGES = [
    *(
        Damage(name, known(name))
        for name in (
            "navigation and other tables",
            "prose around the tables",
        )
    ),
    Damage("page numbers", printed("page numbers", changes=[c.rows_between(lambda n: f"— {n + 1} —", 0.15)])),
    Damage("spam below the report", printed("spam", changes=[SPAM])),
    Damage(
        "a table of metadata, published the year after",
        printed(
            "metadata",
            changes=[
                c.around(
                    [
                        [
                            [Box("索引号"), Box("003187/2023-00021")],
                            [Box("发布日期"), Box("2023-03-30")],
                            [Box("有效性"), Box("有效")],
                        ]
                    ],
                    ["【打印本页】【关闭窗口】"],
                )
            ],
        ),
    ),
    Damage(
        "an addressee and a signature date",
        printed(
            "addressed",
            changes=[
                c.before_heading(0, "县委、县政府：", "现将我县2022年政府信息公开工作情况报告如下。"),
                c.around([], ["特此报告。", "云岭县人民政府", "2023年1月29日"]),
            ],
        ),
    ),
    Damage(
        "a year printed twice over in the title",
        printed("broken year", changes=[titled("云岭县人民政府202222年政府信息公开工作年度报告")]),
        year=None,
    ),
    Damage(
        "broken dates in the prose",
        printed(
            "broken dates",
            changes=[
                c.before_heading(0, "根据条例，202022年我县编制本报告，统计期限自20222年1月1日起至2022年12月331日止。")
            ],
        ),
    ),
    Damage(
        "pinyin in the body's name",
        printed("pinyin in the title", changes=[titled("云岭（lǐng）县人民政府2022年政府信息公开工作年度报告")]),
    ),
    Damage("the title printed again before the text", printed("title again", changes=[c.before_heading(0, TITLE)])),
]


@pytest.mark.parametrize(("damage", "way", "form"), trials(DAMAGES))
def test_what_stands_around_a_report_changes_none_of_it(damage: Damage, way: str, form: str):
    assert result(damage, way, form).faults(damage, way) == []
