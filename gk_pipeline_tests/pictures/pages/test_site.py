"""The site of a lake: every report has its page, and every total says what stands behind it."""

import re
import shutil
from pathlib import Path

import polars as pl
import pytest
from ways import RAW

from gk_pipeline.assets.panel import store_panel
from gk_pipeline.pictures.pages.published import MARKER, NotOurFolder, written_whole
from gk_pipeline.pictures.pages.site import write_site
from gk_pipeline.storage.lake import Lake, UnsoundLake
from pictures.pages.paged import Paged, read, rows_of, said
from pictures.pages.shelf import HOSTILE, HOSTILE_FILE, stored, write_doubtful


def report_of(site: Path, name: str, year: int) -> Paged:
    """The page of the report that lies at that path under data/raw."""
    pages = [read(path) for path in sorted((site / "reports" / str(year)).glob("*.html"))]
    [found] = [page for page in pages if page.one(".path").text() == name]
    return found


def test_every_report_of_the_lake_has_its_page_and_its_line(site):
    written = sorted(str(path.relative_to(site)) for path in site.glob("reports/*/*.html"))
    listed = [row.css_first("a").attributes["href"] for row in read(site / "reports.html").all("#list tbody tr")]
    assert len(written) == 7
    assert sorted(listed) == written


def test_no_link_of_any_page_leads_nowhere(site):
    for path in site.rglob("*.html"):
        page = read(path)
        assert page.dead_links() == []
        assert len(page.values("id")) == len(set(page.values("id")))
        for href in page.values("href"):
            file, _, anchor = href.partition("#")
            if file:
                target = (path.parent / file).resolve()
                assert target.is_relative_to(site.resolve())
                assert target.exists(), (path, href)
                assert not anchor or anchor in target.read_text(encoding="utf-8") or "=" in anchor


def test_a_stored_report_shows_what_its_draft_shows(site, shelf):
    from gk_pipeline.pictures.pages.draft import check_page
    from gk_pipeline.pipeline import judged_reports

    for name in ("2020/gongyi.md", "2020/xiayi_draft.txt", "2020/disputed.txt", "2024/suqian.txt"):
        raw = shelf.folder.parent / "raw" / name
        draft = Paged(check_page(list(judged_reports([raw], shelf.forms)), shelf.forms))
        stored = report_of(site, name, int(name[:4]))
        for part in (".tables", ".prose", "button.law", "ul.legend", ".rivals"):
            assert stored.texts(part) == draft.texts(part), (name, part)
            assert stored.texts(part, "en") == draft.texts(part, "en"), (name, part)
        told = [one for one in stored.texts(".news li") if one not in draft.texts(".news li")]
        assert all("报告" in one for one in told), told  # of several reports, and of other years, a draft knows nothing


def test_a_report_leads_to_the_year_before_and_back(site):
    now, before = report_of(site, "2024/suqian.txt", 2024), report_of(site, "2023/suqian.html", 2023)
    back = now.one("a[rel=prev]").attributes["href"]
    on = before.one("a[rel=next]").attributes["href"]
    assert (site / "reports" / "2024" / back).resolve().read_text(encoding="utf-8") == before.source
    assert (site / "reports" / "2023" / on).resolve().read_text(encoding="utf-8") == now.source


def test_a_report_that_does_not_count_leads_to_the_one_that_does(site):
    pages = [report_of(site, name, 2020) for name in ("2020/xiayi.txt", "2020/xiayi_draft.txt")]
    led = [page for page in pages if "以另一份报告为准" in " ".join(page.texts(".verdict"))]
    [other] = [page for page in pages if page not in led]
    assert len(led) == 1
    href = led[0].one(".verdict a").attributes["href"]
    assert (site / "reports" / "2020" / href).resolve().read_text(encoding="utf-8") == other.source


def test_a_report_that_names_no_body_says_that_it_is_in_no_total(tmp_path, store_layer):
    write_doubtful(tmp_path / "raw", "\t10\t2\t0", "\t10\t2\t0")
    nameless = (RAW / "2020" / "xiayi.txt").read_text(encoding="utf-8").replace("夏邑县", "")
    (tmp_path / "raw" / "2020" / "nameless.txt").write_text(nameless, encoding="utf-8")
    lake = stored(tmp_path, store_layer, (2020,))
    assert pl.read_parquet(lake.file("sections.reports", 2020))["organization_id"].null_count() == 1
    write_site(lake, tmp_path / "pages")
    lines = read(tmp_path / "pages" / "reports.html").all("#list tbody tr")
    marked = {said(row.css_first("a")): "不计入汇总" in said(row) for row in lines}
    assert marked == {"（未写明机构）": True, "夏邑县人民政府": False, "云岭县人民政府": False}
    page = report_of(tmp_path / "pages", "2020/nameless.txt", 2020)
    assert "没有写明机构，不计入任何汇总" in " ".join(page.texts(".verdict"))
    named = report_of(tmp_path / "pages", "2020/xiayi.txt", 2020)
    assert "没有写明机构" not in " ".join(named.texts(".verdict"))


def test_of_what_is_published_nobody_is_told_to_wait(site):
    verdicts = [text for path in site.glob("reports/*/*.html") for text in read(path).texts("p.verdict")]
    assert any("处勾稽关系不成立" in text for text in verdicts)
    assert not [text for text in verdicts if "再发布" in text]


def test_what_a_report_prints_is_never_markup(site):
    hostile = report_of(site, f"2020/{HOSTILE_FILE}.txt", 2020)
    assert HOSTILE in hostile.one(".tables").text()
    assert HOSTILE in hostile.one(".prose").text()
    for path in site.rglob("*.html"):
        scripts = read(path).all("script")
        assert [one.attributes["src"].rpartition("/")[2] for one in scripts] == ["pages.js"]
        assert not read(path).all("img, iframe, object, form, [style], [onclick], [onerror]")


def test_every_page_forbids_what_is_not_of_the_site(site):
    for path in site.rglob("*.html"):
        page = read(path)
        policy = page.one("meta[http-equiv=Content-Security-Policy]").attributes["content"]
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
        assert not [one for one in (*page.values("href"), *page.values("src")) if re.match(r"\w+:|//", one)]


def test_results_of_reviews_leave_out_the_report_in_which_one_is_in_doubt(site, shelf):
    facts = pl.read_parquet(shelf.file("facts.facts", 2020))
    current = pl.read_parquet(shelf.file("panel.current_reports", 2020))
    bodies = current.filter(pl.col("scope") != "consolidated")
    cells = facts.join(bodies, on="report_id", how="semi").filter(
        table_code="review_litigation", item="administrative_review"
    )
    unsure = cells.filter(pl.col("status").is_in(["disputed", "missing"]))["report_id"].unique().to_list()
    sure = cells.filter(~pl.col("report_id").is_in(unsure), measure="total")
    assert (len(unsure), sure.height) == (1, 1)
    rows = rows_of(read(site / "years" / "2020.html"), "reviews")
    assert rows["行政复议"][4] == str(int(sure["value"].sum()))
    assert rows["行政复议"][-1] == "2 份报告中的 1 份"
    assert rows["复议后起诉"][-1] == "2 份报告中的 2 份"


def test_a_total_counts_each_body_once(site, shelf):
    page = read(site / "years" / "2020.html")
    # 12 each of 夏邑, which has two reports, and of 云岭; one report names no body
    assert rows_of(page, "flow")["本年新收"] == ["24"]
    assert page.texts("section[aria-labelledby=flow] .of") == ["2 份报告中的 2 份"]
    assert "计入汇总 3 份，未写明机构 1 份" in said(page.one("main"))


def test_reasons_are_ranked_and_outcomes_add_up(site):
    page = read(site / "years" / "2024.html")
    outcomes = rows_of(page, "outcomes")
    total = rows_of(page, "flow")["办理结果总计"][0]
    assert sum(int(one[0].replace(",", "")) for one in outcomes.values()) == int(total.replace(",", ""))
    reasons = [int(one[0].replace(",", "")) for one in rows_of(page, "reasons").values()]
    assert reasons == sorted(reasons, reverse=True)


def test_broken_laws_lower_the_pass_rate(site):
    laws = rows_of(read(site / "years" / "2024.html"), "laws")
    assert laws["六类申请人之和等于总计"][:3] == ["24", "1", "96.0%"]


def test_the_same_lake_gives_the_same_bytes_with_any_number_of_workers(site, shelf, tmp_path):
    write_site(shelf, tmp_path / "again", workers=2)
    assert bytes_of(site) == bytes_of(tmp_path / "again")


def bytes_of(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_page_of_a_report_that_left_the_lake_vanishes(site, tmp_path):
    folder = Path(shutil.copytree(site, tmp_path / "pages"))
    stray = folder / "reports" / "2020" / "1.html"
    stray.write_text("of yesterday", encoding="utf-8")
    with written_whole(folder) as staged:
        (staged / "index.html").write_text("of today", encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == [MARKER, "index.html"]


def write_half(folder: Path) -> None:
    with written_whole(folder) as staged:
        (staged / "half.html").write_text("half", encoding="utf-8")
        raise ZeroDivisionError


def test_what_fails_leaves_the_site_as_it_was(site, tmp_path):
    folder = Path(shutil.copytree(site, tmp_path / "pages"))
    before = sorted(folder.rglob("*"))
    with pytest.raises(ZeroDivisionError):
        write_half(folder)
    assert sorted(folder.rglob("*")) == before
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_not_ours_is_never_overwritten(shelf, tmp_path, kind):
    place = tmp_path / "thesis"
    kept = place / "chapter.txt" if kind == "folder" else place
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("years of work", encoding="utf-8")
    with pytest.raises(NotOurFolder, match="or give another folder"):
        write_site(shelf, place)
    assert kept.read_text(encoding="utf-8") == "years of work"


def test_a_lake_whose_panel_was_never_made_is_told_what_to_run(shelf, tmp_path):
    lake = Lake(Path(shutil.copytree(shelf.folder, tmp_path / "lake")), shelf.forms)
    shutil.rmtree(lake.folder / "panel")
    with pytest.raises(UnsoundLake, match="materialize"):
        write_site(lake, tmp_path / "pages")
    assert not (tmp_path / "pages").exists()
    store_panel(lake, lambda *_: None)
    write_site(lake, tmp_path / "pages")
    assert (tmp_path / "pages" / "index.html").exists()


def test_an_empty_lake_has_an_empty_site(tmp_path, shelf):
    write_site(Lake(tmp_path / "lake", shelf.forms), tmp_path / "pages")
    assert "还没有读入报告" in said(read(tmp_path / "pages" / "index.html").one("main"))
