"""Which wrong numbers explain broken equalities, and whether only one explanation is the smallest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gk_pipeline.facts.code import Code
from gk_pipeline.facts.deduce import completable
from gk_pipeline.facts.displaced import displaced
from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.facts.explanations import Event, Explanation, distinct
from gk_pipeline.facts.program import LEAST_EVENTS, MOST_EVENTS, MOST_NODES, solve
from gk_pipeline.facts.search import Search

MOST_LISTED = 64
"""Explanations of one contradiction that are looked into; with more of them it is certain that none is the only one."""


@dataclass(frozen=True)
class Found:
    """The smallest explanations of a contradiction, none when the search ended without one.

    `size` is their number of events. Where `complete`, there are no others of that size; a single one is then the
    correction. `tried` says in words what was searched.
    """

    explanations: tuple[Explanation, ...]
    size: int
    complete: bool
    tried: str

    @property
    def correction(self) -> Explanation | None:
        """The only smallest explanation."""
        return self.explanations[0] if self.complete and len(self.explanations) == 1 else None


def explain(code: Code, printed: Sequence[int | None], signed: Sequence[bool]) -> Found:
    """The smallest explanations of printed numbers of a table (None where there is no number) that cannot all be right.

    Exact for one event and for two: every explanation of that size is found, of whatever kind. Of two events, two slips
    of the pen come first: whenever a number and the total of its row are miswritten, a third number could be imagined
    that went wrong together with its total, so that hardly two such slips could ever be told.
    """
    values = np.array([printed[cell] or 0 for cell in code.cells], dtype=np.int64)
    known = np.array([printed[cell] is not None for cell in code.cells])
    search = Search.of(code, values, known)
    filled = list(_filled(code, values, known))
    ones = [*search.one(), *(Explanation((event,)) for event, other in filled if not other.residual.any())]
    found, complete = _lawful(code, printed, signed, ones)
    if found:
        return Found(found, 1, complete, f"one event: {_counted(found)}")
    found, complete = _lawful(code, printed, signed, list(search.two_numbers()))
    decided = not search.splits()
    if found and all(one.slips_of_the_pen for one in found):
        return Found(found, 2, complete and decided, f"one event: none; two wrong numbers: {_counted(found)}")
    twos = [*search.two(), *(_with(event, one) for event, other in filled for one in other.one())]
    found, complete = _lawful(code, printed, signed, twos)
    if found:
        return Found(found, 2, complete and decided, f"one event: none; two events: {_counted(found)}")
    return _more(code, printed, signed, search, sure=decided and not filled)


def _more(code: Code, printed: Sequence[int | None], signed: Sequence[bool], search: Search, *, sure: bool) -> Found:
    """The smallest explanations by three events or more; never complete where smaller ones may have been overlooked."""
    solutions = solve(code, search.values, search.known)
    found, complete = _lawful(code, printed, signed, solutions.explanations)
    size = len(found[0].events) if found else 0
    tried = f"up to two events: none; {LEAST_EVENTS} to {MOST_EVENTS} events, {MOST_NODES} nodes: {_counted(found)}"
    return Found(found, size, complete and solutions.complete and sure, tried)


def _counted(found: Sequence[Explanation]) -> str:
    return f"{len(found)} explanation{'s' if len(found) > 1 else ''}" if found else "none"


def _filled(code: Code, values: Integers, known: Flags) -> Iterator[tuple[Event, Search]]:
    """The searches that go on from a row whose only blank is the gap that a shift left behind."""
    if known.all():
        return
    ways = displaced(code, values, known)
    for number, positions in enumerate(ways.positions):
        if not known[positions].all():
            moved, complete = values.copy(), known.copy()
            moved[positions], complete[positions] = ways.numbers[number], True
            yield ways.event(number, code, values, known), Search.of(code, moved, complete)


def _with(event: Event, other: Explanation) -> Explanation:
    return Explanation((event, *other.events))


def _lawful(
    code: Code, printed: Sequence[int | None], signed: Sequence[bool], candidates: Sequence[Explanation]
) -> tuple[tuple[Explanation, ...], bool]:
    """The explanations after which the unknown cells can be filled, and whether all were looked into."""
    different = distinct(candidates)
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
