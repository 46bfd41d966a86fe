"""The page of an audit: drawn cells with what is printed around them, to be ticked beside the published documents."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gk_pipeline.auditing import Sample, SampledCell
from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Form
from gk_pipeline.pictures.labels import place_in
from gk_pipeline.pictures.pages.rendering import page, within
from gk_pipeline.pictures.pages.said import Said, both


@dataclass(frozen=True, slots=True)
class CellToTick:
    """A drawn cell as the page shows it."""

    name: str
    organization: str
    year: int
    label: str
    value: str
    unit: str
    path: str
    link: str | None
    place: Said
    before: str
    printed: str
    behind: str


def write_audit_page(path: Path, sample: Sample, forms: Sequence[Form]) -> None:
    """Write the page of a sample. Raises OSError where it cannot be written."""
    path.write_text(audit_page(sample, forms), encoding="utf-8")


def audit_page(sample: Sample, forms: Sequence[Form]) -> str:
    """One page of HTML; its button saves the ticks as the file that `gk audit --ticks` reads."""
    draw = {
        "years": sample.draw.years,
        "sample": sample.draw.size,
        "seed": sample.draw.seed,
        "cells": sample.digest,
    }
    cells = [_cell_to_tick(cell, forms) for cell in sample.cells]
    return page("audit.html", within(), sample=sample, cells=cells, draw=json.dumps(draw))


def _cell_to_tick(cell: SampledCell, forms: Sequence[Form]) -> CellToTick:
    printed_on = [form for form in forms if form.code == cell.form]
    return CellToTick(
        name=cell.name,
        organization=cell.organization or "",
        year=cell.report_year,
        label=scope_label(printed_on, cell.table_code, f"{cell.item}.{cell.measure}"),
        value=f"{cell.value.normalize():f}",
        unit=cell.unit,
        path=cell.path,
        link=cell.source_url if (cell.source_url or "").startswith(("http://", "https://")) else None,
        place=both(partial(place_in, cell.media_type, cell.grids, cell.place)),
        before=cell.before,
        printed=cell.printed,
        behind=cell.behind,
    )
