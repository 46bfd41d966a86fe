"""What a value becomes in a spreadsheet: never a formula, never another number, never a date.

A spreadsheet takes a text that starts with = + - @ for a formula, 3-5 and 3月5日 for a date, 1/2 for a fraction, (5)
for -5, TRUE for a truth value, and keeps fifteen digits of a number. What it takes depends on its language, so every
text that starts as any of these may gets a leading apostrophe in CSV; one that starts with an apostrophe gets another,
so that taking one leading apostrophe away gives every text back. Numbers stay numbers, negative ones too, unless they
have more digits than a spreadsheet keeps, or are ids: those are texts. In XLSX a text is stored as a text and needs no
apostrophe.
"""

import json
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Literal

Format = Literal["csv", "xlsx"]
DIGITS_KEPT = 15
"""Significant digits that a spreadsheet keeps of a number."""
ESCAPE = "'"
_STARTS = frozenset("=+-@|%#(.,−")
"""With what formulas, signed or cut-off numbers, negative ones in brackets and errors start, in NFKC."""
_NUMBERS_START = frozenset({"Nd", "Nl", "No", "Sc"})
"""Unicode categories of digits and currencies."""
_WORDS = frozenset({"true", "false"})
_MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.,/-]*\d", re.IGNORECASE)
_STARTS_ODDLY = frozenset({"Cc", "Cf"})
_SKIPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories that may be skipped at the start of a text: control and format characters, and blanks."""

Cell = str | Decimal | bool | None
"""A text, an exact number, a truth value or nothing."""


def cell(value: object) -> Cell:
    """What a value of the database is in a spreadsheet; lists and structs are JSON, an infinite number is a text."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float | Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return number if number.is_finite() else str(number)
    if isinstance(value, date):  # a time is a date too
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def plain(number: Decimal) -> str:
    """A number with all of its digits, without an exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def keeps(number: Decimal) -> bool:
    """Whether a spreadsheet keeps all digits of a number."""
    digits = "".join(map(str, number.as_tuple().digits))
    return len(digits.strip("0")) <= DIGITS_KEPT


def is_id(name: str) -> bool:
    """Whether a column holds names in digits, which are texts whatever their length."""
    return name.endswith("_id")


def escaped(text: str) -> str:
    """A text that a spreadsheet takes for nothing but a text; `unescaped` gives it back."""
    return f"{ESCAPE}{text}" if text.startswith(ESCAPE) or _may_be_more_than_text(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return text.removeprefix(ESCAPE)


def _may_be_more_than_text(text: str) -> bool:
    """Whether a spreadsheet of some language might read a formula, a number, a date or a truth value."""
    if text and unicodedata.category(text[0]) in _STARTS_ODDLY:
        return True
    shown = _without_blanks(unicodedata.normalize("NFKC", text))
    starts = shown[:1] in _STARTS or unicodedata.category(shown[0]) in _NUMBERS_START if shown else False
    return starts or shown.strip().casefold() in _WORDS or _MONTH.match(shown) is not None


def _without_blanks(text: str) -> str:
    kept = (at for at, character in enumerate(text) if unicodedata.category(character) not in _SKIPPED)
    return text[next(kept, len(text)) :]
