"""What comes back from the lake for a page is what was judged: numbers to the last decimal, all explanations."""

from dataclasses import replace

import pytest
from ways import YUNLING

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.pages.draft import check_page
from gk_pipeline.pictures.pages.neighbours import Neighbours
from gk_pipeline.pictures.pages.rendering import page, within
from gk_pipeline.pictures.pages.site import write_site
from gk_pipeline.pictures.pages.view import report_view
from gk_pipeline.pipeline import judged_reports
from pictures.pages.paged import Paged, read, said
from pictures.pages.shelf import stored

TEXT = YUNLING.read_text(encoding="utf-8")
ONE_LESS = {"\t9\t1\t0\t0\t1\t0\t11\n": "\t8\t1\t0\t0\t1\t0\t10\n"}
"""An outcome with its total one too small: the number may be missing in any row of outcomes."""
ENTRY = """- report: 2022/draft.txt
  cell: proactive_disclosure.fees.amount
  printed: 48.35
  value: 4.835
  reason: 元误作十元
  evidence: 收费台账
  by: 王小明
  on: 2024-11-25
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory, store_layer):
    """A lake of one report that has more explanations than rows are written of, and the pages of it."""
    home = tmp_path_factory.mktemp("stored")
    [(printed, wrong)] = ONE_LESS.items()
    assert printed in TEXT
    for folder in ("raw/2022", "corrections"):
        (home / folder).mkdir(parents=True)
    (home / "raw" / "2022" / "draft.txt").write_text(TEXT.replace(printed, wrong), encoding="utf-8")
    (home / "corrections" / "2022.yaml").write_text(ENTRY, encoding="utf-8")
    write_site(stored(home, store_layer, (2022,)), home / "pages")
    return home


@pytest.fixture(scope="module")
def published(home) -> Paged:
    [path] = (home / "pages" / "reports" / "2022").glob("*.html")
    return read(path)


def test_a_persons_correction_of_money_keeps_its_decimals(published):
    [entry] = [one for one in published.texts(".news li[id^=fix]") if "元误作十元" in one]
    assert "48.35 → 4.835" in entry
    [cell] = published.all("td.corrected")
    assert (cell.css_first("s").text(), cell.css_first("b").text()) == ("48.35", "4.835")


def test_a_persons_correction_names_the_person_the_day_and_what_shows_it(published):
    [entry] = [one for one in published.all(".news li[id^=fix]") if "元误作十元" in said(one)]
    assert "由 王小明 于 2024-11-25 核对更正：元误作十元；依据：收费台账" in said(entry)
    assert "Corrected by 王小明 on 2024-11-25: 元误作十元; Evidence: 收费台账" in said(entry, "en")
    assert "原因不明" not in said(entry)
    assert "或由人核定" in said(published.one(".legend"))


def test_more_explanations_than_have_rows_are_all_known_as_in_a_check(home, published):
    forms = shipped_forms()
    draft = Paged(check_page(list(judged_reports([home / "raw" / "2022" / "draft.txt"], forms)), forms))
    [told] = published.texts("li[id^=open] > p:first-child")
    assert told == "有 21 种同样简单的解释，勾稽关系不能判定是哪一种"
    assert draft.texts("li[id^=open] > p:first-child") == [told]


def vetoing(tmp_path, *cells: str, rivals: tuple[str, ...] = ()) -> Paged:
    """The page of a report with a corrected number, of which neighbouring years contradict the cells."""
    draft = tmp_path / "draft.txt"
    draft.write_text(TEXT.replace("\t31\t4\t0\t0\t2\t1\t38\n", "\t81\t4\t0\t0\t2\t1\t38\n"), encoding="utf-8")
    forms = shipped_forms()
    [report] = judged_reports([draft], forms)
    repairs = [one._replace(repair=one.repair._replace(rival_changes=rivals)) for one in report.repairs]
    report = replace(report, repairs=tuple(repairs))
    vetoed = frozenset(("applications", "received", cell) for cell in cells)
    view = report_view(report, forms, neighbours=Neighbours(vetoed=vetoed))
    return Paged(page("check.html", within(), views=[view]))


def test_a_correction_that_a_neighbour_contradicts_is_not_called_certain(tmp_path):
    [vetoed] = vetoing(tmp_path, "natural_person").all("li[id^=fix]")
    assert "81 → 31" in said(vetoed)
    assert "相邻年度的报告与它不符，不能采信" in said(vetoed)
    assert "not to be trusted" in said(vetoed, "en")
    assert "表内等式只有这一种最简单的更正。但相邻" in said(vetoed)
    assert "没有同样简单的其他解释" not in said(vetoed)
    [kept] = vetoing(tmp_path, "research_institution").texts("li[id^=fix]")
    assert "没有同样简单的其他解释" in kept
    assert "不能采信" not in kept


def test_a_contradicted_correction_with_rivals_is_not_said_to_be_the_only_one(tmp_path):
    [fix] = vetoing(tmp_path, "natural_person", rivals=("total 38 → 88",)).all("li[id^=fix]")
    assert "total 38 → 88" in said(fix)
    assert "只有这一种" not in said(fix)
    assert "或要有笔误写不出的数，或说明不了空格。但相邻年度的报告与它不符，不能采信" in said(fix)
    assert "leaves an empty cell unexplained. But a neighbouring year contradicts it" in said(fix, "en")


def test_the_page_of_a_draft_quotes_what_was_checked_and_not_what_lies_there_now(tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text(TEXT, encoding="utf-8")
    forms = shipped_forms()
    checked = list(judged_reports([draft], forms))
    draft.unlink()
    assert "公开水利信息412条" in said(Paged(check_page(checked, forms)).one(".prose .text"))


def test_a_report_without_blocks_has_no_text(tmp_path):
    forms = shipped_forms()
    [report] = judged_reports([YUNLING], forms)
    closed = replace(report, read=replace(report.read, blocks=(), first_block=0, last_block=-1))
    assert not Paged(check_page([closed], forms)).all(".prose")
