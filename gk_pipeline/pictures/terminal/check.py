"""A report's check as terminal tables: what cannot be right, and where to look."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from gk_pipeline.forms import Form
from gk_pipeline.pictures.judgements.claims import contradictions
from gk_pipeline.pictures.judgements.findings import drawn, finding_told
from gk_pipeline.pictures.judgements.rows import row_prints
from gk_pipeline.pictures.judgements.standing import standing
from gk_pipeline.pictures.judgements.suspects import broken_errors, broken_laws, lost_tables, suspects
from gk_pipeline.pictures.labels import label, number, place
from gk_pipeline.pictures.terminal.aligned import aligned_rows
from gk_pipeline.pictures.terminal.blanks import blank_cells
from gk_pipeline.pictures.terminal.claims import contradictions_table, counted
from gk_pipeline.pictures.terminal.repairs import repair_tables
from gk_pipeline.pictures.words import READING, STATUS, TEXT, VERDICT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedReport
from gk_pipeline.quality.finding import Finding

STYLE = {
    "verified": "green",
    "unverified": "default",
    "deduced": "cyan",
    "corrected": "yellow",
    "disputed": "bold red",
    "missing": "magenta",
}
VERDICT_STYLE = {"holds": "green", "broken": "bold red", "used": "cyan", "not_assessable": "dim"}
_STANDING_STYLE = {"faulty": "bold red", "warned": "yellow", "sound": "bold green"}
_MOST_SUSPECTS = 5
"""Cells a person is told to look at first; a number in the table of rows that follows is no less doubtful."""


def check_picture(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> RenderableType:
    """The check of one report, for a terminal."""
    return Group(*_parts(report, forms, lang))


def _parts(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Iterator[RenderableType]:
    words = TEXT[lang]
    read = report.read
    yield Text(str(read.path), style="dim")
    if read.identity is not None:
        organization = read.identity.organization or words["unnamed"]
        year = read.identity.stated_year or words["no_year"]
        yield Text(words["title"].format(organization=organization, year=year), style="bold")
    if read.error is not None:
        yield from _findings(report, report.findings, forms, lang)
        return
    yield _cells(report, forms, lang)
    yield _laws(report, lang)
    yield from repair_tables(report, forms, lang)
    yield from _first_look(report, forms, lang)
    if broken_laws(report):
        yield _broken(report, forms, lang)
    if contradictions(report):
        yield contradictions_table(report, forms, lang)
    if report.claims:
        yield counted(report, lang)
    doubtful = [cell for cell in report.cells if cell.status in ("disputed", "missing")]
    lost = lost_tables(report)
    to_compare = [one for one in doubtful if one not in lost.get(one.cell.table_code, ())]
    if to_compare:
        yield _rows(report, to_compare, forms, lang)
    aligned = aligned_rows(report, forms, lang)
    if aligned:
        yield aligned
    blank = blank_cells(report, forms, lang)
    if blank:
        yield blank
    yield from (_lost_table(report, cells, forms, lang) for cells in lost.values())
    shown = [*to_compare, *(judged for cells in lost.values() for judged in cells)]
    rows = {(judged.cell.table_code, judged.cell.item) for judged in shown}
    yield from _findings(report, [found for found in report.findings if not drawn(found, rows)], forms, lang)
    how = standing(report, (cell.status for cell in report.cells))
    yield Text(words[how].format(broken=len(broken_errors(report))), style=_STANDING_STYLE[how])


def _cells(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Table:
    """How many cells of each table have which status: a column a table, so that it fits a narrow terminal."""
    table = Table(title=TEXT[lang]["cells"], title_justify="left")
    table.add_column("")
    counts = []
    for read in report.read.tables:
        name = next(form for form in forms if form.code == read.form).table(read.code).label.text
        heading = f"{name}\n{TEXT[lang]['form'].format(form=read.form)}"
        table.add_column(heading, justify="center", overflow="fold", max_width=24)
        counts.append(Counter(judged.status for judged in report.cells if judged.cell.table_code == read.code))
    for status, word in STATUS[lang].items():
        if any(count[status] for count in counts):
            table.add_row(Text(word, style=STYLE[status]), *(_count(one[status], STYLE[status]) for one in counts))
    return table


def _count(count: int, style: str) -> Text:
    return Text(str(count), style=style) if count else Text("·", style="dim")


def _laws(report: JudgedReport, lang: Lang) -> Table:
    """How often each law held, was broken, used or could not be assessed."""
    table = Table(title=TEXT[lang]["laws"], title_justify="left")
    table.add_column(TEXT[lang]["statement"], overflow="fold")
    for verdict in VERDICT[lang].values():
        table.add_column(verdict, justify="right")
    counts: dict[str, Counter[str]] = {}
    statements = {}
    for law in report.laws:
        counts.setdefault(law.row.law, Counter())[law.verdict] += 1
        statements[law.row.law] = law.row.statement_zh if lang == "zh" else law.row.statement
    for code, verdicts in counts.items():
        numbers = [_count(verdicts[verdict], VERDICT_STYLE[verdict]) for verdict in VERDICT[lang]]
        table.add_row(statements[code], *numbers)
    return table


def _first_look(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Iterator[Text]:
    """The numbers in which the broken laws of a table without an explanation meet, most of them first."""
    words, explained = TEXT[lang], {one.table_code for one in report.repairs}
    n_laws = sum(law.table_code not in explained for law in broken_laws(report))
    found = [one for one in suspects(report, forms) if one.judged.cell.table_code not in explained]
    if found:
        yield Text(words["first_look"], style="italic")
    for suspect in found[:_MOST_SUSPECTS]:
        cell = suspect.judged.cell
        name = label(report, forms, cell.table_code, f"{cell.item}.{cell.measure}")
        share = "some" if suspect.n_broken < n_laws else "both" if n_laws == 2 else "all"
        where = words["comma"].join(filter(None, [name, place(report, suspect.judged, lang)]))
        told = words[f"stands_in_{share}"].format(where=where, broken=suspect.n_broken, laws=n_laws)
        yield Text(f"  {number(cell.micro)}", style="bold red").append(told, style="default")
    if len(found) > _MOST_SUSPECTS:
        yield Text(words["more"].format(n=len(found) - _MOST_SUSPECTS), style="dim")


def _rows(report: JudgedReport, cells: Sequence[JudgedCell], forms: Sequence[Form], lang: Lang) -> Table:
    """The rows with cells that are disputed or missing: what the row prints, and which of its cells are meant."""
    words = TEXT[lang]
    table = Table(title=words["suspect"], title_justify="left")
    for name in ("row", "cells", "printed", "line"):
        table.add_column(words[name], overflow="fold")
    widths = Counter((one.cell.table_code, one.cell.item) for one in report.cells)
    for (code, item, status), group in groupby(cells, key=lambda one: (one.cell.table_code, one.cell.item, one.status)):
        row = list(group)
        names = [label(report, forms, code, one.cell.measure) for one in row]
        measures = words["whole_row"] if 1 < len(row) == widths[code, item] else " ".join(names)
        about = Text(words["marked"].format(mark=STATUS[lang][status]), style=STYLE[status])
        tokens = " ".join(one.cell.printed for one in row if one.cell.printed is not None)
        printed = escape(row_prints(report, code, item) or tokens) or READING[lang].get(row[0].cell.reading, "")
        where = place(report, row[0], lang)
        table.add_row(label(report, forms, code, item), about.append(measures, style="default"), printed, where)
    return table


def _lost_table(report: JudgedReport, cells: Sequence[JudgedCell], forms: Sequence[Form], lang: Lang) -> Text:
    """One line for a table none of whose rows could be read."""
    words, first = TEXT[lang], cells[0].cell
    name = next(form for form in forms if form.code == first.form).table(first.table_code).label.text
    where = words["comma"].join(filter(None, [name, place(report, cells[0], lang)]))
    n_rows = len({judged.cell.item for judged in cells})
    return Text(f"! {words['table_lost'].format(where=where, rows=n_rows)}", style="yellow")


def _broken(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Table:
    """Every broken law with its numbers."""
    words = TEXT[lang]
    table = Table(title=words["broken"], title_justify="left")
    table.add_column(words["where"], overflow="fold")
    table.add_column(words["statement"], overflow="fold")
    table.add_column(words["sides"], justify="right", style="bold red")
    for law in broken_laws(report):
        statement = law.row.statement_zh if lang == "zh" else law.row.statement
        relation = "≠" if law.row.kind == "equality" else "<"
        sides = f"{number(law.left)} {relation} {number(law.right)}"
        table.add_row(label(report, forms, law.table_code, law.row.scope), statement, sides)
    return table


def _findings(report: JudgedReport, findings: Sequence[Finding], forms: Sequence[Form], lang: Lang) -> Iterator[Text]:
    marks = {"error": ("✗", "bold red"), "warning": ("!", "yellow"), "note": ("·", "dim")}
    for finding in findings:
        mark, style = marks[finding.severity]
        yield Text(f"{mark} {finding_told(report, finding, forms, lang)}", style=style)
