"""Laws drawn where they run: the marks at the ends of rows and columns, and the cells of those that are broken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Form, FormTable, LawRow
from gk_pipeline.pictures.labels import number
from gk_pipeline.pictures.pages.said import Said
from gk_pipeline.pipeline import JudgedLaw, JudgedReport

Course = Literal["row", "column", "cell", "table"]
"""How the members of a law stand to each other on the page."""
_SEVERITIES = ("error", "warning", "note")


class BrokenLine(NamedTuple):
    """A broken law in the list; `members` are the ids of its cells, each followed by the sign it is drawn with."""

    id: str
    where: str
    statement: Said
    sides: str
    severity: str
    members: str


class Mark(NamedTuple):
    """The verdict of a law at the end of its row or column; `line` is the id of a broken one in the list."""

    verdict: str
    sides: str
    statement: Said
    line: str
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """The laws of one table of a report: the list of broken ones, and what is drawn into the table.

    `prefix` begins the ids of the table. `at_rows` and `at_columns` hold marks by item, and by statement and measure;
    `runs` the styles and `ids` the ids of cells, by cell index, that stand in broken laws.
    """

    prefix: str
    broken: tuple[BrokenLine, ...]
    at_rows: Mapping[str, tuple[Mark, ...]]
    at_columns: Mapping[Said, Mapping[str, Mark]]
    runs: Mapping[int, str]
    ids: Mapping[int, str]


def drawn_table(report: JudgedReport, table: FormTable, forms: Sequence[Form], prefix: str) -> DrawnTable:
    """The laws of a table as they are drawn; `prefix` begins the ids and is the table's own on its page."""
    own = [form for form in forms if form.code == table.form]
    laws = [law for law in report.laws if law.table_code == table.code]
    broken = sorted(
        (law for law in laws if law.verdict == "broken"), key=lambda law: _SEVERITIES.index(law.row.severity)
    )
    line_of = {id(law): f"{prefix}law{at}" for at, law in enumerate(broken, start=1)}
    rows: dict[str, list[Mark]] = {}
    columns: dict[Said, dict[str, Mark]] = {}
    runs: dict[int, set[str]] = {}
    for law in laws:
        course, mark = course_of(table, law.row), _mark(law, line_of.get(id(law), ""))
        first = table.cells[law.row.coefficients[0][0]]
        if course == "row":
            rows.setdefault(first.item, []).append(mark)
        elif course == "column":
            columns.setdefault(mark.statement, {})[first.measure] = mark
        if law.verdict == "broken":
            for index, _ in law.row.coefficients:
                runs.setdefault(index, set()).add(f"in-{course}")
    lines = [
        BrokenLine(
            line_of[id(law)],
            scope_label(own, table.code, law.row.scope),
            statement_said(law.row),
            sides(law),
            law.row.severity,
            " ".join(_signed(prefix, law.row)),
        )
        for law in broken
    ]
    return DrawnTable(
        prefix,
        tuple(lines),
        {item: tuple(marks) for item, marks in rows.items()},
        columns,
        {index: " ".join(sorted(names)) for index, names in runs.items()},
        {index: cell_id(prefix, index) for index in runs},
    )


def course_of(table: FormTable, law: LawRow) -> Course:
    """Whether a law runs along a row, down a column, within one cell, or over the table."""
    members = [table.cells[index] for index, _ in law.coefficients]
    if len(members) == 1:
        return "cell"
    if len({cell.item for cell in members}) == 1:
        return "row"
    return "column" if len({cell.measure for cell in members}) == 1 else "table"


def cell_id(prefix: str, index: int) -> str:
    """The id of a cell that something refers to."""
    return f"{prefix}c{index}"


def statement_said(law: LawRow) -> Said:
    """What a law says, in words."""
    return Said(law.statement_zh, law.statement)


def sides(law: JudgedLaw) -> str:
    """The two sides of a law with what is between them; nothing where it cannot be assessed."""
    if law.left is None or law.right is None:
        return ""
    unlike = "≠" if law.row.kind == "equality" else "<"
    alike = "=" if law.row.kind == "equality" else "≥"
    return f"{number(law.left)} {unlike if law.verdict == 'broken' else alike} {number(law.right)}"


def _mark(law: JudgedLaw, line: str) -> Mark:
    return Mark(law.verdict, sides(law), statement_said(law.row), line)


def _signed(prefix: str, law: LawRow) -> Iterator[str]:
    """Ids of the members with their signs, so that read in print order they spell the law: + + = +."""
    between = "=" if law.kind == "equality" else "≥"
    right_begun = False
    for index, coefficient in law.coefficients:
        sign = "+" if coefficient > 0 or right_begun else between
        right_begun = right_begun or coefficient < 0
        yield f"{cell_id(prefix, index)}{sign}"
