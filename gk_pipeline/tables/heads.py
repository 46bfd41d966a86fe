"""What the heads above a table's rows say: the order in which its columns are printed, and the unit of its money."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from gk_pipeline.forms import Measure, Part
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.stream import Stream
from gk_pipeline.tables.head_columns import column_by_column
from gk_pipeline.tables.head_levels import untold
from gk_pipeline.tables.head_words import HeadWord, Region, Vocabulary, region_of, vocabulary, words_in
from gk_pipeline.tables.slots import Slot
from gk_pipeline.tables.units import unit_of

_FAR = 600
"""Letters before the first item within which the heads of a part begin."""
_APART = 30
"""Letters between two known heads from which on the first is a word of the text above."""
_LONGEST = 12
"""Letters of the longest word before all known heads that may be a head."""

Order = tuple[Measure | None, ...]
"""The measures of the columns from left to right; None for a column under an unknown head."""


def by_code(order: Order, slots: Sequence[Slot]) -> dict[str, Slot]:
    """A row's slots by the measure in whose column each stands."""
    return {measure.code: slot for measure, slot in zip(order, slots, strict=True) if measure is not None}


class PartHeads(NamedTuple):
    """The heads of a part as printed.

    `orders`: the orders in which its columns may stand, more than one where heads of several rows leave it open, none
    where they contradict the form. `units`: the unit of each measure of money for which one is named.
    """

    orders: tuple[Order, ...]
    units: Mapping[str, str]


def part_heads(stream: Stream, located: Located, number: int, end: int) -> PartHeads:
    """The heads printed above the first item of a part; `end` is where the table's section ends."""
    part = located.table.parts[number]
    region = _region(located, number)
    if region is None:
        return PartHeads((part.measures,), {})
    units = {
        measure.code: unit
        for measure in part.measures
        if measure.kind == "amount" and (unit := unit_of(measure, region, stream, located, end))
    }
    if located.table.items_across:
        return PartHeads((), units)
    heads, (as_read, _) = vocabulary(part, located.others), region_of(stream, *region)
    orders = _orders_in(part, heads, as_read)
    if not orders and (in_columns := column_by_column(stream, *region)) is not None:
        orders = _orders_in(part, heads, in_columns)
    return PartHeads(orders, units)


@lru_cache(maxsize=4096)
def _orders_in(part: Part, heads: Vocabulary, region: Region) -> tuple[Order, ...]:
    """The orders in which the heads of a region stand; none where their places do not tell the one they are read in.

    Whether a head beside the shared one stands before it or behind, the rows' own laws may tell as well.
    """
    words = _together(part, words_in(part, heads, region))
    doubts = {order: untold(part, heads, order, words) for order in _orders(part, words)}
    told = tuple(order for order, doubt in doubts.items() if not doubt)
    whole = [doubt for order, doubt in doubts.items() if len(order) == len(part.measures)]
    if not any(whole):
        return told
    by_law = part.measures in told and all(measure.under is None for doubt in whole for measure in doubt)
    return tuple(order for order in doubts if order in told or len(order) == len(part.measures)) if by_law else ()


def _together(part: Part, words: Sequence[HeadWord]) -> Sequence[HeadWord]:
    """The words of the heads, without the text above: from the part's stub on, or else from the first known one nearby.

    Short unknown words right before that may be heads as well.
    """
    opening = [number for number, word in enumerate(words) if part.stub and part.stub in (word.names or "")]
    if opening:
        return words[opening[0] :]
    known = [number for number, word in enumerate(words) if word.names is not None]
    apart = [later for one, later in pairwise(known) if words[later].start - _end(words[one]) > _APART]
    first = next(iter((*reversed(apart), *known)), 0)
    while first and words[first - 1].names is None and len(words[first - 1].text) <= _LONGEST:
        if _end(words[first - 1]) < words[first].start:
            break
        first -= 1
    return words[first:]


def _end(word: HeadWord) -> int:
    return word.start + len(word.text)


def _orders(part: Part, words: Sequence[HeadWord]) -> tuple[Order, ...]:
    """The orders in which a part's columns may stand, as its heads say; a column under an unknown one is nobody's.

    Heads printed more than once may be spans repeated or those of a table beside: then both their first and their last
    places count.
    """
    orders = _orders_at(part, words, {word.names: word.start for word in words if word.names is not None})
    if len(part.measures) < 2 or len({word.names for word in words}) == len(words):
        return orders
    first = {word.names: word.start for word in reversed(words) if word.names is not None}
    return tuple(dict.fromkeys((*orders, *_orders_at(part, words, first)))) if orders else ()


def _orders_at(part: Part, words: Sequence[HeadWord], places: Mapping[str, int]) -> tuple[Order, ...]:
    unknown = {word.text: word.start for word in words if word.names is None}
    if "" in places:
        return ()
    missing = sum(measure.code not in places for measure in part.measures)
    if not (missing and unknown and places):
        alone = len(unknown) == sum(word.names is None for word in words)
        others = _others(part, places, sorted(unknown.values())) if alone and (missing or unknown) else ()
        return tuple(dict.fromkeys((*printed_orders(part, places), *others)))
    spans_repeated = len(places) < sum(word.names is not None for word in words)
    distinct = spans_repeated or len(unknown) == sum(word.names is None for word in words)
    return _with_unknown(part, places, list(unknown.values())) if distinct and missing == len(unknown) else ()


def _others(part: Part, places: Mapping[str, int], unknown: Sequence[int]) -> tuple[Order, ...]:
    """The order of the columns that are headed, where they are fewer than the form has, or some stand beside those.

    An unknown head has a place of its own only where all heads are one row; elsewhere a law must find its column.
    """
    headed = sorted((measure for measure in part.measures if measure.code in places), key=lambda m: places[m.code])
    if not headed or (unknown and any(measure.under is not None for measure in part.measures)):
        return ()
    if unknown:
        heads: list[tuple[int, Measure | None]] = [(places[measure.code], measure) for measure in headed]
        heads += [(place, None) for place in unknown]
        return (tuple(measure for _, measure in sorted(heads, key=lambda head: head[0])),)
    below = [measure for measure in headed if measure.under is not None]
    shared = min((places.get(measure.under or "", places[measure.code]) for measure in below), default=0)
    before = [measure for measure in headed if measure.under is None and places[measure.code] < shared]
    behind = [measure for measure in headed if measure.under is None and places[measure.code] > shared]
    return ((*before, *below, *behind),)


def _with_unknown(part: Part, places: Mapping[str, int], unknown: Sequence[int]) -> tuple[Order, ...]:
    """The orders of columns of which some stand under unknown heads, one for every head that was not found.

    Below a shared head stand as many as share it: they follow it, or come behind all heads of its own row. Where it is
    not found, only heads that end in one that stands beside it are known to be a single row.
    """
    heads: list[tuple[int, Measure | None]] = [(start, None) for start in unknown]
    heads += [(places[measure.code], measure) for measure in part.measures if measure.code in places]
    heads.sort(key=lambda head: head[0])
    columns = [measure for _, measure in heads]
    shared = max((places.get(measure.under or "", 0) for measure in part.measures), default=0)
    before = sum(start < shared for start, _ in heads)
    if not before:
        in_one_row = shared or (columns[-1] is not None and columns[-1].under is None)
        return (tuple(columns),) if in_one_row or all(one.under is None for one in part.measures) else ()
    lead, rest = columns[:before], columns[before:]
    below = sum(measure.under is not None for measure in part.measures)
    splits = ((rest[-below:], rest[:-below]), (rest[:below], rest[below:])) if len(rest) >= below else ()
    return tuple(
        dict.fromkeys(
            (*lead, *inner, *outer)
            for inner, outer in splits
            if all(one is None or one.under is not None for one in inner)
            and all(one is None or one.under is None for one in (*lead, *outer))
        )
    )


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
