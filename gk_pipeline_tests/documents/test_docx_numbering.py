"""The numbers that Word makes: they stand in no text of the file, and yet on the page."""

import pytest

from gk_pipeline.documents.word import docx
from gk_pipeline.documents.word.numbering import written

from .word import deleted, p, tbl, tc, tr, word

DELETED_MARK = '<w:rPr><w:del w:id="1" w:author="某"/></w:rPr>'


def level(at, number_format, text, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


HEADINGS = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
)


def numbering(levels=HEADINGS, lists=('<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>',), more=""):
    return f'<w:abstractNum w:abstractNumId="5">{more}{"".join(levels)}</w:abstractNum>{"".join(lists)}'


def item(text, at=0, list_id=1, more=""):
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>{more}')


def lines(body, numbers=None, **parts):
    return [block.text for block in docx.read(word(body, numbering=numbers or numbering(), **parts), ()).blocks]


def test_headings_and_items_are_numbered_and_deeper_ones_begin_anew():
    body = item("总体情况") + item("公开", 1) + item("甲", 2) + item("乙", 2) + item("管理", 1) + item("丙", 2)
    assert lines(body + item("问题")) == [
        "一、总体情况", "（一）公开", "1.甲", "2.乙", "（二）管理", "1.丙", "二、问题",
    ]  # fmt: skip


def test_a_level_may_show_those_above_it_and_in_digits():
    levels = (
        level(0, "chineseCounting", "%1"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    )
    assert lines(item("甲") + item("乙", 1) + item("丙", 2), numbering(levels)) == ["一甲", "一.1乙", "1.1.1丙"]


def test_a_level_may_count_on():
    levels = level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    assert lines(body, numbering(levels)) == ["1.甲", "(1)乙", "2.丙", "(2)丁"]


def test_lists_of_one_kind_count_on_but_one_may_begin_anew():
    lists = [f'<w:num w:numId="{n}"><w:abstractNumId w:val="5"/></w:num>' for n in (1, 2)]
    lists.append(
        '<w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>'
        "</w:lvlOverride></w:num>"
    )
    body = item("甲") + item("乙", 0, 2) + item("丙", 0, 3) + item("丁", 0, 3)
    assert lines(body, numbering(lists=lists)) == ["一、甲", "二、乙", "四、丙", "五、丁"]


def test_a_style_numbers_its_paragraphs_and_one_may_refuse():
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>'
    )
    levels = (HEADINGS[0].replace("<w:start", '<w:pStyle w:val="1"/><w:start'),
              HEADINGS[1].replace("<w:start", '<w:pStyle w:val="2"/><w:start'))  # fmt: skip
    body = p("总体情况", properties='<w:pStyle w:val="1"/>') + p("公开", properties='<w:pStyle w:val="2"/>')
    body += p("正文", properties='<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body, numbering(levels), styles=styles) == ["一、总体情况", "（一）公开", "正文"]


def test_a_list_of_a_style_of_lists_has_the_levels_of_that_style():
    linked = f'<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="L"/>{"".join(HEADINGS)}</w:abstractNum>'
    numbers = linked + numbering(levels=(), more='<w:numStyleLink w:val="L"/>')
    assert lines(item("总体情况"), numbers) == ["一、总体情况"]


def test_deleted_paragraphs_are_not_counted():
    gone = p(deleted("旧"), properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{DELETED_MARK}')
    assert lines(item("甲") + gone + item("乙")) == ["一、甲", "二、乙"]


def test_bullets_are_no_numbers():
    assert lines(item("甲"), numbering((level(0, "bullet", "\uf0b7"),))) == ["甲"]


@pytest.mark.parametrize("text", ["%1", "%1."])
def test_the_number_of_a_list_never_joins_a_figure(text):
    [table] = docx.read(
        word(tbl(tr("申请", tc(item("234")))), numbering=numbering((level(0, "decimal", text),))), ()
    ).blocks
    assert table.cells[1].text == f"{text.replace('%1', '1')}  234"


def test_an_empty_item_shows_its_number():
    assert lines(item("")) == ["一、"]


def test_lists_that_do_not_exist_and_absurd_numbers_change_nothing():
    assert lines(item("甲", 0, 77) + item("乙", "9" * 5000) + item("丙", 8)) == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("number_format", "number", "shown"),
    [
        ("chineseCounting", 1, "一"), ("chineseCounting", 10, "十"), ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"), ("japaneseCounting", 105, "一百〇五"), ("chineseCounting", 110, "一百一十"),
        ("chineseCountingThousand", 2024, "二千〇二十四"), ("chineseCounting", 10_000, "10000"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographDigital", 2024, "二〇二四"),
        ("ideographTraditional", 3, "丙"), ("ideographTraditional", 11, "11"), ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"), ("decimalEnclosedParen", 2, "⑵"), ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"), ("upperRoman", 1994, "MCMXCIV"), ("lowerRoman", 4, "iv"),
        ("lowerLetter", 2, "b"), ("chineseCounting", 0, "0"), ("somethingNew", 5, "5"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_formats_of_word(number_format, number, shown):
    assert written(number, number_format) == shown
