"""Shares against the number of cases they are of, with limits of what chance alone gives: a funnel plot.

The limits are exact: the smallest and largest numbers of a binomial distribution beyond which either side has less than
half of what may lie outside. They are not approximated, since most bodies have few cases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import lgamma, log
from typing import Any, Literal

import altair as alt
import numpy as np
from numpy.typing import NDArray

from gk_pipeline.pictures.charts.bars import INK
from gk_pipeline.pictures.charts.names import APART, Placed, Side, sides
from gk_pipeline.pictures.charts.render import Chart

OUTSIDE = (0.05, 0.002)
"""What may lie outside of the inner limits (95 %) and of the outer ones (99.8 %), by chance alone."""
WIDTH, HEIGHT = 640, 320
_STEPS = 90
"""Numbers of cases at which the limits are drawn."""
FAR = "#a8201a"
_LETTER = 10.5
Align = Literal["left", "right"]


@dataclass(frozen=True)
class Point:
    """A body: how many of its cases."""

    name: str
    part: int
    whole: int


@cache
def limits(share: float, whole: int, outside: float) -> tuple[int, int]:
    """The least and the most cases of `whole` that are within the limits, where each has the chance `share`."""
    below = _below(share, whole)
    least = int(np.searchsorted(below, outside / 2, side="right")) - 1
    most = int(np.argmax(1 - below[1:] <= outside / 2))
    return least, most


def is_far(point: Point, share: float) -> bool:
    """Whether a body lies beyond the outer limits."""
    least, most = limits(share, point.whole, OUTSIDE[1])
    return not least <= point.part <= most


def _below(share: float, whole: int) -> NDArray[np.float64]:
    """The probability of fewer than k cases, for k from 0 to `whole` + 1."""
    if share <= 0 or share >= 1:
        certain = 0 if share <= 0 else whole
        return (np.arange(whole + 2) > certain).astype(float)
    k = np.arange(whole + 1)
    ways = lgamma(whole + 1) - _lgamma(k + 1) - _lgamma(whole - k + 1)
    exact = np.exp(ways + k * log(share) + (whole - k) * log(1 - share))
    below: NDArray[np.float64] = np.minimum(np.concatenate([[0.0], np.cumsum(exact)]), 1.0)
    return below


def _lgamma(numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """The logarithm of the factorial of each number less one."""
    return np.fromiter(map(lgamma, numbers.tolist()), dtype=float, count=len(numbers))


def funnel(points: Sequence[Point], share: float) -> Chart:
    """The bodies by number of cases, on a scale of powers of ten, and by share; far ones named where there is room."""
    most = max(point.whole for point in points)
    cases = sorted({round(10 ** (step / _STEPS * log(max(most, 10), 10))) for step in range(_STEPS + 1)})
    curves = []
    for name, outside in zip(("inner", "outer"), OUTSIDE, strict=True):
        for whole in cases:
            low, high = limits(share, whole, outside)
            curves += [
                {"whole": whole, "share": low / whole, "line": f"{name} low"},
                {"whole": whole, "share": high / whole, "line": f"{name} high"},
            ]
    dots = [{"whole": one.whole, "share": one.part / one.whole, "far": is_far(one, share)} for one in points]
    widest = max(most, 10) * 1.3
    x = alt.X("whole:Q", title=None, scale=alt.Scale(type="log", domain=[1, widest]))
    y = alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    lines = alt.Chart(alt.InlineData(values=curves)).mark_line(strokeWidth=1, color="#7b838c")
    dash = alt.StrokeDash("line:N", legend=None, scale=_DASHES)
    middle = alt.Chart(alt.InlineData(values=[{"share": share}])).mark_rule(color="#1b1f24").encode(y="share:Q")
    drawn = alt.Chart(alt.InlineData(values=dots))
    colour = alt.condition("datum.far", alt.value(FAR), alt.value(INK))
    shape = alt.condition("datum.far", alt.value("diamond"), alt.value("circle"))
    marks = drawn.mark_point(filled=True, opacity=0.75, size=38).encode(x=x, y=y, color=colour, shape=shape)
    names = [
        alt.Chart(alt.InlineData(values=rows))
        .mark_text(align=align, dx=dx, fontSize=_LETTER)
        .encode(x=x, y=y, text="name:N")
        for align, dx, rows in _names(points, share, widest)
    ]
    return alt.layer(lines.encode(x=x, y=y, strokeDash=dash), middle, marks, *names).properties(
        width=WIDTH, height=HEIGHT
    )


def _names(points: Sequence[Point], share: float, widest: float) -> Iterator[tuple[Align, int, list[dict[str, Any]]]]:
    """The names of far points on either side of them; of two that meet, that of the most cases stays."""
    ordered = sorted((one for one in points if is_far(one, share)), key=lambda one: (-one.whole, one.name))
    near = [_placed(one, widest) for one in points if not is_far(one, share)]
    found = sides([_placed(one, widest) for one in ordered], WIDTH, near)
    on_side: tuple[tuple[Side, Align, int], ...] = (("right", "left", APART), ("left", "right", -APART))
    for side, align, dx in on_side:
        own = [ordered[number] for number, where in found.items() if where == side]
        yield align, dx, [{"whole": one.whole, "share": one.part / one.whole, "name": one.name} for one in own]


def _placed(point: Point, widest: float) -> Placed:
    return Placed(WIDTH * log(point.whole, widest), HEIGHT * (1 - point.part / point.whole), point.name)


_DASHES = alt.Scale(
    domain=["inner low", "inner high", "outer low", "outer high"], range=[[4, 3], [4, 3], [1, 0], [1, 0]]
)
