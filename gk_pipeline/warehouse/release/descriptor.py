"""The Frictionless data package of a release: every table, column, key and meaning, for programs and for people."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from gk_pipeline.warehouse.release.tables import REPORTS, Field, Released

_REPORT = ("report_year", "report_id")
_TYPES: dict[type[pl.DataType], str] = {
    pl.Boolean: "boolean",
    pl.Int32: "integer",
    pl.Int64: "integer",
    pl.Float64: "number",
    pl.Decimal: "number",
    pl.String: "string",
    pl.Date: "date",
    pl.Datetime: "datetime",
    pl.List: "array",
}


def descriptor(name: str, version: str, tables: Sequence[Released], files: Mapping[str, Any]) -> dict[str, Any]:
    """The content of datapackage.json; `files` are path, bytes and hash of each table, by its name."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "gk-pipeline",
        "title": "政府信息公开工作年度报告",
        "description": "Numbers of annual reports on government information disclosure, each with how far it can be "
        f"trusted. Made by gk_pipeline {version}.",
        "version": name,
        "resources": [_resource(table, files[table.name]) for table in tables],
    }


def refers_to_reports(table: Released) -> bool:
    """Whether every row of a table is about a report that the release has."""
    required = {field.name for field in table.fields if field.required}
    return table.name != REPORTS and required.issuperset(_REPORT)


def _resource(table: Released, file: Mapping[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": list(map(_field, table.fields)), "primaryKey": list(table.key)}
    schema["missingValues"] = []  # an empty text is a text in Parquet
    if refers_to_reports(table):
        reference = {"resource": REPORTS, "fields": list(_REPORT)}
        schema["foreignKeys"] = [{"fields": list(_REPORT), "reference": reference}]
    return {
        "name": table.name,
        "type": "table",
        "description": table.about,
        "path": file["path"],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.values:
        constraints["enum"] = sorted(field.values)
    told = {"name": field.name, "type": _TYPES[type(field.dtype)], "title": field.title, "description": field.about}
    return {**told, **({"unit": field.unit} if field.unit else {}), "constraints": constraints}
