"""An export as CSV or XLSX: whole or not there at all."""

import csv
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from gk_pipeline.warehouse.export.cells import Cell, Format, cell, escaped, keeps, plain
from gk_pipeline.warehouse.export.query import Source

XLSX_ROWS, XLSX_TEXT = 1_048_575, 32_767
"""Rows below the head that a sheet holds, and characters that a cell holds."""
_SHEET_NAME = 31


class TooBigForXlsx(ValueError):
    """A sheet cannot hold what is to be exported; the message says what and what to do."""


def export(source: Source, form: Format, path: Path) -> None:
    """Write the rows of a table or view into a file, which is put in its place when it is whole."""
    with _staged(path) as staged:
        WRITERS[form](source, staged)


def write_csv(source: Source, path: Path) -> None:
    """Comma-separated values in UTF-8 with the byte order mark that Excel needs; null and an empty text look alike."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(map(escaped, source.columns.names))
        for row in _cells(source):
            writer.writerow(map(_csv_text, row))


def write_xlsx(source: Source, path: Path) -> None:
    """One sheet; raises TooBigForXlsx for more rows or longer texts than it holds."""
    if source.n_rows > XLSX_ROWS:
        raise TooBigForXlsx(
            f"{source.n_rows:,} rows do not fit into a sheet of {XLSX_ROWS:,}: choose --years, or --format csv."
        )
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        head = book.add_format({"bold": True})
        sheet = book.add_worksheet(source.name.replace('"', "")[:_SHEET_NAME])
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(source.columns.names):
            sheet.write_string(0, column, name, head)
        for number, row in enumerate(_cells(source), start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value)


WRITERS: Mapping[Format, Callable[[Source, Path], None]] = {"csv": write_csv, "xlsx": write_xlsx}


def _cells(source: Source) -> Iterator[list[Cell]]:
    """The rows as a spreadsheet takes them: numbers that it would change are texts."""
    as_text = [name in source.columns.as_text for name in source.columns.names]
    for row in source.rows():
        yield [_kept(cell(value), text) for value, text in zip(row, as_text, strict=True)]


def _kept(value: Cell, as_text: bool) -> Cell:
    if isinstance(value, Decimal) and (as_text or not keeps(value)):
        return plain(value)
    return value


def _csv_text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Decimal):
        return plain(value)
    return escaped(value)


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Cell) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, value)
    elif len(value.encode("utf-16-le")) // 2 > XLSX_TEXT:
        raise TooBigForXlsx(
            f"Row {row} has a text of {len(value):,} characters, and a cell of a sheet holds {XLSX_TEXT:,}: choose "
            "--format csv."
        )
    else:
        sheet.write_string(row, column, value)


@contextmanager
def _staged(path: Path) -> Iterator[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    staged = Path(name)
    try:
        yield staged
        staged.chmod(0o644)
        staged.replace(path)
    finally:
        staged.unlink(missing_ok=True)
