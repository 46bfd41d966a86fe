"""Numbers in sentences: digits or Chinese numerals with what they count, and how exactly they are meant."""

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_letters
from typing import Literal, NamedTuple

from gk_pipeline.schemas.exact import MICRO

Bound = Literal["exact", "rounded", "about", "nearly", "over", "more_than", "at_least", "less_than", "at_most"]
"""How exactly a number is meant: `rounded` as 1.2万, `about` 约, `nearly` 近, `over` 余, `more_than` 超过, `at_least`
以上, `less_than` 不足, `at_most` 以内; what each leaves open is facts.comparison.spread."""

TENTHS = "成"
SHARE = ("%", "％", TENTHS)
MONEY = "万元"

_MOST_DIGITS = 11
"""As in the tables: so that no sum leaves 64 bits."""

_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_WORDS: dict[str, Bound] = {
    **dict.fromkeys(("约", "大约", "左右", "上下"), "about"),
    **dict.fromkeys(("近", "将近", "接近"), "nearly"),
    **dict.fromkeys(("余", "多"), "over"),
    **dict.fromkeys(("超过", "超", "逾", "突破"), "more_than"),
    **dict.fromkeys(("至少", "不少于", "不低于", "以上"), "at_least"),
    **dict.fromkeys(("不足", "不到", "少于", "低于"), "less_than"),
    **dict.fromkeys(("不超过", "以下", "以内"), "at_most"),
}
"""What stands around a number that is not exact."""
_BOTH: dict[frozenset[Bound], Bound] = {
    frozenset(("about", "over")): "about",
    frozenset(("more_than", "over")): "more_than",
}
"""What two such words mean together: 约50余, 超过30多."""
_BEFORE = re.compile(
    rf"(?:{'|'.join(sorted((word for word in _WORDS if word not in '余多'), key=len, reverse=True))})\s?$"
)

_HAN = "〇零一二两三四五六七八九十百千亿"
_NO_NUMBER = re.compile(r"(?:第|[\d.．]\s?[-—–~～至到]|\d\s?|[A-Za-z#№]-?)$")
"""What before digits says that they count nothing: an ordinal, the end of a range, half of a torn number, a code."""
_MAY_END_A_WORD = frozenset({word[-1] for word in _WORDS} | set("第.．-—–~～至到 №#-0123456789") | set(ascii_letters))
"""What a character before digits may end: a word about how exact they are, or one that says they count nothing."""
_PARSED = re.compile(
    rf"(?:(?P<digits>\d{{1,3}}(?:[,，]\d{{3}})+|\d+(?:\.\d+)?)|(?P<han>[{_HAN}万]+?))"
    r"(?P<ten>[万亿千百]*)(?P<more>[余多]?)(?P<ten_after>[万亿]?)"
)
_IN_OTHER_WORDS = {
    **{"条": "例款令文线", "项": "目", "起": "草诉来点", "例": "如会外", "个": "人月工百小年体别", "部": "门分委署队"},
    **{"件": "事", "份": "额", "次": "要日数会", "宗": "旨地", TENTHS: "立员果效本功为都人"},
}
"""Characters that make another word of a counter: 二十条例 counts nothing."""


class Stated(NamedTuple):
    """A number in a text: where it stands with the words around it (`start` to `end`), and where as printed.

    `micro` and `step` are millionths: its value and one unit of the last place that is meant; 三成 is 30 per cent.
    `counter` is what follows. `bound` is None where it is no number to compare with: the end of a range.
    """

    start: int
    end: int
    printed_start: int
    printed_end: int
    micro: int
    step: int
    counter: str
    bound: Bound | None


@cache
def _pattern(counters: tuple[str, ...]) -> re.Pattern[str]:
    listed = sorted(counters, key=len, reverse=True)
    words = "|".join(f"{word}(?![{no}])" if (no := _IN_OTHER_WORDS.get(word)) else word for word in listed)
    inner, last = rf"[\d{_HAN},，.余多]|万(?!元)", rf"[\d{_HAN}余多]|万(?!元)"
    return re.compile(
        rf"(?:百分之(?P<per_cent>[\d.{_HAN}]+)|(?P<printed>[\d{_HAN}](?:(?:{inner}){{0,20}}(?:{last}))?) ?"
        rf"(?P<counter>{words}))(?P<after>以上|左右|上下|以下|以内)?"
    )


def stated_numbers(text: str, counters: tuple[str, ...]) -> Iterator[Stated]:
    """Every number of a text that one of the counters follows, in its order."""
    for match in _pattern(counters).finditer(text):
        per_cent, printed, counter, after = match.groups()
        start, end = match.span("printed")
        first = start
        if per_cent:
            printed, counter, first = per_cent, SHARE[0], match.start()
            start, end = match.span("per_cent")
        before = ""
        if first and text[first - 1] in _MAY_END_A_WORD:
            if _NO_NUMBER.search(text[max(0, first - 3) : first]):
                yield Stated(start, match.end(), start, end, 0, MICRO, counter, None)
                continue
            if word := _BEFORE.search(text, max(0, first - 5), first):
                before, first = word[0].rstrip(), word.start()
        if printed.isdecimal() and printed.isascii() and len(printed) <= _MOST_DIGITS:
            micro, step, more = int(printed) * MICRO, MICRO, ""
        elif (parsed := _PARSED.fullmatch(printed)) and (value := _value(parsed)):
            micro, step, more = *value, parsed["more"]
        else:
            yield Stated(start, match.end(), start, end, 0, MICRO, counter, None)
            continue
        if counter == TENTHS:
            micro, step = 10 * micro, 10 * step
        words = [word for word in (before, more, after) if word]
        bound = _bound(words, step, counter)
        step = step if bound == "exact" else _last_place(micro, step)
        yield Stated(first, match.end(), start, end, micro, step, counter, bound)


def _value(parsed: re.Match[str]) -> tuple[int, int] | None:
    """The number and one unit of its last printed place, in millionths."""
    ten = _TENS[parsed["ten_after"]]
    for char in parsed["ten"]:
        ten *= _TENS[char]
    if parsed["han"]:
        read = han_number(parsed["han"])
        return None if read is None else (read * ten * MICRO, ten * MICRO)
    whole, _, fraction = re.sub("[,，]", "", parsed["digits"]).partition(".")
    if len(whole) > _MOST_DIGITS or len(fraction) > 6:
        return None
    step = MICRO // 10 ** len(fraction) * ten
    micro = int(whole + fraction) * step
    return (micro, step) if micro < 10**_MOST_DIGITS * MICRO else None


def _bound(words: list[str], step: int, counter: str) -> Bound | None:
    if not words:
        rounded = step > MICRO or (step < MICRO and counter not in (*SHARE, MONEY))
        return "rounded" if rounded else "exact"
    bounds = frozenset(_WORDS[word] for word in words)
    return next(iter(bounds)) if len(bounds) == 1 else _BOTH.get(bounds)


def _last_place(micro: int, step: int) -> int:
    """One unit of the last place that a rounded number means: 约300 is said to a hundred."""
    while micro and micro % (step * 10) == 0:
        step *= 10
    return step


def han_number(text: str) -> int | None:
    """A Chinese numeral below ten thousand. None where it is none: 一二三 is a row of digits, 二百二 lacks a place."""
    if len(text) == 1 and text in _HAN_DIGITS:
        return _HAN_DIGITS[text]
    total, digit, last = 0, None, 10**4
    zero = False
    for char in text:
        if char in "零〇":
            if digit is not None or zero or not total:
                return None
            zero = True
        elif char in _HAN_DIGITS:
            if digit is not None:
                return None
            digit = _HAN_DIGITS[char]
        else:
            unit = _HAN_UNITS.get(char)
            if unit is None or unit >= last or (digit is None and total):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last, zero = None, unit, False
    if digit is not None:
        return None if last > 10 and not zero else total + digit
    return None if zero or not total else total
