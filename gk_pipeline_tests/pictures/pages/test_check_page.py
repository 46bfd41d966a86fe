"""The page of a draft: its tables as published, and every number that cannot be right with the reason."""

import re
from dataclasses import replace

import pytest
from ways import RAW, YUNLING, gk

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.pages.draft import check_page
from gk_pipeline.pipeline import judged_reports
from pictures.pages.paged import Paged, checked, said

XIAYI = (RAW / "2020" / "xiayi.txt").read_text(encoding="utf-8")
GONGYI = (RAW / "2020" / "gongyi.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def repaired(tmp_path_factory) -> Paged:
    """夏邑 with the ten applications of natural persons mistyped as sixteen."""
    wrong = re.sub(r"10(.2.0)", r"16\1", XIAYI)
    assert wrong != XIAYI
    return checked(tmp_path_factory.mktemp("drafts") / "draft.txt", wrong)


@pytest.fixture(scope="module")
def disputed(tmp_path_factory) -> Paged:
    """夏邑 with one more result of a review than its total: five numbers and one sum, so that any may be wrong."""
    wrong = XIAYI.replace("0\t0\t0\t1\t1\t1", "0\t0\t0\t1\t2\t1")
    assert wrong != XIAYI
    return checked(tmp_path_factory.mktemp("drafts") / "draft.txt", wrong)


def test_a_corrected_cell_shows_what_is_printed_and_what_must_be(repaired):
    [cell] = repaired.all("td.corrected")
    assert cell.css("s")[0].text() == "16"
    assert cell.css("b")[0].text() == "10"


def test_a_corrected_cell_leads_to_its_explanation(repaired):
    [link] = repaired.all("td.corrected a.see")
    entry = repaired.one(link.attributes["href"])
    assert link.attributes["aria-describedby"] == entry.attributes["id"]
    assert "16 → 10" in said(entry)
    assert "错了一位数字" in said(entry)
    assert "one digit is another" in said(entry, "en")
    assert "cause unknown" in said(entry, "en")


def test_every_broken_law_is_listed_with_both_sides_and_drawn_over_its_cells(repaired):
    laws = repaired.all("button.law")
    assert [said(one.css(".sides")[0]) for one in laws] == ["18 ≠ 12", "18 ≠ 12"]
    row, column = (one.attributes["data-cells"].split() for one in laws)
    assert "".join(one[-1] for one in row) == "++++++="
    assert "".join(one[-1] for one in column) == "++=+"
    for members, course in ((row, "in-row"), (column, "in-column")):
        drawn = {cell.attributes["id"] for cell in repaired.all(f"td.{course}")}
        assert drawn == {member[:-1] for member in members}


def test_a_broken_law_is_marked_at_the_end_of_its_row_and_of_its_column(repaired):
    ends = repaired.all("td.laws a.mark.broken")
    assert [said(one) for one in ends] == ["✗ 18 ≠ 12 不成立"] * 2
    assert {one.parent.parent.parent.tag for one in ends} == {"tbody", "tfoot"}
    assert [one.attributes["href"][1:] for one in ends] == [one.attributes["id"] for one in repaired.all("button.law")]


def test_a_disputed_cell_leads_to_all_its_explanations(disputed):
    cells = disputed.all("td.disputed a.see")
    entries = {one.attributes["href"] for one in cells}
    [entry] = [disputed.one(href) for href in entries]
    assert len(cells) == len(entry.css(".rivals > li")) == 5
    assert "有 8 种同样简单的解释" in said(entry)
    assert "还有 3 种解释，没有列出" in said(entry)
    assert "可以判定的依据：原件" in said(entry)


def test_numbers_of_explanations_that_are_not_listed_stand_under_their_dispute(tmp_path):
    received, granted = "\t10\t2\t0\t0\t0\t0\t12", "\t3\t0\t0\t0\t0\t0\t3"
    assert received in XIAYI
    assert granted in XIAYI
    wrong = XIAYI.replace(received, "\t17\t9\t0\t0\t0\t0\t3").replace(granted, "\t9\t0\t0\t0\t0\t0\t1")
    page = checked(tmp_path / "draft.txt", wrong)
    [dispute] = page.all("li[id^=open]")
    cells = page.all("td.disputed")
    led = {cell.css_first("a.see").attributes["href"] for cell in cells}
    assert led == {f"#{dispute.attributes['id']}"}
    _, unlisted = said(dispute).split("没有列出的解释还可能涉及：")
    assert "本年新收政府信息公开申请数量 科研机构 0" in unlisted
    assert len(dispute.css(".rivals > li")) < len(cells)
    assert "没有数字的单元格" not in page.texts("h3")


def test_only_a_draft_is_told_to_be_compared_before_publishing(repaired):
    assert "请核对后再发布" in repaired.texts("p.verdict")[0]


def test_rows_carry_the_numbers_of_the_form_under_its_heading(repaired):
    heads = [said(head) for head in repaired.all("#t2 tbody tr:not(.heads) th")]
    assert heads[:5] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "（一）予以公开",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    ]
    assert heads[5:7] == ["（三）不予公开", "1.属于国家秘密"]
    assert heads[-2:] == ["（七）总计", "四、结转下年度继续办理"]
    results = repaired.all("#t2 tbody th[scope=rowgroup]")[0]
    assert said(results) == "三、本年度办理结果"
    rows = repaired.all("#t2 tbody tr:not(.heads)")
    assert int(results.attributes["rowspan"]) == len(rows) - 3
    widths = [sum(int(one.attributes.get("colspan", "1")) for one in row.css("th")) for row in rows]
    assert (widths[0], widths[2], widths[4], widths[-1]) == (3, 3, 2, 3)


def test_every_status_is_told_in_words_beside_its_colour(repaired):
    legend = repaired.texts("ul.legend li", "en")
    assert legend[0].startswith("verified 175")
    assert [one.split()[0] for one in legend] == ["verified", "unverified", "corrected"]
    cells = repaired.all("table.form td[data-c]")
    assert len(cells) == 175 + 22 + 1


def test_no_link_and_no_description_leads_nowhere(repaired, tmp_path):
    for page in (repaired, checked(tmp_path / "gongyi.md", GONGYI)):
        assert page.dead_links() == []
        assert len(page.values("id")) == len(set(page.values("id")))


def test_the_sentence_that_contradicts_the_tables_is_marked_and_listed(repaired):
    [mark] = repaired.all("mark.contradicts")
    assert mark.text() == "5863"
    [listed] = repaired.all("a.contradicts")
    assert listed.attributes["href"] == f"#{mark.attributes['id']}"
    assert "4884 + 589 + 525 = 5998" in said(listed.parent)
    assert [one.text() for one in repaired.all("mark.holds")] == ["14", "1", "1"]


def test_lost_cells_show_what_belongs_there_and_what_the_row_prints(tmp_path):
    page = checked(tmp_path / "gongyi.md", GONGYI)
    assert page.all("td.deduced")
    assert all(re.search(r"\(\d+\)$", said(cell).removesuffix(" 推出")) for cell in page.all("td.deduced"))
    assert page.all("#aligned li")


def test_a_page_loads_nothing_and_allows_nothing_but_itself(repaired):
    policy = repaired.one("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not repaired.all("[src], [style], link")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_a_draft_prints_is_never_markup(tmp_path, hostile):
    page = checked(tmp_path / f"{re.sub(r'[^a-z]', '', hostile)}.txt", XIAYI.replace("夏邑县", f"夏邑{hostile}县"))
    assert hostile in page.root.body.text()
    assert len(page.all("script")) == 1
    assert not page.all("img")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "</title><svg onload=alert(1)>"])
def test_the_name_of_a_body_is_never_markup(hostile):
    forms = shipped_forms()
    [report] = judged_reports([YUNLING], forms)
    who = replace(report.read.identity, organization=hostile)
    page = Paged(check_page([replace(report, read=replace(report.read, identity=who))], forms))
    assert said(page.one("h1")).startswith(hostile)
    assert len(page.all("script")) == 1
    assert not page.all("svg")


def test_the_command_writes_the_page_and_keeps_its_exit_status(tmp_path):
    draft, out = tmp_path / "draft.txt", tmp_path / "out.html"
    draft.write_text(XIAYI.replace("10\t2\t0", "16\t2\t0"), encoding="utf-8")
    assert gk("check", draft, "--html", out).exit_code == gk("check", draft).exit_code
    assert Paged(out.read_text(encoding="utf-8")).all("table.form")
    assert gk("check", YUNLING, "--html", out).exit_code == 0
    assert "没有发现问题" in Paged(out.read_text(encoding="utf-8")).texts("p.verdict")[0]


def test_the_page_starts_in_the_language_that_was_asked(tmp_path):
    out = tmp_path / "out.html"
    for lang, told in (("zh", "报告核对"), ("en", "Report check")):
        assert gk("check", YUNLING, "--lang", lang, "--html", out).exit_code == 0
        page = Paged(out.read_text(encoding="utf-8"))
        assert page.one("html").attributes["lang"] == lang
        assert told in page.one("title").text()


def test_a_file_that_cannot_be_read_has_a_page_that_says_why(tmp_path):
    draft, out = tmp_path / "draft.txt", tmp_path / "out.html"
    draft.write_bytes(b"")
    assert gk("check", draft, "--html", out).exit_code == 1
    told = said(Paged(out.read_text(encoding="utf-8")).root.body)
    assert "draft.txt" in told
    assert "文件是空的" in told
    assert "The file is empty" not in told


def test_a_page_that_cannot_be_written_is_said_so(tmp_path):
    answer = gk("check", YUNLING, "--html", tmp_path / "no" / "out.html")
    assert answer.exit_code == 1
    assert "cannot be written" in answer.err
