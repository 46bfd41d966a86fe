"""Events with one open number: a cell that is off, a cell and its total off alike, two neighbours exchanged."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from gk_pipeline.facts.code import Code
from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.facts.explanations import Change, Event, name_of_change


@dataclass(frozen=True, eq=False)
class Lines:
    """Events in whose direction the printed numbers may be off, one an entry.

    Event `n` with the amount t adds t to the cell at `first[n]` and `sign[n] * t` to the one at `second[n]`; a sign of
    0 says that there is no second. For an exchange (`exchanges`) t is no choice: the difference of the two numbers.
    `images[law, n]` is what t = 1 does to the laws.
    """

    kinds: tuple[str, ...]
    first: Integers
    second: Integers
    sign: Integers
    images: Integers
    exchanges: Flags


@cache
def lines(code: Code) -> Lines:
    """Every such event of a code."""
    entries = list(_entries(code))
    kinds = tuple(kind for kind, *_ in entries)
    first, second, sign = np.array([pair for _, *pair in entries], dtype=np.int64).T
    return Lines(
        kinds=kinds,
        first=first,
        second=second,
        sign=sign,
        images=code.matrix[:, first] + code.matrix[:, second] * sign,
        exchanges=np.array([kind.startswith("swap") for kind in kinds]),
    )


def _entries(code: Code) -> Iterator[tuple[str, int, int, int]]:
    yield from (("number", position, position, 0) for position in range(len(code.cells)))
    yield from (("with_total", part, total, 1) for part, total in code.totals)
    yield from (("swap_in_row", one, other, -1) for one, other in code.beside)
    yield from (("swap_in_column", one, other, -1) for one, other in code.below)


def possible(code: Code, own: Lines, which: Integers, amounts: Integers, values: Integers) -> Flags:
    """Which of some events with their amounts leave possible numbers; `values` are the printed ones."""
    first, second, sign = own.first[which], own.second[which], own.sign[which]
    positive = (values[first] + amounts >= 0) | code.signed[first]
    positive &= (values[second] + sign * amounts >= 0) | code.signed[second] | (sign == 0)
    given = ~own.exchanges[which] | (amounts == values[second] - values[first])
    happened: Flags = positive & given & (amounts != 0)
    return happened


def event(code: Code, own: Lines, which: int, amount: int, values: Integers) -> Event:
    """The event that takes the printed numbers to what they must be."""
    changed = [(int(own.first[which]), amount), (int(own.second[which]), int(own.sign[which]) * amount)]
    changes = tuple(
        Change(code.cells[position], int(values[position]), int(values[position]) + change)
        for position, change in changed
        if change
    )
    kind, printed = own.kinds[which], int(values[own.first[which]])
    name = name_of_change(printed, printed + amount)
    odd = name == "number" and not own.exchanges[which]
    return Event(name if kind == "number" else kind, changes, odd)
