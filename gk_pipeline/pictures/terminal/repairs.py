"""Corrections and disputes in words: what is printed, what it must be, why, and what would settle it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.table import Table
from rich.text import Text

from gk_pipeline.facts.repairs import Repair
from gk_pipeline.forms import Form
from gk_pipeline.pictures.judgements.repairs import MOST_SHOWN, cell_of, settled_by
from gk_pipeline.pictures.labels import label, number, place
from gk_pipeline.pictures.words import KIND, TEXT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedRepair, JudgedReport


def repair_tables(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Iterator[Table | Text]:
    """What must be printed instead, then what may have to be."""
    words = TEXT[lang]
    applied = [one for one in report.repairs if one.repair.applied]
    if applied:
        yield _table(report, applied, words["corrections"], forms, lang)
    proposed = (one for one in report.repairs if not one.repair.applied)
    for _, rows in groupby(proposed, key=lambda one: (one.table_code, one.repair.contradiction)):
        rivals = list(rows)
        shown = [one for one in rivals if one.repair.explanation < rivals[0].repair.explanation + MOST_SHOWN]
        n_rivals = rivals[0].repair.rivals + 1
        title = words["rivals" if rivals[0].repair.complete else "rivals_open"]
        yield _table(report, shown, title.format(n=n_rivals), forms, lang)
        left = n_rivals - len({one.repair.explanation for one in shown})
        if left:
            yield Text(words["more_rivals"].format(n=left), style="dim")
        yield Text(settled_by(report, rivals, forms, lang))


def _table(
    report: JudgedReport, repairs: Sequence[JudgedRepair], title: str, forms: Sequence[Form], lang: Lang
) -> Table:
    words = TEXT[lang]
    table = Table(title=title, title_justify="left")
    for name in ("cell", "line"):
        table.add_column(words[name], overflow="fold")
    for name in ("printed_number", "must_be"):
        table.add_column(words[name], justify="right")
    table.add_column(words["happened"], overflow="fold")
    for _, rows in groupby(repairs, key=lambda one: (one.table_code, one.repair.explanation)):
        for judged in rows:
            one = judged.repair
            cell = cell_of(report, judged)
            name = label(report, forms, judged.table_code, f"{one.cell.item}.{one.cell.measure}")
            kind = KIND[lang][one.kind]
            table.add_row(
                name, place(report, cell, lang), number(one.value_from), Text(number(one.value_to), "yellow"), kind
            )
        table.add_section()
    return table


def told(report: JudgedReport, judged: JudgedCell, forms: Sequence[Form], lang: Lang) -> Iterator[str]:
    """What a cell's explanations say of it, a line each."""
    words = TEXT[lang]
    by_person = report.reviewed.get(judged.cell[:3])
    if by_person is not None:
        yield words["reviewed"].format(by=by_person.by, on=by_person.on.isoformat(), reason=by_person.reason)
        yield words["evidence"].format(evidence=by_person.evidence)
    of_table = [one for one in report.repairs if one.table_code == judged.cell.table_code]
    own = [one for one in of_table if (one.repair.cell.item, one.repair.cell.measure) == _place(judged)]
    for one in own[:MOST_SHOWN]:
        repair = one.repair
        told = words["corrected_to" if repair.applied else "may_be"]
        yield told.format(
            printed=number(repair.value_from), value=number(repair.value_to), kind=KIND[lang][repair.kind]
        )
        others = [_change(report, other, forms) for other in of_table if _together(other.repair, repair)]
        if others:
            yield words["together_with"].format(changes=words["comma"].join(others))
        if repair.applied:
            yield words["why_preferred" if repair.rival_changes else "why_corrected"]
    if own and not own[0].repair.applied:
        rivals = [one for one in of_table if one.repair.contradiction == own[0].repair.contradiction]
        elsewhere = {one.repair.explanation for one in rivals} - {one.repair.explanation for one in own}
        n_all, complete = own[0].repair.rivals + 1, own[0].repair.complete
        # the sums correct a number that alone explains a contradiction, unless it was a person who made that
        why = "why_open" if not complete else "why_disputed" if n_all > 1 else "why_decided"
        yield words[why].format(n=n_all)
        for number_of in sorted(elsewhere)[:MOST_SHOWN]:
            changes = [_change(report, one, forms) for one in rivals if one.repair.explanation == number_of]
            yield words["instead"].format(changes=words["comma"].join(changes))
        yield settled_by(report, rivals, forms, lang)


def _together(other: Repair, repair: Repair) -> bool:
    return other.explanation == repair.explanation and other.cell != repair.cell


def _change(report: JudgedReport, judged: JudgedRepair, forms: Sequence[Form]) -> str:
    one = judged.repair
    name = label(report, forms, judged.table_code, f"{one.cell.item}.{one.cell.measure}")
    return f"{name} {number(one.value_from)} → {number(one.value_to)}"


def _place(judged: JudgedCell) -> tuple[str, str]:
    return judged.cell.item, judged.cell.measure
