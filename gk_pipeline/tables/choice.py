"""How the laws of a form choose among the readings of rows that do not print their shape, jointly over a table.

A row is read as far as all lawful choices agree: a cell that has the same number in each of them has that number, one
that differs stays open with the numbers it may have. Where no choice is lawful, because some other number is wrong as
well, nothing is chosen.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from gk_pipeline.forms import FormTable, Measure
from gk_pipeline.tables.agreement import agreed
from gk_pipeline.tables.alignment import Alignment
from gk_pipeline.tables.fillings import (
    Filling,
    Known,
    Vector,
    column_laws,
    completed,
    fillings,
    printed_bounds,
    same_in_all,
    with_one_fault,
)
from gk_pipeline.tables.joint import JointLaw, standing_together
from gk_pipeline.tables.own_laws import own_laws
from gk_pipeline.tables.printed import Printed, Row


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
    """The rows of a table in form order, `open_rows` among them read as far as its laws allow.

    The least damage goes first. That all rows lack the same column is one, before many: that each lost a value
    somewhere. A row that prints its shape is undamaged, where no law says that its last value is another's.
    """
    laws = joint_laws(table)
    if not laws:
        return list(rows)
    ways = _without_columns(table, judge, rows, open_rows)
    standing = [
        way for way in ways if standing_together([_vectors(table, row, way.get(row.item, ())) for row in rows], laws)
    ]
    if standing:
        return _agreed(table, rows, {item: [way[item][0] for way in standing] for item in ways[0]})
    known: Known = {}
    options = {item: own for item, row in open_rows.items() if (own := _fillings(table, judge, row, known))}
    undamaged = {
        item: own[:1] if open_rows[item].exact and None not in own[0].slots else own for item, own in options.items()
    }
    left = _standing(table, rows, undamaged, laws) or _standing(table, rows, options, laws) or {}
    return _agreed(table, rows, left)


def _standing(
    table: FormTable, rows: Sequence[Row], options: Mapping[str, Sequence[Filling]], laws: Sequence[JointLaw]
) -> dict[str, list[Filling]] | None:
    """The fillings of each row with which some choice for the others keeps all laws; None where no choice does."""
    vectors = [_vectors(table, row, options.get(row.item, ())) for row in rows]
    kept = standing_together(vectors, laws) if options else None
    if kept is None:
        return None
    left = {row.item: {own[one] for one in ones} for row, own, ones in zip(rows, vectors, kept, strict=True)}
    return {item: [one for one in own if one.vector in left[item]] for item, own in options.items()}


def _agreed(table: FormTable, rows: Sequence[Row], left: Mapping[str, Sequence[Filling]]) -> list[Row]:
    """The rows, those with fillings left as far as these agree."""
    return [
        agreed(row, [cell.measure for cell in table.cells_of[row.item]], left[row.item]) if row.item in left else row
        for row in rows
    ]


def _without_columns(
    table: FormTable, judge: Alignment, rows: Sequence[Row], open_rows: Mapping[str, Printed]
) -> list[dict[str, list[Filling]]]:
    """Every way to read all rows that print values if they lack the same columns, or have the same too many.

    None where most rows print nothing: the few that do may as well have lost a value each.
    """
    having = [row for row in open_rows.values() if row.run.filled]
    if 2 * len(having) <= len(rows) or any(row.slots is not None for row in rows):
        return []
    orders = {row.item.code: _columns(table, judge, row) for row in having}
    [first, *others] = orders.values()
    if not first or any(other != first for other in others):
        return []
    codes, kind = [measure.code for measure in first], first[0].kind
    laws = [column_laws(table, row.item.code, codes) for row in having]
    found = same_in_all([row.run.filled for row in having], kind, len(codes), laws)
    return [
        {row.item.code: [_in_form_order(table, row, codes, own)] for row, own in zip(having, way, strict=True)}
        for way in found
    ]


def _fillings(table: FormTable, judge: Alignment, row: Printed, known: Known) -> list[Filling]:
    """The fillings of a row, each in the form's column order; none where its columns are not known."""
    measures = _columns(table, judge, row)
    if not measures:
        return []
    codes = [measure.code for measure in measures]
    laws = column_laws(table, row.item.code, codes)
    found = fillings(row.run.filled, measures[0].kind, len(codes), laws, row.exact, known)
    return [_in_form_order(table, row, codes, filling) for filling in found]


def _columns(table: FormTable, judge: Alignment, row: Printed) -> list[Measure]:
    """The measures of a row's columns as printed; none where they are not all known, or no law binds them."""
    order = judge.order(row)
    measures = [measure for measure in order or () if measure is not None]
    known = order is not None and len(measures) == len(order) and len({measure.kind for measure in measures}) == 1
    return measures if known and own_laws(table, row.item.code) else []


def _in_form_order(table: FormTable, row: Printed, codes: Sequence[str], filling: Filling) -> Filling:
    own = [cell.measure for cell in table.cells_of[row.item.code]]
    if codes == own:
        return filling
    places = [codes.index(measure) for measure in own]
    return Filling(tuple(filling.slots[at] for at in places), tuple(filling.vector[at] for at in places))


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
