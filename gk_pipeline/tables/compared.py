"""Numbers of a sentence that compare: shares of a whole, and what changed since the year before."""

import re

from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.reading import Reading
from gk_pipeline.tables.said import Said
from gk_pipeline.tables.sentences import Here
from gk_pipeline.tables.stated import SHARE
from gk_pipeline.tables.subjects import subject_of
from gk_pipeline.tables.vocabulary import before_share

_LAST_YEAR = re.compile(
    r"(?:去年|上一?年|(?P<named>(?:19|20)\d\d) ?年)度?(?:同期)?(?:的|为|是|有|共|收到|受理)*[（(]?$"
)
_COMPARING = ("change", "growth")


def of_last_year(reading: Reading, here: Here, said: Said) -> list[ReadClaim]:
    """The head's number of the year before, told by nothing but the year: 比去年的40件, （2021年为40件）."""
    head, year = said.head, _LAST_YEAR.search(here.stretch)
    if head is None or year is None or (year["named"] and int(year["named"]) + 1 != reading.year):
        return []
    rules = reading.rules_of(head)
    same = here.stated.counter in rules[0].counters
    return [reading.add(here, rules, "count", year[0], head, head.limits, "previous_year")] if same else []


def change(reading: Reading, here: Here, said: Said, changed: re.Match[str]) -> list[ReadClaim]:
    """More or less than the year before, of what the sentence told last; nothing else may be said in its clause."""
    of, counter = said.counted or said.head, here.stated.counter
    compared = reading.known.compared.fullmatch(reading.without_itself(changed["before"]))
    if of is None or of.claim_kind != "count" or compared is None or not _with_last_year(reading, here, said, compared):
        return []
    rules = reading.rules_of(of)
    kind = "growth" if counter in SHARE else "change"
    if kind == "change" and counter not in rules[0].counters:
        return []
    return [reading.add(here, rules, kind, changed["verb"], of, None, of.period, 1 if changed["more"] else -1)]


def _with_last_year(reading: Reading, here: Here, said: Said, compared: re.Match[str]) -> bool:
    """Whether it is compared with the year before: by its own words, else by the number just before."""
    named = compared["named"] or compared["like"]
    if named:
        return int(named) + 1 == reading.year
    if compared[0].strip(" \u3000，,（()）；;数量总共体"):
        return True
    last = said.last
    if last is not None and (last.claim_kind in _COMPARING or last.period == "previous_year"):
        return True
    before = reading.claims[-2] if len(reading.claims) > 1 else None
    two_years = before is not None and last is not None and before.sentence == last.sentence == here.said
    return bool(two_years and before and last and (before.subject, before.period) == (last.subject, "previous_year"))


def share(reading: Reading, here: Here, said: Said) -> list[ReadClaim]:
    """A percentage of a whole: of a rate that has a name, of the phrase before it, or of the number just before."""
    last = said.last
    if not here.clause.strip() and here.stretch.strip() in ("（", "("):
        return share_of(reading, here, last)
    if rate := subject_of(reading.known, here.clause, here, said, lambda rule: here.stated.counter in rule.counters):
        return reading.count(here, said, rate, rate.rules, kind="share")
    shared = before_share(reading.known, here.clause)
    if shared is None:
        return []
    if shared.about and here.stated.bound == "exact":
        here = here.meant("about")
    if not shared.of.strip() and not here.stretch.removesuffix(here.clause).strip(" ，,（("):
        return share_of(reading, here, last)
    told = subject_of(reading.known, shared.of, here, said, lambda rule: bool(rule.wholes))
    return reading.count(here, said, told, told.rules, kind="share") if told else []


def share_of(reading: Reading, here: Here, of: ReadClaim | None) -> list[ReadClaim]:
    """A percentage alone, of a count that was told just before."""
    if of is None or of.claim_kind != "count" or not all(rule.wholes for rule in reading.rules_of(of)):
        return []
    return [reading.add(here, reading.rules_of(of), "share", of.phrase, of, of.limits, of.period)]
