"""Claims: numbers that the sentences of a report state about its tables, each with subject, bound, time and place."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from gk_pipeline.forms import Form
from gk_pipeline.sections.report import OpenReport
from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.compared import change, of_last_year, share
from gk_pipeline.tables.in_turn import in_turn
from gk_pipeline.tables.limits import Whose
from gk_pipeline.tables.nothing import nothings, of_nothing
from gk_pipeline.tables.paragraphs import Paragraph, paragraphs
from gk_pipeline.tables.parts import PartsList
from gk_pipeline.tables.reading import Reading
from gk_pipeline.tables.said import OF_THEM, Said
from gk_pipeline.tables.sentences import Here, Sentence, sentences
from gk_pipeline.tables.stated import SHARE, stated_numbers
from gk_pipeline.tables.subjects import subject_of


def read_claims(opened: OpenReport, whose: Whose, forms: Sequence[Form]) -> list[ReadClaim]:
    """Every number in the prose of a report that a rule of its form knows, in reading order, numbered from 1."""
    printed_on = {place.table.form for place in opened.tables.values()}
    prose = next((form.prose for form in forms if form.code in printed_on and form.prose.rules), None)
    if prose is None:
        return []
    reading = Reading(prose, whose)
    for paragraph in paragraphs(opened, reading.known.telling):
        _read_paragraph(reading, paragraph)
    return reading.claims


def _read_paragraph(reading: Reading, paragraph: Paragraph) -> None:
    """Read the sentences; one that begins with 其中 tells more of the one before."""
    said = Said()
    for sentence in sentences(paragraph):
        if not sentence.text.lstrip().startswith(OF_THEM):
            _end_parts(reading, said)
            said = said.next_sentence()
        first = len(reading.claims)
        _read_sentence(reading, sentence, said)
        _doubt_what_is_said_twice(reading, reading.claims[first:])
    _end_parts(reading, said)


def _read_sentence(reading: Reading, sentence: Sentence, said: Said) -> None:
    """Take every number for what it tells; one that tells nothing stands between others."""
    numbers = [*stated_numbers(sentence.text, reading.known.counters), *nothings(reading.known, sentence.text)]
    numbers.sort(key=lambda one: one.start)
    cursor = n_taken = 0
    while n_taken < len(numbers):
        here = Here(sentence, cursor, numbers[n_taken])
        said.hear(here.stretch)
        n_in_turn = in_turn(reading, here, said, numbers[n_taken:])
        if not n_in_turn:
            _take(reading, here, said)
        n_taken += n_in_turn or 1
        cursor = numbers[n_taken - 1].end


def _take(reading: Reading, here: Here, said: Said) -> None:
    readable = here.stated.bound is not None and here.place is not None
    made = _read(reading, here, said) if readable else []
    if made:
        said.take(made)
    elif here.stated.counter in SHARE:
        said.last = None
    else:
        said.not_understood(here)


def _read(reading: Reading, here: Here, said: Said) -> list[ReadClaim]:
    if not here.stated.counter:
        return of_nothing(reading, here, said)
    if said.parts is not None:
        if name := said.parts.name_of(here, reading.known):
            return _part(reading, here, said.parts, name)
        _end_parts(reading, said)
    if changed := reading.known.change.match(here.clause):
        return change(reading, here, said, changed)
    if here.stated.counter in SHARE:
        return share(reading, here, said)
    return _count(reading, here, said)


def _count(reading: Reading, here: Here, said: Said) -> list[ReadClaim]:
    """A number of things, by the phrase before it or else behind it."""
    told = subject_of(reading.known, here.clause, here, said, lambda rule: here.stated.counter in rule.counters)
    if told is None:
        if reading.known.sums.fullmatch(here.clause):
            _doubt_what_is_summed(reading, here, said)
        return of_last_year(reading, here, said)
    together = [[rule] for rule in told.rules] if told.of_each else [told.rules]
    if told.rules[0].kind == "cells":
        return [claim for rules in together for claim in reading.count(here, said, told, rules)]
    if not told.prefix.endswith("申请"):
        said.parts = PartsList(here, told.rules, told.words)
    return []


def _part(reading: Reading, here: Here, parts: PartsList, name: str) -> list[ReadClaim]:
    """A part, and before the first one the whole."""
    time = reading.time(parts.whole)
    if time.period == "other":
        return []
    if parts.claim is None:
        parts.claim = reading.add(parts.whole, parts.rules, "count", parts.words, None, time.doubt, time.period)
    parts.names.append(name)
    return [reading.add(here, parts.rules, "part", name, parts.claim, None, time.period)]


def _end_parts(reading: Reading, said: Said) -> None:
    """No more parts follow: a whole whose parts may overlap is in doubt."""
    if said.parts is not None and said.parts.claim is not None and said.parts.overlapping:
        reading.limit(said.parts.claim, said.parts.overlapping)
    said.parts = None


def _doubt_what_is_summed(reading: Reading, here: Here, said: Said) -> None:
    """收到30件，水库管理处收到8件，合计38件: each of them may count a part of the sum."""
    for head in said.heads.values():
        if head.micro < here.stated.micro and head.counter == here.stated.counter:
            reading.limit(head, here.clause.strip() + here.printed)


def _doubt_what_is_said_twice(reading: Reading, claims: Iterable[ReadClaim]) -> None:
    """Two numbers of one thing in a sentence count different things: 机关收到30件，所属单位收到8件."""
    of_the_year = [one for one in claims if one.claim_kind == "count" and one.period == "year"]
    of_the_year.sort(key=_what)
    for _, same in groupby(of_the_year, key=_what):
        told = list(same)
        if any((one.limits or "").startswith(OF_THEM) for one in told[1:]):
            continue
        for one in told:
            other = next((two for two in told if two.micro != one.micro), None)
            if other is not None:
                reading.limit(one, other.printed + other.counter)


def _what(claim: ReadClaim) -> tuple[str, int]:
    return claim.subject, claim.part_of or 0
