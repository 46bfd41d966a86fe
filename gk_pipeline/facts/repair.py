"""Which wrong numbers explain broken equalities, and whether one explanation alone is the smallest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from gk_pipeline.facts.code import Code
from gk_pipeline.facts.deduce import completable
from gk_pipeline.facts.evaluate import Flags
from gk_pipeline.facts.explanations import Explanation, distinct
from gk_pipeline.facts.program import LEAST_EVENTS, MOST_EVENTS, MOST_NODES, solve
from gk_pipeline.facts.search import Search

MOST_LISTED = 64
"""Explanations of one contradiction that are looked into; with more of them it is certain that none is the only one."""


@dataclass(frozen=True)
class Found:
    """The smallest explanations of a contradiction, none when the search ended without one.

    Where `complete`, there are no others of their number of events. `correction` is the one that is applied, if any.
    `tried` says in words what was searched.
    """

    explanations: tuple[Explanation, ...]
    complete: bool
    correction: Explanation | None
    tried: str

    @property
    def size(self) -> int:
        """The number of events of the explanations."""
        return len(self.explanations[0].events) if self.explanations else 0


def explain(
    code: Code, printed: Sequence[int | None], signed: Sequence[bool], sure: frozenset[int] = frozenset()
) -> Found:
    """The smallest explanations of printed numbers of a table (None where there is no number) that cannot all be right.

    Exact for one event and for two: every explanation of that size is found, of whatever kind. None changes a cell of
    which we are `sure`.
    """
    values = np.array([printed[cell] or 0 for cell in code.cells], dtype=np.int64)
    known = np.array([printed[cell] is not None for cell in code.cells])
    search = Search.of(code, values, known)
    lawful = partial(_lawful, code, printed, signed, sure)
    found, complete = lawful(search.one())
    if found or search.balanced:
        return _found(code, found, complete and not search.open, known, _one_event(search, found))
    found, complete = lawful(search.two())
    if found:
        return _found(code, found, complete and not search.splits, known, f"one event: none; two: {_counted(found)}")
    solutions = solve(code, values, known)
    found, complete = lawful(solutions.explanations)
    complete = complete and solutions.complete and not search.splits
    tried = f"up to two events: none; {LEAST_EVENTS} to {MOST_EVENTS} events, {MOST_NODES} nodes: {_counted(found)}"
    return _found(code, found, complete, known, tried)


def _one_event(search: Search, found: Sequence[Explanation]) -> str:
    tried = f"one event: {_counted(found)}"
    return f"{tried}; only numbers below zero in empty cells would do otherwise" if search.balanced else tried


def _found(code: Code, found: tuple[Explanation, ...], complete: bool, known: Flags, tried: str) -> Found:
    empty = frozenset(code.cells[position] for position in np.flatnonzero(~known))
    return Found(found, complete, _likeliest(found, empty) if complete else None, tried)


def _likeliest(found: Sequence[Explanation], empty: frozenset[int]) -> Explanation | None:
    """The explanation of some equally small ones that leaves the least to chance; None where several do.

    One that accounts for every empty cell of the table, as for the gap of a shifted row, goes before those that leave
    an empty cell for another mishap. In a table that is printed in full, two or more slips of the pen go before
    explanations that all take an odd number: one that no slip makes. Whatever else is likely or not, equally small
    explanations are rivals.
    """
    if len(found) == 1:
        return found[0]
    if empty:
        filling = [one for one in found if empty <= {change.cell for change in one.changes}]
        return filling[0] if len(filling) == 1 else None
    even = [one for one in found if not one.odd]
    return even[0] if len(even) == 1 and even[0].slips_of_the_pen else None


def _counted(found: Sequence[Explanation]) -> str:
    return f"{len(found)} explanation{'s' if len(found) > 1 else ''}" if found else "none"


def _lawful(
    code: Code,
    printed: Sequence[int | None],
    signed: Sequence[bool],
    sure: frozenset[int],
    candidates: Iterable[Explanation],
) -> tuple[tuple[Explanation, ...], bool]:
    """The explanations after which the unknown cells can be filled, and whether all were looked into."""
    different = [one for one in distinct(candidates) if sure.isdisjoint(change.cell for change in one.changes)]
    if all(printed[cell] is not None for cell in code.cells):
        return tuple(different), True
    kept = []
    for explanation in different[:MOST_LISTED]:
        trial = list(printed)
        for change in explanation.changes:
            trial[change.cell] = change.value
        if completable(code.laws, trial, signed):
            kept.append(explanation)
    return tuple(kept), len(different) <= MOST_LISTED
