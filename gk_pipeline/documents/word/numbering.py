"""The numbers that Word puts before the paragraphs of lists: 一、 and (一) and 1. stand in no text of the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import _Element

from gk_pipeline.documents.word.styles import Numbered, Styles, W, child_of, is_on, value_of

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_HIGHEST = 9999
"""Above it every number is written in digits."""

_CHINESE = "〇一二三四五六七八九", ("", "十", "百", "千")
_CAPITAL = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_NUMERALS = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanCounting"), _CHINESE),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _CAPITAL),
}  # fmt: skip
_SERIES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
}
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
          (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    number_format: str
    text: str
    restarts_after: int
    """Level from 1 whose next number makes this one start anew; 0 for never."""
    digits_only: bool
    style: str | None


class _Kind(NamedTuple):
    """What lists of a kind have in common: the levels that are described."""

    name: str
    levels: dict[int, _Level]


@dataclass(slots=True)
class _List:
    """The levels of a list; lists of one `kind` count on together, except where `starts` begins anew once."""

    kind: str
    levels: list[_Level | None]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of every list in the order in which they are shown."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is not None:
            kinds = _kinds(root)
            for one in root.iterfind(f"{W}num"):
                self._lists[one.get(f"{W}numId", "")] = _list(one, kinds)

    def next(self, numbered: Numbered, style: str | None) -> str:
        """The number of the next paragraph of a list; empty where the list has none, only bullets for one."""
        of = self._lists.get(numbered.list_id or "")
        if of is None:
            return ""
        at = _level_number(of, numbered.level, style)
        level = of.levels[at]
        if level is None:
            return ""
        counts = self._counts.setdefault(of.kind, [None] * _LEVELS)
        if at in of.starts:
            counts[at] = of.starts.pop(at)
        else:
            counted = counts[at]
            counts[at] = level.start if counted is None else counted + 1
        for deeper in range(at + 1, _LEVELS):
            below = of.levels[deeper]
            if below is None or below.restarts_after > at:
                counts[deeper] = None
        if level.number_format in ("bullet", "none"):
            return ""
        return _PLACEHOLDER.sub(lambda mark: _shown(of, counts, int(mark[1]) - 1, level.digits_only), level.text)


def _kinds(root: _Element) -> dict[str, _Kind]:
    """The kinds of lists by their id; one that only names a style of lists has its levels from there."""
    described = {one.get(f"{W}abstractNumId", ""): one for one in root.iterfind(f"{W}abstractNum")}
    kinds = {name: _Kind(name, dict(_levels(one))) for name, one in described.items()}
    of_style = {style: kinds[name] for name, one in described.items() if (style := value_of(one, "styleLink"))}
    return {name: of_style.get(value_of(one, "numStyleLink") or "", kinds[name]) for name, one in described.items()}


def _list(element: _Element, kinds: dict[str, _Kind]) -> _List:
    name = value_of(element, "abstractNumId") or ""
    kind = kinds.get(name, _Kind(name, {}))
    levels = [kind.levels.get(at) for at in range(_LEVELS)]
    found = _List(kind.name, levels)
    for override in element.iterfind(f"{W}lvlOverride"):
        for at, level in _levels(override):
            levels[at] = level
        at = _number(override.get(f"{W}ilvl"), _LEVELS)
        if at < _LEVELS and (start := value_of(override, "startOverride")) is not None:
            found.starts[at] = _number(start, 1)
    return found


def _levels(parent: _Element) -> Iterator[tuple[int, _Level]]:
    for element in parent.iterfind(f"{W}lvl"):
        at = _number(element.get(f"{W}ilvl"), _LEVELS)
        if at < _LEVELS:
            yield (
                at,
                _Level(
                    start=_number(value_of(element, "start"), 0),
                    number_format=value_of(element, "numFmt") or "decimal",
                    text=value_of(element, "lvlText") or "",
                    restarts_after=_number(value_of(element, "lvlRestart"), at),
                    digits_only=is_on(child_of(element, "isLgl")),
                    style=value_of(element, "pStyle"),
                ),
            )


def _level_number(of: _List, level: str | None, style: str | None) -> int:
    if level is None and style is not None:
        return next((at for at, one in enumerate(of.levels) if one and one.style == style), 0)
    return min(_number(level, 0), _LEVELS - 1)


def _shown(of: _List, counts: list[int | None], at: int, digits_only: bool) -> str:
    level = of.levels[at]
    if level is None:
        return ""
    counted = counts[at]
    return written(level.start if counted is None else counted, "decimal" if digits_only else level.number_format)


def written(number: int, number_format: str) -> str:
    """A number as Word writes it in one of its formats; in digits where the format has no such number."""
    if series := _SERIES.get(number_format):
        return series[number - 1] if 0 < number <= len(series) else str(number)
    if numerals := _NUMERALS.get(number_format):
        return _in_numerals(number, *numerals) if 0 < number <= _HIGHEST else str(number)
    match number_format:
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2":
            return "".join(_CHINESE[0][int(digit)] for digit in str(number))
        case "decimalZero":
            return f"{number:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
        case "upperRoman" | "lowerRoman" if 0 < number <= _HIGHEST:
            roman = _in_roman(number)
            return roman if number_format == "upperRoman" else roman.lower()
        case _:
            return str(number)


def _in_numerals(number: int, digits: str, places: tuple[str, ...]) -> str:
    """一百二十三, and 十一 rather than 一十一."""
    spelled = ""
    for place, digit in zip(reversed(range(len(str(number)))), map(int, str(number)), strict=True):
        if digit:
            spelled += digits[digit] + places[place]
        elif not spelled.endswith(digits[0]):
            spelled += digits[0]
    spelled = spelled.rstrip(digits[0])
    return spelled[1:] if digits is _CHINESE[0] and 10 <= number < 20 else spelled


def _in_roman(number: int) -> str:
    spelled = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        spelled += letters * times
    return spelled


def _number(text: str | None, otherwise: int) -> int:
    # Nine digits are beyond every limit; int() refuses attributes of thousands.
    return int(text[:9]) if text and text.isascii() and text.isdigit() else otherwise
