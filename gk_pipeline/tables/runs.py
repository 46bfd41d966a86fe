"""The run of values behind a label: what one row printed, before anyone says which cell is whose."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import NamedTuple

from gk_pipeline.sections.stream import Piece, Stream, squeeze
from gk_pipeline.tables.numbers import is_value
from gk_pipeline.tables.slots import Slot
from gk_pipeline.tables.units import named_units, one_unit, unit_alone

_REST_OF_NUMBER = re.compile(r"[.．,，]\d")
_LINES = 4
"""Lines over which the bracket behind a label may be torn."""
_LABEL_BRACKET = re.compile(r"\w{0,6}[（(][^（）()]{1,20}[）)]")
_DIGIT = re.compile(r"\d")
_BEHIND = 8
"""Slots behind a run among which another number of the same row is looked for."""
_WHOSE = (
    "[全本自省市州盟县区旗镇乡街道村级各直属辖下所部门单位机关局系统"
    "范围内外及以上等含合总小累共计去今前当同年度期比数据]"
)
_OTHERS_NUMBER = re.compile(rf"(?:20\d\d年度?{_WHOSE}{{0,10}}|{_WHOSE}{{1,10}})\d+[件项个条万元]*")
"""Words that say only whose or which year's a number is, and that number: no row of its own."""


class Run(NamedTuple):
    """The first run of values after a label, empty cells inside it included, those at its ends left out.

    `clear`: nothing foreign stands between label and run. `sentence`: other words follow the last value in its own
    piece, as in a sentence. `direct`: no words at all stand before it. `unit`: the unit of money that stands alone in
    the row, before the run or behind it. `empties`: the empty cells of the row. `filled`: the slots that hold a value.
    `orphans`: more values follow below the row before the next label, the rest of a number torn in two or a number
    that is said to be another body's or year's, or the row begins with one: digits among words, or words and a value
    several times.
    """

    slots: tuple[Slot, ...]
    filled: tuple[Slot, ...]
    clear: bool
    sentence: bool = False
    direct: bool = True
    unit: str | None = None
    empties: int = 0
    orphans: bool = False


def first_run(stream: Stream, slots: Iterator[Slot], own_piece: int, own_row: bool) -> Run:
    """The first run of values after a label that ends in `own_piece`.

    Words in the label's own piece are the rest of the label, and a cell that repeats it is the label spanned; words in
    another piece before any value are foreign. The run ends at the next words, and in a grid at the end of its row;
    `own_row` says that the row is the label's.
    """
    pieces = stream.pieces
    own = pieces[own_piece]
    home = row_of(own) if own_row else None
    run: list[Slot] = []
    clear, begun, sentence, direct, orphans, torn, empties = True, False, False, True, False, False, 0
    row = home
    units: list[str] = []
    number, here = own_piece, row_of(own)
    for slot in slots:
        at, _, _, text, holds = slot
        if at != number:
            number, here = at, row_of(pieces[at])
        if here != row:
            if begun or home is not None:
                behind = [slot, *islice(slots, _BEHIND)]
                first = next((other for other in behind if other.holds != "nothing"), slot)
                orphans = first.holds == "value" or _REST_OF_NUMBER.match(text) is not None or _others_number(behind)
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
            if run and run[-1].holds == "value" and is_value(run[-1].text + text):
                run[-1] = run[-1]._replace(text=run[-1].text + text)
            units += unit_alone(text)
        elif begun:
            sentence = number == run[-1].piece
            units += unit_alone(text)
            behind = [slot, *islice(slots, _BEHIND)]
            slots = chain(behind, slots)
            orphans = _REST_OF_NUMBER.match(text) is not None or _others_number(behind)
            orphans = orphans or (home is None and not direct and _goes_on(slots, number))
            break
        else:
            run.clear()
            direct = False
            torn = torn or (number == own_piece and _DIGIT.search(text) is not None)
            clear = clear and (number == own_piece or pieces[number].text == own.text)
    printed = tuple(_trimmed(run)) if empties else tuple(run)
    filled = tuple([slot for slot in printed if slot.holds == "value"]) if empties else printed
    if here is not None and here == home:
        units += [unit for slot in _rest_of_row(stream, slots, here) for unit in unit_alone(slot.text)]
    return Run(printed, filled, clear, sentence, direct, one_unit(units), empties, orphans or torn)


def _others_number(behind: Sequence[Slot]) -> bool:
    """Whether what stands behind a run begins with a number that is said to be another's, as in 全市 345."""
    words = ""
    for slot in behind:
        words += slot.text
        if _OTHERS_NUMBER.fullmatch(squeeze(words)):
            return True
    return False


def _goes_on(slots: Iterator[Slot], line: int) -> bool:
    """Whether the next value stands behind words in its line, as those that ended a run in `line` do."""
    for slot in slots:
        if slot.holds == "value":
            return slot.piece == line
        line = slot.piece
    return False


def _rest_of_row(stream: Stream, slots: Iterator[Slot], row: tuple[int, int]) -> Iterator[Slot]:
    """The slots behind the words that ended a run, to the end of its row."""
    return takewhile(lambda slot: row_of(stream.pieces[slot.piece]) == row, slots)


def unit_in_label(stream: Stream, start: tuple[int, int], run: Run) -> set[str]:
    """The units of money named in the bracket behind a label, also where the row's values stand between its lines."""
    number, char = start
    of_grid = stream.pieces[number].row is not None
    text = ""
    for piece in range(number, min(number + (1 if of_grid else _LINES), len(stream.pieces))):
        printed = stream.pieces[piece].text
        for slot in reversed(run.filled):
            if slot.piece == piece:
                printed = printed[: slot.start] + printed[slot.end :]
        text += printed[char:]
        char = 0
    bracket = _LABEL_BRACKET.match(squeezed := "".join(text.split()))
    return named_units(squeezed[: bracket.end()]) if bracket else set()


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
