"""Explanations as rows: each changed cell, what speaks for the change, what else it could be, what was tried."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gk_pipeline.facts.explanations import KINDS, Explanation, cause_of
from gk_pipeline.facts.repair import Found
from gk_pipeline.forms import Cell, FormTable

MOST_WRITTEN = 20
"""Explanations of one contradiction that get rows; all are counted."""
_MOST_RIVALS = 5
"""Rivals that a row spells out."""


class Repair(NamedTuple):
    """One cell of one explanation of a contradiction in a report's table.

    `contradiction` and `explanation` count those of the table from 1. Cells with the same explanation are changed
    together, those with the same `event` by one thing that happened. Numbers are whole; `value_from` is None where
    nothing is printed. `complete` says that every explanation of that size has its rows.
    """

    cell: Cell
    contradiction: int
    explanation: int
    event: int
    kind: str
    cause: str
    value_from: int | None
    value_to: int
    size: int
    rivals: int
    complete: bool
    rival_changes: tuple[str, ...]
    applied: bool
    why: str
    tried: str


def repairs_of(table: FormTable, contradictions: Iterable[Found]) -> list[Repair]:
    """The rows of the contradictions in one report's table."""
    rows: list[Repair] = []
    number = 0
    for contradiction, found in enumerate(contradictions, start=1):
        for explanation in found.explanations[:MOST_WRITTEN]:
            number += 1
            rows += _rows(table, found, explanation, (contradiction, number))
    return rows


def _rows(table: FormTable, found: Found, explanation: Explanation, numbers: tuple[int, int]) -> Iterator[Repair]:
    applied = explanation is found.correction
    complete = found.complete and len(found.explanations) <= MOST_WRITTEN
    rivals = [spelt(table, other) for other in found.explanations if other is not explanation]
    for place, event in enumerate(explanation.events, start=1):
        why = f"{KINDS[event.kind]}; {_why(found)}"
        for change in event.changes:
            yield Repair(
                *(table.cells[change.cell], *numbers, place, event.kind, cause_of(event.kind)),
                *(change.printed, change.value, found.size, len(rivals), complete, tuple(rivals[:_MOST_RIVALS])),
                *(applied, why, found.tried),
            )


def _why(found: Found) -> str:
    if found.correction is not None:
        return "then every equality can hold, and no other explanation is as small"
    if found.complete:
        return f"one of {len(found.explanations)} explanations that are equally small; the equalities do not tell which"
    return "it may be one of more explanations than were looked into"


def spelt(table: FormTable, explanation: Explanation) -> str:
    """An explanation in a line: cells by item and measure, what is printed and what must be."""
    cells: Sequence[Cell] = table.cells
    return ", ".join(
        f"{cells[cell].item}.{cells[cell].measure} {'blank' if printed is None else printed} -> {value}"
        for cell, printed, value in explanation.changes
    )
