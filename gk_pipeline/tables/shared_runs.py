"""Values of several rows that are printed in one run: behind the last of their labels, or behind the first."""

from collections.abc import Iterator, Sequence

from gk_pipeline.tables.printed import Printed
from gk_pipeline.tables.slots import Slot


def shared_runs(rows: Sequence[Printed]) -> Iterator[tuple[Sequence[Printed], list[list[tuple[Slot, ...]]]]]:
    """Neighbouring rows of which one alone prints values, as many as all of them have cells, with their shares.

    `rows` are those of a table as they are printed. The shares are given twice: row after row, and column after column.
    """
    for number, row in enumerate(rows):
        width, values = len(row.part.measures), row.run.filled
        n_rows, rest = divmod(len(values), width)
        if rest or n_rows < 2:
            continue
        before = _silent(reversed(rows[:number]), row)
        behind = _silent(rows[number + 1 :], row)
        if (before + 1 == n_rows) == (behind + 1 == n_rows):
            continue
        first = number - before if before + 1 == n_rows else number
        by_row = [values[share * width : (share + 1) * width] for share in range(n_rows)]
        by_column = [values[share::n_rows] for share in range(n_rows)]
        yield rows[first : first + n_rows], [by_row, by_column]


def _silent(neighbours: Sequence[Printed] | Iterator[Printed], row: Printed) -> int:
    """How many rows next to one print nothing behind their labels."""
    found = 0
    for other in neighbours:
        if other.part is not row.part or other.run.slots or other.cells is not None:
            break
        found += 1
    return found
