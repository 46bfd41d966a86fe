"""The panel over a lake: stored year by year, sound, and the same in whatever order the years came."""

import shutil
from itertools import permutations

import dagster as dg
import polars as pl
import pytest

from gk_pipeline.assets.layer import Workshop
from gk_pipeline.assets.panel import panel_assets, store_panel
from gk_pipeline.checks import panel as checks_panel
from gk_pipeline.checks.panel import judge_links, judge_panel, laws_between_years, panel_law_checks
from gk_pipeline.definitions import STEPS
from gk_pipeline.forms import shipped_forms
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.stored import StoredTable

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def tell_nobody(*_):
    pass


def links(lake, *years):
    return StoredTable(lake, "panel.year_links", years or (2019, 2020)).scan().collect()


@pytest.fixture
def panel(lake) -> Lake:
    store_panel(lake, tell_nobody)
    return lake


def test_the_same_body_is_linked_from_year_to_year(panel):
    linked = links(panel).filter(pl.col("verdict") == "broken")
    assert linked.select("report_year", "law", "scope").rows() == [(2020, "year.repeated", "visits")]
    current = StoredTable(panel, "panel.current_reports", (2019, 2020)).scan().collect()
    assert current["report_year"].to_list().count(2019) == 5


def test_what_is_stored_keeps_every_promise(panel):
    verdicts = judge_panel(panel)
    assert all(verdict.passed for verdict in verdicts.values())
    assert {name for name, _ in verdicts} == set(panel.names("panel"))


def test_a_panel_made_again_is_byte_identical(panel):
    files = [panel.file(name, year) for name in panel.names("panel") for year in (2019, 2020)]
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in files]
    store_panel(panel, tell_nobody)
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in files] == before


@pytest.mark.parametrize("order", list(permutations([2019, 2020])))
def test_the_panel_is_the_same_in_whatever_order_the_years_came(panel, tmp_path, order):
    other = Lake(tmp_path / "other", panel.forms)
    for year in order:
        for layer in ("documents", "sections", "tables", "facts", "quality"):
            names = [panel.beside(layer, year, "json"), *(panel.file(name, year) for name in panel.names(layer))]
            for source in names:
                target = other.folder / source.relative_to(panel.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
        store_panel(other, tell_nobody)
    for name in panel.names("panel"):
        for year in (2019, 2020):
            assert other.file(name, year).read_bytes() == panel.file(name, year).read_bytes()


def test_a_neighbour_that_comes_late_makes_the_panel_outdated(lake, tmp_path):
    """Until the panel is made again, nobody reads links that do not know of it."""
    later = Lake(tmp_path / "later", lake.forms)
    shutil.copytree(lake.folder, later.folder, ignore=shutil.ignore_patterns("*report_year=2019*"))
    store_panel(later, tell_nobody)
    assert set(links(later, 2020)["open_because"]) == {"no_report"}
    shutil.copytree(lake.folder, later.folder, dirs_exist_ok=True)
    with pytest.raises(UnsoundLake, match=r"panel of 2020 was made from another .* of 2019"):
        links(later, 2020)
    store_panel(later, tell_nobody)
    assert links(later, 2020)["verdict"].to_list() == ["broken"]


def test_a_year_that_cannot_be_read_is_named_and_the_others_are_linked(lake):
    lake.file("facts.facts", 2019).unlink()
    with pytest.raises(UnsoundLake, match=r"facts\.parquet is gone: materialize facts of 2019 again"):
        store_panel(lake, tell_nobody)
    assert lake.file("panel.year_links", 2020).exists()
    with pytest.raises(UnsoundLake, match=r"panel of 2020 was made from another"):
        links(lake, 2020)


def test_a_year_that_is_gone_has_no_neighbours_left(panel):
    for layer in ("documents", "sections", "tables", "facts", "quality"):
        panel.beside(layer, 2019, "json").unlink()
    store_panel(panel, tell_nobody)
    assert set(links(panel)["open_because"]) == {"no_report"}


def test_a_link_to_a_report_that_is_not_current_is_shown(panel, rewrite):
    rewrite(panel, "panel.year_links", 2020, lambda rows: rows.with_columns(last_report_id=pl.lit(1, pl.Int64)))
    verdict = judge_panel(panel)["panel.current_reports", "links_of_current_reports"]
    assert not verdict.passed
    assert verdict.offenders["in_column"].to_list() == ["last_is_current"]


def test_a_rate_that_is_not_of_its_cells_is_shown(panel, rewrite):
    one_more = pl.col("numerator") + 1
    rewrite(panel, "panel.rates", 2020, lambda rows: rows.with_columns(one_more.cast(pl.Decimal(20, 6))))
    verdict = judge_panel(panel)["panel.rates", "rates_of_facts"]
    assert verdict.offenders["in_column"].to_list() == ["same_numerator"]
    assert not judge_panel(panel)["panel.rates", "schema"].passed


def test_a_count_that_is_not_of_its_cells_is_shown(panel, rewrite, monkeypatch):
    """Whichever bodies are looked at together."""
    monkeypatch.setattr(checks_panel, "BODIES_AT_ONCE", 2)
    count = (pl.col("indicator") == "visits") & (pl.col("status") == "verified")
    more = pl.when(count).then(pl.col("value") + 1).otherwise("value").cast(pl.Decimal(20, 6))
    assert judge_panel(panel)["panel.panel", "counts_of_facts"].passed
    rewrite(panel, "panel.panel", 2019, lambda rows: rows.with_columns(value=more))
    found = judge_panel(panel)["panel.panel", "counts_of_facts"].offenders
    assert set(found["in_column"]) == {"same_number"}
    assert found.height >= 3


def test_a_panel_changed_by_hand_is_shown(panel):
    panel.file("panel.settlements", 2020).write_bytes(b"")
    assert not any(verdict.passed for verdict in judge_panel(panel).values())


def test_broken_links_are_shown_with_the_body_and_both_numbers(panel):
    reports = StoredTable(panel, "sections.reports", (2019, 2020)).scan()
    verdict = judge_links("year.repeated", links(panel).lazy(), reports)
    assert verdict.offenders.select("report_year", "organization", "scope").rows() == [(2020, "甲县人民政府", "visits")]
    assert verdict.summary == "holds in 0 of 1 places, 0 of the others are explained"
    assert (verdict.numbers["n_broken"], verdict.numbers["n_not_assessable"]) == (1, 5)


def test_an_explained_link_is_no_offender(panel):
    explained = links(panel).with_columns(explained=pl.col("verdict") == "broken").lazy()
    assert judge_links("year.repeated", explained, StoredTable(panel, "sections.reports", (2020,)).scan()).passed


def test_every_law_between_years_has_its_check():
    assert set(laws_between_years(shipped_forms())) == {
        *("year.carried", "year.in_force", "year.items", "year.repeated", "year.jump"),
    }
    [check] = panel_law_checks(shipped_forms())
    assert {spec.name for spec in check.check_specs} >= {"year__carried", "year__in_force"}


def test_a_form_without_laws_between_years_has_no_check_of_them():
    assert list(panel_law_checks(())) == []


def run(lake) -> dg.ExecuteInProcessResult:
    resources = {
        "lake": LakeIOManager(folder=str(lake.folder), forms=lake.forms),
        "workshop": Workshop(lake.folder, lake.folder, 1, tell_nobody),
    }
    return dg.materialize(
        [panel_assets(lake.forms)],
        resources=resources,
        instance=dg.DagsterInstance.ephemeral(),
        run_config=QUIET,
        raise_on_error=False,
    )


def test_a_materialization_tells_how_the_laws_stand(lake):
    events = {event.asset_key.path[-1]: event for event in run(lake).get_asset_materialization_events()}
    told = events["year_links"].materialization.metadata
    assert told["dagster/row_count"].value == 6
    assert told["n_broken"].value == 1
    assert told["chart"].value.startswith("![chart](data:image/svg+xml;base64,")
    assert {"law": "year.repeated", "n_explained": 0} in [record.data for record in told["explained"].records]


def test_a_run_that_meets_an_unsound_year_says_which(lake):
    lake.file("facts.facts", 2019).unlink()
    [failure] = [event.step_failure_data for event in run(lake).all_events if event.is_step_failure]
    assert failure.user_failure_data.description.startswith("panel: ")
    assert "materialize facts of 2019 again" in failure.user_failure_data.description


def test_the_steps_of_a_year_come_before_the_panel():
    assert "panel" not in {step.layer for step in STEPS}
