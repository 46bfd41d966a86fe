"""What Dagster says about a table before it was ever made: its key, its text, its columns, its code version."""

import hashlib
import inspect
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import dagster as dg

import gk_pipeline
from gk_pipeline.forms import Form
from gk_pipeline.schemas.table import Layer, Table


def asset_key(name: str) -> dg.AssetKey:
    """The key of `layer.table`."""
    return dg.AssetKey(name.split("."))


def table_description(model: type[Table], step: str | None) -> str:
    """What a row is, what names it, and what the step that makes it does."""
    key = "`, `".join(model.key_columns())
    return f"{inspect.getdoc(model)}\n\nKey: `{key}`, within a `report_year`.\n\n**The step.** {step}"


def column_schema(model: type[Table]) -> dg.TableSchema:
    """Names, types, meanings and Chinese titles of the columns, from the model."""
    keys = model.key_columns()
    columns = []
    for name, column in model.to_schema().columns.items():
        constraints = dg.TableColumnConstraints(nullable=column.nullable, unique=keys == [name])
        unit = f" ({column.metadata['unit']})" if column.metadata["unit"] else ""
        about = f"{column.title}: {column.description}{unit}"
        columns.append(dg.TableColumn(name, str(column.dtype), about, constraints))
    return dg.TableSchema(columns)


def code_version(layer: Layer | Literal["warehouse", "pictures"], forms: Sequence[Form]) -> str:
    """Changes when the layer's own code, the schemas or the forms change: Dagster then marks its tables as outdated."""
    root = Path(gk_pipeline.__file__).parent
    digest = hashlib.sha256(
        repr([(form.code, form.sections, form.tables, form.prose, form.indicators) for form in forms]).encode()
    )
    for folder in (layer, "schemas", "forms"):
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
