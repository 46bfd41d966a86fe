"""A document's reports: where each begins and ends, whose it is, and which sections and tables it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gk_pipeline.documents.document import Block, Document
from gk_pipeline.documents.media_type import SHEETS
from gk_pipeline.forms import Form
from gk_pipeline.quality.finding import Finding
from gk_pipeline.schemas.sections import ORDINALS
from gk_pipeline.sections.annual import before_tables, not_annual
from gk_pipeline.sections.detection import Detector, Located, Span
from gk_pipeline.sections.dropped import lines_dropped
from gk_pipeline.sections.headings import find_headings, section_spans
from gk_pipeline.sections.identity import level, organization_id, scope
from gk_pipeline.sections.labels import Hit
from gk_pipeline.sections.page_layout import in_cells
from gk_pipeline.sections.sheets import sheet_starts
from gk_pipeline.sections.signature import organization_from_signature, published_on
from gk_pipeline.sections.stream import Stream, pieces_of
from gk_pipeline.sections.title import Title
from gk_pipeline.sections.title_lines import choose_title, split_titles

_MANY_SECTIONS = 3
"""Sections of a form from whose headings on a document without a table is a report all the same."""


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A report laid open: the stream of its pieces, and where its sections and tables stand in it."""

    first_block: int
    last_block: int
    stream: Stream
    headings: Mapping[str, Hit]
    sections: Mapping[str, Span]
    tables: Mapping[str, Located]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report it is and what it says of itself; None where it does not say."""

    organization: str | None
    organization_id: str | None
    level: str
    scope: str
    stated_year: int | None
    published_on: date | None
    title: str | None


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report of a document, with what a person should look at."""

    ordinal: int
    opened: OpenReport
    identity: Identity
    findings: tuple[Finding, ...]


class Found(NamedTuple):
    """The reports of a document, and why what else is in it is none."""

    reports: list[FoundReport]
    refused: list[Finding]


def report_id(document_id: str, ordinal: int) -> int:
    """The report's 64-bit id: 55 bits of the document's sha256, then the ordinal; it sorts as documents do."""
    return (int(document_id[:16], 16) >> 9 << 8) | (ordinal % ORDINALS)


def open_report(
    blocks: Sequence[Block], first: int, last: int, forms: Sequence[Form], year: int | None = None
) -> OpenReport:
    """Lay open the report that stands in blocks `first` to `last`; its year, where known, tells what labels do not."""
    stream = Stream(in_cells(pieces_of(blocks, first, last)))
    headings = find_headings(stream, forms)
    sections = section_spans(headings, len(stream.text))
    return OpenReport(first, last, stream, headings, sections, Detector(stream, sections).detect(forms, year))


def find_reports(document: Document, forms: Sequence[Form]) -> Found:
    """Every report of a document; where there is none, a finding says why."""
    blocks = document.blocks
    whole = open_report(blocks, 0, len(blocks) - 1, forms)
    if not whole.tables:
        title = choose_title(whole.stream.lines, document.title)
        names_a_year = title is not None and title.qualifier is None and title.stated_year is not None
        lacks_tables = names_a_year and len(whole.sections) >= _MANY_SECTIONS
        return Found([], [_NO_TABLES if lacks_tables else _no_report(forms)])
    cuts = [whole.stream.pieces[line].block for line in split_titles(whole.stream.lines)]
    if document.media_type in SHEETS:
        cuts += sheet_starts(
            blocks,
            lambda first, last: open_report(blocks, first, last, forms).tables,
            any(located.again for located in whole.tables.values()),
        )
    opened = [whole] if not cuts else _split(blocks, cuts, forms) or [whole]
    page_title = document.title if len(opened) == 1 else None
    found = Found([], [])
    for report in opened:
        title = choose_title(report.stream.lines, page_title, before_tables(report.stream, report.tables))
        refusal = not_annual(report.stream, report.sections, report.tables, title, page_title)
        refusal = refusal or lines_dropped(report.stream, report.tables)
        if refusal is None:
            report = _in_its_year(report, blocks, forms, title.stated_year if title else None)
            found.reports.append(_identified(len(found.reports), report, title, forms))
        else:
            found.refused.append(refusal)
    return found


_NO_TABLES = Finding(
    "error",
    "no_tables",
    "Title and headings are those of a report, but none of its tables is there as text: they may be pictures.",
    "Open it: save pictures of tables as files of their own, or get the file in which the tables are text.",
)


def _no_report(forms: Sequence[Form]) -> Finding:
    known = ", ".join(form.code for form in forms)
    message = f"No table of a known form ({known}) was found: this is no report, or one on an unknown form."
    advice = "If it is a report, add its labels as `variants`, or its form as a file in forms/; else remove it."
    return Finding("error", "no_report", message, advice)


def _split(blocks: Sequence[Block], cuts: Sequence[int], forms: Sequence[Form]) -> list[OpenReport]:
    """The reports between the cuts; a stretch without a table is part of the report before it."""
    starts = [0, *sorted({cut for cut in cuts if cut > 0})]
    kept: list[int] = []
    for start, stop in zip(starts, [*starts[1:], len(blocks)], strict=True):
        if not kept or open_report(blocks, start, stop - 1, forms).tables:
            kept.append(start)
    bounds = zip(kept, [*kept[1:], len(blocks)], strict=True)
    return [open_report(blocks, start, stop - 1, forms) for start, stop in bounds]


def _in_its_year(report: OpenReport, blocks: Sequence[Block], forms: Sequence[Form], year: int | None) -> OpenReport:
    """The report without tables on a form that came after its year, unless their labels tell that form."""
    later = {form.code for form in forms if year is not None and form.since > year}
    if later.isdisjoint(located.table.form for located in report.tables.values()):
        return report
    return open_report(blocks, report.first_block, report.last_block, forms, year)


def _identified(ordinal: int, opened: OpenReport, title: Title | None, forms: Sequence[Form]) -> FoundReport:
    lines = opened.stream.lines
    organization = (title and title.organization) or organization_from_signature(lines)
    year = title.stated_year if title else None
    identity = Identity(
        organization=organization,
        organization_id=organization and organization_id(organization),
        level=level(organization) if organization else "unknown",
        scope=scope(section_text(opened, "overview"), organization),
        stated_year=year,
        published_on=published_on(lines, year),
        title=title.text if title else None,
    )
    findings = [*_identity_findings(title, identity), *_section_findings(opened, forms)]
    findings += [*_repeated(opened), *_untold_forms(opened)]
    return FoundReport(ordinal, opened, identity, tuple(findings))


def section_text(opened: OpenReport, code: str) -> str:
    """A section's paragraphs, one a line, without its heading's piece and without grids."""
    span = opened.sections.get(code)
    if span is None:
        return ""
    pieces = opened.stream.pieces
    first, char = opened.stream.place(opened.headings[code].end - 1)
    last, end = opened.stream.place(span[1])
    texts = [pieces[first].text[char + 1 : end if last == first else None]]
    texts += [pieces[number].text for number in range(first + 1, last) if pieces[number].row is None]
    if last > first and pieces[last].row is None:
        texts.append(pieces[last].text[:end])
    return "\n".join(text for text in texts if text.strip(" \t#、.。:："))


def _identity_findings(title: Title | None, identity: Identity) -> list[Finding]:
    found = []
    if identity.organization is None:
        message = "No title names the body that published this report."
        advice = "Look at the file; if it names the body elsewhere, put a title line such as X局2023年…年度报告 first."
        found.append(Finding("warning", "organization_missing", message, advice, title.text if title else ""))
    if identity.stated_year is None:
        message = (
            "The title does not say which year the report is about, or other titles or the text say another. "
            "Filed in a year folder it counts for that year; by itself it has none."
        )
        found.append(Finding("warning", "year_missing", message, "Check that the file lies in the right year folder."))
    return found


def _section_findings(opened: OpenReport, forms: Sequence[Form]) -> list[Finding]:
    found = []
    codes = {form.code for form in forms if any(located.table.form == form.code for located in opened.tables.values())}
    titles = {section.code: section.label.text for form in forms if form.code in codes for section in form.sections}
    missing = [text for code, text in titles.items() if code not in opened.headings]
    if missing:
        message = f"{len(missing)} of {len(titles)} section headings were not found: {'、'.join(missing)}."
        advice = "If the page prints one of them in another wording, add that to `variants` of the section in the form."
        found.append(Finding("note", "sections_missing", message, advice))
    table_codes = {table.code: table.label.text for form in forms if form.code in codes for table in form.tables}
    for code, label in table_codes.items():
        if code not in opened.tables:
            message = f"The table {label} was not found."
            advice = "If the page has it, its labels differ from the form's; otherwise ask the body for it."
            found.append(Finding("warning", "table_missing", message, advice, table_code=code))
    return found


def _repeated(opened: OpenReport) -> list[Finding]:
    """A table that stands in the report once more: which of the two is meant is for a person to say."""
    advice = "Compare them; if they differ, leave only the right one in the file."
    return [
        Finding(
            "warning",
            "table_repeated",
            f"The table {located.table.label.text} is printed more than once; one of them was read.",
            advice,
            table_code=code,
        )
        for code, located in opened.tables.items()
        if located.again
    ]


def _untold_forms(opened: OpenReport) -> Iterator[Finding]:
    """A table whose labels, as far as they are there, stand on several forms: on which it was read is a guess."""
    for code, located in opened.tables.items():
        if not located.guessed_against:
            continue
        form, rivals = located.table.form, [table.form for table in located.guessed_against]
        message = (
            f"The labels of {located.table.label.text} that were found stand on form {form} and on form "
            f"{', '.join(rivals)} alike; it was read as form {form}. Rows that only this form has are not worked out."
        )
        advice = f"See whether the table is complete in the file; rows of form {form} that it has not may be no rows."
        yield Finding("warning", "form_untold", message, advice, table_code=code)
