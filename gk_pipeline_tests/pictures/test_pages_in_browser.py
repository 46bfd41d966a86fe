"""The pages as people use them, in a real browser: with a mouse, by keyboard, on a phone, and read aloud."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import PATIENCE, in_a_browser, started
from PIL import Image
from playwright.sync_api import Browser, Page

from gk_pipeline.auditing import Draw, draw_sample, read_ticks
from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.charts.bars import INK
from gk_pipeline.pictures.charts.years import OTHER_INK
from gk_pipeline.pictures.pages.audit import write_audit_page
from gk_pipeline.pictures.pages.draft import check_page, write_check_page
from gk_pipeline.pictures.pages.site import write_site
from gk_pipeline.pipeline import judged_reports
from pictures.pages.shelf import stored_shelf

pytestmark = [pytest.mark.starts_first, in_a_browser]

PHONE = {"width": 390, "height": 844}
PAGES = (
    *("index.html", "reports.html", "years/2020.html", "years/2024.html", "check.html", "audit.html"),
    *("reports/2020", "reports/2024"),
)
ON_ITS_OWN = {"preload": False}
"""Axe would fetch the style sheet once more, which the content policy of the pages forbids."""


@pytest.fixture(scope="module")
def site(tmp_path_factory, store_layer) -> Path:
    lake = stored_shelf(tmp_path_factory.mktemp("shelf"), store_layer)
    folder = lake.folder.parent / "pages"
    write_site(lake, folder)
    draft = lake.folder.parent / "raw" / "2020" / "disputed.txt"
    check = check_page(list(judged_reports([draft], lake.forms)), lake.forms)
    (folder / "check.html").write_text(check, encoding="utf-8")
    write_audit_page(folder / "audit.html", draw_sample(lake, Draw(tuple(lake.years()), 6, 1)), lake.forms)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may be blocked or fail: what the console says is an error of ours."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def open_report(page: Page, site: Path, body: str, year: int) -> None:
    """Search for a body's report of a year in the list, and open the first."""
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="全部报告").click()
    page.get_by_label("机构名称").fill(body)
    page.locator("#y").select_option(str(year))
    page.locator("#list tbody tr:visible").get_by_role("link").first.click()


def addresses(site: Path, name: str) -> list[str]:
    place = site / name
    return [one.as_uri() for one in ([place] if place.is_file() else sorted(place.glob("*.html")))]


def test_a_person_finds_the_wrong_number_and_why_it_is_wrong(page, site):
    open_report(page, site, "宿迁", 2024)
    cell = page.locator("td.corrected")
    assert cell.locator("s").inner_text() == "3490"
    tint = cell.evaluate("cell => getComputedStyle(cell).backgroundColor")
    assert tint not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    cell.get_by_role("link").click()
    told = page.locator(":target")
    assert "3490 → 3440" in told.inner_text()
    assert "错了一位数字" in told.inner_text()
    page.get_by_role("button", name="English").click()
    assert "one digit is another" in told.inner_text()
    assert "错了一位数字" not in told.inner_text()
    page.get_by_role("link", name="2023, the year before").click()
    assert "宿迁市人民政府 2023" in page.locator("h1").inner_text()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_broken_law_is_drawn_over_its_cells_while_it_is_pointed_at(page, site):
    open_report(page, site, "宿迁", 2024)
    law = page.locator("button.law").first
    law.hover()
    signs = page.locator("td[data-sign]")
    assert "".join(signs.evaluate_all("cells => cells.map(cell => cell.dataset.sign)")) == "++++++="
    page.mouse.move(0, 0)
    assert signs.count() == 0
    law.click()
    page.mouse.move(0, 0)
    assert signs.count() == 7


def test_by_keyboard_a_disputed_cell_is_reached_and_its_explanation_opened(page, site):
    page.goto((site / "check.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('td')?.classList.contains('disputed') ?? false"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert "存疑" in page.locator("#inspector").inner_text()
    page.keyboard.press("Enter")
    assert "8 种同样简单的解释" in page.locator(":target").inner_text()


def test_by_keyboard_the_place_of_every_cell_is_told(page, site):
    open_report(page, site, "巩义", 2020)
    table = page.locator("table.form").nth(1)
    assert table.locator("td[tabindex='0']").count() == 1
    table.locator("td[tabindex='0']").focus()
    told = page.get_by_role("status")
    seen = [told.inner_text()]
    rows = table.locator("tbody tr:has(td[data-c])").count()
    for _ in range(rows - 1):
        page.keyboard.press("ArrowDown")
        seen.append(told.inner_text())
    page.keyboard.press("End")
    assert "总计" in told.inner_text()
    page.keyboard.press("ArrowLeft")
    assert "其他" in told.inner_text()
    assert len(set(seen)) == rows == 23
    assert all(re.search(r"第\d+行", one) for one in seen[:3])
    assert table.locator("td[tabindex='0']").count() == 1
    page.keyboard.press("Escape")
    assert told.inner_text() == ""


def test_in_english_titles_and_names_are_english(page, site):
    page.goto((site / "index.html").as_uri())
    page.get_by_role("button", name="English").click()
    assert page.title() == "Disclosure reports, checked"
    page.goto(addresses(site, "reports/2024")[0])
    assert "Disclosure reports, checked" in page.title()
    assert page.get_by_role("region", name="Applications received and handled").count() == 1
    assert page.get_by_role("navigation", name="Site").count() == 1
    page.locator("#switch").click()
    assert "政府信息公开年度报告核对" in page.title()
    assert page.get_by_role("region", name="收到和处理政府信息公开申请情况").count() == 1


def test_a_check_in_english_starts_in_english_and_switches_to_chinese(page, site, tmp_path):
    forms = shipped_forms()
    draft = site.parent / "raw" / "2020" / "disputed.txt"
    write_check_page(tmp_path / "check.html", list(judged_reports([draft], forms)), forms, "en")
    page.goto((tmp_path / "check.html").as_uri())
    assert page.get_by_role("heading", name="What to look at").is_visible()
    assert "Report check" in page.title()
    assert page.get_by_role("region", name="Applications received and handled").count() == 1
    page.locator("#switch").click()
    assert page.get_by_role("heading", name="需要核对的地方").is_visible()
    assert "报告核对" in page.title()


def test_pointing_at_a_cell_tells_where_it_is_printed(page, site):
    open_report(page, site, "巩义", 2020)
    page.locator("table.form td.verified").first.hover()
    told = page.locator("#inspector").inner_text()
    assert "本年新收政府信息公开申请数量 · 自然人" in told
    assert re.search(r"第\d+行", told)


def test_a_status_is_shown_by_a_sign_and_not_by_colour_alone(page, site):
    open_report(page, site, "云岭", 2020)
    signs = {
        status: page.locator(f"td.{status}").first.evaluate("cell => getComputedStyle(cell, '::after').content")
        for status in ("verified", "unverified", "disputed")
    }
    assert "none" in signs["verified"]
    assert "○" in signs["unverified"]
    assert "?" in signs["disputed"]


def test_the_list_is_narrowed_to_reports_in_doubt(page, site):
    page.goto((site / "reports.html").as_uri())
    everything = page.locator("#list tbody tr:visible").count()
    page.locator("#only").select_option("open")
    shown = page.locator("#list tbody tr:visible")
    assert 0 < shown.count() < everything
    assert all(text != "·" for text in shown.locator("td.o").all_inner_texts())
    page.locator("#only").select_option("notices")
    rows_aligned = page.locator("#list tbody tr:visible").filter(has_text="巩义")
    assert rows_aligned.locator("td.f").all_inner_texts() == ["18"]
    page.get_by_label("机构名称").fill("没有这个机构")
    assert page.locator("#found").inner_text() == "0"
    assert page.locator("#none").is_visible()


def test_the_search_looks_at_names_alone_and_a_link_may_ask_for_a_year(page, site):
    page.goto((site / "reports.html").as_uri())
    shown = page.locator("#list tbody tr:visible")
    page.get_by_label("机构名称").fill("in no total")
    assert shown.count() == 0
    page.get_by_label("机构名称").fill("不计入汇总")
    assert shown.count() == 0
    page.get_by_label("机构名称").fill("夏邑")
    assert shown.count() == 2
    page.get_by_label("机构名称").fill("")
    page.evaluate("location.hash = 'y=2023'")
    page.wait_for_function("document.getElementById('y').value === '2023'")
    assert shown.count() == 1
    assert page.locator("#found").inner_text() == "1"


def test_on_a_phone_the_heads_of_rows_are_words_and_not_letters_below_each_other(page, site):
    page.set_viewport_size({"width": 360, "height": 740})
    for address in addresses(site, "years/2020.html"):
        page.goto(address)
        heads = page.locator(".list tbody th[scope=row]:visible")
        narrow = heads.evaluate_all("all => all.filter(one => one.clientWidth < 70).map(one => one.innerText)")
        assert narrow == []
        assert heads.count() > 20


def test_in_print_a_long_item_begins_on_the_sheet_that_has_room(page, site):
    page.goto((site / "check.html").as_uri())
    page.emulate_media(media="print")
    item = page.locator("li[id^=open]").evaluate("item => getComputedStyle(item).breakInside")
    lines = page.locator("li[id^=open] .line").first.evaluate("line => getComputedStyle(line).breakInside")
    assert (item, lines) == ("auto", "avoid")


def test_the_colours_of_a_chart_are_those_its_page_explains(page, site):
    page.goto((site / "index.html").as_uri())
    for at, ink in enumerate((INK, OTHER_INK), start=1):
        key = page.locator(f".ink-{at}").first.evaluate("key => getComputedStyle(key).fill")
        assert key == f"rgb({int(ink[1:3], 16)}, {int(ink[3:5], 16)}, {int(ink[5:], 16)})"
        assert page.locator(f".chart path[fill='{ink}']").count() > 0


def test_in_english_no_chinese_is_unmarked(page, site):
    page.goto((site / "years/2020.html").as_uri())
    page.locator("#switch").click()
    unmarked = page.evaluate(
        """() => {
          const found = [], walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const { data, parentElement: near } = walk.currentNode;
            if (/[\u4e00-\u9fff]/.test(data) && near.checkVisibility() && !near.closest("[lang=zh]:not(:root)"))
              found.push(data.trim());
          }
          return found;
        }"""
    )
    assert unmarked == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault(page, site, name):
    for address in addresses(site, name):
        page.goto(address)
        for _ in range(2):  # once in each language
            faults = Axe().run(page, options=ON_ITS_OWN).response["violations"]
            grave = [
                (one["id"], node["target"], node.get("failureSummary"))
                for one in faults
                if one["impact"] in ("serious", "critical")
                for node in one["nodes"][:3]
            ]
            assert grave == [], address
            page.locator("#switch").click()


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_no_page_scrolls_sideways(page, site, name):
    page.set_viewport_size(PHONE)
    for address in addresses(site, name):
        page.goto(address)
        for _ in range(2):
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
            page.locator("#switch").click()


def darkest(page: Page, **clip: float) -> int:
    """The darkest tone in a part of what is seen, from 0 to 255."""
    seen = page.screenshot(clip=clip)  # type: ignore[arg-type]
    tone, _ = Image.open(BytesIO(seen)).convert("L").getextrema()
    return tone


def test_what_scrolls_sideways_has_a_shadow_where_there_is_more(page, site):
    page.set_viewport_size(PHONE)
    open_report(page, site, "巩义", 2020)
    table = page.locator(".sheet:nth-of-type(2) .scroll")
    table.evaluate("one => one.scrollIntoView()")
    box = table.bounding_box()
    beside_the_name = {"x": box["x"] + box["width"] - 4, "y": box["y"] + 2, "width": 3, "height": 20}
    assert darkest(page, **beside_the_name) < 180
    table.evaluate("one => { one.scrollLeft = 9999; }")
    assert darkest(page, **beside_the_name) > 240


def test_the_panel_has_a_shadow_at_its_foot_while_there_is_more(page, site):
    open_report(page, site, "巩义", 2020)
    page.evaluate("scrollTo(0, 700)")
    panel = page.locator(".news")
    box = panel.bounding_box()
    foot = {"x": box["x"] + box["width"] - 30, "y": box["y"] + box["height"] - 4, "width": 8, "height": 3}
    assert darkest(page, **foot) < 180
    panel.evaluate("one => { one.scrollTop = 99999; }")
    assert darkest(page, **foot) > 240


def test_charts_of_a_few_years_are_whole_on_a_phone(page, site):
    page.set_viewport_size(PHONE)
    page.goto((site / "index.html").as_uri())
    for chart in page.locator(".chart").all():
        assert chart.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_a_page_is_whole_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    reader = context.new_page()
    for address in (addresses(site, "reports/2024")[0], (site / "check.html").as_uri()):
        reader.goto(address)
        assert reader.locator("td.laws a.mark.broken").count() > 0
        assert reader.locator("table.form").count() == 3
        assert not reader.locator("#switch").is_visible()
    context.close()


def test_ticks_of_an_audit_are_kept_while_they_are_made_and_saved_as_a_file(page, site, tmp_path):
    page.goto((site / "audit.html").as_uri())
    for right in page.locator("input[value=right]").all():
        right.check()
    page.locator("input[value=wrong]").nth(2).check()
    page.reload()
    assert page.locator("#ticked").inner_text() == "6"
    with page.expect_download() as download:
        page.get_by_role("button", name="保存结果").click()
    download.value.save_as(tmp_path / "ticks.json")
    read = read_ticks(tmp_path / "ticks.json")
    assert (read.draw.size, read.draw.seed) == (6, 1)
    assert sorted(read.by_name.values()) == ["right"] * 5 + ["wrong"]


def test_ticks_of_cells_that_are_not_on_the_page_neither_count_nor_are_saved(page, site, tmp_path):
    page.goto((site / "audit.html").as_uri())
    page.evaluate(
        """() => {
          const draw = document.getElementById("audit").dataset.draw;
          const other = JSON.stringify({ "2020.1.applications.received.total=5": "right" });
          localStorage.setItem(`gk-audit-${draw}`, other);
          const { cells, ...rest } = JSON.parse(draw);
          localStorage.setItem(`gk-audit-${JSON.stringify(rest)}`, other);
        }"""
    )
    page.reload()
    assert page.locator("#ticked").inner_text() == "0"
    page.locator("input[value=right]").first.check()
    with page.expect_download() as download:
        page.get_by_role("button", name="保存结果").click()
    download.value.save_as(tmp_path / "ticks.json")
    assert len(read_ticks(tmp_path / "ticks.json").by_name) == 1


def on_screen(page: Page, selector: str) -> bool:
    """Whether something is wholly within the window and no other thing lies over its middle."""
    return bool(
        page.locator(selector).first.evaluate(
            """element => {
              const box = element.getBoundingClientRect();
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return box.width > 0 && box.x >= 0 && box.y >= 0 && box.right <= innerWidth
                && box.bottom <= innerHeight && (element.contains(top) || top.contains(element));
            }"""
        )
    )


def pictured(page: Page, path: Path) -> tuple[int, int]:
    """Take a picture; its width and height in pixels, as the file says."""
    page.screenshot(path=path)
    head = path.read_bytes()[16:24]
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")


def test_the_pages_are_pictured(page, site, pictures):
    page.goto((site / "index.html").as_uri())
    assert on_screen(page, "h1")
    assert all(on_screen(page, f".columns section:nth-child({at}) svg") for at in (1, 2))
    assert pictured(page, pictures / "overview.png") == (1366, 900)
    open_report(page, site, "宿迁", 2024)
    page.locator("td.corrected a").click()
    assert on_screen(page, "td.corrected")
    assert on_screen(page, ":target .change")
    assert pictured(page, pictures / "report-corrected.png") == (1366, 900)
    open_report(page, site, "云岭", 2020)
    page.locator("td.disputed").first.scroll_into_view_if_needed()
    assert on_screen(page, "td.disputed")
    assert pictured(page, pictures / "report-disputed.png") == (1366, 900)
    page.set_viewport_size(PHONE)
    page.evaluate("scrollTo(0, 0)")
    assert on_screen(page, "h1")
    assert on_screen(page, "p.verdict")
    assert on_screen(page, ".legend .chip.disputed")
    assert pictured(page, pictures / "report-phone.png") == (PHONE["width"], PHONE["height"])
