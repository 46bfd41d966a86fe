"""The cell that a person names: by its codes, or by what its row and column are called on the form."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from textwrap import wrap

from gk_pipeline.forms import Form, FormTable
from gk_pipeline.pictures.labels import label
from gk_pipeline.pipeline import JudgedCell, JudgedReport
from gk_pipeline.tables.cells import ReadCell

_MOST_NEAR = 3
_MOST_CELLS = 40
"""Cells that an answer lists one by one."""
_WIDTH = 66
"""Letters of a line of codes: with what stands before them they fit a narrow terminal."""


def find_cell(report: JudgedReport, name: str, forms: Sequence[Form]) -> JudgedCell | None:
    """The cell named `table.item.measure`, or `item.measure` where that is enough; each by its code or its label.

    None where labels name no cell, or several.
    """
    for judged in report.cells:
        if name in (_full(judged.cell), _short(judged.cell)):
            return judged
    called = _called(report, name, forms)
    return called[0] if len(called) == 1 else None


def no_such_cell(report: JudgedReport, name: str, forms: Sequence[Form]) -> str:
    """What to type instead: the cells of which the name is that of all, else the nearest and all that there are."""
    called = [judged.cell for judged in _called(report, name, forms)]
    if called:
        lines = [f"{name!r} names {len(called)} cells. Give one of them:"]
        shown = called[:_MOST_CELLS]
        width = max(len(_full(cell)) for cell in shown)
        lines += [f"    {_full(cell):{width}}  {label(report, forms, cell.table_code, _short(cell))}" for cell in shown]
        return "\n".join([*lines, *(["    …"] if len(called) > len(shown) else [])])
    cells = [judged.cell for judged in report.cells]
    near = get_close_matches(name, [(_full if name.count(".") > 1 else _short)(cell) for cell in cells], n=_MOST_NEAR)
    lines = [f"no cell {name!r}. Cells are named table.item.measure, or item.measure."]
    if near:
        lines.append(f"Near it: {', '.join(near)}")
    return "\n".join([*lines, *_all_cells(report, forms), "What each means: `gk dictionary`."])


def _all_cells(report: JudgedReport, forms: Sequence[Form]) -> Iterator[str]:
    """The codes of the rows and columns there are, each with its label; rows with the same columns together."""
    alike: dict[tuple[str, ...], list[str]] = {}
    cells = [judged.cell for judged in report.cells]
    for (table, item), row in groupby(cells, key=lambda cell: (cell.table_code, cell.item)):
        alike.setdefault((table, *(cell.measure for cell in row)), []).append(item)
    for (table, *measures), items in alike.items():
        yield table
        for kind, codes in (("item", items), ("measure", measures)):
            told = (f"{code}\u00a0{label(report, forms, table, code).replace(' ', chr(0xA0))}" for code in codes)
            yield from (f"    {kind}: {line}".replace("\u00a0", " ") for line in wrap("  ".join(told), _WIDTH))


def _called(report: JudgedReport, name: str, forms: Sequence[Form]) -> list[JudgedCell]:
    """The cells whose table, row and column go by the parts of a name, in this order, with any of them left out."""
    parts = [part.strip() for part in name.split(".")]
    found = []
    for judged in report.cells:
        cell = judged.cell
        table = next(form for form in forms if form.code == cell.form).table(cell.table_code)
        spoken = iter(_spoken(table, cell))
        if all(any(part in names for names in spoken) for part in parts):
            found.append(judged)
    return found


def _spoken(table: FormTable, cell: ReadCell) -> Iterator[frozenset[str]]:
    """What the table, the row and the column of a cell are called."""
    for code, its_label in (
        (table.code, table.label),
        (cell.item, table.items[cell.item].label),
        (cell.measure, table.measures[cell.measure].label),
    ):
        yield frozenset((code, *its_label.spellings))


def _full(cell: ReadCell) -> str:
    return f"{cell.table_code}.{_short(cell)}"


def _short(cell: ReadCell) -> str:
    return f"{cell.item}.{cell.measure}"
