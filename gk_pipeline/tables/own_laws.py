"""The equalities that bind the cells of one row, by which a reader may doubt how the row is aligned."""

from collections.abc import Mapping
from functools import cache

from gk_pipeline.forms import FormTable
from gk_pipeline.tables.numbers import read_value
from gk_pipeline.tables.slots import Slot

OwnLaw = tuple[tuple[str, int], ...]
"""The measures of an equality over one item, each with its sign; they sum to nothing."""


@cache
def own_laws(table: FormTable, item: str) -> tuple[OwnLaw, ...]:
    """The equalities whose members are all cells of the item."""
    rows = [row.coefficients for row in table.laws if row.kind == "equality"]
    inside = [row for row in rows if all(table.cells[cell].item == item for cell, _ in row)]
    return tuple(tuple((table.cells[cell].measure, sign) for cell, sign in row) for row in inside)


def keeps_own_laws(table: FormTable, item: str, slots: Mapping[str, Slot]) -> bool:
    """Whether the item has equalities of its own and these slots keep them; one that cannot be assessed is not kept."""
    laws, measures = own_laws(table, item), table.measures
    for law in laws:
        total = 0
        for measure, sign in law:
            slot = slots.get(measure)
            value = read_value(slot.text, measures[measure].kind) if slot is not None else None
            if value is None or value.micro is None:
                return False
            total += sign * value.micro
        if total:
            return False
    return bool(laws)
