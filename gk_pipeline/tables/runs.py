"""The run of values behind a label: what one row printed, before anyone says which cell is whose."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gk_pipeline.sections.stream import Piece, Stream
from gk_pipeline.tables.numbers import is_value, money_unit
from gk_pipeline.tables.slots import Slot

_REST_OF_NUMBER = re.compile(r"[.．,，]\d")


class Run(NamedTuple):
    """The first run of values after a label, empty cells inside it included, those at its ends left out.

    `clear`: nothing foreign stands between label and run. `sentence`: other words follow the last value in its own
    piece, as in a sentence. `direct`: no words at all stand before it. `unit`: a unit of money printed between label
    and run. `empties`: the empty cells of the row. `filled`: the slots that hold a value. `orphans`: more values follow
    below the row before the next label, or the rest of a number torn in two.
    """

    slots: tuple[Slot, ...]
    filled: tuple[Slot, ...]
    clear: bool
    sentence: bool = False
    direct: bool = True
    unit: str | None = None
    empties: int = 0
    orphans: bool = False


def first_run(stream: Stream, slots: Iterable[Slot], own_piece: int, own_row: bool) -> Run:
    """The first run of values after a label that ends in `own_piece`.

    Words in the label's own piece are the rest of the label, and a cell that repeats it is the label spanned; words in
    another piece before any value are foreign. The run ends at the next words, and in a grid at the end of its row;
    `own_row` says that the row is the label's.
    """
    pieces = stream.pieces
    own = pieces[own_piece]
    home = row_of(own) if own_row else None
    run: list[Slot] = []
    clear, begun, sentence, direct, orphans, empties = True, False, False, True, False, 0
    row = home
    unit: str | None = None
    number, here = own_piece, row_of(own)
    for slot in slots:
        if slot.piece != number:
            number, here = slot.piece, row_of(pieces[slot.piece])
        holds = slot.holds
        if here != row:
            if begun or home is not None:
                orphans = holds == "value" or _REST_OF_NUMBER.match(slot.text) is not None
                break
            run.clear()
            row = here
        if holds == "value":
            run.append(slot)
            begun = True
        elif holds == "nothing":
            run.append(slot)
            empties += 1
        elif holds == "unit":
            if run and run[-1].holds == "value" and is_value(run[-1].text + slot.text):
                run[-1] = run[-1]._replace(text=run[-1].text + slot.text)
            unit = unit or (None if begun else money_unit(slot.text))
        elif begun:
            sentence = number == run[-1].piece
            orphans = _REST_OF_NUMBER.match(slot.text) is not None
            break
        else:
            run.clear()
            direct = False
            clear = clear and (number == own_piece or pieces[number].text == own.text)
    filled = tuple(slot for slot in run if slot.holds == "value")
    return Run(tuple(_trimmed(run)), filled, clear, sentence, direct, unit, empties, orphans)


def row_of(piece: Piece) -> tuple[int, int] | None:
    """The block and row of a cell; None outside grids."""
    return None if piece.row is None else (piece.block, piece.row)


def _trimmed(run: Sequence[Slot]) -> Sequence[Slot]:
    """The run without the empty slots at its ends, which may be ghosts of spans."""
    first, last = 0, len(run)
    while first < last and run[first].holds == "nothing":
        first += 1
    while last > first and run[last - 1].holds == "nothing":
        last -= 1
    return run[first:last]
