"""Corrections and disputes on a page: what was printed, what it must or may be, why, and what would settle it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from gk_pipeline.forms import Form
from gk_pipeline.pictures.labels import label, place
from gk_pipeline.pictures.pages.said import Said, both
from gk_pipeline.pictures.pages.words import CAUSE, WORDS
from gk_pipeline.pictures.terminal.repairs import MOST_SHOWN, cell_of, settled_by, whole
from gk_pipeline.pictures.words import KIND, TEXT
from gk_pipeline.pipeline import JudgedRepair, JudgedReport

CellName = tuple[str, str, str]
"""A cell by table, item and measure."""
REVIEWED = "reviewed"
"""The kind of a repair that a person made."""


class Change(NamedTuple):
    """A number and what it must or may have to be."""

    cell: CellName
    name: str
    place: Said
    printed: str
    value: str
    kind: Said
    cause: Said


class Correction(NamedTuple):
    """What was changed together, and why; `rivals` are other explanations as small."""

    id: str
    changes: tuple[Change, ...]
    why: Said
    rivals: tuple[str, ...]


class Dispute(NamedTuple):
    """Explanations of a contradiction of which any may be right; `more` of them are counted and not shown."""

    id: str
    title: Said
    explanations: tuple[tuple[Change, ...], ...]
    more: int
    settled_by: Said


def corrections_of(report: JudgedReport, forms: Sequence[Form], prefix: str) -> tuple[Correction, ...]:
    """The corrections of a report, each with all that changes together."""
    applied = [one for one in report.repairs if one.repair.applied]
    groups = groupby(applied, key=lambda one: (one.table_code, one.repair.explanation))
    return tuple(
        _correction(report, list(rows), forms, f"{prefix}fix{at}") for at, (_, rows) in enumerate(groups, start=1)
    )


def _correction(report: JudgedReport, rows: Sequence[JudgedRepair], forms: Sequence[Form], name: str) -> Correction:
    first = rows[0].repair
    if first.kind == REVIEWED:
        why = Said(first.why, first.why)
    else:
        words = "why_preferred" if first.rival_changes else "why_corrected"
        why = both(lambda lang: TEXT[lang][words].strip())
    return Correction(name, _changes(report, rows, forms), why, first.rival_changes)


def disputes_of(report: JudgedReport, forms: Sequence[Form], prefix: str) -> tuple[Dispute, ...]:
    """The contradictions of a report that nothing decides, each with its explanations."""
    proposed = [one for one in report.repairs if not one.repair.applied]
    groups = groupby(proposed, key=lambda one: (one.table_code, one.repair.contradiction))
    return tuple(
        _dispute(report, list(rows), forms, f"{prefix}open{at}") for at, (_, rows) in enumerate(groups, start=1)
    )


def _dispute(report: JudgedReport, rows: Sequence[JudgedRepair], forms: Sequence[Form], name: str) -> Dispute:
    n_all, complete = rows[0].repair.rivals + 1, rows[0].repair.complete
    title = "explanations_open" if not complete else "explanations" if n_all > 1 else "decided"
    by_number = [list(own) for _, own in groupby(rows, key=lambda one: one.repair.explanation)]
    shown = tuple(_changes(report, own, forms) for own in by_number[:MOST_SHOWN])
    hints = both(lambda lang: settled_by(report, rows, forms, lang))
    return Dispute(name, WORDS[title].filled(n=n_all), shown, n_all - len(shown), hints)


def _changes(report: JudgedReport, rows: Sequence[JudgedRepair], forms: Sequence[Form]) -> tuple[Change, ...]:
    return tuple(_change(report, one, forms) for one in rows)


def _change(report: JudgedReport, judged: JudgedRepair, forms: Sequence[Form]) -> Change:
    one = judged.repair
    return Change(
        (judged.table_code, one.cell.item, one.cell.measure),
        label(report, forms, judged.table_code, f"{one.cell.item}.{one.cell.measure}"),
        both(lambda lang: place(report, cell_of(report, judged), lang)),
        whole(one.value_from),
        whole(one.value_to),
        both(lambda lang: KIND[lang][one.kind]),
        CAUSE[one.cause],
    )


def noted_by_explanations(
    corrections: Sequence[Correction], disputes: Sequence[Dispute]
) -> Iterator[tuple[CellName, str]]:
    """The cells that they change, with the id of what is said of them."""
    for correction in corrections:
        yield from ((change.cell, correction.id) for change in correction.changes)
    for dispute in disputes:
        yield from ((change.cell, dispute.id) for changes in dispute.explanations for change in changes)
