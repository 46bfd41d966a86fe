"""Judging one table of many reports by the laws of its form: statuses, values and verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from gk_pipeline.facts.evaluate import Flags, Integers, Sides, Tables, evaluate
from gk_pipeline.facts.repair import Found
from gk_pipeline.facts.settle import Settled, settle
from gk_pipeline.forms import FormTable, LawMatrix, equalities, inequalities
from gk_pipeline.schemas.exact import MICRO

VERIFIED, UNVERIFIED, DEDUCED = "verified", "unverified", "deduced"
CORRECTED, DISPUTED, MISSING = "corrected", "disputed", "missing"


Reviewed = Mapping[int, Mapping[int, int]]
"""For reports of a batch, by row, the cells for which a person gave the number that belongs there, in millionths."""


@dataclass(frozen=True)
class Judged:
    """The verdict on a batch: per report and cell a status and a value, per report and law two sides and a verdict.

    `values` are millionths where `valued`. `found[report]` are the explanations of each of its contradictions.
    `recognised` are the reports whose table was recognised in a picture. `defied` are the sides of the laws with these
    values, and where one with a reviewed member does not come out with them.
    """

    status: np.ndarray
    values: Integers
    valued: Flags
    laws: tuple[tuple[Sides, np.ndarray], ...]
    found: dict[int, tuple[Found, ...]]
    recognised: Flags
    defied: tuple[tuple[Sides, Flags], ...]


def reconcile_tables(tables: Tables, reviewed: Reviewed | None = None) -> Judged:
    """Judge every report by its equalities and inequalities.

    A reviewed number is the cell's value; explanations are looked for among the other numbers.

    Verdicts are about what was published, blanks completed: an equality whose members are all printed holds or is
    broken, whatever is corrected later; one with blanks is broken when no numbers in them could mend it, and otherwise
    open until its blanks are forced; then it was used. A number is verified by an equality that holds with it, unless
    it is corrected or disputed, or the equality fails with a reviewed number; what was recognised in a picture is
    disputed unless it is verified. Inequalities never change a status.
    """
    laws = equalities(tables.table)
    printed = evaluate(tables, laws)
    impossible = _impossible(tables, printed)
    given, decided = _as_reviewed(tables, reviewed or {})
    corrected = decided.copy()
    sides = printed if given is tables else evaluate(given, laws)
    broken = (sides.assessable & ~sides.balanced) | _impossible(given, sides)
    values, deduced = given.values.copy(), np.zeros_like(tables.known)
    disputed = _members_of(broken & _of_money(tables.table), laws)
    found = {}
    for report in np.flatnonzero(~given.known.all(axis=1) | broken.any(axis=1)) if len(laws.rows) else ():
        settled = _settled(given, int(report), frozenset(np.flatnonzero(decided[report]).tolist()), tables)
        forced = {cell: number for cell, number in settled.deduced.items() if not given.untold[report, cell]}
        for numbers, which in ((forced, deduced), (settled.corrected, corrected)):
            values[report, list(numbers)] = [number * MICRO for number in numbers.values()]
            which[report, list(numbers)] = True
        disputed[report, list(settled.disputed)] = True
        if settled.found:
            found[int(report)] = settled.found
    published = np.where(corrected, tables.values, values)
    filled = evaluate(replace(tables, values=published, known=tables.known | deduced), laws)
    verdicts = _equality_verdicts(printed, filled, impossible)
    valued = tables.known | deduced | corrected
    defied = _defied(replace(tables, values=values, known=valued), decided)
    status = np.full(values.shape, MISSING, dtype=object)
    status[tables.contested | tables.agreed] = DISPUTED
    status[tables.known] = UNVERIFIED
    status[tables.known & _members_of((verdicts == "holds") & ~defied[0][1], laws)] = VERIFIED
    status[(status == UNVERIFIED) & tables.recognised[:, None]] = DISPUTED
    status[deduced] = DEDUCED
    status[tables.known & disputed] = DISPUTED
    status[corrected] = CORRECTED
    on_inequalities = _inequalities(tables, published, tables.known | deduced)
    return Judged(status, values, valued, ((filled, verdicts), on_inequalities), found, tables.recognised, defied)


def _as_reviewed(tables: Tables, reviewed: Reviewed) -> tuple[Tables, Flags]:
    """The tables with the numbers that people gave, and which cells these are."""
    corrected = np.zeros_like(tables.known)
    if not reviewed:
        return tables, corrected
    values = tables.values.copy()
    for report, numbers in reviewed.items():
        values[report, list(numbers)] = list(numbers.values())
        corrected[report, list(numbers)] = True
    return replace(tables, values=values, known=tables.known | corrected, agreed=tables.agreed & ~corrected), corrected


def _defied(believed: Tables, decided: Flags) -> tuple[tuple[Sides, Flags], tuple[Sides, Flags]]:
    """Equalities and inequalities with the believed values, and where one with a decided member fails with them."""
    even = evaluate(believed, equalities(believed.table))
    uneven = evaluate(believed, inequalities(believed.table))
    kept = ((even, even.balanced), (uneven, uneven.at_least))
    one, other = ((sides, sides.assessable & ~held & _with_any(decided, sides.laws)) for sides, held in kept)
    return one, other


def _with_any(cells: Flags, laws: LawMatrix) -> Flags:
    """The laws that have one of the cells for a member."""
    having: Flags = (cells.astype(np.int64) @ np.abs(laws.matrix).T) > 0
    return having


def _of_money(table: FormTable) -> Flags:
    """Which equalities have money in them: they are as exact as their print, so that nothing is repaired by them."""
    rows = equalities(table).rows
    return np.array(
        [any(table.cells[cell].kind == "amount" for cell, _ in row.coefficients) for row in rows], dtype=bool
    )


def _settled(tables: Tables, report: int, reviewed: frozenset[int], undecided: Tables) -> Settled:
    """What the equalities settle in one report, the numbers on which all ways to read a row agree among the printed.

    Where they would have to be others, or are in doubt, the rows are read wrongly perhaps: then the printed ones alone.
    No explanation changes a `reviewed` cell; `undecided` are the tables before these were.
    """

    def numbers(of: Tables, given: Flags) -> list[int | None]:
        return _whole_numbers(of, report, given)

    agreed = tables.agreed[report]
    given = numbers(tables, tables.known[report] | agreed)
    before = numbers(undecided, undecided.known[report] | undecided.agreed[report]) if reviewed else None
    doubtful = bool(tables.recognised[report])
    settled = settle(tables.table, given, reviewed, before, doubtful)
    if agreed[[*settled.corrected, *settled.disputed]].any():
        before = numbers(undecided, undecided.known[report]) if reviewed else None
        return settle(tables.table, numbers(tables, tables.known[report]), reviewed, before, doubtful)
    read = {cell: number for cell, number in enumerate(given) if number is not None and agreed[cell]}
    return replace(settled, deduced=settled.deduced | read)


def _whole_numbers(tables: Tables, report: int, given: Flags) -> list[int | None]:
    """The given numbers of one report; the laws of counts leave the fractions of money aside."""
    cells = zip(tables.values[report].tolist(), given.tolist(), strict=True)
    return [value // MICRO if known else None for value, known in cells]


def _impossible(tables: Tables, sides: Sides) -> Flags:
    """Equalities with blanks on one side only that already sum to more than the other side."""
    signed = np.array([cell.kind == "change" for cell in tables.table.cells])
    matrix = sides.laws.matrix
    blank = (~tables.known).astype(np.int64)
    left_blank, right_blank = blank @ (matrix > 0).T.astype(np.int64), blank @ (matrix < 0).T.astype(np.int64)
    either_way = (blank * signed) @ (matrix != 0).T.astype(np.int64)
    too_much_left = (right_blank == 0) & (sides.difference > sides.tolerance)
    too_much_right = (left_blank == 0) & (-sides.difference > sides.tolerance)
    impossible: Flags = ~sides.assessable & (either_way == 0) & (too_much_left | too_much_right)
    return impossible


def _members_of(chosen: Flags, laws: LawMatrix) -> Flags:
    """The cells that stand in a chosen law."""
    members: Flags = (chosen.astype(np.int64) @ np.abs(laws.matrix)) > 0
    return members


def _equality_verdicts(printed: Sides, filled: Sides, impossible: Flags) -> np.ndarray:
    verdicts = np.full(printed.left.shape, "not_assessable", dtype=object)
    verdicts[filled.assessable] = np.where(filled.balanced[filled.assessable], "used", "broken")
    verdicts[printed.assessable] = np.where(printed.balanced[printed.assessable], "holds", "broken")
    verdicts[impossible] = "broken"
    return verdicts


def _inequalities(tables: Tables, values: Integers, valued: Flags) -> tuple[Sides, np.ndarray]:
    laws = inequalities(tables.table)
    printed = evaluate(tables, laws)
    filled = evaluate(replace(tables, values=values, known=valued), laws)
    verdicts = np.full(printed.left.shape, "not_assessable", dtype=object)
    verdicts[filled.assessable] = np.where(filled.at_least[filled.assessable], "used", "broken")
    verdicts[printed.assessable] = np.where(printed.at_least[printed.assessable], "holds", "broken")
    return filled, verdicts
