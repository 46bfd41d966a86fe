"""From printed text to exact numbers: signs, separators, full width, units; anything else is not a number."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from gk_pipeline.documents.document import UNREAD
from gk_pipeline.forms.form import Kind
from gk_pipeline.schemas.exact import MICRO

_MOST_DIGITS = 11
"""So that no sum over a table leaves 64 bits; no count and no amount in 万元 has more."""

Reading = Literal["number", "blank", "dash", "slash", "word"]

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MINUS_SIGNS = dict.fromkeys((0x2010, 0x2011, 0x2212, 0xFE63), "-")
_SPACES = dict.fromkeys((0xA0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F), " ")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_PLAIN: dict[int, int | str | None] = {**_FULL_WIDTH, **_MINUS_SIGNS, **_SPACES, **dict.fromkeys(map(ord, _INVISIBLE))}
"""To plain digits and signs only: a footnote's ① or ² behind a number must not become another digit of it."""

COUNT_UNITS = frozenset(["件", "项", "个", "条", "起", "次", "宗", "份", "家", "部", "人次", "件次", "万件"])
MONEY_UNITS = {
    "元": -4,
    "十元": -3,
    "百元": -2,
    "千元": -1,
    "万": 0,
    "万元": 0,
    "十万元": 1,
    "百万元": 2,
    "千万元": 3,
    "亿": 4,
    "亿元": 4,
}
"""Printed units of money and their power of ten in 万元."""
_WORDS = frozenset(
    ["无", "没有", "暂无", "不适用", "未统计", "不涉及", "未发生", "零", "〇", "空", "nan", "NaN", "None", UNREAD]
)
_ENCLOSED = frozenset(map(chr, range(0x2460, 0x249C)))
"""①, ⑴ and ⒈: a count perhaps, or the mark of a footnote to a blank."""
_SEEN = re.compile(rf"[^\s{_INVISIBLE}]")
_DASHES = frozenset("-‐‑‒–—―─－ー")
_QUOTES = "'\"“”‘’"
"""Printed around a number, or before it, where a sheet was saved as text."""
_CHANGE_SIGNS = {"增加": "+", "新增": "+", "增": "+", "减少": "-", "减": "-"}

_UNIT = "|".join(sorted(COUNT_UNITS | MONEY_UNITS.keys(), key=len, reverse=True))
_DIGITS = r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.(?P<fraction>[0-9]+))?"
_NUMBER = re.compile(
    rf"(?:(?P<currency>[¥￥]|人民币) ?)?(?:(?P<sign>[+\-—–])(?P<apart> )?)?"
    rf"{_DIGITS} ?(?:\((?P<bracketed>{_UNIT})\)|(?P<unit>{_UNIT})?)(?:(?<=元)(?:[整正]|人民币))?"
)
_TOGETHER = re.compile(r"共计? ?(?=[0-9])")
_FOOTNOTE = re.compile(
    r"(?P<raised>[⁰¹²³⁴-⁹]{1,2}|\^[0-9]{1,2})$"
    r"|\^?(?:[*※†‡]{1,3}|[①-⑳⑴-⒇]|(?:\[|【|〔)注?[0-9]{1,2}(?:\]|】|〕))$"
)
"""The mark of a footnote behind a number."""
_CHANGE = re.compile(rf"(?P<word>{'|'.join(_CHANGE_SIGNS)}) ?(?=[0-9])")
_UNIT_ALONE = re.compile(rf"\(?(?:单位 ?[:：]? ?)?(?:人民币 ?)?(?P<unit>{_UNIT})\)?")


class Value(NamedTuple):
    """What a cell printed: its reading, and for a number the exact value in millionths of the canonical unit.

    `decimals` is the place of the last printed digit in the canonical unit; negative above the units.
    """

    reading: Reading
    micro: int | None = None
    unit: str | None = None
    decimals: int | None = None


@lru_cache(maxsize=8192)
def read_value(text: str, kind: Kind, head_unit: str | None = None) -> Value | None:
    """The value a text prints for a cell of that kind; None when it is no value at all but some other text.

    `head_unit` is a money unit printed in the column's head; one printed in the cell goes before it.
    A number that cannot be meant literally (a fraction of a count, too many digits) is read as a word.
    """
    if head_unit is None and is_digits(text) and len(text) <= _MOST_DIGITS:
        return Value("number", int(text) * MICRO, None, 0)
    plain = (text if text.isascii() else text.translate(_PLAIN)).strip()
    if not plain:
        return Value("blank")
    plain = plain.strip(_QUOTES) or plain
    if all(char in _DASHES for char in plain):
        return Value("dash")
    if set(plain) <= {"/", "\\"}:
        return Value("slash")
    if plain in _WORDS or plain in _ENCLOSED:
        return Value("word")
    return _number(plain, kind, head_unit)


def is_digits(text: str) -> bool:
    """Whether a text is one run of the digits 0 to 9, as most numbers are: a value for a cell of any kind."""
    return text.isascii() and text.isdigit()


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """Whether a text is a value for a cell of any kind, a word such as 无 among them."""
    return is_digits(text) or read_value(text, "change") is not None or read_value(text, "amount") is not None


def is_blank(text: str) -> bool:
    """Whether a text prints nothing that can be seen."""
    return _SEEN.search(text) is None


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else, as in a cell or in brackets of its own."""
    return _UNIT_ALONE.fullmatch(text.translate(_PLAIN).strip()) is not None


def _number(plain: str, kind: Kind, head_unit: str | None) -> Value | None:
    if kind == "change" and (word := _CHANGE.match(plain)):
        plain = _CHANGE_SIGNS[word["word"]] + plain[word.end() :]
    footnote = _FOOTNOTE.search(plain)
    bare = plain[: footnote.start()] if footnote else plain
    match = _NUMBER.fullmatch(_TOGETHER.sub("", bare, count=1).replace(", ", ","))
    if match is None:
        return None
    sign, fraction, unit = match["sign"], match["fraction"] or "", match["bracketed"] or match["unit"]
    whole = match["whole"].replace(",", "").replace(" ", "")
    if kind != "change" and sign and (sign in "—–" or match["apart"]):
        return Value("word")
    if footnote and footnote["raised"] and whole == "10" and not fraction:
        return Value("word")
    power = 0
    if kind == "amount":
        if unit in COUNT_UNITS:
            return None
        known = _power(unit, head_unit, match["currency"])
        if known is None and (whole + fraction).strip("0"):
            return Value("word")
        power = known or 0
    elif match["currency"] or (unit and (unit not in COUNT_UNITS or unit.startswith("万"))):
        return Value("word")
    while fraction.endswith("0") and len(fraction) - power > 6:
        fraction = fraction[:-1]
    decimals = len(fraction) - power
    if len(whole.lstrip("0")) > _MOST_DIGITS or decimals > 6 or (kind != "amount" and fraction.strip("0")):
        return Value("word")
    micro = int(whole + fraction) * 10 ** (6 - decimals)
    if micro >= 10**_MOST_DIGITS * MICRO:
        return Value("word")
    negative = sign is not None and sign != "+"
    named = unit or (head_unit if head_unit in MONEY_UNITS else None)
    return Value("number", -micro if negative else micro, named, decimals if kind == "amount" else 0)


def _power(unit: str | None, head_unit: str | None, currency: str | None) -> int | None:
    """The power of ten of an amount in 万元, by its own unit or else its head's; None where that is not known.

    The sign ¥ stands for 元, but under a head of 万元 it may as well be written out of habit.
    """
    if unit is not None:
        return MONEY_UNITS[unit]
    if currency is not None and head_unit != "元":
        return None
    return MONEY_UNITS.get(head_unit or "万元")
