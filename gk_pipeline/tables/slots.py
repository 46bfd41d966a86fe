"""What stands between two labels: a row of slots, each holding a value, a unit, other words, or nothing."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from gk_pipeline.sections.stream import Piece, Stream, squeeze
from gk_pipeline.tables.numbers import is_blank, is_digits, is_unit, is_value

Holds = Literal["value", "unit", "words", "nothing"]

Part = tuple[int, int, str, Holds]
"""A slot without its piece: the same text in the same place says the same wherever it is printed."""

_SHORT = 40
"""Letters of a line up to which it may be a cell; longer ones are prose and not worth remembering."""
_BRACKET = re.compile(r"[（(【\[〔]")
_REMARK = re.compile(
    r"[（(【\[〔](?![一二三四五六七八九十]{1,2}[）)])[^（()）\]】〕]*[^\d（()）\]】〕][^（()）\]】〕]*[）)】\]〕]"
)
"""What is said in brackets; the number of a label is not, since （四）无 begins a label that goes on elsewhere."""
_CHANGING_REMARK = re.compile(
    r".*(?:[减降负]|[更修订]正|更改|改[为成]|[应实][为是]|勘误|误[为写填作]).*|\W(?:[增升加正]|增加|上升|[%％‰])\W",
    re.DOTALL,
)
"""A remark that may change what the number before it says: it stays, and the number is none."""
_UNIT_BEHIND = re.compile(r"[\s,，、;；:：]*单位.*", re.DOTALL)
_QUIET = frozenset("“”‘’\"'「」『』（）()【】[]、，。；：,.;:|｜·…")
"""Marks that say nothing by themselves, such as the closing quote of a label torn before it."""
_WORD = re.compile(r"\S+")
_SPACED = re.compile(r"[+＋\-－−]\s+\S+")
"""A sign apart from its number; on a line of its own it can be nothing else."""
_PAGE_NUMBER = re.compile(r"\s*[-—–－]+\s*\d{1,3}\s*[-—–－]+\s*|\s*第\s*\d{1,3}\s*页.{0,10}")


class Slot(NamedTuple):
    """A place in a piece where something stands or nothing does; `start`, `end` are characters of its text.

    `text` is what is printed there; a unit that stands apart from its number is taken into it.
    """

    piece: int
    start: int
    end: int
    text: str
    holds: Holds

    @property
    def empty(self) -> bool:
        """Whether nothing is printed there."""
        return self.holds == "nothing"


_slot = partial(tuple.__new__, Slot)
"""A slot of its fields: the shortest way to make as many as there are numbers."""


@lru_cache(maxsize=8192)
def is_quiet(text: str) -> bool:
    """Whether a text is nothing but marks that say nothing by themselves."""
    return _QUIET.issuperset(text.strip())


@lru_cache(maxsize=8192)
def _holds(text: str) -> Holds:
    if is_quiet(text) or is_blank(text):
        return "nothing"
    if is_value(text):
        return "value"
    return "unit" if is_unit(text) else "words"


def without_remarks(text: str) -> str:
    """The text with bracketed remarks blanked out, every other character in its place.

    A unit in brackets is no remark, and neither is a sign: what they change is not what a reader may drop.
    """
    if not _BRACKET.search(text):
        return text
    return _REMARK.sub(_blanked, text)


def _blanked(remark: re.Match[str]) -> str:
    return remark[0] if _CHANGING_REMARK.fullmatch(remark[0]) or is_unit(remark[0]) else " " * len(remark[0])


@lru_cache(maxsize=4096)
def head_text(text: str) -> str:
    """The letters and digits of a head, without remarks and without the unit named behind it."""
    return squeeze(_UNIT_BEHIND.sub("", _REMARK.sub("", text)))


def cell_slots(piece: Piece, number: int, start: int = 0) -> list[Slot]:
    """The slots of a grid cell from `start` on: one, unless it holds several values apart or a label before them.

    A value among other words is none of its own: 5 月 is not 5.
    """
    return [_slot((number, *part)) for part in _cell_parts(piece.text, start)]


@lru_cache(maxsize=8192)
def _cell_parts(printed: str, start: int) -> tuple[Part, ...]:
    if not start and is_digits(printed):
        return ((0, len(printed), printed, "value"),)
    text = without_remarks(printed)
    bare = text[start:].strip()
    if is_blank(bare):
        return ((start, start, "", "nothing"),)
    low = text.index(bare, start)
    holds = _holds(bare)
    if holds != "words" or _PAGE_NUMBER.fullmatch(bare):
        return ((low, low + len(bare), bare, holds),)
    words = tuple(_words(text, start, len(text)))
    if start or all(holds == "value" for _, _, _, holds in words):
        return words
    return ((low, low + len(bare), bare, "words"),)


def _words(text: str, start: int, end: int) -> Iterator[Part]:
    """The words of a text; a unit is taken into the number before it."""
    value: Part | None = None
    for match in _WORD.finditer(text, start, end):
        part: Part = (match.start(), match.end(), match[0], _holds(match[0]))
        if part[3] == "nothing":
            continue
        if value is not None:
            whole = text[value[0] : part[1]]
            if part[3] == "unit" and is_value(whole):
                part = (value[0], part[1], whole, "value")
            else:
                yield value
            value = None
        if part[3] == "value":
            value = part
        else:
            yield part
    if value is not None:
        yield value


def last_word_is_value(text: str) -> bool:
    """Whether a text ends in a value."""
    words = text.split()
    return bool(words) and is_value(words[-1])


def slots_between(stream: Stream, start: tuple[int, int], end: tuple[int, int]) -> Iterator[Slot]:
    """The slots from one place to another (piece and character each); a page number between pages is none."""
    (first, low), (last, high) = start, end
    pieces = stream.pieces
    for number in range(first, min(last, len(pieces) - 1) + 1):
        piece = pieces[number]
        parts: Iterable[Part]
        if first < number < last:
            parts = _line_parts(piece.text) if piece.row is None else _cell_parts(piece.text, 0)
        elif number < last:
            parts = _rest_parts(piece, low)
        else:
            parts = _parts_before(piece.text, low if number == first else 0, high)
        for start_at, end_at, text, holds in parts:
            yield _slot((number, start_at, end_at, text, holds))


def _rest_parts(piece: Piece, low: int) -> Iterable[Part]:
    """What stands in a piece from a character on."""
    if low and not piece.text[low:].strip():
        return ()
    if piece.row is not None:
        return _cell_parts(piece.text, low)
    return _words(without_remarks(piece.text), low, len(piece.text)) if low else _line_parts(piece.text)


def _parts_before(text: str, low: int, high: int) -> Iterable[Part]:
    """What stands in a piece up to a character; of a cell that is no whole one either."""
    if low or high < len(text):
        return _words(without_remarks(text), low, high) if low < high else ()
    return _line_parts(text)


def _line_parts(text: str) -> tuple[Part, ...]:
    """What stands in a whole line of text: one value where it prints a single number with a sign or unit apart."""
    return _short_line_parts(text) if len(text) <= _SHORT else _read_line(text)


def _read_line(text: str) -> tuple[Part, ...]:
    if is_digits(text):
        return ((0, len(text), text, "value"),)
    if _PAGE_NUMBER.fullmatch(text):
        return ()
    bare = text.strip()
    if len(bare.split()) == 2 and _SPACED.fullmatch(bare) and is_value(bare):
        return ((text.index(bare), text.index(bare) + len(bare), bare, "value"),)
    return tuple(_words(without_remarks(text), 0, len(text)))


_short_line_parts = lru_cache(maxsize=8192)(_read_line)
