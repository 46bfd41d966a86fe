"""What a report's sentences say, held against its own tables: which cells a number means, and where none agrees."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from gk_pipeline.facts.comparison import Comparison, count, growth, share, spread, whole_of_parts
from gk_pipeline.forms import Cell, Form, FormTable, LawRow
from gk_pipeline.forms.prose import ClaimRule, admissible, in_column
from gk_pipeline.schemas.exact import MICRO

HOLDS, BROKEN, OPEN = "holds", "broken", "not_assessable"
BOTH_YEARS = "the sentence's two years"
_COMPARING = ("change", "growth")
_ENOUGH_DIGITS = 2
"""Digits behind the first that numbers of a whole area share with the table before they are taken to be of it."""
CLAIM_SCOPE = "claim_"
"""What the scope of a narrative law is called: this, then the claim's number."""


class Claim(NamedTuple):
    """A number that a sentence states, numbers in millionths; the columns of tables.claims that a verdict needs."""

    claim: int
    table_code: str
    subject: str
    claim_kind: str
    printed: str
    micro: int
    counter: str
    bound: str
    step: int
    period: str
    part_of: int | None
    limits: str | None
    sentence: str

    @property
    def subjects(self) -> list[str]:
        """The subjects that it counts together, mostly one."""
        return self.subject.split(" + ")


class Figure(NamedTuple):
    """What a table says in a cell, in millionths; `sure` unless the number is missing, disputed or corrected."""

    micro: int | None
    sure: bool


NO_FIGURE = Figure(None, False)
Figures = Mapping[tuple[str, str, str], Figure]
"""The figures of a report by table, item and measure."""


class ClaimVerdict(NamedTuple):
    """A narrative law applied to a claim; the sides are None where it cannot be assessed.

    `matched` names the cells that the claim means where it holds, `against` those it was compared with where it is
    broken, and `parts` are then the parts of a whole. `told` is what the tables or the parts say.
    """

    row: LawRow
    claim: Claim
    verdict: str
    left: int | None = None
    right: int | None = None
    tolerance: int | None = None
    matched: str | None = None
    against: str | None = None
    parts: tuple[Claim, ...] = ()
    told: int = 0

    @property
    def evidence(self) -> str:
        """The sentence of the claim, with those in which the parts stand that it contradicts."""
        return "".join(dict.fromkeys(one.sentence for one in (self.claim, *self.parts)))

    @property
    def difference(self) -> int | None:
        """Left less right."""
        return None if self.left is None or self.right is None else self.left - self.right


@dataclass(frozen=True)
class _Found:
    """The outcome of comparing a claim with what it may mean: the best comparison, and whether all could be made."""

    best: Comparison | None
    complete: bool


def testify(
    claims: Sequence[Claim], tables: Mapping[str, FormTable], figures: Figures, forms: Sequence[Form]
) -> list[ClaimVerdict]:
    """The verdict on every claim of a report's year, parts judged with their whole.

    `tables` are the report's, on the forms it prints them on. A claim holds when some cells it may mean agree with
    it. It is broken only when none do, all of them are certain, nothing in its sentence limits it, nor what it tells
    more of: else it may be about something else. What is said of a whole area (全市) is held to it only where other
    numbers of the sentence are found in the table that hardly agree by chance.
    """
    court = _Court(claims, tables, figures, forms)
    return [court.verdict(claim) for claim in court.judged]


@cache
def _rules(forms: tuple[Form, ...], printed_on: frozenset[str]) -> tuple[dict[str, ClaimRule], frozenset[str]]:
    """The rule of every subject, of a form that the report is printed on if it has it, and the words for an area."""
    known = sorted(forms, key=lambda form: form.code in printed_on)
    rules = {subject: rule for form in known for subject, rule in form.prose.by_subject.items()}
    return rules, frozenset(word for form in forms for word in form.prose.words.area)


class _Court:
    """The claims of one report and what speaks for and against them.

    `_of_the_table` are the claims that are surely about it, right or wrong: nothing limits them, nor what they tell
    more of. `_digits` counts, by sentence, the digits behind the first of the numbers of a whole area found in the
    table.
    """

    def __init__(
        self, claims: Sequence[Claim], tables: Mapping[str, FormTable], figures: Figures, forms: Sequence[Form]
    ) -> None:
        self._by_number = {one.claim: one for one in claims}
        self._parts_of: dict[int | None, list[Claim]] = {}
        self._by_sentence: dict[tuple[str, str], list[Claim]] = {}
        for one in claims:
            if one.claim_kind == "part":
                self._parts_of.setdefault(one.part_of, []).append(one)
            self._by_sentence.setdefault((one.sentence, one.subject), []).append(one)
        self._tables = tables
        self._figures = figures
        self._rules, self._areas = _rules(tuple(forms), frozenset(table.form for table in tables.values()))
        self.judged = [one for one in claims if one.claim_kind != "part" and one.period == "year"]
        self._found = {one.claim: self._look(one) for one in self.judged}
        self._digits: dict[str, int] = {}
        for one in self.judged:
            best = self._found[one.claim].best
            if one.limits in self._areas and best is not None and best.holds:
                self._digits[one.sentence] = self._digits.get(one.sentence, 0) + len(str(one.micro // MICRO)) - 1
        self._of_the_table: set[int | None] = {None}
        for one in self.judged:
            if self.verdict(one).verdict == BROKEN or (self._holds(one) and not self._limited(one)):
                self._of_the_table.add(one.claim)

    def _holds(self, claim: Claim) -> bool:
        best = self._found[claim.claim].best
        return best is not None and best.holds

    def _limited(self, claim: Claim) -> bool:
        """Whether a claim may count something else than the table, by its words or those of what it tells more of."""
        borne_out = claim.limits in self._areas and self._digits.get(claim.sentence, 0) >= _ENOUGH_DIGITS
        return (claim.limits is not None and not borne_out) or claim.part_of not in self._of_the_table

    def verdict(self, claim: Claim) -> ClaimVerdict:
        rule, found, scope = self._rules[claim.subjects[0]], self._found[claim.claim], f"{CLAIM_SCOPE}{claim.claim}"
        best = found.best
        if best is None or (not best.holds and (not found.complete or self._may_mean_another(claim))):
            return ClaimVerdict(rule.row(scope), claim, OPEN)
        sides = (best.left, best.right, best.tolerance)
        if best.holds:
            row = rule.row(scope, best.kind)
            return ClaimVerdict(row, claim, HOLDS, *sides, matched=best.name, told=best.told)
        row = rule.row(scope, best.kind, "note" if best.near else "warning")
        return ClaimVerdict(row, claim, BROKEN, *sides, against=best.name, parts=self._parts(claim), told=best.told)

    def _may_mean_another(self, claim: Claim) -> bool:
        """Whether a claim that agrees with no cell may be about something else than the table."""
        if claim.claim_kind in _COMPARING:
            return False
        rules = [self._rules[subject] for subject in claim.subjects]
        fewer = len(rules) == 1 and self._may_be_fewer(claim, rules[0])
        return self._limited(claim) or fewer or not all(rule.faults for rule in rules)

    def _may_be_fewer(self, claim: Claim, rule: ClaimRule) -> bool:
        """Whether a number lies between the most and the least that a sentence may count of its cells."""
        if not rule.less or claim.claim_kind == "share":
            return bool(rule.less)
        table = self._tables[claim.table_code]
        sums = [self._sum(table, one.cells).micro or 0 for one in admissible(table, rule.cells)]
        less = [self._sum(table, one.cells).micro or 0 for one in admissible(table, rule.less)]
        return sums[0] - sum(less) <= claim.micro <= max(sums)

    def _look(self, claim: Claim) -> _Found:
        """What a claim may mean, compared: the first that agrees, else the nearest of a share, else the likeliest."""
        if claim.claim_kind in _COMPARING:
            made: list[Comparison | None] = [self._changed(claim)]
        elif self._rules[claim.subjects[0]].kind == "parts":
            made = [self._parted(claim)]
        else:
            made = list(self._compared(claim))
        able = [one for one in made if one is not None]
        agreeing = next((one for one in able if one.holds), None)
        near = [one for one in able if one.near]
        nearest = min(near, key=lambda one: abs(one.left - one.right), default=None)
        return _Found(agreeing or nearest or (able[0] if able else None), bool(able) and None not in made)

    def _compared(self, claim: Claim) -> Iterator[Comparison | None]:
        """A count or a share with every sum of cells it may mean; None for one that the tables do not tell for sure."""
        rules = [self._rules[subject] for subject in claim.subjects]
        table = self._tables.get(claim.table_code)
        if table is None:
            yield None
            return
        said = (claim.bound, claim.micro, claim.step, claim.counter)
        for name, part in self._sums(table, rules, self._column(claim)):
            if claim.claim_kind == "count":
                yield self._sure(part, count(*said, part.micro, name))
                continue
            for one in admissible(table, rules[0].wholes):
                whole = self._sum(table, one.cells)
                ratio = share(*said, part.micro, whole.micro, f"{name} / {one.name}")
                yield self._sure(whole, self._sure(part, ratio))

    def _sure(self, figure: Figure, made: Comparison | None) -> Comparison | None:
        """A comparison that may speak against a claim; one with a doubtful figure can only speak for it."""
        return made if made is not None and (figure.sure or made.holds) else None

    def _column(self, claim: Claim) -> ClaimRule | None:
        """The applicant of whose column a claim may tell."""
        of = None if claim.part_of is None else self._by_number.get(claim.part_of)
        rule = None if of is None else self._rules[of.subjects[0]]
        return rule if rule is not None and rule.column else None

    def _sums(
        self, table: FormTable, rules: Sequence[ClaimRule], column: ClaimRule | None
    ) -> Iterator[tuple[str, Figure]]:
        """The sums that subjects may mean, of all applicants or of one; of several together the likeliest of each."""
        if len(rules) == 1:
            of_one = in_column(rules[0].cells, column.cells[0]) if column is not None else ()
            for one in admissible(table, (*rules[0].cells, *of_one)):
                yield one.name, self._sum(table, one.cells)
            return
        likeliest = [admissible(table, rule.cells)[:1] for rule in rules]
        if all(likeliest):
            terms = [one for (one,) in likeliest]
            cells = [cell for one in terms for cell in one.cells]
            yield " + ".join(one.name for one in terms), self._sum(table, cells)

    def _sum(self, table: FormTable, cells: Sequence[Cell]) -> Figure:
        figures = [self._figures.get((table.code, cell.item, cell.measure), NO_FIGURE) for cell in cells]
        micros = [figure.micro for figure in figures]
        known = None if None in micros else sum(micro or 0 for micro in micros)
        return Figure(known, all(figure.sure for figure in figures))

    def _parted(self, claim: Claim) -> Comparison | None:
        """A whole and the sum of its parts; a list that adds up to the whole before its end ends there.

        None where there are no parts, or where they may count the same things twice and do.
        """
        parts = self._parts(claim)
        if not parts:
            return None
        least = [spread(one.bound, one.micro, one.step, one.counter)[0] or 0 for one in parts]
        sums = list(accumulate(least))
        n_parts = sums.index(claim.micro) + 1 if claim.micro in sums else len(parts)
        if claim.limits is not None and sums[n_parts - 1] > claim.micro:
            return None
        name = "claims " + " + ".join(str(one.claim) for one in parts[:n_parts])
        return whole_of_parts(claim.bound, claim.micro, claim.step, claim.counter, sums[n_parts - 1], name)

    def _parts(self, claim: Claim) -> tuple[Claim, ...]:
        return tuple(self._parts_of.get(claim.claim, ()))

    def _changed(self, claim: Claim) -> Comparison | None:
        """What changed, where the sentence gives both years: the other number, or how many more and per cent."""
        now = None if claim.part_of is None else self._by_number.get(claim.part_of)
        if now is None or now.claim_kind != "count" or now.bound != "exact":
            return None
        same = self._by_sentence[claim.sentence, claim.subject]
        before = [one.micro for one in same if one.period == "previous_year" and one.bound == "exact"]
        more = [now.micro - one.micro for one in same if one.claim_kind == "change" and one.bound == "exact"]
        said = (claim.bound, claim.micro, claim.step, claim.counter)
        if claim.claim_kind == "change":
            changed = now.micro - before[0] if len(before) == 1 else None
            return count(*said, changed, BOTH_YEARS)
        bases = before or more
        return growth(*said, now.micro, bases[0], BOTH_YEARS) if len(bases) == 1 else None
