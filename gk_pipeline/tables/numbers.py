"""From printed text to exact numbers: signs, separators, full width, units; anything else is not a number."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from gk_pipeline.forms.form import Kind
from gk_pipeline.schemas.exact import MICRO

_MOST_DIGITS = 11
"""So that no sum over a table leaves 64 bits; no count and no amount in 万元 has more."""

Reading = Literal["number", "blank", "dash", "slash", "word"]

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.(\d+))?([^\d\s.,+-]{0,3})")
_CHANGE_WORDS = {"增加": "+", "增": "+", "减少": "-", "减": "-"}
_COUNT_UNITS = frozenset(["件", "项", "个", "条", "起", "次", "宗", "份", "家", "人次"])
_AMOUNT_UNITS = {"元": -4, "万元": 0, "亿元": 4}
"""Printed units of money and their power of ten in 万元."""
_LONGEST_VALUE = 3
"""Letters of the longest value without a digit."""
_WORDS = frozenset(["无", "没有", "暂无", "不适用", "未统计", "不涉及", "未发生"])
_DASHES = frozenset("-‐‑‒–—―─－")


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell printed: its reading, and for a number the exact value in millionths of the canonical unit.

    `decimals` is the place of the last printed digit in the canonical unit; negative above the units.
    """

    reading: Reading
    micro: int | None = None
    unit: str | None = None
    decimals: int | None = None


def read_value(text: str, kind: Kind, head_unit: str | None = None) -> Value | None:
    """The value a text prints for a cell of that kind; None when it is no value at all but some other text.

    `head_unit` is a money unit printed in the column's head; one printed in the cell goes before it.
    A number that cannot be meant literally (a fraction of a count, too many digits) is read as a word.
    """
    if text.isdecimal() and text.isascii() and kind != "amount" and len(text) <= _MOST_DIGITS:
        return Value("number", int(text) * MICRO, None, 0)
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return Value("blank")
    if all(char in _DASHES for char in plain):
        return Value("dash")
    if set(plain) <= {"/", "\\"}:
        return Value("slash")
    if plain in _WORDS:
        return Value("word")
    return _number(plain, kind, head_unit)


def is_value(text: str) -> bool:
    """Whether a text is a value for a cell of any kind, a word such as 无 among them."""
    if text.isdecimal():
        return True
    if len(text) > _LONGEST_VALUE and not any(map(str.isdecimal, text)):
        return False
    return read_value(text, "change") is not None or read_value(text, "amount") is not None


def _number(plain: str, kind: Kind, head_unit: str | None) -> Value | None:
    plain = plain.replace("\u2212", "-").replace("—", "-").replace("–", "-")
    if kind == "change":
        for word, sign in _CHANGE_WORDS.items():
            if plain.startswith(word):
                plain = sign + plain[len(word) :].lstrip()
                break
    match = _NUMBER.fullmatch(plain.replace("， ", ",").replace(", ", ","))
    if match is None:
        return None
    sign, whole, fraction, unit = match[1], match[2].replace(",", "").replace(" ", ""), match[3] or "", match[4]
    power = 0
    if kind == "amount":
        power_of = _AMOUNT_UNITS.get(unit or head_unit or "万元")
        if power_of is None:
            return None
        power = power_of
    elif unit and unit not in _COUNT_UNITS:
        return Value("word") if unit.startswith("万") else None
    while fraction.endswith("0") and len(fraction) - power > 6:
        fraction = fraction[:-1]
    decimals = len(fraction) - power
    if len(whole.lstrip("0")) > _MOST_DIGITS or decimals > 6 or (kind != "amount" and fraction.strip("0")):
        return Value("word")
    micro = int(whole + fraction) * 10 ** (6 - decimals)
    if micro >= 10**_MOST_DIGITS * MICRO:
        return Value("word")
    return Value("number", -micro if sign == "-" else micro, unit or head_unit, decimals if kind == "amount" else 0)
