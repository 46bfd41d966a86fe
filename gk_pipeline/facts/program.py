"""Explanations by three events and more: an integer program over the same equalities, bounded by what it may search."""

import ctypes
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import highspy
import numpy as np

from gk_pipeline.facts.code import Code
from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.facts.explanations import Explanation, distinct
from gk_pipeline.facts.lines import lines
from gk_pipeline.facts.options import Option, wrong_groups, wrong_numbers

LEAST_EVENTS, MOST_EVENTS = 3, 5
"""Smaller explanations are found without a program, larger ones are not looked for."""
MOST_NODES = 100
"""Nodes of the search tree of one solution; without a proof by then nothing is certain."""
MOST_SOLUTIONS, MOST_RIVALS = 4, 12
"""Explanations that are looked for; more of them, up to so many rivals, only while one may still be told from all."""

_NEAR = 1e-5
"""How far from a whole number the solver leaves one."""

Chosen = list[tuple[int, float]]
"""Numbers of the chosen options, each with its amount."""


@dataclass(frozen=True)
class Solutions:
    """Explanations by the least number of events, and whether it is certain that there are no others as small."""

    explanations: tuple[Explanation, ...]
    complete: bool


def solve(code: Code, values: Integers, known: Flags) -> Solutions:
    """The smallest explanations of numbers that fewer than `LEAST_EVENTS` events do not explain; unknown ones are 0.

    Wrong numbers alone are the quickest to tell; then no more events than theirs are looked for among all kinds.
    """
    if _too_many_rows_off(code, values, known):
        return Solutions((), complete=True)
    numbers = list(wrong_numbers(code, values, known))
    chosen = _Program(code, values, known, numbers).smallest(MOST_EVENTS)
    program = _Program(code, values, known, [*numbers, *wrong_groups(code, values, known)])
    chosen = chosen or program.smallest(MOST_EVENTS)
    found: list[Explanation] = []
    decided = True
    for turn in range(MOST_RIVALS):
        if chosen is None:
            return Solutions(tuple(found), decided and program.proved)
        explanation = program.explanation(chosen, code, values)
        decided = decided and explanation is not None and program.decides(chosen)
        if explanation is not None:
            found = distinct([*found, explanation])
        if turn >= MOST_SOLUTIONS - 1 and not _one_may_stand_out(found):
            break
        program.exclude(chosen)
        size, chosen = len(chosen), program.smallest(len(chosen))
        if chosen is not None and len(chosen) < size:
            found, decided = [], True
    return Solutions(tuple(found), complete=False)


def _too_many_rows_off(code: Code, values: Integers, known: Flags) -> bool:
    """Whether more rows that are printed in full break their own laws than so many events can touch."""
    off, images = code.matrix @ values != 0, lines(code).images
    own = np.concatenate([np.zeros(0, dtype=np.int64), *(rows.own for rows in code.rows)])
    full = np.concatenate([np.zeros(0, dtype=bool), *(known[rows.positions].all(axis=1) for rows in code.rows)])
    touched = max(1, int(np.count_nonzero(images[own], axis=0).max(initial=0)))
    return int((off[own] & full).sum()) > MOST_EVENTS * touched


def _one_may_stand_out(found: Collection[Explanation]) -> bool:
    """Whether one explanation by slips of the pen alone may stand against the others that all take an odd number."""
    even = [one for one in found if not one.odd]
    return not even or (len(even) == 1 and even[0].slips_of_the_pen)


def _is_count(amount: float) -> bool:
    """Whether an amount is a whole number from 1 on; 0 would be no event at all."""
    return round(amount) >= 1 and abs(amount - round(amount)) < _NEAR


class _Program:
    """The program: a switch for each option, an amount for those that take one, a number for each unknown cell."""

    def __init__(self, code: Code, values: Integers, known: Flags, options: Sequence[Option]) -> None:
        self.options, self.proved = options, True
        free = [number for number, option in enumerate(options) if option.most]
        unknown = np.flatnonzero(~known)
        n_switches, n_laws = len(options), len(code.laws)
        width = n_switches + len(free) + len(unknown)
        self.amount_of = {number: n_switches + place for place, number in enumerate(free)}
        self.effects = np.zeros((n_laws, width))
        apart = np.zeros((len(code.cells), width))
        for number, option in enumerate(options):
            effect = code.matrix[:, option.positions] @ np.array(option.step)
            self.effects[:, self.amount_of.get(number, number)] = effect
            apart[list(option.positions), number] = 1
        self.effects[:, width - len(unknown) :] = code.matrix[:, unknown]
        bounds = np.zeros((len(free), width))
        for place, number in enumerate(free):
            bounds[place, self.amount_of[number]], bounds[place, number] = 1, -options[number].most
        apart = apart[apart.sum(axis=1) > 1]
        count = np.zeros((1, width))
        count[0, :n_switches] = 1
        self.unknown = self.effects[:, width - len(unknown) :]
        self.count_row = n_laws + len(free) + len(apart)
        residual = (code.matrix @ values).astype(float)
        infinity = highspy.kHighsInf
        low = np.concatenate([-residual, np.full(len(free) + len(apart), -infinity), [LEAST_EVENTS]])
        high = np.concatenate([-residual, np.zeros(len(free)), np.ones(len(apart)), [MOST_EVENTS]])
        self.highs = _solver(np.vstack([self.effects, bounds, apart, count]), low, high, n_switches)
        for place, position in enumerate(unknown):
            if code.signed[position]:
                self.highs.changeColBounds(width - len(unknown) + place, -infinity, infinity)

    def smallest(self, most_events: int) -> Chosen | None:
        """The smallest choice of at most so many options; None where there is none, or none was found."""
        self.highs.changeRowBounds(self.count_row, LEAST_EVENTS, most_events)
        self.highs.run()
        status = self.highs.getModelStatus()
        self.proved = status == highspy.HighsModelStatus.kInfeasible
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self.highs.getSolution().col_value
        switched = [number for number in range(len(self.options)) if solution[number] > 0.5]
        return [(number, solution[self.amount_of.get(number, number)]) for number in switched]

    def explanation(self, chosen: Chosen, code: Code, values: Integers) -> Explanation | None:
        """The chosen options with their amounts; None where these are no counts, or leave a law as it must not be.

        The solver counts in fractions, and leaves a switch a millionth open: what it says is counted anew.
        """
        if not all(_is_count(amount) for _, amount in chosen):
            return None
        off = code.matrix @ values
        for number, amount in chosen:
            option = self.options[number]
            off = off + code.matrix[:, option.positions] @ np.array(option.step) * round(amount)
        if self.unknown.shape[1] == 0 and off.any():
            return None
        return Explanation(tuple(self.options[number].event(round(amount)) for number, amount in chosen))

    def exclude(self, chosen: Chosen) -> None:
        """Never choose these options together again."""
        which = np.array([number for number, _ in chosen], dtype=np.int32)
        self.highs.addRow(-highspy.kHighsInf, len(chosen) - 1, len(chosen), which, np.ones(len(chosen)))

    def decides(self, chosen: Chosen) -> bool:
        """Whether the laws leave the chosen options no other amounts, whatever the unknown cells are."""
        columns = [self.effects[:, self.amount_of[number]] for number, _ in chosen if number in self.amount_of]
        together = np.column_stack([*columns, self.unknown])
        return bool(np.linalg.matrix_rank(together) == len(columns) + np.linalg.matrix_rank(self.unknown))


@cache
def _let_it_greet() -> None:
    """Let HiGHS print, once a process, who it is, where nobody reads it: stdout belongs to `gk extract` alone."""
    stdout = os.dup(1)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
        ctypes.CDLL(None).fflush(None)
        os.dup2(stdout, 1)
    os.close(stdout)


def _solver(matrix: np.ndarray, low: np.ndarray, high: np.ndarray, n_switches: int) -> highspy.Highs:
    """HiGHS with the program; one thread, a fixed seed and a bound on nodes, so that the clock decides nothing."""
    _let_it_greet()
    highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    limits = {"threads": 1, "random_seed": 1, "mip_max_nodes": MOST_NODES, "mip_abs_gap": 0.5}
    for name, value in {"output_flag": False, **limits}.items():
        highs.setOptionValue(name, value)
    height, width = matrix.shape
    switch = np.arange(width) < n_switches
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = width, height
    model.col_cost_ = switch.astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(width), np.where(switch, 1.0, highspy.kHighsInf)
    model.row_lower_, model.row_upper_ = low, high
    rows, columns = np.nonzero(matrix)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.searchsorted(rows, np.arange(height + 1)).astype(np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = columns.astype(np.int32), matrix[rows, columns]
    kind = highspy.HighsVarType
    model.integrality_ = [kind.kInteger] * n_switches + [kind.kContinuous] * (width - n_switches)
    highs.passModel(model)
    return highs
