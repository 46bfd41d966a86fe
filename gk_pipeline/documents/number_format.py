"""A stored number as a sheet shows it: 0.5 under `0%` is 50%, 1234.5 under `#,##0.00` is 1,234.50.

What is shown is what is published. Where it is another number than the one stored, `Shown` says so.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Literal, NamedTuple

from gk_pipeline.documents.date_format import is_date, shown_date

Doubt = Literal["rounded", "hidden", "date", "format"]
"""How what is shown differs from what is stored: another number, no number, a date, or nobody knows the format."""

_DIGITS = 15
"""Digits of a number that a sheet keeps; the rest is noise of binary fractions."""
_LONGEST = 200
"""Characters of a format; no program lets people write longer ones."""
_YUAN = "¥"
_ACCOUNTS = '_ * {0}#,##0{1}_ ;_ * {0}-#,##0{1}_ ;_ * {0}"-"{2}_ ;_ @_ '
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_HOUR, _SECOND = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: f"{_YUAN}#,##0;{_YUAN}-#,##0", 6: f"{_YUAN}#,##0;{_YUAN}-#,##0",
    7: f"{_YUAN}#,##0.00;{_YUAN}-#,##0.00", 8: f"{_YUAN}#,##0.00;{_YUAN}-#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: _HOUR, 33: _SECOND,
    34: f"上午/下午{_HOUR}", 35: f"上午/下午{_SECOND}", 36: _YEAR_MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: _ACCOUNTS.format("", "", ""), 42: _ACCOUNTS.format(_YUAN, "", ""),
    43: _ACCOUNTS.format("", ".00", "??"), 44: _ACCOUNTS.format(_YUAN, ".00", "??"),
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: f"上午/下午{_HOUR}",
    56: f"上午/下午{_SECOND}", 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
"""The formats that a file names by number alone, as a Chinese installation shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<condition>[<>=]+)(?P<bound>-?[0-9.]+)\]|(?P<elapsed>\[(?:h+|m+|s+)\])|\[(?P<colour>[^\]]*)\]"
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_COMPARES = {
    ">": Decimal.__gt__, "<": Decimal.__lt__, "=": Decimal.__eq__,
    ">=": Decimal.__ge__, "<=": Decimal.__le__, "<>": Decimal.__ne__,
}  # fmt: skip


class Shown(NamedTuple):
    """What a cell shows, and why that is not simply what it stores."""

    text: str
    doubt: Doubt | None = None


class _Section(NamedTuple):
    """A part of a format between semicolons: which numbers it is for, and what it prints around the digits.

    `pattern` are its digit places (0 # ?), point, commas and signs of percent; `plain` what of it is neither number
    nor date, None where that stands among the digits.
    """

    kind: Literal["number", "general", "date", "text", "words", "unknown"]
    source: str
    condition: tuple[str, Decimal] | None
    before: str
    pattern: str
    behind: str


def exact(value: float) -> Decimal:
    """The number that a sheet means by a binary fraction: 339371.82100000001 is 339371.821."""
    return Decimal(format(value, f".{_DIGITS}g"))


def plainly(number: Decimal) -> str:
    """A number in digits alone, without an exponent or zeros that mean nothing."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)
def shown_number(value: float, code: str, since_1904: bool = False) -> Shown:
    """What a cell shows that stores `value` under the format `code`; days count from 1904 in some old workbooks."""
    number = exact(value)
    sections = _sections(code[:_LONGEST])
    section = _section_for(number, sections)
    if section is None:
        return Shown("#####", "hidden")
    if section.kind == "date":
        text = shown_date(number, section.source, since_1904)
        return Shown("#####", "hidden") if text is None else Shown(text, "date")
    if section.kind == "unknown":
        return Shown(plainly(number), "format")
    signed = number < 0 and not (len(sections) > 1 and (section.condition or section is sections[1]))
    digits, means = _digits(abs(number), section)
    text = "".join(("-" if signed and means else "", section.before, digits, section.behind)).strip()
    if not digits:
        return Shown(text, "hidden")
    same = means == abs(number) and not any(map(str.isdecimal, section.before + section.behind))
    return Shown(text, None if same else "rounded")


def shown_text(text: str, code: str) -> Shown:
    """What a cell shows that stores a text: itself, unless its format has a part for texts."""
    if code in ("General", "@", ""):
        return Shown(text)
    sections = _sections(code[:_LONGEST])
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and section.kind != "text":
        return Shown(text)
    if section.kind != "text":
        around = (section.before + section.behind).strip()
        return Shown(around, "hidden" if text else None)
    return Shown(f"{section.before}{text}{section.behind}")


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(map(_section, parts[:4]))


def _section(tokens: list[re.Match[str]]) -> _Section:
    source = "".join(token[0] for token in tokens)
    condition = next(((t["condition"], Decimal(t["bound"])) for t in tokens if _is_condition(t)), None)
    before, pattern, behind, general, text, exponent = "", "", "", False, False, False
    torn = False
    for token in tokens:
        other = token["other"] or ""
        if token["general"]:
            general = True
        elif other == "@":
            text = True
        elif token["exponent"]:
            exponent, pattern = True, pattern + "E"
        elif other and (other in "0#?%" or (other in ".," and (pattern or other == "."))):
            torn = torn or (bool(behind.strip()) and other in "0#?")
            pattern += other
        else:
            literal = (
                token["quoted"] or token["escaped"] or token["currency"] or other or (" " if token["space"] else "")
            )
            if pattern or general or text:
                behind += literal
            else:
                before += literal
    kind: Literal["number", "general", "date", "text", "words", "unknown"]
    if is_date(source):
        kind = "date"
    elif general or text:
        kind = "text" if text else "general"
    elif exponent or torn or ("/" in behind + before and "?" in pattern) or pattern.count(".") > 1:
        kind = "unknown"
    else:
        kind = "number" if pattern else "words"
    return _Section(kind, source, condition, before, pattern, behind)


def _is_condition(token: re.Match[str]) -> bool:
    bound = token["bound"] or ""
    return token["condition"] in _COMPARES and re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", bound) is not None


def _section_for(number: Decimal, sections: tuple[_Section, ...]) -> _Section | None:
    """The part of a format for a number; None where each has a condition and none is met."""
    numeric = [section for section in sections[:3] if section.kind != "text"] or list(sections[:1])
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _COMPARES[section.condition[0]](number, section.condition[1]):
                return section
        return None
    if number > 0 or len(numeric) == 1:
        return numeric[0]
    if number < 0:
        return numeric[1]
    return numeric[2] if len(numeric) > 2 else numeric[0]


def _digits(number: Decimal, section: _Section) -> tuple[str, Decimal]:
    """The digits that a part shows of a number without its sign, and the number that they say."""
    if section.kind in ("general", "text"):
        return plainly(number), number
    if section.kind == "words":
        return "", Decimal(0)
    places, percents = section.pattern.replace("%", ""), section.pattern.count("%")
    whole, _, fraction = places.partition(".")
    thousands = len(whole) - len(whole.rstrip(",")) + len(fraction) - len(fraction.rstrip(","))
    fraction = fraction.replace(",", "")
    with localcontext(prec=400):
        scaled = number.scaleb(2 * percents - 3 * thousands)
        rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
        means = rounded.scaleb(-2 * percents)
    left, _, right = format(rounded, "f").partition(".")
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(","):
        left = f"{int(left):,}" if left and not left.startswith("0") else left
    optional = len(fraction) - len(fraction.rstrip("#?"))
    kept = len(right) - optional
    right = right[:kept] + right[kept:].rstrip("0")
    return f"{left}.{right}{'%' * percents}" if right else f"{left}{'%' * percents}", means
