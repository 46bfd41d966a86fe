"""Values of several rows that are printed in one run: behind the last of their labels, or behind the first."""

from collections.abc import Iterable, Iterator, Sequence

from gk_pipeline.forms import FormTable
from gk_pipeline.tables.heads import by_code
from gk_pipeline.tables.own_laws import keeps_own_laws
from gk_pipeline.tables.printed import Printed
from gk_pipeline.tables.runs import Run
from gk_pipeline.tables.slots import Slot

Shares = list[tuple[Slot, ...]]


def with_shares(table: FormTable, rows: Iterable[Printed]) -> list[Printed]:
    """The rows, those that share a run each with its share of it: row after row, or column after column.

    Neighbouring rows share a run where one alone prints values, as many as all have columns, and each share keeps the
    laws of its row; where both ways to share do, with other numbers, the run stays as it is.
    """
    given = list(rows)
    printed = sorted(given, key=lambda row: row.hit.start)
    shares = {
        row.item.code: share
        for sharers, told in _sharing(table, printed)
        for row, share in zip(sharers, told, strict=True)
    }
    return [
        row._replace(run=Run(shares[row.item.code], shares[row.item.code], clear=True))
        if row.item.code in shares
        else row
        for row in given
    ]


def _sharing(table: FormTable, rows: Sequence[Printed]) -> Iterator[tuple[Sequence[Printed], Shares]]:
    """Rows that share a run, and the share of each."""
    for number, row in enumerate(rows):
        width, values = row.width, row.run.filled
        n_rows, rest = divmod(len(values), width)
        if rest or n_rows < 2 or len(row.orders) != 1:
            continue
        before, behind = _silent(rows[:number][::-1], row), _silent(rows[number + 1 :], row)
        if (before + 1 == n_rows) == (behind + 1 == n_rows):
            continue
        first = number - before if before + 1 == n_rows else number
        sharers = rows[first : first + n_rows]
        by_row = [values[share * width : (share + 1) * width] for share in range(n_rows)]
        by_column = [values[share::n_rows] for share in range(n_rows)]
        told = [shares for shares in (by_row, by_column) if _lawful(table, sharers, shares)]
        if told and _texts(told[0]) == _texts(told[-1]):
            yield sharers, told[0]


def _silent(neighbours: Sequence[Printed], row: Printed) -> int:
    """How many rows next to one print nothing behind their labels."""
    for found, other in enumerate(neighbours):
        if other.part is not row.part or other.run.slots or other.cells is not None:
            return found
    return len(neighbours)


def _lawful(table: FormTable, rows: Sequence[Printed], shares: Shares) -> bool:
    pairs = zip(rows, shares, strict=True)
    return all(keeps_own_laws(table, row.item.code, by_code(row.orders[0], share)) for row, share in pairs)


def _texts(shares: Shares) -> list[list[str]]:
    return [[slot.text for slot in share] for share in shares]
