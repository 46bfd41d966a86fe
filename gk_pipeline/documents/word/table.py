"""A table of a Word file to a grid: each row says itself in which columns its cells stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxml.etree import _Element

from gk_pipeline.documents.document import Block, GridCell
from gk_pipeline.documents.spans import MAX_COLUMN_SPAN, MAX_SLOTS
from gk_pipeline.documents.word.styles import W, child_of, named, value, value_of

Merge = Literal["begins", "goes on"]


@dataclass(slots=True)
class DeclaredCell:
    """A cell as declared; `parts` are the paragraphs and grids in it, in reading order.

    `deleted` tells of one that a tracked change takes out of its row.
    """

    column_span: int = 1
    merge: Merge | None = None
    deleted: bool = False
    parts: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.parts if part.text)

    def describe(self, properties: _Element) -> None:
        """Take in what a `w:tcPr` says."""
        says = named(properties, "cellDel", "cellMerge", "gridSpan", "vMerge")
        self.column_span = max(_count(value(says.get("gridSpan")), 1), 1)
        self.merge = _merge(says)
        self.deleted = "cellDel" in says


@dataclass(slots=True)
class Row:
    """A row: its cells, the first of them behind `skipped` columns."""

    skipped: int = 0
    cells: list[DeclaredCell] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """The cells in their places.

    `covered` are the texts of cells that a merged cell lies over, so that Word does not show them. `too_wide` counts
    cells that span absurdly many columns; `too_large` tells that there are too many slots for a grid.
    """

    cells: list[GridCell] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    too_wide: int = 0
    too_large: bool = False


def row_of(element: _Element) -> Row:
    """The row that a `w:tr` begins."""
    properties = child_of(element, "trPr")
    return Row(0 if properties is None else _count(value_of(properties, "gridBefore"), 0))


def only_places(rows: list[Row]) -> bool:
    """Whether a table only places things on the page: it holds another one, or a single cell."""
    return sum(len(row.cells) for row in rows) < 2 or any(
        part.cells for row in rows for cell in row.cells for part in cell.parts
    )


def grid_of(rows: list[Row]) -> Grid:
    """The rows as a grid; a cell that goes on belongs to the one right above it in the same column."""
    grid = Grid()
    widest = MAX_SLOTS // max(len(rows), 1)
    above: dict[int, int] = {}
    for number, row in enumerate(rows):
        column = min(row.skipped, MAX_COLUMN_SPAN)
        merged: dict[int, int] = {}
        for cell in row.cells:
            span = min(cell.column_span, MAX_COLUMN_SPAN)
            grid.too_wide += span < cell.column_span
            grid.too_large |= column + span > widest
            if cell.merge == "goes on" and column in above:
                merged[column] = above[column]
                whole = grid.cells[above[column]]
                grid.cells[above[column]] = whole._replace(row_span=whole.row_span + 1)
                if cell.text:
                    grid.covered.append(cell.text)
            else:
                if cell.merge:
                    merged[column] = len(grid.cells)
                grid.cells.append(GridCell(number, column, 1, span, cell.text))
            column += span
        above = merged
    return grid


def _merge(says: Mapping[str, _Element]) -> Merge | None:
    if "cellMerge" in says and (tracked := says["cellMerge"].get(f"{W}vMerge")):
        return "goes on" if tracked == "cont" else "begins"
    if "vMerge" in says:
        return "begins" if value(says["vMerge"]) == "restart" else "goes on"
    return None


def _count(text: str | None, otherwise: int) -> int:
    # Nine digits are beyond every limit; int() refuses attributes of thousands.
    return int(text[:9]) if text and text.isascii() and text.isdigit() else otherwise
