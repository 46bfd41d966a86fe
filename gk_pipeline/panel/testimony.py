"""What the neighbouring years say of one report: equations over its cells that their numbers would make true."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gk_pipeline.facts.evaluate import Integers
from gk_pipeline.forms import LawRow, YearlyLaws, yearly_laws
from gk_pipeline.panel.arrays import NOWHERE, Figures

LAST, NEXT = "last_year", "next_year"


@dataclass(frozen=True)
class Testimony:
    """A law between a report's table and that of a neighbouring year: the signed sum of `members` is `target`.

    Numbers are millionths. `sure` says that nothing in the neighbour's own report leaves its numbers in doubt.
    """

    neighbour: str
    report_id: int
    row: LawRow
    members: tuple[tuple[int, int], ...]
    target: int
    sure: bool

    def left_over(self, numbers: Mapping[int, int]) -> int | None:
        """What the numbers of the report miss the target by; None when a member is unknown."""
        if not all(cell in numbers for cell, _ in self.members):
            return None
        return sum(sign * numbers[cell] for cell, sign in self.members) - self.target

    def holds(self, numbers: Mapping[int, int]) -> bool:
        """Whether the numbers make the law true."""
        return self.left_over(numbers) == 0


def testimonies(
    figures: Figures, last: tuple[int | None, Sequence[Figures]], following: tuple[int | None, Sequence[Figures]]
) -> Iterator[Testimony]:
    """What last year's and next year's report, each by its id, say of a table of a report.

    Only equalities between years testify; a number that the neighbour does not support says nothing.
    """
    for report, theirs, at in _found(figures, *last):
        laws = yearly_laws(figures.table, theirs.table)
        yield from _said(laws, LAST, report, theirs, at, (laws.this_year, laws.last_year))
    for report, theirs, at in _found(figures, *following):
        laws = yearly_laws(theirs.table, figures.table)
        yield from _said(laws, NEXT, report, theirs, at, (laws.last_year, laws.this_year))


def _found(figures: Figures, report: int | None, others: Sequence[Figures]) -> Iterator[tuple[int, Figures, int]]:
    if report is None:
        return
    for other in others:
        at = other.row_of(report)
        if other.table.code == figures.table.code and at != NOWHERE:
            yield report, other, at


def _said(
    laws: YearlyLaws, neighbour: str, report: int, theirs: Figures, at: int, sides: tuple[Integers, Integers]
) -> Iterator[Testimony]:
    ours, other = sides
    for number, row in enumerate(laws.rows):
        if row.kind != "lag" or not laws.comparable[number]:
            continue
        cells = np.flatnonzero(other[number])
        if theirs.has_support[at, cells].all():
            members = tuple((int(cell), int(ours[number, cell])) for cell in np.flatnonzero(ours[number]))
            target = int(theirs.supported[at, cells] @ other[number, cells])
            yield Testimony(neighbour, report, row, members, target, bool(theirs.sure[at, cells].all()))
