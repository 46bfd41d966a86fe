"""A release describes itself, is whole or not there, and is never written over."""

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest
from frictionless import Package, Resource, Schema

from gk_pipeline.assets.panel import store_panel
from gk_pipeline.assets.warehouse import load_warehouse
from gk_pipeline.schemas.facts import STATUSES
from gk_pipeline.schemas.table import LAYERS
from gk_pipeline.storage.counted import counted_facts
from gk_pipeline.storage.difference import difference
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.manifest import Manifest
from gk_pipeline.storage.parquet import sha256_of
from gk_pipeline.warehouse.duckdb_warehouse import Warehouse
from gk_pipeline.warehouse.release import write
from gk_pipeline.warehouse.release.manifest import NoRelease, ReleaseManifest, own_code
from gk_pipeline.warehouse.release.observation_status import CODES, with_obs_status
from gk_pipeline.warehouse.release.read import compared_facts
from gk_pipeline.warehouse.release.tables import ReleaseRefused
from gk_pipeline.warehouse.release.write import write_release


@pytest.fixture
def made(lake) -> Lake:
    """The lake with its panel."""
    store_panel(lake, lambda *_: None)
    return lake


@pytest.fixture
def released(made, tmp_path) -> Path:
    return write_release(made, tmp_path / "releases", "2026.1", "# Data dictionary")


@pytest.fixture
def package(released) -> dict:
    return json.loads((released / "datapackage.json").read_text(encoding="utf-8"))


def forget_sources(lake):
    """As if every layer had been made from the files that are stored now."""
    for year in lake.years():
        for layer in LAYERS:
            Manifest(lake.manifest(layer, year).files).save(lake.beside(layer, year, "json"))


def rows(released, name="facts/facts"):
    return pl.read_parquet(released / f"{name}.parquet")


def test_it_has_the_facts_of_all_years(released, made):
    stored = pl.concat(
        pl.read_parquet(made.file("facts.facts", year), hive_partitioning=False) for year in (2019, 2020)
    )
    assert rows(released).drop("report_year", "obs_status").equals(stored)
    assert dict(rows(released)["report_year"].value_counts().iter_rows()) == {2019: 45, 2020: 9}


def test_settled_facts_are_those_of_the_warehouse_with_codes_of_their_own(released, made):
    with duckdb.connect() as connection:
        load_warehouse(Warehouse(connection, made))
        wanted = connection.sql("FROM warehouse.facts ORDER BY ALL").pl()
        items = connection.sql("FROM warehouse.items ORDER BY ALL").pl()
    facts = rows(released, "warehouse/facts")
    assert facts.height == 54
    assert facts.drop("obs_status").sort(facts.columns[:5]).equals(wanted)
    assert rows(released, "warehouse/items").equals(items)
    assert facts["obs_status"].null_count() == 0


def settle(lake, rewrite, kind="settled", value=Decimal(77)):
    """Put a settlement of a cell of 2020 into the lake; its report."""
    [report] = made_reports(lake, 2020)
    settlement = {
        **{"report_id": report, "table_code": "visits", "item": "enquiries", "measure": "alone"},
        "organization_id": "org-1",
        "settlement_kind": kind,
        "value": value,
        "evidence": "what 2019 says",
    }

    def settled(settlements):
        schema = settlements.schema
        row = {name: settlement.get(name, 1 if dtype.is_integer() else None) for name, dtype in schema.items()}
        return pl.concat([settlements, pl.DataFrame([row], schema=schema)])

    rewrite(lake, "panel.settlements", 2020, settled)
    return report


def test_what_neighbours_settle_and_what_was_superseded_is_released_as_it_counts(made, tmp_path, rewrite):
    report = settle(made, rewrite)
    rewrite(made, "panel.current_reports", 2019, lambda current: current.head(2))
    forget_sources(made)
    facts = rows(write_release(made, tmp_path / "r", "1", "# Data dictionary"), "warehouse/facts")
    [settled] = facts.filter(report_id=report, item="enquiries", measure="alone").iter_rows(named=True)
    assert (settled["value"], settled["status"], settled["obs_status"]) == (77, "settled", "E")
    assert settled["replaced_because"] == "what 2019 says"
    assert facts.filter(report_year=2019).height == 18


def made_reports(lake, year):
    return pl.read_parquet(lake.file("sections.reports", year))["report_id"].to_list()


def test_reports_name_their_file(released):
    assert rows(released, "sections/reports")["path"].sort()[0] == "2019/丁.txt"


def test_the_package_is_a_valid_data_package(package):
    assert Package.validate_descriptor(package).flatten() == []
    package["resources"][0]["schema"]["fields"][0]["type"] = "whatever"
    assert Package.validate_descriptor(package).flatten() != []


def of_package(released, resource):
    """The rows of a resource as frictionless reads them, with the schema that the package gives."""
    frame = pl.read_parquet(released / resource["path"])
    told = [dict(zip(frame.columns, row, strict=True)) for row in frame.iter_rows()]
    return Resource(data=told or [frame.columns], schema=Schema.from_descriptor(resource["schema"]))


def test_every_table_is_as_the_package_says(released, package):
    for resource in package["resources"]:
        resource["schema"].pop("foreignKeys", None)  # held to the reports by write_release
        assert of_package(released, resource).validate().flatten() == [], resource["name"]


def test_a_package_that_says_something_else_is_noticed(released, package):
    [facts] = [resource for resource in package["resources"] if resource["name"] == "facts.facts"]
    facts["schema"].pop("foreignKeys")
    [status] = [field for field in facts["schema"]["fields"] if field["name"] == "status"]
    status["constraints"]["enum"] = ["verified"]
    assert of_package(released, facts).validate().flatten() != []


def test_a_row_about_a_report_that_is_not_there_is_never_released(made, tmp_path, rewrite):
    rewrite(made, "sections.reports", 2019, lambda reports: reports.clear())
    forget_sources(made)
    with pytest.raises(
        ReleaseRefused, match=r"45 rows of warehouse\.facts are about reports that the lake does not hold"
    ):
        write_release(made, tmp_path / "releases", "2026.1", "# Data dictionary")
    assert list((tmp_path / "releases").iterdir()) == []


def test_every_status_has_a_code_and_what_has_no_value_is_missing():
    assert CODES.keys() >= set(STATUSES)
    told = pl.DataFrame({"status": list(STATUSES), "value": [None if one == "missing" else 1 for one in STATUSES]})
    codes = dict(with_obs_status(told).select("status", "obs_status").iter_rows())
    assert codes == {
        "verified": "A",
        "unverified": "V",
        "deduced": "I",
        "corrected": "E",
        "disputed": "U",
        "missing": "O",
    }
    unread = pl.DataFrame({"status": ["disputed"], "value": [None]}, schema={"status": pl.String, "value": pl.Int64})
    assert with_obs_status(unread)["obs_status"].to_list() == ["O"]
    with pytest.raises(KeyError, match="guessed"):
        with_obs_status(pl.DataFrame({"status": ["guessed"], "value": [1]}))


def test_the_manifest_has_every_file_and_the_code(released):
    manifest = ReleaseManifest.load(released)
    files = {str(path.relative_to(released)) for path in released.rglob("*") if path.is_file()}
    assert manifest.files.keys() == files - {"manifest.json"}
    assert all(sha256_of(released / path) == file.sha256 for path, file in manifest.files.items())
    assert manifest.code == own_code()
    assert {"README.md", "dictionary.md", "datapackage.json"} < files


def test_the_same_lake_gives_the_same_bytes(released, made, tmp_path):
    again = write_release(made, tmp_path / "elsewhere", "2026.1", "# Data dictionary")
    assert (again / "manifest.json").read_bytes() == (released / "manifest.json").read_bytes()


@pytest.mark.parametrize("there", ["whole", "empty", "file"])
def test_a_release_is_never_written_over(released, made, there):
    target = released.parent / ("2026.1" if there == "whole" else there)
    if there == "empty":
        target.mkdir()
    if there == "file":
        target.write_text("mine")
    with pytest.raises(ReleaseRefused, match="exists, and no release is ever written over"):
        write_release(made, released.parent, target.name, "# Data dictionary")
    assert {path.name for path in released.parent.iterdir()} == {"2026.1", target.name}


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "2026 1"])
def test_a_name_that_is_no_folder_is_refused(made, tmp_path, name):
    with pytest.raises(ReleaseRefused, match="cannot name a release"):
        write_release(made, tmp_path / "releases", name, "# Data dictionary")


def test_a_release_that_fails_leaves_nothing_behind(made, tmp_path, monkeypatch):
    def full(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(write, "_write_texts", full)
    with pytest.raises(OSError, match="no space"):
        write_release(made, tmp_path / "releases", "2026.1", "# Data dictionary")
    assert list((tmp_path / "releases").iterdir()) == []


def test_a_lake_without_its_panel_is_not_released(lake, tmp_path):
    with pytest.raises(ReleaseRefused, match=r"panel\.current_reports.* of 2019 is not made yet\. Run `gk run` first"):
        write_release(lake, tmp_path, "2026.1", "# Data dictionary")


def test_two_releases_are_compared_cell_by_cell(released, made, rewrite, forms):
    doubt = pl.when(pl.col("value") == 5).then(pl.lit("unverified")).otherwise("status").alias("status")
    rewrite(made, "facts.facts", 2020, lambda facts: facts.with_columns(doubt))
    forget_sources(made)
    later = write_release(made, released.parent, "2026.2", "# Data dictionary")
    found = difference(compared_facts(released, forms), compared_facts(later, forms))
    assert found.height == 2
    assert found["cause"].unique().to_list() == ["reconciliation"]
    assert found["path"].unique().to_list() == ["2020/甲.txt"]


def test_a_release_and_its_lake_hold_the_same_facts(released, made, forms):
    lake = counted_facts(made.folder, forms)
    assert lake["counts"].all()
    assert difference(compared_facts(released, forms), lake).is_empty()


@pytest.mark.parametrize(("kind", "value"), [("settled", Decimal(77)), ("vetoed", None)])
def test_what_counts_of_a_release_is_what_people_start_from(made, tmp_path, rewrite, forms, kind, value):
    settle(made, rewrite, kind, value)
    rewrite(made, "panel.current_reports", 2019, lambda current: current.head(2))
    forget_sources(made)
    release = write_release(made, tmp_path / "r", "1", "# Data dictionary")
    key = ["report_year", "report_id", "table_code", "item", "measure"]
    started = rows(release, "warehouse/facts").select(*key, "organization_id", "scope", "value", "status").sort(key)
    for facts in (compared_facts(release, forms), counted_facts(made.folder, forms)):
        assert facts["counts"].null_count() == 0
        counts = facts.filter("counts").select(
            *key, "organization_id", "scope", value="counted_value", status="counted_status"
        )
        assert counts.sort(key).equals(started)


def other_scope(current):
    return current.with_columns(scope=pl.lit("consolidated"))


def nobody_counts(current):
    return current.clear()


@pytest.mark.parametrize("panel", [other_scope, nobody_counts])
def test_releases_that_differ_only_in_which_report_counts_for_what_are_different(released, made, rewrite, forms, panel):
    rewrite(made, "panel.current_reports", 2020, panel)
    forget_sources(made)
    later = write_release(made, released.parent, "2026.2", "# Data dictionary")
    found = difference(compared_facts(released, forms), compared_facts(later, forms))
    assert found["cause"].to_list() == ["standing"] * 9


def test_releases_that_differ_only_in_what_neighbours_settle_are_different(released, made, rewrite, forms):
    settle(made, rewrite)
    forget_sources(made)
    later = write_release(made, released.parent, "2026.2", "# Data dictionary")
    [cell] = difference(compared_facts(released, forms), compared_facts(later, forms)).iter_rows(named=True)
    assert (cell["path"], cell["cause"], cell["status_after"], cell["value_after"]) == (
        *("2020/甲.txt", "neighbour", "settled"),
        Decimal(77),
    )


def test_a_lake_without_its_panel_does_not_tell_what_counts(lake, forms):
    assert counted_facts(lake.folder, forms)["counts"].null_count() == 54


def test_corrected_is_explained_for_people_and_for_sums():
    _, meaning = CODES["corrected"]
    assert "person" in meaning
    assert "smallest change" in meaning


def test_a_release_that_was_changed_is_not_compared(released, forms):
    (released / "facts" / "facts.parquet").write_bytes(b"other")
    with pytest.raises(NoRelease, match=r"facts\.parquet is not the file that was released"):
        compared_facts(released, forms)
