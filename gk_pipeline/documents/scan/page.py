"""A page that is a picture to blocks: its tables cell by cell, and the lines between them."""

from collections.abc import Sequence

import cv2
import numpy as np

from gk_pipeline.documents.document import Block, GridCell
from gk_pipeline.documents.scan.lines import cleaned, lines_in, lines_on
from gk_pipeline.documents.scan.model import recogniser
from gk_pipeline.documents.scan.rules import Box, RuledTable, letter_height, rule_masks, ruled_tables
from gk_pipeline.documents.scan.upright import Grey, even, ink_of, upright


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


def _cells(page: Grey, ink: np.ndarray, table: RuledTable, letter: float) -> tuple[GridCell, ...]:
    cells = []
    for row, column, row_span, column_span, box in table.cells:
        part = np.s_[box.top : box.bottom, box.left : box.right]
        text = "".join(_text(page[part], line, letter) for line in lines_in(ink[part], letter))
        cells.append(GridCell(row, column, row_span, column_span, text))
    return tuple(cells)


def _text(page: Grey, line: Box, letter: float) -> str:
    return "".join(one.text for one in recogniser().read(_cut(page, line, letter)))


def _cut(page: Grey, line: Box, letter: float) -> Grey:
    """The picture of a line with white around it."""
    around = round(0.25 * letter)
    inside = page[line.top : line.bottom, line.left : line.right]
    return cv2.copyMakeBorder(inside, around, around, 2 * around, 2 * around, cv2.BORDER_CONSTANT, value=255)
