"""What would settle a dispute, and how a repair's numbers are told."""

from collections.abc import Sequence

from gk_pipeline.forms import Form, FormTable
from gk_pipeline.pictures.labels import label
from gk_pipeline.pictures.words import TEXT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedRepair, JudgedReport

MOST_SHOWN = 5
"""Rival explanations of a contradiction that are spelt out; the rest are counted."""
_MOST_HINTS = 3


def settled_by(report: JudgedReport, rivals: Sequence[JudgedRepair], forms: Sequence[Form], lang: Lang) -> str:
    """What would settle a dispute: the page, and the reports of other years that print the same number."""
    words = TEXT[lang]
    code = rivals[0].table_code
    table = _form_table(report, code, forms)
    changed = {one.repair.cell.index for one in rivals}
    hints = []
    for law in table.laws:
        if law.kind == "lag":
            now, before = [cell for cell, _ in law.coefficients], law.last_year
            for cells, others, words_for in ((now, before, "last_year"), (before, now, "next_year")):
                if changed.intersection(cells):
                    names = [label(report, forms, code, _scope(table, other)) for other in others]
                    hints.append(words[words_for].format(cells=words["comma"].join(names)))
    return words["settled_by"].format(hints=words["semicolon"].join([words["the_page"], *hints[:_MOST_HINTS]]))


def cell_of(report: JudgedReport, judged: JudgedRepair) -> JudgedCell:
    """The cell that a repair changes."""
    cell = judged.repair.cell
    key = (judged.table_code, cell.item, cell.measure)
    return next(one for one in report.cells if one.cell[:3] == key)


def _scope(table: FormTable, index: int) -> str:
    return f"{table.cells[index].item}.{table.cells[index].measure}"


def _form_table(report: JudgedReport, code: str, forms: Sequence[Form]) -> FormTable:
    printed_on = next(table.form for table in report.read.tables if table.code == code)
    return next(form for form in forms if form.code == printed_on).table(code)
