"""The cells that print no number and whose value the sums leave: what belongs there, beside where it is missing."""

from collections.abc import Sequence
from itertools import groupby

from rich.table import Table
from rich.text import Text

from gk_pipeline.forms import Form
from gk_pipeline.pictures.judgements.rows import MOST_ROWS, UNPRINTED
from gk_pipeline.pictures.labels import label, number, row_place
from gk_pipeline.pictures.words import TEXT, Lang
from gk_pipeline.pipeline import JudgedReport


def blank_cells(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Table | Text | None:
    """What the sums leave for cells without a number; rows that lost a value are shown by `aligned`."""
    words = TEXT[lang]
    blank = [one for one in report.cells if one.status == "deduced" and one.cell.reading in UNPRINTED]
    rows = [list(group) for _, group in groupby(blank, key=lambda one: one.cell[:2])]
    if not rows:
        return None
    if len(rows) > MOST_ROWS:
        zeros = sum(one.micro == 0 for one in blank)
        return Text(words["many_blank"].format(cells=len(blank), rows=len(rows), zeros=zeros))
    table = Table(title=words["blank"], title_justify="left")
    for name in ("row", "line", "cell", "belongs"):
        table.add_column(words[name], overflow="fold")
    for row in rows:
        name, where = label(report, forms, *row[0].cell[:2]), row_place(report, row[0], lang)
        measures = [label(report, forms, one.cell.table_code, one.cell.measure) for one in row]
        table.add_row(name, where, "\n".join(measures), "\n".join(number(one.micro) for one in row))
    return table
