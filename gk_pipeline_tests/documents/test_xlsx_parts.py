"""Workbooks as no library writes them: other programs' XML, text boxes, bombs, sheets without an end."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from gk_pipeline.documents import office_package
from gk_pipeline.documents.document import Document, Unreadable
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.sheets import layout, xlsx

from .raw_xlsx import STRICT, USUAL, package, relations

ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>行政许可</t></is></c><c r="B1"><v>5</v></c></row>'
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def read(content: bytes) -> Document:
    return read_bytes(content, "report.xlsx", ["行政许可"])


def texts(content: bytes) -> list[str]:
    """All texts in reading order, blank ones left out."""
    return [
        text
        for block in read(content).blocks
        for text in ([cell.text for cell in block.cells] if block.text is None else [block.text])
        if text
    ]


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in read(content).findings]


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.advice
    return refused.value.code


def test_a_strict_workbook_has_no_reader_and_is_not_taken_for_an_empty_one():
    assert refusal(package(ROW, namespace=STRICT)) == "no_reader"


def test_a_date_in_letters_is_a_date():
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    rows = ROW.replace('<c r="B1"><v>5</v></c>', '<c r="B1" t="d" s="1"><v>2024-01-31T00:00:00</v></c>')
    assert texts(package(rows, styles=styles)) == ["行政许可", "2024年1月31日"]


@pytest.mark.parametrize("number", [31, 57])
def test_a_date_of_a_chinese_format_that_is_named_by_number_alone_is_a_date(number):
    content = package(
        ROW.replace('<c r="B1"><v>5</v>', '<c r="B1" s="1"><v>45322</v>'),
        styles=f'<cellXfs><xf/><xf numFmtId="{number}"/></cellXfs>',
    )
    assert texts(content) == ["行政许可", "2024年1月31日"]
    assert codes(content) == ["shown_as_date"]


def test_elements_may_have_a_prefix():
    prefixed = ROW.replace("<", "<x:").replace("<x:/", "</x:")
    markup = f'<x:worksheet xmlns:x="{USUAL}"><x:sheetData>{prefixed}</x:sheetData></x:worksheet>'
    assert texts(package("", others={"xl/worksheets/sheet1.xml": markup})) == ["行政许可", "5"]


def test_cells_may_leave_out_where_they_stand():
    rows = (
        '<row><c t="str"><v>规章</v></c><c><v>1</v></c></row><row><c t="str"><v>行政许可</v></c><c><v>2</v></c></row>'
    )
    [block] = read(package(rows)).blocks
    assert [(*cell[:2], cell.text) for cell in block.cells] == [
        (0, 0, "规章"), (0, 1, "1"), (1, 0, "行政许可"), (1, 1, "2"),
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["0x10", "NaN", "INF", "12 3", "1,234", "--1", "1-2"])
def test_what_is_no_number_is_refused(value):
    assert refusal(package(ROW.replace("<v>5</v>", f"<v>{value}</v>"))) == "damaged"


def test_a_number_beyond_all_numbers_is_an_error():
    content = package(ROW.replace("<v>5</v>", "<v>1e999</v>"))
    assert texts(content) == ["行政许可", "inf"]
    assert codes(content) == ["cell_error"]


def test_a_result_that_the_workbook_calls_out_of_date_is_unknown():
    rows = ROW.replace("<v>5</v>", "<f>C1+D1</f><v>0</v>")
    assert texts(package(rows)) == ["行政许可", "0"]
    stale = package(rows, workbook='<calcPr fullCalcOnLoad="1"/>')
    assert texts(stale) == ["行政许可", "=?"]
    assert codes(stale) == ["formula_not_calculated"]


def test_a_result_that_is_no_text_is_blank():
    content = package(ROW.replace('<c r="B1"><v>5</v></c>', '<c r="B1" t="str"><f>IF(C1,C1,"")</f><v></v></c>'))
    assert texts(content) == ["行政许可"]
    assert codes(content) == []


def test_how_a_text_is_pronounced_is_not_shown():
    said = '<is><t>行政许可</t><rPh sb="0" eb="4"><t>xuke</t></rPh></is>'
    assert texts(package(ROW.replace("<is><t>行政许可</t></is>", said))) == ["行政许可", "5"]


def test_escaped_characters_are_what_they_stand_for():
    assert texts(package(ROW.replace("行政许可", "行政_x000D_许可_xD800_"))) == ["行政\n许可\ufffd", "5"]


def test_what_lies_under_merged_cells_is_not_shown_and_not_read():
    rows = ROW.replace("</row>", '<c r="C1"><v>6</v></c></row>')
    content = package(rows, after='<mergeCells><mergeCell ref="B1:C1"/></mergeCells>')
    assert texts(content) == ["行政许可", "5"]


def test_regions_that_overlap_are_taken_as_not_merged():
    rows = ROW + ROW.replace('1"', '2"')
    content = package(rows, after='<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="A2:B2"/></mergeCells>')
    assert codes(content) == ["cells_overlap"]


def test_a_cell_merged_out_of_a_hidden_row_is_shown_below():
    rows = ROW.replace('<row r="1">', '<row r="1" hidden="1">') + ROW.replace('1"', '2"').replace("许可", "处罚")
    [block] = read(package(rows, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>')).blocks
    assert [(*cell[:2], cell.text) for cell in block.cells] == [(1, 0, "行政许可"), (1, 1, "5")]


def drawn(inside: str, row: int = 0) -> dict[str, str]:
    anchor = f"<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>{row}</xdr:row></xdr:from>{inside}"
    return {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:mc="{MC}">{anchor}'
        "</xdr:twoCellAnchor></xdr:wsDr>",
    }


def box(text: str) -> str:
    return f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"


@pytest.mark.parametrize("inside", [box("某局年度报告"), "<xdr:pic/>"])
def test_what_is_drawn_on_a_sheet_is_said_to_be_unread(inside):
    content = package(ROW, others=drawn(inside))
    assert texts(content) == ["行政许可", "5"]
    assert codes(content) == ["drawing_not_read"]


def test_a_bomb_of_entities_is_refused():
    bomb = '<!DOCTYPE w [<!ENTITY a "1111111111"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    markup = f'{bomb}<worksheet xmlns="{USUAL}"><sheetData>{ROW.replace("<v>5", "<v>&b;")}</sheetData></worksheet>'
    assert refusal(package("", others={"xl/worksheets/sheet1.xml": markup})) == "entities"


def test_an_external_entity_is_refused():
    markup = f'<!DOCTYPE w SYSTEM "file:///etc/passwd"><worksheet xmlns="{USUAL}"/>'
    assert refusal(package("", others={"xl/worksheets/sheet1.xml": markup})) == "entities"


@pytest.mark.parametrize("around", [("<x>", "</x>"), ("<!--", "-->"), ("<x a='", "'/>"), ("<?x ", "?>"), ("<!--", "")])
def test_a_tag_or_a_comment_without_an_end_is_refused(around):
    assert refusal(package(around[0] + " " * 1_100_000 + around[1] + ROW)) == "too_large"
    assert refusal(package(around[0] + ">" * 1_100_000 + around[1] + ROW)) == "too_large"


def test_a_comment_full_of_tags_is_refused():
    assert refusal(package(f"<!--{'<x>' * 370_000}-->{ROW}")) == "too_large"


def test_a_bomb_of_blanks_is_refused(monkeypatch):
    monkeypatch.setattr(office_package, "MAX_EXPANDED", 3_000_000)
    assert refusal(package(f"<x>{'<x/>   ' * 500_000}</x>{ROW}")) == "too_large"


def test_a_picture_that_expands_without_an_end_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_STATED", 1_000_000)
    assert refusal(package(ROW, others={"xl/media/image1.png": " " * 1_000_000})) == "too_large"


def test_tags_without_an_end_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_TAGS", 1000)
    assert refusal(package("<x/>" * 1001)) == "too_large"


def test_elements_without_an_end_to_their_depth_are_refused():
    deep = f'<wsDr xmlns="{XDR}">{"<x>" * 1000}{"</x>" * 1000}</wsDr>'
    assert refusal(package(ROW, others={**drawn(""), "xl/drawings/drawing1.xml": deep})) == "damaged"


def test_more_texts_than_any_report_has_are_refused(monkeypatch):
    monkeypatch.setattr(layout, "MAX_CELLS", 400)
    cells = "".join(f"<row>{'<c><v>1</v></c>' * 100}</row>" for _ in range(5))
    assert refusal(package(cells)) == "too_large"


def test_merged_cells_without_an_end_are_refused():
    merged = '<mergeCells><mergeCell ref="A2:XFD1048575"/></mergeCells>'
    assert refusal(package(ROW, after=merged)) == "too_large"


def test_thousands_of_empty_rows_are_passed():
    styles = '<borders><border/><border><left style="thin"/></border></borders>'
    styles += '<cellXfs><xf/><xf borderId="1"/></cellXfs>'
    empty = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(2, 20_001))
    content = package(ROW + empty, styles=styles)
    assert texts(content) == ["行政许可", "5"]


def test_cells_at_the_far_corners_of_a_sheet_take_no_room():
    rows = ROW.replace("</row>", '<c r="XFD1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    assert texts(package(rows)) == ["行政许可", "5", "7", "2"]


def test_tables_as_wide_as_a_sheet_are_refused():
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="XFD{row}"><v>2</v></c></row>' for row in range(1, 40, 2)
    )
    assert refusal(package(rows)) == "too_large"


def test_a_sheet_that_is_not_where_the_workbook_says_is_missed():
    others = {"xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/Sheet1.xml"))}
    assert refusal(package(ROW, others=others)) == "damaged"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>3</v></c></row>',
        '<row r="1"><c r="B0"><v>3</v></c></row>',
        '<row r="1"><c r="XFE1"><v>3</v></c></row>',
        '<row r="1048577"><c><v>3</v></c></row>',
        '<row r="1"><c r="A1"><v>3</c></row>',
    ],
)
def test_what_cannot_be_is_damaged(rows):
    assert refusal(package(rows)) == "damaged"


def test_styles_that_are_no_numbers_are_damaged():
    assert refusal(package(ROW, styles='<cellXfs><xf numFmtId="x"/></cellXfs>')) == "damaged"


def test_parts_of_one_name_are_damaged():
    file = BytesIO(package(ROW))
    with ZipFile(file, "a", ZIP_DEFLATED) as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert refusal(file.getvalue()) == "damaged"


def test_a_binary_workbook_has_no_reader():
    others = {"_rels/.rels": relations(("officeDocument", "xl/workbook.bin")), "xl/workbook.bin": "\x83"}
    assert refusal(package(ROW, others=others)) == "no_reader"


def test_only_what_a_library_raises_is_the_fault_of_the_file():
    with pytest.raises(Unreadable) as caught, office_package.libraries_fault():
        raise KeyError("a style that is not there")
    assert caught.value.code == "damaged"
    with pytest.raises(MemoryError), office_package.libraries_fault():
        raise MemoryError
