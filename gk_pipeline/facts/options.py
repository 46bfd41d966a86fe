"""What may have happened to the numbers of one report, as choices for the integer program."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from gk_pipeline.facts.code import Code
from gk_pipeline.facts.displaced import displaced
from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.facts.explanations import Event
from gk_pipeline.facts.lines import event, lines
from gk_pipeline.facts.search import syndromes


@dataclass(frozen=True, eq=False)
class Option:
    """An event that may be chosen: `step` is what an amount of 1 adds to the cells at `positions`.

    Amounts are from 1 to `most`; an event with `most` of 0 has no choice of amount. `event` makes it of its amount.
    """

    positions: tuple[int, ...]
    step: tuple[int, ...]
    most: int
    event: Callable[[int], Event]


def wrong_numbers(code: Code, values: Integers, known: Flags) -> Iterator[Option]:
    """Every printed number may be too small, or too large as far as it goes.

    No amount needs to be more than all that is off in the laws together: they are sums of rows and columns, so that an
    amount is what is off in some of them, each counted once.
    """
    single = known & (lines(code).sign == 0)[: len(code.cells)]
    for number in np.flatnonzero(single).tolist():
        yield from _both_ways(code, number, values)


def wrong_groups(code: Code, values: Integers, known: Flags) -> Iterator[Option]:
    """What changes several numbers at once, where it touches what the empty cells cannot mend.

    A row printed in full is displaced only where its own law is broken.
    """
    own, left = lines(code), syndromes(code, known)
    broken = left.checks @ (code.matrix @ values) != 0
    touched = left.usable & left.images[broken].any(axis=0) & (own.sign != 0)
    for number in np.flatnonzero(touched).tolist():
        if own.exchanges[number]:
            pair = (int(own.first[number]), int(own.second[number]))
            difference = int(values[pair[1]] - values[pair[0]])
            if difference:
                made = event(code, own, number, difference, values)
                yield Option(pair, (difference, -difference), 0, partial(_whatever, made))
        else:
            yield from _both_ways(code, number, values)
    ways, laws = displaced(code, values, known), code.matrix[code.matrix @ values != 0]
    reaching = (left.checks[broken] @ ways.effects.T).any(axis=0)
    for number, (row, numbers) in enumerate(zip(ways.positions, ways.numbers, strict=True)):
        if reaching[number] and ((laws[:, row] != 0).all(axis=1).any() or not known[row].all()):
            made = ways.event(number, code, values, known)
            yield Option(tuple(row.tolist()), tuple((numbers - values[row]).tolist()), 0, partial(_whatever, made))


def _whatever(made: Event, _amount: int) -> Event:
    """The event that has no choice of amount."""
    return made


def _both_ways(code: Code, number: int, values: Integers) -> Iterator[Option]:
    """A line with amounts from 1 on and one with amounts from -1 down, as far as no count falls below zero."""
    own, off = lines(code), int(np.abs(code.matrix @ values).sum())
    pair, signs = (int(own.first[number]), int(own.second[number])), (1, int(own.sign[number]))
    positions, step = (pair, signs) if signs[1] else (pair[:1], signs[:1])
    yield Option(positions, step, off, partial(_event, code, number, values, 1))
    room = min([off, *(int(values[position]) for position in positions if not code.signed[position])])
    if room > 0:
        yield Option(positions, tuple(-one for one in step), room, partial(_event, code, number, values, -1))


def _event(code: Code, number: int, values: Integers, way: int, amount: int) -> Event:
    return event(code, lines(code), number, way * amount, values)
