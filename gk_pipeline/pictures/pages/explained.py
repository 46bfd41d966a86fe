"""Corrections and disputes on a page: what was printed, what it must or may be, why, and what would settle it."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from gk_pipeline.facts.correction_file import Review
from gk_pipeline.forms import Form
from gk_pipeline.pictures.judgements.repairs import MOST_SHOWN, cell_of, settled_by
from gk_pipeline.pictures.labels import label, number, place
from gk_pipeline.pictures.pages.said import Said, both
from gk_pipeline.pictures.pages.words import CAUSE, WORDS
from gk_pipeline.pictures.words import KIND, TEXT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedRepair, JudgedReport

CellName = tuple[str, str, str]
"""A cell by table, item and measure."""
REVIEWED = "reviewed"
"""The kind of a repair that a person made."""


class Change(NamedTuple):
    """A number and what it must or may have to be; a person who decided may leave the cause open."""

    cell: CellName
    name: str
    place: Said
    printed: str
    value: str
    kind: Said
    cause: Said | None


class Correction(NamedTuple):
    """What was changed together, and why; `rivals` are other explanations as small.

    `vetoed` is one that the report of a neighbouring year contradicts.
    """

    id: str
    changes: tuple[Change, ...]
    why: Said
    rivals: tuple[str, ...]
    vetoed: bool


class Touched(NamedTuple):
    """A number that only explanations change which are not shown."""

    cell: CellName
    name: str
    printed: str


class Dispute(NamedTuple):
    """Explanations of a contradiction of which any may be right; `more` of them are counted and not shown."""

    id: str
    title: Said
    explanations: tuple[tuple[Change, ...], ...]
    more: int
    elsewhere: tuple[Touched, ...]
    settled_by: Said

    @property
    def cells(self) -> set[CellName]:
        """Every cell that some explanation changes."""
        shown = {change.cell for changes in self.explanations for change in changes}
        return shown | {one.cell for one in self.elsewhere}


def corrections_of(
    report: JudgedReport, forms: Sequence[Form], prefix: str, vetoed: Collection[CellName]
) -> tuple[Correction, ...]:
    """The corrections of a report, each with all that changes together; of `vetoed` cells it is not to be trusted."""
    applied = [one for one in report.repairs if one.repair.applied]
    groups = groupby(applied, key=lambda one: (one.table_code, one.repair.explanation))
    return tuple(
        _correction(report, list(rows), forms, f"{prefix}fix{at}", vetoed)
        for at, (_, rows) in enumerate(groups, start=1)
    )


def _correction(
    report: JudgedReport,
    rows: Sequence[JudgedRepair],
    forms: Sequence[Form],
    name: str,
    vetoed: Collection[CellName],
) -> Correction:
    first, is_vetoed = rows[0].repair, any(_cell_name(one) in vetoed for one in rows)
    preferred = both(lambda lang: TEXT[lang]["why_preferred"].strip())
    if is_vetoed:
        why = WORDS["vetoed"].filled(why=preferred if first.rival_changes else WORDS["only_simplest"])
    elif first.kind == REVIEWED:
        review = Review.of(first.tried)
        why = both(lambda lang: _reviewed(first.why, review, lang))
    else:
        why = preferred if first.rival_changes else both(lambda lang: TEXT[lang]["why_corrected"].strip())
    return Correction(name, _changes(report, rows, forms), why, first.rival_changes, is_vetoed)


def disputes_of(report: JudgedReport, forms: Sequence[Form], prefix: str) -> tuple[Dispute, ...]:
    """The contradictions of a report that nothing decides, each with its explanations."""
    proposed = [one for one in report.repairs if not one.repair.applied]
    groups = groupby(proposed, key=lambda one: (one.table_code, one.repair.contradiction))
    by_contradiction = [list(rows) for _, rows in groups]
    n_of_table = Counter(rows[0].table_code for rows in by_contradiction)
    disputes = []
    for at, rows in enumerate(by_contradiction, start=1):
        unlisted = _unlisted(report, rows) if n_of_table[rows[0].table_code] == 1 else []
        disputes.append(_dispute(report, rows, unlisted, forms, f"{prefix}open{at}"))
    return tuple(disputes)


def _unlisted(report: JudgedReport, rows: Sequence[JudgedRepair]) -> list[JudgedCell]:
    """Disputed numbers of a table that no stored explanation changes, where there are others than those stored."""
    first = rows[0].repair
    if first.complete and len({one.repair.explanation for one in rows}) > first.rivals:
        return []
    stored = {_cell_name(one) for one in report.repairs}
    disputed = [one for one in report.cells if one.status == "disputed" and one.micro is not None]
    return [one for one in disputed if one.cell.table_code == rows[0].table_code and one.cell[:3] not in stored]


def _dispute(
    report: JudgedReport,
    rows: Sequence[JudgedRepair],
    unlisted: Sequence[JudgedCell],
    forms: Sequence[Form],
    name: str,
) -> Dispute:
    n_all, complete = rows[0].repair.rivals + 1, rows[0].repair.complete
    title = "explanations_open" if not complete else "explanations" if n_all > 1 else "decided"
    by_number = [list(own) for _, own in groupby(rows, key=lambda one: one.repair.explanation)]
    shown = tuple(_changes(report, own, forms) for own in by_number[:MOST_SHOWN])
    told = {change.cell for changes in shown for change in changes}
    not_shown = [cell_of(report, one) for own in by_number[MOST_SHOWN:] for one in own]
    touched = {one.cell[:3]: one for one in (*not_shown, *unlisted) if one.cell[:3] not in told}
    elsewhere = tuple(
        Touched(cell, label(report, forms, cell[0], f"{cell[1]}.{cell[2]}"), one.cell.printed or "")
        for cell, one in touched.items()
    )
    hints = both(lambda lang: settled_by(report, rows, forms, lang))
    return Dispute(name, WORDS[title].filled(n=n_all), shown, n_all - len(shown), elsewhere, hints)


def _changes(report: JudgedReport, rows: Sequence[JudgedRepair], forms: Sequence[Form]) -> tuple[Change, ...]:
    return tuple(_change(report, one, forms) for one in rows)


def _change(report: JudgedReport, judged: JudgedRepair, forms: Sequence[Form]) -> Change:
    one = judged.repair
    return Change(
        _cell_name(judged),
        label(report, forms, judged.table_code, f"{one.cell.item}.{one.cell.measure}"),
        both(lambda lang: place(report, cell_of(report, judged), lang)),
        number(one.value_from),
        number(one.value_to),
        both(lambda lang: KIND[lang][one.kind]),
        None if (one.kind, one.cause) == (REVIEWED, "unknown") else CAUSE[one.cause],
    )


def _reviewed(reason: str, review: Review, lang: Lang) -> str:
    """Who decided a number, when, why, and what shows it."""
    told = TEXT[lang]["reviewed"].format(by=review.by, on=review.on, reason=reason)
    return f"{told}{TEXT[lang]['semicolon']}{TEXT[lang]['evidence'].format(evidence=review.evidence).strip()}"


def _cell_name(judged: JudgedRepair) -> CellName:
    return judged.table_code, judged.repair.cell.item, judged.repair.cell.measure


def noted_by_explanations(
    corrections: Sequence[Correction], disputes: Sequence[Dispute]
) -> Iterator[tuple[CellName, str]]:
    """The cells that they change, with the id of what is said of them."""
    for correction in corrections:
        yield from ((change.cell, correction.id) for change in correction.changes)
    for dispute in disputes:
        yield from ((cell, dispute.id) for cell in dispute.cells)
