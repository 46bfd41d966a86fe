"""All that the page of one report shows, ready to be printed by its template."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from gk_pipeline.forms import Form, FormTable
from gk_pipeline.pictures.judgements.claims import counts_of
from gk_pipeline.pictures.judgements.findings import is_notice
from gk_pipeline.pictures.judgements.standing import standing
from gk_pipeline.pictures.judgements.suspects import broken_errors, broken_laws, suspects
from gk_pipeline.pictures.labels import label, number, place
from gk_pipeline.pictures.pages.explained import (
    CellName,
    Correction,
    Dispute,
    corrections_of,
    disputes_of,
    noted_by_explanations,
)
from gk_pipeline.pictures.pages.findings import FindingLine, finding_lines
from gk_pipeline.pictures.pages.grid import Grid, TableSheet, grid_of
from gk_pipeline.pictures.pages.laws import BrokenLine, DrawnTable, drawn_table
from gk_pipeline.pictures.pages.neighbours import ALONE, Neighbours
from gk_pipeline.pictures.pages.prose import (
    Contradiction,
    Paragraph,
    contradictions_of,
    judged_claims,
    paragraphs_of,
)
from gk_pipeline.pictures.pages.said import Said, alike, both
from gk_pipeline.pictures.pages.unread import (
    Blanks,
    LostTable,
    RowLine,
    aligned_of,
    blanks_of,
    lost_of,
    noted_by_rows,
    open_rows,
    unexplained_rows,
)
from gk_pipeline.pictures.pages.words import SCOPE, STATUS_MEANS, STATUS_SAID, WORDS
from gk_pipeline.pictures.words import TEXT
from gk_pipeline.pipeline import JudgedCell, JudgedReport

_MOST_SUSPECTS = 5


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many cells have a status, and what that means."""

    status: str
    name: Said
    means: Said
    n_cells: int


@dataclass(frozen=True, slots=True)
class SuspectLine:
    """A number in which broken laws meet that nothing explains."""

    printed: str
    cell: str
    place: Said
    told: Said
    href: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as its page shows it; ids on the page begin with `prefix`."""

    prefix: str
    path: str
    organization: Said
    year: Said
    about: tuple[Said, ...]
    standing: str
    verdict: Said
    statuses: tuple[StatusCount, ...]
    broken: tuple[BrokenLine, ...]
    corrections: tuple[Correction, ...]
    disputes: tuple[Dispute, ...]
    unexplained: tuple[RowLine, ...]
    suspects: tuple[SuspectLine, ...]
    lost: tuple[LostTable, ...]
    open_rows: tuple[RowLine, ...]
    aligned: tuple[RowLine, ...]
    blanks: Blanks
    contradictions: tuple[Contradiction, ...]
    findings: tuple[FindingLine, ...]
    n_notices: int
    grids: tuple[Grid, ...]
    sentences: Said | None
    paragraphs: tuple[Paragraph, ...]
    neighbours: Neighbours

    @property
    def has_news(self) -> bool:
        """Whether there is anything that a person should look at."""
        told = (self.broken, self.corrections, self.disputes, self.unexplained, self.lost, self.open_rows, self.aligned)
        return any(map(bool, (*told, self.blanks.rows, self.blanks.summary, self.contradictions, self.findings)))


def report_view(
    report: JudgedReport,
    forms: Sequence[Form],
    prefix: str = "",
    neighbours: Neighbours = ALONE,
    faulty: Said = WORDS["faulty"],
) -> ReportView:
    """The page of a judged report; `faulty` is what is said of one that breaks laws that are true by definition."""
    corrections = corrections_of(report, forms, prefix, neighbours.vetoed)
    disputes = disputes_of(report, forms, prefix)
    notes = dict(reversed(list(noted_by_explanations(corrections, disputes))))
    lost = lost_of(report, forms, prefix)
    notes = dict(noted_by_rows(lost)) | notes
    rows, unexplained = (list_rows(report, forms, prefix, notes) for list_rows in (open_rows, unexplained_rows))
    aligned, blanks = aligned_of(report, forms, prefix), blanks_of(report, forms, prefix)
    notes = dict(noted_by_rows([*aligned, *blanks.rows])) | dict(noted_by_rows([*rows, *unexplained])) | notes
    notes |= neighbours.notes
    drawn = _drawn(report, forms, prefix)
    said = judged_claims(report, forms, prefix)
    standing, verdict = _verdict(report, neighbours, faulty)
    return ReportView(
        prefix=prefix,
        path=str(report.read.path),
        organization=_organization(report),
        year=_year(report),
        about=_about(report),
        standing=standing,
        verdict=verdict,
        statuses=_statuses(report, neighbours),
        broken=tuple(chain.from_iterable(one.broken for one in drawn.values())),
        corrections=corrections,
        disputes=disputes,
        unexplained=unexplained,
        suspects=_suspects(report, forms, drawn),
        lost=lost,
        open_rows=rows,
        aligned=aligned,
        blanks=blanks,
        contradictions=contradictions_of(report, said),
        findings=finding_lines(report, forms, {cell[:2] for row in (*rows, *unexplained) for cell in row.members}),
        n_notices=sum(map(is_notice, report.findings)),
        grids=_grids(report, forms, drawn, notes, neighbours),
        sentences=both(lambda lang: counts_of(report, lang)) if report.claims else None,
        paragraphs=paragraphs_of(report, said),
        neighbours=neighbours,
    )


def _tables(report: JudgedReport, forms: Sequence[Form]) -> list[tuple[Form, FormTable]]:
    by_code = {form.code: form for form in forms}
    return [(by_code[one.form], by_code[one.form].table(one.code)) for one in report.read.tables]


def _drawn(report: JudgedReport, forms: Sequence[Form], prefix: str) -> dict[FormTable, DrawnTable]:
    tables = [table for _, table in _tables(report, forms)]
    return {table: drawn_table(report, table, forms, f"{prefix}t{at}-") for at, table in enumerate(tables, start=1)}


def _grids(
    report: JudgedReport,
    forms: Sequence[Form],
    drawn: dict[FormTable, DrawnTable],
    notes: Mapping[CellName, str],
    neighbours: Neighbours,
) -> tuple[Grid, ...]:
    grids = []
    for form, table in _tables(report, forms):
        own = {(one.cell.item, one.cell.measure): one for one in report.cells if one.cell.table_code == table.code}
        sheet = TableSheet(report, table, own, drawn[table], notes, neighbours, drawn[table].prefix)
        grids.append(grid_of(sheet, form))
    return tuple(grids)


def _organization(report: JudgedReport) -> Said:
    """The body; of a file in which nobody could look for one, the name of the file."""
    who = report.read.identity
    if who is None:
        return alike(report.read.path.name)
    return alike(who.organization) if who.organization else both(lambda lang: TEXT[lang]["unnamed"])


def _year(report: JudgedReport) -> Said:
    who = report.read.identity
    if who is None:
        return alike("")
    stated = who.stated_year
    return Said(f"{stated}年", str(stated)) if stated else both(lambda lang: TEXT[lang]["no_year"])


def _about(report: JudgedReport) -> tuple[Said, ...]:
    who = report.read.identity
    if who is None:
        return ()
    published = (WORDS["published_on"].filled(on=who.published_on.isoformat()),) if who.published_on else ()
    return (SCOPE[who.scope], *published)


def _verdict(report: JudgedReport, neighbours: Neighbours, faulty: Said) -> tuple[str, Said]:
    """How the report stands, in a word for its style and a sentence; why one was not read, its finding says."""
    if report.read.error is not None:
        return "faulty", WORDS["unread"]
    said = {"faulty": faulty, "warned": WORDS["warned"], "sound": both(lambda lang: TEXT[lang]["sound"])}
    how = standing(report, (status_of(one, neighbours) for one in report.cells))
    return how, said[how].filled(broken=len(broken_errors(report)))


def status_of(judged: JudgedCell, neighbours: Neighbours) -> str:
    """The status of a cell after what neighbouring years say of it."""
    if judged.cell[:3] in neighbours.settled:
        return "settled"
    return "disputed" if judged.cell[:3] in neighbours.vetoed else judged.status


def _statuses(report: JudgedReport, neighbours: Neighbours) -> tuple[StatusCount, ...]:
    counts = Counter(status_of(one, neighbours) for one in report.cells)
    return tuple(
        StatusCount(status, name, STATUS_MEANS[status], counts[status])
        for status, name in STATUS_SAID.items()
        if counts[status]
    )


def _suspects(
    report: JudgedReport, forms: Sequence[Form], drawn: dict[FormTable, DrawnTable]
) -> tuple[SuspectLine, ...]:
    """The numbers in which the broken laws of a table without an explanation meet, most of them first."""
    if not broken_laws(report):
        return ()
    explained = {one.table_code for one in report.repairs}
    n_laws = sum(law.table_code not in explained for law in broken_laws(report))
    ids = {table.code: (table, own.ids) for table, own in drawn.items()}
    lines = []
    for suspect in [one for one in suspects(report, forms) if one.judged.cell.table_code not in explained]:
        cell = suspect.judged.cell
        table, own = ids[cell.table_code]
        lines.append(
            SuspectLine(
                number(cell.micro),
                label(report, forms, cell.table_code, f"{cell.item}.{cell.measure}"),
                both(lambda lang, one=suspect.judged: place(report, one, lang)),  # type: ignore[misc]
                WORDS["stands_in"].filled(laws=n_laws, n=suspect.n_broken),
                own[table.cell_at[cell.item, cell.measure].index],
            )
        )
    return tuple(lines[:_MOST_SUSPECTS])
