"""What may keep a number of a sentence from being about the whole of the report's table."""

import re
from typing import NamedTuple

from gk_pipeline.forms.prose import ClaimRule
from gk_pipeline.tables.said import OF_THEM, Said
from gk_pipeline.tables.sentences import Here
from gk_pipeline.tables.vocabulary import Vocabulary

SAYS_NOT_OF_WHAT = "says not of what"
"""Of a number without a word of what it is a number of."""
COUNTED_OTHERWISE = "often counted otherwise"
"""Of what sentences and tables mostly count over different bodies."""

_INCLUDING = re.compile(r"[，,]?\s?[（(]?(?:不?含|包括|包含|其中包括|其中含)")
_PART = re.compile(r"其中([^，,；;。]{0,24}?)\d")
_SHORTEST_NAME = 3
"""Letters from which the end of a body's name stands for it: 市政府 for 云岭市人民政府."""


class Whose(NamedTuple):
    """Whose report it is, as in sections.reports; None where it does not say."""

    organization: str | None
    level: str
    scope: str
    stated_year: int | None


class Heard(NamedTuple):
    """A number of some subject with the words of its clause: those before its phrase (`prefix`), the phrase with what
    leads from it to the number (`words`), and what follows the number or the phrase behind it (`after`).
    """

    here: Here
    rule: ClaimRule
    prefix: str
    words: str
    after: str

    @property
    def named(self) -> bool:
        """Whether the clause itself says of what it is a number."""
        tail = re.split(r"[，,；;。（()）]", self.after, maxsplit=1)[0]
        clause = self.prefix + self.words + tail
        return any(word in clause for word in self.rule.objects)


class Speaker:
    """Who speaks in a report, and for whom: 我局 limits nothing; 全市 may, even in the report of a government."""

    def __init__(self, whose: Whose, known: Vocabulary) -> None:
        self._known = known
        self._name = (whose.organization or "").replace("人民", "")
        self._for_itself = whose.scope != "consolidated"

    def limits(self, heard: Heard, said: Said) -> str | None:
        """The words by which a number may count something else than the table; None where there are none."""
        own = self._own_clause(heard)
        if own is not None and not self._known.area.fullmatch(own):
            return own
        beside = (heard.rule.head or heard.rule.apart) and OF_THEM not in heard.here.stretch
        inherited = OF_THEM if said.scope.aside and not beside else _inherited(heard, said)
        reasons = (inherited, _behind(self._known, heard), self._of_another(heard, said), own)
        areas = [reason for reason in reasons if reason is not None and self._known.area.fullmatch(reason)]
        return next((one for one in reasons if one is not None and one not in areas), areas[0] if areas else None)

    def _own_clause(self, heard: Heard) -> str | None:
        """What narrows a number in its own clause, and what was said before it since the last number."""
        stretch = self.without_itself(heard.here.stretch)
        if narrowed := self._known.limiting.search(stretch):
            return narrowed[0]
        clause = self.without_itself(heard.prefix)
        area = self._known.area.search(clause)
        if not self._known.neutral.fullmatch(self._known.area.sub("", clause)):
            return clause.strip(" \u3000，,、：:") or clause
        return area[0] if area else None

    def _of_another(self, heard: Heard, said: Said) -> str | None:
        """What leaves it open of what it is a number: 行政复议12件 behind 收到申请38件; 予以公开100件 about drafts."""
        rule, here = heard.rule, heard.here
        if not rule.objects or heard.named or said.topic == rule.table:
            return None
        if said.head is not None:
            follows = said.head.table_code == rule.table or self._known.causing.search(heard.prefix)
            return None if follows else SAYS_NOT_OF_WHAT
        so_far = here.so_far
        if any(word in so_far for word in rule.objects):
            return None
        earlier = self.without_itself(so_far[: len(so_far) - len(heard.words)] if heard.words in so_far else so_far)
        new = not self._known.neutral.fullmatch(self._known.area.sub("", earlier))
        again = rule.subject in said.earlier
        goes_on = (said.goes_on == rule.table and not again) or any(
            word in here.sentence.topic for word in rule.objects
        )
        return None if goes_on and not new else SAYS_NOT_OF_WHAT

    def without_itself(self, text: str) -> str:
        """A text without the words for the body, unless its tables count others too."""
        if not self._for_itself:
            return text
        short = self._known.own.sub("", text).replace("人民", "")
        names = (self._name[at:] for at in range(len(self._name) - _SHORTEST_NAME + 1))
        name = next((name for name in names if name in short), None)
        return short.replace(name, "") if name else short


def _inherited(heard: Heard, said: Said) -> str | None:
    """The words that narrow what was said before, unless the number names itself what it is of."""
    names_itself = heard.rule.head and heard.named and not heard.words.startswith(heard.rule.objects)
    return None if names_itself else said.scope.narrowed


def _behind(known: Vocabulary, heard: Heard) -> str | None:
    """What follows a number and narrows it: 12件热线; （含上年结转4件）; 受理36件，不予受理2件;
    其中因信息公开引起4件."""
    rule, after = heard.rule, heard.after
    if not known.onward.match(after):
        return re.split(r"[，,；;。（()）]", after, maxsplit=1)[0]
    if including := _INCLUDING.match(after):
        return including[0]
    if not rule.head:
        return None
    if fewer := known.fewer.search(after):
        return fewer[0]
    part = None if heard.named else _PART.search(after)
    return part[0] if part and any(word in part[1] for word in rule.objects) else None
