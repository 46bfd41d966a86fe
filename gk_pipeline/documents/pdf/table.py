"""A table as a page of a PDF shows it."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from gk_pipeline.documents.pdf.cells import Area

BEGINS = re.compile(r"\s*[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[）)、.．]")
"""How a label of its own begins, unlike the rest of one."""


class PageCell(NamedTuple):
    """A cell of a ruled table: the edges between which it stands, its lines of text and the number of the first.

    `full` says that its last line has no room for another character, so that the text may go on elsewhere.
    """

    area: Area
    left: float
    right: float
    text: str
    line: int | None
    full: bool


@dataclass(slots=True)
class Table:
    """A ruled table, or what a page shows of it, with its cells row by row."""

    middle: float
    cells: list[PageCell]
