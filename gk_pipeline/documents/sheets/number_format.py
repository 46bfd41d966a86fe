"""A stored value as a sheet shows it: 0.5 under `0%` is 50%, 1234.5 under `#,##0.00` is 1,234.50.

What is shown is what is published. Where it is another number than the one stored, `Shown` says so; a format beyond the
common ones is said to be unknown, and the stored number stands.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Literal, NamedTuple

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
_LITERAL = re.compile(
    r'"([^"]*)"|\\(.)|_(.)|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\W\d]+ ?\d*\]'
    r'|([^\w\[\]"\\*?.,#@/]|[^\W\x00-\x7f])',
    re.DOTALL,
)
_SECTION = re.compile(
    rf"(?P<before>(?:{_LITERAL.pattern})*)"
    r"(?P<pattern>General|G/通用格式|@|(?P<whole>[#?,]*[0,]*)(?:\.(?P<must>0*)(?P<may>[#?]*))?(?P<thousands>,*))"
    rf"(?P<behind>(?:{_LITERAL.pattern})*)",
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
    sections = _BETWEEN_SECTIONS.split(code)
    at = 1 if number < 0 and len(sections) > 1 else 2 if number == 0 and len(sections) > 2 else 0
    section = _SECTION.fullmatch(sections[at])
    if section is None:
        return Shown(_plainly(number), "format")
    (before, percents), (behind, more) = map(_literal, section.group("before", "behind"))
    digits, means = _digits(abs(number), section, percents + more)
    sign = "-" if number < 0 and at == 0 and means else ""
    text = f"{sign}{before}{digits}{behind}".strip()
    if not digits:
        return Shown(text, "hidden")
    if abs(number) >= 10**_DIGITS:
        return Shown(text, "digits")
    return Shown(text, None if means == abs(number) and not any(map(str.isdecimal, before + behind)) else "rounded")


def _plainly(number: Decimal) -> str:
    """A number in digits alone, without an exponent or zeros that mean nothing."""
    text = format(number, "f") if number else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _literal(source: str) -> tuple[str, int]:
    """What of a format is printed as it stands, and how many signs of percent there are in it."""
    text, percents = "", 0
    for quoted, escaped, space, currency, other in _LITERAL.findall(source):
        text += quoted or escaped or currency or other or (" " if space else "")
        percents += other == "%"
    return text, percents


def _digits(number: Decimal, section: re.Match[str], percents: int) -> tuple[str, Decimal]:
    """The digits that a part of a format shows of a number without its sign, and the number that they say."""
    if section["whole"] is None:
        return _plainly(number), number
    whole, must, may = section["whole"], len(section["must"] or ""), len(section["may"] or "")
    thousands = len(section["thousands"]) + len(whole) - len(whole.rstrip(","))
    with localcontext(prec=400):
        scaled = number.scaleb(2 * percents - 3 * thousands)
        rounded = scaled.quantize(Decimal(1).scaleb(-must - may), ROUND_HALF_UP)
        means = rounded.scaleb(3 * thousands - 2 * percents)
        text = format(rounded, ",f" if "," in whole.rstrip(",") else "f")
    left, _, right = text.partition(".")
    left = ("" if left == "0" else left).rjust(whole.count("0"), "0")
    right = right[:must] + right[must:].rstrip("0")
    return (f"{left}.{right}" if right else left) if section["pattern"] else "", means
