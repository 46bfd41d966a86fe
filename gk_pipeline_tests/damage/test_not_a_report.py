"""What prints the tables or the words of the form and is not the report of a year is refused with its reason."""

import pytest
from tables import changes as c
from tables import spelling as s
from tables.paper import Page

from .damage import Damage, printed, result, trials


def titled(*lines: str) -> c.Change:
    return lambda sheet, random: [*lines, *sheet[1:]]


def unfilled(sheet: Page, random: object) -> Page:
    """The form before anyone filled it in."""
    blank = c.each_row(lambda row, random: [c.replace(box, text="") if box.key else box for box in row])
    return blank(sheet, random)  # type: ignore[arg-type]


def without_tables(sheet: Page, random: object) -> Page:
    return [part for part in sheet if isinstance(part, str)]


def two_years(sheet: Page, random) -> Page:
    """Every column of numbers twice, headed by its year."""
    doubled = s.two_years(sheet, random)
    headed = c.each_row(
        lambda row, random: [
            piece
            for box in row
            for piece in ((c.replace(box, text="2022年"), c.replace(box, text="2021年")) if box.measure else (box,))
        ]
    )
    return headed(doubled, random)


SAMPLE_NOTICE = "关于做好2022年政府信息公开工作年度报告编制工作的通知"

DAMAGES = [
    Damage("the blank form", printed("blank form", changes=[unfilled]), refused="blank_form"),
    Damage(
        "the notice that asks for reports, with the form",
        printed("notice", changes=[titled(SAMPLE_NOTICE, "各乡镇人民政府，县政府各部门："), unfilled]),
        refused="not_an_annual_report",
    ),
    Damage(
        "the notice with a form that is filled in as a sample",
        printed("notice, filled", changes=[titled(SAMPLE_NOTICE, "各乡镇人民政府，县政府各部门：")]),
        refused="not_an_annual_report",
    ),
    Damage(
        "statistics of half a year",
        printed("half a year", changes=[titled("云岭县人民政府2022年上半年政府信息公开情况统计表")]),
        refused="not_an_annual_report",
    ),
    Damage(
        "a half year said above the table only",
        printed(
            "half a year, caption",
            changes=[titled("云岭县人民政府政府信息公开情况统计表", "统计时间：2022年1月1日至2022年6月30日")],
        ),
        refused="not_an_annual_report",
    ),
    Damage(
        "the report of a university",
        printed(
            "university",
            changes=[
                titled("云岭大学2021—2022学年信息公开工作年度报告"),
                c.after_heading(2, "学校收到信息公开申请 3 件，予以公开 2 件，不予公开 1 件。"),
                without_tables,
            ],
        ),
        refused="no_report",
    ),
    Damage(
        "the report of a university that borrows the tables",
        printed("university, tables", changes=[titled("云岭大学2021—2022学年信息公开工作年度报告")]),
        refused="not_an_annual_report",
    ),
    Damage(
        "two years compared in one print", printed("two years", changes=[two_years]), refused="not_an_annual_report"
    ),
    Damage(
        "two reports compared, by title",
        printed(
            "comparison", changes=[titled("云岭县人民政府2021年与2022年政府信息公开工作年度报告对比表"), s.two_years]
        ),
        refused="not_an_annual_report",
    ),
]


@pytest.mark.parametrize(("damage", "way", "form"), trials(DAMAGES))
def test_what_is_no_report_is_refused(damage: Damage, way: str, form: str):
    assert result(damage, way, form).faults(damage, way) == []
