"""Reports on paper: what stands in each cell, and what the facts stage makes of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

import polars as pl
from ways import FIXTURES

from gk_pipeline.facts.stage import judge
from gk_pipeline.forms import Form, load_forms, shipped_forms
from gk_pipeline.schemas.catalog import check_batch
from gk_pipeline.tables.cells import NOWHERE, ReadCell
from gk_pipeline.tables.numbers import Value, read_value
from gk_pipeline.tables.read import ReadTable
from gk_pipeline.tables.stage import table_frames

Place = tuple[str, str, str]
"""Table, item and measure."""

FORMS = {form.code: form for form in (*shipped_forms(), *load_forms(FIXTURES / "toy_form"))}

APPLICATIONS = {
    "received": {"natural_person": 12, "commercial_enterprise": 3, "total": 15},
    "carried_in": {"natural_person": 2, "total": 2},
    "granted": {"natural_person": 7, "commercial_enterprise": 1, "total": 8},
    "partly_granted": {"natural_person": 1, "total": 1},
    "refused_third_party": {"natural_person": 1, "commercial_enterprise": 1, "total": 2},
    "unavailable_not_held": {"natural_person": 2, "total": 2},
    "not_processed_petition": {"natural_person": 2, "total": 2},
    "outcomes_total": {"natural_person": 13, "commercial_enterprise": 2, "total": 15},
    "carried_out": {"natural_person": 1, "commercial_enterprise": 1, "total": 2},
}
REVIEW_LITIGATION = {
    "administrative_review": {"upheld": 3, "overturned": 1, "pending": 2, "total": 6},
    "litigation_after_review": {"upheld": 1, "other_result": 1, "total": 2},
}
DISCLOSURE = {
    "2019": {
        "regulations": {"made": 1, "newly_disclosed": 1, "total_disclosed": 4},
        "normative_documents": {"made": 5, "newly_disclosed": 5, "total_disclosed": 41},
        "licensing": {"items_previous_year": 120, "items_change": -8, "decisions": 930},
        "penalties": {"items_previous_year": 44, "items_change": 3, "decisions": 61},
        "fees": {"items_previous_year": 2},
        "procurement": {"projects": 19, "amount": "1034.5"},
    },
    "2021": {
        "regulations": {"issued": 1, "repealed": 0, "in_force": 4},
        "normative_documents": {"issued": 5, "repealed": 7, "in_force": 41},
        "licensing": {"decisions": 930},
        "penalties": {"decisions": 61},
        "fees": {"amount": "27.31"},
    },
}
LENDING = {
    "literature": {"adults": 310, "children": 128, "all_readers": 438},
    "science": {"adults": 92, "children": 75, "all_readers": 167},
    "all_books": {"adults": 402, "children": 203, "all_readers": 605},
}
INCOME = {"fines": {"amount": "0.35"}, "copies": {"amount": "1.2081"}, "all_income": {"amount": "1.5581"}}

LAWFUL = {
    **{
        form: {"proactive_disclosure": rows, "applications": APPLICATIONS, "review_litigation": REVIEW_LITIGATION}
        for form, rows in DISCLOSURE.items()
    },
    "2027": {"lending": LENDING, "income": INCOME},
}
"""A report that breaks no law, on each form; what is not written here is 0."""


class Judged:
    """One report with its facts, law results and repairs."""

    def __init__(self, facts: pl.DataFrame, results: pl.DataFrame, repairs: pl.DataFrame) -> None:
        self.facts, self.results, self.repairs = facts, results, repairs

    @cached_property
    def _by_place(self) -> dict[Place, dict[str, object]]:
        return {(row["table_code"], row["item"], row["measure"]): row for row in self.facts.to_dicts()}

    def status(self, *place: str) -> object:
        return self._by_place[place]["status"]

    def value(self, *place: str) -> object:
        return self._by_place[place]["value"]

    def reported(self, *place: str) -> object:
        return self._by_place[place]["reported"]

    def places(self, status: str) -> set[Place]:
        return {place for place, row in self._by_place.items() if row["status"] == status}

    def verdict(self, law: str, scope: str) -> object:
        return self.results.filter(pl.col("law") == law, pl.col("scope") == scope)["verdict"].item()

    def laws(self, verdict: str) -> set[tuple[str, str]]:
        return set(self.results.filter(pl.col("verdict") == verdict).select("law", "scope").iter_rows())


def judged(form: str, changed: Mapping[Place, object] | None = None) -> Judged:
    """The lawful report on a form with some cells changed, each to what is printed there instead."""
    return judged_all(form, [changed or {}])[0]


def judged_all(form: str, reports: Sequence[Mapping[Place, object]]) -> list[Judged]:
    """The same for many reports of one batch; what the stage makes of them keeps every promise."""
    known = [FORMS[form]]
    tables = table_frames(
        [(key, "report.txt", on_paper(FORMS[form], changed)) for key, changed in enumerate(reports)], known
    )
    facts, results, repairs, _ = judge(tables["tables.cells"], known)
    check_batch({"facts.facts": facts, "facts.law_results": results, "facts.repairs": repairs}, known)
    return [Judged(*(one.filter(report_id=key) for one in (facts, results, repairs))) for key in range(len(reports))]


def on_paper(form: Form, changed: Mapping[Place, object]) -> list[ReadTable]:
    """The tables of the lawful report with some cells changed, as the tables stage would have read them."""
    known = {(table.code, cell.item, cell.measure) for table in form.tables for cell in table.cells}
    assert set(changed) <= known, set(changed) - known
    tables = []
    for table in form.tables:
        rows = LAWFUL[form.code][table.code]
        cells = []
        for cell in table.cells:
            printed = str(
                changed.get((table.code, cell.item, cell.measure), rows.get(cell.item, {}).get(cell.measure, 0))
            )
            read = read_value(printed, cell.kind) or Value("word")
            key = (table.code, cell.item, cell.measure, form.code)
            cells.append(
                ReadCell(
                    *key, printed, read.reading, read.micro, cell.unit, read.unit, read.decimals, None, None, *NOWHERE
                )
            )
        tables.append(ReadTable(table.code, form.code, len(table.items), len(table.items), 0, tuple(cells), ()))
    return tables


def row(form: str, table: str, item: str) -> set[Place]:
    """The cells of one row."""
    return {(table, item, cell.measure) for cell in FORMS[form].table(table).cells if cell.item == item}


def column(form: str, table: str, measure: str) -> set[Place]:
    """The cells of one column."""
    return {(table, cell.item, measure) for cell in FORMS[form].table(table).cells if cell.measure == measure}


def number(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.000001"))
