"""Judging one table of many reports by the laws of its form: statuses, values and verdicts."""

from dataclasses import dataclass, replace

import numpy as np

from gk_pipeline.facts.deduce import deduce
from gk_pipeline.facts.evaluate import Flags, Integers, Sides, Tables, evaluate
from gk_pipeline.forms import LawMatrix, equalities, inequalities
from gk_pipeline.schemas.exact import MICRO

VERIFIED, UNVERIFIED, DEDUCED, DISPUTED, MISSING = "verified", "unverified", "deduced", "disputed", "missing"


@dataclass(frozen=True)
class Judged:
    """The verdict on a batch: per report and cell a status and a value, per report and law two sides and a verdict.

    `values` are millionths where `valued`.
    """

    status: np.ndarray
    values: Integers
    valued: Flags
    laws: tuple[tuple[Sides, np.ndarray], ...]


def reconcile_tables(tables: Tables) -> Judged:
    """Judge every report by its equalities and inequalities.

    An equality whose members are all printed holds or is broken. One with blanks is broken when no numbers in them
    could mend it, and otherwise open until its blanks are forced; then it was used. A number in a broken equality is
    disputed; one with an equality that holds is verified. Inequalities never change a status.
    """
    laws = equalities(tables.table)
    printed = evaluate(tables, laws)
    impossible = _impossible(tables, printed)
    broken = (printed.assessable & ~printed.balanced) | impossible
    suspects = _members_of(broken, laws)
    values, deduced = tables.values.copy(), np.zeros_like(tables.known)
    given = tables.known | tables.agreed
    for report in np.flatnonzero(~tables.known.all(axis=1)) if len(laws.rows) else ():
        cells = [
            int(value) // MICRO if known else None
            for value, known in zip(tables.values[report], given[report], strict=True)
        ]
        deduction = deduce(tables.table, cells)
        for cell, value in deduction.values.items():
            values[report, cell], deduced[report, cell] = value * MICRO, True
        suspects[report, list(deduction.suspects)] = True
    deduced |= tables.agreed & ~suspects
    valued = tables.known | deduced
    filled = evaluate(replace(tables, values=values, known=valued), laws)
    verdicts = _equality_verdicts(printed, filled, impossible)
    supported = _members_of(verdicts == "holds", laws)
    status = np.full(values.shape, MISSING, dtype=object)
    status[tables.contested | tables.agreed] = DISPUTED
    status[deduced] = DEDUCED
    status[tables.known] = UNVERIFIED
    status[tables.known & supported] = VERIFIED
    status[tables.known & (suspects | _members_of(verdicts == "broken", laws))] = DISPUTED
    return Judged(status, values, valued, ((filled, verdicts), _inequalities(tables, values, valued)))


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
