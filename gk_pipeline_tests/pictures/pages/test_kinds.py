"""Reports of whole areas hold the figures of the bodies below: they are added up apart, and the pages say so."""

import pytest

from gk_pipeline.pictures.pages.site import write_site
from pictures.pages.paged import read, rows_of, said
from pictures.pages.shelf import stored


@pytest.fixture(scope="module")
def year(site):
    return read(site / "years" / "2020.html")


def test_the_report_of_a_whole_area_is_in_no_sum_of_bodies(year):
    assert rows_of(year, "flow")["本年新收"] == ["24"]
    assert rows_of(year, "areas-flow")["本年新收"] == ["106"]  # 巩义 reports all of the city
    assert year.texts("section.kind > h2") == ["各机关的报告", "全辖区汇总的报告"]
    assert year.texts("section.kind > h2", "en") == ["Reports of bodies", "Reports of whole areas"]


def test_each_kind_says_how_many_reports_it_is_of(year):
    bodies, areas = year.texts("section.kind > h2 + .aside")
    assert "2 份报告，其中 2 份没有写明统计范围" in bodies
    assert "1 份报告，数字包含下级机关" in areas
    assert "计入汇总 3 份" in said(year.one("main"))


def test_the_overview_has_a_table_for_each_kind(site):
    index = read(site / "index.html")
    counted = {
        said(one.css_first("h2")): [said(row.css("td")[1]) for row in one.css("tbody tr")]
        for one in index.all("section.kind")
    }
    assert list(counted) == ["各机关的报告", "全辖区汇总的报告"]
    assert [len(rows) for rows in counted.values()] == [3, 1]
    assert counted["全辖区汇总的报告"] == ["106"]
    assert [text for text in index.texts("thead th") if "报告" in text] == ["计入汇总的报告"] * 2


def test_the_funnel_plot_is_of_one_kind(year):
    drawn = {one.attributes["aria-labelledby"]: said(one) for one in year.all("section[aria-labelledby$=funnel]")}
    assert "2 个机关；另有 0 个" in drawn["funnel"]
    assert "1 个机关；另有 0 个" in drawn["areas-funnel"]


def test_a_year_in_which_no_report_counts_is_reached_and_has_no_sums(tmp_path, store_layer):
    (tmp_path / "raw" / "2022").mkdir(parents=True)
    (tmp_path / "raw" / "2022" / "menu.txt").write_text("菜单：红烧肉。", encoding="utf-8")
    write_site(stored(tmp_path, store_layer, (2022,)), tmp_path / "pages")
    index, year = (read(tmp_path / "pages" / name) for name in ("index.html", "years/2022.html"))
    assert "years/2022.html" in index.values("href")
    assert not index.all("table")
    assert not year.all("section.kind")
    assert "menu.txt" in said(year.one("section[aria-labelledby=unread]"))


def test_names_of_rows_are_english_where_there_is_english_and_else_marked_as_chinese(year):
    for section in ("outcomes", "applicants"):
        english = [said(one, "en") for one in year.all(f"section[aria-labelledby={section}] tbody th")]
        assert all(text.isascii() and "_" not in text for text in english)
    for cell in year.all("section[aria-labelledby=reasons] tbody th, section[aria-labelledby=reviews] tbody th"):
        marked = cell.attributes.get("lang") or cell.css_first("span").attributes["lang"]
        assert marked == "zh"


def test_what_the_colours_of_a_chart_stand_for_is_told_in_both_languages(site):
    index = read(site / "index.html")
    assert index.texts(".keys")[0] == "本年新收 办理结果总计"
    assert index.texts(".keys", "en")[0] == "received decided"
    letters = "".join(text.text() for text in index.all(".chart text"))
    assert letters.isascii()
