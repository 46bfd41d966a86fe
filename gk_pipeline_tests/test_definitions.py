"""All that Dagster sees."""

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from gk_pipeline.assets.description import code_version
from gk_pipeline.definitions import build_definitions
from gk_pipeline.definitions import defs as loaded_by_dagster
from gk_pipeline.forms import shipped_forms
from gk_pipeline.panel.stage import READS
from gk_pipeline.partitions import report_years
from gk_pipeline.schemas.catalog import lake_tables

defs = loaded_by_dagster()
LAYERS_BEFORE_QUALITY = ("documents", "sections", "tables", "facts")
CAPTURED = {"capture_output": True, "text": True, "check": True, "cwd": Path(__file__).parents[1]}


@pytest.fixture(scope="module")
def nodes():
    return {".".join(node.key.path): node for node in defs.resolve_asset_graph().asset_nodes}


def test_the_definitions_load():
    dg.Definitions.validate_loadable(defs)


def test_a_faulty_address_of_postgres_is_one_line_of_gk_run():
    environment = os.environ | {"GK_POSTGRES": "postgres://a:b@c:d@e/f"}
    asked = [sys.executable, "-c", "from gk_pipeline.cli import main; main()", "run"]
    answer = subprocess.run(asked, **CAPTURED | {"check": False}, env=environment)
    assert answer.returncode == 1
    assert answer.stderr.lstrip().startswith("GK_POSTGRES is no address")
    assert "Traceback" not in answer.stderr


def test_every_table_of_the_lake_is_an_asset_in_the_group_of_its_layer(nodes):
    tables = lake_tables(shipped_forms())
    assert set(nodes) == {*tables, "warehouse.duckdb", "warehouse.pages"}
    for name in tables:
        node = nodes[name]
        assert node.group_name == name.partition(".")[0]
        assert node.partitions_def == (None if node.group_name == "panel" else report_years)
        assert node.owners == ["team:data"]
        assert node.code_version
        assert len(node.metadata["dagster/column_schema"].columns) == len(tables[name].polars_schema())


def test_the_code_version_is_the_same_in_every_process():
    ask = "from gk_pipeline.assets.description import *; from gk_pipeline.forms import *"
    ask += "; print(code_version('facts', shipped_forms()))"
    others = [
        subprocess.run([sys.executable, "-c", ask], env={**os.environ, "PYTHONHASHSEED": seed}, **CAPTURED).stdout
        for seed in ("1", "2")
    ]
    assert others == [code_version("facts", shipped_forms()) + "\n"] * 2


def test_an_operator_reads_what_an_asset_is(nodes):
    assert nodes["facts.facts"].description.startswith("A cell of the form after reconciliation.")
    assert "never changed" in defs.get_assets_def(dg.AssetKey(["facts", "facts"])).op.description


def test_the_warehouse_is_made_from_every_table_but_the_findings_of_single_layers(nodes):
    loaded = parents(nodes, "warehouse.duckdb")
    assert {"facts.facts", "tables.applications", "quality.findings", "panel.findings"} <= loaded
    assert "tables.findings" not in loaded


def parents(nodes, name: str) -> set[str]:
    return {".".join(key.path) for key in nodes[name].parent_keys}


def test_the_way_of_a_report_is_drawn_without_needless_arrows(nodes):
    assert parents(nodes, "tables.cells") == {
        "documents.files",
        "documents.documents",
        "documents.blocks",
        "sections.reports",
    }
    assert parents(nodes, "tables.applications") == parents(nodes, "tables.found_tables") == {"tables.cells"}
    assert parents(nodes, "documents.blocks") == {"documents.files"}
    assert parents(nodes, "quality.findings") >= {f"{layer}.findings" for layer in LAYERS_BEFORE_QUALITY}
    assert parents(nodes, "quality.scorecard") == {"quality.findings"}
    assert parents(nodes, "panel.current_reports") == set(READS)
    assert parents(nodes, "panel.year_links") == {"panel.current_reports"}


def test_a_form_of_ones_own_is_a_table_of_ones_own(forms):
    graph = build_definitions(forms=forms).resolve_asset_graph()
    assert dg.AssetKey(["tables", "visits"]) in graph.get_all_asset_keys()
    assert dg.AssetKey(["tables", "applications"]) not in graph.get_all_asset_keys()


def test_checks_keep_results_by_year():
    graph = defs.resolve_asset_graph()
    over_all_years = ("panel", "warehouse")
    by_year = [
        graph.get(key).partitions_def for key in graph.asset_check_keys if key.asset_key.path[0] not in over_all_years
    ]
    assert len(by_year) > 30
    assert set(by_year) == {report_years}


def test_the_panel_is_checked_over_all_years():
    graph = defs.resolve_asset_graph()
    keys = [key for key in graph.asset_check_keys if key.asset_key.path[0] == "panel"]
    assert {key.name for key in keys} >= {"schema", "year__carried", "year__in_force", "links_of_current_reports"}
    assert {graph.get(key).partitions_def for key in keys} == {None}


def test_years_run_one_by_one():
    """A backfill policy of several years in a run would lose the results of checks by year."""
    assert all(node.backfill_policy is None for node in defs.resolve_asset_graph().asset_nodes)


def test_partitions_are_the_years_that_are_over():
    keys = report_years.get_partition_keys()
    assert keys[0] == "2008"
    assert keys == [str(year) for year in range(2008, 2008 + len(keys))]
