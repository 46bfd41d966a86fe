"""Where a clerk should look first: the cells in which broken laws meet, and the tables that lost all their rows."""

from collections.abc import Sequence
from typing import NamedTuple

from gk_pipeline.forms import Form
from gk_pipeline.pipeline import JudgedCell, JudgedLaw, JudgedReport


class Suspect(NamedTuple):
    """A printed number and how many of the broken laws it stands in."""

    judged: JudgedCell
    n_broken: int


def broken_laws(report: JudgedReport) -> list[JudgedLaw]:
    """The laws that the report breaks, of any severity."""
    return [law for law in report.laws if law.verdict == "broken"]


def broken_errors(report: JudgedReport) -> list[JudgedLaw]:
    """The broken laws that are true by definition: with one of them a report should not be published."""
    return [law for law in broken_laws(report) if law.row.severity == "error"]


def suspects(report: JudgedReport, forms: Sequence[Form]) -> list[Suspect]:
    """The numbers that stand in two broken laws or more, those in most of them first.

    One wrong number breaks the law of its row and the law of its column, which meet in its cell alone. Of two wrong
    numbers the rows and columns meet in four cells: those come first from which both laws are off by the same.
    """
    found = []
    for judged in report.cells:
        cell = judged.cell
        if cell.micro is None:
            continue
        table = next(form for form in forms if form.code == cell.form).table(cell.table_code)
        index = table.cell_at[cell.item, cell.measure].index
        standing = [
            (law, coefficient)
            for law in broken_laws(report)
            if law.table_code == cell.table_code
            for member, coefficient in law.row.coefficients
            if member == index
        ]
        if len(standing) > 1:
            found.append((Suspect(judged, len(standing)), len({_off_by(*one) for one in standing})))
    return [suspect for suspect, n_offs in sorted(found, key=lambda one: (-one[0].n_broken, one[1]))]


def _off_by(law: JudgedLaw, coefficient: int) -> int:
    """By how much the number would be too large if it alone broke the law."""
    return coefficient * ((law.left or 0) - (law.right or 0))


def lost_tables(report: JudgedReport) -> dict[str, list[JudgedCell]]:
    """The tables of which no printed row could be read, with the cells of those rows.

    A single row is no table's loss, and is shown as a row.
    """
    lost = {(found.table_code, found.item) for found in report.findings if found.code == "row_lost"}
    tables = {}
    for table in report.read.tables:
        printed = [one for one in report.cells if one.cell.table_code == table.code and one.cell.reading != "absent"]
        rows = {(table.code, judged.cell.item) for judged in printed}
        if len(rows) > 1 and rows <= lost:
            tables[table.code] = printed
    return tables
