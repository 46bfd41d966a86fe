"""The heads above a part as printed, word by word: the form's, those that are nearly the form's, and unknown ones."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from gk_pipeline.forms import FormTable, Measure, Part
from gk_pipeline.sections.labels import target
from gk_pipeline.sections.stream import Piece, Stream, squeeze
from gk_pipeline.tables.numbers import is_value
from gk_pipeline.tables.slots import without_remarks

_ASIDE = re.compile("^(?:计量|金额)?单位|万元|亿元|^元$|保留")
_WORD = re.compile(r"\S+")
_SHORTEST = 4
"""Letters of the shortest head in which one mistyped letter still leaves no other word."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The heads that may stand above a part: a pattern, and what each text names.

    A measure is named by its code, a head that names no column by itself, another form's measure by nothing.
    """

    pattern: re.Pattern[str]
    names: dict[str, str]


Level = tuple[int, int]
"""The row of a grid or the line of a text in which something stands."""
IN_COLUMNS: Level = (-1, 0)
"""The level of heads that are put in the order of their columns, on whatever rows they stand."""


class HeadWord(NamedTuple):
    """A head as printed: where it begins, its letters, and what it names; None for one that nobody knows.

    `level` is None where the rows of the table stand in one line, so that what stands in it says nothing.
    """

    start: int
    text: str
    names: str | None
    level: Level | None = None


@cache
def vocabulary(part: Part, rivals: tuple[FormTable, ...] = ()) -> Vocabulary:
    """The heads of a part, and of other forms those it does not print itself; with items across their labels too."""
    names = {
        spelling: "" for rival in rivals for one in rival.measures.values() for spelling in target(one.label).spellings
    }
    for text in (part.stub, part.clause, *part.over, *(measure.under for measure in part.measures)):
        if text is not None:
            names[squeeze(text)] = text
    for measure in part.measures:
        names |= dict.fromkeys(target(measure.label).spellings, measure.code)
    return Vocabulary(_pattern(names), names)


@cache
def with_items(part: Part) -> Vocabulary:
    """The heads of a part that prints its items among them."""
    own = vocabulary(part)
    names = {spelling: item.code for item in part.items for spelling in target(item.label).spellings} | own.names
    return Vocabulary(_pattern(names), names)


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


class Region(NamedTuple):
    """Where heads stand: the text of each piece, whether it is a grid's, the first piece that stands in its row.

    `start` and `end` are the positions between which the heads are.
    """

    pieces: tuple[tuple[str, bool, int], ...]
    start: int
    end: int


def region_of(stream: Stream, start: int, end: int) -> tuple[Region, int]:
    """The region between two positions of a stream, and the position at which its first piece begins there."""
    if start >= end:
        return Region((), 0, 0), start
    (first, _), (last, _) = stream.place(start), stream.place(end - 1)
    own = stream.pieces[first : last + 1]
    rows: dict[tuple[int | None, ...], int] = {}
    for number, piece in enumerate(own):
        rows.setdefault(_row(piece), number)
    pieces = tuple([(piece.text, piece.row is not None, rows[_row(piece)]) for piece in own])
    before = stream.piece_at[first]
    return Region(pieces, start - before, end - before), before


def _row(piece: Piece) -> tuple[int | None, ...]:
    return piece.block, piece.page, piece.line if piece.row is None else None, piece.row


def head_words(stream: Stream, part: Part, heads: Vocabulary, start: int, end: int) -> list[HeadWord]:
    """The heads between two positions in reading order, as `words_in` reads them."""
    region, before = region_of(stream, start, end)
    return [word._replace(start=before + word.start) for word in words_in(part, heads, region)]


@lru_cache(maxsize=4096)
def words_in(part: Part, heads: Vocabulary, region: Region) -> list[HeadWord]:
    """The heads in a region; most bodies print the same ones, so they are read once.

    What goes on behind a head is a remark on it; what is written before one in its own cell makes it another, as in
    上年处理决定数量. A head that was cut off or has one letter mistyped is the missing one that it resembles.
    """
    cells, start, end = region
    stream = Stream([Piece(0, text, 0, 0, None, None, 0 if in_grid else None) for text, in_grid, _ in cells])
    codes = {measure.code for measure in part.measures}
    words: list[HeadWord] = []
    cursor = start
    for match in heads.pattern.finditer(stream.text, start, end):
        gap = list(_gap(stream, cursor, match.start()))
        word = HeadWord(match.start(), match[0], heads.names[match[0]])
        if gap and _written_on(stream, gap[-1].start + len(gap[-1].text), match.start()):
            before = gap.pop()
            if word.names in codes:
                word = HeadWord(before.start, before.text + word.text, None)
        words += [one for one in gap if cursor == start or not _written_on(stream, cursor, one.start)]
        words.append(word)
        cursor = match.end()
    words += [one for one in _gap(stream, cursor, end) if cursor == start or not _written_on(stream, cursor, one.start)]
    levels = [_level(stream, region, word.start) for word in words]
    return _mended(part, [word._replace(level=level) for word, level in zip(words, levels, strict=True)])


def _level(stream: Stream, region: Region, position: int) -> Level | None:
    number, char = stream.place(position)
    label, below = stream.place(region.end)
    text = stream.pieces[number].text
    if number == label and region.end < len(stream.text) and "\n" not in text[char:below]:
        return None
    row = region.pieces[number][2]
    return IN_COLUMNS if row < 0 else (row, text.count("\n", 0, char))


def _gap(stream: Stream, low: int, high: int) -> Iterator[HeadWord]:
    """The words between two positions that may be heads: a cell is one, a line of text is as many as stand apart."""
    if low == high:
        return
    (first, start), (last, end) = stream.place(low), stream.place(high - 1)
    for number in range(first, last + 1):
        piece = stream.pieces[number]
        text = without_remarks(piece.text)
        span = (start if number == first else 0, end + 1 if number == last else len(text))
        words = [span] if piece.row is not None else [match.span() for match in _WORD.finditer(text, *span)]
        for begin, stop in words:
            letters = squeeze(text[begin:stop])
            if letters and not _is_aside(letters):
                yield HeadWord(stream.position(number, begin), letters, None)


def _written_on(stream: Stream, before: int, after: int) -> bool:
    """Whether what ends at one position and what begins at the other stand in one cell, or in one word of a text."""
    (first, end), (last, start) = stream.place(before - 1), stream.place(after)
    if first != last:
        return False
    piece = stream.pieces[first]
    return piece.row is not None or not any(map(str.isspace, without_remarks(piece.text)[end + 1 : start]))


def _is_aside(text: str) -> bool:
    """Whether a text beside the heads heads nothing: a value, and what is said of a unit."""
    return is_value(text) or _ASIDE.search(text) is not None


def _mended(part: Part, words: Sequence[HeadWord]) -> list[HeadWord]:
    """The words, those unknown that can only be a missing head named as that.

    A text that begins several missing ones is the first of them where nothing else is unknown.
    """
    named = {word.names for word in words}
    missing = [measure for measure in part.measures if measure.code not in named]
    unknown = list(dict.fromkeys(word.text for word in words if word.names is None))
    meant: dict[str, str] = {}
    for text in unknown:
        found = [measure for measure in missing if _resembles(text, measure)]
        in_turn = len(found) > 1 and unknown == [text] and all(_begins(text, measure) for measure in found)
        if in_turn or (len(found) == 1 and (_begins(text, found[0]) or _tells(text, found[0]))):
            meant[text] = found[0].code
            missing.remove(found[0])
    return [word if word.names is not None else word._replace(names=meant.get(word.text)) for word in words]


def _resembles(text: str, measure: Measure) -> bool:
    """Whether a text is a part of a measure's head, or that head but for one letter that is not its first."""
    return any(
        text in head or (len(head) >= _SHORTEST and text[0] == head[0] and _one_letter(text, head))
        for head in target(measure.label).spellings
    )


def _tells(text: str, measure: Measure) -> bool:
    """Whether a text is long enough to stand for a measure's head: 项目 is a part of 采购项目数量, and no more."""
    return any(2 * len(text) >= len(head) for head in target(measure.label).spellings)


def _begins(text: str, measure: Measure) -> bool:
    return len(text) > 1 and any(head.startswith(text) for head in target(measure.label).spellings)


def _one_letter(text: str, head: str) -> bool:
    """Whether two texts differ in one letter, be it another, too many or missing."""
    short, long = sorted((text, head), key=len)
    same = next((at for at, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    rest = short[same + 1 :] if len(short) == len(long) else short[same:]
    return len(long) - len(short) < 2 and rest == long[same + 1 :]
