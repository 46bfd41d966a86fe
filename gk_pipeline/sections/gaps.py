"""Labels that are not where their order or their spelling says: broken around their numbers, mistyped, or moved."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from gk_pipeline.sections.labels import Hit, Target, number_start
from gk_pipeline.sections.stream import Stream

_NUMBERED_A_SLIP, _A_SLIP = 4, 5
"""Letters of a label, behind its number and without, in which one slip is forgiven: none in a shorter one."""
_SHORTEST = 5
"""Letters of the shortest label that may be broken or moved and is still no other text."""
_FAR = 200
"""Letters before the first label found, or behind the last, within which a missing one is looked for."""
_LABEL = re.compile(r"[^\d]+")


def mended(
    stream: Stream, targets: Sequence[Target | None], chain: Sequence[Hit | None], places: Sequence[Sequence[Hit]]
) -> list[Hit | None]:
    """The chain with what it lacks: for every missing target (None where it is not sought) the one place it can have.

    Between its neighbours a label may stand broken by its own values, or mistyped: a text that is closer to it than to
    any other target. A label spelled in full may also stand out of order, where it stands once.
    """
    found = list(chain)
    spelled = [sought.spellings for sought in targets if sought is not None]
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
        found[number] = _broken(stream, sought, low, high) or _mistyped(stream, sought, spelled, low, high)
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


def _mistyped(stream: Stream, sought: Target, spelled: Sequence[Sequence[str]], low: int, high: int) -> Hit | None:
    """The one piece between two positions that goes on, behind the label's number or without any, like the label.

    Of the labels `spelled` on the form it must be the closest.
    """
    alike = []
    for number in range(bisect_left(stream.piece_at, low), bisect_left(stream.piece_at, high)):
        start = stream.piece_at[number]
        end = stream.piece_at[number + 1] if number + 1 < len(stream.pieces) else len(stream.text)
        label = start + len(sought.number)
        label = label if label < end and number_start(stream, sought, label) == start else start
        printed = _LABEL.match(stream.text, label, min(end, high))
        if printed and _means(printed[0], sought.spellings, spelled, _NUMBERED_A_SLIP if label > start else _A_SLIP):
            alike.append(Hit(start, printed.end(), 0.0, alone=True, numbered=label > start))
    return alike[0] if len(alike) == 1 else None


def _means(printed: str, own: Sequence[str], spelled: Sequence[Sequence[str]], letters: int) -> bool:
    """Whether a text is a label with no more than a slip in so many letters, and no other label is as close."""
    near = [text for text in own if abs(len(printed) - len(text)) <= len(text) // letters]
    close = [count for text in near if (count := slips(printed, text)) <= len(text) // letters]
    others = (text for spellings in spelled if spellings is not own for text in spellings)
    return bool(close) and all(slips(printed, text) > min(close) for text in others)


def slips(printed: str, label: str) -> int:
    """How many letters were left out, added, exchanged with their neighbour or taken for another one."""
    above: list[int] = []
    row = list(range(len(label) + 1))
    for number, letter in enumerate(printed, 1):
        above, last, row = row, above, [number]
        for at, other in enumerate(label, 1):
            least = min(above[at] + 1, row[at - 1] + 1, above[at - 1] + (letter != other))
            if number > 1 < at and letter == label[at - 2] and other == printed[number - 2]:
                least = min(least, last[at - 2] + 1)
            row.append(least)
    return row[-1]


def _moved(places: Sequence[Hit], taken: Sequence[Hit], low: int, high: int) -> Hit | None:
    """The one place of a label among the others of its table, where no other one stands."""
    free = [
        hit
        for hit in places
        if low <= hit.start < high and not any(hit.start < other.end and other.start < hit.end for other in taken)
    ]
    standing = [hit for hit in free if hit.alone and (hit.numbered or hit.end - hit.start >= _SHORTEST)]
    return standing[0] if len(standing) == 1 else None
