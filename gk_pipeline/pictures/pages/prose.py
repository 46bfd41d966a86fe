"""The sentences of a report on a page, with the numbers that its tables bear out or contradict marked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gk_pipeline.facts.testimony import ClaimVerdict
from gk_pipeline.forms import Form
from gk_pipeline.pictures.judgements.claims import is_note, told_of
from gk_pipeline.pictures.labels import place_of
from gk_pipeline.pictures.pages.said import Said, both
from gk_pipeline.pipeline import JudgedReport
from gk_pipeline.reports import ReadReport
from gk_pipeline.tables.claim import ReadClaim

_SENTENCE = re.compile("[。；！？;]")
_HEADING = re.compile(r"^[（(]?[一二三四五六七八九十]+[)）、.．]")
_LONGEST_HEADING = 40


class Run(NamedTuple):
    """Some text of a paragraph; with a verdict it is a number that was compared, and `id` is its own."""

    text: str
    verdict: str = ""
    told: Said = Said("", "")
    id: str = ""


class Paragraph(NamedTuple):
    """A heading or a paragraph."""

    is_heading: bool
    runs: tuple[Run, ...]


class Contradiction(NamedTuple):
    """A number of a sentence that contradicts the tables, or nearly agrees; `mark` is its id in the text."""

    sentence: str
    place: Said
    said: str
    told: Said
    verdict: str
    mark: str


class Testimony(NamedTuple):
    """A claim with its verdict as the page names it."""

    claim: ReadClaim
    verdict: str
    told: Said
    id: str


def _verdict(one: ClaimVerdict) -> str:
    if one.verdict == "broken":
        return "nearly" if is_note(one) else "contradicts"
    return "holds" if one.verdict == "holds" else "open"


def judged_claims(report: JudgedReport, forms: Sequence[Form], prefix: str) -> list[Testimony]:
    """The claims of a report that were judged."""
    found = []
    for one in report.claims:
        verdict = _verdict(one)
        told = Said("", "") if verdict == "open" else both(lambda lang, one=one: told_of(report, one, forms, lang))  # type: ignore[misc]
        found.append(
            Testimony(report.read.claims[one.claim.claim - 1], verdict, told, f"{prefix}said{one.claim.claim}")
        )
    return found


def contradictions_of(report: JudgedReport, said: Sequence[Testimony]) -> tuple[Contradiction, ...]:
    """What the sentences say that the tables do not."""
    evidence = {one.claim.claim: one.evidence for one in report.claims}
    return tuple(
        Contradiction(
            evidence[one.claim.claim],
            both(lambda lang, one=one: place_of(report, one.claim, lang)),  # type: ignore[misc]
            f"{one.claim.printed}{one.claim.counter}",
            one.told,
            one.verdict,
            one.id,
        )
        for one in said
        if one.verdict in ("contradicts", "nearly")
    )


def paragraphs_of(report: JudgedReport, said: Sequence[Testimony]) -> tuple[Paragraph, ...]:
    """The report's headings and the paragraphs that hold sentences, in their order, with marked numbers."""
    in_tables = {one.cell.block for one in report.cells}
    marks: dict[tuple[int | None, int | None, int | None], list[Testimony]] = {}
    for one in said:
        marks.setdefault((one.claim.block, one.claim.grid_row, one.claim.grid_column), []).append(one)
    return tuple(_without_empty_headings(_paragraphs(report.read, in_tables, marks)))


def _paragraphs(
    read: ReadReport,
    in_tables: set[int | None],
    marks: Mapping[tuple[int | None, int | None, int | None], Sequence[Testimony]],
) -> Iterator[Paragraph]:
    for number in range(read.first_block, read.last_block + 1):
        block = read.blocks[number]
        if block.text is None:
            for cell in block.cells:
                own = marks.get((number, cell.row, cell.column), ())
                if own:
                    yield Paragraph(False, tuple(_runs(cell.text, own)))
            continue
        own = marks.get((number, None, None), ())
        text = block.text.strip()
        if own or (number not in in_tables and _SENTENCE.search(text)):
            yield Paragraph(False, tuple(_runs(block.text, own)))
        elif number not in in_tables and len(text) <= _LONGEST_HEADING and _HEADING.match(text):
            yield Paragraph(True, (Run(text),))


def _without_empty_headings(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """Labels of tables look like headings, but no sentence follows them: of headings in a row only the last stays."""
    heading = None
    for one in paragraphs:
        if one.is_heading:
            heading = one
            continue
        if heading is not None:
            yield heading
            heading = None
        yield one


def _runs(text: str, said: Sequence[Testimony]) -> Iterator[Run]:
    at = 0
    for one in sorted(said, key=lambda one: one.claim.char_start or 0):
        start, end = one.claim.char_start or 0, one.claim.char_end or 0
        if start > at:
            yield Run(text[at:start])
        yield Run(text[max(start, at) : end], one.verdict, one.told, one.id)
        at = max(at, end)
    if at < len(text):
        yield Run(text[at:])
