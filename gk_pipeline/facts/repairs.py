"""Explanations as rows: each changed cell, what speaks for the change, what else it could be, what was tried."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gk_pipeline.facts.explanations import KINDS, Explanation, cause_of
from gk_pipeline.facts.repair import Found
from gk_pipeline.forms import Cell, FormTable
from gk_pipeline.schemas.exact import MICRO

MOST_WRITTEN = 20
"""Explanations of one contradiction that get rows; all are counted."""
_MOST_RIVALS = 5
"""Rivals that a row spells out."""
_NOT_ALL_KNOWN = "it may be one of more explanations than were looked into"


class Repair(NamedTuple):
    """One cell of one explanation of a contradiction in a report's table.

    `contradiction` and `explanation` count those of the table from 1. Cells with the same explanation are changed
    together, those with the same `event` by one thing that happened. Numbers are in millionths; `value_from` is None
    where nothing is printed. Where `complete`, all explanations of that size are known, and where `listed` each has
    its rows. A correction has no `rivals`; what is in its `rival_changes` is as small and leaves more to chance.
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
    complete: bool
    listed: bool
    rivals: int
    rival_changes: tuple[str, ...]
    applied: bool
    why: str
    tried: str


def repairs_of(table: FormTable, contradictions: Iterable[Found], recognised: bool) -> list[Repair]:
    """The rows of the contradictions in one report's table; in one `recognised` in a picture the reader is at fault."""
    rows: list[Repair] = []
    number = 0
    for contradiction, found in enumerate(contradictions, start=1):
        written = found.explanations[:MOST_WRITTEN] if found.correction is None else (found.correction,)
        for explanation in written:
            number += 1
            rows += _rows(table, found, explanation, (contradiction, number))
    return [row._replace(cause="reader") for row in rows] if recognised else rows


def _rows(table: FormTable, found: Found, explanation: Explanation, numbers: tuple[int, int]) -> Iterator[Repair]:
    applied = explanation is found.correction
    others = [spelt(table, other) for other in found.explanations if other is not explanation]
    rivals = 0 if applied else len(others)
    n_written = 1 if applied else MOST_WRITTEN
    listed = found.complete and len(found.explanations) <= n_written
    for place, event in enumerate(explanation.events, start=1):
        why = f"{KINDS[event.kind]}; {_why(found)}"
        for change in event.changes:
            yield Repair(
                table.cells[change.cell],
                *numbers,
                event=place,
                kind=event.kind,
                cause=cause_of(event.kind),
                value_from=None if change.printed is None else change.printed * MICRO,
                value_to=change.value * MICRO,
                size=found.size,
                complete=found.complete,
                listed=listed,
                rivals=rivals,
                rival_changes=tuple(others[:_MOST_RIVALS]),
                applied=applied,
                why=why,
                tried=found.tried,
            )


def _why(found: Found) -> str:
    if found.correction is not None:
        others = [one for one in found.explanations if one is not found.correction]
        if not others:
            return "then every equality can hold, and no other explanation is as small"
        if found.correction.slips_of_the_pen:
            return "then every equality can hold; all others as small take a number that no slip of the pen makes"
        return "then every equality can hold; no other as small accounts for the empty cells"
    if found.complete and len(found.explanations) == 1:
        return "then every equality can hold with what a person decided; before that no equality was broken"
    if found.complete:
        return f"one of {len(found.explanations)} explanations that are equally small; the equalities do not tell which"
    return _NOT_ALL_KNOWN


def all_known(why: str) -> bool:
    """Whether all explanations of a proposed change's size are known, as its `why` says: more may be than have rows."""
    return not why.endswith(_NOT_ALL_KNOWN)


def spelt(table: FormTable, explanation: Explanation) -> str:
    """An explanation in a line: cells by item and measure, what is printed and what must be."""
    cells: Sequence[Cell] = table.cells
    return ", ".join(
        f"{cells[cell].item}.{cells[cell].measure} {'blank' if printed is None else printed} -> {value}"
        for cell, printed, value in explanation.changes
    )
