"""Numbers told in turn: 予以公开、部分公开分别为11件、5件; 自然人31件、商业企业4件，占比分别为81.6%、10.5%."""

import re
from collections.abc import Sequence
from itertools import pairwise

from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.compared import share_of
from gk_pipeline.tables.reading import Reading
from gk_pipeline.tables.said import Said
from gk_pipeline.tables.sentences import Here
from gk_pipeline.tables.stated import SHARE, Stated
from gk_pipeline.tables.subjects import Subject, subject_of

_IN_TURN = ("分别", "依次")
_ENDS = re.compile(r"(?:的|件数|数量|所?占比?例?)*(?:分别|依次)(?:占比?|共|各)?(?:为|是|有|达)?$")
_LIST = re.compile(r"[、和及与\s]*")
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?年?度?[、，,和及与至到—\-]+(?:19|20)\d\d)+ ?年度?|近[\d一二三四五两几]+年")
_YEAR = re.compile(r"(?:19|20)\d\d")


def in_turn(reading: Reading, here: Here, said: Said, numbers: Sequence[Stated]) -> int:
    """How many of the numbers from here on are told in turn, and were taken; 0 where it is one like others."""
    if not any(word in here.stretch for word in _IN_TURN):
        return 0
    listed = [here]
    for before, one in pairwise(numbers):
        if one.counter != here.stated.counter or not _LIST.fullmatch(here.sentence.text, before.end, one.start):
            break
        listed.append(Here(here.sentence, before.end, one))
    ends = _ENDS.search(here.clause)
    years = _YEARS.search(here.stretch)
    if years:
        made = _of_each_year(reading, said, listed, years[0])
    elif ends:
        made = _each(reading, said, listed, here.clause[: ends.start()])
    else:
        return 0
    if made:
        said.take(made)
    else:
        said.not_understood(here)
    return len(listed)


def _of_each_year(reading: Reading, said: Said, listed: Sequence[Here], years: str) -> list[ReadClaim]:
    """The number of the report's year, where there is one for each year that is named:
    2021年、2022年分别收到20件、38件."""
    here, named = listed[0], _YEAR.findall(years)
    if str(reading.year) not in named or len(named) != len(listed):
        return []
    mine = listed[named.index(str(reading.year))]
    clause = here.stretch.replace(years, "").replace(_IN_TURN[0], "")
    told = subject_of(reading.known, clause, here, said, lambda rule: here.stated.counter in rule.counters)
    return reading.count(mine, said, told, told.rules, first=here) if told and mine.place is not None else []


def _each(reading: Reading, said: Said, listed: Sequence[Here], clause: str) -> list[ReadClaim]:
    """A claim for each number, of the phrases of a clause or else of the counts just before; none where they differ."""
    here = listed[0]
    if any(one.stated.bound is None or one.place is None for one in listed):
        return []
    of_share = here.stated.counter in SHARE
    told = subject_of(
        reading.known,
        clause,
        here,
        said,
        lambda rule: bool(rule.wholes) if of_share else here.stated.counter in rule.counters,
    )
    if told is None:
        of = said.lately[-len(listed) :] if of_share and len(said.lately) >= len(listed) else []
        return [claim for one, count in zip(listed, of, strict=False) for claim in share_of(reading, one, count)]
    if len(told.rules) != len(listed):
        return []
    made: list[ReadClaim] = []
    scope = said.scope
    for one, rule in zip(listed, told.rules, strict=True):
        each = Subject([rule], told.prefix, told.words, here.after, told.of, of_each=False)
        made += reading.count(one, said, each, [rule], kind="share" if of_share else "count", first=here)
        if not rule.head:
            said.scope = scope
    return made
