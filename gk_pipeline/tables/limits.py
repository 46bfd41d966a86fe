"""What may keep a number of a sentence from being about the whole of the report's table."""

import re
from typing import NamedTuple

from gk_pipeline.forms.prose import ClaimRule
from gk_pipeline.tables.vocabulary import Vocabulary

_INCLUDING = re.compile(r"[，,]?\s?[（(]?(?:不?含|包括|包含|其中包括|其中含)")
_SHORTEST_NAME = 3
"""Letters from which the end of a body's name stands for it: 市政府 for 云岭市人民政府."""


class Whose(NamedTuple):
    """Whose report it is, as in sections.reports; None where it does not say."""

    organization: str | None
    level: str
    scope: str
    stated_year: int | None


class Speaker:
    """Who speaks in a report, and for whom: 我局 limits nothing; 全市 may, even in the report of a government."""

    def __init__(self, whose: Whose, known: Vocabulary) -> None:
        self._known = known
        self._name = (whose.organization or "").replace("人民", "")
        self._for_itself = whose.scope != "consolidated"

    def limits(self, rule: ClaimRule, heard: "Heard") -> str | None:
        """The words by which a number may count something else than the table; None where there are none."""
        stretch = self._without_itself(heard.stretch)
        if narrowed := self._known.limiting.search(stretch):
            return narrowed[0]
        clause = self._without_itself(heard.prefix)
        area = self._known.area.search(clause)
        if not self._known.neutral.fullmatch(self._known.area.sub("", clause)):
            return clause.strip(" \u3000，,、：:") or clause
        if doubt := _of_another(rule, heard):
            return doubt
        if rule.head and (fewer := self._known.fewer.search(heard.after)):
            return fewer[0]
        including = _INCLUDING.match(heard.after)
        return including[0] if including else area[0] if area else None

    def _without_itself(self, text: str) -> str:
        """A text without the words for the body, unless its tables count others too."""
        if not self._for_itself:
            return text
        short = self._known.own.sub("", text).replace("人民", "")
        names = (self._name[at:] for at in range(len(self._name) - _SHORTEST_NAME + 1))
        name = next((name for name in names if name in short), None)
        return short.replace(name, "") if name else short


class Heard(NamedTuple):
    """A number with what is said around it.

    `sentence` is its sentence up to it, `stretch` that since the number before, `prefix` the clause before the phrase,
    `words` the phrase with what stands between it and the number, `after` the rest of the sentence. `unread` is a
    number before it that was not understood; `inner` numbers tell more of one that was, and one that `goes_on` stands
    in the sentence after such a one about the same table.
    """

    sentence: str
    stretch: str
    prefix: str
    words: str
    after: str
    unread: str | None
    inner: bool
    goes_on: bool


def _of_another(rule: ClaimRule, heard: Heard) -> str | None:
    """What leaves it open whose number it is: 撤回2件，办理24件; 公文300件，予以公开200件; 不予公开3件 without 申请."""
    named = any(word in heard.words for word in rule.objects)
    if heard.inner:
        return heard.unread if rule.head else None
    if named or not rule.objects:
        return None
    spoken_of = heard.goes_on or any(word in heard.sentence for word in rule.objects)
    return heard.unread or (None if spoken_of else heard.words)
