"""What a value becomes in a spreadsheet: never a formula, never another number.

A spreadsheet takes a text that starts with = + - @ for a formula, and keeps fifteen digits of a number. So a text that
could be taken for a formula, or for another number (0012, 1e5, sixteen digits), gets a leading apostrophe in CSV; one
that starts with an apostrophe gets another, so that taking one leading apostrophe away gives every text back. Numbers
stay numbers, negative ones too, unless they have more digits than a spreadsheet keeps, or are ids: those are texts. In
XLSX a text is stored as a text and needs no apostrophe.
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
_FORMULA = frozenset("=+-@|%＝＋－＠﹦﹢﹣﹫−")
_STARTS_ODDLY = frozenset({"Cc", "Cf"})
_SKIPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories that may be skipped at the start of a text: control and format characters, and blanks."""

_DIGITS = re.compile(r"[0-9.,]+([eE][+-]?[0-9]+)?")
_SAME_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")

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
    """A text that a spreadsheet takes for no formula and for no other number; `unescaped` gives it back."""
    changes = text.startswith(ESCAPE) or _may_be_formula(text) or _is_other_number(text)
    return f"{ESCAPE}{text}" if changes else text


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return text.removeprefix(ESCAPE)


def _may_be_formula(text: str) -> bool:
    if text and unicodedata.category(text[0]) in _STARTS_ODDLY:
        return True
    first = next((character for character in text if unicodedata.category(character) not in _SKIPPED), "")
    return first in _FORMULA and first != ""


def _is_other_number(text: str) -> bool:
    """Whether a text would be read as a number that is written otherwise: cut off, or without its zeros."""
    if not _DIGITS.fullmatch(text):
        return False
    return not _SAME_NUMBER.fullmatch(text) or not keeps(Decimal(text))
