"""Whole years through Dagster, on a form that no line of code knows."""

import base64
from xml.etree import ElementTree

import dagster as dg
import duckdb
import polars as pl
import pytest

from gk_pipeline.assets.layer import LayerStep, Workshop, layer_assets
from gk_pipeline.assets.metadata import rates_told, table_value
from gk_pipeline.definitions import STEPS
from gk_pipeline.materialize import materialize_years
from gk_pipeline.partitions import report_years
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.lake import Lake

DOCUMENTS, FACTS = STEPS[0], STEPS[3]


@pytest.fixture(scope="module")
def home(raw, forms, tmp_path_factory):
    """A first run over two years with reports, one without a folder, and one that is not over."""
    home = tmp_path_factory.mktemp("home")
    told = []
    where = {"raw": raw, "lake": home / "lake", "duckdb": home / "gk.duckdb", "forms": forms}
    outcomes = {
        outcome.name: outcome
        for outcome in materialize_years([2018, 2019, 2020, 2100], **where, progress=lambda *what: told.append(what))
    }
    return where, outcomes, told


def test_years_are_read_and_the_warehouse_is_loaded(home):
    _, outcomes, _ = home
    assert [name for name, outcome in outcomes.items() if outcome.succeeded] == [
        *("2018", "2019", "2020"),
        *("panel", "warehouse"),
    ]


def test_a_year_that_never_had_a_folder_is_an_empty_year(home):
    where, outcomes, _ = home
    assert outcomes["2018"].succeeded
    card = pl.read_parquet(Lake(where["lake"], where["forms"]).file("quality.scorecard", 2018), hive_partitioning=False)
    assert card["n_files"].to_list() == [0]


def test_a_stored_year_whose_folder_is_gone_says_so_and_stays(home, tmp_path):
    where, _, _ = home
    lake = Lake(where["lake"], where["forms"])
    before = lake.file("facts.facts", 2019).read_bytes()
    (tmp_path / "raw").mkdir()
    gone = {**where, "raw": tmp_path / "raw", "duckdb": tmp_path / "gk.duckdb"}
    outcome = next(materialize_years([2019], **gone))
    assert outcome.error.startswith("documents of 2019: ")
    assert "2019 does not exist" in outcome.error
    assert lake.file("facts.facts", 2019).read_bytes() == before


def test_a_year_that_is_not_over_says_so(home):
    _, outcomes, _ = home
    assert outcomes["2100"].error.startswith("2100 is no report year")


def test_what_publishers_got_wrong_is_told(home):
    _, outcomes, _ = home
    assert outcomes["2019"].broken == ()
    assert "facts.law_results visits__row_total: holds in 13 of 14 places (2019/乙.txt)" in outcomes["2019"].warned
    assert outcomes["2020"].warned == ()


def test_progress_is_told_by_year_and_layer(home):
    _, _, told = home
    assert (2019, "documents", 5, 5) in told
    assert (2020, "facts", 1, 1) in told


def test_the_wide_table_of_a_new_form_is_an_asset_with_rows(home):
    where, _, _ = home
    visits = pl.read_parquet(Lake(where["lake"], where["forms"]).file("tables.visits", 2020), hive_partitioning=False)
    assert visits.row(0, named=True)["total"] == 12


def layer_run(step: LayerStep, lake: Lake, year: int, raw) -> dg.ExecuteInProcessResult:
    upstream = [dg.AssetSpec(name.split("."), partitions_def=report_years) for name in step.reads]
    resources = {
        "lake": LakeIOManager(folder=str(lake.folder), forms=lake.forms),
        "workshop": Workshop(raw, raw.parent / "corrections", 1, lambda *_: None),
    }
    return dg.materialize(
        [layer_assets(step, lake.forms), *upstream],
        partition_key=str(year),
        resources=resources,
        instance=dg.DagsterInstance.ephemeral(),
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        raise_on_error=False,
    )


def metadata_of(run: dg.ExecuteInProcessResult, table: str):
    [materialization] = [event for event in run.get_asset_materialization_events() if event.asset_key.path[-1] == table]
    return materialization.materialization.metadata


def words_of(chart: dg.MetadataValue) -> list[str]:
    """What is written in a chart that the UI shows."""
    drawn = base64.b64decode(chart.value.removeprefix("![chart](data:image/svg+xml;base64,").removesuffix(")"))
    return [text.text for text in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]


def test_a_materialization_tells_how_the_cells_and_laws_stand(lake, raw):
    run = layer_run(FACTS, lake, 2019, raw)
    told = metadata_of(run, "facts")
    assert told["dagster/row_count"].value == 45
    assert told["n_corrected"].value == 1
    assert {"verified", "disputed"} <= set(words_of(told["chart"]))
    assert len(told["preview"].records) == 5
    assert "92.9% of 14" in words_of(metadata_of(run, "law_results")["chart"])


def test_rates_are_added_up_over_all_and_only_where_they_are_known():
    rows = [("granted_share", 3, 4, 1, "0.75"), ("granted_share", 1, 4, 1, "0.25"), ("granted_share", 9, 0, 1, None)]
    rows.append(("appeals", 2, 10, 100, "20"))
    schema = {"rate": pl.String, "numerator": pl.Int64, "denominator": pl.Int64, "per": pl.Int32, "value": pl.String}
    chart = rates_told(pl.DataFrame(rows, schema=schema, orient="row").lazy())["chart"]
    assert "50.0% of 8" in words_of(chart)
    assert "appeals" not in words_of(chart)


def test_documents_tell_how_many_were_refused(lake, tmp_path, report):
    report(tmp_path / "raw" / "2019", "甲")
    (tmp_path / "raw" / "2019" / "empty.txt").write_bytes(b"")
    told = metadata_of(layer_run(DOCUMENTS, lake, 2019, tmp_path / "raw"), "files")
    assert (told["documents"].value, told["refused"].value) == (1, 1)


def test_a_failing_stage_fails_the_run_with_the_file_in_its_first_line(lake, raw):
    def stumble(_batch):
        raise ZeroDivisionError

    before = lake.manifest("facts", 2019)
    run = layer_run(LayerStep("facts", FACTS.reads, lambda work: work.map(stumble)), lake, 2019, raw)
    [failure] = [event.step_failure_data for event in run.all_events if event.is_step_failure]
    assert failure.user_failure_data.description.startswith("facts of 2019: 2019/")
    assert lake.manifest("facts", 2019) == before


def test_an_id_is_shown_with_all_its_digits():
    [record] = table_value(pl.DataFrame({"report_id": [2291343855972449071], "n": [3]})).records
    assert record.data == {"report_id": "2291343855972449071", "n": 3}


def test_the_checks_of_the_panel_are_told_apart_from_those_of_a_year(home):
    _, outcomes, _ = home
    [told] = outcomes["panel"].warned
    assert told.startswith("panel.year_links year__repeated: holds in 0 of 1 places")
    assert outcomes["warehouse"].warned == ()


def test_the_warehouse_is_loaded_though_a_year_keeps_the_panel_from_being_whole(raw, forms, tmp_path):
    where = {"raw": raw, "lake": tmp_path / "lake", "duckdb": tmp_path / "gk.duckdb", "forms": forms}
    assert all(outcome.succeeded for outcome in materialize_years([2019], **where))
    Lake(where["lake"], forms).file("facts.facts", 2019).unlink()
    outcomes = {outcome.name: outcome for outcome in materialize_years([2017], **where)}
    assert "materialize facts of 2019 again" in outcomes["panel"].error
    with duckdb.connect(where["duckdb"], read_only=True) as database:
        assert database.sql("SELECT DISTINCT report_year FROM quality.scorecard ORDER BY ALL").fetchall() == [
            (2017,),
            (2019,),
        ]


def test_the_folder_of_the_history_is_made_where_it_is_not_there(home, tmp_path, monkeypatch):
    where, _, _ = home
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "new" / "history"))
    once = {**where, "lake": tmp_path / "lake", "duckdb": tmp_path / "gk.duckdb"}
    assert next(materialize_years([2019], **once)).succeeded
    assert (tmp_path / "new" / "history").is_dir()
