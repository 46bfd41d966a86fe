"""What reconciling tells a person: which laws are broken where, and what stayed open."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gk_pipeline.forms import Form, Label
from gk_pipeline.quality.finding import Finding, Severity

_MOST_SCOPES = 5
"""Scopes a message names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class BrokenLaw:
    """A law that one report breaks in one scope, with its two sides."""

    law: str
    scope: str
    table_code: str
    severity: Severity
    left: Decimal
    right: Decimal


def broken_laws(
    broken: Sequence[BrokenLaw], forms: Sequence[Form], decided: Collection[tuple[str, str, str]] = ()
) -> Iterator[Finding]:
    """One finding for every law that a report breaks, naming the rows or columns.

    Those in which a cell stands that a person `decided`, by table, item and measure, are told apart: as printed they
    stay broken, and what there is to do is done.
    """
    told: dict[tuple[str, str, str, bool], list[BrokenLaw]] = {}
    for one in broken:
        is_decided = bool(decided) and not _members(forms, one).isdisjoint(decided)
        told.setdefault((one.law, one.table_code, statement(forms, one), is_decided), []).append(one)
    for (law, table, says, is_decided), scopes in told.items():
        printed = " as printed" if is_decided else ""
        message = f"{law} is broken{printed} ({says}): {scopes_told(scopes, forms)}."
        yield Finding(scopes[0].severity, "law_broken", message, _DECIDED if is_decided else _OPEN, table_code=table)


_OPEN = "One of the numbers in these rows or columns cannot be right; compare them with the page."
_DECIDED = (
    "A person decided a number in each of these rows or columns: see cells_reviewed. If they do not come out with it "
    "either, decision_contradicts says so."
)


def scopes_told(broken: Sequence[BrokenLaw], forms: Sequence[Form]) -> str:
    """The scopes of a law with their two sides."""
    return first_of(
        [
            f"{scope_label(forms, one.table_code, one.scope)}: {_plain(one.left)} and {_plain(one.right)}"
            for one in broken
        ]
    )


def missing_cells(table: str, count: int) -> Finding:
    """Cells that print no number and follow from nothing."""
    prints = f"1 cell of {table} prints" if count == 1 else f"{count} cells of {table} print"
    message = f"{prints} no number, and the laws of the form leave open which."
    advice = "Look at the page; there is no value until it is known which number is whose."
    return Finding("note", "cells_missing", message, advice, table_code=table)


def cells_in_doubt(
    table: str, cells: Sequence[tuple[str, str, Decimal | None, Decimal | None]], forms: Sequence[Form]
) -> Iterator[Finding]:
    """The cells of a report's table that the laws correct or dispute, given as scope, status, reported and value."""
    corrected = [
        f"{scope_label(forms, table, scope)}: {'nothing' if reported is None else _plain(reported)} is printed, "
        f"{'nothing' if value is None else _plain(value)} must be"
        for scope, status, reported, value in cells
        if status == "corrected"
    ]
    if corrected:
        message = f"{_are(len(corrected), table)} corrected: {first_of(corrected)}."
        advice = "Compare with the page. facts.repairs says why; what is printed stays in `reported`."
        yield Finding("warning", "cells_corrected", message, advice, table_code=table)
    disputed = [scope_label(forms, table, scope) for scope, status, _, _ in cells if status == "disputed"]
    if disputed:
        message = f"{_are(len(disputed), table)} disputed, and the laws do not tell which is wrong: "
        advice = "Look at the page. `gk propose` writes an entry for each, which a person can fill in."
        yield Finding("warning", "cells_disputed", f"{message}{first_of(disputed)}.", advice, table_code=table)


def _are(count: int, table: str) -> str:
    return f"1 cell of {table} is" if count == 1 else f"{count} cells of {table} are"


def first_of(parts: Sequence[str]) -> str:
    """The first of some parts, and how many there are more."""
    more = f"; and {len(parts) - _MOST_SCOPES} more" if len(parts) > _MOST_SCOPES else ""
    return f"{'; '.join(parts[:_MOST_SCOPES])}{more}"


def statement(forms: Sequence[Form], broken: BrokenLaw) -> str:
    """What a law says of its scope, in words; one code may say different things of rows and of cells."""
    tables = (table for form in forms for table in form.tables if table.code == broken.table_code)
    rows = (row for table in tables for row in table.laws if (row.law, row.scope) == (broken.law, broken.scope))
    return next(row.statement for row in rows)


def _members(forms: Sequence[Form], broken: BrokenLaw) -> set[tuple[str, str, str]]:
    """The cells that stand in a law of that code and scope."""
    tables = (table for form in forms for table in form.tables if table.code == broken.table_code)
    return {
        (table.code, table.cells[index].item, table.cells[index].measure)
        for table in tables
        for row in table.laws
        if (row.law, row.scope) == (broken.law, broken.scope)
        for index, _ in row.coefficients
    }


def scope_label(forms: Sequence[Form], table_code: str, scope: str) -> str:
    """What a scope is called on the page: its item's label, its measure's, or both for a cell."""
    labels = _labels(tuple(forms), table_code)
    return " ".join(labels.get(part, part) for part in scope.removeprefix(f"{table_code}.").split("."))


@cache
def _labels(forms: tuple[Form, ...], table_code: str) -> Mapping[str, str]:
    labels: dict[str, str] = {}
    for form in forms:
        for table in form.tables:
            if table.code == table_code:
                labels |= {code: measure.label.text for code, measure in table.measures.items()}
                heads = {measure.label.text for measure in table.measures.values()}
                labels |= {code: _row_label(item.label, heads) for code, item in table.items.items()}
                labels |= {group.code: group.label.text for group in table.groups}
    return labels


def _row_label(label: Label, heads: Collection[str]) -> str:
    """A row's label; one that a column has too goes with its number, as in （七）总计."""
    return f"（{label.number}）{label.text}" if label.text in heads and label.number else label.text


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
