"""Workbooks as a person sees them: white, tiny, struck out, raised and lowered figures."""

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from gk_pipeline.documents.document import UNREAD
from gk_pipeline.documents.read import read_bytes

from .workbooks import saved

WHITE, BLACK = "FFFFFFFF", "FF000000"


def shown(content):
    """What B1 shows, and the codes of the findings."""
    document = read_bytes(content, "report.xls", ["行政许可"])
    texts = [cell.text for block in document.blocks for cell in block.cells if (cell.row, cell.column) == (0, 1)]
    return "".join(texts), [finding.code for finding in document.findings]


def xlsx(value, font=None, fill=None, rule=None):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["C1"] = "行政许可", value, 7
    book.active["B1"].font = font or Font()
    book.active["B1"].fill = fill or PatternFill()
    if rule:
        book.active.conditional_formatting.add("B1:B9", rule)
    return saved(book)


def rich(*parts):
    return xlsx(CellRichText(*(TextBlock(font, text) if font else text for text, font in parts)))


def xls(parts, ground=None):
    """A workbook whose B1 has these texts in these fonts."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "行政许可")
    sheet.write(0, 2, 7)
    style = xlwt.XFStyle()
    style.pattern = ground or style.pattern
    sheet.write_rich_text(0, 1, parts, style)
    return saved(book)


def xls_font(**looks):
    font = xlwt.Font()
    for name, look in looks.items():
        setattr(font, name, look)
    return font


@pytest.mark.parametrize(
    "font", [Font(color=WHITE), Font(color=Color(theme=0)), Font(color=Color(indexed=9)), Font(sz=1)]
)
def test_a_number_that_nobody_sees_is_left_out_and_told(font):
    assert shown(xlsx(12, font)) == ("", ["hidden_text"])


@pytest.mark.parametrize("font", [Font(color="FF333333"), Font(color=Color(theme=1)), Font(sz=6), Font()])
def test_a_number_that_is_seen_is_read(font):
    assert shown(xlsx(12, font)) == ("12", [])


def test_a_white_number_on_a_painted_ground_is_read():
    painted, white = (PatternFill("solid", fgColor=color) for color in ("FF1F3864", WHITE))
    assert shown(xlsx(12, Font(color=WHITE), painted)) == ("12", [])
    assert shown(xlsx(12, Font(color=WHITE), white)) == ("", ["hidden_text"])


def test_a_white_number_on_a_ground_that_a_rule_may_paint_is_unreadable_and_told():
    rule = ColorScaleRule(start_type="min", start_color=BLACK, end_type="max", end_color=WHITE)
    assert shown(xlsx(12, Font(color=WHITE), rule=rule)) == (UNREAD * 2, ["shown_unclearly"])


def test_a_white_part_of_a_number_is_left_out_and_told():
    parts = ("1", InlineFont(color=WHITE)), ("2262", InlineFont(color=BLACK))
    assert shown(rich(*parts)) == ("2262", ["hidden_text"])
    assert shown(rich(parts[1], *parts)) == ("2262 2262", ["hidden_text"])
    assert shown(xls((("1", xls_font(colour_index=9)), ("2262", xls_font())))) == ("2262", ["hidden_text"])


def test_a_white_part_on_the_painted_ground_of_an_old_workbook_is_read():
    ground = xlwt.Pattern()
    ground.pattern, ground.pattern_fore_colour = xlwt.Pattern.SOLID_PATTERN, 18
    assert shown(xls((("1", xls_font(colour_index=9)), ("2262", xls_font())), ground)) == ("12262", [])


def test_a_struck_out_number_is_left_out_and_told():
    assert shown(rich(("12", InlineFont(strike=True)), ("13", InlineFont(b=True)))) == ("13", ["struck_out"])
    assert shown(xls((("12", xls_font(struck_out=True)), ("13", xls_font())))) == ("13", ["struck_out"])


def test_a_cell_struck_out_as_a_whole_has_no_number():
    assert shown(xlsx(5, Font(strike=True))) == ("", ["struck_out"])
    assert shown(xlsx("5件", Font(strike=True))) == ("", ["struck_out"])


@pytest.mark.parametrize(("parts", "text"), [
    ((("22", None), ("1", InlineFont(vertAlign="superscript"))), "22^1"),
    ((("22", None), ("1", InlineFont(vertAlign="subscript"))), "22_1"),
    ((("1", InlineFont(vertAlign="superscript")), ("22", InlineFont())), "1_22"),
])  # fmt: skip
def test_a_raised_or_lowered_figure_joins_no_number(parts, text):
    assert shown(rich(*parts)) == (text, [])


def test_a_lowered_figure_of_an_old_workbook_joins_no_number():
    assert shown(xls((("22", xls_font()), ("1", xls_font(escapement=2))))) == ("22_1", [])
