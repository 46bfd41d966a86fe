"""What the heads above a table's rows say: the order in which its columns are printed, and the unit of its money."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from gk_pipeline.forms import FormTable, Measure, Part
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.labels import target
from gk_pipeline.sections.stream import Stream, squeeze
from gk_pipeline.tables.units import unit_of

_ASIDE = re.compile("单位|万元|亿元|^元$|保留")
_FAR = 600
"""Letters before the first item within which the heads of a part begin."""

Order = tuple[Measure, ...]


class PartHeads(NamedTuple):
    """The heads of a part as printed.

    `orders`: the orders in which its columns may stand, more than one where heads of several rows leave it open, none
    where they contradict the form. `units`: the unit of each measure of money for which one is named.
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


def part_heads(stream: Stream, located: Located, number: int, end: int) -> PartHeads:
    """The heads printed above the first item of a part; `end` is where the table's section ends."""
    part = located.table.parts[number]
    region = _region(located, number)
    if region is None:
        return PartHeads((part.measures,), {})
    heads = vocabulary(part, located.others)
    matches = list(heads.pattern.finditer(stream.text, *region))
    last = {heads.names[match[0]]: match.start() for match in matches}
    units = {
        measure.code: unit
        for measure in part.measures
        if measure.kind == "amount" and (unit := unit_of(measure, region, stream, located, end))
    }
    unknown = "" in last or (_single_row(located.table, part) and _foreign_head(stream, part, region, matches, last))
    return PartHeads(() if unknown else printed_orders(part, last), units)


def _single_row(table: FormTable, part: Part) -> bool:
    return not table.items_across and all(measure.under is None for measure in part.measures)


def _foreign_head(
    stream: Stream, part: Part, region: tuple[int, int], matches: Sequence[re.Match[str]], last: Mapping[str, int]
) -> bool:
    """Whether a text among the heads is none of the form's: it may head any column, so their order is not known.

    What is left of a head that was cut off is not foreign; something before a head in its own cell makes it another, as
    in 上年处理决定数量.
    """
    if not last:
        return False
    missing = [text for one in part.measures if one.code not in last for text in target(one.label).spellings]
    codes = {measure.code for measure in part.measures}
    names = vocabulary(part, ()).names
    start = region[0]
    for match in matches:
        left = _last_piece(stream, start, match.start())
        if names.get(match[0]) in codes and left and match.start() not in stream.starts and not _is_aside(left):
            return True
        start = match.end()
    if not missing:
        return False
    bounds = [region[0], *(edge for match in matches for edge in match.span()), region[1]]
    gaps = zip(bounds[::2], bounds[1::2], strict=True)
    texts = [text for low, high in gaps for text in _by_piece(stream, low, high)]
    return any(not _is_aside(text) and not any(text in label for label in missing) for text in texts)


def _by_piece(stream: Stream, start: int, end: int) -> list[str]:
    """The letters between two positions, piece by piece."""
    inner = stream.piece_at[bisect_right(stream.piece_at, start) : bisect_left(stream.piece_at, end)]
    return [stream.text[low:high] for low, high in pairwise([start, *inner, end]) if low < high]


def _last_piece(stream: Stream, start: int, end: int) -> str:
    pieces = _by_piece(stream, start, end)
    return pieces[-1] if pieces else ""


def _is_aside(text: str) -> bool:
    """Whether a text beside the heads heads nothing: numbers, and what is said of a unit."""
    return text.isdigit() or _ASIDE.search(text) is not None


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
