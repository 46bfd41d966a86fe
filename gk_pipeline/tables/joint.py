"""Which readings of a table's rows can stand together by the laws that bind rows to each other.

Rows are independent but for these laws, and each law reads one number of a row: so what is left of every law after some
rows is all that the other rows need to know of them.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from gk_pipeline.tables.fillings import Bounds, Vector

_MOST_STATES = 4_000
"""Partial sums that are followed; with more of them what no single law excludes is kept."""

JointLaw = tuple[tuple[int, int, int], ...]
"""An equality over several rows: its members as row, column and sign; they sum to nothing."""

State = tuple[Bounds, ...]
"""The sum of every law so far."""


def standing_together(rows: Sequence[Sequence[Vector]], laws: Sequence[JointLaw]) -> list[list[int]] | None:
    """For every row the readings with which some choice for the other rows keeps all laws, as their places in its list.

    None where no choice keeps them. A reading is never left out without proof.
    """
    left = [list(range(len(readings))) for readings in rows]
    if not all(left):
        return None
    parts = _by_row(tuple(laws), len(rows))
    base: State = ((0, 0),) * len(laws)
    open_rows: dict[int, list[State]] = {}
    for number, readings in enumerate(rows):
        adds = [_adds(vector, parts[number], len(laws)) for vector in readings]
        if len(adds) == 1:
            base = _plus(base, adds[0])
        else:
            open_rows[number] = adds
    members = [{number for number, _, _ in law} & open_rows.keys() for law in laws]
    if not _supported(base, open_rows, members, left):
        return None
    kept = _followed(base, [[adds[one] for one in left[number]] for number, adds in open_rows.items()])
    if kept is None:
        return left
    if not all(kept):
        return None
    for number, own in zip(open_rows, kept, strict=True):
        left[number] = [left[number][one] for one in sorted(own)]
    return left


@cache
def _by_row(laws: tuple[JointLaw, ...], rows: int) -> list[list[tuple[int, int, int]]]:
    """For every row its members of laws, as law, column and sign."""
    members: list[list[tuple[int, int, int]]] = [[] for _ in range(rows)]
    for law, own in enumerate(laws):
        for row, column, sign in own:
            members[row].append((law, column, sign))
    return members


def _adds(vector: Vector, members: Sequence[tuple[int, int, int]], laws: int) -> State:
    """What a reading of a row adds to every law, at least and at most."""
    found = [(0, 0)] * laws
    for law, column, sign in members:
        (low, high), (least, most) = found[law], vector[column]
        found[law] = (low + least, high + most) if sign > 0 else (low - most, high - least)
    return tuple(found)


def _plus(one: State, other: State) -> State:
    return tuple([(low + least, high + most) for (low, high), (least, most) in zip(one, other, strict=True)])


def _supported(
    base: State, open_rows: Mapping[int, Sequence[State]], members: Sequence[set[int]], left: list[list[int]]
) -> bool:
    """Strike from `left` what no single law allows, again and again; False where a law allows nothing.

    `members`: the open rows that each law binds.
    """
    moved = True
    while moved:
        moved = False
        for law, start in enumerate(base):
            before, choosing = {start}, []
            for number in sorted(members[law]):
                added = {open_rows[number][one][law] for one in left[number]}
                if len(added) > 1:
                    choosing.append(number)
                else:
                    before = _sums(before, added)
            if not choosing and not _may_meet(before, (0, 0), {(0, 0)}):
                return False
            sums = [before]
            for number in choosing:
                sums.append(_sums(sums[-1], {open_rows[number][one][law] for one in left[number]}))
            behind: set[Bounds] = {(0, 0)}
            for number, before in zip(reversed(choosing), reversed(sums[:-1]), strict=True):
                adds = open_rows[number]
                met = {add: _may_meet(before, add, behind) for add in {adds[one][law] for one in left[number]}}
                kept = [one for one in left[number] if met[adds[one][law]]]
                if not kept:
                    return False
                moved = moved or len(kept) < len(left[number])
                left[number] = kept
                behind = _sums(behind, {adds[one][law] for one in kept})
    return True


def _sums(sums: set[Bounds], added: set[Bounds]) -> set[Bounds]:
    """Every sum with every added one; when they are too many, what lies between the least and the most."""
    found = {(low + least, high + most) for low, high in sums for least, most in added}
    if len(found) <= _MOST_STATES:
        return found
    return {(min(low for low, _ in found), max(high for _, high in found))}


def _may_meet(before: set[Bounds], own: Bounds, behind: set[Bounds]) -> bool:
    """Whether sums of both sides and the reading's own can come to nothing."""
    if len(before) > len(behind):
        before, behind = behind, before
    least, most = own
    exact = {low for low, high in behind if low == high}
    loose = [bounds for bounds in behind if bounds[0] != bounds[1]]
    for low, high in before:
        if low + least == high + most and -(low + least) in exact:
            return True
        if low + least != high + most and any(-(high + most) <= one <= -(low + least) for one in exact):
            return True
        if any(low + least + one <= 0 <= high + most + other for one, other in loose):
            return True
    return False


def _followed(base: State, rows: Sequence[Sequence[State]]) -> list[set[int]] | None:
    """For every open row the readings that stand on a way to nothing left in all laws; None when they are too many."""
    rest: list[State] = [((0, 0),) * len(base)]
    for row in reversed(rows):
        widest = tuple([(min(low for low, _ in own), max(high for _, high in own)) for own in zip(*row, strict=True)])
        rest.append(_plus(rest[-1], widest))
    rest.reverse()
    layers: list[dict[State, list[tuple[State, int]]]] = [{base: []}]
    followed = 0
    for row, behind in zip(rows, rest[1:], strict=True):
        layer: dict[State, list[tuple[State, int]]] = {}
        for state in layers[-1]:
            for number, added in enumerate(row):
                reached = _plus(state, added)
                if all(
                    low + least <= 0 <= high + most for (low, high), (least, most) in zip(reached, behind, strict=True)
                ):
                    layer.setdefault(reached, []).append((state, number))
        followed += len(layer)
        if followed > _MOST_STATES:
            return None
        layers.append(layer)
    kept: list[set[int]] = []
    alive = {state for state in layers[-1] if all(low <= 0 <= high for low, high in state)}
    for layer in reversed(layers[1:]):
        ways = [way for state in alive for way in layer[state]]
        kept.append({number for _, number in ways})
        alive = {state for state, _ in ways}
    kept.reverse()
    return kept
