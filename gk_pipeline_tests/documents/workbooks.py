"""Reports on paper as workbooks, and the sample reports on paper."""

import csv as separated
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import pairwise
from typing import Any

import openpyxl
import xlwt
from openpyxl.styles import Border, Side
from tables.lawful import Report
from tables.paper import Grid, Page, Style, page

from gk_pipeline.forms import shipped_forms

Value = str | float
Cells = Callable[[str], Value]
"""What is stored for a printed text."""

_THIN = Border(*[Side("thin")] * 4)


def numbers(text: str) -> Value:
    """Numbers as numbers, as a person types them."""
    try:
        return float(text.replace(",", "")) if text[:1].isascii() else text
    except ValueError:
        return text


def texts(text: str) -> Value:
    return text


def in_one_sheet(sheet: Page) -> dict[str, Page]:
    return {"年报": sheet}


def a_sheet_a_table(sheet: Page) -> dict[str, Page]:
    """A sheet for the title and the prose before the first table, then one for each table with what follows it."""
    starts = [number for number, part in enumerate(sheet) if not isinstance(part, str)]
    cuts = [0, *(start - 1 for start in starts), len(sheet)]
    return {f"表{number}": sheet[start:end] for number, (start, end) in enumerate(pairwise(cuts))}


def placed(sheet: Page, width: int = 10) -> Iterator[tuple[int, int, int, int, str, bool]]:
    """Row, column, height and width of every cell, its text, and whether it belongs to a table."""
    row = 0
    for part in sheet:
        if isinstance(part, str):
            yield row, 0, 1, width, part, False
            row += 1
            continue
        yield from ((row + down, *rest, True) for down, *rest in _boxes(part))
        row += len(part)


def _boxes(grid: Grid) -> Iterator[tuple[int, int, int, int, str]]:
    covered: set[tuple[int, int]] = set()
    for down, boxes in enumerate(grid):
        column = 0
        for box in boxes:
            while any((down, column + right) in covered for right in range(box.columns)):
                column += 1
            rows = min(box.rows, len(grid) - down)
            covered |= {(down + r, column + c) for r in range(rows) for c in range(box.columns)}
            yield down, column, rows, box.columns, box.text
            column += box.columns


def xlsx(sheets: Mapping[str, Page], stored: Cells = numbers, ruled: bool = True, merged_prose: bool = True) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, sheet in sheets.items():
        cells = book.create_sheet(name)
        for row, column, rows, columns, text, of_table in placed(sheet):
            cells.cell(row + 1, column + 1).value = stored(text) if text else None
            if ruled and of_table:
                for down in range(rows):
                    for right in range(columns):
                        cells.cell(row + down + 1, column + right + 1).border = _THIN
            if (rows, columns) != (1, 1) and (of_table or merged_prose):
                cells.merge_cells(None, row + 1, column + 1, row + rows, column + columns)
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook of openpyxl or xlwt."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def xls(sheets: Mapping[str, Page], stored: Cells = numbers, ruled: bool = True, merged_prose: bool = True) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    thin = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    for name, sheet in sheets.items():
        cells = book.add_sheet(name)
        for row, column, rows, columns, text, of_table in placed(sheet):
            style = thin if ruled and of_table else xlwt.Style.default_style
            value = stored(text) if text else None
            if (rows, columns) != (1, 1) and (of_table or merged_prose):
                cells.write_merge(row, row + rows - 1, column, column + columns - 1, value, style)
            else:
                cells.write(row, column, value, style)
    return saved(book)


def sample(truth: Mapping[str, Any], style: Style | None = None) -> Page:
    """A sample report on paper: its title, sections and tables with every value that is true of it."""
    form = next(form for form in shipped_forms() if form.code == truth["form"])
    tables = tuple(form.table(code) for code in ("proactive_disclosure", "applications", "review_litigation"))
    values = {tuple(cell): Decimal(str(value)) for *cell, _, value in truth["facts"]}
    title = f"{truth['org']}{truth['report_year']}年政府信息公开工作年度报告"
    return [title, *page(Report(tables, values), style or Style())[1:]]


def csv(sheet: Page, separator: str = ",", encoding: str = "gb18030") -> bytes:
    """The sheet as Excel saves it as text: of merged cells the first, every row as wide as the widest."""
    cells = {(row, column): text for row, column, _, _, text, _ in placed(sheet)}
    width = 1 + max(column for _, column in cells)
    made = StringIO()
    writer = separated.writer(made, delimiter=separator)
    for row in range(1 + max(row for row, _ in cells)):
        writer.writerow([cells.get((row, column), "") for column in range(width)])
    return made.getvalue().encode(encoding)
