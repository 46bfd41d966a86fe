"""The way of a file through the house in one go, without Dagster and without frames: for extract, check and explain."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gk_pipeline.facts.arrays import as_arrays
from gk_pipeline.facts.claims import DOUBTFUL, contradictions
from gk_pipeline.facts.correction_file import Correction
from gk_pipeline.facts.corrections import NOTHING_REVIEWED, CellKey, of_table, values_of
from gk_pipeline.facts.decisions import Defied, contradicted, defied_laws, reviewed_cells_told
from gk_pipeline.facts.evaluate import Tables
from gk_pipeline.facts.findings import BrokenLaw, broken_laws, cells_in_doubt, missing_cells
from gk_pipeline.facts.reconcile import CORRECTED, DISPUTED, MISSING, Judged, reconcile_tables
from gk_pipeline.facts.repairs import Repair, repairs_of
from gk_pipeline.facts.testimony import Claim, ClaimVerdict, Figure, testify
from gk_pipeline.facts.untold import untold_cells
from gk_pipeline.forms import Form, FormTable, LawRow
from gk_pipeline.guarded import read_alone, read_guarded
from gk_pipeline.quality.finding import Finding
from gk_pipeline.reports import ReadReport
from gk_pipeline.schemas.exact import decimal
from gk_pipeline.tables.cells import ReadCell
from gk_pipeline.tables.read import ReadTable


class JudgedCell(NamedTuple):
    """A cell with its status and its value in millionths."""

    cell: ReadCell
    status: str
    micro: int | None


class JudgedLaw(NamedTuple):
    """A law applied: its two sides in millionths, None when it cannot be assessed."""

    row: LawRow
    table_code: str
    verdict: str
    left: int | None
    right: int | None


class JudgedRepair(NamedTuple):
    """A changed cell of an explanation of broken laws; `repair.explanation` counts within its table."""

    table_code: str
    repair: Repair


class Decided(NamedTuple):
    """What people decided about a report, by table, item and measure, and the laws that fail with it."""

    reviewed: Mapping[tuple[str, str, str], Correction]
    defied: Sequence[Defied]


@dataclass(frozen=True, slots=True)
class JudgedReport:
    """A report with its facts, laws and repairs, in the form's print order, and the verdicts on its claims.

    `reviewed` are people's corrections by table, item and measure.
    """

    read: ReadReport
    cells: tuple[JudgedCell, ...]
    laws: tuple[JudgedLaw, ...]
    repairs: tuple[JudgedRepair, ...]
    findings: tuple[Finding, ...]
    reviewed: Mapping[tuple[str, str, str], Correction]
    claims: tuple[ClaimVerdict, ...] = ()


def judged_reports(
    paths: Sequence[Path], forms: Sequence[Form], workers: int = 1, progress: Callable[[int], None] | None = None
) -> Iterator[JudgedReport]:
    """Every report of the files, read and judged, in the order of the files; one with an error where there is none."""
    # a worker takes a second to start, which one file is not worth
    for reports in [read_alone(paths[0], forms)] if len(paths) == 1 else read_guarded(paths, forms, workers, progress):
        yield from judge(reports, forms)


def judge(
    reports: Sequence[ReadReport], forms: Sequence[Form], reviewed: Mapping[CellKey, Correction] = NOTHING_REVIEWED
) -> list[JudgedReport]:
    """Every law over all reports at once, a table of a form at a time.

    `reviewed` are people's corrections by the number of the report among these, table, item and measure.
    """
    cells: list[list[JudgedCell]] = [[] for _ in reports]
    laws: list[list[JudgedLaw]] = [[] for _ in reports]
    repairs: list[list[JudgedRepair]] = [[] for _ in reports]
    defied: list[list[Defied]] = [[] for _ in reports]
    for form in forms:
        for table in form.tables:
            having = [
                (number, read)
                for number, report in enumerate(reports)
                for read in report.tables
                if read.code == table.code and read.form == table.form
            ]
            if having:
                numbers = [number for number, _ in having]
                decided = of_table(reviewed, table, numbers)
                judged = reconcile_tables(_arrays(table, [read.cells for _, read in having], forms), values_of(decided))
                for row, (number, read) in enumerate(having):
                    cells[number] += _judged_cells(read, judged, row)
                    laws[number] += _judged_laws(table, judged, row)
                    mended = repairs_of(table, judged.found.get(row, ()), bool(judged.recognised[row]))
                    repairs[number] += [JudgedRepair(table.code, one) for one in mended]
                    defied[number] += defied_laws(table, judged, row, decided.get(row, {}))
    given: list[dict[tuple[str, str, str], Correction]] = [{} for _ in reports]
    for (number, *_), one in reviewed.items():
        given[number][one.cell] = one
    return [
        _judged(report, own, applied, mended, Decided(by_people, against), forms)
        for report, own, applied, mended, by_people, against in zip(
            reports, cells, laws, repairs, given, defied, strict=True
        )
    ]


def _judged(
    report: ReadReport,
    cells: Sequence[JudgedCell],
    laws: Sequence[JudgedLaw],
    repairs: Sequence[JudgedRepair],
    decided: Decided,
    forms: Sequence[Form],
) -> JudgedReport:
    verdicts = _verdicts(report, cells, forms) if report.claims else []
    reviewed = decided.reviewed
    by_laws = [one for one in cells if one.cell[:3] not in reviewed]
    findings = (
        *report.findings,
        *_findings(by_laws, laws, reviewed, forms),
        *reviewed_cells_told(reviewed, forms),
        *contradicted(decided.defied, forms),
        *contradictions(verdicts, forms),
    )
    return JudgedReport(report, tuple(cells), tuple(laws), tuple(repairs), findings, reviewed, tuple(verdicts))


def _verdicts(report: ReadReport, cells: Sequence[JudgedCell], forms: Sequence[Form]) -> list[ClaimVerdict]:
    tables = {one.code: form.table(one.code) for one in report.tables for form in forms if form.code == one.form}
    figures = {
        (one.cell.table_code, one.cell.item, one.cell.measure): Figure(one.micro, one.status not in DOUBTFUL)
        for one in cells
    }
    claims = [Claim(*(getattr(claim, name) for name in Claim._fields)) for claim in report.claims]
    return testify(claims, tables, figures, forms)


def _arrays(table: FormTable, cells: Sequence[Sequence[ReadCell]], forms: Sequence[Form]) -> Tables:
    values = np.array([[cell.micro or cell.agreed or 0 for cell in row] for row in cells], dtype=np.int64)
    known = np.array([[cell.micro is not None for cell in row] for row in cells], dtype=bool)
    agreed = np.array([[cell.agreed is not None for cell in row] for row in cells], dtype=bool)
    contested = np.array([[cell.contested for cell in row] for row in cells], dtype=bool)
    decimals = np.array([[cell.decimals or 0 for cell in row] for row in cells], dtype=np.int64)
    recognised = np.array([any(cell.confidence is not None for cell in row) for row in cells], dtype=bool)
    absent = np.array([[cell.reading == "absent" for cell in row] for row in cells], dtype=bool)
    untold = untold_cells(table, forms, absent)
    return as_arrays(table, values, known, decimals, agreed, contested, recognised, untold)


def _judged_cells(read: ReadTable, judged: Judged, row: int) -> Iterator[JudgedCell]:
    values, valued, status = judged.values[row].tolist(), judged.valued[row].tolist(), judged.status[row]
    for cell, state, micro, has_value in zip(read.cells, status, values, valued, strict=True):
        yield JudgedCell(cell, state, micro if has_value else None)


def _judged_laws(table: FormTable, judged: Judged, row: int) -> Iterator[JudgedLaw]:
    for sides, verdicts in judged.laws:
        left, right = sides.left[row].tolist(), sides.right[row].tolist()
        for law, verdict, one, other in zip(sides.laws.rows, verdicts[row], left, right, strict=True):
            open_law = verdict == "not_assessable"
            yield JudgedLaw(law, table.code, verdict, None if open_law else one, None if open_law else other)


def _findings(
    cells: Sequence[JudgedCell],
    laws: Sequence[JudgedLaw],
    reviewed: Collection[tuple[str, str, str]],
    forms: Sequence[Form],
) -> Iterator[Finding]:
    broken = [
        BrokenLaw(law.row.law, law.row.scope, law.table_code, law.row.severity, decimal(left), decimal(right))
        for law in laws
        if law.verdict == "broken" and (left := law.left) is not None and (right := law.right) is not None
    ]
    yield from broken_laws(sorted(broken, key=lambda one: (one.law, one.scope)), forms, reviewed)
    doubtful = sorted((one for one in cells if one.status in (CORRECTED, DISPUTED)), key=lambda one: one.cell[:3])
    for table, rows in groupby(doubtful, key=lambda one: one.cell.table_code):
        yield from cells_in_doubt(table, [_told(one) for one in rows], forms)
    missing = Counter(judged.cell.table_code for judged in cells if judged.status == MISSING)
    yield from (missing_cells(table, count) for table, count in sorted(missing.items()))


def _told(judged: JudgedCell) -> tuple[str, str, Decimal | None, Decimal | None]:
    """A cell's scope, status, reported number and value."""
    cell = judged.cell
    reported, value = (None if micro is None else decimal(micro) for micro in (cell.micro, judged.micro))
    return f"{cell.item}.{cell.measure}", judged.status, reported, value
