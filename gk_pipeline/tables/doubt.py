"""Cells that were recognised in a picture and may be misread: kept where an equality confirms them, else left open."""

from collections.abc import Sequence

from gk_pipeline.forms import FormTable, equalities
from gk_pipeline.tables.cells import ReadCell

SURE = 1.0
"""The confidence from which a recognised text counts as what the page prints: all looks at it agree.

What is in doubt is left out, since the laws mend an empty cell more easily than a wrong number.
"""


def without_doubtful(table: FormTable, cells: Sequence[ReadCell]) -> list[ReadCell]:
    """The cells of a table in form order; one in doubt is `lost`, unless an equality holds with what it seems to be."""
    doubtful = {number for number, cell in enumerate(cells) if cell.confidence is not None and cell.confidence < SURE}
    if not doubtful:
        return list(cells)
    for law in equalities(table).rows:
        values = [(sign, cells[number].micro) for number, sign in law.coefficients]
        if all(value is not None for _, value in values) and not sum(sign * (value or 0) for sign, value in values):
            doubtful.difference_update(number for number, _ in law.coefficients)
    return [_lost(cell) if number in doubtful else cell for number, cell in enumerate(cells)]


def _lost(cell: ReadCell) -> ReadCell:
    candidates = cell.candidates if cell.printed is None else [cell.printed]
    return cell._replace(
        printed=None,
        reading="lost",
        micro=None,
        printed_unit=None,
        decimals=None,
        candidates=candidates or [],
        alignments=0,
    )
