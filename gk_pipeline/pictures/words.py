"""The words of the pages and terminal tables, in Chinese and English."""

from typing import Literal

Lang = Literal["zh", "en"]

STATUS: dict[Lang, dict[str, str]] = {
    "zh": {
        "verified": "已核实",
        "unverified": "未核实",
        "deduced": "推出",
        "corrected": "更正",
        "disputed": "存疑",
        "missing": "缺失",
    },
    "en": {name: name for name in ("verified", "unverified", "deduced", "corrected", "disputed", "missing")},
}

VERDICT: dict[Lang, dict[str, str]] = {
    "zh": {"holds": "成立", "broken": "不成立", "used": "已用于推算", "not_assessable": "无法判断"},
    "en": {"holds": "holds", "broken": "broken", "used": "used to deduce", "not_assessable": "not assessable"},
}

READING: dict[Lang, dict[str, str]] = {
    "zh": {"blank": "（空白）", "lost": "（没有数字）", "absent": "（没有这一行）"},
    "en": {"blank": "(blank)", "lost": "(no numbers)", "absent": "(no such row)"},
}
"""What to show for a row that prints nothing."""

FINDING_ZH: dict[str, str] = {
    "organization_missing": "标题没有写明发布机构，请补上。",
    "year_missing": "标题没有写明报告年度，或写了两个不同的年度，请核对。",
    "sections_missing": "有的部分标题没有找到，请核对六个部分是否齐全。",
    "table_missing": "没有找到这张表，请核对。",
    "table_repeated": "这张表出现了不止一次，请核对并只保留一张。",
    "rows_absent": "有的行没有找到，请核对行名是否与表式一致。",
    "no_report": "文件中没有找到已知表式的表格，不是年度报告，或表式未知。",
    "blank_form": "表格没有填写任何数字，是空白表。",
}
"""What to tell a clerk for each kind of finding; a kind without a line here is told in English."""

TEXT: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{organization}　{year}年",
        "unnamed": "（未写明机构）",
        "no_year": "（未写明）",
        "form": "表式 {form}",
        "cells": "单元格",
        "laws": "勾稽关系",
        "statement": "内容",
        "where": "位置",
        "printed": "表中数字",
        "suspect": "需要核对的行",
        "row": "行",
        "line": "原文位置",
        "broken": "不成立的勾稽关系",
        "sides": "两边的数",
        "sound": "没有发现问题：所有能判断的勾稽关系都成立。",
        "faulty": "有 {broken} 处勾稽关系不成立，请核对后再发布。",
        "warned": "没有必须改正的错误，但请查看上面的提示。",
    },
    "en": {
        "title": "{organization}, {year}",
        "unnamed": "(no body named)",
        "no_year": "(no year)",
        "form": "form {form}",
        "cells": "cells",
        "laws": "laws",
        "statement": "what it says",
        "where": "where",
        "printed": "printed",
        "suspect": "rows to compare with the page",
        "row": "row",
        "line": "place",
        "broken": "broken laws",
        "sides": "the two sides",
        "sound": "Nothing found: every law that can be assessed holds.",
        "faulty": "{broken} laws of the form are broken: compare the numbers before publishing.",
        "warned": "No law of the form is broken, but look at the findings above.",
    },
}
