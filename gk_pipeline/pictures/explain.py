"""One cell explained: what is printed where, what it is worth, and every law it stands in with its numbers."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from gk_pipeline.documents.document import Block
from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.pictures.check import STYLE, VERDICT_STYLE, number, place
from gk_pipeline.pictures.words import STATUS, VERDICT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedLaw, JudgedReport


def find_cell(report: JudgedReport, name: str) -> JudgedCell | None:
    """The cell named `table.item.measure`, or `item.measure` where that is enough."""
    for judged in report.cells:
        cell = judged.cell
        if name in (f"{cell.table_code}.{cell.item}.{cell.measure}", f"{cell.item}.{cell.measure}"):
            return judged
    return None


def explain_picture(
    report: JudgedReport, judged: JudgedCell, blocks: Sequence[Block], forms: Sequence[Form], lang: Lang
) -> RenderableType:
    """The explanation of one cell, for a terminal."""
    return Group(*_parts(report, judged, blocks, forms, lang))


def _parts(
    report: JudgedReport, judged: JudgedCell, blocks: Sequence[Block], forms: Sequence[Form], lang: Lang
) -> Iterator[RenderableType]:
    cell = judged.cell
    label = scope_label(forms, cell.table_code, f"{cell.item}.{cell.measure}")
    yield Text(f"{label}  ({cell.table_code}.{cell.item}.{cell.measure})", style="bold")
    status = Text(f"{number(judged.micro)} {cell.unit}  ")
    status.append(STATUS[lang][judged.status], style=STYLE[judged.status])
    yield status
    yield from _printed(report, judged, blocks)
    table = next(form for form in forms if form.code == cell.form).table(cell.table_code)
    index = table.cell_at[cell.item, cell.measure].index
    values = {(one.cell.item, one.cell.measure): one for one in report.cells if one.cell.table_code == table.code}
    for law in report.laws:
        if law.table_code == table.code and any(member == index for member, _ in law.row.coefficients):
            yield from _law(law, table, values, forms, lang)


def _printed(report: JudgedReport, judged: JudgedCell, blocks: Sequence[Block]) -> Iterator[Text]:
    cell = judged.cell
    if cell.printed is None or cell.block is None:
        tokens = " ".join(cell.candidates or ())
        yield Text(f"{report.read.path}: {cell.reading}" + (f"; its row prints {tokens}" if tokens else ""))
        return
    yield Text(f"{report.read.path}: {place(judged)}")
    block = blocks[cell.block]
    if block.text is not None:
        yield _marked(block.text, cell.char_start or 0, cell.char_end or 0)
        return
    row = Text()
    for other in block.cells:
        if other.row <= (cell.grid_row or 0) < other.row + other.row_span:
            own = other.row == cell.grid_row and other.column == cell.grid_column
            text = _marked(other.text, cell.char_start or 0, cell.char_end or 0) if own else Text(other.text)
            row.append(" │ " if row else "    ").append(text)
    yield row


def _marked(text: str, start: int, end: int) -> Text:
    around = 60
    marked = Text("    " + text[max(0, start - around) : start])
    marked.append(text[start:end], style="reverse")
    return marked.append(text[end : end + around])


def _law(
    law: JudgedLaw,
    table: FormTable,
    values: Mapping[tuple[str, str], JudgedCell],
    forms: Sequence[Form],
    lang: Lang,
) -> Iterator[Text]:
    def side(sign: int) -> str:
        cells = [table.cells[index] for index, coefficient in law.row.coefficients if coefficient == sign]
        known = [values[cell.item, cell.measure] for cell in cells if (cell.item, cell.measure) in values]
        return " + ".join(number(one.micro) for one in known) or "0"

    relation = "=" if law.row.kind == "equality" else "≥"
    if law.verdict == "broken":
        relation = "≠" if law.row.kind == "equality" else "<"
    statement = law.row.statement_zh if lang == "zh" else law.row.statement
    head = Text(f"{law.row.law} [{scope_label(forms, law.table_code, law.row.scope)}] ")
    head.append(VERDICT[lang][law.verdict], style=VERDICT_STYLE[law.verdict])
    yield head.append(f": {statement}")
    yield Text(f"    {side(1)} {relation} {side(-1)}")
