"""PDFs to blocks: what their pages show, each thing once, and a clear word on what they hide."""

import zlib
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.pdf import reader
from gk_pipeline.documents.pdf.scanned import pages_shown
from gk_pipeline.documents.read import read_bytes

from .pdf_sheets import FONT, HEIGHT, WIDTH, pdf, raw_pdf


def read(raw, expected=()):
    return reader.read(raw, expected)


def lines(*draw):
    return [block.text.strip() for block in read(pdf(*draw)).blocks if block.text is not None]


def grids(*draw):
    return [block for block in read(pdf(*draw)).blocks if block.cells]


def rows(grid):
    found = {}
    for cell in grid.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return [found[row] for row in sorted(found)]


def codes(*draw):
    return [finding.code for finding in read(pdf(*draw)).findings]


def refusal(raw):
    with pytest.raises(Unreadable) as refused:
        read_bytes(raw, "report.pdf", [])
    assert refused.value.advice
    return refused.value.code


def grey(width=40, height=40):
    return ImageReader(Image.new("RGB", (width, height), (200, 200, 200)))


def scan(sheet):
    sheet.canvas.drawImage(grey(), 0, 0, WIDTH, HEIGHT)


def with_stream(packed):
    """A PDF whose only page is drawn by a compressed stream."""
    raw = raw_pdf("", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    stream = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"
    return raw.replace(b"<< /Length 0 >>\nstream\n\nendstream", stream)


# What a page shows


def test_a_ruled_table_is_a_grid_between_its_lines():
    def page(sheet):
        sheet.text(20, 30, "一、总体情况")
        sheet.table(20, 50, [["规章", "1", "0"], ["规范性文件", "8", "26"]])
        sheet.text(20, 120, "二、其他")

    blocks = read(pdf(page)).blocks
    assert [block.text and block.text.strip() for block in blocks] == ["一、总体情况", None, "二、其他"]
    assert rows(blocks[1]) == [["规章", "1", "0"], ["规范性文件", "8", "26"]]
    assert blocks[1].spans_known


def test_a_cell_that_no_rule_parts_spans_rows_and_columns():
    def page(sheet):
        for top in (50, 70, 110):
            sheet.rule(20, top, 200, top)
        sheet.rule(80, 90, 200, 90)
        for left, top in ((20, 50), (80, 70), (140, 70), (200, 50)):
            sheet.rule(left, top, left, 110)
        sheet.text(24, 63, "申请人情况")
        sheet.text(24, 93, "不予公开")
        sheet.text(84, 83, "1.属于国家秘密")
        sheet.text(144, 83, "2")
        sheet.text(84, 103, "2.其他")
        sheet.text(144, 103, "30")

    [grid] = grids(page)
    spans = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}
    assert spans["申请人情况"] == (0, 0, 1, 3)
    assert spans["不予公开"] == (1, 0, 2, 1)
    assert spans["30"] == (2, 2, 1, 1)


def test_a_table_without_rules_at_its_sides_is_one_all_the_same():
    def page(sheet):
        for top in (50, 70, 90):
            sheet.rule(20, top, 200, top)
        for left in (80, 140):
            sheet.rule(left, 50, left, 90)
        for top, texts in ((63, ["规章", "1", "0"]), (83, ["文件", "8", "26"])):
            for left, text in zip((24, 84, 144), texts, strict=True):
                sheet.text(left, top, text)

    assert [rows(grid) for grid in grids(page)] == [[["规章", "1", "0"], ["文件", "8", "26"]]]


def test_rules_of_thin_areas_and_of_dots_are_rules():
    def page(sheet):
        for top in (50, 70, 90):
            sheet.canvas.rect(20, HEIGHT - top, 120, 0.5, stroke=0, fill=1)
        for left in (20, 80, 140):
            for top in range(50, 90, 2):
                sheet.canvas.rect(left, HEIGHT - top - 1, 1, 1, stroke=0, fill=1)
        for top, texts in ((63, ["规章", "1"]), (83, ["文件", "8"])):
            sheet.text(24, top, texts[0])
            sheet.text(84, top, texts[1])

    assert [rows(grid) for grid in grids(page)] == [[["规章", "1"], ["文件", "8"]]]


def test_a_frame_around_text_is_no_table():
    def page(sheet):
        sheet.canvas.rect(10, 10, WIDTH - 20, HEIGHT - 20)
        sheet.text(20, 50, "本年度没有其他事项。")

    assert lines(page) == ["本年度没有其他事项。"]


def test_a_table_in_a_cell_of_another_is_read_once():
    def page(sheet):
        sheet.table(20, 20, [["甲", "乙"]], wide=180, high=200)
        sheet.table(40, 60, [["规章", "1"], ["文件", "8"]], wide=50)

    texts = [cell.text for grid in grids(page) for cell in grid.cells]
    assert sorted(texts) == sorted(["甲", "乙", "规章", "1", "文件", "8"])


def test_lines_without_rules_keep_their_places():
    def page(sheet):
        for top, label, values in ((50, "1.属于国家秘密", "012"), (70, "2.重复申请", "345")):
            sheet.text(20, top, label)
            for number, value in enumerate(values):
                sheet.text(150 + 40 * number, top, value)

    first, second = (block.text for block in read(pdf(page)).blocks)
    assert first.split() == ["1.属于国家秘密", "0", "1", "2"]
    places = [len(line[: line.index(value)].encode("gbk")) for line, value in ((first, " 0 "), (second, " 3 "))]
    assert abs(places[0] - places[1]) <= 1


def across(sheet, top, label, values, left=170):
    """A row without rules: its label over so many lines, its values beside their middle."""
    texts = label.split("\n")
    for number, text in enumerate(texts):
        sheet.text(20, top + 12 * number, text)
    for number, value in enumerate(values):
        sheet.text(left + 40 * number, top + 6 * (len(texts) - 1), value)


def test_labels_and_heads_of_several_lines_are_whole_without_rules():
    def page(sheet):
        for number, head in enumerate(("自然人", "商业\n企业", "科研\n机构", "其他", "总计")):
            for line, text in enumerate(head.split("\n")):
                sheet.text(165 + 40 * number, 30 + 12 * line, text)
        across(sheet, 62, "1.属于国家秘密", "01234")
        across(sheet, 80, "2.没有现成信息需要\n另行制作", "56789")

    [grid] = grids(page)
    assert rows(grid) == [
        ["自然人", "商业\n企业", "科研\n机构", "其他", "总计"],
        ["1.属于国家秘密", *"01234"],
        ["2.没有现成信息需要\n另行制作", *"56789"],
    ]


def test_a_blank_without_rules_is_a_blank_in_its_column():
    def page(sheet):
        across(sheet, 50, "1.属于国家秘密", "01234")
        across(sheet, 70, "2.重复申请", ["5", "", "", "", "9"])

    assert rows(grids(page)[0])[1] == ["2.重复申请", "5", "", "", "", "9"]


def test_what_stands_left_of_several_labels_tears_none_of_them():
    def page(sheet):
        sheet.text(20, 50, "（三）")
        sheet.text(20, 62, "不予公开")
        for top, label, values in ((50, "1.属于国家秘密", "01234"), (68, "2.重复申请", "56789")):
            sheet.text(80, top, label)
            for number, value in enumerate(values):
                sheet.text(180 + 40 * number, top, value)

    [grid] = grids(page)
    assert sorted(map(tuple, rows(grid)), key=len) == [
        ("（三）\n不予公开",),
        ("1.属于国家秘密", *"01234"),
        ("2.重复申请", *"56789"),
    ]


def centred(sheet, middle, top, text):
    sheet.text(middle - stringWidth(text, FONT, 10) / 2, top, text)


def centred_rows(sheet, *rows):
    """Rows without rules, the lines of each label and its values centred in their cells."""
    top = 50
    for label, values in rows:
        texts = label.split("\n")
        for number, text in enumerate(texts):
            centred(sheet, 130, top + 12 * number, text)
        for number, value in enumerate(values):
            centred(sheet, 200 + 40 * number, top + 6 * (len(texts) - 1), value)
        top += 12 * len(texts) + 6


def test_centred_labels_and_what_stands_left_of_them_are_whole_without_rules():
    def page(sheet):
        sheet.text(20, 74, "（三）不予")
        sheet.text(30, 86, "公开")
        centred_rows(
            sheet,
            ("1.国家秘密", "01234"),
            ("2.没有现成信息需\n要另行", "56789"),
            ("3.其他", "01234"),
        )

    [grid] = grids(page)
    assert sorted(map(tuple, rows(grid))) == sorted(
        [
            ("1.国家秘密", *"01234"),
            ("2.没有现成信息需\n要另行", *"56789"),
            ("3.其他", *"01234"),
            ("（三）不予\n公开",),
        ]
    )


def test_words_below_a_label_that_begin_and_end_elsewhere_are_not_of_it():
    def page(sheet):
        centred_rows(sheet, ("1.国家秘密", "01234"), ("2.其他", "56789"))
        sheet.text(145, 62, "另行")

    labels = [row[0] for row in rows(grids(page)[0])]
    assert sorted(labels) == ["1.国家秘密", "2.其他", "另行"]


REVIEW = ("结果\n维持", "结果\n纠正", "其他", "尚未\n审结", "总计")


def one_row(*heads, values="01234"):
    """A row without a label below heads of two lines and a heading of its section."""

    def page(sheet):
        sheet.text(20, 25, "四、行政复议情况")
        for number, head in enumerate(heads):
            for line, text in enumerate(head.split("\n")):
                centred(sheet, 100 + 24 * number, 50 + 12 * line, text)
        for number, value in enumerate(values):
            centred(sheet, 100 + 24 * number, 82, value)

    return page


def test_a_row_without_a_label_below_its_heads_has_them_by_column():
    page = one_row(*REVIEW)
    assert rows(grids(page)[0]) == [list(REVIEW), list("01234")]
    assert lines(page) == ["四、行政复议情况"]


def test_a_head_wider_than_its_column_stands_above_those_below_it():
    def page(sheet):
        centred(sheet, 148, 38, "复议机关")
        one_row(*REVIEW)(sheet)

    assert rows(grids(page)[0]) == [["复议机关"], list(REVIEW), list("01234")]


def test_a_row_without_a_label_of_which_a_column_has_no_head_stays_a_line():
    page = one_row("结果\n维持", "", *REVIEW[2:])
    assert not grids(page)
    assert lines(page)[-1].split() == list("01234")


def test_a_row_without_a_label_that_has_a_blank_below_one_of_its_heads_stays_a_line():
    page = one_row(*REVIEW, "其他", values=["0", "1", "", "3", "4", "5"])
    assert not grids(page)
    assert lines(page)[-1].split() == list("01345")


def test_a_running_head_above_a_table_without_rules_is_none_of_its_heads():
    def page(sheet):
        sheet.text(120, 30, "某局政府信息公开年度报告", 7)
        across(sheet, 50, "1.属于国家秘密", "01234")
        across(sheet, 70, "2.重复申请", "56789")

    assert [row[0] for row in rows(grids(page)[0])] == ["1.属于国家秘密", "2.重复申请"]
    assert lines(page) == ["某局政府信息公开年度报告"]


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("1,83143,618", ["1,831", "43,618"]),
        ("1,234,5678,901", ["1,234,567", "8,901"]),
        ("1,234,567", ["1,234,567"]),
        ("1,83136", ["1,83136"]),
        ("183,1436,18", ["183,1436,18"]),
    ],
)
def test_numbers_without_a_rule_between_that_touch_are_apart_where_all_their_thousands_tell(printed, words):
    assert lines(lambda sheet: sheet.text(40, 100, printed)) == [" ".join(words)]


def test_touching_numbers_in_a_cell_are_not_parted_and_parting_is_told():
    in_cell = read(pdf(lambda sheet: sheet.table(40, 50, [["甲", "1,8313,618"]])))
    assert [cell.text for block in in_cell.blocks for cell in block.cells] == ["甲", "1,8313,618"]
    assert not in_cell.findings
    beside = read(pdf(lambda sheet: sheet.text(40, 100, "1,8313,618")))
    assert [one.code for one in beside.findings] == ["numbers_parted"]


def test_rows_without_labels_of_their_own_stay_lines():
    def page(sheet):
        across(sheet, 50, "1.属于国家秘密", "01234")
        across(sheet, 70, "", "56789")

    assert not grids(page)
    assert [line.split()[-5:] for line in lines(page)] == [list("01234"), list("56789")]


def test_what_is_printed_as_three_pieces_is_one_number():
    def page(sheet):
        sheet.table(20, 50, [["规章", ""]])
        for left, digit in ((84, "3"), (89, "1"), (94, "19")):
            sheet.text(left, 63, digit)

    assert rows(grids(page)[0]) == [["规章", "3119"]]


def test_numbers_of_neighbouring_cells_never_join():
    def page(sheet):
        sheet.table(20, 50, [["", "", ""]], wide=30)
        sheet.text(39, 63, "12")
        sheet.text(51, 63, "34")

    assert rows(grids(page)[0]) == [["12", "34", ""]]


def test_digits_that_touch_over_a_rule_are_no_number():
    def page(sheet):
        sheet.table(20, 50, [["", "", ""]], wide=30)
        sheet.text(35, 63, "447228")

    [grid] = grids(page)
    assert not any(cell.text.isdigit() for cell in grid.cells)
    assert codes(page) == ["numbers_touch"]


def test_a_number_that_its_cell_has_no_room_for_goes_on_below():
    def page(sheet):
        sheet.table(20, 50, [["规章", "30\n9"]], wide=25, high=40)

    assert rows(grids(page)[0])[0][1] == "309"
    assert codes(page) == ["numbers_wrapped"]


def test_numbers_below_each_other_in_a_wide_cell_stay_two():
    def page(sheet):
        sheet.table(20, 50, [["规章", "30\n9"]], wide=90, high=40)

    assert rows(grids(page)[0])[0][1] == "30\n9"
    assert codes(page) == []


def test_letters_printed_twice_for_bold_are_read_once():
    def page(sheet):
        for shift in (0, 0.3):
            sheet.text(20 + shift, 50, "共 1100 件")

    assert lines(page) == ["共 1100 件"]


def test_other_letters_in_the_same_place_are_no_number():
    def page(sheet):
        sheet.text(20, 50, "共 8 件")
        sheet.text(20, 50, "共 3 件")

    assert lines(page) == ["共 \ufffd 件"]
    assert codes(page) == ["glyphs_overprinted"]


LIGATURE = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"


def ligatures(content: str) -> bytes:
    """A page in whose font the code of A is one glyph for fi, as programs print it, and those of digits are digits."""
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        "1 beginbfchar <41> <00660069> endbfchar 1 beginbfrange <61> <7A> <0061> endbfrange "
        "1 beginbfrange <30> <39> <0030> endbfrange endcmap end"
    )
    return raw_pdf(content, LIGATURE, f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream")


def test_one_glyph_that_stands_for_several_characters_is_no_overprint():
    reading = read(ligatures("BT /F 12 Tf 20 200 Td (oAce 12) Tj ET"))
    assert [block.text.strip() for block in reading.blocks] == ["ofice 12"]
    assert reading.findings == ()


def test_such_a_glyph_over_another_is_one_all_the_same():
    reading = read(ligatures("BT /F 12 Tf 20 200 Td (oAce 12) Tj ET BT /F 12 Tf 20 200 Td (oAce 13) Tj ET"))
    assert [block.text.strip() for block in reading.blocks] == ["ofice 1\ufffd"]
    assert [finding.code for finding in reading.findings] == ["glyphs_overprinted"]


def test_struck_out_text_is_left_out_and_said():
    def page(sheet):
        sheet.text(20, 50, "12")
        sheet.text(40, 50, "15 件")
        sheet.rule(20, 46.5, 30, 46.5)

    assert lines(page) == ["15 件"]
    assert codes(page) == ["struck_out"]


def test_an_underline_strikes_nothing_out():
    def page(sheet):
        sheet.text(20, 50, "12 件")
        sheet.rule(20, 51.5, 40, 51.5)

    assert lines(page) == ["12 件"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(turn):
    def page(sheet):
        sheet.canvas.setPageRotation(turn)
        canvas = sheet.canvas
        canvas.translate(*{90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[turn])
        canvas.rotate({90: 90, 180: 180, 270: 270}[turn])
        sheet.table(20, 50, [["规章", "1"], ["文件", "26"]], wide=40)

    assert [rows(grid) for grid in grids(page)] == [[["规章", "1"], ["文件", "26"]]]


def test_a_table_turned_on_an_upright_page_is_read_and_so_is_the_page_number():
    def page(sheet):
        sheet.text(190, 290, "- 7 -")
        sheet.canvas.translate(WIDTH, 0)
        sheet.canvas.rotate(90)
        sheet.table(20, 50, [["规章", "1"], ["文件", "26"]], wide=40)

    assert [rows(grid) for grid in grids(page)] == [[["规章", "1"], ["文件", "26"]]]
    assert lines(page) == ["- 7 -"]


def test_what_is_filled_into_a_form_is_read():
    def page(sheet):
        sheet.text(20, 50, "收到申请")
        sheet.canvas.acroForm.textfield(name="n", value="3119", x=80, y=HEIGHT - 55, width=60, height=15, fontSize=10)

    assert lines(page) == ["收到申请   3119"] or "".join(lines(page)).replace(" ", "") == "收到申请3119"


# Its place


def test_a_line_is_counted_by_the_heights_on_which_something_stands():
    def page(sheet):
        sheet.text(20, 30, "一、总体情况")
        sheet.table(20, 50, [["部分公开\n区分处理", "447"]], high=40)
        sheet.text(20, 120, "二、其他")

    first, grid, last = read(pdf(lambda sheet: sheet.text(20, 30, "封面"), page)).blocks[1:]
    assert (first.page, first.line) == (2, 1)
    assert [(cell.text, cell.line) for cell in grid.cells] == [("部分公开\n区分处理", 2), ("447", 2)]
    assert last.line == 4


# What nobody sees


def test_text_that_nobody_sees_is_left_out_and_said():
    def page(sheet):
        canvas = sheet.canvas
        sheet.text(20, 30, "看得见 1 件")
        sheet.text(20, 60, "没有墨 2 件", mode=3)
        canvas.setFillColorRGB(1, 1, 1)
        sheet.text(20, 90, "白色的 3 件")
        canvas.setFillColorRGB(0, 0, 0)
        sheet.text(20, 120, "盖住的 4 件")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(10, HEIGHT - 130, 200, 20, stroke=0, fill=1)

    assert lines(page) == ["看得见 1 件"]
    assert codes(page) == ["hidden_text"]


def test_white_text_on_a_dark_area_is_seen():
    def page(sheet):
        sheet.canvas.setFillColorRGB(0, 0, 0.5)
        sheet.canvas.rect(10, HEIGHT - 60, 200, 30, stroke=0, fill=1)
        sheet.canvas.setFillColorRGB(1, 1, 1)
        sheet.text(20, 50, "自然人")

    assert lines(page) == ["自然人"]


def test_a_new_number_over_a_painted_out_one_is_the_one_that_counts():
    def page(sheet):
        sheet.text(20, 50, "389")
        sheet.canvas.setFillColorRGB(1, 1, 1)
        sheet.canvas.rect(18, HEIGHT - 54, 40, 14, stroke=0, fill=1)
        sheet.canvas.setFillColorRGB(0, 0, 0)
        sheet.text(20, 50, "412")

    assert lines(page) == ["412"]


def test_a_watermark_aslant_is_left_out_and_said():
    def page(sheet):
        sheet.text(20, 50, "正文")
        sheet.canvas.rotate(45)
        sheet.canvas.drawString(150, 0, "2019")

    assert lines(page) == ["正文"]
    assert codes(page) == ["slanted_text"]


def test_scripts_and_attachments_are_no_part_of_the_page():
    document = pypdfium2.PdfDocument(pdf(lambda sheet: sheet.text(20, 50, "正文")))
    attachment = document.new_attachment("facts.txt")
    attachment.set_data(b"3119")
    saved = BytesIO()
    document.save(saved)
    document.close()
    assert [block.text.strip() for block in read(saved.getvalue()).blocks] == ["正文"]


# What cannot be read


def test_glyphs_of_which_the_file_does_not_tell_the_characters_are_refused():
    content = "BT /F 12 Tf 20 200 Td (AB) Tj ET BT /F 12 Tf 20 150 Td (wwwwww) Tj ET"
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /FirstChar 65 /LastChar 119"
        f" /Widths [{' '.join(['10'] * 55)}] /CharProcs << /one 6 0 R /w 6 0 R >>"
        " /Encoding << /Type /Encoding /Differences [65 /g17 /g18 119 /w] >> >>"
    )
    glyph = "<< /Length 27 >>\nstream\n10 0 0 0 10 10 d1 0 0 9 9 re f\nendstream"
    assert refusal(raw_pdf(content, font, glyph)) == "no_characters"


def test_characters_of_private_use_are_said_and_no_number():
    def page(sheet):
        sheet.text(20, 50, "共 1\ue0012 件，另有其他事项")

    [line] = lines(page)
    assert "1\ufffd2" in line
    assert codes(page) == ["glyphs_unreadable"]


def test_a_page_of_nothing_but_private_characters_is_refused():
    assert refusal(pdf(lambda sheet: sheet.text(20, 50, "\ue001\ue002\ue003"))) == "no_characters"


def test_a_pdf_of_pictures_is_refused_with_the_extra_that_reads_them():
    with pytest.raises(Unreadable, match="pictures") as refused:
        read(pdf(scan))
    assert refused.value.code == "no_text"
    assert "gk-pipeline[ocr]" in refused.value.advice


def test_recognised_text_below_a_scan_is_not_what_the_page_shows():
    def page(sheet):
        scan(sheet)
        sheet.text(20, 50, "收到申请 3119 件", mode=3)

    assert refusal(pdf(page)) == "no_text"


def test_text_under_a_scan_is_not_what_the_page_shows():
    def page(sheet):
        sheet.text(20, 50, "收到申请 3119 件")
        scan(sheet)

    assert refusal(pdf(page)) == "no_text"


def test_pages_that_are_pictures_among_others_are_said():
    reading = read(pdf(lambda sheet: sheet.text(20, 50, "正文"), scan))
    assert [finding.code for finding in reading.findings] == ["picture_not_read"]
    assert "Page 2" in reading.findings[0].message


def test_every_page_is_handed_over_as_it_looks_where_none_has_text():
    first, second = pages_shown(pdf(scan, scan))
    assert first.shape == second.shape
    assert first.dtype == "uint8"
    high, wide = first.shape
    assert abs(wide / high - WIDTH / HEIGHT) < 0.01
    assert first[high // 3, wide // 4] == 200


def test_a_pdf_with_a_password_is_refused():
    assert refusal(pdf(lambda sheet: sheet.text(20, 50, "正文"), password="secret")) == "encrypted"


def test_a_pdf_with_an_empty_password_is_read():
    reading = read(pdf(lambda sheet: sheet.text(20, 50, "正文 12 件"), password=""))
    assert [block.text.strip() for block in reading.blocks] == ["正文 12 件"]


def test_a_pdf_cut_off_anywhere_is_refused():
    whole = pdf(*[lambda sheet: sheet.table(20, 50, [["规章", "1"]])] * 3)
    for end in range(len(whole) // 20, len(whole) - 20, len(whole) // 20):
        assert refusal(whole[:end]) == "damaged", end


def test_a_pdf_with_a_broken_stream_is_refused():
    packed = zlib.compress(b"BT /F 12 Tf 20 200 Td (12 of 34) Tj ET " * 9)
    whole = with_stream(packed)
    assert read(whole).blocks[0].text.split()[:3] == ["12", "of", "34"]
    at = whole.index(packed) + len(packed) // 2
    assert refusal(whole[:at] + b"\0\xff\0" + whole[at + 3 :]) == "damaged"


def test_bytes_that_only_begin_as_a_pdf_are_refused():
    assert refusal(b"%PDF-1.4\nnothing of the kind") == "damaged"


# Pages


def test_a_line_that_every_page_repeats_is_read_once():
    def page(number):
        def draw(sheet):
            sheet.text(20, 15, "云岭县政府信息公开工作年度报告")
            sheet.text(20, 50 + 7 * number, f"第{'一二三'[number]}段正文。")
            sheet.text(190, 290, f"- {number + 1} -")

        return draw

    pages = [page(number) for number in range(3)]
    assert lines(*pages).count("云岭县政府信息公开工作年度报告") == 1
    assert [line for line in lines(*pages) if line.endswith("正文。")] == [
        "第一段正文。",
        "第二段正文。",
        "第三段正文。",
    ]
    assert codes(*pages) == ["running_lines"]


def test_headings_of_short_reports_behind_each_other_are_no_running_lines():
    def page(body):
        def draw(sheet):
            sheet.text(20, 15, f"{body}2023年政府信息公开工作年度报告")
            sheet.text(20, 40, "二、主动公开政府信息情况")
            sheet.text(20, 280, f"{body}办公室编")

        return draw

    printed = lines(page("云岭县"), page("青溪县"), page("白石县"))
    assert printed.count("二、主动公开政府信息情况") == 3


def test_rows_of_numbers_that_two_pages_print_in_the_same_place_are_both_read():
    def page(sheet):
        sheet.text(20, 20, "行政许可和处罚   0   0   0")

    assert len(lines(page, page)) == 2


def test_a_row_cut_by_a_page_break_is_put_together_where_its_numbers_stand():
    first = [["4.无正当理\n由大量反", "0", "3"]]
    second = [["复申请", "", ""], ["5.要求", "1", "2"]]

    above, below = grids(lambda sheet: sheet.table(20, 200, first, high=40), lambda sheet: sheet.table(20, 20, second))
    assert rows(above) == [["4.无正当理\n由大量反\n复申请", "0", "3"]]
    assert rows(below) == [["5.要求", "1", "2"]]


def test_a_row_whose_numbers_stand_below_the_break_is_put_together_there():
    first = [["3.其他说明", "7", "8"], ["4.无正当理", "", ""]]
    second = [["由大量申请", "0", "3"]]

    above, below = grids(lambda sheet: sheet.table(20, 200, first), lambda sheet: sheet.table(20, 20, second))
    assert rows(above) == [["3.其他说明", "7", "8"]]
    assert rows(below) == [["4.无正当理\n由大量申请", "0", "3"]]
    assert [block.page for block in (above, below)] == [1, 2]


def test_a_blank_row_behind_a_page_break_stays_a_row():
    first = [["4.无正当理\n由大量反", "0", "3"]]
    second = [["5.要求确认", "", ""]]
    above, below = grids(lambda sheet: sheet.table(20, 200, first, high=40), lambda sheet: sheet.table(20, 20, second))
    assert rows(above) == first
    assert rows(below) == second


def test_heads_repeated_on_a_page_do_not_part_a_cut_row():
    first = [["信息内容", "本年", "上年"], ["4.无正当理\n由大量反", "0", "3"]]
    second = [["信息内容", "本年", "上年"], ["复申请", "", ""], ["5.要求", "1", "2"]]
    above, below = grids(lambda sheet: sheet.table(20, 150, first, high=30), lambda sheet: sheet.table(20, 20, second))
    assert rows(above)[-1] == ["4.无正当理\n由大量反\n复申请", "0", "3"]
    assert rows(below) == [["信息内容", "本年", "上年"], ["5.要求", "1", "2"]]


# Bounds


def test_of_a_long_file_the_pages_of_the_form_are_taken_apart():
    def prose(number):
        return lambda sheet: sheet.text(20, 50, f"会议纪要第{number}页的正文")

    def form(sheet):
        sheet.table(20, 50, [["行政规范性文件", "8"], ["规章", "1"]], wide=80)

    raw = pdf(*map(prose, range(250)), form, *map(prose, range(249)))
    blocks = read(raw, ["行政规范性文件"]).blocks
    assert len(blocks) == 500
    assert [(block.page, rows(block)) for block in blocks if block.cells] == [
        (251, [["行政规范性文件", "8"], ["规章", "1"]])
    ]


def test_a_page_of_absurdly_many_shapes_is_read_without_its_rules_and_says_so():
    def page(sheet):
        sheet.text(20, 50, "收到申请 12 件")
        for number in range(31_000):
            sheet.canvas.rect(number % 400, number % 300, 1, 1, stroke=0, fill=1)

    assert lines(page) == ["收到申请 12 件"]
    assert "rules_left_out" in codes(page)


def test_more_letters_and_lines_than_any_report_has_are_refused():
    content = "0 0 1 1 re f\n" * 29_000
    kids = " ".join(["3 0 R"] * 11)
    raw = raw_pdf(content, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    raw = raw.replace(b"[3 0 R] /Count 1", f"[{kids}] /Count 11".encode())
    assert refusal(raw) == "too_many_parts"


def test_a_stream_that_unfolds_without_end_is_refused():
    assert refusal(with_stream(zlib.compress(b"0 0 m 1 1 l S\n" * 8_000_000))) == "too_large"


def test_drawings_within_drawings_are_painted_so_often_and_no_more():
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"

    def nested(levels):
        paints = "/X Do " * 10
        forms = [
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {7 + level} 0 R >> >>"
            f" /Length {len(paints)} >>\nstream\n{paints}\nendstream"
            for level in range(levels)
        ]
        forms.append("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream")
        raw = raw_pdf("BT /F 12 Tf 20 200 Td (12 of 34) Tj ET /X Do ", font, *forms)
        return raw.replace(b"/Resources << /Font", b"/Resources << /XObject << /X 6 0 R >> /Font")

    assert read(nested(3)).blocks
    assert refusal(nested(8)) == "too_many_parts"


# Its title


def test_the_title_of_the_file_counts_where_its_first_page_prints_it():
    def page(sheet):
        sheet.text(20, 50, "云岭县2023年政府信息公开工作年度报告")

    assert read(pdf(page, title="云岭县2023年政府信息公开工作年度报告")).title == "云岭县2023年政府信息公开工作年度报告"
    assert read(pdf(page, title="邻县2021年政府信息公开工作年度报告")).title is None
    assert read(pdf(page, title="Microsoft Word - 文档1")).title is None
