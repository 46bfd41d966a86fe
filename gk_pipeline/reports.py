"""A file to its reports as read, before any law is applied; a file that gives none is one entry that says why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gk_pipeline.documents.document import Block, Document
from gk_pipeline.documents.read import read_path
from gk_pipeline.documents.stage import refusal
from gk_pipeline.forms import Form
from gk_pipeline.quality.finding import Finding
from gk_pipeline.sections.report import Identity, OpenReport, find_reports
from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.claims import read_claims
from gk_pipeline.tables.limits import Whose
from gk_pipeline.tables.read import ReadTable, is_blank, tables_of
from gk_pipeline.tables.stage import BLANK_FORM


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report of a file as read, before any law is applied; `error` says why there is none.

    `ordinal` is its number in the file, from 0. It stays `opened` until its sentences are read. `grids` are the blocks
    of its file that are tables. `blocks` are those of its file, of which it stands in `first_block` to `last_block`: a
    page or an explanation quotes them without reading the file again.
    """

    path: Path
    document_id: str | None
    identity: Identity | None
    tables: tuple[ReadTable, ...]
    findings: tuple[Finding, ...]
    error: str | None = None
    ordinal: int = 0
    opened: OpenReport | None = None
    claims: tuple[ReadClaim, ...] = ()
    media_type: str | None = None
    grids: tuple[int, ...] = ()
    blocks: Sequence[Block] = ()
    first_block: int = 0
    last_block: int = -1


def read_files(paths: Sequence[Path], forms: Sequence[Form], labels: Sequence[str]) -> list[ReadReport]:
    """The reports of some files, as read, their sentences too."""
    return [with_claims(report, forms) for path in paths for report in read_file(path, forms, labels)]


def read_file(path: Path, forms: Sequence[Form], labels: Sequence[str]) -> list[ReadReport]:
    """The reports of one file as read; a file that gives none is one entry with its error."""
    try:
        return read_document(path, read_path(path, labels), forms)
    except Exception as error:
        return [refused_file(path, error)]


def with_claims(report: ReadReport, forms: Sequence[Form]) -> ReadReport:
    """The report with what its sentences state, and closed."""
    who = report.identity
    if report.opened is None or who is None:
        return report
    whose = Whose(who.organization, who.level, who.scope, who.stated_year)
    try:
        return replace(report, claims=tuple(read_claims(report.opened, whose, forms)), opened=None)
    except Exception as error:
        return refused_file(report.path, error)


def refused_file(path: Path, error: Exception) -> ReadReport:
    """The entry of a file that gives no report for that reason."""
    reason = refusal(error)
    finding = Finding("error", reason.code, f"{path}: {reason}", reason.advice)
    return ReadReport(path, None, None, (), (finding,), f"{path}: {reason} {reason.advice}")


def read_document(path: Path, document: Document, forms: Sequence[Form]) -> list[ReadReport]:
    """The reports of one document as read."""
    reports = []
    found = find_reports(document, forms)
    grids = tuple(number for number, block in enumerate(document.blocks) if block.cells)
    for ordinal, report in enumerate(found.reports):
        tables = tables_of(report.opened)
        if is_blank(tables):
            reports.append(_refused(path, document, report.identity, BLANK_FORM))
            continue
        findings = [*document.findings, *report.findings, *(note for table in tables for note in table.findings)]
        told = (path, document.document_id, report.identity, tuple(tables), tuple(findings), None, ordinal)
        opened = report.opened
        place = (document.blocks, opened.first_block, opened.last_block)
        reports.append(ReadReport(*told, opened, (), document.media_type, grids, *place))
    return reports + [_refused(path, document, None, finding) for finding in found.refused]


def _refused(path: Path, document: Document, identity: Identity | None, finding: Finding) -> ReadReport:
    error = f"{path}: {finding.message} {finding.advice}"
    told = (path, document.document_id, identity, (), (*document.findings, finding), error)
    return ReadReport(*told, media_type=document.media_type)
