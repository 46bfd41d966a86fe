"""A stored value as a sheet shows it: 0.5 under `0%` is 50%, 1234.5 under `#,##0.00` is 1,234.50.

What is shown is what is published. Where it is another number than the one stored, `Shown` says so. Of a number whose
format is not understood nobody knows what is shown: 7185968570 under `0!.0,` is 7185968.6, and under others may be
anything. It is unreadable.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Literal, NamedTuple

from gk_pipeline.documents.document import UNREAD
from gk_pipeline.documents.seen import unread_digits

Doubt = Literal["rounded", "hidden", "date", "format", "digits", "error"]
"""How what is shown differs from what is stored: another number, no number, a date, or nobody knows the format; a
number of more digits than a sheet keeps, or one that it does not show at all."""
Value = float | bool | date | time | timedelta

_DIGITS = 15
"""Digits of a number that a sheet keeps; the rest is noise of binary fractions."""
_LARGEST = 1e300
_LONGEST = 200
"""Characters of a format; no program lets people write longer ones."""
_PLAIN = frozenset(("", "general", "g/通用格式", "@"))
_ACCOUNTS = '_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * "-"{1}_ '
CHINESE_FORMATS = {
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-m-d"),
    **dict.fromkeys((5, 6), "¥#,##0;¥-#,##0"), **dict.fromkeys((7, 8), "¥#,##0.00;¥-#,##0.00"),
    **dict.fromkeys((37, 38), "#,##0;-#,##0"), **dict.fromkeys((39, 40), "#,##0.00;-#,##0.00"),
    **dict.fromkeys((41, 42), _ACCOUNTS.format("", "")), **dict.fromkeys((43, 44), _ACCOUNTS.format(".00", "??")),
}  # fmt: skip
"""Formats that a file names by number alone and a Chinese installation shows otherwise than libraries say."""

_BETWEEN_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=) ?(-?\d+(?:\.\d+)?)\]")
_HOLDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<space>.)|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\W\d]+ ?\d*\]'
    r"|(?P<general>General|G/通用格式|@)|(?P<place>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r'|(?P<other>[^\w\[\]"\\*?.,#@/]|[^\W\x00-\x7f])',
    re.IGNORECASE | re.DOTALL,
)


class Shown(NamedTuple):
    """What a cell shows, and why that is not simply what it stores."""

    text: str
    doubt: Doubt | None = None


def exact(value: float) -> Decimal:
    """The number that a sheet means by a binary fraction: 339371.82100000001 is 339371.821."""
    return Decimal(format(value, f".{_DIGITS}g"))


def shown_value(value: Value, code: str) -> Shown:
    """What a cell shows that stores a value under a format; a date with its year, whatever of it the format shows."""
    if isinstance(value, bool):
        return Shown(str(value).upper())
    if isinstance(value, int | float):
        return shown_number(value, code[:_LONGEST])
    if not isinstance(value, date):
        return Shown(str(value), "date")
    if value.year < 1900:
        return Shown("#####", "error")
    clock = f" {value:%H:%M:%S}" if isinstance(value, datetime) and value.time() != time() else ""
    return Shown(f"{value.year}年{value.month}月{value.day}日{clock}", "date")


@lru_cache(maxsize=4096)
def shown_number(value: float, code: str) -> Shown:
    """What a cell shows that stores a number."""
    if not abs(value) < _LARGEST:
        return Shown(str(value), "error")
    number = exact(value)
    if code.lower() in _PLAIN:
        return Shown(_plainly(number), "digits" if abs(number) >= 10**_DIGITS else None)
    section = _section(number, code)
    pattern = None if section is None else _pattern(section)
    if pattern is None:
        return Shown(UNREAD, "format")
    if not any(part.kind in ("place", "general") for part in pattern.parts):
        return Shown(unread_digits("".join(part.text for part in pattern.parts).strip()), "hidden")
    text, means = _written(abs(number), pattern)
    is_signed = number < 0 and means and len(_BETWEEN_SECTIONS.split(code)) == 1
    text = f"{'-' if is_signed else ''}{text}".strip()
    if not any(map(str.isdecimal, text)):
        return Shown(text, "hidden")
    if abs(number) >= 10**_DIGITS:
        return Shown(text, "digits")
    return Shown(text, None if means == abs(number) and not pattern.adds_digits else "rounded")


def _plainly(number: Decimal) -> str:
    """A number in digits alone, without an exponent or zeros that mean nothing."""
    text = format(number, "f") if number else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


_Kind = Literal["place", "point", "general", "text"]
_NUMERIC: Mapping[str | None, _Kind] = {"place": "place", "point": "point", "general": "general"}


class _Part(NamedTuple):
    """A part of a section: a place for a digit, the decimal point, the whole number, or text printed as it is."""

    kind: _Kind
    text: str


class _Pattern(NamedTuple):
    """A section of a format; a number is shown times ten to the power of `scale`, `is_grouped` by thousands.

    `adds_digits` tells of digits that are not the number's, or of signs among its own that a format has no name for.
    """

    parts: tuple[_Part, ...]
    scale: int
    is_grouped: bool
    adds_digits: bool


def _section(number: Decimal, code: str) -> str | None:
    """The section of a format that shows a number; None where no section is known to."""
    sections = _BETWEEN_SECTIONS.split(code)
    conditions = [_CONDITION.search(section) for section in sections]
    if not any(conditions):
        return sections[1 if number < 0 and len(sections) > 1 else 2 if number == 0 and len(sections) > 2 else 0]
    if number < 0 or conditions[0] is None:
        return None
    for section, condition in zip(sections[:3], conditions, strict=False):
        if condition is None or _HOLDS[condition[1]](number, Decimal(condition[2])):
            return _CONDITION.sub("", section)
    return None


def _pattern(section: str) -> _Pattern | None:
    """The parts of a section; None where it is not understood."""
    parts: list[_Part] = []
    at = percents = thousands = 0
    commas = 0
    while at < len(section):
        token = _TOKEN.match(section, at)
        if token is None:
            return None
        at = token.end()
        kind = token.lastgroup
        if kind == "comma":
            commas += 1
            continue
        if kind in ("place", "point") and commas:
            is_among_digits = kind == "place" and any(part.kind == "place" for part in parts)
            thousands, commas = (1, 0) if is_among_digits else (thousands, commas)
        if kind in _NUMERIC:
            parts.append(_Part(_NUMERIC[kind], token[0]))
        elif kind is not None:
            percents += token[0] == "%"
            parts.append(_Part("text", " " if kind == "space" else token[kind]))
    return _checked(parts, 2 * percents - 3 * commas, bool(thousands))


def _checked(parts: list[_Part], scale: int, is_grouped: bool) -> _Pattern | None:
    """The pattern of these parts; None where nobody knows what a sheet makes of them."""
    kinds = [part.kind for part in parts]
    numeric = [number for number, kind in enumerate(kinds) if kind != "text"]
    within = parts[numeric[0] : numeric[-1]] if numeric else []
    is_split = any(part.kind == "text" and part.text for part in within)
    if kinds.count("point") > 1 or kinds.count("general") > 1 or ("general" in kinds and len(numeric) > 1):
        return None
    if ("point" in kinds and "place" not in kinds) or (is_split and is_grouped):
        return None
    digits = any(map(str.isdecimal, "".join(part.text for part in parts if part.kind == "text")))
    return _Pattern(tuple(parts), scale, is_grouped, digits or is_split)


def _written(number: Decimal, pattern: _Pattern) -> tuple[str, Decimal]:
    """What a pattern shows of a number without its sign, and the number that its digits say by the pattern's scale."""
    if any(part.kind == "general" for part in pattern.parts):
        return "".join(_plainly(number) if part.kind == "general" else part.text for part in pattern.parts), number
    kinds = [part.kind for part in pattern.parts]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    decimals = kinds[point:].count("place")
    with localcontext(prec=400):
        rounded = number.scaleb(pattern.scale).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        means = rounded.scaleb(-pattern.scale)
    whole, _, fraction = format(rounded, "f").partition(".")
    left = _whole(pattern.parts[:point], "" if whole == "0" else whole, pattern.is_grouped)
    return left + _fraction(pattern.parts[point:], fraction), means


def _whole(parts: Sequence[_Part], digits: str, is_grouped: bool) -> str:
    """The digits before the point in their places: those that have none stand in the first one."""
    places = [number for number, part in enumerate(parts) if part.kind == "place"]
    zero = next((number for number in places if parts[number].text == "0"), len(parts))
    if is_grouped:
        digits = _by_thousands(digits.rjust(sum(number >= zero for number in places), "0"))
    written: list[str] = []
    for number in range(len(parts) - 1, -1, -1):
        part = parts[number]
        if part.kind == "text":
            written.append(part.text)
        elif number == places[0]:
            written.append(digits or ("0" if number >= zero else ""))
        elif not is_grouped:
            written.append(digits[-1:] or ("0" if number >= zero else ""))
            digits = digits[:-1]
    return "".join(reversed(written))


def _by_thousands(digits: str) -> str:
    first = len(digits) % 3
    return ",".join(filter(None, (digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3)))))


def _fraction(parts: Sequence[_Part], digits: str) -> str:
    """The digits behind the point in their places, without zeros that no place asks for, nor a point before nothing."""
    places = [part.text for part in parts if part.kind == "place"]
    asked = max((number for number, place in enumerate(places, start=1) if place == "0"), default=0)
    shown = iter(digits[:asked] + digits[asked:].rstrip("0"))
    written = "".join(part.text if part.kind == "text" else next(shown, "") for part in parts if part.kind != "point")
    return f".{written}" if any(map(str.isdecimal, written)) and places else written
