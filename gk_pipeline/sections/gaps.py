"""Labels that are not where their order or their spelling says: broken around their numbers, mistyped, or moved."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from gk_pipeline.sections.labels import Hit, Target, number_start
from gk_pipeline.sections.stream import Stream

_ALIKE = 0.8
"""Share of letters from which on a numbered text in a label's place is that label mistyped."""
_SHORTEST = 5
"""Letters of the shortest label that may be broken, mistyped or moved and is still no other text."""
_FAR = 200
"""Letters before the first label found, or behind the last, within which a missing one is looked for."""
_LABEL = re.compile(r"[^\d]+")


def mended(
    stream: Stream, targets: Sequence[Target | None], chain: Sequence[Hit | None], places: Sequence[Sequence[Hit]]
) -> list[Hit | None]:
    """The chain with what it lacks: for every missing target (None where it is not sought) the one place it can have.

    Between its neighbours a label may stand broken by its own values or mistyped behind its number. A label spelled in
    full may also stand out of order, where it stands once.
    """
    found = list(chain)
    known = [hit for hit in chain if hit is not None]
    if not known:
        return found
    for number, sought in enumerate(targets):
        if sought is None or found[number] is not None:
            continue
        before = [hit.end for hit in found[:number] if hit is not None]
        after = [hit.start for hit in found[number + 1 :] if hit is not None]
        low = max(before, default=max(0, min(after, default=0) - _FAR))
        high = min(after, default=min(len(stream.text), low + _FAR))
        found[number] = _broken(stream, sought, low, high) or _mistyped(stream, sought, low, high)
    low, high = known[0].start, known[-1].end
    for number, sought in enumerate(targets):
        if sought is not None and found[number] is None:
            taken = [hit for hit in found if hit is not None]
            found[number] = _moved(places[number], taken, low, high)
    return found


def _broken(stream: Stream, sought: Target, low: int, high: int) -> Hit | None:
    """A label whose values stand inside it: a line of a narrow cell, the numbers beside it, the rest of the cell."""
    text = stream.text
    for spelling in sought.spellings:
        at = text.find(spelling[:2], low, high) if len(spelling) >= _SHORTEST else -1
        while at >= 0:
            length = 2
            while length < len(spelling) and text.startswith(spelling[length], at + length):
                length += 1
            values = at + length
            rest = values
            while rest < high and text[rest].isdigit():
                rest += 1
            if values < rest and length < len(spelling) and text.startswith(spelling[length:], rest):
                start = number_start(stream, sought, at)
                return Hit(start, values, 0.0, start in stream.starts, start < at)
            at = text.find(spelling[:2], at + 1, high)
    return None


def _mistyped(stream: Stream, sought: Target, low: int, high: int) -> Hit | None:
    """The one piece that begins with the label's number and goes on much like the label."""
    if not sought.number or len(sought.spellings[0]) < _SHORTEST:
        return None
    alike = []
    for number, start in enumerate(stream.piece_at):
        end = stream.piece_at[number + 1] if number + 1 < len(stream.pieces) else len(stream.text)
        label = start + len(sought.number)
        if not (low <= start and label < end <= high) or number_start(stream, sought, label) != start:
            continue
        printed = _LABEL.match(stream.text, label, end)
        if printed and any(SequenceMatcher(None, printed[0], text).ratio() >= _ALIKE for text in sought.spellings):
            alike.append(Hit(start, printed.end(), 0.0, alone=True, numbered=True))
    return alike[0] if len(alike) == 1 else None


def _moved(places: Sequence[Hit], taken: Sequence[Hit], low: int, high: int) -> Hit | None:
    """The one place of a label among the others of its table, where no other one stands."""
    free = [
        hit
        for hit in places
        if low <= hit.start < high and not any(hit.start < other.end and other.start < hit.end for other in taken)
    ]
    standing = [hit for hit in free if hit.alone and (hit.numbered or hit.end - hit.start >= _SHORTEST)]
    return standing[0] if len(standing) == 1 else None
