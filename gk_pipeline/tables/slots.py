"""What stands between two labels: a row of slots, each holding a value, other words, or nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from gk_pipeline.sections.stream import Piece, Stream
from gk_pipeline.tables.numbers import is_value

_REMARK = re.compile(r"[（(【\[〔][^（()）\]】〕]*[^\d（()）\]】〕][^（()）\]】〕]*[）)】\]〕]")
_BRACKET = re.compile(r"[（(【\[〔]")
_WORD = re.compile(r"\S+")
_PAGE_NUMBER = re.compile(r"\s*[-—–－]+\s*\d{1,3}\s*[-—–－]+\s*")


class Slot(NamedTuple):
    """A place in a piece where a value, other words or nothing stands; `start`, `end` are characters of its text."""

    piece: int
    start: int
    end: int
    text: str
    holds: Literal["value", "words", "nothing"]

    @property
    def empty(self) -> bool:
        """Whether nothing is printed there."""
        return self.holds == "nothing"


def without_remarks(text: str) -> str:
    """The text with bracketed remarks blanked out, every other character in its place."""
    if not _BRACKET.search(text):
        return text
    return _REMARK.sub(lambda match: " " * len(match[0]), text)


def cell_slots(piece: Piece, number: int, start: int = 0) -> list[Slot]:
    """The slots of a grid cell from `start` on: one, unless it holds several values apart."""
    text = without_remarks(piece.text)
    bare = text[start:].strip()
    if not bare:
        return [Slot(number, start, start, "", "nothing")]
    low = text.index(bare, start)
    if is_value(bare):
        return [Slot(number, low, low + len(bare), bare, "value")]
    words = list(_words(text, number, start, None))
    if any(slot.holds == "value" for slot in words):
        return words
    return [Slot(number, low, low + len(bare), bare, "words")]


def _words(text: str, number: int, start: int, end: int | None) -> Iterator[Slot]:
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        holds: Literal["value", "words"] = "value" if is_value(match[0]) else "words"
        yield Slot(number, match.start(), match.end(), match[0], holds)


def slots_between(stream: Stream, start: tuple[int, int], end: tuple[int, int]) -> Iterator[Slot]:
    """The slots from one place to another (piece and character each); a page number between pages is none."""
    for number in range(start[0], min(end[0], len(stream.pieces) - 1) + 1):
        piece = stream.pieces[number]
        low = start[1] if number == start[0] else 0
        high = end[1] if number == end[0] else None
        if piece.row is not None and high is None:
            if low == 0 or piece.text[low:].strip():
                yield from cell_slots(piece, number, low)
        elif low or high is not None or not _PAGE_NUMBER.fullmatch(piece.text):
            yield from _words(without_remarks(piece.text), number, low, high)


def first_run(stream: Stream, slots: Iterable[Slot], own_piece: int) -> tuple[list[Slot], bool]:
    """The first run of values after a label, without empty cells at its ends, and whether nothing foreign came before.

    Words in the label's own piece are the rest of the label; words in another piece before any value are foreign.
    The run ends at the next words, and in a grid at the end of its row.
    """
    run: list[Slot] = []
    clear, begun = True, False
    row: tuple[int, int] | None = None
    for slot in slots:
        piece = stream.pieces[slot.piece]
        here = None if piece.row is None else (piece.block, piece.row)
        if begun and (slot.holds == "words" or here != row):
            break
        if slot.holds == "words" or here != row:
            run.clear()
        if slot.holds == "words":
            clear = clear and slot.piece == own_piece
        else:
            run.append(slot)
            begun = begun or not slot.empty
        row = here
    return _trimmed(run), clear


def _trimmed(run: Sequence[Slot]) -> list[Slot]:
    """The run without the empty slots at its ends, which may be ghosts of spans."""
    filled = [number for number, slot in enumerate(run) if not slot.empty]
    return list(run[filled[0] : filled[-1] + 1]) if filled else []
