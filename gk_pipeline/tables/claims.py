"""Claims: numbers that the sentences of a report state about its tables, each with subject, bound, time and place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gk_pipeline.forms import Form
from gk_pipeline.forms.prose import ClaimRule, Prose
from gk_pipeline.sections.report import OpenReport
from gk_pipeline.tables.limits import Heard, Speaker, Whose
from gk_pipeline.tables.paragraphs import Paragraph, paragraphs
from gk_pipeline.tables.periods import Told
from gk_pipeline.tables.sentences import Here, sentences
from gk_pipeline.tables.stated import SHARE, stated_numbers
from gk_pipeline.tables.vocabulary import before_share, spoken, vocabulary

AND = " + "
"""Between the subjects of a number that is said of several together."""


class ReadClaim(NamedTuple):
    """A number of a sentence: the columns of tables.claims after the report's id, with numbers in millionths."""

    claim: int
    table_code: str
    subject: str
    claim_kind: str
    phrase: str
    printed: str
    micro: int
    counter: str
    bound: str
    step: int
    period: str
    part_of: int | None
    limits: str | None
    sentence: str
    block: int | None
    page: int | None
    line: int | None
    grid_row: int | None
    grid_column: int | None
    char_start: int | None
    char_end: int | None


_ASIDE_ENDS = re.compile(r"[；;）)]")
_COMPARED = re.compile(r"同比|环比|相比|[比较与同](?:去年|上一?年|前年|(?:19|20)\d\d ?年)|[上去]年同期")
_WITHIN = re.compile("(?<!其)中(?![心央国共医学小])")
_BRACKET_ENDS = re.compile("[)）]")
_LAST_YEAR = re.compile(r"(?:去年|上一?年|(?P<named>(?:19|20)\d\d) ?年)度?(?:同期)?(?:的|为|是|有)?$")
_OF_THEM = "其中"


class _Whole(NamedTuple):
    """A number whose parts may follow."""

    here: Here
    rules: list[ClaimRule]
    words: str


@dataclass(slots=True)
class _Said:
    """What the numbers of a sentence said so far.

    `head` is the subject of which it tells more, `last` the number just before, `unread` that if it was not understood,
    `whole` the one whose parts may be listed, `listed` that whole once they are. After 其中 behind another number than
    the head, the next are `aside`. `goes_on` is the table of which the sentence before spoke, until
    a number is about something else.
    """

    head: ReadClaim | None = None
    last: ReadClaim | None = None
    whole: _Whole | None = None
    listed: ReadClaim | None = None
    aside: bool = False
    unread: str | None = None
    goes_on: str | None = None


def read_claims(opened: OpenReport, whose: Whose, forms: Sequence[Form]) -> list[ReadClaim]:
    """Every number in the prose of a report that a rule of its form knows, in reading order, numbered from 1."""
    printed_on = {place.table.form for place in opened.tables.values()}
    prose = next((form.prose for form in forms if form.code in printed_on and form.prose.rules), None)
    if prose is None:
        return []
    reader = _Reader(prose, whose)
    for paragraph in paragraphs(opened, reader.known.telling):
        reader.read(paragraph)
    return reader.claims


class _Reader:
    """Reads the paragraphs of one report, one after the other."""

    def __init__(self, prose: Prose, whose: Whose) -> None:
        self.known = vocabulary(prose)
        self.claims: list[ReadClaim] = []
        self._rules = prose.by_subject
        self._year = whose.stated_year
        self._speaker = Speaker(whose, self.known)

    def read(self, paragraph: Paragraph) -> None:
        said = _Said()
        for sentence in sentences(paragraph):
            if not sentence.text.lstrip().startswith(_OF_THEM):
                said = _Said(goes_on=said.head.table_code if said.head and said.head.limits is None else None)
            cursor = 0
            for stated in stated_numbers(sentence.text, self.known.counters):
                self._take(Here(sentence, cursor, stated), said)
                cursor = stated.end

    def _take(self, here: Here, said: _Said) -> None:
        """Take a number for what it tells; one that tells nothing ends a list and stands between others."""
        if _ASIDE_ENDS.search(here.stretch):
            said.aside = False
        if _OF_THEM in here.stretch and said.last is not said.head:
            said.aside = True
        made = self._read(here, said) if here.stated.bound is not None and here.place is not None else []
        said.last = made[-1] if made else None
        if not made or made[-1].limits is not None:
            said.goes_on = None
        understood = said.whole is not None or (made and all(rule.faults for rule in self._rules_of(made[-1])))
        said.unread = None if understood else here.stretch.strip(" ，,、（(") + here.printed

    def _read(self, here: Here, said: _Said) -> list[ReadClaim]:
        whole, said.whole = said.whole, None
        if whole is not None and self._is_part(here, whole, said):
            return self._part(here, whole, said)
        said.listed = None
        if changed := self.known.change.search(here.clause):
            return self._change(here, said, changed)
        return self._share(here, said) if here.stated.counter in SHARE else self._count(here, said)

    def _count(self, here: Here, said: _Said) -> list[ReadClaim]:
        """A number of things, by the phrase before it or else behind it."""
        said_before = spoken(self.known, here.clause)
        if said_before is not None:
            rules = self._meant([self.known.rules[phrase] for phrase in said_before.phrases], here, said)
            words, prefix, after = here.clause[said_before.start :], here.clause[: said_before.start], here.after
        elif behind := self.known.behind.match(here.after):
            rules = self._meant([self.known.rules_behind[behind["phrase"]]], here, said)
            words, prefix, after = behind[0], here.clause, here.after[behind.end() :]
        else:
            return self._of_last_year(here, said)
        each = said_before is not None and said_before.of_each
        together = [[rule] for rule in rules] if each else [rules] if rules else []
        return [claim for one in together for claim in self._counted(one, here, said, words, prefix, after)]

    def _of_last_year(self, here: Here, said: _Said) -> list[ReadClaim]:
        """The head's number of the year before, told by nothing but the year: 比去年的40件, （2021年为40件）."""
        head, year = said.head, _LAST_YEAR.search(here.clause)
        if head is None or year is None or (year["named"] and int(year["named"]) + 1 != self._year):
            return []
        rules = self._rules_of(head)
        same = here.stated.counter in rules[0].counters
        return [self._claim(here, rules, "count", year[0], head, head.limits, "previous_year")] if same else []

    def _counted(
        self, rules: list[ClaimRule], here: Here, said: _Said, words: str, prefix: str, after: str
    ) -> list[ReadClaim]:
        rule = rules[0]
        if rule.kind == "parts":
            said.whole = _Whole(here, rules, words)
            return []
        time = self._time(here)
        if time.period == "other":
            return []
        if rule.head and _OF_THEM not in here.stretch:
            said.aside = False
        limits = self._limits(rule, time, here, said, prefix, words, after)
        claim = self._claim(here, rules, "count", words, said.head, limits, time.period)
        if rule.head and time.period == "year":
            said.head, said.aside = claim, False
        return [claim]

    def _share(self, here: Here, said: _Said) -> list[ReadClaim]:
        """A percentage of a whole, of the phrase before it or else of the number just before."""
        shared = before_share(self.known, here.clause)
        if shared is None:
            return []
        of = said.last
        if of is not None and not here.stretch.removesuffix(here.clause).strip(" ，,") and not shared.strip():
            rules = self._rules_of(of)
            if of.claim_kind == "count" and all(rule.wholes for rule in rules):
                return [self._claim(here, rules, "share", of.phrase, of, of.limits, of.period)]
            return []
        told = spoken(self.known, shared)
        if told is None:
            return []
        listed = [[rule for rule in self.known.rules[phrase] if rule.wholes] for phrase in told.phrases]
        rules = self._meant(listed, here, said, counted=False)
        time = self._time(here)
        if not rules or time.period == "other":
            return []
        prefix, words = shared[: told.start], here.clause[told.start :]
        limits = self._limits(rules[0], time, here, said, prefix, words, here.after)
        return [self._claim(here, rules, "share", words, said.head, limits, time.period)]

    def _change(self, here: Here, said: _Said, changed: re.Match[str]) -> list[ReadClaim]:
        """More or less than the year before, of what the sentence told last: or, behind a number that tells more of its
        head, of the head.
        """
        of, counter = said.last or said.head, here.stated.counter
        if of is None or "分别" in here.stretch or not _COMPARED.search(here.so_far):
            return []
        rules = self._rules_of(of)
        kind = "growth" if counter in SHARE else "change"
        if kind == "change" and counter not in rules[0].counters:
            return []
        sign = 1 if changed["more"] else -1
        counts = (one for one in self.claims[of.claim - 1 :: -1] if one.claim_kind == "count" and one.period == "year")
        now = next(counts, None)
        if now is None:
            return []
        limits = now.limits or (None if now is said.head else now.phrase)
        return [self._claim(here, rules, kind, changed["verb"], now, limits, now.period, sign)]

    def _is_part(self, here: Here, whole: _Whole, said: _Said) -> bool:
        """Whether a number stands in the list of parts that follows a whole."""
        rule = whole.rules[0]
        begins = _OF_THEM in here.stretch
        ends = _ASIDE_ENDS.search(here.stretch) or any(word in here.clause for word in rule.ends)
        within_another = _WITHIN.search(here.clause)
        listed = begins == (said.listed is None) and not ends and not within_another
        return listed and here.stated.counter in rule.counters

    def _part(self, here: Here, whole: _Whole, said: _Said) -> list[ReadClaim]:
        """A part, and before the first one the whole."""
        time = self._time(whole.here)
        if time.period == "other":
            return []
        if said.listed is None:
            said.listed = self._claim(whole.here, whole.rules, "count", whole.words, None, time.doubt, time.period)
        said.whole = whole
        words = here.clause.replace(_OF_THEM, "").strip(" ：:、")
        shared = next((word for word in whole.rules[0].overlapping if word in words), None)
        return [self._claim(here, whole.rules, "part", words, said.listed, shared, time.period)]

    def _meant(
        self, listed: Sequence[Sequence[ClaimRule]], here: Here, said: _Said, *, counted: bool = True
    ) -> list[ClaimRule]:
        """The rules that some phrases mean here, each once; none where one of them means nothing.

        Of several that share a phrase, one of what the sentence speaks of goes first.
        """
        subject = said.head.subject if said.head else None
        chosen = []
        for rules in listed:
            fitting = [rule for rule in rules if not counted or here.stated.counter in rule.counters]
            fitting = [rule for rule in fitting if not rule.context or any(one in here.before for one in rule.context)]
            inner = next((rule for rule in fitting if subject in rule.within), None)
            chosen.append(inner or next((rule for rule in fitting if not rule.within), None))
        rules = [rule for rule in dict.fromkeys(chosen) if rule is not None]
        return rules if len(rules) and None not in chosen else []

    def _rules_of(self, claim: ReadClaim) -> list[ClaimRule]:
        return [self._rules[subject] for subject in claim.subject.split(AND)]

    def _time(self, here: Here) -> Told:
        return here.sentence.time_at(here.stated.start, self._year)

    def _limits(
        self, rule: ClaimRule, time: Told, here: Here, said: _Said, prefix: str, words: str, after: str
    ) -> str | None:
        """What in the sentence keeps a number from being surely about the table."""
        unread = None if _BRACKET_ENDS.search(here.stretch) else said.unread
        about = (unread, said.head is not None, said.goes_on == rule.table)
        heard = Heard(here.so_far, here.stretch, prefix, words, after, *about)
        return time.doubt or (_OF_THEM if said.aside else None) or self._speaker.limits(rule, heard)

    def _claim(
        self,
        here: Here,
        rules: Sequence[ClaimRule],
        kind: str,
        phrase: str,
        of: ReadClaim | None,
        limits: str | None,
        period: str,
        sign: int = 1,
    ) -> ReadClaim:
        """The next claim of the report."""
        stated, offset = here.stated, here.sentence.offset
        printed = here.sentence.paragraph.printed
        said = printed[offset + stated.printed_start : offset + stated.printed_end]
        subject = AND.join(rule.subject for rule in rules)
        what = (len(self.claims) + 1, rules[0].table, subject, kind, phrase.strip(), said, sign * stated.micro)
        how = (stated.counter, stated.bound or "exact", stated.step, period, of and of.claim, limits, here.said)
        claim = ReadClaim(*what, *how, *(here.place or ()))
        self.claims.append(claim)
        return claim
