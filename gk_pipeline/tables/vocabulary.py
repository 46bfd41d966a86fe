"""The phrases of a form's prose as patterns: what stands before a number and says what it counts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from gk_pipeline.forms.prose import ClaimRule, Prose
from gk_pipeline.tables.stated import SHARE

_APART = r"[\s“”\"'：:]"
_MORE = "增加|增长|增多|上升|提高|上涨|多"
_LESS = "减少|下降|降低|下滑|少"


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, longest first, that tries each character once."""
    trie: dict[str, object] = {}
    for word in words:
        node = trie
        for char in word:
            node = node.setdefault(char, {})  # type: ignore[assignment]
        node[""] = {}
    return _branches(trie)


def _branches(node: dict[str, object]) -> str:
    ends = "" in node
    tails = [re.escape(char) + _branches(rest) for char, rest in node.items() if char]  # type: ignore[arg-type]
    if not tails:
        return "" if ends else "(?!)"
    body = f"(?:{'|'.join(tails)})"
    return f"{body}?" if ends else body


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What is looked for in sentences.

    `telling` finds a counter behind a number, `phrase` what is counted, `between` the words from there to the number,
    `joining` a word that adds another phrase, `whole` what stands between 占 and a percentage, `behind` a phrase after
    a number, `change` more or less than the year before. `neutral` is text that limits nothing, `limiting` a word that
    may, `fewer` one after which fewer are counted.
    """

    rules: dict[str, tuple[ClaimRule, ...]]
    rules_behind: dict[str, tuple[ClaimRule, ...]]
    counters: tuple[str, ...]
    telling: re.Pattern[str]
    phrase: re.Pattern[str]
    between: re.Pattern[str]
    joining: re.Pattern[str]
    whole: re.Pattern[str]
    behind: re.Pattern[str]
    change: re.Pattern[str]
    neutral: re.Pattern[str]
    limiting: re.Pattern[str]
    fewer: re.Pattern[str]
    area: re.Pattern[str]
    own: re.Pattern[str]


@cache
def vocabulary(prose: Prose) -> Vocabulary:
    """The patterns of a form's prose."""
    words = prose.words
    rules, behind = _by_phrase(prose.rules, "phrases"), _by_phrase(prose.rules, "behind")
    counters = {counter: None for rule in prose.rules for counter in rule.counters}
    first = {counter[0] for counter in counters}
    own, area = any_of(words.own), any_of(words.area)
    return Vocabulary(
        rules=rules,
        rules_behind=behind,
        counters=(*counters, *words.counters, *SHARE),
        telling=re.compile(rf"[{''.join(sorted(first))}%％](?<=[\d０-９余多〇零一二两三四五六七八九十百千万 ].)"),
        phrase=re.compile(any_of(rules)),
        between=re.compile(rf"(?:{any_of(words.between)}|{_APART})*+"),
        joining=re.compile(any_of(words.joining)),
        whole=re.compile(rf"(?:{any_of(words.whole)}|\s)*+"),
        behind=re.compile(rf"\s?(?:{any_of((*words.between, *words.causing))})*+(?P<phrase>{any_of(behind)})"),
        change=re.compile(rf"(?P<verb>(?P<more>{_MORE})|{_LESS})(?:了|幅度|幅|率|达到|达|为|约|近|\s)*$"),
        neutral=re.compile(
            rf"(?:{any_of(words.neutral)}|(?:19|20)\d\d ?年度?|[（(]?[一二三四五六七八九十\d]+[）)、.．]|\W)*+"
        ),
        limiting=re.compile(any_of(words.limiting)),
        fewer=re.compile(any_of(words.fewer)),
        area=re.compile(area),
        own=re.compile(own),
    )


class Spoken(NamedTuple):
    """Phrases found before a number: where they begin, each of them, and whether the number is said of each (各)."""

    start: int
    phrases: list[str]
    of_each: bool


_NEGATED = "不未没无非予"
"""Before a phrase that these turn into its opposite."""


def spoken(known: Vocabulary, clause: str) -> Spoken | None:
    """The first phrase of a clause from which nothing but other words between and joined phrases lead to its end."""
    for match in known.phrase.finditer(clause):
        if match.start() and clause[match.start() - 1] in _NEGATED:
            continue
        phrases, end = [match[0]], _after(known.between, clause, match.end())
        while end < len(clause):
            joined = known.joining.match(clause, end)
            other = known.phrase.match(clause, _after(known.between, clause, joined.end())) if joined else None
            if other is None:
                break
            phrases.append(other[0])
            end = _after(known.between, clause, other.end())
        else:
            return Spoken(match.start(), phrases, clause.endswith("各"))
    return None


def _after(words: re.Pattern[str], text: str, start: int) -> int:
    """Where some words end that may stand in a text from there on."""
    match = words.match(text, start)
    return match.end() if match else start


def before_share(known: Vocabulary, clause: str) -> str | None:
    """What a clause says before 占, with nothing but words for the whole behind it; None where it does not."""
    at = clause.rfind("占")
    if at < 0 or not known.whole.fullmatch(clause, at + 1):
        return None
    return clause[:at].rstrip("约")


def _by_phrase(rules: Iterable[ClaimRule], which: str) -> dict[str, tuple[ClaimRule, ...]]:
    found: dict[str, tuple[ClaimRule, ...]] = {}
    for rule in rules:
        for phrase in getattr(rule, which):
            found[phrase] = (*found.get(phrase, ()), rule)
    return found
