"""What sheets of .xlsx and .xls show: formats, formulas, merges, what is hidden, and where a table stands."""

from collections.abc import Callable, Iterable
from datetime import date

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Border, Side

from gk_pipeline.documents.document import UNREAD, Document, Unreadable
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.tables.numbers import read_value

from .workbooks import saved

Table = dict[str, object]
"""What stands in the cells of a sheet, by their names."""


def xlsx(cells: Table, formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for name, value in cells.items():
        book.active[name] = value
    for name, code in (formats or {}).items():
        book.active[name].number_format = code
    return saved(book)


def xls(cells: Table, formats: dict[str, str] | None = None) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet")
    for name, value in cells.items():
        column, row = ord(name[0]) - 65, int(name[1:]) - 1
        style = xlwt.XFStyle()
        style.num_format_str = (formats or {}).get(name, "General")
        formula = isinstance(value, str) and value.startswith("=")
        sheet.write(row, column, xlwt.Formula(value[1:]) if formula else value, style)
    return saved(book)


def read(content: bytes) -> Document:
    return read_bytes(content, "report.xls", ["行政许可"])


def shown(content: bytes) -> dict[str, str]:
    """What the cells show that are not blank, by their names; paragraphs by their rows."""
    found = {}
    for block in read(content).blocks:
        if block.text is not None:
            found[f"row {block.line}"] = block.text
        found |= {f"{chr(65 + cell.column)}{cell.row + 1}": cell.text for cell in block.cells if cell.text}
    return found


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in read(content).findings]


BOTH = pytest.mark.parametrize("write", [xlsx, xls])
Write = Callable[..., bytes]

SHOWN = [
    (12.0, "General", "12"),
    (0.5, "0%", "50%"),
    (0.12345, "0.00%", "12.35%"),
    (1234.5, "#,##0.00", "1,234.50"),
    (1234567, "#,##0", "1,234,567"),
    (339371.82100000001, "General", "339371.821"),
    (0.1 + 0.2, "General", "0.3"),
    (-72, "General", "-72"),
    (-72, "0;(0)", "(72)"),
    (-72, "0_ ;[Red]-0", "-72"),
    (5, "000", "005"),
    (5, '0"件"', "5件"),
    (5, '"共"0"件"', "共5件"),
    (1.5, "0.##", "1.5"),
    (0.5, "#.0", ".5"),
    (428, "+0;-0", "+428"),
    (12, "@", "12"),
    (12, "[Red]0", "12"),
    (12, "[>10]0;[<=10]0.0", "12"),
    (5, "[>10]0;[<=10]0.0", "5.0"),
    (5, '[>=10000]0!.0,"万元";0"元"', "5元"),
    (5, "0!件", "5件"),
    (1234, "#,##0!件", "1,234件"),
    (1234.5, "#,##0.0_ ", "1,234.5"),
    (5, "0,000", "0,005"),
    (7, "[$¥-804]#,##0.00", "¥7.00"),
    (43831, "yyyy-mm-dd", "2020年1月1日"),
    (45322, 'yyyy"年"m"月"d"日"', "2024年1月31日"),
    (45322, 'm"月"d"日"', "2024年1月31日"),
    (45322.75, "yyyy/m/d h:mm", "2024年1月31日 18:00:00"),
    (59, "yyyy/m/d", "1900年2月28日"),
    (0.75, "h:mm", "18:00:00"),
]


@BOTH
@pytest.mark.parametrize(("value", "code", "text"), SHOWN)
def test_a_number_is_read_as_its_format_shows_it(write: Write, value, code, text):
    assert shown(write({"A1": "行政许可", "B1": value}, {"B1": code}))["B1"] == text


DOUBTED = [
    (1234.567, "0.00", "1234.57", "shown_differs"),
    (0.5, "0", "1", "shown_differs"),
    (12345, "0,", "12", "shown_differs"),
    (2, '"1"0', "12", "shown_differs"),
    (12, "yyyy-mm-dd", "1900年1月12日", "shown_as_date"),
    (0, '0;-0;"-"', "-", "value_not_shown"),
    (-5, "yyyy-mm-dd", "#####", "cell_error"),
    (12.5, "# ?/?", UNREAD, "number_format_unknown"),
    (-12, "[>10]0;[<=10]0.0", UNREAD, "number_format_unknown"),
    (5, "[>10]0;[<1]0.0", UNREAD, "number_format_unknown"),
    (1200, "0.00E+00", UNREAD, "number_format_unknown"),
    (1234, "00-00", "12-34", "shown_differs"),
    (7185968570, "0!.0000", "718596.8570", "shown_differs"),
    (7185968570, "0!.0,", "718596.9", "shown_differs"),
    (7185968570, "0\\.0,", "718596.9", "shown_differs"),
    (7185968570, '0"."0,', "718596.9", "shown_differs"),
    (7185968570, '[>=10000]0!.0,"万元";0"元"', "718596.9万元", "shown_differs"),
    (5, "0!.0,", "0.0", "shown_differs"),
    (2262, '[=2262]"39";0', UNREAD * 2, "value_not_shown"),
    (1e15, "0", "1000000000000000", "digits_lost"),
]


@BOTH
@pytest.mark.parametrize(("value", "code", "text", "finding"), DOUBTED)
def test_where_another_number_is_shown_than_stored_it_is_said(write: Write, value, code, text, finding):
    content = write({"A1": "行政许可", "B1": value}, {"B1": code})
    assert shown(content)["B1"] == text
    assert codes(content) == [finding]


@BOTH
def test_a_number_shown_whole_raises_no_doubt(write: Write):
    content = write({"A1": "行政许可", "B1": 0, "C1": 12.0, "D1": 0.25}, {"D1": "0%"})
    assert codes(content) == []


@BOTH
@pytest.mark.parametrize("code", [";;;", "0;-0;"])
def test_a_value_that_its_format_hides_is_blank_and_said(write: Write, code):
    content = write({"A1": "行政许可", "B1": 0, "C1": 1}, {"B1": code})
    assert shown(content) == {"A1": "行政许可", "C1": "1"}
    assert codes(content) == ["value_not_shown"]


@BOTH
def test_a_blank_cell_within_a_table_is_blank_and_no_zero(write: Write):
    content = write({"A1": "行政许可", "C1": 0, "A2": "行政处罚", "B2": 1, "C2": 2})
    [block] = read(content).blocks
    assert [(cell.row, cell.column, cell.text) for cell in block.cells][:3] == [
        (0, 0, "行政许可"),
        (0, 1, ""),
        (0, 2, "0"),
    ]


@BOTH
@pytest.mark.parametrize("formula", ["=1+1", "=SUM(C1:D1)", '=""'])
def test_a_formula_without_a_result_is_unreadable_and_neither_blank_nor_zero(write: Write, formula):
    content = write({"A1": "行政许可", "B1": formula})
    text = shown(content)["B1"]
    assert read_value(text, "count") is None
    assert not any(map(str.isdigit, text))
    assert codes(content) == ["formula_not_calculated"]


@BOTH
def test_truth_values_are_no_numbers(write: Write):
    assert shown(write({"A1": "行政许可", "B1": True, "C1": False})) == {"A1": "行政许可", "B1": "TRUE", "C1": "FALSE"}


def test_an_error_is_shown_and_said_in_xlsx():
    content = xlsx({"A1": "行政许可", "B1": "#REF!", "C1": "#DIV/0!"})
    assert shown(content) == {"A1": "行政许可", "B1": "#REF!", "C1": "#DIV/0!"}
    assert codes(content) == ["cell_error"]


def test_an_error_is_shown_and_said_in_xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "行政许可")
    sheet.row(0).set_cell_error(1, "#REF!")
    assert shown(saved(book))["B1"] == "#REF!"
    assert codes(saved(book)) == ["cell_error"]


@BOTH
@pytest.mark.parametrize("text", ["12", "'12", "１２", "1,234", " 7 ", "22（其中修订 16 件）", "007"])
def test_a_number_stored_as_text_stands_as_written(write: Write, text):
    assert shown(write({"A1": "行政许可", "B1": text}))["B1"] == text.strip()


@BOTH
def test_a_table_counts_rows_and_columns_as_the_sheet_does(write: Write):
    document = read(write({"C7": "行政许可", "D7": 5, "C8": "行政处罚", "D8": 6}))
    [block] = document.blocks
    assert block.page == 1
    assert [(cell.row, cell.column, cell.text) for cell in block.cells] == [
        (6, 2, "行政许可"), (6, 3, "5"), (7, 2, "行政处罚"), (7, 3, "6"),
    ]  # fmt: skip


@BOTH
def test_what_stands_alone_in_a_row_is_a_paragraph_with_its_row(write: Write):
    content = write({"A1": "某局年度报告", "A2": "一、总体情况\n全年平稳。", "A4": "行政许可", "B4": 5})
    texts = [(block.text, block.line) for block in read(content).blocks if block.text is not None]
    assert texts == [("某局年度报告", 1), ("一、总体情况", 2), ("全年平稳。", 2)]


@BOTH
def test_a_row_without_values_between_rows_of_a_table_stays_in_it(write: Write):
    [block] = read(write({"A1": "规章", "B1": 1, "A2": "规范性文件", "A3": "行政许可", "B3": 2})).blocks
    assert [cell.text for cell in block.cells] == ["规章", "1", "规范性文件", "", "行政许可", "2"]


def test_a_blank_within_rules_belongs_to_its_row():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "规章", "行政许可"
    for name in ("A1", "B1", "A2", "B2"):
        book.active[name].border = Border(bottom=Side("thin"))
    [block] = read(saved(book)).blocks
    assert [cell.text for cell in block.cells] == ["规章", "", "行政许可", ""]


def test_merged_cells_stand_once_with_their_spans():
    book = openpyxl.Workbook()
    for row in (("类", "规章", 1), (None, "规范性文件", 2)):
        book.active.append(row)
    book.active.merge_cells("A1:A2")
    [block] = read(saved(book)).blocks
    assert [cell[:5] for cell in block.cells] == [
        (0, 0, 2, 1, "类"), (0, 1, 1, 1, "规章"), (0, 2, 1, 1, "1"), (1, 1, 1, 1, "规范性文件"), (1, 2, 1, 1, "2"),
    ]  # fmt: skip


def hidden_in_xlsx(part: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["规章", 1, 7], ["行政许可", 2, 8], ["行政处罚", 3, 9]):
        sheet.append(row)
    if part == "row":
        sheet.row_dimensions[2].hidden = True
    elif part == "column":
        sheet.column_dimensions["B"].hidden = True
    else:
        other = book.create_sheet("草稿")
        other["A1"], other["B1"] = "规章", 99
        other.sheet_state = part
    return saved(book)


def hidden_in_xls(part: str) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("a")
    for row, values in enumerate((["规章", 1, 7], ["行政许可", 2, 8], ["行政处罚", 3, 9])):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    if part == "row":
        sheet.row(1).hidden = True
    elif part == "column":
        sheet.col(1).hidden = True
    else:
        other = book.add_sheet("草稿")
        other.write(0, 0, "规章")
        other.write(0, 1, 99)
        other.visibility = {"hidden": 1, "veryHidden": 2}[part]
    return saved(book)


HIDDEN = pytest.mark.parametrize("write", [hidden_in_xlsx, hidden_in_xls])


@HIDDEN
def test_hidden_rows_are_left_out_and_said(write):
    assert shown(write("row")) == {"A1": "规章", "B1": "1", "C1": "7", "A3": "行政处罚", "B3": "3", "C3": "9"}
    assert len(read(write("row")).blocks) == 1
    assert codes(write("row")) == ["hidden_cells"]


@HIDDEN
def test_hidden_columns_are_left_out_and_said(write):
    assert shown(write("column")) == {"A1": "规章", "C1": "7", "A2": "行政许可", "C2": "8", "A3": "行政处罚", "C3": "9"}
    assert codes(write("column")) == ["hidden_cells"]


@HIDDEN
@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out_and_said(write, state):
    assert "99" not in shown(write(state)).values()
    assert codes(write(state)) == ["hidden_sheet"]


def test_an_empty_hidden_sheet_is_no_matter():
    book = openpyxl.Workbook()
    book.active["A1"] = "行政许可"
    book.create_sheet("空").sheet_state = "hidden"
    assert codes(saved(book)) == []


@BOTH
def test_sheets_follow_each_other_in_the_order_of_their_tabs(write: Write):
    if write is xlsx:
        book = openpyxl.Workbook()
        book.active["A1"] = "一"
        book.create_sheet("二")["A1"] = "二"
        book.move_sheet("二", -1)
    else:
        book = xlwt.Workbook(encoding="utf-8")
        for text in ("二", "一"):
            book.add_sheet(text).write(0, 0, text)
    assert [(block.text, block.page) for block in read(saved(book)).blocks] == [("二", 1), ("一", 2)]


def test_a_comment_is_left_out_and_said():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "行政许可", 5
    book.active["B1"].comment = Comment("应为 50", "王")
    assert shown(saved(book)) == {"A1": "行政许可", "B1": "5"}
    [finding] = read(saved(book)).findings
    assert (finding.code, "应为 50" in finding.evidence) == ("comment_left_out", True)


def rich(runs: Iterable[tuple[str, InlineFont | None]]) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "行政许可"
    book.active["B1"] = CellRichText(*(TextBlock(font, text) if font else text for text, font in runs))
    return saved(book)


def test_a_raised_digit_is_no_digit_of_the_number():
    assert shown(rich([("10", None), ("4", InlineFont(vertAlign="superscript"))]))["B1"] == "10^4"


def test_zeros_that_the_sheet_does_not_show_are_blank_and_said():
    book = openpyxl.Workbook()
    book.active.append(["行政许可", 0, 1])
    book.active.sheet_view.showZeros = False
    assert shown(saved(book)) == {"A1": "行政许可", "C1": "1"}
    assert codes(saved(book)) == ["value_not_shown"]


def test_days_may_count_from_1904():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"], book.active["B1"] = "公开日期", date(2024, 1, 31)
    assert shown(saved(book))["B1"] == "2024年1月31日"


@pytest.mark.parametrize(("write", "part"), [(xlsx, b"xl/worksheets/sheet1.xml"), (xls, b"\x09\x08\x10\0")])
def test_a_damaged_workbook_is_refused(write: Write, part: bytes):
    content = write({"A1": "行政许可", "B1": 5})
    at = content.index(part) + len(part)
    with pytest.raises(Unreadable) as refused:
        read(content[:at] + b"\xff" * 100 + content[at + 100 :])
    assert refused.value.code == "damaged"


def test_an_encrypted_xls_is_refused_as_such():
    content = bytearray(xls({"A1": "行政许可"}))
    at = content.index(bytes.fromhex("e1000200b004"))  # any record of the workbook that nobody needs
    content[at : at + 6] = bytes.fromhex("2f0002000000")
    with pytest.raises(Unreadable) as refused:
        read(bytes(content))
    assert refused.value.code == "encrypted"
