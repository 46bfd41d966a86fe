"""Files that gave no report stand on the page of their year, with the reason."""

import pytest
from ways import YUNLING

from gk_pipeline.pictures.pages.site import write_site
from pictures.pages.paged import read, rows_of, said
from pictures.pages.shelf import HOSTILE_FILE, stored, write_doubtful


@pytest.fixture(scope="module")
def site(tmp_path_factory, store_layer):
    """Two reports, one of another year, an empty file, a menu, the same menu again, and a file that is no document."""
    home = tmp_path_factory.mktemp("unread")
    write_doubtful(home / "raw", "\t10\t2\t0", "\t10\t2\t0")
    year = home / "raw" / "2020"
    (year / "of_2022.txt").write_text(YUNLING.read_text(encoding="utf-8"), encoding="utf-8")
    (year / "empty.txt").touch()
    for name in (f"{HOSTILE_FILE}.txt", "menu.txt"):
        (year / name).write_text("菜单：红烧肉。", encoding="utf-8")
    (year / "Thumbs.db").write_bytes(b"\0")
    write_site(stored(home, store_layer, (2020,)), home / "pages")
    return home / "pages"


def test_refused_and_unrecognised_files_are_listed_with_their_reasons(site):
    page = read(site / "years" / "2020.html")
    refused, unknown = sorted(page.texts("section[aria-labelledby=unread] li"), reverse=True)
    assert refused.startswith("2020/empty.txt")
    assert "文件是空的" in refused
    assert unknown.startswith(f"2020/{HOSTILE_FILE}.txt")
    assert "没有找到已知表式的表格" in unknown
    english = " ".join(page.texts("section[aria-labelledby=unread] li", "en"))
    assert "No table of a known form" in english
    assert not page.all("img")


def test_the_head_of_the_year_leads_to_them(site):
    page = read(site / "years" / "2020.html")
    [link] = page.all("a[href='#unread']")
    assert "没有读出报告的文件 2" in said(link.parent)
    assert rows_of(page, "flow")["本年新收"] == ["24"]


def test_the_head_of_the_year_adds_up(site):
    page = read(site / "years" / "2020.html")
    [head] = [one.parent for one in page.all("a[href='#unread']")]
    assert "文件 6 个，其中未能读取 1 个，与其他文件完全相同 1 个（另有 1 个不是文档，已跳过）" in said(head)
    assert "报告 3 份" in said(head)
    assert "计入汇总 2 份，未写明机构 0 份，属于其他年度、未予采用 1 份" in said(head)
    assert "6 files, 1 refused, 1 copies of others (1 more are no documents and were skipped)" in said(head, "en")


def test_a_year_whose_files_all_gave_reports_lists_none(doubtless):
    assert not doubtless.all("section[aria-labelledby=unread], a[href='#unread']")


@pytest.fixture
def doubtless(tmp_path, store_layer):
    write_doubtful(tmp_path / "raw", "\t10\t2\t0", "\t10\t2\t0")
    write_site(stored(tmp_path, store_layer, (2020,)), tmp_path / "pages")
    return read(tmp_path / "pages" / "years" / "2020.html")
