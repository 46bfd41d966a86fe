"""How many columns a part of a table prints: as many as the form has, unless heads and rows both say otherwise."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from gk_pipeline.tables.heads import PartHeads
from gk_pipeline.tables.printed import Printed


def with_columns(rows: Sequence[Printed], heads: Sequence[PartHeads]) -> Iterator[Printed]:
    """The rows, in form order, with the orders of columns in which their values may stand.

    Heads that leave a measure of the form out, or name a column beside those of the form, are followed where each row
    of the part prints as many values as they have columns; a single head or row may be damaged.
    """
    for number, group in groupby(rows, key=lambda row: row.number):
        own = list(group)
        width = len(own[0].part.measures)
        counts = {len(row.run.filled) for row in own if row.cells is None}
        columns = counts.pop() if len(counts) == 1 else width
        fitting = tuple(order for order in heads[number].orders if len(order) == columns)
        usual = tuple(order for order in heads[number].orders if len(order) == width)
        orders = fitting or usual
        yield from own if orders == heads[number].orders else (row._replace(orders=orders) for row in own)
