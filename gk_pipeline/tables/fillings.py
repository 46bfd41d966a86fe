"""Every way in which what a row printed may fill its cells, as far as the damage to printed tables allows.

A row that prints fewer values than it has cells lost some of them, at any place, or runs two numbers together; one that
prints more has values that are no cell's, or numbers torn in two, or some of both. A value that was lost is what the
row's own equalities make it, and a filling that breaks one of them is none.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from gk_pipeline.forms import FormTable
from gk_pipeline.forms.form import Kind
from gk_pipeline.schemas.exact import MICRO
from gk_pipeline.tables.numbers import read_value
from gk_pipeline.tables.own_laws import own_laws
from gk_pipeline.tables.slots import Slot

_MOST_LOST = 2
"""Values a row may have lost, or too many of; with more of them it says next to nothing."""
_UNBOUNDED = 10**20
"""More millionths than any cell or sum of cells holds."""

Bounds = tuple[int, int]
"""The least and the most that a cell can hold, in millionths; a known value is both."""
Vector = tuple[Bounds, ...]
"""The bounds of a row's cells, in the form's column order."""
ColumnLaw = tuple[tuple[int, int], ...]
"""An equality over one row: its columns, each with its sign; they sum to nothing."""


_NOWHERE = -1
Places = tuple[int, ...]
"""For each cell which of the row's values it is; `_NOWHERE` for one that has none of its own."""
Placed = tuple[int, str, Bounds]
"""What a filling puts into a cell: the place of a value in its row, its text, and the bounds of its number."""
Known = dict[tuple[object, ...], list[tuple[Places, Vector]]]
"""The fillings of rows by what these print and the laws that bind them."""


class Filling(NamedTuple):
    """One way to fill a row: the slot that each cell's number is printed in, None where it has none of its own."""

    slots: tuple[Slot | None, ...]
    vector: Vector


def column_laws(table: FormTable, item: str, columns: Sequence[str]) -> tuple[ColumnLaw, ...]:
    """The equalities over one item, by the places of its measures in an order of columns that has them all."""
    place = {measure: number for number, measure in enumerate(columns)}
    whole = (law for law in own_laws(table, item) if all(measure in place for measure, _ in law))
    return tuple(tuple((place[measure], sign) for measure, sign in law) for law in whole)


def unknown(kind: Kind) -> Bounds:
    """The bounds of a cell of which nothing is known."""
    return (-_UNBOUNDED if kind == "change" else 0, _UNBOUNDED)


def printed_bounds(slot: Slot | None, kind: Kind) -> Bounds:
    """The bounds of a cell whose number is printed in a slot: that number, or anything where it prints none."""
    return _bounds(slot.text, kind) if slot else unknown(kind)


def _bounds(text: str, kind: Kind) -> Bounds:
    value = read_value(text, kind)
    return unknown(kind) if value is None or value.micro is None else (value.micro, value.micro)


def fillings(
    slots: Sequence[Slot],
    kind: Kind,
    width: int,
    laws: Sequence[ColumnLaw],
    doubtful: bool,
    known: Known | None = None,
) -> list[Filling]:
    """Every filling of a row's cells, all of one kind, with the values it printed that keeps the row's own laws.

    `doubtful`: the last value may be another's, a page number perhaps, also where their number is right. `known` keeps
    what was found for other rows of the table: many print the same, nothing but zeros mostly.
    """
    texts = tuple([slot.text for slot in slots])
    ways: Known = {} if known is None else known
    key = (texts, kind, width, tuple(laws), doubtful)
    if key not in ways:
        ways[key] = list(_ways(texts, kind, width, laws, doubtful))
    at = dict(enumerate(slots))
    return [Filling(tuple([at.get(place) for place in places]), vector) for places, vector in ways[key]]


def _ways(
    texts: Sequence[str], kind: Kind, width: int, laws: Sequence[ColumnLaw], doubtful: bool
) -> Iterator[tuple[Places, Vector]]:
    printed = tuple([(place, text, _bounds(text, kind)) for place, text in enumerate(texts)])
    for shape in _shapes(printed, width, (_NOWHERE, "", unknown(kind)), doubtful):
        places, _, bounds = zip(*shape, strict=True)
        vector = completed(bounds, laws)
        if vector is not None:
            yield places, vector


def _shapes(slots: tuple[Placed, ...], width: int, lost: Placed, doubtful: bool) -> Iterator[tuple[Placed, ...]]:
    surplus = len(slots) - width
    if surplus == 0:
        yield slots
        if doubtful:
            yield from _with_lost(slots[:-1], width, lost)
    elif -_MOST_LOST <= surplus < 0:
        yield from _with_lost(slots, width, lost)
        if surplus == -1:
            yield from _torn_apart(slots)
    elif 0 < surplus <= _MOST_LOST:
        together = {slots: None}
        for left in range(surplus, -1, -1):
            for shape in together:
                yield from combinations(shape, len(shape) - left)
            together = dict.fromkeys(whole for shape in together for whole in _put_together(shape))


def same_in_all(
    rows: Sequence[Sequence[Slot]], kind: Kind, width: int, laws: Sequence[Sequence[ColumnLaw]]
) -> list[list[Filling]]:
    """The fillings of rows that all lack the same columns, or have the same too many, that keep the rows' own laws.

    A filling a row in each; none where the rows do not print the same number of values.
    """
    n_values = len(rows[0])
    if any(len(row) != n_values for row in rows) or not 0 < abs(n_values - width) <= _MOST_LOST:
        return []
    found = []
    for places in combinations(range(max(n_values, width)), min(n_values, width)):
        filled = [_in_places(row, places, kind, width, own) for row, own in zip(rows, laws, strict=True)]
        complete = [filling for filling in filled if filling is not None]
        if len(complete) == len(rows):
            found.append(complete)
    return found


def _in_places(
    row: Sequence[Slot], places: Sequence[int], kind: Kind, width: int, laws: Sequence[ColumnLaw]
) -> Filling | None:
    """A row whose values stand in these columns, or of which only those in these places count."""
    if len(row) > width:
        slots: list[Slot | None] = [row[place] for place in places]
    else:
        at = dict(zip(places, row, strict=True))
        slots = [at.get(column) for column in range(width)]
    vector = completed([printed_bounds(slot, kind) for slot in slots], laws)
    return None if vector is None else Filling(tuple(slots), vector)


def _with_lost(slots: tuple[Placed, ...], width: int, lost: Placed) -> Iterator[tuple[Placed, ...]]:
    """The slots with gaps between them, wherever they may be."""
    for gaps in combinations(range(width), width - len(slots)):
        shape = list(slots)
        for gap in gaps:
            shape.insert(gap, lost)
        yield tuple(shape)


def _torn_apart(slots: tuple[Placed, ...]) -> Iterator[tuple[Placed, ...]]:
    """The slots with one number torn into two that were run together."""
    for number, (_, text, _) in enumerate(slots):
        for cut in range(1, len(text)) if text.isdecimal() else ():
            one, other = _made_up(text[:cut]), _made_up(text[cut:])
            if one and other:
                yield (*slots[:number], one, other, *slots[number + 1 :])


def _put_together(slots: tuple[Placed, ...]) -> Iterator[tuple[Placed, ...]]:
    """The slots with two neighbours put together that are one number torn."""
    for number, ((_, one, _), (_, other, _)) in enumerate(pairwise(slots)):
        if whole := _made_up(one + other):
            yield (*slots[:number], whole, *slots[number + 2 :])


def _made_up(digits: str) -> Placed | None:
    """A number that is not printed as one; None where it is none."""
    if not digits.isdecimal() or (len(digits) > 1 and digits[0] == "0"):
        return None
    return _NOWHERE, digits, (int(digits) * MICRO, int(digits) * MICRO)


def completed(bounds: Sequence[Bounds], laws: Sequence[ColumnLaw]) -> Vector | None:
    """The bounds narrowed to what a row's equalities leave; None where they leave nothing."""
    cells = list(bounds)
    for law in laws:
        rest, low, high, open_columns, signs = 0, 0, 0, [], set()
        for column, sign in law:
            least, most = cells[column]
            if least == most:
                rest -= sign * least
            else:
                open_columns.append(column)
                signs.add(sign)
                low, high = low + least, high + most
        if not open_columns and rest:
            return None
        if len(signs) != 1:
            continue
        rest *= signs.pop()
        for column in open_columns:
            least, most = cells[column]
            cells[column] = least, most = max(least, rest - (high - most)), min(most, rest - (low - least))
            if least > most:
                return None
    return tuple(cells)


def with_one_fault(vector: Vector, laws: Sequence[ColumnLaw], kinds: Sequence[Kind]) -> list[Vector]:
    """What a row that breaks its own laws may have meant: one of its numbers is wrong, or it is shifted a column."""
    meant = [(*vector[:at], unknown(kind), *vector[at + 1 :]) for at, kind in enumerate(kinds)]
    meant += [(*vector[1:], unknown(kinds[-1])), (unknown(kinds[0]), *vector[:-1])]
    meant += [
        (*vector[:at], vector[at + 1], vector[at], *vector[at + 2 :])
        for at in range(len(vector) - 1)
        if vector[at] != vector[at + 1]
    ]
    return list(dict.fromkeys(found for one in meant if (found := completed(one, laws)) is not None))
