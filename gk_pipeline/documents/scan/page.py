"""A page that is a picture to blocks: its tables cell by cell, and the lines between them."""

from itertools import groupby

import cv2
import numpy as np

from gk_pipeline.documents.document import Block, GridCell
from gk_pipeline.documents.scan.figures import figure_in, has_ink
from gk_pipeline.documents.scan.lines import cleaned, lines_in, lines_on
from gk_pipeline.documents.scan.looks import Seen, agreed, plain, read_figures, repeated
from gk_pipeline.documents.scan.model import recogniser
from gk_pipeline.documents.scan.rules import Box, RuledTable, letter_height, rule_masks, ruled_tables
from gk_pipeline.documents.scan.upright import Grey, Ink, even, ink_of, upright

UNREAD = "\ufffd"
"""What stands for ink in a cell that nothing is recognised in."""
_FEW = 5
"""Characters of the longest text that is read twice: as many as a value with words may have, such as 12件 or 不适用."""


def read_page(picture: Grey, number: int) -> list[Block]:
    """The blocks of a page in reading order."""
    page = upright(even(picture))
    ink = ink_of(page)
    letter = letter_height(ink)
    if not letter:
        return []
    lines, walls = rule_masks(ink, letter)
    tables = ruled_tables(lines, walls, letter)
    rules = cv2.dilate(lines | walls, np.ones((5, 5), np.uint8))
    page = np.where(rules > 0, np.uint8(255), page)
    ink = cleaned(ink & (1 - np.minimum(rules, 1)), letter)
    placed = [
        (table.box.top, Block(cells=_cells(page, ink, table, letter), spans_known=True, page=number))
        for table in tables
    ]
    for table in tables:
        ink[table.box.top : table.box.bottom, table.box.left : table.box.right] = 0
    for box in lines_on(ink, letter):
        text = _text(page, box, letter)
        if text:
            placed.append((box.top, Block(text, page=number)))
    return [block for _, block in sorted(placed, key=lambda one: one[0])]


def _cells(page: Grey, ink: Ink, table: RuledTable, letter: float) -> tuple[GridCell, ...]:
    parts = [page[cell.box.top : cell.box.bottom, cell.box.left : cell.box.right] for cell in table.cells]
    figures = [figure_in(part, letter) for part in parts]
    rows = [
        [number for number in numbers if figures[number] is not None]
        for _, numbers in groupby(range(len(parts)), key=lambda number: table.cells[number].row)
    ]
    read = read_figures([[figure for number in row if (figure := figures[number])] for row in rows])
    told = [(number, one) for row, said in zip(rows, read, strict=True) for number, one in zip(row, said, strict=True)]
    seen = {number: one for number, one in told if one is not None}
    for number, part in enumerate(parts):
        if number not in seen:
            box = table.cells[number].box
            seen[number] = _words(part, ink[box.top : box.bottom, box.left : box.right], letter)
    return tuple(
        GridCell(
            *cell[:4], seen[number].text or UNREAD * (seen[number].confidence < 1), confidence=seen[number].confidence
        )
        for number, cell in enumerate(table.cells)
    )


def _words(cell: Grey, ink: Ink, letter: float) -> Seen:
    """What a cell says that holds no mere number; only what is short is looked at twice, since no value is long."""
    lines = lines_in(ink, letter)
    text = "".join(_text(cell, line, letter) for line in lines)
    if not text:
        return Seen("", 0.0 if has_ink(cell, letter) else 1.0)
    if len(lines) > 1 or len(text) > _FEW:
        return agreed([text])
    again = repeated(_inside(cell, lines[0]), letter)
    return Seen(text, agreed([plain(text), again]).confidence)


def _text(page: Grey, line: Box, letter: float) -> str:
    return "".join(one.text for one in recogniser().read(_cut(page, line, letter)))


def _cut(page: Grey, line: Box, letter: float) -> Grey:
    """The picture of a line with white around it."""
    around = round(0.25 * letter)
    return cv2.copyMakeBorder(
        _inside(page, line), around, around, 2 * around, 2 * around, cv2.BORDER_CONSTANT, value=255
    )


def _inside(page: Grey, box: Box) -> Grey:
    return page[box.top : box.bottom, box.left : box.right]
