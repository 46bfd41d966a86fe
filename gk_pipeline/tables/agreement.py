"""What several ways to read a row agree on."""

from collections.abc import Sequence

from gk_pipeline.tables.fillings import Filling
from gk_pipeline.tables.printed import Row
from gk_pipeline.tables.slots import Slot


def agreed(row: Row, measures: Sequence[str], left: Sequence[Filling]) -> Row:
    """The row with the slots that are a cell's in every filling that is left, and what each other cell may be.

    A row that prints as many values as it has cells and can be read in one way alone is like any other.
    """
    slots: dict[str, Slot] = {}
    may_be: dict[str, tuple[int, ...]] = {}
    columns = zip(*[filling.slots for filling in left], strict=True)
    numbers = map(set, zip(*[filling.vector for filling in left], strict=True))
    for measure, own, bounds in zip(measures, columns, numbers, strict=True):
        if own[0] is not None and None not in own and (own.count(own[0]) == len(own) or len(bounds) == 1):
            slots[measure] = own[0]
        elif all(low == high for low, high in bounds):
            may_be[measure] = tuple(sorted(low for low, _ in bounds))
    if len(left) == 1 and len(row.tokens) == len(slots) == len(measures):
        return row._replace(slots=slots, tokens=())
    return row._replace(slots=slots, alignments=len(left), may_be=may_be)
