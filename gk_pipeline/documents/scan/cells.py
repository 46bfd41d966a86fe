"""What the cells of a table say: numbers are looked at together, words line by line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import cv2

from gk_pipeline.documents.document import UNREAD, GridCell
from gk_pipeline.documents.scan.figures import figure_in, has_ink
from gk_pipeline.documents.scan.lines import lines_in
from gk_pipeline.documents.scan.looks import Seen, agreed, each_time, plain, read_figures, repeated
from gk_pipeline.documents.scan.model import recogniser
from gk_pipeline.documents.scan.rules import Box, RuledCell
from gk_pipeline.documents.scan.upright import Grey, Ink

_LONE = 1.4
"""In letters' heights: a shorter line is one character, which is recognised badly by itself."""
_FEW = 5
"""Characters of the longest text that is read twice: as many as a value with words may have, such as 12件 or 不适用."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page upright and without its rules, its ink without dust, and the height of its letters."""

    page: Grey
    ink: Ink
    letter: float


def read_cells(sheet: Sheet, cells: Sequence[RuledCell]) -> tuple[GridCell, ...]:
    """The cells with their texts, and the confidence in them; one that shows ink is never blank."""
    figures = [figure_in(_inside(sheet.page, cell.box), sheet.letter) for cell in cells]
    rows = [
        [number for number in numbers if figures[number] is not None]
        for _, numbers in groupby(range(len(cells)), key=lambda number: cells[number].row)
    ]
    read = read_figures([[figure for number in row if (figure := figures[number])] for row in rows])
    told = zip((number for row in rows for number in row), (one for row in read for one in row), strict=True)
    seen = {number: one for number, one in told if one is not None}
    read_all = [seen[number] if number in seen else words(sheet, cell.box) for number, cell in enumerate(cells)]
    return tuple(
        GridCell(*cell[:4], one.text or (UNREAD if one.confidence < 1 else ""), confidence=one.confidence)
        for cell, one in zip(cells, read_all, strict=True)
    )


def words(sheet: Sheet, box: Box) -> Seen:
    """What a part of a page says that is no mere number; only what is short is looked at twice: no value is long."""
    cell, letter = _inside(sheet.page, box), sheet.letter
    lines = lines_in(_inside(sheet.ink, box), letter)
    text = "".join(_text(cell, line, letter) for line in lines)
    if not text:
        return Seen("", 0.0 if has_ink(cell, letter) else 1.0)
    if len(lines) > 1 or len(text) > _FEW:
        return agreed([text])
    again = each_time(repeated(_inside(cell, lines[0]), letter))
    return Seen(text, agreed([plain(text), again]).confidence)


def _text(page: Grey, line: Box, letter: float) -> str:
    if line.width < _LONE * letter:
        texts = [text for text in repeated(_inside(page, line), letter) if text]
        return Counter(texts).most_common(1)[0][0] if texts else ""
    around = round(letter / 4)
    white = (around, around, 2 * around, 2 * around)
    picture = cv2.copyMakeBorder(_inside(page, line), *white, cv2.BORDER_CONSTANT, value=255)
    return "".join(one.text for one in recogniser().read(picture.astype("uint8")))


def _inside(page: Grey, box: Box) -> Grey:
    return page[box.top : box.bottom, box.left : box.right]
