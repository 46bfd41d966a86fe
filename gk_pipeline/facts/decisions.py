"""What people decided about a report, told to its readers: whose numbers they are, and what speaks against them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np

from gk_pipeline.facts.correction_file import Cell, Correction
from gk_pipeline.facts.findings import BrokenLaw, first_of, scope_label, scopes_told, statement
from gk_pipeline.facts.reconcile import Judged
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.quality.finding import Finding
from gk_pipeline.schemas.exact import decimal, plain


@dataclass(frozen=True, slots=True)
class Defied:
    """A law that does not come out with the numbers that people gave for some of its cells."""

    broken: BrokenLaw
    decisions: tuple[Correction, ...]


def defied_laws(table: FormTable, judged: Judged, row: int, decided: Mapping[int, Correction]) -> Iterator[Defied]:
    """The laws that do not come out with what was decided about one report's table, by cell number."""
    for sides, defied in judged.defied:
        for number in np.flatnonzero(defied[row]):
            law = sides.laws.rows[number]
            left, right = (decimal(int(side[row, number])) for side in (sides.left, sides.right))
            mine = tuple(decided[cell] for cell, _ in law.coefficients if cell in decided)
            yield Defied(BrokenLaw(law.law, law.scope, table.code, law.severity, left, right), mine)


def contradicted(defied: Iterable[Defied], forms: Sequence[Form]) -> Iterator[Finding]:
    """A finding for every law that does not come out with what people decided, naming them."""
    ordered = sorted(defied, key=lambda one: (one.broken.law, one.broken.table_code, one.broken.scope))
    for (law, table, says), group in groupby(
        ordered, key=lambda one: (one.broken.law, one.broken.table_code, statement(forms, one.broken))
    ):
        own = list(group)
        decisions = list(dict.fromkeys(_decided(one, forms) for each in own for one in each.decisions))
        scopes = scopes_told([one.broken for one in own], forms)
        message = f"{law} fails with what was decided ({says}): {scopes}. Decided: {first_of(decisions)}."
        advice = "Look at the page again: the decision, or another number in these rows or columns, cannot be right."
        yield Finding("warning", "decision_contradicts", message, advice, table_code=table)


def reviewed_cells_told(reviewed: Mapping[Cell, Correction], forms: Sequence[Form]) -> Iterator[Finding]:
    """A finding for every table of a report in which people corrected cells, naming them."""
    for table, own in groupby(sorted(reviewed.items(), key=itemgetter(0)), key=lambda item: item[0][0]):
        told = [f"{_decided(one, forms)}, instead of {_printed(one)}" for _, one in own]
        cells = "1 cell is" if len(told) == 1 else f"{len(told)} cells are"
        message = f"In {table} {cells} corrected by people: {first_of(told)}."
        advice = "facts.repairs has the reason and what shows it; what is printed stays in `reported`."
        yield Finding("note", "cells_reviewed", message, advice, table_code=table)


def _decided(one: Correction, forms: Sequence[Form]) -> str:
    table, item, measure = one.cell
    label = scope_label(forms, table, f"{item}.{measure}")
    return f"{label}: {plain(one.value)}, by {one.by} on {one.on.isoformat()}"


def _printed(one: Correction) -> str:
    return "nothing printed" if one.printed is None else f"{plain(one.printed)} as printed"
