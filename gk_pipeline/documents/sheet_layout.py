"""A sheet as blocks: its tables as grids, what stands alone in a row as paragraphs, in the order of its rows."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from gk_pipeline.documents.document import Block, GridCell
from gk_pipeline.documents.sheet import Region, Sheet
from gk_pipeline.documents.spans import MAX_SLOTS

_MAX_MERGED = 1_000_000
"""Cells of a sheet that may be merged with others, all regions together."""


class _Placed(NamedTuple):
    """A cell with the rows and columns of it that are shown, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


class _Row(NamedTuple):
    """What a row shows: the cells that reach into it, and the first and last column of these and of its ruled cells."""

    number: int
    cells: tuple[_Placed, ...]
    left: int
    right: int


def sheet_blocks(sheet: Sheet, number: int) -> list[Block]:
    """The blocks of the sheet that is shown as the `number`-th; what is left out is remembered in `sheet.odd`.

    A row with one text, across the table or at its edge, is a paragraph whose `line` is the row.
    """
    rows = _rows(sheet, _placed(sheet))
    room = MAX_SLOTS
    found: list[tuple[int, Block]] = []
    for run in _runs(sheet, rows):
        for is_table, part in groupby(_told_apart(run), key=lambda row: row[0]):
            own = [row for _, row in part]
            if not is_table:
                found += _paragraphs(own, number)
                continue
            left, right = min(row.left for row in own), max(row.right for row in own)
            filled = range(left, right + 1)
            if len(filled) * len(own) > room:
                sheet.mark("wide", own[0].number, left, "")
                filled = range(0)
            room -= len(filled) * len(own)
            found.append((own[0].number, _grid(sheet, own, number, filled)))
    for row, text in sorted(sheet.boxes, key=lambda box: box[0], reverse=True):
        lines = [(row, Block(text=line, page=number, line=row + 1)) for line in _lines(text)]
        at = next((index for index, (start, _) in enumerate(found) if start >= row), len(found))
        found[at:at] = lines
    return [block for _, block in found]


def _placed(sheet: Sheet) -> list[_Placed]:
    """The cells that are shown, merged ones once; a blank one only where it is merged."""
    covered = _covered(sheet)
    placed = []
    anchors = {(region.top, region.left): region for region in covered.values()}
    for (row, column), text in sheet.texts.items():
        region = covered.get((row, column)) or Region(row, column, row, column)
        if (region.top, region.left) != (row, column):
            sheet.mark("covered", row, column, text)
        elif shown := _shown_part(sheet, region, text):
            placed.append(shown)
        else:
            sheet.mark("row", row, column, text)
    blank = (region for anchor, region in anchors.items() if anchor not in sheet.texts)
    placed += [shown for region in blank if (shown := _shown_part(sheet, region, ""))]
    return sorted(placed)


def _covered(sheet: Sheet) -> dict[tuple[int, int], Region]:
    """For every merged cell the region it belongs to, cut to the rows and columns in use."""
    used = [*sheet.texts, *sheet.ruled]
    last_row, last_column = max((row for row, _ in used), default=0), max((column for _, column in used), default=0)
    covered: dict[tuple[int, int], Region] = {}
    for declared in sheet.merged:
        region = Region(declared.top, declared.left, min(declared.bottom, last_row), min(declared.right, last_column))
        rows, columns = range(region.top, region.bottom + 1), range(region.left, region.right + 1)
        if len(rows) * len(columns) > _MAX_MERGED - len(covered):
            sheet.mark("overlap", region.top, region.left, "")
            continue
        slots = [(row, column) for row in rows for column in columns]
        if any(slot in covered for slot in slots):
            sheet.mark("overlap", region.top, region.left, "")
        else:
            covered.update(dict.fromkeys(slots, region))
    return covered


def _shown_part(sheet: Sheet, region: Region, text: str) -> _Placed | None:
    rows = [row for row in range(region.top, region.bottom + 1) if row not in sheet.hidden_rows]
    columns = [column for column in range(region.left, region.right + 1) if column not in sheet.hidden_columns]
    return _Placed(rows[0], columns[0], rows[-1], columns[-1], text) if rows and columns else None


def _rows(sheet: Sheet, placed: Sequence[_Placed]) -> list[_Row]:
    """The rows that show a text or a rule, in order."""
    reaching: dict[int, list[_Placed]] = {}
    for cell in placed:
        for row in range(cell.top, cell.bottom + 1):
            if row not in sheet.hidden_rows:
                reaching.setdefault(row, []).append(cell)
    ruled: dict[int, list[int]] = {}
    for row, column in sheet.ruled:
        if row not in sheet.hidden_rows and column not in sheet.hidden_columns:
            ruled.setdefault(row, []).append(column)
    rows = []
    for row in sorted(row for row, cells in reaching.items() if any(cell.text for cell in cells)):
        cells = reaching[row]
        lefts = [cell.left for cell in cells if cell.text] + ruled.get(row, [])
        rights = [cell.right for cell in cells if cell.text] + ruled.get(row, [])
        rows.append(_Row(row, tuple(cells), min(lefts), max(rights)))
    return rows


def _runs(sheet: Sheet, rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows that follow each other on the sheet as it is shown."""
    hidden = sorted(sheet.hidden_rows)
    run: list[_Row] = []
    for row in rows:
        if run:
            before = run[-1].number
            between = bisect_left(hidden, row.number) - bisect_left(hidden, before)
            if row.number - before - between > 1:
                yield run
                run = []
        run.append(row)
    if run:
        yield run


def _told_apart(run: Sequence[_Row]) -> Iterator[tuple[bool, _Row]]:
    """Whether each row of a run belongs to a table."""
    several = [_has_several(row) for row in run]
    for index, row in enumerate(run):
        if several[index]:
            yield True, row
            continue
        inside = 0 < index < len(run) - 1 and several[index - 1] and several[index + 1]
        yield inside and not _spans(row, run[index - 1], run[index + 1]), row


def _has_several(row: _Row) -> bool:
    """Whether a row shows more than one cell: texts, or a text beside ruled cells."""
    texts = [cell for cell in row.cells if cell.text]
    return len(texts) > 1 or (row.left, row.right) != (texts[0].left, texts[0].right)


def _spans(row: _Row, above: _Row, below: _Row) -> bool:
    """Whether the one cell of a row is merged across all that stands above and below it."""
    return (
        row.left < row.right and row.left <= min(above.left, below.left) and row.right >= max(above.right, below.right)
    )


def _paragraphs(rows: Sequence[_Row], number: int) -> list[tuple[int, Block]]:
    cells = dict.fromkeys(cell for row in rows for cell in row.cells if cell.text)
    return [
        (cell.top, Block(text=line, page=number, line=cell.top + 1)) for cell in cells for line in _lines(cell.text)
    ]


def _grid(sheet: Sheet, rows: Sequence[_Row], number: int, filled: range) -> Block:
    """The cells of a table; blank ones only in the columns that are `filled`."""
    columns = [column for column in filled if column not in sheet.hidden_columns]
    cells: list[GridCell] = []
    written: set[_Placed] = set()
    for row in rows:
        taken: set[int] = set()
        for cell in row.cells:
            taken.update(range(cell.left, cell.right + 1))
            if cell not in written and (cell.text or (cell.left in filled and cell.right in filled)):
                written.add(cell)
                spans = cell.bottom - cell.top + 1, cell.right - cell.left + 1
                cells.append(GridCell(cell.top, cell.left, *spans, "\n".join(_lines(cell.text))))
        cells += [GridCell(row.number, column, 1, 1, "") for column in columns if column not in taken]
    return Block(cells=tuple(sorted(cells)), spans_known=True, page=number)


def _lines(text: str) -> list[str]:
    return [line for line in (line.replace("\xa0", " ").strip() for line in text.splitlines()) if line]
