"""The smallest explanations of broken equalities: every one of one event, else every one of two, exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations

import numpy as np

from gk_pipeline.facts.code import Code
from gk_pipeline.facts.displaced import Displaced, displaced
from gk_pipeline.facts.elimination import checks
from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.facts.explanations import Explanation
from gk_pipeline.facts.lines import Lines, event, lines, possible

Line = tuple[int, int]
"""An event of `Lines` and its amount."""


@dataclass(frozen=True, eq=False)
class Syndromes:
    """What events do to the equalities that the unknown cells leave.

    `checks` combine laws into those equalities; `images[check, n]` is what the event of `Lines` does to them for an
    amount of 1. Events that touch an unknown cell are not `usable`. `classes` has for every direction that an image
    can take the events of that direction, `spans[n]` how often the image is the direction. `blind`: some event does
    nothing. No event touches more than `most` checks; `alike` are groups of checks that several directions touch.
    """

    checks: Integers
    images: Integers
    usable: Flags
    classes: dict[bytes, Integers]
    spans: Integers
    blind: bool
    most: int
    alike: tuple[tuple[Integers, Integers], ...]


def syndromes(code: Code, known: Flags) -> Syndromes:
    """The syndromes where these cells are known; those of a whole table are made once."""
    return _whole(code) if known.all() else _made(code, known)


@cache
def _whole(code: Code) -> Syndromes:
    return _made(code, np.ones(len(code.cells), dtype=bool))


def _made(code: Code, known: Flags) -> Syndromes:
    own = lines(code)
    combined = checks(code.matrix[:, ~known])
    images = combined @ own.images
    usable = known[own.first] & known[own.second]
    seen = np.flatnonzero(usable & images.any(axis=0))
    directions, spans = _directions(images[:, seen].T)
    members: dict[bytes, list[int]] = {}
    for number, direction in zip(seen.tolist(), map(bytes, directions), strict=True):
        members.setdefault(direction, []).append(number)
    every_span = np.zeros(len(own.kinds), dtype=np.int64)
    every_span[seen] = spans
    touched = images[:, seen] != 0
    return Syndromes(
        checks=combined,
        images=images,
        usable=usable,
        classes={direction: np.array(numbers) for direction, numbers in members.items()},
        spans=every_span,
        blind=bool((usable & ~images.any(axis=0)).any()),
        most=int(touched.sum(axis=0).max(initial=0)),
        alike=tuple(_alike(seen, directions, touched)),
    )


def _directions(rows: Integers) -> tuple[Integers, Integers]:
    """Rows, none of them zero, without their common factors and with a positive first entry; and what was taken out."""
    if not rows.size:
        return rows, np.zeros(len(rows), dtype=np.int64)
    firsts = rows[np.arange(len(rows)), (rows != 0).argmax(axis=1)]
    spans = np.gcd.reduce(rows, axis=1) * np.sign(firsts)
    return np.ascontiguousarray(rows // spans[:, None]), spans


def _alike(seen: Integers, directions: Integers, touched: Flags) -> Iterator[tuple[Integers, Integers]]:
    """Groups of directions that touch the same checks and yet differ: the checks, and an event for each direction."""
    groups: dict[bytes, dict[bytes, int]] = {}
    for number, direction, pattern in zip(seen.tolist(), directions, touched.T, strict=True):
        groups.setdefault(pattern.tobytes(), {}).setdefault(direction.tobytes(), number)
    for pattern, group in groups.items():
        if len(group) > 1:
            yield np.flatnonzero(np.frombuffer(pattern, dtype=bool)), np.array(list(group.values()))


@dataclass(frozen=True, eq=False)
class Search:
    """One code of one report: its printed numbers, 0 where unknown, and what they leave of the equalities."""

    code: Code
    values: Integers
    known: Flags
    syndromes: Syndromes
    residual: Integers

    @classmethod
    def of(cls, code: Code, values: Integers, known: Flags) -> "Search":
        """The search over printed numbers; unknown ones are 0."""
        own = syndromes(code, known)
        return cls(code, values, known, own, own.checks @ (code.matrix @ values))

    @property
    def lines(self) -> Lines:
        """The events with an open number."""
        return lines(self.code)

    def one(self) -> Iterator[Explanation]:
        """Every explanation by one event that the checks allow; unknown cells may still contradict it."""
        for _, line in self._matching(self.residual[None, :]):
            yield self._explanation([line], [])
        for number in np.flatnonzero(~self._remaining.any(axis=1)).tolist():
            yield self._explanation([], [number])

    def two(self) -> Iterator[Explanation]:
        """Every explanation by two events on different cells whose amounts the checks decide."""
        for first, second in self._two_lines():
            if self._cells_of(first[0]).isdisjoint(self._cells_of(second[0])):
                yield self._explanation([first, second], [])
        for number, line in self._matching(self._remaining):
            if self._cells_of(line[0]).isdisjoint(self._displaced.positions[number].tolist()):
                yield self._explanation([line], [number])
        for one, other in self._two_rows():
            if set(self._displaced.positions[one].tolist()).isdisjoint(self._displaced.positions[other].tolist()):
                yield self._explanation([], [one, other])

    @property
    def balanced(self) -> bool:
        """Whether some numbers in the unknown cells keep every equality, were they not to be below zero."""
        return not self.residual.any()

    @property
    def open(self) -> bool:
        """Whether one event could be any of many amounts: it does nothing to the checks, and these are kept."""
        return self.balanced and self.syndromes.blind

    @property
    def splits(self) -> bool:
        """Whether two events could share what is off in many ways: their amounts are not decided by the checks."""
        if self.balanced:
            return True
        [direction], _ = _directions(self.residual[None, :])
        alike = len(self.syndromes.classes.get(direction.tobytes(), ()))
        return alike > 1 or (self.syndromes.blind and (alike > 0 or not self._remaining.any(axis=1).all()))

    @cached_property
    def _displaced(self) -> Displaced:
        return displaced(self.code, self.values, self.known)

    @cached_property
    def _remaining(self) -> Integers:
        """What each displacement leaves of the residual: the number in a gap has no part in the checks."""
        effects = self._displaced.effects
        return self.residual + (effects if self.known.all() else effects @ self.syndromes.checks.T)

    def _two_rows(self) -> Iterator[tuple[int, int]]:
        """Two displacements that together leave nothing; a weighted sum of the checks tells most others apart."""
        left = self._remaining
        weights = np.arange(1, len(self.residual) + 1) ** 3
        sums = left @ weights
        missing = self.residual @ weights - sums
        for one in np.flatnonzero(np.isin(missing, sums)).tolist():
            for other in np.flatnonzero(sums == missing[one]).tolist():
                if one < other and not (left[one] + left[other] - self.residual).any():
                    yield one, other

    def _two_lines(self) -> Iterator[tuple[Line, Line]]:
        """Two lines: a check that one alone breaks gives its amount, and what remains that of the other.

        Lines on the very same checks are solved for both amounts at once.
        """
        images, broken = self.syndromes.images, np.flatnonzero(self.residual)
        if len(broken) > 2 * self.syndromes.most:
            return
        usable = np.flatnonzero(self.syndromes.usable)
        for check in broken:
            touching = usable[images[check, usable] != 0]
            amounts, rests = np.divmod(-self.residual[check], images[check, touching])
            able = (rests == 0) & possible(self.code, self.lines, touching, amounts, self.values)
            touching, amounts = touching[able], amounts[able]
            remaining = self.residual + images[:, touching].T * amounts[:, None]
            for number, line in self._matching(remaining):
                yield (int(touching[number]), int(amounts[number])), line
        for shared, group in self.syndromes.alike:
            if set(broken) <= set(shared):
                yield from self._solved(shared, group)

    def _solved(self, shared: Integers, group: Integers) -> Iterator[tuple[Line, Line]]:
        """Pairs of directions on the same checks, by Cramer's rule."""
        spans = self.syndromes.spans
        directions = self.syndromes.images[np.ix_(shared, group)] // spans[group]
        residual = self.residual[shared]
        for one, other in combinations(range(len(group)), 2):
            a, b = directions[:, one], directions[:, other]
            minors = a[0] * b - a * b[0]
            at = int(np.flatnonzero(minors)[0])
            amounts = [-(residual[0] * b[at] - residual[at] * b[0]), -(a[0] * residual[at] - a[at] * residual[0])]
            if any(amount % minors[at] for amount in amounts):
                continue
            s, t = (amount // minors[at] for amount in amounts)
            if s and t and not (residual + s * a + t * b).any():
                for first in self._members(a * s, shared):
                    yield from ((first, second) for second in self._members(b * t, shared))

    def _members(self, image: Integers, shared: Integers) -> list[Line]:
        """The lines with which the laws move by an image."""
        whole = np.zeros((1, len(self.residual)), dtype=np.int64)
        whole[0, shared] = -image
        return [line for _, line in self._matching(whole)]

    def _matching(self, remaining: Integers) -> Iterator[tuple[int, Line]]:
        """For each of some residuals that one possible event makes zero: which it is, and the event."""
        touched = np.count_nonzero(remaining, axis=1)
        able = np.flatnonzero((touched > 0) & (touched <= self.syndromes.most))
        directions, spans = _directions(remaining[able])
        for number, direction, span in zip(able.tolist(), directions, spans.tolist(), strict=True):
            alike = self.syndromes.classes.get(direction.tobytes())
            if alike is None:
                continue
            amounts, rests = np.divmod(-span, self.syndromes.spans[alike])
            happened = (rests == 0) & possible(self.code, self.lines, alike, amounts, self.values)
            for line, amount in zip(alike[happened].tolist(), amounts[happened].tolist(), strict=True):
                yield number, (line, amount)

    def _cells_of(self, which: int) -> set[int]:
        own = self.lines
        return {int(own.first[which]), int(own.second[which])}

    def _explanation(self, of_lines: Sequence[Line], rows: Sequence[int]) -> Explanation:
        by_line = [event(self.code, self.lines, which, amount, self.values) for which, amount in of_lines]
        return Explanation(
            (*by_line, *(self._displaced.event(row, self.code, self.values, self.known) for row in rows))
        )
