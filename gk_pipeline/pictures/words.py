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
    "zh": {"blank": "（空白）", "lost": "（缺数）", "absent": "（没有这一行）"},
    "en": {"blank": "(blank)", "lost": "(number lost)", "absent": "(no such row)"},
}
"""What to show for a cell or a row that prints nothing."""

FINDING_ZH: dict[str, str] = {
    "organization_missing": "标题没有写明发布机构，请补上。",
    "year_missing": "标题没有写明报告年度，或写了两个不同的年度，请核对。",
    "sections_missing": "有的部分标题没有找到，请核对六个部分是否齐全。",
    "table_missing": "没有找到这张表，请核对。",
    "table_repeated": "这张表出现了不止一次，请核对并只保留一张。",
    "tables_differ": "这张表出现了两次，数字不一致，不一致的都没有采用；请核对并只保留一张。",
    "rows_absent": "有的行没有找到，请核对行名是否与表式一致。",
    "row_lost": "这一行的数字个数与表格的列数不符，请逐格核对。",
    "number_unreadable": "这一格写的不是可以填写的数，请核对。",
    "law_broken": "勾稽关系不成立，请核对有关的行和列。",
    "cells_missing": "有的单元格没有数字，也推算不出来，请核对。",
    "no_report": "文件中没有找到已知表式的表格，不是年度报告，或表式未知。",
    "blank_form": "表格没有填写任何数字，是空白表。",
    "other_year": "报告的年度与所在的年份文件夹不同，请移到相应的文件夹。",
    "duplicate_file": "与另一个文件的内容完全相同，只计一次，请删去其中一个。",
    "path_unusable": "路径不存在、不能打开，或文件夹里没有文件，请核对路径。",
    "vanished": "文件不存在或已被移走，请核对路径。",
    "directory": "这是文件夹，不是文件，请给出其中的文件。",
    "not_a_file": "这是设备或管道，不是文件，请把内容另存为文件。",
    "permission_denied": "没有读取这个文件的权限。",
    "io_error": "系统读不出这个文件，请检查磁盘和路径。",
    "empty": "文件是空的，或只有空白，请重新获取。",
    "too_large": "文件太大，不像是一份年度报告；请单独保存报告本身。",
    "too_many_parts": "文件的行和单元格太多，不像是一份年度报告；请单独保存报告本身。",
    "too_many_tags": "网页的标签太多，不像是一份年度报告；请单独保存报告本身。",
    "no_reader": "还不能读取这种格式的文件，请另存为网页（HTML）或 UTF-8 文本。",
    "no_text": "文件里没有文字；网页请在完全打开之后再保存。",
    "not_text": "文件不是文本，请核对文件的类型，或重新获取。",
    "text_damaged": "文件的编码已损坏，请重新获取，或另存为 UTF-8。",
    "text_cut_off": "文件的末尾不完整，请重新获取。",
    "bytes_replaced": "有的字符已损坏，可能缺了数字，请与原文核对。",
    "characters_lost": "有的字符在保存之前已经丢失，可能缺了数字，请与原文核对。",
    "encoding_uncertain": "不能确定文件的编码；如果显示为乱码，请另存为 UTF-8。",
    "hidden_table": "网页里有隐藏的表格，没有读取；如果它属于报告，请取消隐藏。",
    "table_too_large": "网页里有一张表大得不像表式中的表，按文字读取，请核对。",
    "spans_clipped": "网页里有单元格跨越的行或列超出了表格，已截短，请核对这张表。",
    "cells_overlap": "网页里有单元格互相重叠，请核对这张表。",
    "changed_while_reading": "读取时文件发生了变化，请待写完后再读。",
    "program_failed": "程序读取这个文件时出错；这是程序的问题，请把文件发给我们。",
}
"""What to tell a clerk for each kind of finding; a test holds it complete."""

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
        "page_at": "第{page}页",
        "line_at": "第{line}行",
        "block_at": "块{block}",
        "grid_at": "第{row}行第{column}列",
        "marked": "{mark}：",
        "row_prints": "：这一行的数字是 {tokens}",
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
        "page_at": "page {page}",
        "line_at": "line {line}",
        "block_at": "block {block}",
        "grid_at": "row {row}, column {column}",
        "marked": "{mark}: ",
        "row_prints": "; its row prints {tokens}",
        "broken": "broken laws",
        "sides": "the two sides",
        "sound": "Nothing found: every law that can be assessed holds.",
        "faulty": "{broken} laws of the form are broken: compare the numbers before publishing.",
        "warned": "No law of the form is broken, but look at the findings above.",
    },
}
