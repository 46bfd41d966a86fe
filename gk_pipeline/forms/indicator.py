"""Indicators as data: counts that mean the same on several forms, and the rates made of them."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gk_pipeline.forms.form import Cell, FormError, FormTable
from gk_pipeline.forms.prose import admissible

_COUNT = frozenset({"code", "label", "title_en", "table", "cells", "each"})
_RATE = frozenset(
    {"code", "label", "title_en", "meaning", "meaning_zh", "numerator", "denominator", "per", "source", "each"}
)


@dataclass(frozen=True, slots=True)
class Count:
    """A sum of cells of one table; its code promises that it means the same on every form that has it."""

    code: str
    label: str
    title_en: str
    table: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Counts over counts, times `per`: 1 for a share, 100 for so many in a hundred."""

    code: str
    label: str
    title_en: str
    meaning: str
    meaning_zh: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    per: int
    source: str


@dataclass(frozen=True, slots=True)
class Indicators:
    """The counts and rates of a form."""

    counts: tuple[Count, ...] = ()
    rates: tuple[Rate, ...] = ()

    def promised(self) -> dict[str, object]:
        """What a code means, whatever form it is made of: all but the cells of a count."""
        counts = {one.code: (one.label, one.title_en, one.table) for one in self.counts}
        return counts | {one.code: one for one in self.rates}


NO_INDICATORS = Indicators()


@cache
def read_indicators(path: Path) -> Mapping[str, Any]:
    """What an indicator file says, not yet held against a form; raises FormError naming the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormError(f"{path.name}: {error}") from error


def indicators_of(raw: Mapping[str, Any], tables: Sequence[FormTable]) -> Indicators:
    """The indicators that a file states, on the tables of a form; raises FormError naming entry and fault."""
    _known("indicators", raw, frozenset({"count", "rate"}))
    by_code = {table.code: table for table in tables}
    try:
        counts = tuple(one for entry in raw["count"] for one in _counts(_known("count", entry, _COUNT), by_code))
        rates = tuple(one for entry in raw.get("rate", ()) for one in _rates(_known("rate", entry, _RATE), by_code))
    except KeyError as missing:
        raise FormError(f"indicators: {missing.args[0]} is missing.") from missing
    codes = [*(count.code for count in counts), *(rate.code for rate in rates)]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise FormError(f"indicators: the codes {twice} are used twice.")
    table_of = {one.code: one.table for one in counts}
    for rate in rates:
        _check_sides(rate, table_of)
    return Indicators(counts, rates)


def _known(kind: str, entry: Mapping[str, Any], keys: frozenset[str]) -> Mapping[str, Any]:
    unknown = sorted(set(entry) - keys)
    if unknown:
        raise FormError(f"{kind} {entry.get('code', '')!r} says {unknown}; it may say {sorted(keys)}.")
    return entry


def _counts(entry: Mapping[str, Any], tables: Mapping[str, FormTable]) -> Iterator[Count]:
    if entry["table"] not in tables:
        raise FormError(f"count {entry['code']!r} is of table {entry['table']!r}, which the form does not have.")
    table = tables[entry["table"]]
    for names in _each(entry, tables):
        sums = admissible(table, tuple(_named(cells, names) for cells in entry["cells"]))
        if not sums:
            raise FormError(f"count {entry['code']!r}: table {table.code!r} has no cells {entry['cells']}.")
        cells = sums[0].cells
        if len(set(cells)) < len(cells) or len({cell.unit for cell in cells}) > 1:
            raise FormError(f"count {entry['code']!r} adds up a cell twice, or different units: {entry['cells']}.")
        code, label, title = (_named(entry[key], names) for key in ("code", "label", "title_en"))
        yield Count(code, label, title, table.code, cells)


def _rates(entry: Mapping[str, Any], tables: Mapping[str, FormTable]) -> Iterator[Rate]:
    per = entry.get("per", 1)
    if not isinstance(per, int) or per < 1:
        raise FormError(f"rate {entry['code']!r} is per {per!r}; write a whole number such as 1 or 100.")
    for names in _each(entry, tables):
        told = {key: _named(entry[key], names) for key in ("code", "label", "title_en", "meaning", "meaning_zh")}
        numerator, denominator = (
            tuple(_named(code, names) for code in entry[side]) for side in ("numerator", "denominator")
        )
        yield Rate(**told, numerator=numerator, denominator=denominator, per=per, source=entry["source"])


def _each(entry: Mapping[str, Any], tables: Mapping[str, FormTable]) -> Iterator[Mapping[str, str]]:
    """What `{each}` and `{label}` stand for: the entry once, or once for each measure that it lists."""
    if "each" not in entry:
        yield {}
        return
    measures = {code: measure for table in tables.values() for code, measure in table.measures.items()}
    for code in entry["each"]:
        if code not in measures:
            raise FormError(f"{entry['code']!r} is for each of {entry['each']}: no table has the measure {code!r}.")
        yield {"each": code, "label": measures[code].label.text}


def _named(text: str, names: Mapping[str, str]) -> str:
    return text.format_map(names) if names else text


def _check_sides(rate: Rate, table_of: Mapping[str, str]) -> None:
    for side in (rate.numerator, rate.denominator):
        unknown = sorted({code for code in side if code not in table_of})
        if unknown or not side:
            raise FormError(f"rate {rate.code!r} is made of {list(side)}: there are no counts {unknown}.")
        if len(set(side)) < len(side) or len({table_of[code] for code in side}) > 1:
            raise FormError(f"rate {rate.code!r}: {list(side)} names a count twice, or counts of several tables.")
