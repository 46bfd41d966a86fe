"""How the laws of a form choose among the readings of rows that do not print their shape, jointly over a table.

A row is read as far as all lawful choices agree: a cell that has the same number in each of them has that number, one
that differs stays open with the numbers it may have. Where no choice is lawful, because some other number is wrong as
well, nothing is chosen.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from gk_pipeline.forms import FormTable
from gk_pipeline.tables.alignment import Alignment
from gk_pipeline.tables.fillings import (
    Filling,
    Vector,
    column_laws,
    completed,
    fillings,
    printed_bounds,
    with_one_fault,
)
from gk_pipeline.tables.joint import JointLaw, standing_together
from gk_pipeline.tables.own_laws import own_laws
from gk_pipeline.tables.printed import Printed, Row
from gk_pipeline.tables.slots import Slot


@cache
def joint_laws(table: FormTable) -> tuple[JointLaw, ...]:
    """The equalities over counts that bind several items, by the item's number, its column and the sign."""
    items = {code: number for number, code in enumerate(table.items)}
    column = {cell: number for cells in table.cells_of.values() for number, cell in enumerate(cells)}
    laws = []
    for row in table.laws:
        cells = [(table.cells[index], sign) for index, sign in row.coefficients]
        if row.kind == "equality" and len({cell.item for cell, _ in cells}) > 1:
            laws.append(tuple((items[cell.item], column[cell], sign) for cell, sign in cells))
    return tuple(laws)


def chosen(table: FormTable, judge: Alignment, rows: Sequence[Row], open_rows: Mapping[str, Printed]) -> list[Row]:
    """The rows of a table in form order, `open_rows` among them read as far as its laws allow."""
    laws = joint_laws(table)
    options = {item: own for item, row in open_rows.items() if (own := _options(table, judge, row))} if laws else {}
    if not options:
        return list(rows)
    vectors = [_vectors(table, row, options.get(row.item, [])) for row in rows]
    standing = standing_together(vectors, laws)
    if standing is None:
        return list(rows)
    return [
        _agreed(table, row, options[row.item], {vectors[number][one] for one in standing[number]})
        if row.item in options
        else row
        for number, row in enumerate(rows)
    ]


def _options(table: FormTable, judge: Alignment, row: Printed) -> list[Filling]:
    """The fillings of a row, each in the form's column order; none where its columns are not known."""
    order = judge.order(row)
    measures = [measure for measure in order or () if measure is not None]
    kinds = {measure.kind for measure in measures}
    if order is None or len(measures) < len(order) or len(kinds) > 1 or not own_laws(table, row.item.code):
        return []
    codes = [measure.code for measure in measures]
    laws = column_laws(table, row.item.code, codes)
    found = fillings(row.run.filled, kinds.pop(), len(codes), laws, doubtful=row.exact)
    places = [codes.index(cell.measure) for cell in table.cells_of[row.item.code]]
    return [Filling(tuple(slots[at] for at in places), tuple(vector[at] for at in places)) for slots, vector in found]


def _vectors(table: FormTable, row: Row, options: Sequence[Filling]) -> list[Vector]:
    """What a row may hold: what its fillings say, else what it certainly prints, else anything.

    A certain row that breaks its own laws has one fault, and may have meant whatever one fault makes of it.
    """
    if options:
        return list(dict.fromkeys(filling.vector for filling in options))
    cells = table.cells_of[row.item]
    slots = row.slots or {}
    bounds = tuple(printed_bounds(slots.get(cell.measure), cell.kind) for cell in cells)
    laws = column_laws(table, row.item, [cell.measure for cell in cells])
    vector = completed(bounds, laws)
    return [vector] if vector else with_one_fault(bounds, laws, [cell.kind for cell in cells])


def _agreed(table: FormTable, row: Row, options: Sequence[Filling], standing: Collection[Vector]) -> Row:
    """The row with what all its standing fillings agree on, and what each other cell may be."""
    left = [filling for filling in options if filling.vector in standing]
    slots: dict[str, Slot] = {}
    may_be: dict[str, tuple[int, ...]] = {}
    for column, cell in enumerate(table.cells_of[row.item]):
        bounds = {filling.vector[column] for filling in left}
        own = [filling.slots[column] for filling in left]
        first = own[0]
        if first is not None and None not in own and (len(set(own)) == 1 or len(bounds) == 1):
            slots[cell.measure] = first
        elif all(low == high for low, high in bounds):
            may_be[cell.measure] = tuple(sorted(low for low, _ in bounds))
    return row._replace(slots=slots, alignments=len(left), may_be=may_be)
