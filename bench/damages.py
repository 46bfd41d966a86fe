"""What may happen to a printed applications table, by name; some of it is nothing that the repair looks for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from bodies import Body, Printed

Random = np.random.Generator
Damage = Callable[[Body, Random], Printed | None]
"""From a body to what its page prints; None where it cannot happen to this body."""


@dataclass(frozen=True)
class Kind:
    """A damage, how its page parts the cells, and what is aimed at."""

    name: str
    damage: Damage
    target: str
    between: str = "\t"


def digit(number: int, random: Random) -> str:
    text = str(number)
    at = random.integers(len(text))
    other = str((int(text[at]) + random.integers(1, 10)) % 10)
    return text[:at] + other + text[at + 1 :]


def transposition(number: int, random: Random) -> str:
    text = str(number)
    able = [at for at in range(len(text) - 1) if text[at] != text[at + 1]]
    if not able:
        return text
    at = random.choice(able)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def drop(number: int, random: Random) -> str:
    text = str(number)
    at = random.integers(len(text))
    return text[:at] + text[at + 1 :] or text


def insert(number: int, random: Random) -> str:
    text = str(number)
    at = random.integers(len(text) + 1)
    return text[:at] + str(random.integers(10)) + text[at:]


def one_off(number: int, random: Random) -> str:
    return str(max(0, number + random.choice([-1, 1])))


def any_other(number: int, random: Random) -> str:
    return str(random.integers(2 * max(number, 10)))


TYPOS = (digit, transposition, drop, insert)
Slip = Callable[[int, Random], str]


def typo(number: int, random: Random) -> str:
    """One of the slips of the pen that changes this number."""
    return changed(number, random, TYPOS[random.integers(len(TYPOS))]) or changed(number, random, digit) or ""


def changed(number: int, random: Random, slip: Slip) -> str | None:
    """What a slip makes of a number; None where it leaves the number as it is."""
    text = slip(number, random)
    return str(int(text)) if int(text) != number else None


def places(body: Body, count: int, random: Random) -> list[tuple[int, int]]:
    """Some cells, all different."""
    height, width = body.numbers.shape
    return [divmod(int(cell), width) for cell in random.choice(height * width, count, replace=False)]


def one_slip(body: Body, random: Random, slip: Slip) -> Printed | None:
    [(row, column)] = places(body, 1, random)
    printed, text = body.printed(), changed(int(body.numbers[row, column]), random, slip)
    if text is None:
        return None
    printed[row][column] = text
    return printed


def typos(body: Body, random: Random, count: int) -> Printed:
    printed = body.printed()
    for row, column in places(body, count, random):
        printed[row][column] = typo(int(body.numbers[row, column]), random)
    return printed


def blanks(body: Body, random: Random, counts: tuple[int, ...]) -> Printed:
    printed = body.printed()
    for row, column in places(body, random.choice(counts), random):
        printed[row][column] = ""
    return printed


def lost_cell(body: Body, random: Random) -> Printed:
    printed = body.printed()
    [(row, column)] = places(body, 1, random)
    del printed[row][column]
    return printed


def lost_zeros(body: Body, random: Random) -> Printed:
    """As 巩义 does: no outcome row with a zero prints all of its zeros."""
    printed = body.printed()
    for row in body.outcomes:
        zeros = np.flatnonzero(body.numbers[row] == 0)
        if zeros.size:
            del printed[row][random.choice(zeros)]
    return printed


def typo_and_lost_zero(body: Body, random: Random) -> Printed | None:
    printed = typos(body, random, 1)
    wrong = next(row for row, cells in enumerate(body.printed()) if cells != printed[row])
    zeros = [(row, column) for row, column in np.argwhere(body.numbers == 0).tolist() if row != wrong]
    if not zeros:
        return None
    row, column = zeros[random.integers(len(zeros))]
    del printed[row][column]
    return printed


def shifted(body: Body, random: Random, gap: str, right: bool) -> Printed:
    """A row that begins a column late or early; what falls off the edge is gone, and the gap prints something."""
    printed = body.printed()
    row = printed[random.choice(np.flatnonzero(body.numbers.any(axis=1)))]
    row[:] = [gap, *row[:-1]] if right else [*row[1:], gap]
    return printed


def shifted_either_way(body: Body, random: Random, gap: str) -> Printed:
    return shifted(body, random, gap, bool(random.integers(2)))


def with_total(body: Body, random: Random, rows: Callable[[Body], list[int]]) -> Printed:
    printed = body.printed()
    row, column = random.choice(rows(body)), random.integers(body.numbers.shape[1] - 1)
    number, total = int(body.numbers[row, column]), int(body.numbers[row, -1])
    wrong = int(typo(number, random))
    printed[row][column], printed[row][-1] = str(wrong), str(total + wrong - number)
    return printed


def carry_rows(body: Body) -> list[int]:
    return [row for row in range(len(body.numbers)) if row not in body.outcomes]


def outcome_rows(body: Body) -> list[int]:
    return body.outcomes


def swapped_in_column(body: Body, random: Random) -> Printed | None:
    printed = body.printed()
    one, other = random.choice(len(printed), 2, replace=False)
    column = random.integers(body.numbers.shape[1])
    printed[one][column], printed[other][column] = printed[other][column], printed[one][column]
    return printed if printed != body.printed() else None


def with_total_and_typo(body: Body, random: Random) -> Printed:
    printed = with_total(body, random, outcome_rows)
    [(row, column)] = places(body, 1, random)
    printed[row][column] = typo(int(printed[row][column]), random)
    return printed


def shifted_and_typo(body: Body, random: Random) -> Printed:
    printed = shifted_either_way(body, random, "0")
    [(row, column)] = places(body, 1, random)
    printed[row][column] = typo(int(printed[row][column]), random)
    return printed


def reversed_row(body: Body, random: Random) -> Printed:
    printed = body.printed()
    printed[random.choice(np.flatnonzero(body.numbers.any(axis=1)))].reverse()
    return printed


def row_repeated(body: Body, random: Random) -> Printed:
    printed = body.printed()
    row = random.integers(1, len(printed))
    printed[row] = list(printed[row - 1])
    return printed


def column_pushed_down(body: Body, random: Random) -> Printed:
    """From some row on, a column stands a row too low."""
    printed = body.printed()
    start, column = random.integers(len(printed) - 1), random.integers(body.numbers.shape[1])
    texts = [row[column] for row in printed]
    for row, text in zip(printed[start:], ["0", *texts[start:-1]], strict=True):
        row[column] = text
    return printed


KINDS = (
    *(Kind(f"one cell: {name}", partial(one_slip, slip=slip), "right 100 %, wrong 0") for name, slip in (
        ("digit", digit), ("transposition", transposition), ("drop", drop), ("insert", insert), ("±1", one_off),
        ("random", any_other))),
    Kind("one cell blank", partial(blanks, counts=(1,)), "right 100 %, wrong 0"),
    Kind("one cell lost from its row", lost_cell, "right 100 %, wrong 0", " "),
    Kind("two cells, typos", partial(typos, count=2), "right ≥ 99.5 %, wrong 0"),
    Kind("three cells, typos", partial(typos, count=3), "wrong ≤ 0.1 %"),
    Kind("a row shifted, 0 in the gap", partial(shifted_either_way, gap="0"), "right 100 %"),
    Kind("a row shifted, blank in the gap", partial(shifted_either_way, gap=""), "right 100 %"),
    Kind("a zero lost from every outcome row", lost_zeros, "≥ 98 % of cells, wrong 0", " "),
    Kind("1 to 3 blanks", partial(blanks, counts=(1, 2, 3)), "right 100 %"),
    Kind("4 or 5 blanks", partial(blanks, counts=(4, 5)), "right ≥ 99.9 %, wrong 0"),
    Kind("12 blanks", partial(blanks, counts=(12,)), "right ≥ 93 %, wrong 0"),
    Kind("a typo and a zero lost elsewhere", typo_and_lost_zero, "right ≥ 98 %, wrong 0", " "),
    Kind("an outcome moved with its total", partial(with_total, rows=outcome_rows), "wrong 0"),
    Kind("a carry row moved with its total", partial(with_total, rows=carry_rows), "wrong 0"),
    Kind("two rows swapped in a column", swapped_in_column, "wrong 0"),
    Kind("an outcome moved with its total, and a typo", with_total_and_typo, "unknown"),
    Kind("a row shifted, and a typo", shifted_and_typo, "unknown"),
    Kind("a row reversed", reversed_row, "unknown"),
    Kind("a row printed twice, over the next", row_repeated, "unknown"),
    Kind("a column pushed down a row", column_pushed_down, "unknown"),
)  # fmt: skip
