"""What the heads above a table's rows say: the unit of a column, and the order in which columns are printed."""

import re

from gk_pipeline.forms import Measure, Part
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.labels import Hit, hits, target
from gk_pipeline.sections.stream import Stream

_UNIT = re.compile(r"单位\s*[:：]?\s*(亿元|万元|元)|[（(]\s*(亿元|万元|元)")
_FAR = 40
"""Characters after a head within which its unit is printed."""


def head_unit(text_after_head: str) -> str | None:
    """The unit of money printed behind a head, as in 采购总金额（单位：万元，保留4位小数）."""
    match = _UNIT.search(text_after_head[:_FAR])
    return match and (match[1] or match[2])


def head_units(stream: Stream, located: Located) -> dict[tuple[int, str], str]:
    """The printed unit of each (part, measure) of money whose head names one."""
    units: dict[tuple[int, str], str] = {}
    for number, (anchor, hit) in enumerate(located.anchors):
        if anchor.measure is None or located.table.measures[anchor.measure].kind != "amount":
            continue
        stop = located.anchors[number + 1][1].start if number + 1 < len(located.anchors) else located.span[1]
        unit = head_unit(printed_between(stream, hit.end, stop))
        if unit is not None:
            units[anchor.part, anchor.measure] = unit
    return units


def printed_between(stream: Stream, start: int, stop: int) -> str:
    """The text as printed after one position and before another, at most a little of it."""
    first, char = stream.place(start - 1)
    last, end = stream.place(stop)
    texts = [stream.pieces[number].text for number in range(first, min(last, first + 3) + 1)]
    if last <= first + 3:
        texts[-1] = texts[-1][:end]
    texts[0] = texts[0][char + 1 :]
    return "".join(texts)


def printed_order(stream: Stream, located: Located, number: int, part: Part) -> list[Measure]:
    """A part's measures in the order their heads are printed.

    Heads that cannot all be found once say nothing, and the form's order stands. Heads under a shared head are
    compared among themselves, since heads of several rows are not read in column order.
    """
    region = _head_region(located, number)
    if region is None:
        return list(part.measures)
    order = list(part.measures)
    shared = {measure.under for measure in part.measures}
    for under in shared:
        if under is None and len(shared) > 1:
            continue
        group = [measure for measure in part.measures if measure.under == under]
        places = [[hit for hit in hits(stream, target(measure.label), *region) if hit.alone] for measure in group]
        if not all(len(found) == 1 for found in places):
            continue
        printed = sorted(group, key=lambda measure: places[group.index(measure)][0].start)
        if printed != group:
            slots = [order.index(measure) for measure in group]
            for slot, measure in zip(slots, printed, strict=True):
                order[slot] = measure
    return order


def _head_region(located: Located, number: int) -> tuple[int, int] | None:
    """From the end of the part before (or the section's start) to the first item of the part."""
    firsts = [hit.start for anchor, hit in located.anchors if anchor.part == number and anchor.item is not None]
    before: list[Hit] = [hit for anchor, hit in located.anchors if anchor.part < number and anchor.item is not None]
    if not firsts:
        return None
    return (before[-1].end if before else located.span[0], firsts[0])
