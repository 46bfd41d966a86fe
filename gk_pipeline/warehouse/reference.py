"""The rows of the reference tables, from the forms."""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from gk_pipeline.forms import Form, FormTable, LawRow
from gk_pipeline.schemas.reference import Forms, IndicatorsOfForms, Items, Laws, Measures
from gk_pipeline.schemas.table import Reference

Row = tuple[object, ...]


def reference_rows(forms: Sequence[Form]) -> dict[type[Reference], pl.DataFrame]:
    """Every reference table with its rows, each held to its model."""
    tables = [table for form in forms for table in form.tables]
    rows: dict[type[Reference], Iterator[Row]] = {
        Forms: ((form.code, form.title, form.instrument, form.since, form.until) for form in forms),
        Items: (row for table in tables for row in _items(table)),
        Measures: (row for table in tables for row in _measures(table)),
        Laws: (row for table in tables for row in _laws(table)),
        IndicatorsOfForms: (row for form in forms for row in _indicators(form)),
    }
    made = {model: model.of_rows(list(found)) for model, found in rows.items()}
    for model, frame in made.items():
        model.check(frame)
    return made


def totals(table: FormTable) -> tuple[dict[str, str], dict[str, str]]:
    """For items, then for measures, the total that each is a part of.

    A total is the one cell on a side of an equality whose other side is a sum: within a column it makes its item the
    total of the others, within a row its measure.
    """
    return _named(table, (pair for row in table.laws for pair in _summed(row)))


def parts(table: FormTable) -> tuple[dict[str, str], dict[str, str]]:
    """For items, then for measures, the one that counts it too and more.

    An inequality of two cells says so: one is never more than the other, but what else that counts is printed nowhere.
    """
    return _named(table, (pair for row in table.laws for pair in _contained(row)))


def _named(table: FormTable, pairs: Iterable[tuple[int, int]]) -> tuple[dict[str, str], dict[str, str]]:
    """Pairs of cells, a part and its whole, as pairs of items where both are of a measure, and the other way round."""
    of_items: dict[str, str] = {}
    of_measures: dict[str, str] = {}
    for part, whole in ((table.cells[one], table.cells[other]) for one, other in pairs):
        if part.measure == whole.measure:
            of_items[part.item] = whole.item
        elif part.item == whole.item:
            of_measures[part.measure] = whole.measure
    return of_items, of_measures


def _summed(row: LawRow) -> Iterator[tuple[int, int]]:
    right = [index for index, sign in row.coefficients if sign < 0]
    if row.kind == "equality" and len(row.coefficients) > 2 and len(right) == 1:
        yield from ((index, right[0]) for index, sign in row.coefficients if sign > 0)


def _contained(row: LawRow) -> Iterator[tuple[int, int]]:
    signs = sorted((sign, index) for index, sign in row.coefficients)
    if row.kind == "inequality" and [sign for sign, _ in signs] == [-1, 1]:
        yield signs[0][1], signs[1][1]


def _items(table: FormTable) -> Iterator[Row]:
    adds_up_to, _ = totals(table)
    part_of, _ = parts(table)
    labels = {group.code: group.label.text for group in table.groups}
    placed = ((part, item) for part in table.parts for item in part.items)
    for position, (part, item) in enumerate(placed, start=1):
        printed = (item.label.text, item.label.number, part.clause)
        parent = (item.group, labels.get(item.group or ""))
        sums = (adds_up_to.get(item.code), item.code in adds_up_to.values(), part_of.get(item.code))
        yield table.form, table.code, item.code, position, *printed, *parent, *sums


def _measures(table: FormTable) -> Iterator[Row]:
    _, adds_up_to = totals(table)
    _, part_of = parts(table)
    for position, measure in enumerate(table.measures.values(), start=1):
        sums = (adds_up_to.get(measure.code), measure.code in adds_up_to.values(), part_of.get(measure.code))
        about = (measure.label.text, measure.under, measure.kind, measure.unit)
        yield table.form, table.code, measure.code, position, *about, *sums


def _laws(table: FormTable) -> Iterator[Row]:
    for law in dict.fromkeys(row.law for row in table.laws):
        rows = [row for row in table.laws if row.law == law]
        said = ("; ".join(dict.fromkeys(row.statement for row in rows)),)
        said_zh = ("；".join(dict.fromkeys(row.statement_zh for row in rows)),)
        yield table.form, table.code, law, rows[0].severity, *said, *said_zh, len(rows)


def _indicators(form: Form) -> Iterator[Row]:
    for count in form.indicators.counts:
        cells = " + ".join(f"{count.table}.{cell.item}.{cell.measure}" for cell in count.cells)
        yield form.code, count.code, "count", count.label, count.title_en, None, None, cells, None, 1, None
    for rate in form.indicators.rates:
        names = (rate.label, rate.title_en, rate.meaning, rate.meaning_zh)
        sides = (" + ".join(rate.numerator), " + ".join(rate.denominator))
        yield form.code, rate.code, "rate", *names, *sides, rate.per, rate.source
