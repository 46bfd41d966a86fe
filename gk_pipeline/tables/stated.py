"""Numbers in sentences: digits or Chinese numerals with what they count, and how exactly they are meant."""

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_letters
from typing import Literal, NamedTuple

from gk_pipeline.schemas.exact import MICRO

Bound = Literal["exact", "at_least", "about"]
"""`at_least`: 余, 多, 以上; `about`: 约, 近, 左右, within one unit of its last place."""

SHARE = ("%", "％")
MONEY = "万元"

_MOST_DIGITS = 11
"""As in the tables: so that no sum leaves 64 bits."""

_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"": 1, "千": 1000, "万": 10**4, "亿": 10**8}
_WORDS: dict[str, Bound | None] = {
    **dict.fromkeys(("约", "大约", "近", "将近", "接近", "左右", "上下"), "about"),
    **dict.fromkeys(("超过", "超", "逾", "至少", "不少于", "不低于", "突破", "余", "多", "以上"), "at_least"),
    **dict.fromkeys(("不足", "不到", "少于", "低于", "不超过", "以下", "以内"), None),
}
"""What stands around a number that is not exact; None marks an upper bound, which nothing here makes use of."""
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
    r"(?P<ten>[万亿千]*)(?P<more>[余多]?)(?P<ten_after>[万亿]?)"
)
_IN_OTHER_WORDS = {
    **{"条": "例款令文线", "项": "目", "起": "草诉来点", "例": "如会外", "个": "人月工百小年体别", "部": "门分委署队"},
    **{"件": "事", "份": "额", "次": "要日数会", "宗": "旨地"},
}
"""Characters that make another word of a counter: 二十条例 counts nothing."""


class Stated(NamedTuple):
    """A number in a text: where it stands with the words around it (`start` to `end`), and where as printed.

    `micro` and `step` are millionths: its value and one unit of the last place that is meant. `counter` is what
    follows. `bound` is None where it is no number to compare with: the end of a range, an upper bound.
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
        rf"(?P<printed>[\d{_HAN}](?:(?:{inner}){{0,20}}(?:{last}))?) ?(?P<counter>{words})"
        "(?P<after>以上|左右|上下|以下|以内)?"
    )


def stated_numbers(text: str, counters: tuple[str, ...]) -> Iterator[Stated]:
    """Every number of a text that one of the counters follows, in its order."""
    for match in _pattern(counters).finditer(text):
        printed, counter, after = match.groups()
        start, end = match.span("printed")
        before, first = "", start
        if start and text[start - 1] in _MAY_END_A_WORD:
            if _NO_NUMBER.search(text[max(0, start - 3) : start]):
                yield Stated(start, match.end(), start, end, 0, MICRO, counter, None)
                continue
            if word := _BEFORE.search(text, max(0, start - 5), start):
                before, first = word[0].rstrip(), word.start()
        if printed.isdecimal() and printed.isascii() and len(printed) <= _MOST_DIGITS:
            micro, step, more = int(printed) * MICRO, MICRO, ""
        elif (parsed := _PARSED.fullmatch(printed)) and (value := _value(parsed)):
            micro, step, more = *value, parsed["more"]
        else:
            yield Stated(start, match.end(), start, end, 0, MICRO, counter, None)
            continue
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
        return None if read is None else (read[0] * ten * MICRO, read[1] * ten * MICRO)
    whole, _, fraction = re.sub("[,，]", "", parsed["digits"]).partition(".")
    if len(whole) > _MOST_DIGITS or len(fraction) > 6:
        return None
    step = MICRO // 10 ** len(fraction) * ten
    micro = int(whole + fraction) * step
    return (micro, step) if micro < 10**_MOST_DIGITS * MICRO else None


def _bound(words: list[str], step: int, counter: str) -> Bound | None:
    if not words:
        rounded = step > MICRO or (step < MICRO and counter not in (*SHARE, MONEY))
        return "about" if rounded else "exact"
    bounds = {_WORDS[word] for word in words}
    return bounds.pop() if len(bounds) == 1 else None


def _last_place(micro: int, step: int) -> int:
    """One unit of the last place that a rounded number means: 约300 is said to a hundred."""
    while micro and micro % (step * 10) == 0:
        step *= 10
    return step


def han_number(text: str) -> tuple[int, int] | None:
    """A Chinese numeral below ten thousand and its lowest named place: 三百二十 is (320, 10).

    None where it is none: 一二三 is a row of digits, 二百二 leaves its last place unsaid.
    """
    if len(text) == 1 and text in _HAN_DIGITS:
        return _HAN_DIGITS[text], 1
    total, digit, place, last = 0, None, 10**4, 10**4
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
            if unit is None or unit >= last or (digit is None and not (unit == 10 and not total)):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last, place, zero = None, unit, unit, False
    if digit is not None:
        if last > 10 and not zero:
            return None
        total, place = total + digit, 1
    elif zero:
        return None
    return (total, place) if total else None
