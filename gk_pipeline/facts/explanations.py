"""An explanation of broken equalities: the independent events that must have happened to the numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Change(NamedTuple):
    """A cell, what is printed in it (None where no number is), and what it must be."""

    cell: int
    printed: int | None
    value: int


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to the numbers, whatever many cells it changed; `kind` is one of `KINDS`.

    `odd`: it takes a number that is just another one, which no slip of the pen makes of the right one.
    """

    kind: str
    changes: tuple[Change, ...]
    odd: bool = False


@dataclass(frozen=True)
class Explanation:
    """Events on different cells after which every equality can hold."""

    events: tuple[Event, ...]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every changed cell, in print order."""
        return tuple(sorted((one for event in self.events for one in event.changes), key=lambda one: one.cell))

    @property
    def slips_of_the_pen(self) -> bool:
        """Whether every event is a slip in writing one number: a wrong, exchanged, missing or added digit, a sign."""
        return all(event.kind in SLIPS for event in self.events)

    @property
    def odd(self) -> bool:
        """Whether one of the events is."""
        return any(event.odd for event in self.events)


KINDS = {
    "digit": "one digit is another",
    "transposition": "two neighbouring digits are exchanged",
    "dropped_digit": "a digit is left out",
    "added_digit": "a digit is added",
    "sign": "the sign is wrong",
    "unit": "the number is in another unit, 10,000 times too large or too small",
    "number": "the number is another",
    "row_shifted_right": "the row stands one column too far right",
    "row_shifted_left": "the row stands one column too far left",
    "torn_number": "a number is torn into two cells, which pushed the rest of the row right",
    "swap_in_row": "two neighbouring numbers of a row are exchanged",
    "swap_in_column": "two neighbouring numbers of a column are exchanged",
    "with_total": "a number is wrong and its total was added up with it",
    "reviewed": "a person looked at the page",
}
"""What can have happened, in words."""


SLIPS = ("digit", "transposition", "dropped_digit", "added_digit", "sign", "unit")
"""The kinds that tell how one number was miswritten."""


def distinct(explanations: Iterable[Explanation]) -> list[Explanation]:
    """The explanations that differ in what must be printed; of some that agree, the first that is not odd, if any.

    A row with one number in it may stand a column off, or the number may be a slip of the pen: then it is nothing odd.
    """
    found: dict[tuple[Change, ...], Explanation] = {}
    for explanation in explanations:
        other = found.setdefault(explanation.changes, explanation)
        if other.odd and not explanation.odd:
            found[explanation.changes] = explanation
    return list(found.values())


def name_of_change(printed: int, value: int) -> str:
    """Which slip turns the right number into the printed one; it names a change and never makes it likelier."""
    if printed == -value:
        return "sign"
    wrong, right = str(printed), str(value)
    if len(wrong) == len(right):
        differing = [place for place, (one, other) in enumerate(zip(wrong, right, strict=True)) if one != other]
        if len(differing) == 1:
            return "digit"
        first, last = differing[0], differing[-1]
        if len(differing) == 2 and last == first + 1 and wrong[first] == right[last] and wrong[last] == right[first]:
            return "transposition"
    if _without_one(right, wrong):
        return "dropped_digit"
    if _without_one(wrong, right):
        return "added_digit"
    return "unit" if printed == value * 10_000 or value == printed * 10_000 else "number"


def _without_one(longer: str, shorter: str) -> bool:
    """Whether leaving out one digit of the longer gives the shorter."""
    if len(longer) != len(shorter) + 1:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def cause_of(kind: str) -> str:
    """Whose slip it is, as far as its kind tells: only an author adds a wrong number up into its total."""
    return {"with_total": "publisher", "torn_number": "transmission"}.get(kind, "unknown")
