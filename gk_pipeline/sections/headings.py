"""The six sections: found by their headings, wherever numbering restarts and whatever the introduction lists."""

from collections.abc import Mapping, Sequence
from functools import cache

from gk_pipeline.forms import Form, Label
from gk_pipeline.sections.labels import Hit, Target, hits, in_order, target
from gk_pipeline.sections.stream import Stream


@cache
def section_targets(forms: tuple[Form, ...]) -> Mapping[str, Target]:
    """Every section by code, with the spellings of all forms, in form order."""
    spellings: dict[str, list[str]] = {}
    numbers: dict[str, str | None] = {}
    for form in forms:
        for section in form.sections:
            spellings.setdefault(section.code, []).extend(section.label.spellings)
            numbers.setdefault(section.code, section.label.number)
    return {code: target(Label(texts[0], tuple(texts[1:]), numbers[code])) for code, texts in spellings.items()}


def find_headings(stream: Stream, forms: Sequence[Form]) -> dict[str, Hit]:
    """The heading of each section that has one.

    A title within a sentence is a mention: a heading stands alone in its piece, or carries its number.
    """
    targets = section_targets(tuple(forms))
    places = [[hit for hit in hits(stream, sought) if _is_heading(stream, hit)] for sought in targets.values()]
    return {code: hit for code, hit in zip(targets, in_order(places), strict=True) if hit is not None}


def _is_heading(stream: Stream, hit: Hit) -> bool:
    if hit.start in stream.starts and hit.end in stream.starts:
        return True
    return hit.numbered


def section_spans(headings: Mapping[str, Hit], end: int) -> dict[str, tuple[int, int]]:
    """From each heading to the next one, the last to `end`, as positions in the stream's text."""
    starts = [hit.start for hit in headings.values()]
    return {code: (hit.start, stop) for (code, hit), stop in zip(headings.items(), [*starts, end][1:], strict=True)}
