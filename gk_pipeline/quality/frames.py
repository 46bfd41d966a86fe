"""Findings as rows of a findings table."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from gk_pipeline.quality.finding import Finding
from gk_pipeline.schemas.table import Layer, Table


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with the file and the report it was made in."""

    path: str
    report_id: int | None
    finding: Finding


def findings_frame(model: type[Table], layer: Layer, placed: Iterable[Placed]) -> pl.DataFrame:
    """The rows of a layer's findings table; two equal findings of one place are one."""
    rows = {}
    for place in placed:
        found = place.finding
        content = (found.severity, found.code, place.path, place.report_id, found.table_code, found.item)
        row = (layer, *content, found.message, found.evidence, found.advice)
        rows[_id(row)] = row
    return model.of_rows([(number, *row) for number, row in rows.items()])


def _id(row: tuple[object, ...]) -> int:
    """A 63-bit number made from the content, the same in every run."""
    return int.from_bytes(hashlib.sha256(repr(row).encode()).digest()[:8], "big") >> 1
