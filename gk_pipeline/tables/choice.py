"""How the laws of a form choose among the readings of rows that do not print their shape, jointly over a table.

A row is read as far as all lawful choices agree: a cell that has the same number in each of them has that number, one
that differs stays open with the numbers it may have. Where no choice is lawful, because some other number is wrong as
well, nothing is chosen.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from gk_pipeline.forms import FormTable
from gk_pipeline.tables.agreement import agreed
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
from gk_pipeline.tables.shared_runs import shared_runs
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
    options = _options(table, judge, open_rows) if laws else {}
    if not options:
        return list(rows)
    vectors = [_vectors(table, row, options.get(row.item, [])) for row in rows]
    standing = standing_together(vectors, laws)
    if standing is None:
        return list(rows)
    read = []
    for row, own, kept in zip(rows, vectors, standing, strict=True):
        left = {own[one] for one in kept}
        measures = [cell.measure for cell in table.cells_of[row.item]]
        fitting = [filling for filling in options.get(row.item, ()) if filling.vector in left]
        read.append(agreed(row, measures, fitting) if fitting else row)
    return read


def _options(table: FormTable, judge: Alignment, open_rows: Mapping[str, Printed]) -> dict[str, list[Filling]]:
    """The fillings of the open rows that have any."""
    options = {
        item: own
        for item, row in open_rows.items()
        if (own := _fillings(table, judge, row, row.run.filled, doubtful=row.exact))
    }
    for sharers, both in shared_runs(judge.rows):
        if all(row.item.code in open_rows for row in sharers):
            shared = [_shares(table, judge, sharers, shares) for shares in both]
            told = [own for own in shared if all(own.values())]
            if told and all(map(_alike, told[0].values(), told[-1].values())):
                options |= told[0]
    return options


def _shares(
    table: FormTable, judge: Alignment, rows: Sequence[Printed], shares: Sequence[tuple[Slot, ...]]
) -> dict[str, list[Filling]]:
    """What rows hold with their shares of a run; nothing where that breaks a row's own laws."""
    pairs = zip(rows, shares, strict=True)
    return {row.item.code: _fillings(table, judge, row, share, doubtful=False) for row, share in pairs}


def _alike(one: Sequence[Filling], other: Sequence[Filling]) -> bool:
    return [filling.vector for filling in one] == [filling.vector for filling in other]


def _fillings(
    table: FormTable, judge: Alignment, row: Printed, values: Sequence[Slot], *, doubtful: bool
) -> list[Filling]:
    """The fillings of a row with values, each in the form's column order; none where its columns are not known."""
    order = judge.order(row)
    measures = [measure for measure in order or () if measure is not None]
    kinds = {measure.kind for measure in measures}
    if order is None or len(measures) < len(order) or len(kinds) > 1 or not own_laws(table, row.item.code):
        return []
    codes = [measure.code for measure in measures]
    found = fillings(values, kinds.pop(), len(codes), column_laws(table, row.item.code, codes), doubtful)
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
