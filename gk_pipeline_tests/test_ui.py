"""The UI as an operator uses it: a backfill asked for over GraphQL, and what the pages show in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import in_a_browser, opened
from dagster_server import Server, running, wait_until

from gk_pipeline.materialize import materialize_years

pytestmark = pytest.mark.starts_first

YEARS = [2020, 2023, 2024]
BACKWARDS = [str(year) for year in reversed(YEARS)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("home")) as started:
        yield started


def stored(lake: Path, without: str = "") -> dict[str, bytes]:
    files = (path for path in sorted(lake.rglob("*.parquet")) if path.relative_to(lake).parts[0] != without)
    return {path.relative_to(lake).as_posix(): path.read_bytes() for path in files}


def test_a_backfill_over_graphql_in_any_order_stores_what_gk_run_stores(server: Server, tmp_path: Path) -> None:
    raw, lake = server.home / "data" / "raw", server.home / "data" / "lake"
    backfill = server.backfill(BACKWARDS)
    places = {"raw": raw, "lake": tmp_path / "lake", "duckdb": tmp_path / "gk.duckdb"}
    assert all(outcome.succeeded for outcome in materialize_years(YEARS, **places))
    assert server.outcome(backfill) == "COMPLETED_SUCCESS"
    by_run = stored(tmp_path / "lake")
    assert len(by_run) >= len(YEARS) * 15
    assert {name: by_run[name] for name in by_run if not name.startswith("panel/")} == stored(lake, without="panel")
    wait_until(lambda: stored(lake) == by_run, seconds=300)  # the sensor links the years once all of them are made
    assert " - DEBUG - " not in (server.home / "log").read_text()


def test_a_year_materialized_again_is_left_as_it_is(server: Server, tmp_path: Path) -> None:
    raw, lake = server.home / "data" / "raw", server.home / "data" / "lake"
    places = {"raw": raw, "lake": lake, "duckdb": tmp_path / "gk.duckdb"}
    assert (lake / "facts").exists()
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in lake.rglob("*.parquet")}
    assert all(outcome.succeeded for outcome in materialize_years([2023], **places))
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in lake.rglob("*.parquet")} == before


@in_a_browser
def test_the_asset_graph_shows_the_way_of_a_report(server: Server, pictures: Path) -> None:
    with opened(height=620) as page:
        page.goto(f"{server.url}/asset-groups")
        page.get_by_text("Hide navigation").click()
        page.reload()  # the graph is made to fit the room that it has when it is drawn first
        layers = ("documents", "sections", "tables", "facts", "quality", "panel", "warehouse")
        drawn = [page.locator("[data-svg-key], foreignObject").get_by_text(layer, exact=True).first for layer in layers]
        for box in drawn:
            box.wait_for()
        page.screenshot(path=pictures / "asset-graph.png", animations="disabled")
        left = [box.bounding_box()["x"] for box in drawn]
    assert left[:4] == sorted(left[:4])
    assert max(left) == left[-1]


@in_a_browser
def test_a_materialization_shows_its_chart(server: Server, pictures: Path) -> None:
    with opened() as page:
        page.goto(f"{server.url}/assets/facts/law_results?view=partitions&partition=2020")
        page.get_by_text("[Show Markdown]").first.click()
        chart = page.locator("img[alt=chart]")
        chart.wait_for()
        page.screenshot(path=pictures / "materialization.png", animations="disabled")
        assert chart.evaluate("image => image.complete && image.naturalWidth > 300")


@in_a_browser
def test_a_check_shows_the_rows_that_offend(server: Server, pictures: Path) -> None:
    with opened() as page:
        page.goto(f"{server.url}/assets/facts/law_results?view=checks&checkDetail=narrative__disclosed")
        page.get_by_text("Execution history").first.click()
        failed = page.locator("tr", has_text="2020/xiayi.txt")
        failed.get_by_role("button").last.click()
        sentence = page.get_by_text("全县主动公开政府信息5863条", exact=False).first
        sentence.wait_for()
        page.screenshot(path=pictures / "check-offenders.png", animations="disabled")
        assert sentence.is_visible()
