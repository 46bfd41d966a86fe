"""Finding printed labels: every place a label may stand, and the chain of places that keeps the form's order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from gk_pipeline.forms import Label
from gk_pipeline.sections.stream import Stream, squeeze

_OTHER_NUMBER = re.compile(r"[\s#*（(]*(?:[一二三四五六七八九十]{1,2}|\d{1,2}(?=\s*[、.．）)]))[\s、.．）)]*")
_MARK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[.．、)）:：,，][\s\u200b-\u200f\u2060\ufeff]*")
_OPEN_BRACKET = re.compile(r"\w\s*[（(][^（）()]*[^（）()\s][^（）()]*\Z")
_MOST_PLACES = 24
"""Places looked at for one label; a label that stands in more is ranked and cut to the best."""
_FAR = 400
"""Letters between two labels from which on a chain is no more likely to be one table."""


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A label to be found, squeezed: its spellings, longest first, and the number printed before it.

    One object for all forms that print it.
    """

    spellings: tuple[str, ...]
    number: str


@cache
def target(label: Label) -> Target:
    """The target of a form's label."""
    spellings = sorted({squeeze(text) for text in label.spellings}, key=lambda text: (-len(text), text))
    return Target(tuple(spellings), squeeze(label.number or ""))


class Hit(NamedTuple):
    """A place where a label stands: from `start` (its number included) to `end` in the stream's text.

    `weight` says how much it looks like a label rather than a mention: standing alone in its piece, or at least apart
    from the words before it, numbered, long.
    """

    start: int
    end: int
    weight: float
    alone: bool
    numbered: bool


def hits(stream: Stream, sought: Target, first: int = 0, last: int | None = None) -> list[Hit]:
    """Every place of a target between two positions, in order; mere mentions only where it never stands as a label."""
    taken: list[tuple[int, int]] = []
    text = stream.text
    stop = len(text) if last is None else last
    for spelling in sought.spellings:
        at = text.find(spelling, first, stop)
        while at >= 0:
            end = at + len(spelling)
            if not taken or not any(low <= at and end <= high for low, high in taken):
                taken.append((at, end))
            at = text.find(spelling, at + 1, stop)
    places = [_hit(stream, sought, at, end) for at, end in taken]
    if len(places) < 2:
        return places
    standing = [hit for hit in places if hit.alone or hit.numbered] or places
    if len(standing) > _MOST_PLACES:
        standing = sorted(standing, key=lambda hit: -hit.weight)[:_MOST_PLACES]
    return sorted(standing, key=lambda hit: hit.start)


def number_start(stream: Stream, sought: Target, at: int) -> int:
    """Where a label begins with the number that is printed before it, if its own is."""
    before = at - len(sought.number)
    if not sought.number or before < 0 or not stream.text.startswith(sought.number, before):
        return at
    return before if _numbers(stream, before, at) else at


def _hit(stream: Stream, sought: Target, at: int, end: int) -> Hit:
    starts = stream.starts
    start = number_start(stream, sought, at)
    numbered = start < at
    if start not in starts:
        numbered = numbered and not _is_explanation(stream, start)
        start = _past_other_number(stream, start)
    opens = start in starts
    closes = end in starts
    followed = closes or stream.text[end].isdigit()
    apart = opens or _stands_apart(stream, start)
    weight = 2.0 + 0.05 * (end - at) + opens + apart + 2.0 * closes + 1.0 * followed + 2.0 * numbered
    return Hit(start, end, weight, opens and followed, numbered)


def _stands_apart(stream: Stream, at: int) -> bool:
    """Whether white space stands before a label within its piece: 上年行政许可 is another label."""
    piece, char = stream.place(at)
    return char > 0 and stream.pieces[piece].text[char - 1].isspace()


def _is_explanation(stream: Stream, at: int) -> bool:
    """Whether what begins there stands in a bracket that explains the words before it."""
    piece, char = stream.place(at)
    return _OPEN_BRACKET.search(stream.pieces[piece].text, 0, char) is not None


def _past_other_number(stream: Stream, at: int) -> int:
    """The start of the piece when nothing but another number stands before the label: numbering restarts."""
    piece, char = stream.place(at)
    if char <= 8 and _OTHER_NUMBER.fullmatch(stream.pieces[piece].text, 0, char):
        return stream.piece_at[piece]
    return at


def _numbers(stream: Stream, at: int, label: int) -> bool:
    """Whether the digits before a label number it, rather than being the last value of the row above.

    A Chinese numeral always does. Digits do when a mark follows them, or when they begin the label's own piece.
    """
    if not stream.text[at].isdigit() or stream.text[at] in "一二三四五六七八九十":
        return True
    piece, char = stream.place(at)
    last_piece, last_char = (piece, char) if label - at == 1 else stream.place(label - 1)
    own_piece, own_char = stream.place(label)
    between = stream.pieces[last_piece].text[last_char + 1 : own_char if own_piece == last_piece else None]
    if own_piece > last_piece:
        between += stream.pieces[own_piece].text[:own_char]
    if _MARK.fullmatch(between):
        return True
    alone = not stream.pieces[piece].text[:char].strip()
    return own_piece == piece and (alone or not between)


def in_order(places: Sequence[Sequence[Hit]]) -> list[Hit | None]:
    """For each target its place in the heaviest chain that keeps their order; None where it has none.

    A chain weighs what its places weigh, less a little for every gap: the labels of a table stand close together.
    """
    single = [group[0] if group else None for group in places]
    if all(len(group) <= 1 for group in places) and _ordered([hit for hit in single if hit is not None]):
        return single  # every place weighs more than the gaps it opens, so the whole chain is the heaviest
    nodes = sorted((hit.start, number, hit) for number, group in enumerate(places) for hit in group)
    ends, numbers = [hit.end for _, _, hit in nodes], [number for _, number, _ in nodes]
    best: list[float] = []  # what the heaviest chain that ends in a node weighs
    most: list[float] = []  # the most that any chain weighs which ends there or before
    back: list[int] = []
    for node, (start, number, hit) in enumerate(nodes):
        score, via = 0.0, -1
        before = node - 1
        while before >= 0 and most[before] >= score:  # no gap adds weight
            if numbers[before] < number and best[before] >= score and (gap := start - ends[before]) >= 0:
                chained = best[before] - (2.0 if gap > _FAR else gap * 2.0 / _FAR)
                if chained >= score:
                    score, via = chained, before
            before -= 1
        weight = score + hit.weight
        best.append(weight)
        most.append(weight if not most or weight > most[-1] else most[-1])
        back.append(via)
    chain: list[Hit | None] = [None] * len(places)
    index = max(range(len(nodes)), key=best.__getitem__, default=-1)
    while index >= 0:
        _, number, hit = nodes[index]
        chain[number] = hit
        index = back[index]
    return chain


def _ordered(chain: Sequence[Hit]) -> bool:
    return all(earlier.end <= later.start for earlier, later in pairwise(chain))
