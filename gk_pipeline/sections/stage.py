"""The sections stage: a batch of documents to reports and their sections."""

from collections.abc import Iterator, Sequence

from gk_pipeline.documents.document import Document
from gk_pipeline.documents.frames import documents_of, first_paths
from gk_pipeline.forms import Form
from gk_pipeline.quality.frames import Placed, findings_frame
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.quality import SectionsFindings
from gk_pipeline.schemas.sections import Reports, Sections
from gk_pipeline.sections.detection import MAIN_TABLE
from gk_pipeline.sections.report import Found, FoundReport, find_reports, report_id, section_text


def find_sections(batch: Batch, *, forms: Sequence[Form]) -> Batch:
    """The reports of a batch of documents: sections.reports, sections.sections and what a person should look at."""
    paths = first_paths(batch["documents.files"])
    found = ((document, find_reports(document, forms)) for document in documents_of(batch))
    return section_frames((document, paths[document.document_id], reports) for document, reports in found)


def section_frames(found: Iterator[tuple[Document, str, Found]]) -> Batch:
    """The rows of the sections layer for documents, their paths and their reports."""
    reports: list[tuple[object, ...]] = []
    sections: list[tuple[object, ...]] = []
    placed: list[Placed] = []
    for document, path, of_document in found:
        placed += [Placed(path, None, finding) for finding in of_document.refused]
        for report in of_document.reports:
            key = report_id(document.document_id, report.ordinal)
            reports.append(_report_row(key, document, report))
            sections += _section_rows(key, report)
            placed += [Placed(path, key, finding) for finding in report.findings]
    return {
        "sections.reports": Reports.of_rows(reports),
        "sections.sections": Sections.of_rows(sections),
        "sections.findings": findings_frame(SectionsFindings, "sections", placed),
    }


def table_forms(report: FoundReport) -> dict[str, str]:
    """The form of each table found."""
    return {code: located.table.form for code, located in report.opened.tables.items()}


def _report_row(key: int, document: Document, report: FoundReport) -> tuple[object, ...]:
    who, opened = report.identity, report.opened
    forms = table_forms(report)
    listed = [{"table_code": code, "form": form} for code, form in forms.items()]
    about = (who.organization, who.organization_id, who.level, who.scope, who.stated_year, who.published_on, who.title)
    place = (opened.first_block, opened.last_block)
    return key, document.document_id, report.ordinal, *about, forms.get(MAIN_TABLE), listed, *place


def _section_rows(key: int, report: FoundReport) -> Iterator[tuple[object, ...]]:
    opened = report.opened
    pieces = opened.stream.pieces
    for code, (start, end) in opened.sections.items():
        first, first_char = opened.stream.place(start)
        last, last_char = opened.stream.place(end)
        heading_piece, heading_end = opened.stream.place(opened.headings[code].end - 1)
        heading = [pieces[number].text for number in range(first, heading_piece + 1)]
        heading[-1] = heading[-1][: heading_end + 1]
        heading[0] = heading[0][first_char:]
        starts = (pieces[first].block, pieces[first].run_offset + first_char)
        ends = (pieces[last].block, pieces[last].run_offset + last_char)
        yield key, code, "".join(heading), section_text(opened, code), *starts, *ends
