"""What the numbers of a sentence said so far, and what a number that follows inherits of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.parts import PartsList
from gk_pipeline.tables.sentences import Here

OF_THEM = "其中"
_OPENS, _CLOSES = re.compile(r"[（(]"), re.compile(r"[）)]")
_ENDS = re.compile(r"[；;）)]")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the numbers that follow are said of.

    `narrowed` are the words that keep them from being surely about the whole of the table: those of the last head, or a
    number that was not understood. `column` is the applicant that was named last. Behind 其中 after another number than
    the head, they are `aside`.
    """

    narrowed: str | None = None
    column: ReadClaim | None = None
    aside: bool = False


@dataclass(slots=True)
class Said:
    """The state of a sentence.

    `head` is the subject of which its numbers tell more, `heads` the last of each; `last` is the number just before
    and `counted` the last count, `topic` the table of the last that nothing limits. `lately` are the counts since
    something else was told, `goes_on` the table of which the sentences before spoke and `earlier` their heads.
    `parts` is a whole whose parts may follow. Brackets have a scope of their own.
    """

    head: ReadClaim | None = None
    heads: dict[str, ReadClaim] = field(default_factory=dict)
    last: ReadClaim | None = None
    counted: ReadClaim | None = None
    topic: str | None = None
    lately: list[ReadClaim] = field(default_factory=list)
    scope: Scope = Scope()
    parts: PartsList | None = None
    goes_on: str | None = None
    earlier: frozenset[str] = frozenset()
    _outside: list[Scope] = field(default_factory=list)

    def next_sentence(self) -> "Said":
        """What a sentence knows that does not begin with 其中: of what the one before spoke, if all was understood."""
        if self.goes_on is None or self.scope.narrowed is not None:
            return Said()
        return Said(goes_on=self.goes_on, earlier=self.earlier.union(self.heads))

    def hear(self, stretch: str) -> None:
        """Take note of the words between two numbers."""
        for _ in _CLOSES.findall(stretch):
            if self._outside:
                self.scope = self._outside.pop()
        for _ in _OPENS.findall(stretch):
            self._outside.append(self.scope)
        if _ENDS.search(stretch):
            self.scope = replace(self.scope, aside=False)
        if OF_THEM in stretch and self.counted is not self.head:
            self.scope = replace(self.scope, aside=True)

    def take(self, made: Sequence[ReadClaim]) -> None:
        """Take note of what a number told."""
        self.last = made[-1]
        if self.last.limits is None:
            self.topic = self.last.table_code
        if self.last.claim_kind == "count" and self.last.period == "year":
            self.counted = self.last
            self.lately.append(self.last)

    def take_head(self, claim: ReadClaim) -> None:
        """What follows tells more of this one."""
        self.head = self.heads[claim.subject] = claim
        self.scope = Scope(claim.limits)
        self.goes_on = claim.table_code if claim.limits is None else None

    def take_column(self, claim: ReadClaim) -> None:
        """What follows may tell of this applicant alone."""
        self.scope = replace(self.scope, column=claim)

    def not_understood(self, here: Here) -> None:
        """A number that tells nothing stands between others: what follows may be said of it."""
        self.last, self.topic, self.lately = None, None, []
        self.scope = Scope(here.stretch.strip(" ，,、（()）；;") + here.printed)
