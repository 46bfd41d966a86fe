"""The unit of money that a page names outside the cells: in a head, above the table, in a note within or under it.

Nothing named means the form's own unit. What is named but cannot be told, or named twice and not alike, is `UNCLEAR`:
an amount without a unit of its own is then no number.
"""

import re
from collections.abc import Iterable, Iterator

from gk_pipeline.forms import Measure
from gk_pipeline.sections.detection import Located, Span
from gk_pipeline.sections.stream import Stream, squeeze
from gk_pipeline.tables.numbers import COUNT_UNITS, MONEY_UNITS, is_blank, is_value

UNCLEAR = "?"
"""The unit of a column of money of which a page names several, or one that is not understood."""

_SHORT = 20
"""Letters up to which a text may be a unit alone."""
_FAR = 600
"""Letters above a table outside its section within which a unit may be named for it."""


def _any(names: Iterable[str]) -> str:
    return "|".join(r"\s*".join(name) for name in sorted(names, key=len, reverse=True))


_YUAN = rf"(?:{_any(('人民币',))}|(?i:{_any(('RMB', 'CNY'))}))"
_FOREIGN = _any(("USD", "HKD", "EUR", "JPY", "GBP"))
_MONEY = (
    rf"(?:(?:{_YUAN}\s*[（(，,、:：/]?\s*)?(?:{_any(MONEY_UNITS)}|\w?[美港欧日]元|[十百千万亿]{{0,2}}圆|[百千]万?)"
    rf"(?:\s*[（(]?{_YUAN}[）)]?)?|{_YUAN}|(?i:{_FOREIGN})|[$€£¥￥＄])"
)
"""Every way to name a unit of money, known or not."""
_ONE = rf"(?:(?:金额|费用)\s*[为:：]?\s*)?(?:{_any(COUNT_UNITS)}|{_MONEY})"
_STATED = re.compile(
    rf"(?:单\s*位|金\s*额)\s*(?:名称)?\s*(?:均|都|统一)?\s*[为是]?\s*[:：/]?\s*[（(]?\s*"
    rf"(?P<listed>{_ONE}(?:[\s、,，/;；和及或]+{_ONE})*)(?=[\W计保]|$)"
    rf"|[以按]\s*[“\"]?(?P<counted>{_MONEY})[”\"]?\s*(?:为|计|填|统计)"
)
_BRACKETED = re.compile(rf"[（(/:：,，]\s*(?P<unit>{_MONEY})(?=[\s）)，,、；;/]|$)")
_MENTIONED = re.compile(r"[十百千万亿美港欧日]*元")
_ONE_UNIT = re.compile(rf"(?P<money>{_MONEY})|{_any(COUNT_UNITS)}")
_CURRENCY = re.compile(_YUAN)
_ALONE = re.compile(rf"[（(]?\s*(?:单\s*位\s*[:：]?\s*)?(?P<unit>{_MONEY})\s*[）)]?")
_SENTENCE_END = re.compile(r"[。；;\n]")
_OF_ANY_MONEY = re.compile(
    "备注|说明|注明|注|除|另有|特别|之?外|以[上下]|[本该此上]表|报告|中|所有|各项|全部|[的均]|涉及|金额|费用|货币|计量|统计"
    "|数据|本年|总|[0-9]"
)
"""What may be said of a unit without saying of which money."""
_OF_THE_TABLE = re.compile("公开|表$")
_NOTE = re.compile("注|说明|[本该此上]表|以上")


def named_units(text: str) -> set[str]:
    """The units of money that a text among heads names, as in 采购总金额（单位：万元，保留4位小数）."""
    named = {unit for _, unit in _stated(text)} | {_money(match["unit"]) for match in _BRACKETED.finditer(text)}
    return named or {_money(match[0]) for match in _MENTIONED.finditer(text)}


def unit_alone(text: str) -> list[str]:
    """The unit of money that a cell prints and nothing else, `UNCLEAR` for an unknown one; none for other text."""
    match = _ALONE.fullmatch(text.strip()) if len(text) <= _SHORT else None
    return [_money(match["unit"])] if match else []


def one_unit(units: Iterable[str]) -> str | None:
    """The unit that all of these mean; None where there is none, `UNCLEAR` where they differ."""
    found = sorted(set(units))
    if not found:
        return None
    powers = {MONEY_UNITS.get(unit) for unit in found}
    return found[0] if len(powers) == 1 and None not in powers else UNCLEAR


def unit_of(measure: Measure, heads: Span, stream: Stream, located: Located, end: int) -> str | None:
    """The unit of a measure of money, from the heads of its part and from what the table's section says outside them.

    `end` is that of the section. What may be said of other money only counts as doubt where nothing else is said.
    """
    first, last = located.extent
    top = located.span[0] or max(0, first - _FAR)
    said = [
        *_said_elsewhere(measure, stream, (0, top)),
        *_said_elsewhere(measure, stream, (end, len(stream.text))),
        *_said(measure, stream, (top, min(first, heads[0])), above=True),
        *_said(measure, stream, (first, heads[0])),
        *_said(measure, stream, (heads[1], last)),
        *_said(measure, stream, (max(last, heads[1]), end), below=True),
    ]
    named = named_units(stream.printed(*heads))
    unit = one_unit({*named, *(unit for unit, clear in said if clear)})
    if unit is None and said:
        doubted = one_unit(unit for unit, _ in said)
        return doubted if MONEY_UNITS.get(doubted or "") == 0 else UNCLEAR
    return unit


def _said(
    measure: Measure, stream: Stream, span: Span, above: bool = False, below: bool = False
) -> Iterator[tuple[str, bool]]:
    """The units stated between two positions, and whether each can be meant of this measure alone.

    Above the table a caption is its own unless values stand between; below it only a note is.
    """
    if span[0] >= span[1]:
        return
    text = stream.printed(*span)
    for start, unit in _stated(text):
        subject = squeeze(_SENTENCE_END.split(text[:start])[-1])
        own = not above or not any(is_value(line) and not is_blank(line) for line in text[start:].splitlines())
        own = own and (not below or _NOTE.search(subject) is not None)
        yield unit, own and _is_of(measure, subject)


def _said_elsewhere(measure: Measure, stream: Stream, span: Span) -> Iterator[tuple[str, bool]]:
    """The units stated outside the table's section of the measure by its own words, as in 注：收费金额单位为元."""
    text = stream.printed(*span) if span[0] < span[1] else ""
    for start, unit in _stated(text) if "位" in text else ():
        if _names(measure, squeeze(_SENTENCE_END.split(text[:start])[-1])):
            yield unit, True


def _names(measure: Measure, subject: str) -> bool:
    """Whether words of the measure's label are among those of a subject, other than such as any money has."""
    rest, label = (_OF_ANY_MONEY.sub("", squeeze(words)) for words in (subject, measure.label.text))
    return any(label[at : at + 2] in rest for at in range(len(label) - 1))


def _is_of(measure: Measure, subject: str) -> bool:
    """Whether what is said of a unit can be said of the measure's money: of any money, or in words of its label."""
    rest = _OF_ANY_MONEY.sub("", subject)
    return not rest or _OF_THE_TABLE.search(rest) is not None or _names(measure, subject)


def _stated(text: str) -> Iterator[tuple[int, str]]:
    """Where a text says in so many words in which units it counts, and each unit of money among them."""
    for match in _STATED.finditer(text):
        for one in _ONE_UNIT.finditer(match["listed"] or match["counted"]):
            if one["money"]:
                yield match.start(), _money(one["money"])


def _money(text: str) -> str:
    """The unit of money that a text means; `UNCLEAR` for one that is not among the known ones."""
    name = _CURRENCY.sub("", squeeze(text))
    return name if name in MONEY_UNITS else UNCLEAR
