"""Word files to blocks: what Word shows with all changes accepted, each thing once."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document as PythonDocx

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.spans import MAX_COLUMN_SPAN
from gk_pipeline.documents.word import docx

from .word import deleted, inserted, p, package, parts_of, r, tbl, tc, tr, word

RAISED = '<w:vertAlign w:val="superscript"/>'
HIDDEN = "<w:vanish/>"
DELETED_MARK = '<w:rPr><w:del w:id="1" w:author="某"/></w:rPr>'
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end"))


def read(body, **parts):
    return docx.read(word(body, **parts), ())


def lines(body, **parts):
    return [block.text for block in read(body, **parts).blocks]


def grid(body):
    [block] = [block for block in read(body).blocks if block.cells]
    assert block.spans_known
    return [cell[:5] for cell in block.cells]


def texts(body):
    return [text for *_, text in grid(body)]


def codes(body, **parts):
    return [finding.code for finding in read(body, **parts).findings]


def instruction(code):
    return f"<w:r><w:instrText>{code}</w:instrText></w:r>"


def box(*content):
    return f"<w:txbxContent>{''.join(content)}</w:txbxContent>"


def alternatives(content):
    """A text box as Word writes it: once for itself, once for programs before 2010."""
    drawing = f"<w:drawing><wp:inline><a:graphic><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphic>"
    drawing += "</wp:inline></w:drawing>"
    picture = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    choice = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"


def test_runs_of_a_paragraph_join_and_line_breaks_part_it():
    assert lines(p(r("一、本年"), r("新收"), "<w:r><w:br/></w:r>", "申请")) == ["一、本年新收", "申请"]


def test_a_blank_that_is_not_preserved_is_not_shown():
    assert lines("<w:p><w:r><w:t>12 </w:t></w:r><w:r><w:t>\n3</w:t></w:r></w:p>") == ["123"]
    assert lines(p(r("12 "), r("3"))) == ["12 3"]


def test_hyphens_are_shown_where_word_shows_them():
    runs = "<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>6</w:t><w:softHyphen/><w:t>月\u00ad份</w:t></w:r>"
    assert lines(p(runs)) == ["1-6月份"]


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [("Symbol", "F031", "1"), ("Wingdings", "F0FE", "\uf0fe"), ("Wingdings", "F031", "\uf031"), ("", "4E00", "一"),
     ("", "zz", "\ufffd"), ("", "D800", "\ufffd"), ("", "FFFFFFFFFF", "\ufffd")],
)  # fmt: skip
def test_a_symbol_is_its_character_and_no_digit_that_it_does_not_show(font, code, shown):
    assert lines(p(r("项"), f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>')) == [f"项{shown}"]


@pytest.mark.parametrize(("raised", "sign"), [("superscript", "^"), ("subscript", "_")])
def test_a_raised_digit_does_not_join_the_number_before_or_behind_it(raised, sign):
    runs = r("10"), r("4", f'<w:vertAlign w:val="{raised}"/>'), r("5")
    assert lines(p(*runs)) == [f"10{sign}4_5"]


def test_a_style_raises_digits_and_a_run_may_take_it_back():
    styles = '<w:style w:type="character" w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    styles += '<w:style w:type="character" w:styleId="child"><w:basedOn w:val="note"/></w:style>'
    styled = '<w:rStyle w:val="child"/>'
    assert lines(p("10", r("4", styled)), styles=styles) == ["10^4"]
    assert lines(p("10", r("4", f'{styled}<w:vertAlign w:val="baseline"/>')), styles=styles) == ["104"]


def test_signs_of_a_formula_are_kept():
    power = "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup>"
    share = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    assert lines(p(power + share)) == ["10^41/2"]


def test_the_marks_of_notes_are_left_out_and_notes_follow_the_text():
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{0}Reference w:id="{1}"/></w:r>'.format
    body = tbl(tr("申请", tc(p("10", mark("endnote", 2)))), tr("其他", tc(p("3", mark("footnote", 7)))))
    notes = {
        "footnotes": f'<w:footnote w:id="0">{p("线")}</w:footnote><w:footnote w:id="7">{p("含上年。")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="2">{p("截至年底。")}</w:endnote>',
    }
    table, *rest = read(body, **notes).blocks
    assert [cell.text for cell in table.cells] == ["申请", "10", "其他", "3"]
    assert [block.text for block in rest] == ["含上年。", "截至年底。"]


def test_of_a_field_the_result_is_shown_and_not_the_code():
    runs = "共", BEGIN, instruction("=SUM(ABOVE)"), SEPARATE, r("12"), END, "件"
    assert lines(p(*runs)) == ["共12件"]
    assert lines(p('<w:fldSimple w:instr="DATE">' + r("2023年") + "</w:fldSimple>")) == ["2023年"]


def test_a_result_inside_a_code_is_not_shown():
    inner = BEGIN, instruction("PAGE"), SEPARATE, r("3"), END
    runs = "共", BEGIN, instruction("IF"), *inner, instruction("= 1"), SEPARATE, r("12"), END, "件"
    assert lines(p(*runs)) == ["共12件"]


def test_what_follows_a_code_without_an_end_is_shown():
    assert lines(p("共", BEGIN, instruction("PAGE"), "12件") + p("完")) == ["共12件", "完"]


def test_a_table_of_contents_over_paragraphs_is_shown_as_its_result():
    first = p(BEGIN, instruction("TOC"), SEPARATE, "总体情况")
    assert lines(first + p("其他事项") + p(END)) == ["总体情况", "其他事项"]


def test_changes_are_accepted():
    body = p("收到", deleted("9"), inserted("12"), "件", f'<w:moveFrom w:id="3">{r("旧")}</w:moveFrom>',
             f'<w:moveTo w:id="4">{r("新")}</w:moveTo>')  # fmt: skip
    assert lines(body) == ["收到12件新"]
    assert codes(body) == ["tracked_changes"]
    assert read(body).findings[0].evidence == "9"


def test_text_that_was_inserted_and_deleted_again_is_gone():
    assert lines(p("12", inserted(deleted("3")), "件")) == ["12件"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    assert lines(p("本年收到", properties=DELETED_MARK) + p("申请12件")) == ["本年收到申请12件"]
    assert texts(tbl(tr("申请", tc(p("1", properties=DELETED_MARK), p("2"))))) == ["申请", "12"]


def test_a_deleted_mark_with_nothing_behind_it_loses_nothing():
    assert lines(p("申请12件", properties=DELETED_MARK)) == ["申请12件"]
    after = read(p("申请12件", properties=DELETED_MARK) + tbl(tr("a", "1"))).blocks
    assert [block.text for block in after] == ["申请12件", None]


def test_deleted_rows_and_cells_are_gone_and_the_others_close_up():
    gone = tr("旧", "9", properties='<w:del w:id="1" w:author="某"/>')
    row = tr("其他", tc("8", properties='<w:cellDel w:id="1" w:author="某"/>'), "3")
    new = tr("新", "4", properties='<w:ins w:id="1" w:author="某"/>')
    assert grid(tbl(tr("申请", "12"), gone, row, new)) == [
        (0, 0, 1, 1, "申请"), (0, 1, 1, 1, "12"), (1, 0, 1, 1, "其他"), (1, 1, 1, 1, "3"), (2, 0, 1, 1, "新"),
        (2, 1, 1, 1, "4"),
    ]  # fmt: skip


def test_a_table_whose_rows_are_all_deleted_is_gone():
    gone = tr("旧", "9", properties='<w:del w:id="1" w:author="某"/>')
    assert read(p("前") + tbl(gone, gone) + p("后")).blocks[1].text == "后"


def test_a_tracked_merge_counts_as_accepted():
    begins, goes_on = (tc(text, properties=f'<w:cellMerge w:id="1" w:vMerge="{merge}"/>')
                       for text, merge in (("不予公开", "rest"), ("", "cont")))  # fmt: skip
    assert grid(tbl(tr(begins, "1"), tr(goes_on, "2")))[0] == (0, 0, 2, 1, "不予公开")


def test_hidden_text_and_rows_are_left_out_and_told():
    body = p("12", r("34", HIDDEN)) + tbl(tr("a", "1"), tr("b", "5", properties="<w:hidden/>"), tr("c", "2"))
    assert read(body).blocks[0].text == "12"
    assert texts(body) == ["a", "1", "c", "2"]
    [finding] = read(body).findings
    assert (finding.code, finding.evidence) == ("hidden_text", "34; b5")


def test_hidden_by_both_styles_is_shown_and_a_run_may_say_otherwise():
    styles = f'<w:style w:type="paragraph" w:styleId="P"><w:rPr>{HIDDEN}</w:rPr></w:style>'
    styles += f'<w:style w:type="character" w:styleId="C"><w:rPr>{HIDDEN}</w:rPr></w:style>'
    runs = r("甲"), r("乙", '<w:rStyle w:val="C"/>'), r("丙", '<w:vanish w:val="0"/>')
    assert lines(p(*runs, properties='<w:pStyle w:val="P"/>'), styles=styles) == ["乙丙"]


def test_styles_in_a_circle_come_to_an_end():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )
    assert lines(p("总", properties='<w:pStyle w:val="a"/>'), styles=styles) == ["总"]


def test_a_merged_cell_is_given_once_with_its_spans():
    wide, high = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    body = tbl(
        tr(tc("申请人", properties=wide), "总计"),
        tr(tc("不予公开", properties=high), "自然人", "1"),
        tr(tc("", properties="<w:vMerge/>"), "企业", "2"),
    )
    assert grid(body) == [
        (0, 0, 1, 2, "申请人"), (0, 2, 1, 1, "总计"), (1, 0, 2, 1, "不予公开"), (1, 1, 1, 1, "自然人"),
        (1, 2, 1, 1, "1"),
        (2, 1, 1, 1, "企业"), (2, 2, 1, 1, "2"),
    ]  # fmt: skip


def test_a_row_may_begin_behind_columns_and_end_before_others():
    row = tr("1", "2", properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>')
    assert grid(tbl(tr("a", "b", "c", "d", "e"), row))[-2:] == [(1, 2, 1, 1, "1"), (1, 3, 1, 1, "2")]


def test_a_cell_that_goes_on_from_nothing_is_a_cell():
    assert grid(tbl(tr(tc("甲", properties="<w:vMerge/>"), "1")))[0] == (0, 0, 1, 1, "甲")


def test_text_under_a_merged_cell_is_told():
    high = tc("甲", properties='<w:vMerge w:val="restart"/>')
    body = tbl(tr(high, "1"), tr(tc("99", properties="<w:vMerge/>"), "2"))
    assert texts(body) == ["甲", "1", "2"]
    [finding] = read(body).findings
    assert (finding.code, finding.evidence) == ("text_covered", "99")


def test_an_absurd_span_is_cut_and_told():
    body = tbl(tr(tc("甲", properties=f'<w:gridSpan w:val="{"9" * 5000}"/>'), "1"))
    assert grid(body)[1] == (0, MAX_COLUMN_SPAN, 1, 1, "1")
    assert codes(body) == ["spans_clipped"]


def test_a_table_of_too_many_slots_is_read_as_lines():
    wide = tr(*(tc(str(n), properties='<w:gridSpan w:val="1000"/>') for n in range(3)))
    body = tbl(*[wide] * 100)
    assert lines(body) == ["0", "1", "2"] * 100
    assert codes(body) == ["table_too_large"]


def test_a_cell_keeps_its_paragraphs_lines_and_tabs_apart():
    body = tbl(tr(tc("不予", "公开"), tc(p("1", "<w:r><w:br/></w:r>", "2")), tc(p("3", "<w:r><w:tab/></w:r>", "4"))))
    assert texts(body) == ["不予\n公开", "1\n2", "3\t4"]


def test_paragraphs_that_tabs_part_into_columns_are_a_grid():
    tab = "<w:r><w:tab/></w:r>"
    blocks = read(p("前") + p("行政许可", tab, "12") + p("行政处罚", tab, "3") + p(tab, "落款")).blocks
    assert [block.text for block in blocks[:1]] == ["前"]
    assert [cell.text for cell in blocks[1].cells][:4] == ["行政许可", "12", "行政处罚", "3"]
    assert lines(p(tab, "落款")) == ["落款"]


def test_a_table_that_holds_tables_only_places_them():
    inner = tbl(tr("行政许可", "12"))
    blocks = read(tbl(tr("导航", tc(p("标题"), inner)), tr("页脚", "完"))).blocks
    assert [block.text or [cell.text for cell in block.cells] for block in blocks] == [
        "导航", "标题", ["行政许可", "12"], "页脚", "完",
    ]  # fmt: skip


def test_a_table_of_one_cell_is_a_frame():
    assert lines(tbl(tr(tc("某县", "2020年报告")))) == ["某县", "2020年报告"]


def test_content_controls_are_seen_through_at_every_level():
    sdt = "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    body = sdt(tbl(sdt(tr("申请", sdt(tc(sdt(p("1", sdt(r("2"))))))))))
    assert texts(body) == ["申请", "12"]


def test_a_text_box_is_read_once_behind_its_paragraph():
    assert lines(p("正文", alternatives(box(p("框内"), p("12"))), "续") + p("后")) == ["正文续", "框内", "12", "后"]


def test_a_table_in_a_text_box_is_a_grid():
    assert texts(p(alternatives(box(tbl(tr("申请", "12")))))) == ["申请", "12"]


def test_a_text_box_for_old_programs_alone_is_read():
    old = f"<w:r><w:pict><v:shape><v:textbox>{box(p('框内'))}</v:textbox></v:shape></w:pict></w:r>"
    assert lines(p("正文", old)) == ["正文", "框内"]


def test_reading_aids_above_letters_are_left_out():
    ruby = f"<w:r><w:ruby><w:rt>{r('zhǎng')}</w:rt><w:rubyBase>{r('长')}</w:rubyBase></w:ruby></w:r>"
    assert lines(p(ruby, "沙市")) == ["长沙市"]


def test_pictures_and_other_documents_are_told_of():
    body = p("表如下", "<w:r><w:drawing><a:blip/></w:drawing></w:r>") + '<w:altChunk r:id="r9"/>'
    assert codes(body) == ["pictures_left_out", "embedded_left_out"]


def test_headers_comments_and_properties_are_no_part_of_the_text():
    file = PythonDocx()
    file.core_properties.title = "上年的标题"
    file.sections[0].header.paragraphs[0].text = "页眉"
    file.sections[0].footer.paragraphs[0].text = "第1页"
    run = file.add_paragraph().add_run("正文")
    file.add_comment(run, text="批注99")
    buffer = BytesIO()
    file.save(buffer)
    reading = docx.read(buffer.getvalue(), ())
    assert ([block.text for block in reading.blocks], reading.title) == (["正文"], None)


def test_the_namespaces_of_the_strict_standard_are_read():
    with ZipFile(BytesIO(word(p("12件") + tbl(tr("申请", "3"))))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts.items()
    }
    assert strict != parts
    paragraph, table = docx.read(package(strict), ()).blocks
    assert (paragraph.text, table.cells[1].text) == ("12件", "3")


def test_the_main_part_may_have_any_name_and_other_kinds_of_content_types():
    parts = parts_of(p("12件"))
    content = parts.pop("word/document.xml")
    parts["word/document2.xml"] = content
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("word/document.xml", "/word/document2.xml")
    parts["[Content_Types].xml"] = "<Types/>"
    assert docx.read(package(parts), ()).blocks[0].text == "12件"


def test_a_package_without_text_is_damaged():
    parts = parts_of("") | {"word/document.xml": "<w:document xmlns:w='x'/>"}
    with pytest.raises(Unreadable) as refusal:
        docx.read(package(parts), ())
    assert refusal.value.code == "damaged"


def test_elements_out_of_place_lose_no_text():
    assert lines(tc("甲") + tr("乙") + r("丙") + "<w:p/>") == ["甲", "乙", "丙"]
