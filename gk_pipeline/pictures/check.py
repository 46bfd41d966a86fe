"""A report's check as terminal tables: what cannot be right, and where to look."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Form
from gk_pipeline.pictures.words import FINDING_ZH, READING, STATUS, TEXT, VERDICT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedLaw, JudgedReport
from gk_pipeline.quality.finding import Finding
from gk_pipeline.schemas.exact import decimal

STYLE = {
    "verified": "green",
    "unverified": "default",
    "deduced": "cyan",
    "corrected": "yellow",
    "disputed": "bold red",
    "missing": "magenta",
}
VERDICT_STYLE = {"holds": "green", "broken": "bold red", "used": "cyan", "not_assessable": "dim"}
_DRAWN = frozenset({"law_broken", "row_lost", "cells_missing", "number_unreadable"})
"""Kinds of findings that the tables show."""


def broken_errors(report: JudgedReport) -> list[JudgedLaw]:
    """The broken laws that are true by definition: with one of them a report should not be published."""
    return [law for law in report.laws if law.verdict == "broken" and law.row.severity == "error"]


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
        yield from _findings(report.findings, forms, lang)
        return
    yield _cells(report, forms, lang)
    yield _laws(report, lang)
    broken_laws = _broken(report, forms, lang)
    if broken_laws is not None:
        yield broken_laws
    suspects = [cell for cell in report.cells if cell.status in ("disputed", "missing")]
    if suspects:
        yield _suspects(suspects, forms, lang)
    yield from _findings([finding for finding in report.findings if finding.code not in _DRAWN], forms, lang)
    broken = broken_errors(report)
    if broken:
        yield Text(words["faulty"].format(broken=len(broken)), style="bold red")
    elif any(finding.severity != "note" for finding in report.findings) or suspects:
        yield Text(words["warned"], style="yellow")
    else:
        yield Text(words["sound"], style="bold green")


def _cells(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Table:
    """How many cells of each table have which status."""
    table = Table(title=TEXT[lang]["cells"], title_justify="left")
    table.add_column("", overflow="fold")
    for status in STATUS[lang].values():
        table.add_column(status, justify="right")
    for read in report.read.tables:
        counts = Counter(cell.status for cell in report.cells if cell.cell.table_code == read.code)
        numbers = [
            Text(str(counts[status] or "·"), style=STYLE[status] if counts[status] else "dim")
            for status in STATUS[lang]
        ]
        label = next(form for form in forms if form.code == read.form).table(read.code).label.text
        table.add_row(f"{label} ({TEXT[lang]['form'].format(form=read.form)})", *numbers)
    return table


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
        numbers = [
            Text(str(verdicts[verdict] or "·"), style=VERDICT_STYLE[verdict] if verdicts[verdict] else "dim")
            for verdict in VERDICT[lang]
        ]
        table.add_row(statements[code], *numbers)
    return table


def _suspects(cells: Sequence[JudgedCell], forms: Sequence[Form], lang: Lang) -> Table:
    """The rows with cells that are disputed or missing: what the row prints, and which of its cells are meant."""
    words = TEXT[lang]
    table = Table(title=words["suspect"], title_justify="left")
    for name in ("row", "cells", "printed", "line"):
        table.add_column(words[name], overflow="fold")
    for (code, item, status), group in groupby(cells, key=lambda one: (one.cell.table_code, one.cell.item, one.status)):
        row = list(group)
        tokens = row[0].cell.candidates or [one.cell.printed for one in row if one.cell.printed is not None]
        measures = "、".join(scope_label(forms, code, one.cell.measure) for one in row)
        about = Text(f"{STATUS[lang][status]}：" if lang == "zh" else f"{status}: ", style=STYLE[status])
        printed = escape(" ".join(tokens)) or READING[lang].get(row[0].cell.reading, "")
        table.add_row(scope_label(forms, code, item), about.append(measures, style="default"), printed, place(row[0]))
    return table


def _broken(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Table | None:
    """Every broken law with its numbers."""
    broken = [law for law in report.laws if law.verdict == "broken"]
    if not broken:
        return None
    words = TEXT[lang]
    table = Table(title=words["broken"], title_justify="left")
    table.add_column(words["where"], overflow="fold")
    table.add_column(words["statement"], overflow="fold")
    table.add_column(words["sides"], justify="right", style="bold red")
    for law in broken:
        statement = law.row.statement_zh if lang == "zh" else law.row.statement
        relation = "≠" if law.row.kind == "equality" else "<"
        sides = f"{number(law.left)} {relation} {number(law.right)}"
        table.add_row(scope_label(forms, law.table_code, law.row.scope), statement, sides)
    return table


def place(judged: JudgedCell) -> str:
    """Where a cell is printed: page and line where the file has them, else block, row and column."""
    cell = judged.cell
    if cell.block is None:
        return ""
    parts = [f"p. {cell.page}"] if cell.page is not None else []
    if cell.line is not None:
        return ", ".join([*parts, f"line {cell.line}"])
    parts.append(f"block {cell.block}")
    if cell.grid_row is not None and cell.grid_column is not None:
        parts.append(f"row {cell.grid_row + 1}, column {cell.grid_column + 1}")
    return ", ".join(parts)


def _findings(findings: Sequence[Finding], forms: Sequence[Form], lang: Lang) -> Iterator[Text]:
    marks = {"error": ("✗", "bold red"), "warning": ("!", "yellow"), "note": ("·", "dim")}
    for finding in findings:
        mark, style = marks[finding.severity]
        yield Text(f"{mark} {_told(finding, forms, lang)}", style=style)


def _told(finding: Finding, forms: Sequence[Form], lang: Lang) -> str:
    if lang == "en" or finding.code not in FINDING_ZH:
        return f"{finding.message} {finding.advice}"
    where = ""
    if finding.table_code is not None:
        tables = [table for form in forms for table in form.tables if table.code == finding.table_code]
        where = tables[0].label.text
        if finding.item is not None:
            where += " " + scope_label(forms, finding.table_code, finding.item)
        where += "："
    quoted = f"（{finding.evidence}）" if finding.evidence else ""
    return f"{where}{FINDING_ZH[finding.code]}{quoted}"


def number(micro: int | None) -> str:
    """A number as people write it; a dash where there is none."""
    return "—" if micro is None else f"{decimal(micro).normalize():f}"
