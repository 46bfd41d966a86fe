"""A page that is a picture to blocks: its tables cell by cell, and the lines between them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import cv2
import numpy as np

from gk_pipeline.documents.document import Block, Unreadable
from gk_pipeline.documents.scan.cells import Sheet, read_cells, words
from gk_pipeline.documents.scan.lines import cleaned, lines_on
from gk_pipeline.documents.scan.rules import Box, RuledCell, RuledTable, letter_height, rule_masks, ruled_tables
from gk_pipeline.documents.scan.upright import Grey, even, ink_of, upright

MAX_PARTS = 800
"""Cells and lines of a page that are recognised; a table of the form has about 200 cells."""


def read_page(picture: Grey, number: int) -> tuple[list[Block], int]:
    """The blocks of a page in reading order, and how many cells have rules that make no rectangle."""
    page = upright(even(picture))
    ink = ink_of(page)
    letter = letter_height(ink)
    if not letter:
        return [], 0
    lines, walls = rule_masks(ink, letter)
    tables = ruled_tables(lines, walls, letter)
    rules = cv2.dilate(cv2.bitwise_or(lines, walls), np.ones((5, 5), np.uint8))
    sheet = Sheet(np.where(rules > 0, np.uint8(255), page), cleaned(ink & (1 - np.minimum(rules, 1)), letter), letter)
    outside = sheet.ink.copy()
    for table in tables:
        outside[table.box.top : table.box.bottom, table.box.left : table.box.right] = 0
    text = lines_on(outside, letter)
    parts = sum(len(table.cells) for table in tables) + sum(map(len, text))
    if parts > MAX_PARTS:
        raise Unreadable(
            "too_many_parts",
            f"Page {number} shows {parts:,} cells and lines; no page of a report comes near that.",
            "Scan the page again, without pictures and patterns around the report.",
        )
    placed = [(table.box.top, _grid(sheet, table, number)) for table in tables]
    placed += _around(sheet, text, [table.box.top for table in tables], number)
    blocks = [block for _, block in sorted(placed, key=lambda one: one[0])]
    return blocks, sum(table.ragged for table in tables)


def _grid(sheet: Sheet, table: RuledTable, page: int) -> Block:
    return Block(cells=read_cells(sheet, table.cells), spans_known=True, page=page)


def _around(
    sheet: Sheet, lines: Sequence[Sequence[Box]], tables: Sequence[int], page: int
) -> Iterator[tuple[int, Block]]:
    """The text outside the tables that begin at the given heights, each block with its own.

    Lines whose parts stand far apart are a table without rules, as long as they follow each other.
    """
    for (parted, _), group in groupby(
        lines, key=lambda line: (len(line) > 1, sum(top < line[0].top for top in tables))
    ):
        together = list(group)
        if parted:
            cells = [RuledCell(row, at, 1, 1, box) for row, line in enumerate(together) for at, box in enumerate(line)]
            yield together[0][0].top, Block(cells=read_cells(sheet, cells), page=page)
            continue
        for [box] in together:
            seen = words(sheet, box)
            if seen.text:
                yield box.top, Block(seen.text, page=page, confidence=seen.confidence)
