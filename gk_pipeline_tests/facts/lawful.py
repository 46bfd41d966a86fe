"""Random applications tables that keep every law, blanks in them, and small systems solved by trying everything."""

from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from gk_pipeline.forms import Cell, FormTable
from gk_pipeline.forms.form import Item, Label, LawRow, Measure, Part

from .paper import FORMS

ENDS = ("received", "carried_in", "outcomes_total", "carried_out")
"""The rows that are no outcomes."""

LENDING = FORMS["2027"].table("lending")


def examples(count):
    """As many examples, however slow the machine is."""
    return settings(max_examples=count)


@st.composite
def lawful_applications(draw, form):
    """The numbers of an applications table in print order, each decided by the meaning of its row and column."""
    table = FORMS[form].table("applications")
    *types, total = table.measures
    outcomes = [item for item in table.items if item not in ENDS]
    drawn = [(item, applicant) for item in (*outcomes, "carried_in", "carried_out") for applicant in types]
    everywhere = draw(st.sampled_from([0, 0, 1, 50]))
    here_and_there = draw(st.dictionaries(st.sampled_from(drawn), st.integers(0, 900), max_size=25))
    numbers = {pair: everywhere + here_and_there.get(pair, 0) for pair in drawn}
    for applicant in types:
        numbers["outcomes_total", applicant] = sum(numbers[item, applicant] for item in outcomes)
        handled = numbers["outcomes_total", applicant] + numbers["carried_out", applicant]
        numbers["carried_in", applicant] = min(numbers["carried_in", applicant], handled)
        numbers["received", applicant] = handled - numbers["carried_in", applicant]
    numbers |= {(item, total): sum(numbers[item, applicant] for applicant in types) for item in table.items}
    return [numbers[cell.item, cell.measure] for cell in table.cells]


@st.composite
def blanks(draw, table):
    """Cells without a number: single ones, whole rows, whole columns and rectangles, as documents are damaged."""
    items, measures = list(table.items), list(table.measures)
    chosen = draw(st.sets(st.integers(0, len(table.cells) - 1), max_size=draw(st.sampled_from([3, 12, 60]))))
    rows = draw(st.sets(st.sampled_from(items), max_size=3))
    columns = draw(st.sets(st.sampled_from(measures), max_size=2))
    shape = draw(st.sampled_from(["cells", "rows", "columns", "rectangle"]))
    for cell in table.cells:
        hit = {"cells": False, "rows": cell.item in rows, "columns": cell.measure in columns}
        if hit.get(shape, cell.item in rows and cell.measure in columns):
            chosen.add(cell.index)
    return chosen


def without(numbers, cells):
    return [None if cell in cells else number for cell, number in enumerate(numbers)]


@cache
def every_lawful_lending(most):
    """Every lawful lending table of the toy form whose four inner cells are at most `most`, in print order."""
    inner = np.indices([most + 1] * 4).reshape(4, -1)
    (a, b), (c, d) = inner[:2], inner[2:]
    return np.stack([a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d], axis=1)


def completions(lawful, printed):
    """The lawful tables that agree with every printed number."""
    known = [cell for cell, number in enumerate(printed) if number is not None]
    return lawful[(lawful[:, known] == [printed[cell] for cell in known]).all(axis=1)]


def forced(solutions):
    """The cells that have one value in all solutions, and that value."""
    same = (solutions == solutions[0]).all(axis=0)
    return {cell: int(solutions[0, cell]) for cell in np.flatnonzero(same)}


@st.composite
def small_systems(draw):
    """A made-up table of up to four cells in one row, bound by any equalities, some of its cells signed changes."""
    size = draw(st.integers(2, 4))
    kinds = draw(st.lists(st.sampled_from(["count", "count", "count", "change"]), min_size=size, max_size=size))
    laws = draw(st.lists(st.lists(st.sampled_from([-1, 0, 1]), min_size=size, max_size=size), min_size=1, max_size=3))
    return system(kinds, [law for law in laws if any(law)])


def system(kinds, laws, kind="equality"):
    """A table of one row whose laws, all of one kind, have the given coefficients."""
    measures = tuple(Measure(f"m{n}", Label(f"m{n}"), kind, None) for n, kind in enumerate(kinds))
    part = Part(None, None, measures, (Item("row", Label("row"), None),))
    bare = FormTable("tiny", "tiny", "tiny", Label("tiny"), "Tiny", False, (), (part,), ())
    rows = tuple(_law(kind, number, law) for number, law in enumerate(laws))
    return replace(bare, laws=rows)


def _law(kind, number, coefficients):
    members = tuple((cell, sign) for cell, sign in enumerate(coefficients) if sign)
    return LawRow("tiny.law", str(number), kind, "error", members, (), "", "", "")


def every_solution(table, printed, most):
    """Every table within bounds that has the printed numbers and keeps the equalities, found by trying all."""
    ranges = [_range(cell, number, most) for cell, number in zip(table.cells, printed, strict=True)]
    trials = np.stack(np.meshgrid(*ranges, indexing="ij"), axis=-1).reshape(-1, len(ranges))
    for law in table.laws:
        signs = dict(law.coefficients)
        trials = trials[trials @ [signs.get(cell, 0) for cell in range(len(ranges))] == 0]
    return trials


def _range(cell: Cell, number, most):
    if number is not None:
        return [number]
    return range(-most if cell.kind == "change" else 0, most + 1)
