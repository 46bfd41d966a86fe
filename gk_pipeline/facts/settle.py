"""One table of one report: which blanks follow, which numbers must be others, and which nobody can tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from gk_pipeline.facts.code import Code, codes
from gk_pipeline.facts.deduce import deduce, signed_cells, unbalanced
from gk_pipeline.facts.repair import Found, explain
from gk_pipeline.forms import FormTable


@dataclass(frozen=True)
class Settled:
    """What the equalities of counts settle, by cell number.

    `deduced`: values of cells without a number. `corrected`: what a printed number must be, or what belongs into the
    gap of a displaced row. `disputed`: printed numbers that an explanation changes while another one is as small, or
    that stand in a contradiction without any explanation. `found`: the explanations of each contradiction.
    """

    deduced: dict[int, int]
    corrected: dict[int, int]
    disputed: frozenset[int]
    found: tuple[Found, ...]


def settle(
    table: FormTable, printed: Sequence[int | None], sure: frozenset[int] = frozenset(), doubtful: bool = False
) -> Settled:
    """What follows from the printed numbers of a table, None where there is no number.

    No explanation changes a cell of which we are `sure`.

    A blank gets a value only from numbers that no explanation changes, or after the only smallest one is applied. Where
    any number is `doubtful`, since a picture shows it, only those that another equality confirms tell what stands in a
    blank.
    """
    suspects = _suspects(table, printed)
    corrected: dict[int, int] = {}
    disputed: set[int] = set()
    found = []
    for code in codes(table):
        accused = suspects.intersection(code.cells)
        if accused:
            explained = explain(code, printed, signed_cells(table), sure)
            found.append(explained)
            if explained.correction is not None:
                corrected |= {change.cell: change.value for change in explained.correction.changes}
            else:
                disputed |= _doubtful(explained, accused, _unconfirmed(code, printed))
    if None not in printed:
        return Settled({}, corrected, frozenset(disputed), tuple(found))
    trusted = [None if cell in disputed else corrected.get(cell, number) for cell, number in enumerate(printed)]
    if doubtful:
        unconfirmed = {cell for code in codes(table) for cell in _unconfirmed(code, trusted)} - sure
        trusted = [None if cell in unconfirmed else number for cell, number in enumerate(trusted)]
    values = deduce(table, trusted).values
    deduced = {cell: value for cell, value in values.items() if printed[cell] is None}
    return Settled(deduced, corrected, frozenset(disputed), tuple(found))


def _suspects(table: FormTable, printed: Sequence[int | None]) -> frozenset[int]:
    if None in printed:
        return deduce(table, printed).suspects
    return frozenset(cell for code in codes(table) for law in unbalanced(code.laws, printed) for cell in law.members)


def _unconfirmed(code: Code, printed: Sequence[int | None]) -> set[int]:
    """The printed numbers that stand in no equality that is printed in full and holds."""
    broken = unbalanced(code.laws, printed)
    kept = [law for law in code.laws if law not in broken and all(printed[cell] is not None for cell in law.members)]
    confirmed = {cell for law in kept for cell in law.members}
    return {cell for cell in code.cells if printed[cell] is not None and cell not in confirmed}


def _doubtful(found: Found, accused: frozenset[int], unconfirmed: set[int]) -> set[int]:
    """The printed numbers in doubt: those that a smallest explanation changes, where all of them are known.

    Else all that contradict each other, and all that nothing confirms: in a table with empty cells a wrong number need
    not stand in a law that is seen to be broken.
    """
    changes = [change for explanation in found.explanations for change in explanation.changes]
    changed = {change.cell for change in changes if change.printed is not None}
    return changed if changed and found.complete else changed | accused | unconfirmed
