"""Which time a sentence speaks of where a number stands: the report's year, the one before, or another."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

Period = Literal["year", "previous_year", "other"]
"""The year of the report, the year before it, or any other time."""

_HAN_YEAR = str.maketrans("〇零一二三四五六七八九", "00123456789")
_COMPARED = "比较与同跟和"
"""Before a year that a number is only compared with."""
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")
_TIME = re.compile(
    r"(?P<whole_year>(?:19|20)\d\d) ?年 ?1 ?月 ?1 ?日起?[至到—\-－~～]+(?:(?:19|20)\d\d ?年)? ?12 ?月 ?31 ?日"
    r"|"
    r"(?P<year>(?:19|20)\d\d|二[〇零]?[〇零一二三四五六七八九]{2,3}) ?年"
    r"(?P<rest> ?(?:度|12 ?月 ?(?:31 ?日|底|末)|底|末|[上下]半年|第?[一二三四1-4]季度|\d{1,2} ?月))?"
    r"|(?P<this>今年|本年|一年来|报告期)"
    r"|(?P<same>全年|年内|当年)"
    r"|(?P<last>去年|(?<!结转)上一?年(?!度?(?:结转|转入)))(?:度|同期|底)?"
    r"|(?P<year_end>12 ?月 ?(?:31 ?日|底|末)|年底|年末)"
    r"|(?P<until>截[至止])"
    r"|(?P<summed>累计)"
    r"|(?P<other>前年|历年|往年|同期|近[\d一二三四五六七八九十两几]+年|年来|以来|至今|目前|此前"
    r"|[上下]半年|季度|\d{1,2} ?月|十[二三四五]五”?期间)"
)
_MAY_BE_ONE = re.compile(
    "19|20|二〇|二零|二十|今年|本年|全年|年内|年底|年末|年来|当年|一年来|报告期|去年|上年|上一年|上半年|下半年|截至|截止|累计"
    "|前年|历年|往年|同期|近|以来|至今|目前|此前|季度|1|2|3|4|5|6|7|8|9|十"
)
"""How a time may begin: literal words, so that the rest of a text is passed over quickly."""


_MOST_MARKS = 32
"""Times before a number that are looked at; a sentence has a few."""


class Mark(NamedTuple):
    """A time that a sentence names: where, what kind of, its words, and for a year what goes with it.

    One in brackets counts until they close, at `end`.
    """

    start: int
    end: int | None
    kind: str
    word: str
    year: str
    rest: str


class Told(NamedTuple):
    """The time of which a sentence speaks, and the words that leave it in doubt; `said` where it says one."""

    period: Period
    doubt: str | None
    said: bool


NOTHING_SAID = Told("year", None, False)


def time_marks(sentence: str) -> list[Mark]:
    """The times that a sentence names, but those it only compares with."""
    marks, end = [], 0
    asides = [match.span() for match in _ASIDE.finditer(sentence)]
    for may_be in _MAY_BE_ONE.finditer(sentence):
        start = may_be.start()
        match = _TIME.match(sentence, start) if start >= end else None
        if match is not None:
            end = match.end()
            if not start or sentence[start - 1] not in _COMPARED:
                year = match["year"] or match["whole_year"] or ""
                kind = "year" if year else str(match.lastgroup)
                aside = bisect_left(asides, (start,)) - 1
                closes = asides[aside][1] if aside >= 0 and asides[aside][1] > start else None
                marks.append(Mark(start, closes, kind, match[0], year, match["rest"] or ""))
    return marks


def told_at(marks: Sequence[Mark], position: int, year: int | None, before: Told = NOTHING_SAID) -> Told:
    """The time of which a sentence speaks at a position; `before` is what the sentences before it spoke of.

    `year` is the report's; where it is None, any year that is named may be it.
    """
    period: Period = "year"
    doubt = f"{before.period} before" if before.period != "year" else before.doubt
    until, said, of_a_year = None, False, False
    before_it = bisect_left(marks, position, key=attrgetter("start"))
    for mark in marks[max(0, before_it - _MOST_MARKS) : before_it]:
        if mark.end is not None and mark.end <= position:
            continue
        if mark.kind == "until":
            until = mark.word
        elif mark.kind == "this" or (mark.kind == "same" and not of_a_year):  # 2020年全年 is 2020
            period, doubt, until, said = "year", None, None, True
        elif mark.kind == "year":
            period, doubt = _of_year(mark, year)
            said = of_a_year = True
        elif mark.kind == "last":
            period, doubt = "previous_year", None
            said = of_a_year = True
        elif mark.kind == "other" or (mark.kind == "summed" and not said):
            period, doubt, said = "other", mark.word, True
    return Told(period, until or doubt, said)


def _of_year(mark: Mark, year: int | None) -> tuple[Period, str | None]:
    digits = mark.year.translate(_HAN_YEAR)
    named = int(digits if len(digits) == 4 else f"20{digits[-2:]}")
    part_of_it = mark.rest.endswith(("半年", "季度", "月"))
    if part_of_it:
        return "other", mark.word
    if year is None or named == year:
        return "year", mark.word if year is None else None
    return ("previous_year" if named == year - 1 else "other"), None
