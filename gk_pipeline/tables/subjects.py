"""What a number counts: the rules that the phrases of its clause mean where it stands."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from gk_pipeline.forms.prose import ClaimRule
from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.said import Said
from gk_pipeline.tables.sentences import Here
from gk_pipeline.tables.vocabulary import Vocabulary, spoken


class Subject(NamedTuple):
    """What a clause counts: the rules, the words before their phrase, the phrase with what leads to the number, what
    follows, the claim that it tells more of, and whether the number is said of each rule (各).
    """

    rules: list[ClaimRule]
    prefix: str
    words: str
    after: str
    of: ReadClaim | None
    of_each: bool


def subject_of(
    known: Vocabulary, clause: str, here: Here, said: Said, fits: Callable[[ClaimRule], bool]
) -> Subject | None:
    """What the phrase of a clause before a number means, else one behind it; None where neither means anything."""
    if told := spoken(known, clause):
        listed, prefix = [known.rules[phrase] for phrase in told.phrases], clause[: told.start]
        words, after, of_each = clause[told.start :], here.after, told.of_each
    elif behind := known.behind.match(here.after):
        listed, prefix = [known.rules_behind[behind["phrase"]]], clause
        words, after, of_each = behind[0], here.after[behind.end() :], False
    else:
        return None
    heads = _heads_in(known, prefix)
    rules, of = _meant([[rule for rule in rules if fits(rule)] for rules in listed], set(heads.values()), here, said)
    if not rules:
        return None
    if rules[0].within:
        for phrase in heads:
            prefix = prefix.replace(phrase, "")
    return Subject(rules, prefix, words, after, of, of_each)


def _one_thing(rules: list[ClaimRule]) -> list[ClaimRule]:
    """Of rules that may mean the same cells, the one that may mean most: 收到和处理 is one number, not a sum of two."""
    if not set.intersection(*(set(rule.cells) for rule in rules)):
        return rules
    return [max(rules, key=lambda rule: len(rule.cells))]


def _heads_in(known: Vocabulary, prefix: str) -> dict[str, str]:
    """The subjects that a clause names before its phrase (行政复议维持1件), by the phrase."""
    found = [(match[0], rule.subject) for match in known.phrase.finditer(prefix) for rule in known.rules[match[0]]]
    return {phrase: subject for phrase, subject in found if subject in known.heads}


def _meant(
    listed: Sequence[Sequence[ClaimRule]], named: set[str], here: Here, said: Said
) -> tuple[list[ClaimRule], ReadClaim | None]:
    """The rules that some phrases mean here, each once, and the claim that they tell more of.

    Of several that share a phrase, one of the subject that the clause names goes first, then one of what the sentence
    speaks of. There is none where a phrase means nothing.
    """
    chosen: list[ClaimRule | None] = []
    of = said.head
    around = here.before + here.tail
    for rules in listed:
        fitting = [rule for rule in rules if not rule.context or any(one in around for one in rule.context)]
        inner = [rule for rule in fitting if rule.within]
        told = [rule for rule in inner if named.intersection(rule.within)]
        if told and len(inner) > 1:
            of = next((said.heads[one] for one in told[0].within if one in named and one in said.heads), None)
            chosen.append(told[0] if of is not None else None)
            continue
        inside = next((rule for rule in inner if said.head is not None and said.head.subject in rule.within), None)
        chosen.append(inside or next((rule for rule in fitting if not rule.within), None))
    rules = [rule for rule in dict.fromkeys(chosen) if rule is not None]
    if None in chosen or not rules:
        return [], None
    rules = _one_thing(rules)
    if rules[0].head or rules[0].apart:
        return rules, None
    return rules, of if rules[0].within else said.scope.column or of
