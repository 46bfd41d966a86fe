"""What the years before and after say of a report: links to them, laws between them, and what they settle."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gk_pipeline.pictures.pages.said import Said


class OtherYear(NamedTuple):
    """The report of the same body in another year, and where its page is."""

    year: int
    href: str


class LinkLine(NamedTuple):
    """A broken law between two years of the body, with both numbers."""

    years: str
    where: str
    statement: Said
    now: str
    before: str
    explained: bool


class SettledLine(NamedTuple):
    """What neighbouring years say of a cell, and why."""

    id: str
    cell: str
    told: Said
    evidence: Said


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the lake knows of a report beyond the report itself.

    One that `is_current` stands in the totals. `instead` is the page of the report that counts for the body and year
    where this one does not; an `unnamed` one is of no body. `settled` are values in millionths, `vetoed` corrections
    that are not to be trusted, and `notes` the ids of what is said of cells.
    """

    before: OtherYear | None = None
    after: OtherYear | None = None
    is_current: bool = False
    instead: str | None = None
    unnamed: bool = False
    left_out: bool = False
    counts: Said | None = None
    links: tuple[LinkLine, ...] = ()
    settlements: tuple[SettledLine, ...] = ()
    settled: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    vetoed: frozenset[tuple[str, str, str]] = frozenset()
    notes: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


ALONE = Neighbours()
"""Of a draft no other year is known."""
