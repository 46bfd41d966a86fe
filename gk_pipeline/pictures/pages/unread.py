"""Rows on a page that need a person's eye: numbers that could not be told apart, and blanks with what belongs there."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from gk_pipeline.forms import Form
from gk_pipeline.pictures.judgements.rows import MOST_ROWS, OPEN, UNPRINTED, row_prints
from gk_pipeline.pictures.judgements.suspects import lost_tables
from gk_pipeline.pictures.labels import label, number, place, row_place
from gk_pipeline.pictures.pages.explained import CellName
from gk_pipeline.pictures.pages.said import Said, both
from gk_pipeline.pictures.pages.words import WORDS
from gk_pipeline.pictures.words import TEXT
from gk_pipeline.pipeline import JudgedCell, JudgedReport


class RowLine(NamedTuple):
    """A row of a report, what it prints, and some of its cells with what is known of them.

    `cells` are named by their columns and `values` are their numbers. `members` lead here from the table: each
    cell that is in doubt, and of those that follow from the sums the first, since there may be a hundred.
    """

    id: str
    row: str
    place: Said
    status: str
    cells: tuple[str, ...]
    printed: str
    values: tuple[str, ...]
    members: tuple[CellName, ...]


class LostTable(NamedTuple):
    """A table none of whose rows could be read."""

    id: str
    told: Said
    members: tuple[CellName, ...]


class Blanks(NamedTuple):
    """Blank cells with what belongs there: row by row, or where there are many of them as `summary` alone."""

    rows: tuple[RowLine, ...]
    summary: Said | None


def lost_of(report: JudgedReport, forms: Sequence[Form], prefix: str) -> tuple[LostTable, ...]:
    """The tables of which no row could be read."""
    return tuple(
        LostTable(f"{prefix}lost{at}", _lost(cells, forms), tuple(one.cell[:3] for one in cells))
        for at, cells in enumerate(lost_tables(report).values(), start=1)
    )


def _lost(cells: Sequence[JudgedCell], forms: Sequence[Form]) -> Said:
    first = cells[0].cell
    name = next(form for form in forms if form.code == first.form).table(first.table_code).label.text
    n_rows = len({one.cell.item for one in cells})
    return both(lambda lang: TEXT[lang]["table_lost"].format(where=name, rows=n_rows))


def open_rows(
    report: JudgedReport, forms: Sequence[Form], prefix: str, told: Collection[CellName]
) -> tuple[RowLine, ...]:
    """The rows with cells that have no number for sure and of which nothing is `told` yet."""
    cells = [one for one in _in_doubt(report, told) if one.micro is None]
    return tuple(
        _open_row(report, row, tuple(map(_candidates, row)), forms, f"{prefix}row{at}")
        for at, row in enumerate(_rows(cells), start=1)
    )


def unexplained_rows(
    report: JudgedReport, forms: Sequence[Form], prefix: str, told: Collection[CellName]
) -> tuple[RowLine, ...]:
    """The rows with numbers that stand in broken laws and of which nothing is `told`."""
    cells = [one for one in _in_doubt(report, told) if one.micro is not None]
    return tuple(
        _open_row(report, row, tuple(number(one.micro) for one in row), forms, f"{prefix}odd{at}")
        for at, row in enumerate(_rows(cells), start=1)
    )


def _in_doubt(report: JudgedReport, told: Collection[CellName]) -> list[JudgedCell]:
    return [one for one in report.cells if one.status in ("disputed", "missing") and one.cell[:3] not in told]


def _rows(cells: Sequence[JudgedCell]) -> list[list[JudgedCell]]:
    """The cells of a row and status together."""
    return [list(row) for _, row in groupby(cells, key=lambda one: (one.cell.table_code, one.cell.item, one.status))]


def _candidates(judged: JudgedCell) -> str:
    return " / ".join(judged.cell.candidates or ()) if judged.cell.alignments else ""


def _open_row(
    report: JudgedReport, row: Sequence[JudgedCell], values: tuple[str, ...], forms: Sequence[Form], name: str
) -> RowLine:
    code, item = row[0].cell.table_code, row[0].cell.item
    tokens = " ".join(one.cell.printed for one in row if one.cell.printed is not None)
    return RowLine(
        name,
        label(report, forms, code, item),
        both(lambda lang: place(report, row[0], lang)),
        row[0].status,
        tuple(label(report, forms, code, one.cell.measure) for one in row),
        row_prints(report, code, item) or tokens,
        values,
        tuple(one.cell[:3] for one in row),
    )


def aligned_of(report: JudgedReport, forms: Sequence[Form], prefix: str) -> tuple[RowLine, ...]:
    """The rows that print another number of values than cells and were read by the laws."""
    aligned = {(found.table_code, found.item) for found in report.findings if found.code == "row_aligned"}
    lines: list[RowLine] = []
    for (code, item), group in groupby(report.cells, key=lambda one: (one.cell.table_code, one.cell.item)):
        row = list(group)
        if (code, item) in aligned:
            where = both(lambda lang, row=row: place(report, row[0], lang))  # type: ignore[misc]
            columns = tuple(label(report, forms, code, one.cell.measure) for one in row)
            values = tuple(map(_read_as, row))
            lost = tuple(one.cell[:3] for one in row if one.cell.reading != "number")[:1]
            name, printed = f"{prefix}read{len(lines) + 1}", row_prints(report, code, item)
            lines.append(RowLine(name, label(report, forms, code, item), where, "", columns, printed, values, lost))
    return tuple(lines)


def _read_as(judged: JudgedCell) -> str:
    shown = OPEN if judged.micro is None else number(judged.micro)
    return shown if judged.cell.reading == "number" else f"({shown})"


def blanks_of(report: JudgedReport, forms: Sequence[Form], prefix: str) -> Blanks:
    """What the sums leave for cells without a number."""
    blank = [one for one in report.cells if one.status == "deduced" and one.cell.reading in UNPRINTED]
    rows = [list(group) for _, group in groupby(blank, key=lambda one: one.cell[:2])]
    if len(rows) > MOST_ROWS:
        zeros = sum(one.micro == 0 for one in blank)
        return Blanks((), WORDS["blanks_many"].filled(n=len(blank), rows=len(rows), zeros=zeros))
    return Blanks(tuple(_blank_row(report, row, forms, f"{prefix}blank{at}") for at, row in enumerate(rows, 1)), None)


def _blank_row(report: JudgedReport, row: Sequence[JudgedCell], forms: Sequence[Form], name: str) -> RowLine:
    code, item = row[0].cell.table_code, row[0].cell.item
    return RowLine(
        name,
        label(report, forms, code, item),
        both(lambda lang: row_place(report, row[0], lang)),
        "deduced",
        tuple(label(report, forms, code, one.cell.measure) for one in row),
        " ".join(one.cell.printed for one in row if one.cell.printed),
        tuple(number(one.micro) for one in row),
        (row[0].cell[:3],),
    )


def noted_by_rows(lines: Sequence[RowLine | LostTable]) -> Iterator[tuple[CellName, str]]:
    """The cells that rows are about, with the id of what is said of them."""
    for line in lines:
        yield from ((member, line.id) for member in line.members)
