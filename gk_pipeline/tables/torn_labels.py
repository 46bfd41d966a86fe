"""Labels of which a page prints the beginning alone in one go: numbers or the end of a page stand in their midst."""

from collections.abc import Collection, Iterator

from gk_pipeline.forms import Item
from gk_pipeline.quality.finding import Finding
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.labels import Target, number_start, target
from gk_pipeline.sections.stream import Stream

_SHORTEST = 3
"""Letters of a label from which on, behind its number, they are its beginning and nobody else's."""


def torn_labels(stream: Stream, located: Located, end: int, absent: Collection[str]) -> Iterator[Finding]:
    """A finding for each absent row whose label begins, behind its number, where the form has it.

    That is between the labels before and after it that were found; `end` is where the section ends.
    """
    hits = {anchor.item: hit for anchor, hit in located.anchors if anchor.item is not None}
    low, items = located.extent[0], list(located.table.items.values())
    for number, item in enumerate(items):
        if item.code in hits:
            low = hits[item.code].end
        elif item.code in absent:
            later = (hits[one.code].start for one in items[number:] if one.code in hits)
            span = _beginning(stream, target(item.label), low, next(later, end))
            if span is not None:
                yield _finding(stream, located, item, span)


def _beginning(stream: Stream, sought: Target, low: int, high: int) -> tuple[int, int] | None:
    """Where a label's longest beginning stands between two positions, with its number."""
    lengths = sorted({n for one in sought.spellings for n in range(_SHORTEST, len(one))}, reverse=True)
    for length in lengths:
        for spelling in sought.spellings:
            at = stream.text.find(spelling[:length], low, high) if length < len(spelling) else -1
            if at >= 0 and number_start(stream, sought, at) < at and not _goes_on(stream, at + length):
                return number_start(stream, sought, at), at + length
    return None


def _goes_on(stream: Stream, end: int) -> bool:
    """Whether other letters stand right behind: then the page words the label otherwise."""
    (piece, char), (following, next_char) = stream.place(end - 1), stream.place(end)
    return piece == following and not any(map(str.isspace, stream.pieces[piece].text[char:next_char]))


def _finding(stream: Stream, located: Located, item: Item, span: tuple[int, int]) -> Finding:
    piece = stream.pieces[stream.place(span[0])[0]]
    place = ", ".join(f"{name} {at}" for name, at in (("page", piece.page), ("line", piece.line)) if at is not None)
    label = item.label.text
    printed = " ".join(stream.printed(*span).split())
    message = f"{label}{place and f' ({place})'}: its label begins there, but does not go on behind “{printed}”."
    advice = (
        "Look at the page there. Where numbers, another label or the end of the page stand in its midst, its numbers "
        f"were not taken; if it is only worded otherwise, add that to `variants` in forms/{located.table.form}.toml."
    )
    return Finding("warning", "label_torn", message, advice, printed, located.table.code, item.code)
