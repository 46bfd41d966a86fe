"""Which form a table is on, told table by table; a table that fits several goes with the rest of its report."""

from itertools import pairwise

import pytest
from ways import YUNLING

from gk_pipeline.documents.document import Block, Document
from gk_pipeline.forms import shipped_forms
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.report import find_reports, open_report

TEXT = YUNLING.read_text(encoding="utf-8")
DISCLOSURE_2021 = TEXT[TEXT.index("第二十条第（一）项") : TEXT.index("三、收到和处理")]
DISCLOSURE_2019 = """第二十条第（一）项
信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t0\t0\t0
规范性文件\t5\t5\t17
第二十条第（五）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政许可\t126\t-3\t80
其他对外管理服务事项\t12\t0\t40
第二十条第（六）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政处罚\t23\t1\t8
行政强制\t6\t0\t2
第二十条第（八）项
信息内容\t上一年项目数量\t本年增/减
行政事业性收费\t2\t0
第二十条第（九）项
信息内容\t采购项目数量\t采购总金额
政府集中采购\t3\t48.35万元
"""
OTHER_2021 = TEXT[TEXT.index("（六）其他处理") : TEXT.index("（七）总计")]
OTHER_2019 = "（六）其他处理\t1\t1\t0\t0\t0\t0\t2\n"


def tables(text: str) -> dict[str, Located]:
    lines = [line for line in text.split("\n") if line.strip()]
    pieces = [Block(line.replace("\t", "|")) for line in lines]
    return dict(open_report(pieces, 0, len(pieces) - 1, shipped_forms()).tables)


def forms_of(text: str) -> dict[str, str]:
    return {code: located.table.form for code, located in tables(text).items()}


def report(disclosure: str, other: str) -> str:
    return TEXT.replace(DISCLOSURE_2021, disclosure).replace(OTHER_2021, other)


@pytest.mark.parametrize(("disclosure", "form"), [(DISCLOSURE_2019, "2019"), (DISCLOSURE_2021, "2021")])
@pytest.mark.parametrize(("other", "main"), [(OTHER_2019, "2019"), (OTHER_2021, "2021")])
def test_each_table_has_its_own_form_and_one_that_fits_both_that_of_the_applications(disclosure, form, other, main):
    assert forms_of(report(disclosure, other)) == {
        "proactive_disclosure": form,
        "applications": main,
        "review_litigation": main,
    }


@pytest.mark.parametrize(("disclosure", "form"), [(DISCLOSURE_2019, "2019"), (DISCLOSURE_2021, "2021")])
def test_where_the_applications_do_not_tell_the_other_tables_do(disclosure, form):
    no_applications = report(disclosure, OTHER_2021)
    start, end = no_applications.index("（本列数据"), no_applications.index("四、政府信息公开行政复议")
    found = forms_of(no_applications[:start] + no_applications[end:])
    assert found == {"proactive_disclosure": form, "review_litigation": form}


def test_where_no_table_tells_the_newest_form_is_taken_and_the_other_stays_open():
    start, end = TEXT.index("二、主动公开"), TEXT.index("四、政府信息公开行政复议")
    found = tables(TEXT[:start] + TEXT[end:])
    assert {code: located.table.form for code, located in found.items()} == {"review_litigation": "2021"}
    assert [table.form for table in found["review_litigation"].undecided] == ["2019"]
    assert found["review_litigation"].guessed_against == (), "the two forms have the same cells of it"


CUT_OFF = TEXT[: TEXT.index("（六）其他处理")]


@pytest.mark.parametrize(("disclosure", "form"), [(DISCLOSURE_2019, "2019"), (DISCLOSURE_2021, "2021")])
def test_a_table_cut_off_before_the_labels_that_tell_goes_with_the_rest_of_its_report(disclosure, form):
    located = tables(CUT_OFF.replace(DISCLOSURE_2021, disclosure))["applications"]
    assert located.table.form == form
    assert [table.form for table in located.guessed_against] == [{"2019": "2021", "2021": "2019"}[form]]


@pytest.mark.parametrize(("year", "form"), [("2020", "2019"), ("2022", "2021"), ("2030", "2021")])
def test_where_nothing_else_tells_it_is_on_the_newest_form_in_force_in_its_year(year: str, form: str):
    alone = CUT_OFF.replace("2022", year).replace(DISCLOSURE_2021, "")
    blocks = [Block(line.replace("\t", "|")) for line in alone.split("\n") if line.strip()]
    [report_] = find_reports(
        Document("0" * 64, "text/plain", "utf-8", None, None, tuple(blocks)), shipped_forms()
    ).reports
    assert report_.identity.stated_year == int(year)
    assert report_.opened.tables["applications"].table.form == form
    assert "form_untold" in {finding.code for finding in report_.findings}


def test_a_whole_table_leaves_nothing_to_guess():
    for text in (TEXT, report(DISCLOSURE_2019, OTHER_2019), report(DISCLOSURE_2021, OTHER_2019)):
        assert [located.guessed_against for located in tables(text).values()] == [(), (), ()]


def test_a_table_that_tells_its_form_leaves_no_other_open():
    found = tables(TEXT)
    assert found["applications"].undecided == ()
    assert [table.form for table in found["applications"].others] == ["2019"]


def test_the_year_of_the_title_tells_nothing():
    assert forms_of(TEXT.replace("2022", "2019")) == forms_of(TEXT)


def test_labels_in_sentences_are_no_table():
    sentence = "本年新收政府信息公开申请数量、上年结转政府信息公开申请数量和予以公开、行政许可、行政处罚均有增加。"
    assert tables(f"一、总体情况\n{sentence}") == {}


def test_two_labels_are_no_table_and_three_are():
    rows = ["行政许可\t126", "行政处罚\t23", "行政强制\t6"]
    assert tables("\n".join(rows[:2])) == {}
    assert list(tables("\n".join(rows))) == ["proactive_disclosure"]


def test_every_item_of_a_table_is_found_once_and_in_order():
    located = tables(TEXT)["applications"]
    items = [anchor.item for anchor, _ in located.anchors if anchor.item]
    assert items == list(located.table.items)
    starts = [hit.start for _, hit in located.anchors]
    assert starts == sorted(set(starts))


def test_a_table_that_stands_outside_its_section_is_found():
    moved = TEXT.replace(DISCLOSURE_2021, "见附表。\n") + DISCLOSURE_2021
    located = tables(moved)["proactive_disclosure"]
    assert (located.table.form, located.items_found) == ("2021", 6)


@pytest.mark.parametrize(
    ("code", "starts", "ends"),
    [
        ("proactive_disclosure", "第二十条第（一）项", "三、收到和处理"),
        ("applications", "（本列数据", "四、政府信息公开行政复议"),
        ("review_litigation", "四、政府信息公开行政复议", "五、存在"),
    ],
)
def test_a_table_printed_twice_is_told_with_its_other_place(code, starts, ends):
    located = tables(TEXT + TEXT[TEXT.index(starts) : TEXT.index(ends)])[code]
    [again] = located.again
    assert again.extent != located.extent
    assert tables(TEXT)[code].again == ()


def test_each_other_place_of_a_table_is_told_before_it_and_behind_it():
    three = TEXT.replace(DISCLOSURE_2021, DISCLOSURE_2021 * 3)
    located = tables(three)["proactive_disclosure"]
    extents = sorted(place.extent for place in (located, *located.again))
    assert len(extents) == 3
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(extents))


def test_on_a_page_that_is_one_line_the_other_place_is_told_as_well():
    line = " ".join((TEXT + TEXT).split())
    assert [len(located.again) for located in tables(line).values()] == [1, 1, 1]


def test_sentences_that_name_a_tables_labels_are_no_other_place():
    sentence = "本年规章1件，行政规范性文件3件，行政许可12件，行政处罚5件，行政强制6件，行政事业性收费1.5万元。"
    assert tables(sentence + TEXT)["proactive_disclosure"].again == ()


@pytest.mark.parametrize("line", ["3.其他 5", "3、其他工作", "（3）其他", "3.其他"])
def test_a_line_elsewhere_that_looks_like_another_forms_label_tells_no_form(line: str):
    older = TEXT.replace(OTHER_2021, OTHER_2019)
    title, rest = older.split("\n", 1)
    for text in (f"{title}\n{line}\n{rest}", older.replace("四、政府信息公开行政", f"{line}\n四、政府信息公开行政")):
        located = tables(text)["applications"]
        assert (located.table.form, located.items_found) == ("2019", 23)


PROSE = "行政复议170件，维持88件，纠正18件，其他结果28件，未审结36件；未经复议直接起诉25件，复议后起诉52件。"


def test_a_sentence_that_names_most_of_a_tables_rows_is_not_the_table():
    section = TEXT[TEXT.index("四、政府信息公开行政复议") : TEXT.index("五、存在")]
    assert "review_litigation" in tables(TEXT.replace("一、总体情况", f"一、总体情况\n{PROSE}"))
    for text in (TEXT.replace(section, f"{PROSE}\n"), TEXT.replace(section, "").replace("\n", f"\n{PROSE}\n", 1)):
        blocks = [Block(line.replace("\t", "|")) for line in text.split("\n") if line.strip()]
        document = Document("0" * 64, "text/plain", "utf-8", None, None, tuple(blocks))
        [found] = find_reports(document, shipped_forms()).reports
        assert list(found.opened.tables) == ["proactive_disclosure", "applications"]
        assert [one.table_code for one in found.findings if one.code == "table_missing"] == ["review_litigation"]
