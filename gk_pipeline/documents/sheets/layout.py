"""A sheet as blocks: its tables as grids, what stands alone in a row as paragraphs, in the order of its rows."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from gk_pipeline.documents.document import Block, GridCell
from gk_pipeline.documents.office_package import too_large
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.sheets.sheet import MAX_CELLS, At, Region, Sheet
from gk_pipeline.documents.spans import MAX_SLOTS
from gk_pipeline.quality.finding import Finding

_region, _cell = partial(tuple.__new__, Region), partial(tuple.__new__, GridCell)
"""A region and a cell of their fields: the shortest way to make as many as there are cells."""


class _Row(NamedTuple):
    """What a row shows: the cells that reach into it, and the first and last column of these and of its ruled cells."""

    number: int
    cells: tuple[tuple[Region, str], ...]
    left: int
    right: int

    def has_several(self) -> bool:
        """Whether it shows more than one cell: texts, or a text beside ruled cells."""
        texts = [region for region, text in self.cells if text]
        return len(texts) > 1 or (self.left, self.right) != (texts[0].left, texts[0].right)

    def is_across(self, above: "_Row", below: "_Row") -> bool:
        """Whether its one cell is merged across all that stands above and below it."""
        left, right = min(above.left, below.left), max(above.right, below.right)
        return self.left < self.right and self.left <= left and right <= self.right


def read_sheets(sheets: Iterable[Sheet]) -> Reading:
    """The blocks of the sheets in the order of their tabs; `page` is the number among those that are shown.

    A row with one text, across the table or at its edge, is a paragraph whose `line` is the row. Raises `Unreadable`
    where there are more cells than any report has.
    """
    blocks: list[Block] = []
    findings: list[Finding] = []
    number = cells = slots = 0
    for sheet in sheets:
        cells += len(sheet.texts) + sum((1 + low - top) * (1 + right - left) for top, left, low, right in sheet.merged)
        if cells > MAX_CELLS:
            raise too_large(f"more than {MAX_CELLS:,} cells with content or merged")
        if not sheet.is_hidden:
            number += 1
            for is_table, rows in _parts(sheet):
                columns = range(min(row.left for row in rows), max(row.right for row in rows) + 1)
                slots += len(columns) * len(rows)
                if slots > MAX_SLOTS:
                    raise too_large(f"tables of more than {MAX_SLOTS:,} cells, blank ones included")
                if is_table:
                    blocks.append(Block(cells=_grid(sheet, rows, columns), spans_known=True, page=number))
                else:
                    blocks += _paragraphs(rows, number)
        findings += sheet.findings()
    return Reading(tuple(blocks), findings=tuple(findings))


def _parts(sheet: Sheet) -> Iterator[tuple[bool, list[_Row]]]:
    """Rows that follow each other on the sheet as it is shown, and whether they are a table.

    A row with a lone text belongs to one where it stands between two rows of it and is not merged across both.
    """
    part: list[_Row] = []
    was_table = False
    rows = _rows(sheet)
    follows = [_follow(sheet, *pair) for pair in pairwise(rows)]
    several = [row.has_several() for row in rows]
    for at, row in enumerate(rows):
        is_inside = 0 < at < len(follows) and all((*follows[at - 1 : at + 1], several[at - 1], several[at + 1]))
        is_table = several[at] or (is_inside and not row.is_across(rows[at - 1], rows[at + 1]))
        if part and (is_table != was_table or not follows[at - 1]):
            yield was_table, part
            part = []
        part.append(row)
        was_table = is_table
    if part:
        yield was_table, part


def _follow(sheet: Sheet, row: _Row, later: _Row) -> bool:
    """Whether no blank row is shown between two rows."""
    return all(between in sheet.hidden_rows for between in range(row.number + 1, later.number))


def _rows(sheet: Sheet) -> list[_Row]:
    """The rows that show a text, in order."""
    reaching: dict[int, list[tuple[Region, str]]] = {}
    for cell in _placed(sheet):
        (top, _, bottom, _), _ = cell
        for row in range(top, bottom + 1):
            if row not in sheet.hidden_rows:
                reaching.setdefault(row, []).append(cell)
    extents: dict[int, list[int]] = {}
    for row, column in sheet.ruled:
        if column not in sheet.hidden_columns:
            extents.setdefault(row, []).append(column)
    rows = []
    for row, cells in sorted(reaching.items()):
        if regions := [region for region, text in cells if text]:
            ruled = extents.get(row, [])
            lefts = [left for _, left, _, _ in regions] + ruled
            rights = [right for _, _, _, right in regions] + ruled
            rows.append(_Row(row, tuple(cells), min(lefts), max(rights)))
    return rows


def _placed(sheet: Sheet) -> list[tuple[Region, str]]:
    """The cells with the rows and columns of them that are shown, merged ones once; a blank one where it is merged."""
    covered: dict[At, Region] = {}
    texts: dict[At, str] = {}
    for region in sheet.merged:
        slots = [(r, c) for r in range(region.top, region.bottom + 1) for c in range(region.left, region.right + 1)]
        if covered.keys().isdisjoint(slots):
            covered.update(dict.fromkeys(slots, region))
            texts[region[:2]] = ""
        else:
            sheet.mark("overlap", region[:2], "")
    placed = []
    for at, text in (texts | sheet.texts).items():
        region = covered.get(at) or _region(at + at)
        if region[:2] != at:
            continue  # a program shows only the first cell of a region
        if shown := _shown_part(sheet, region):
            placed.append((shown, text))
        elif text:
            sheet.mark("row", at, text)
    return sorted(placed)


def _shown_part(sheet: Sheet, region: Region) -> Region | None:
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return region
    rows = [row for row in range(region.top, region.bottom + 1) if row not in sheet.hidden_rows]
    columns = [column for column in range(region.left, region.right + 1) if column not in sheet.hidden_columns]
    return Region(rows[0], columns[0], rows[-1], columns[-1]) if rows and columns else None


def _paragraphs(rows: Sequence[_Row], number: int) -> Iterator[Block]:
    for region, text in dict.fromkeys(cell for row in rows for cell in row.cells if cell[1]):
        yield from (Block(text=line, page=number, line=region.top + 1) for line in _lines(text))


def _grid(sheet: Sheet, rows: Sequence[_Row], columns: range) -> tuple[GridCell, ...]:
    cells: dict[At, GridCell] = {}
    for row in rows:
        free = set(columns) - sheet.hidden_columns
        for (top, left, bottom, right), text in row.cells:
            free.difference_update(range(left, right + 1))
            if (top, left) not in cells and (text or (left in columns and right in columns)):
                shown = "\n".join(_lines(text))
                cells[top, left] = _cell((top, left, bottom - top + 1, right - left + 1, shown, None, None, None))
        for column in free:
            cells[row.number, column] = _cell((row.number, column, 1, 1, "", None, None, None))
    return tuple(sorted(cells.values()))


def _lines(text: str) -> list[str]:
    return [line for printed in text.replace("\xa0", " ").splitlines() if (line := printed.strip())]
