"""A number of a sentence beside what the tables say, as precisely as it is printed; all numbers in millionths."""

from typing import Literal, NamedTuple

from gk_pipeline.schemas.exact import MICRO

MONEY = "万元"


class Comparison(NamedTuple):
    """Two sides of a law: equal within `tolerance`, or the left at least the right.

    `near` is a percentage that is off by one unit of its last place at most. `name` says what was compared.
    """

    kind: Literal["equality", "inequality"]
    left: int
    right: int
    tolerance: int
    name: str
    near: bool = False

    @property
    def holds(self) -> bool:
        """Whether the law is kept."""
        difference = self.left - self.right
        return abs(difference) <= self.tolerance if self.kind == "equality" else difference >= -self.tolerance


def count(bound: str, said: int, step: int, counter: str, told: int | None, name: str) -> Comparison | None:
    """A stated count beside a sum of cells; money is as exact as it is printed. None without a sum."""
    if told is None:
        return None
    if bound == "at_least":
        return Comparison("inequality", told, said, 0, name)
    exact = step // 2 if counter == MONEY else 0
    return Comparison("equality", said, told, step if bound == "about" else exact, name)


def share(bound: str, said: int, step: int, part: int | None, whole: int | None, name: str) -> Comparison | None:
    """A stated percentage beside a ratio of sums: kept where that rounds or truncates to it. None without a ratio."""
    if part is None or not whole:
        return None
    ratio = (200 * part * MICRO + whole) // (2 * whole)
    if bound == "at_least":
        return Comparison("inequality", ratio, said, 0, name)
    cut_off = step - 1 if ratio > said else step // 2
    return Comparison("equality", said, ratio, step if bound == "about" else cut_off, name, abs(said - ratio) <= step)


def growth(bound: str, said: int, step: int, now: int, before: int, name: str) -> Comparison | None:
    """A stated growth in per cent beside that from one year to the next; what shrank is negative."""
    sign = -1 if said < 0 else 1
    made = share(bound, sign * said, step, sign * (now - before), before, name)
    return made and made._replace(left=said, right=sign * made.right) if made and made.kind == "equality" else None


def whole_of_parts(bound: str, said: int, step: int, parts: int, name: str) -> Comparison:
    """A stated whole, at least the sum of its parts; one that is not exact may be more by a unit of its last place."""
    return Comparison("inequality", said, parts, 0 if bound == "exact" else step, name)
