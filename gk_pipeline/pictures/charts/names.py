"""Names beside the points of a chart, where they neither cover each other nor run out of it."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from gk_pipeline.pictures.charts.bars import width_of

Side = Literal["left", "right"]
APART, HALF = 7, 7
"""Pixels from a point to its name, and half the height of a name."""


class Placed(NamedTuple):
    """A point of a chart in pixels from its upper left corner, with what it is called."""

    x: float
    y: float
    name: str


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def sides(points: Sequence[Placed], width: float, unnamed: Sequence[Placed] = ()) -> dict[int, Side]:
    """On which side of which point its name has room, by their numbers; the first points come first.

    Names cover the `unnamed` points no more than the others.
    """
    dots = [_Box(one.x - 4, one.y - 4, one.x + 4, one.y + 4) for one in (*points, *unnamed)]
    taken: list[_Box] = []
    found: dict[int, Side] = {}
    for number, point in enumerate(points):
        for side, box in _boxes(point):
            others = (dot for at, dot in enumerate(dots) if at != number)
            if box.left >= 0 and box.right <= width and not any(map(box.meets, (*taken, *others))):
                taken.append(box)
                found[number] = side
                break
    return found


def _boxes(point: Placed) -> Iterator[tuple[Side, _Box]]:
    long, top, bottom = width_of(point.name), point.y - HALF, point.y + HALF
    yield "right", _Box(point.x + APART, top, point.x + APART + long, bottom)
    yield "left", _Box(point.x - APART - long, top, point.x - APART, bottom)
