"""The warehouse's tables as dbt sources, written from the models: names, meanings, and tests of what they promise."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from gk_pipeline.forms import Form, shipped_forms
from gk_pipeline.schemas.catalog import lake_tables
from gk_pipeline.schemas.table import LAYERS, Table
from gk_pipeline.warehouse.described import Described, described
from gk_pipeline.warehouse.names import warehouse_names
from gk_pipeline.warehouse.postgres.ddl import columns_of, key_of
from gk_pipeline.warehouse.view import SCHEMA

_HEAD = """# Generated from the models by `make docs`. Copy it into the models folder of a dbt project that works in
# the database that GK_POSTGRES names; a source is a schema of it.
"""


def dbt_sources(forms: Sequence[Form]) -> str:
    """The sources file: a source a layer and one for the star; each table, view and column with meaning and tests."""
    models = lake_tables(forms)
    names = warehouse_names(models)
    sources = []
    for layer in LAYERS:
        tables = [_table(models[name]) for name in names if models[name].lake_layer() == layer]
        sources.append({"name": f"gk_{layer}", "schema": layer, "tables": tables})
    star = [_star_table(table) for table in described(forms)]
    sources.append({"name": f"gk_{SCHEMA}", "schema": SCHEMA, "tables": star})
    told = {"version": 2, "sources": sources}
    return _HEAD + yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=120)


def _table(model: type[Table]) -> Mapping[str, Any]:
    return {
        "name": model.lake_name(),
        "description": " ".join((inspect.getdoc(model) or "").split()),
        "data_tests": _unique(key_of(model)),
        "columns": [_column(model, name) for name in columns_of(model)],
    }


def _star_table(table: Described) -> Mapping[str, Any]:
    """A table or view of the star, whose key is tested."""
    columns = [
        {"name": name, "description": about, **({"data_tests": ["not_null"]} if name in table.key else {})}
        for name, (_, about) in table.columns.items()
    ]
    about = " ".join(table.about.split())
    return {"name": table.name, "description": about, "data_tests": _unique(table.key), "columns": columns}


def _unique(key: Sequence[str]) -> list[Any]:
    """The test that no two rows share a key, as dbt has it without a package: over an expression."""
    return [{"unique": {"arguments": {"column_name": f"ROW({', '.join(key)})"}}}]


def _column(model: type[Table], name: str) -> Mapping[str, Any]:
    known = model.to_schema().columns
    about = f"{known[name].title}: {known[name].description}" if name in known else "年度: the year folder"
    tests: list[Any] = ["not_null"] if columns_of(model)[name].required else []
    checks = known[name].checks if name in known else []
    allowed = [value for check in checks for value in (check.statistics or {}).get("allowed_values", ())]
    if allowed:
        tests.append({"accepted_values": {"arguments": {"values": sorted(allowed)}}})
    return {"name": name, "description": about, **({"data_tests": tests} if tests else {})}


if __name__ == "__main__":
    print(dbt_sources(shipped_forms()), end="")
