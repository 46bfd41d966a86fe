"""A stored number as a sheet shows it under a format of dates or times: 45322 under `yyyy-m-d` is 2024-1-31."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

_LITERAL = r'"[^"]*"?|\\.|_.|\*.|\[\$[^\]]*\]|\[[^\]hms][^\]]*\]'
_PART = re.compile(
    rf"(?P<literal>{_LITERAL})|(?P<elapsed>\[(?:h+|m+|s+)\])|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<part>y+|m+|d+|h+|s+(?:\.0+)?|aaaa?)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LAST_DAY = 2958466
"""The day after 9999-12-31, beyond which a sheet shows no date."""
_LEAP_DAY = 60
"""1900-02-29, which never was: what a sheet counts before it is a day later than the calendar."""
_SINCE_1904 = 1462
_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def is_date(code: str) -> bool:
    """Whether a format shows a number as a date or a time."""
    if "general" in code.lower() or "通用格式" in code:
        return False
    parts = list(_PART.finditer(code))
    if any(part["other"] in ("0", "#", "?", "@") for part in parts):
        return False
    return any(part["part"] or part["elapsed"] for part in parts)


def shown_date(number: Decimal, code: str, since_1904: bool) -> str | None:
    """The date or time that a sheet shows; None where the number is none, for which it shows a row of #."""
    days = number + _SINCE_1904 if since_1904 else number
    if not 0 <= days < _LAST_DAY:
        return None
    seconds = int((days * 86400).to_integral_value(ROUND_HALF_UP))
    day = seconds // 86400
    before = 31 if day < _LEAP_DAY else 30
    moment = datetime(1899, 12, before) + timedelta(seconds=seconds)
    parts = list(_PART.finditer(code))
    halved = any(part["noon"] for part in parts)
    texts: list[str] = []
    unit = ""  # of the part before, without which m may be months or minutes
    for index, part in enumerate(parts):
        letters = (part["part"] or "").lower()
        if letters.startswith("m") and len(letters) < 3 and (unit == "h" or _next_unit(parts, index) == "s"):
            texts.append(f"{moment.minute:0{len(letters)}}")
        elif letters:
            texts.append(_part(moment, day, letters, halved))
        elif part["elapsed"]:
            letters = part["elapsed"][1:-1].lower()
            texts.append(f"{seconds // {'h': 3600, 'm': 60, 's': 1}[letters[0]]:0{len(letters)}}")
        elif part["noon"]:
            morning, afternoon = part["noon"].split("/")
            texts.append(morning if moment.hour < 12 else afternoon)
        else:
            texts.append(_literal(part["literal"] or part["other"]))
        unit = letters[:1] or unit
    return "".join(texts).strip()


def _next_unit(parts: list[re.Match[str]], index: int) -> str:
    later = (part["part"] or (part["elapsed"] or "")[1:] for part in parts[index + 1 :])
    return next((letters[0].lower() for letters in later if letters), "")


def _part(moment: datetime, day: int, letters: str, halved: bool) -> str:
    if day == _LEAP_DAY and letters[0] in "md" and len(letters) < 3:
        return f"{2 if letters[0] == 'm' else 29:0{len(letters)}}"
    match letters[0], len(letters):
        case "y", length:
            return f"{moment.year:04}" if length > 2 else f"{moment.year % 100:02}"
        case "m", 3 | 4 | 5 as length:
            return _MONTHS[moment.month - 1][: {3: 3, 5: 1}.get(length)]
        case "d", 3 | 4 as length:
            return _ENGLISH_DAYS[moment.weekday()][: 3 if length == 3 else None]
        case "a", length:
            return ("周" if length == 3 else "星期") + _WEEKDAYS[moment.weekday()]
        case "h", length:
            return f"{(moment.hour % 12 or 12) if halved else moment.hour:0{min(length, 2)}}"
        case "s", _:
            whole, _, fraction = letters.partition(".")
            return f"{moment.second:0{min(len(whole), 2)}}{'.' if fraction else ''}{fraction}"
    return f"{moment.month if letters[0] == 'm' else moment.day:0{min(len(letters), 2)}}"


def _literal(source: str) -> str:
    if source.startswith('"'):
        return source.strip('"')
    if source.startswith("\\"):
        return source[1:]
    if source.startswith("[$"):
        return source[2:-1].partition("-")[0]
    return " " if source.startswith("_") else "" if source.startswith(("*", "[")) else source
