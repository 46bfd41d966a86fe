"""The claims of one report as they are read, and what the reading of each needs."""

from collections.abc import Sequence

from gk_pipeline.forms.prose import ClaimRule, Prose
from gk_pipeline.tables.claim import AND, ReadClaim
from gk_pipeline.tables.limits import COUNTED_OTHERWISE, Heard, Speaker, Whose
from gk_pipeline.tables.periods import Told
from gk_pipeline.tables.said import OF_THEM, Said
from gk_pipeline.tables.sentences import Here
from gk_pipeline.tables.subjects import Subject
from gk_pipeline.tables.vocabulary import vocabulary


class Reading:
    """What is known of a report and its prose, and the claims read so far."""

    def __init__(self, prose: Prose, whose: Whose) -> None:
        self.known = vocabulary(prose)
        self.claims: list[ReadClaim] = []
        self.year = whose.stated_year
        self._speaker = Speaker(whose, self.known)
        self._rules = prose.by_subject

    def without_itself(self, text: str) -> str:
        """A text without the words for the body itself."""
        return self._speaker.without_itself(text)

    def rules_of(self, claim: ReadClaim) -> list[ClaimRule]:
        """The rules of a claim's subjects."""
        return [self._rules[subject] for subject in claim.subjects]

    def time(self, here: Here) -> Told:
        """The time of which a sentence speaks where a number stands."""
        return here.sentence.time_at(here.stated.start, self.year)

    def add(
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
        stated = here.stated
        subject = AND.join(rule.subject for rule in rules)
        what = (len(self.claims) + 1, rules[0].table, subject, kind, phrase.strip(), here.printed_there)
        how = (sign * stated.micro, stated.counter, stated.bound or "exact", stated.step, period, of and of.claim)
        claim = ReadClaim(*what, *how, limits, here.said, *(here.place or ()))
        self.claims.append(claim)
        return claim

    def count(
        self,
        here: Here,
        said: Said,
        told: Subject,
        rules: list[ClaimRule],
        kind: str = "count",
        first: Here | None = None,
    ) -> list[ReadClaim]:
        """A number of a subject, or its share of a whole; `first` is that whose words it shares in a list."""
        rule, time = rules[0], self.time(here)
        if time.period == "other":
            return []
        limits = time.doubt or self._speaker.limits(
            Heard(first or here, rule, told.prefix, told.words, told.after), said
        )
        if not all(one.faults for one in rules):
            limits = limits or COUNTED_OTHERWISE
        claim = self.add(here, rules, kind, told.words, told.of, limits, time.period)
        if said.scope.aside and said.counted is not None and not rule.column:
            self.limit(said.counted, OF_THEM + told.words + here.printed)
        if kind == "count" and time.period == "year":
            if rule.head:
                said.take_head(claim)
            elif rule.column:
                said.take_column(claim)
        return [claim]

    def limit(self, claim: ReadClaim, words: str) -> None:
        """Keep the words that narrow a claim, found after it was read."""
        at = claim.claim - 1
        self.claims[at] = self.claims[at]._replace(limits=self.claims[at].limits or words)
