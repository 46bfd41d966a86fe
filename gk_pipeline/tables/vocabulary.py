"""The phrases of a form's prose as patterns: what stands before a number and says what it counts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from gk_pipeline.forms.prose import ClaimRule, Prose
from gk_pipeline.tables.stated import SHARE

_APART = r"[\s“”\"'：:]"
_MORE = "增加|增长|增多|上升|提高|上涨|多|增幅|增长率|增速"
_LESS = "减少|下降|降低|下滑|少|降幅"
_YEAR = r"(?P<named>(?:19|20)\d\d) ?年度?"
_LAST_YEAR = rf"(?:去年|上一?年度?|{_YEAR})(?:同期|全年)?"
_END_OF_CLAUSE = r"(?=[\s，,；;。（()）！!]|$)"


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

    `telling` finds a counter behind a number or a word for no, `phrase` what is counted, `between` the words from
    there to the number, `joining` a word that adds another phrase, `whole` what stands between 占 and a percentage,
    `behind` a phrase after a number, `nothing` that there was none of something. `change` is more or less than the
    year before with what stands before it in its clause, `compared` that where it is nothing but the year before.
    `neutral` is text that limits nothing, `limiting` a word that may, `fewer` one after which fewer are counted,
    `sums` that a number is a sum, `onward` what may follow a number, `part` what may stand around the noun of a part,
    `functions` a word that no noun has.
    """

    heads: frozenset[str]
    rules: dict[str, tuple[ClaimRule, ...]]
    rules_behind: dict[str, tuple[ClaimRule, ...]]
    rules_of_none: dict[str, tuple[ClaimRule, ...]]
    counters: tuple[str, ...]
    telling: re.Pattern[str]
    phrase: re.Pattern[str]
    between: re.Pattern[str]
    joining: re.Pattern[str]
    whole: re.Pattern[str]
    behind: re.Pattern[str]
    nothing: re.Pattern[str]
    nouns: re.Pattern[str]
    change: re.Pattern[str]
    compared: re.Pattern[str]
    neutral: re.Pattern[str]
    limiting: re.Pattern[str]
    fewer: re.Pattern[str]
    sums: re.Pattern[str]
    causing: re.Pattern[str]
    onward: re.Pattern[str]
    part: re.Pattern[str]
    functions: re.Pattern[str]
    area: re.Pattern[str]
    own: re.Pattern[str]


@cache
def vocabulary(prose: Prose) -> Vocabulary:
    """The patterns of a form's prose."""
    words = prose.words
    rules, behind, nouns = (_by_phrase(prose.rules, which) for which in ("phrases", "behind", "nothing"))
    counters = {counter: None for rule in prose.rules for counter in rule.counters}
    first = {counter[0] for counter in counters} - {"%", "％"}
    own, area, joining, noun = any_of(words.own), any_of(words.area), any_of(words.joining), any_of(nouns)
    between, causing = any_of((*words.between, *words.causing)), any_of(words.causing)
    around = rf"(?:{any_of({*words.between, *words.causing, *words.neutral})})"
    to_noun = rf"(?:{any_of({*words.between, *words.causing, *words.occurring})}){{0,8}}?"
    no = any_of(words.none)
    whole_phrases = [phrase for rule in prose.rules if rule.kind == "parts" for phrase in rule.phrases]
    lasts = "".join(sorted({one[-1] for one in nouns}))
    telling = rf"[{''.join(sorted(first))}%％](?<=[\d０-９余多〇零一二两三四五六七八九十百千万 ].)"
    return Vocabulary(
        heads=frozenset(rule.subject for rule in prose.rules if rule.head),
        rules=rules,
        rules_behind=behind,
        rules_of_none=nouns,
        counters=(*counters, *words.counters, *SHARE),
        telling=re.compile(rf"{telling}|{no}(?=[^。，,；;\d]{{0,40}}[{lasts}])" if nouns else telling),
        phrase=re.compile(any_of(rules)),
        between=re.compile(rf"(?:{any_of(words.between)}|{_APART})*+"),
        joining=re.compile(joining),
        whole=re.compile(rf"(?:{any_of(words.whole)}|\s)*+"),
        behind=re.compile(rf"\s?(?:{between}){{0,6}}?(?P<phrase>{any_of(behind)})"),
        nothing=re.compile(
            rf"(?P<no>{no})(?P<of>{to_noun}{noun}(?:(?:{joining}){to_noun}{noun}){{0,4}})(?:{around}|事项|现象|发生){{0,6}}"
            rf"{_END_OF_CLAUSE}"
        ),
        nouns=re.compile(noun),
        change=re.compile(
            rf"^(?P<before>.*?)(?P<verb>(?P<more>{_MORE})|{_LESS})(?:了|幅度|幅|率|达到|达|为|约|近|\s)*$", re.DOTALL
        ),
        compared=re.compile(
            rf"\W*(?:其中|数量|总量|总数|总体|申请|申请量|共){{0,3}}(?:(?:同比|环比)"
            rf"(?:去年|上一?年|{_YEAR.replace('named', 'like')})?|"
            rf"相?[比较与同]于?(?:{_LAST_YEAR})(?:的|相比|比较|数量|总量){{0,3}})?\W*(?:数量|总量|共|总体)?"
        ),
        neutral=re.compile(
            rf"(?:{any_of(words.neutral)}|(?:19|20)\d\d ?年度?|[（(]?[一二三四五六七八九十\d]+[）)、.．]|\W)*+"
        ),
        limiting=re.compile(any_of(words.limiting)),
        fewer=re.compile(any_of(words.fewer)),
        sums=re.compile(rf"\W*(?:{any_of(words.sums)})\W*"),
        causing=re.compile(causing),
        onward=re.compile(
            rf"\W*(?:(?:{between})*+(?:$|\W|\d|{any_of(words.onward)}|{any_of(rules)}|{any_of(behind)}))"
        ),
        part=re.compile(
            rf"^(?:{any_of(words.through)})|"
            rf"等?(?:{any_of(words.ways)})?(?:{any_of([*whole_phrases, *words.between])})*$"
        ),
        functions=re.compile(any_of(words.functions)),
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


class Shared(NamedTuple):
    """What a clause says a percentage is a share of, and whether it says about (约占)."""

    of: str
    about: bool


_RATE = re.compile(r"(?:的|所占)?(?:占比|比例|比重|比率|率)(?:为|是|达到|达|高达|约|\s)*$")


def before_share(known: Vocabulary, clause: str) -> Shared | None:
    """What a clause says before 占, with nothing but words for the whole behind it, or before 率; else None."""
    at = clause.rfind("占")
    if at >= 0 and known.whole.fullmatch(clause, at + 1):
        shared = clause[:at]
        return Shared(shared.rstrip("约近所"), shared.endswith(("约", "近")))
    rate = _RATE.search(clause)
    return None if rate is None or not rate.start() else Shared(clause[: rate.start()], about=False)


def _by_phrase(rules: Iterable[ClaimRule], which: str) -> dict[str, tuple[ClaimRule, ...]]:
    found: dict[str, tuple[ClaimRule, ...]] = {}
    for rule in rules:
        for phrase in getattr(rule, which):
            found[phrase] = (*found.get(phrase, ()), rule)
    return found
