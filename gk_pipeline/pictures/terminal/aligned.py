"""The rows that do not print as many values as they have cells, beside what the laws made of them."""

from collections.abc import Sequence
from itertools import groupby

from rich.markup import escape
from rich.table import Table

from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Form
from gk_pipeline.pictures.judgements.rows import OPEN, row_prints
from gk_pipeline.pictures.words import TEXT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedReport
from gk_pipeline.schemas.exact import plain


def aligned_rows(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Table | None:
    """Every row that was read by the laws: what it prints, and its cells with the lost ones in brackets."""
    words = TEXT[lang]
    aligned = {(found.table_code, found.item) for found in report.findings if found.code == "row_aligned"}
    if not aligned:
        return None
    table = Table(title=words["aligned"], title_justify="left", caption=words["aligned_note"], caption_justify="left")
    for name in ("row", "printed", "read_as"):
        table.add_column(words[name], overflow="fold")
    for (code, item), group in groupby(report.cells, key=lambda one: (one.cell.table_code, one.cell.item)):
        cells = list(group)
        if (code, item) in aligned:
            own = [form for form in forms if form.code == cells[0].cell.form]
            read = " ".join(map(_shown, cells))
            table.add_row(scope_label(own, code, item), escape(row_prints(report, code, item)), escape(read))
    return table


def _shown(judged: JudgedCell) -> str:
    number = OPEN if judged.micro is None else plain(judged.micro)
    return number if judged.cell.reading == "number" else f"({number})"
