"""One contradiction within a report, and what the neighbouring years say of its explanations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gk_pipeline.panel.testimony import Testimony

Numbers = Mapping[int, int]
"""Millionths by cell number."""


@dataclass(frozen=True)
class Contradiction:
    """Numbers of a table that break its laws, and the smallest explanations of that: each the numbers it changes.

    `printed` are all numbers of the table. `complete` says that there is no other explanation of that size, `applied`
    that the only one is the value of facts.facts.
    """

    printed: Numbers
    explanations: tuple[Numbers, ...]
    complete: bool
    applied: bool


@dataclass(frozen=True)
class Ruling:
    """What neighbours say: `kind` settled or vetoed, a value (None: unknown) for each cell, and who says so."""

    kind: str
    values: Mapping[int, int | None]
    witnesses: tuple[Testimony, ...]


def rule(contradiction: Contradiction, said: Sequence[Testimony], column_of: Mapping[int, str]) -> Ruling | None:
    """The ruling on a contradiction; None where the neighbours do not tell. `column_of` a cell is its measure."""
    if contradiction.applied:
        return _veto(contradiction, said, column_of)
    return _settlement(contradiction, said)


def _settlement(found: Contradiction, said: Sequence[Testimony]) -> Ruling | None:
    """Exactly one explanation makes every law true that the neighbours are sure of and that any explanation touches."""
    if not found.complete:
        return None
    changed = {cell for explanation in found.explanations for cell in explanation}
    outcomes = [{**found.printed, **explanation} for explanation in found.explanations]
    asked = [one for one in said if one.sure and not changed.isdisjoint(cell for cell, _ in one.members)]
    asked = [one for one in asked if all(one.left_over(numbers) is not None for numbers in outcomes)]
    agreeing = [numbers for numbers in outcomes if all(one.holds(numbers) for one in asked)]
    if len(agreeing) != 1:
        return None
    [numbers] = agreeing
    decisive = tuple(one for one in asked if not all(one.holds(other) for other in outcomes))
    return Ruling("settled", {cell: numbers[cell] for cell in sorted(changed) if cell in numbers}, decisive)


def _veto(found: Contradiction, said: Sequence[Testimony], column_of: Mapping[int, str]) -> Ruling | None:
    """The correction contradicts a neighbour, or leaves a contradiction of its own size in its own columns.

    The first is a neighbour that agrees with the printed number. The second is the trace of an error that was carried
    through the totals: what the correction adds in a column is just what the column is off from the neighbour.
    """
    [correction] = found.explanations
    numbers = {**found.printed, **correction}
    against = [one for one in said if one.holds(found.printed) and not one.holds(numbers)]
    sizes = {
        (column_of[cell], abs(value - found.printed[cell]))
        for cell, value in correction.items()
        if cell in found.printed
    }
    traces = [
        one
        for one in said
        if one.sure and any((column_of[cell], abs(one.left_over(numbers) or 0)) in sizes for cell, _ in one.members)
    ]
    witnesses = tuple(dict.fromkeys([*against, *traces]))
    if not witnesses:
        return None
    supported = {cell for one in against for cell, _ in one.members}
    values = {cell: found.printed.get(cell) if cell in supported else None for cell in sorted(correction)}
    return Ruling("vetoed", values, witnesses)
