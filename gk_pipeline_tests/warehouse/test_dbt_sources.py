"""The dbt sources in docs describe every column of every table that is fed."""

from pathlib import Path

import yaml

from gk_pipeline.forms import shipped_forms
from gk_pipeline.schemas.catalog import lake_tables
from gk_pipeline.warehouse.dbt_sources import dbt_sources
from gk_pipeline.warehouse.described import described as star_tables
from gk_pipeline.warehouse.names import warehouse_names
from gk_pipeline.warehouse.postgres.ddl import columns_of
from gk_pipeline.warehouse.star import views

PAGE = Path(__file__).parents[2] / "docs" / "dbt_sources.yml"


def test_the_page_is_what_make_docs_writes():
    assert PAGE.read_text(encoding="utf-8") == dbt_sources(shipped_forms())


def test_every_column_that_is_fed_has_its_meaning():
    told = yaml.safe_load(dbt_sources(shipped_forms()))
    described = {
        f"{source['schema']}.{table['name']}": [column["name"] for column in table["columns"] if column["description"]]
        for source in told["sources"]
        for table in source["tables"]
    }
    models = lake_tables(shipped_forms())
    star = {f"warehouse.{table.name}": list(table.columns) for table in star_tables(shipped_forms())}
    assert len(star) == 5 + len(views(shipped_forms()))
    assert {name: described[name] for name in star} == star
    described = {name: columns for name, columns in described.items() if name not in star}
    assert described == {name: list(columns_of(models[name])) for name in warehouse_names(models)}


def test_columns_that_are_never_null_and_have_few_values_are_tested_for_it():
    [facts] = [
        source for source in yaml.safe_load(dbt_sources(shipped_forms()))["sources"] if source["schema"] == "facts"
    ]
    [table] = [table for table in facts["tables"] if table["name"] == "facts"]
    tests = {column["name"]: column.get("data_tests", []) for column in table["columns"]}
    assert tests["value"] == []
    assert tests["item"] == ["not_null"]
    assert "verified" in tests["status"][1]["accepted_values"]["arguments"]["values"]


def test_every_key_is_tested_to_name_one_row_and_to_be_there():
    sources = yaml.safe_load(dbt_sources(shipped_forms()))["sources"]
    found = {f"{source['schema']}.{table['name']}": table for source in sources for table in source["tables"]}
    assert found["facts.facts"]["data_tests"] == [
        {"unique": {"arguments": {"column_name": "ROW(report_year, report_id, table_code, item, measure)"}}}
    ]
    assert found["warehouse.items"]["data_tests"] == [
        {"unique": {"arguments": {"column_name": "ROW(form, table_code, item)"}}}
    ]
    for name, table in found.items():
        key = table["data_tests"][0]["unique"]["arguments"]["column_name"].removeprefix("ROW(").rstrip(")").split(", ")
        required = {column["name"] for column in table["columns"] if "not_null" in column.get("data_tests", [])}
        assert required.issuperset(key), name
