"""A sheet saved as text (.csv): cells parted by commas, semicolons or tabs, in whatever encoding."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gk_pipeline.documents.encoding import decode
from gk_pipeline.documents.office_package import too_large
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.sheets.layout import read_sheets
from gk_pipeline.documents.sheets.sheet import MAX_CELLS, Sheet

_SEPARATORS = ",;\t，；"


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """The cells as those of a sheet, in whatever encoding shows the `expected` phrases.

    Of merged cells such a file has the first and blanks, so that spans are not known.
    """
    decoded = decode(raw, expected)
    if sum(map(decoded.text.count, _SEPARATORS)) > MAX_CELLS:
        raise too_large(f"more than {MAX_CELLS:,} cells")
    sheet = Sheet("")
    rows = max((_rows(decoded.text, separator) for separator in _SEPARATORS), key=_evenness)
    for number, row in enumerate(rows):
        sheet.texts.update({(number, column): text.strip() for column, text in enumerate(row) if text.strip()})
    reading = read_sheets([sheet])
    blocks = tuple(block._replace(spans_known=False, page=None) for block in reading.blocks)
    return replace(reading, blocks=blocks, encoding=decoded.encoding, findings=(*decoded.findings, *reading.findings))


def _rows(text: str, separator: str) -> list[list[str]]:
    """The rows of a text; one whose quotes do not close where a cell ends has them as they stand."""
    lines = text.splitlines(keepends=True)
    before = csv.field_size_limit(len(text) + 1)  # which is the whole process's
    try:
        return list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return list(csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE))
    finally:
        csv.field_size_limit(before)


def _evenness(rows: Sequence[Sequence[str]]) -> int:
    """How many cells stand in rows of the commonest width: a separator gives most rows as many, a comma few."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max((width * count for width, count in widths.items()), default=0)
