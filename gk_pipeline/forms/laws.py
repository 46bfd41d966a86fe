"""The laws of a form as matrices: one row a law and scope, one column a cell of the table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gk_pipeline.forms.form import YEARLY, Cell, FormError, FormTable, LawKind, LawRow


def law_rows(table: FormTable, law: Mapping[str, Any], prefix: str) -> Iterator[LawRow]:
    """Every scope of one law as written in a form file.

    `each = "item"` repeats it for every item (or those of `items`) over measures, `"measure"` for every measure over
    items and groups, `"cell"` for every cell of the named `kinds` (and `measures`), `"table"` takes all cells at once.
    `prefix` goes before the scope's name.
    """
    kind = _kind(law)
    for scope, members in _scopes(table, law):
        left = members(law["sum"] if law["each"] in ("item", "measure") else [scope])
        right = [] if kind == "repetition" else members(law.get("equals", law.get("at_least", [])))
        last = members(law["equals_last_year"]) if kind == "lag" else left if kind in YEARLY else []
        if kind != "repetition":
            _check_members(law["code"], scope, left + right)
        if kind == "lag":
            _check_lag(law["code"], scope, left + right + last)
        coefficients = [(cell.index, 1) for cell in left] + [(cell.index, -1) for cell in right]
        yield LawRow(
            law=law["code"],
            scope=scope if law["each"] == "table" else prefix + scope,
            kind=kind,
            severity=law["severity"],
            coefficients=tuple(sorted(coefficients)),
            last_year=tuple(cell.index for cell in last),
            statement=law["statement"],
            statement_zh=law["statement_zh"],
            source=law["source"],
            most_times=law.get("most_times_last_year", 0),
            base=law.get("base", 1 if kind == "repetition" else 0),
        )


def _kind(law: Mapping[str, Any]) -> LawKind:
    if law["each"] == "table":
        return "repetition"
    if "most_times_last_year" in law:
        return "ratio"
    if "equals_last_year" in law:
        return "lag"
    if "equals" in law:
        return "equality"
    if "at_least" in law or law["each"] == "cell":
        return "inequality"
    raise FormError(f"law {law['code']!r} compares its sum with nothing; write equals, at_least or equals_last_year.")


def _check_members(law: str, scope: str, members: Sequence[Cell]) -> None:
    if len(set(members)) < len(members):
        raise FormError(f"law {law!r} names a cell of {scope!r} twice; each stands in it once, on one side.")
    if len({cell.unit for cell in members}) > 1:
        raise FormError(f"law {law!r} adds up different units in {scope!r}; a law is over cells of one unit.")


def _check_lag(law: str, scope: str, members: Sequence[Cell]) -> None:
    if any(cell.kind == "amount" for cell in members):
        raise FormError(
            f"law {law!r} adds up amounts of two years in {scope!r}; a lag is over counts, which are exact "
            "however they are printed."
        )


Named = Callable[[Sequence[str]], list[Cell]]
"""Turns the names of a law into cells."""


class _Members:
    """Turns the names of a law into cells, for one scope."""

    def __init__(self, table: FormTable, law: str, item: str | None, measure: str | None) -> None:
        self.table, self.law, self.item, self.measure = table, law, item, measure

    def __call__(self, names: Sequence[str]) -> list[Cell]:
        return [cell for name in names for cell in self._named(name)]

    def _named(self, name: str) -> list[Cell]:
        if self.item is not None and self.measure is not None:
            return [self.table.cell_at[self.item, self.measure]]
        if self.item is not None:
            pairs = [(self.item, name)]
        else:
            grouped = [item.code for item in self.table.items.values() if item.group == name]
            pairs = [(item, str(self.measure)) for item in grouped or [name]]
        try:
            return [self.table.cell_at[pair] for pair in pairs]
        except KeyError as unknown:
            raise FormError(
                f"law {self.law!r} names {name!r}: table {self.table.code!r} has no such cell."
            ) from unknown


def _scopes(table: FormTable, law: Mapping[str, Any]) -> Iterator[tuple[str, Named]]:
    code, each = law["code"], law["each"]
    if each == "item":
        for item in law.get("items", table.items):
            yield item, _Members(table, code, item, None)
    elif each == "measure":
        for measure in table.measures:
            yield measure, _Members(table, code, None, measure)
    elif each == "cell":
        for cell in table.cells:
            if cell.kind in law["kinds"] and cell.measure in law.get("measures", [cell.measure]):
                yield f"{cell.item}.{cell.measure}", _Members(table, code, cell.item, cell.measure)
    elif each == "table":
        yield table.code, lambda _: list(table.cells)
    else:
        raise FormError(f'law {code!r} has each = {each!r}; write "item", "measure", "cell" or "table".')


@dataclass(frozen=True, eq=False)
class LawMatrix:
    """Laws of one kind over one table: `matrix[law, cell]` is +1, -1 or 0, rows in the order of `rows`."""

    rows: tuple[LawRow, ...]
    matrix: NDArray[np.int64]


@cache
def _matrix(table_laws: tuple[LawRow, ...], n_cells: int, kind: LawKind) -> LawMatrix:
    rows = tuple(row for row in table_laws if row.kind == kind)
    matrix = np.zeros((len(rows), n_cells), dtype=np.int64)
    for number, row in enumerate(rows):
        for cell, sign in row.coefficients:
            matrix[number, cell] += sign
    matrix.flags.writeable = False
    return LawMatrix(rows, matrix)


def equalities(table: FormTable) -> LawMatrix:
    """The equalities A with A·x = 0 for a lawful table x."""
    return _matrix(table.laws, len(table.cells), "equality")


def inequalities(table: FormTable) -> LawMatrix:
    """The inequalities B with B·x >= 0 for a lawful table x."""
    return _matrix(table.laws, len(table.cells), "inequality")
