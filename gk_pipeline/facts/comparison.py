"""A number of a sentence beside what the tables say, as precisely as it is meant; all numbers in millionths."""

from typing import Literal, NamedTuple

from gk_pipeline.schemas.exact import MICRO

MONEY, TENTHS = "万元", "成"
_DIVISIBLE = (MONEY, TENTHS, "%", "％")
"""Counters of what need not be whole."""


class Comparison(NamedTuple):
    """Two sides of a law: equal within `tolerance`, or the left at least the right.

    `told` is the side that is not the sentence's. `near` is a percentage that is off by one unit of its last place at
    most. `name` says what was compared.
    """

    kind: Literal["equality", "inequality"]
    left: int
    right: int
    tolerance: int
    told: int
    name: str
    near: bool = False

    @property
    def holds(self) -> bool:
        """Whether the law is kept."""
        difference = self.left - self.right
        return abs(difference) <= self.tolerance if self.kind == "equality" else difference >= -self.tolerance


def spread(bound: str, said: int, step: int, counter: str) -> tuple[int | None, int | None]:
    """The least and the most that a number of a sentence may mean, None where it says none.

    About (约) is within a tenth, nearly (近) up to a fifth below; 20余 is 21 to 29, 百余 101 to 199.
    """
    unit = 1 if counter in _DIVISIBLE else MICRO
    tenth = max(said // 10, unit, step // 2 if counter == TENTHS else 0)
    least: dict[str, int] = {
        "exact": said,
        "rounded": said - step,
        "about": said - tenth,
        "nearly": said - max(said // 5, unit),
        "over": said + unit,
        "more_than": said + unit,
        "at_least": said,
    }
    most: dict[str, int] = {
        "exact": said,
        "rounded": said + step,
        "about": said + tenth,
        "nearly": said,
        "over": said + max(step - unit, unit),
        "less_than": said - unit,
        "at_most": said,
    }
    return least.get(bound), most.get(bound)


def count(bound: str, said: int, step: int, counter: str, told: int | None, name: str) -> Comparison | None:
    """A stated count beside a sum of cells; money is as exact as it is printed. None without a sum."""
    if told is None:
        return None
    if bound != "exact":
        return _within(spread(bound, said, step, counter), told, name)
    return Comparison("equality", said, told, step // 2 if counter == MONEY else 0, told, name)


def share(
    bound: str, said: int, step: int, counter: str, part: int | None, whole: int | None, name: str
) -> Comparison | None:
    """A stated percentage beside a ratio of sums: kept where that rounds or truncates to it. None without a ratio."""
    if part is None or not whole:
        return None
    ratio = (200 * part * MICRO + whole) // (2 * whole)
    if bound != "exact":
        return _within(spread(bound, said, step, counter), ratio, name)
    cut_off = step - 1 if ratio > said else step // 2
    return Comparison("equality", said, ratio, cut_off, ratio, name, abs(said - ratio) <= step)


def growth(bound: str, said: int, step: int, counter: str, now: int, before: int, name: str) -> Comparison | None:
    """A stated growth in per cent beside that from one year to the next; what shrank is negative."""
    sign = -1 if said < 0 else 1
    made = share(bound, sign * said, step, counter, sign * (now - before), before, name)
    if made is None:
        return None
    if made.kind == "inequality":
        return made._replace(told=sign * made.told)
    return made._replace(left=said, right=sign * made.right, told=sign * made.told)


def whole_of_parts(bound: str, said: int, step: int, counter: str, parts: int, name: str) -> Comparison | None:
    """A stated whole, at least the sum of its parts; None for one that may be any number more."""
    if bound == "nearly":
        bound = "about"
    _, most = spread(bound, said, step, counter)
    return None if most is None else Comparison("inequality", most, parts, 0, parts, name)


def _within(limits: tuple[int | None, int | None], told: int, name: str) -> Comparison:
    """What is told beside the least and the most that is said: the limit that it passes, else the one there is."""
    least, most = limits
    if most is not None and (least is None or told > most):
        return Comparison("inequality", most, told, 0, told, name)
    assert least is not None
    return Comparison("inequality", told, least, 0, told, name)
