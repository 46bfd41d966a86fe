"""Glyphs to lines of text: what stands on one height, in words, each thing once and struck-out words left out."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from gk_pipeline.documents.pdf.ink import UNREADABLE, Glyph, Rule, is_wide
from gk_pipeline.documents.seen import LOWERED, RAISED

_SAME_LINE = 0.3
"""Of the size of a font, by how much the letters of one line may stand apart."""
_APART = 0.25
"""Of the size of a font, from which gap on two letters are two words."""
_APART_CLOSE, _APART_WIDE = 0.2, 0.5
"""The same of two Chinese characters, where they stand close and where they are moved apart to fill a line."""
_TOUCHING = 0.08
"""Of the size of a font, up to which gap two letters are printed in one go."""
_LAYOUT = 3
"""Blanks from which on they show where something stands."""
_FAR = 0.6
"""Of the size of a font, from which gap on white space shows where something stands on the page."""
_OVER = 0.7
"""Of its width, by how much a letter lies over another that is printed in the same place."""
_LEVEL = 0.08
"""Of the size of a font, by how much the digits of a number may stand higher than others of it."""
_AS_LARGE = 0.85
"""Of the size of a digit, how small another of the same number may be."""
_STRUCK = 0.2
"""Of the size of a font, how far from the middle of a letter a rule strikes it out."""
_STANDS_OUT = 4.0
"""Points by which a rule that strikes out may be longer than what it strikes."""

_GROUPED = re.compile(r"\d{1,3}(?:[,，]\d{3})+")
_SEVERAL = re.compile(rf"(?:{_GROUPED.pattern}){{2,}}")
"""Numbers that touch, each with its thousands set off: of such a group three digits end the number."""

_left, _base, _at = attrgetter("left"), attrgetter("base"), attrgetter("at")


class Line(NamedTuple):
    """The glyphs on one height, from left to right; `number` counts the lines of the page from 1."""

    number: int
    glyphs: tuple[Glyph, ...]


class Word(NamedTuple):
    """Letters without white space between them; `middle` is how far from the top they stand."""

    text: str
    left: float
    right: float
    middle: float
    em: float
    line: int


def numbered(glyphs: Iterable[Glyph], before: int) -> list[Line]:
    """The lines of a page, or of what stands turned on it, numbered behind those `before`.

    They are counted by the heights on which something stands, from the top; what stands beside each other on the same
    height, in whatever cells, is one line.
    """
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=_base):
        if lines and glyph.base - lines[-1][0].base <= _SAME_LINE * glyph.em:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    shown = (line for line in lines if any(not glyph.char.isspace() for glyph in line))
    return [Line(number, tuple(sorted(line, key=_left))) for number, line in enumerate(shown, start=before + 1)]


def shown_once(line: Line, across: Sequence[Rule], counted: Counter[str]) -> Line:
    """The line without what is struck out, and what is printed again in the same place once, as for bold.

    Other letters in the same place make it unreadable.
    """
    kept: list[Glyph] = []
    for glyph in _not_struck(line.glyphs, across, counted):
        if glyph.char == " " or not kept or not _lies_over(kept[-1], glyph):
            kept.append(glyph)
        elif glyph.char != kept[-1].char:
            kept[-1] = kept[-1]._replace(char=UNREADABLE)
            counted["overprinted"] += 1
    return Line(line.number, tuple(kept))


def _lies_over(below: Glyph, glyph: Glyph) -> bool:
    over = below.right - glyph.left
    if over <= 0 or below.char == " ":
        return False
    width = min(below.right - below.left, glyph.right - glyph.left)
    return over >= _OVER * width > 0


def _not_struck(glyphs: tuple[Glyph, ...], across: Sequence[Rule], counted: Counter[str]) -> Sequence[Glyph]:
    """The glyphs without those through which a rule runs that is no longer than they are."""
    top, bottom = min([glyph.base - glyph.em for glyph in glyphs]), max([glyph.base for glyph in glyphs])
    kept: Sequence[Glyph] = glyphs
    for rule in across[bisect_left(across, top, key=_at) : bisect_right(across, bottom, key=_at)]:
        struck = [glyph for glyph in glyphs if _strikes(rule, glyph)]
        if struck and rule.high - rule.low <= struck[-1].right - struck[0].left + _STANDS_OUT:
            counted["struck_out"] += sum(glyph.char != " " for glyph in struck)
            kept = [glyph for glyph in kept if glyph not in struck]
    return kept


def _strikes(rule: Rule, glyph: Glyph) -> bool:
    return abs(rule.at - glyph.middle) <= _STRUCK * glyph.em and rule.low <= (glyph.left + glyph.right) / 2 <= rule.high


def words(line: Line, cell: Callable[[float, float], object], counted: Counter[str]) -> Iterator[Word]:
    """The words of a line; letters in two cells are of two words, unless they touch over the rule between.

    `cell` says in which cell a point lies. Numbers in none that touch are apart where their thousands tell.
    """
    for run in _runs(line, cell, counted):
        numbers = list(_GROUPED.finditer(text)) if _SEVERAL.fullmatch(text := _text(run)) else []
        if not numbers or cell(*_centre(run[0])) is not None:
            yield _word(run, line)
            continue
        counted["parted"] += len(numbers)
        yield from (_word(run[number.start() : number.end()], line) for number in numbers)


def _runs(line: Line, cell: Callable[[float, float], object], counted: Counter[str]) -> Iterator[list[Glyph]]:
    """The letters of each word."""
    wide_apart = _wide_apart(line.glyphs)
    run: list[Glyph] = []
    for glyph in line.glyphs:
        char, left, _, base, em = glyph
        if char == " ":
            if run:
                yield run
                run = []
            continue
        if run:
            before = run[-1]
            gap = (left - before.right) / em
            digits = char.isdigit() and before.char.isdigit()
            apart = wide_apart if gap > _APART_CLOSE and is_wide(char) and is_wide(before.char) else _APART
            other_cell = (gap > _TOUCHING or digits) and cell(*_centre(before)) != cell(*_centre(glyph))
            if gap > apart or (other_cell and gap > _TOUCHING):
                yield run
                run = []
            elif other_cell:
                run.append(glyph._replace(char=UNREADABLE, right=left))
                counted["touching"] += 1
            elif (em != before.em or base != before.base) and (sign := _between(before, glyph)):
                run.append(glyph._replace(char=sign, left=before.right, right=before.right))
        run.append(glyph)
    if run:
        yield run


def _between(before: Glyph, glyph: Glyph) -> str:
    """What keeps two digits apart of which one stands higher or is larger; empty for all others."""
    if not all(one.char.isdigit() or one.char in ".," for one in (before, glyph)):
        return ""
    em = max(before.em, glyph.em)
    rises = (before.base - glyph.base) / em
    if abs(rises) <= _LEVEL and min(before.em, glyph.em) >= _AS_LARGE * em:
        return ""
    return RAISED if rises > _LEVEL and glyph.em < _AS_LARGE * before.em else LOWERED


def _centre(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.middle


def _wide_apart(glyphs: Sequence[Glyph]) -> float:
    """From which gap on, of the size of the font, two Chinese characters are two words.

    They stand close, unless they were moved apart to fill the line.
    """
    gaps = sorted(
        [
            (glyph.left - before.right) / glyph.em
            for before, glyph in pairwise(glyphs)
            if is_wide(before.char) and is_wide(glyph.char)
        ]
    )
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    return min(max(_APART_CLOSE, 3 * usual), _APART_WIDE)


def _text(run: Sequence[Glyph]) -> str:
    return "".join([glyph.char for glyph in run])


def _word(run: Sequence[Glyph], line: Line) -> Word:
    first = run[0]
    return Word(_text(run), first.left, run[-1].right, first.middle, first.em, line.number)


def laid_out(words: Sequence[Word], column: float) -> str:
    """The words of a line with white space where the page has much, so that they stand as many columns from its left.

    `column` is how many points a column takes; a Chinese character takes two.
    """
    text, width, before = "", 0, None
    for word in words:
        blanks = round(word.left / column) - width
        if before is not None:
            far = word.left - before.right > _FAR * word.em
            blanks = max(_LAYOUT, blanks) if far else 1
        text += " " * blanks + word.text
        width += blanks + columns_of(word.text)
        before = word
    return text


def columns_of(text: str) -> int:
    """How many columns a text takes."""
    return len(text) + sum(map(is_wide, text))


def column_width(glyphs: Iterable[Glyph]) -> float:
    """How many points a column of a page takes: half of what most Chinese characters take."""
    widths = [glyph.right - glyph.left for glyph in glyphs if is_wide(glyph.char)]
    return max(1.0, median(widths) / 2) if widths else 5.0


def by_line(words: Iterable[Word]) -> Iterator[list[Word]]:
    """The words of each line."""
    for _, line in groupby(words, key=lambda word: word.line):
        yield list(line)
