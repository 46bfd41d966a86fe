"""One cell explained: what is printed where, what it must be and why, and every law it stands in with its numbers."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from gk_pipeline.forms import Form, FormTable
from gk_pipeline.pictures.judgements.rows import row_prints
from gk_pipeline.pictures.labels import label, number, place, row_place
from gk_pipeline.pictures.terminal.check import STYLE, VERDICT_STYLE
from gk_pipeline.pictures.terminal.claims import sentences_of
from gk_pipeline.pictures.terminal.repairs import told
from gk_pipeline.pictures.words import READING, STATUS, TEXT, VERDICT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedLaw, JudgedReport

_AROUND = 60
"""Characters shown before and after a number in a long line."""


def explain_picture(
    report: JudgedReport,
    judged: JudgedCell,
    forms: Sequence[Form],
    lang: Lang,
    beyond: Sequence[Text] = (),
) -> RenderableType:
    """The explanation of one cell, for a terminal; `beyond` is what goes before what its report says of itself."""
    name, status, *rest = _parts(report, judged, forms, lang)
    return Group(name, status, *beyond, *rest)


def _parts(report: JudgedReport, judged: JudgedCell, forms: Sequence[Form], lang: Lang) -> Iterator[RenderableType]:
    cell = judged.cell
    name = label(report, forms, cell.table_code, f"{cell.item}.{cell.measure}")
    yield Text(f"{name}  ({cell.table_code}.{cell.item}.{cell.measure})", style="bold")
    status = Text(f"{number(judged.micro)} {cell.unit}  ")
    status.append(STATUS[lang][judged.status], style=STYLE[judged.status])
    yield status
    yield from _printed(report, judged, lang)
    yield from map(Text, told(report, judged, forms, lang))
    table = next(form for form in forms if form.code == cell.form).table(cell.table_code)
    index = table.cell_at[cell.item, cell.measure].index
    values = {(one.cell.item, one.cell.measure): one for one in report.cells if one.cell.table_code == table.code}
    for law in report.laws:
        if law.table_code == table.code and any(member == index for member, _ in law.row.coefficients):
            yield from _law(law, table, values, label(report, forms, law.table_code, law.row.scope), lang)
    yield from sentences_of(report, judged, forms, lang)


def _printed(report: JudgedReport, judged: JudgedCell, lang: Lang) -> Iterator[Text]:
    cell = judged.cell
    if cell.printed is None or cell.block is None:
        tokens = row_prints(report, cell.table_code, cell.item)
        reading = READING[lang].get(cell.reading, cell.reading)
        told = f"{place(report, judged, lang) or row_place(report, judged, lang)} {reading}".lstrip()
        yield Text(f"{report.read.path}: {told}{TEXT[lang]['row_prints'].format(tokens=tokens) if tokens else ''}")
        if cell.alignments:
            may_be = TEXT[lang]["or"].join(cell.candidates or ())
            yield Text(f"    {TEXT[lang]['ways_left'].format(ways=cell.alignments, numbers=may_be)}")
        return
    yield Text(f"{report.read.path}: {place(report, judged, lang)}")
    if cell.printed_unit not in (None, cell.unit) and cell.unit == "万元":
        yield Text(f"    {cell.printed_with_unit} = {number(cell.micro)} {cell.unit}")
    block = report.read.blocks[cell.block]
    start, end = cell.char_start or 0, cell.char_end or 0
    if block.text is not None:
        yield Text("    ").append(_marked(block.text, start, end))
        return
    row = [other for other in block.cells if other.row <= (cell.grid_row or 0) < other.row + other.row_span]
    own = [(other.row, other.column) == (cell.grid_row, cell.grid_column) for other in row]
    texts = [
        _marked(other.text, start, end) if here else Text(other.text) for other, here in zip(row, own, strict=True)
    ]
    yield Text("    ").append(Text(" │ ").join(texts))


def _marked(text: str, start: int, end: int) -> Text:
    marked = Text(text[max(0, start - _AROUND) : start])
    marked.append(text[start:end], style="reverse")
    return marked.append(text[end : end + _AROUND])


def _law(
    law: JudgedLaw,
    table: FormTable,
    values: Mapping[tuple[str, str], JudgedCell],
    scope: str,
    lang: Lang,
) -> Iterator[Text]:
    def members(*signs: int) -> list[JudgedCell]:
        cells = [table.cells[index] for index, coefficient in law.row.coefficients if coefficient in signs]
        return [values[cell.item, cell.measure] for cell in cells if (cell.item, cell.measure) in values]

    def side(sign: int) -> str:
        return " + ".join(number(_published(one)) for one in members(sign)) or "0"

    relation = "=" if law.row.kind == "equality" else "≥"
    if law.verdict == "broken":
        relation = "≠" if law.row.kind == "equality" else "<"
    statement = law.row.statement_zh if lang == "zh" else law.row.statement
    head = Text(f"{law.row.law} [{scope}] ")
    head.append(VERDICT[lang][law.verdict], style=VERDICT_STYLE[law.verdict])
    yield head.append(f": {statement}")
    corrected = any(one.status == "corrected" for one in members(1, -1))
    yield Text(f"    {side(1)} {relation} {side(-1)}{TEXT[lang]['as_printed'] if corrected else ''}")


def _published(judged: JudgedCell) -> int | None:
    """The number that laws are judged by: the printed one, else the deduced one."""
    if judged.cell.micro is not None or judged.status == "corrected":
        return judged.cell.micro
    return judged.micro
