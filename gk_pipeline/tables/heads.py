"""What the heads above a table's rows say: the order in which its columns are printed, and the unit of its money."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from gk_pipeline.forms import FormTable, Measure, Part
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.labels import target
from gk_pipeline.sections.stream import Stream, squeeze
from gk_pipeline.tables.numbers import named_units

_FAR = 600
"""Letters before the first item within which the heads of a part begin."""

UNCLEAR = "?"
"""The unit of a column whose heads name two units of money."""

Order = tuple[Measure, ...]


class PartHeads(NamedTuple):
    """The heads of a part as printed.

    `orders`: the orders in which its columns may stand, more than one where heads of several rows leave it open, none
    where they contradict the form. `units`: the unit of each measure of money whose heads name one.
    """

    orders: tuple[Order, ...]
    units: Mapping[str, str]


class Vocabulary(NamedTuple):
    """The heads that may stand above a part: a pattern, and what each text names.

    A measure is named by its code, a shared head by itself, another form's measure by nothing.
    """

    pattern: re.Pattern[str]
    names: Mapping[str, str]


@cache
def vocabulary(part: Part, rivals: tuple[FormTable, ...]) -> Vocabulary:
    """The heads of a part, and of other forms those it does not print itself."""
    names = {
        spelling: "" for rival in rivals for one in rival.measures.values() for spelling in target(one.label).spellings
    }
    for measure in part.measures:
        names |= dict.fromkeys(target(measure.label).spellings, measure.code)
    for text in (part.stub, part.clause, *(measure.under for measure in part.measures)):
        if text is not None:
            names[squeeze(text)] = text
    longest_first = sorted(names, key=len, reverse=True)
    return Vocabulary(re.compile("|".join(map(re.escape, longest_first))), names)


def part_heads(stream: Stream, located: Located, number: int) -> PartHeads:
    """The heads printed above the first item of a part."""
    part = located.table.parts[number]
    region = _region(located, number)
    if region is None:
        return PartHeads((part.measures,), {})
    heads = vocabulary(part, located.others)
    last: dict[str, int] = {}
    for match in heads.pattern.finditer(stream.text, *region):
        last[heads.names[match[0]]] = match.start()
    units = {
        measure.code: unit
        for measure in part.measures
        if measure.kind == "amount" and (unit := _unit(stream, last.get(measure.code), region))
    }
    return PartHeads(() if "" in last else printed_orders(part, last), units)


def _region(located: Located, number: int) -> tuple[int, int] | None:
    """Where the heads of a part stand: before its first item, and after its clause or the part above."""
    first = next((hit.start for anchor, hit in located.anchors if anchor.part == number and anchor.item), None)
    if first is None:
        return None
    above = [hit.end for anchor, hit in located.anchors if hit.end <= first and (anchor.item or anchor.clause)]
    return max(above, default=max(located.span[0], first - _FAR)), first


def printed_orders(part: Part, places: Mapping[str, int]) -> tuple[Order, ...]:
    """The orders in which a part's columns may stand, from where each head is printed in reading order.

    Heads of which some are not found confirm the form's order or contradict it. Heads that share one are printed in a
    row of their own below it, and a head beside them may be printed above all of them: then both orders are possible.
    """
    found = sorted((measure for measure in part.measures if measure.code in places), key=lambda m: places[m.code])
    if all(measure.under is None for measure in part.measures):
        if len(found) == len(part.measures):
            return (tuple(found),)
        return (part.measures,) if _in_order(found, part.measures) else ()
    below = [measure for measure in found if measure.under is not None]
    if len(found) < len(part.measures) and not _in_order(below, part.measures):
        return ()
    shared = max((places.get(measure.under or "", 0) for measure in part.measures), default=0)
    if tuple(found) == part.measures and all(places[measure.code] > shared for measure in found):
        return (part.measures,)
    return tuple(dict.fromkeys((_beside_shared(part, below), _as_read(part, found, places))))


def _in_order(found: Sequence[Measure], order: Order) -> bool:
    places = [order.index(measure) for measure in found]
    return places == sorted(places)


def _beside_shared(part: Part, below: Sequence[Measure]) -> Order:
    """The form's order, with the heads below a shared one in theirs."""
    shared = iter(below)
    complete = len(below) == sum(measure.under is not None for measure in part.measures)
    return tuple(next(shared) if complete and measure.under else measure for measure in part.measures)


def _as_read(part: Part, found: Sequence[Measure], places: Mapping[str, int]) -> Order:
    """The heads in reading order, those below a shared one in its place; one not found follows its neighbour."""
    read = sorted(found, key=lambda m: (places.get(m.under or "", places[m.code]), places[m.code]))
    for number, measure in enumerate(part.measures):
        if measure not in read:
            read.insert(read.index(part.measures[number - 1]) + 1 if number else 0, measure)
    return tuple(read)


def _unit(stream: Stream, head: int | None, region: tuple[int, int]) -> str | None:
    """The unit of money named behind a head, or else anywhere among the heads; `UNCLEAR` where they name several."""
    start, end = region
    for low in (head, start):
        units = set() if low is None else named_units(stream.printed(low, end))
        if units:
            return units.pop() if len(units) == 1 else UNCLEAR
    return None
