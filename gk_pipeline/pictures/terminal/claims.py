"""Sentences beside the tables: which contradict them, and which say the number of a cell."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from gk_pipeline.facts.testimony import BOTH_YEARS, ClaimVerdict
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.forms.prose import admissible
from gk_pipeline.pictures.labels import label, number, place_of
from gk_pipeline.pictures.words import TEXT, VERDICT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedReport
from gk_pipeline.schemas.exact import MICRO

_AROUND = 40
"""Characters of a sentence shown before and after the number."""


def contradictions(report: JudgedReport) -> list[ClaimVerdict]:
    """The verdicts on sentences that contradict the tables, or nearly."""
    return [one for one in report.claims if one.verdict == "broken"]


def counted(report: JudgedReport, lang: Lang) -> Text:
    """One line: how many numbers of sentences speak of the tables, and what became of them."""
    return Text(counts_of(report, lang), style="dim")


def counts_of(report: JudgedReport, lang: Lang) -> str:
    """How many numbers of sentences speak of the tables, and what became of them."""
    verdicts = Counter("note" if is_note(one) else one.verdict for one in report.claims)
    numbers = {name: verdicts[name] for name in ("holds", "broken", "note", "not_assessable")}
    return TEXT[lang]["sentences_read"].format(n=len(report.claims), **numbers)


def contradictions_table(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Table:
    """Every sentence that contradicts the tables, once, with each number that does and what they say."""
    words = TEXT[lang]
    table = Table(title=words["contradictions"], title_justify="left")
    table.add_column(words["line"], overflow="fold")
    table.add_column(words["sentence"], overflow="fold")
    table.add_column(words["it_says"], justify="right")
    table.add_column(words["they_say"], overflow="fold")
    for sentence, group in groupby(contradictions(report), key=lambda one: one.evidence):
        for at, one in enumerate(group):
            style = "yellow" if is_note(one) else "bold red"
            said = Text(_said(one) + (words["a_note"] if is_note(one) else ""), style=style)
            where = place_of(report, report.read.claims[one.claim.claim - 1], lang)
            told = Text(told_of(report, one, forms, lang))
            table.add_row("" if at else where, "" if at else escape(sentence), said, told)
    return table


def is_note(one: ClaimVerdict) -> bool:
    """Whether a number of a sentence nearly agrees, so that it is only worth a look."""
    return one.verdict == "broken" and one.row.severity == "note"


def _said(one: ClaimVerdict) -> str:
    return f"{one.claim.printed}{one.claim.counter}"


def told_of(report: JudgedReport, one: ClaimVerdict, forms: Sequence[Form], lang: Lang) -> str:
    """What the tables say in words: the sums of cells, or of the parts that the sentence names."""
    if one.parts:
        return f"{' + '.join(part.printed for part in one.parts)} = {number(one.told)}"
    told = f"{one.told / MICRO:.1f}%" if one.claim.claim_kind in ("share", "growth") else number(one.told)
    meant = one.matched or one.against or ""
    return f"{cells_in_words(report, meant, one.claim.table_code, forms, lang)}{TEXT[lang]['is']}{told}"


def cells_in_words(report: JudgedReport, name: str, table_code: str, forms: Sequence[Form], lang: Lang) -> str:
    """What a claim means, `received.total + carried_in.total`, by the labels of the form."""
    if name == BOTH_YEARS:
        return TEXT[lang]["both_years"]
    sides = name.split(" / ")
    return " / ".join(_sum_in_words(report, side, table_code, forms, len(sides) > 1) for side in sides)


def _sum_in_words(report: JudgedReport, name: str, table_code: str, forms: Sequence[Form], of_two: bool) -> str:
    terms = [label(report, forms, table_code, term) for term in name.split(" + ")]
    return f"[{' + '.join(terms)}]" if of_two and len(terms) > 1 else " + ".join(terms)


def sentences_of(report: JudgedReport, judged: JudgedCell, forms: Sequence[Form], lang: Lang) -> Iterator[Text]:
    """The sentences that say the number of a cell, alone or in a sum, and those that contradict it."""
    cell = judged.cell
    table = next(form for form in forms if form.code == cell.form).table(cell.table_code)
    for one in report.claims:
        meant = one.matched or one.against or ""
        if one.claim.table_code == table.code and (cell.item, cell.measure) in _cells(table, meant):
            place = place_of(report, report.read.claims[one.claim.claim - 1], lang)
            comma = TEXT[lang]["comma"]
            told = f"{VERDICT[lang][one.verdict]}: {_said(one)}{comma}{told_of(report, one, forms, lang)}"
            style = "green" if one.verdict == "holds" else "yellow" if is_note(one) else "bold red"
            yield Text(f"{TEXT[lang]['sentence']} {place} ", style="dim").append(told, style=style)
            yield Text("    ").append(_marked(one))


def _cells(table: FormTable, name: str) -> set[tuple[str, str]]:
    """The cells that a claim means; of a share those that are part of the whole."""
    return {(cell.item, cell.measure) for one in admissible(table, (name.split(" / ")[0],)) for cell in one.cells}


def _marked(one: ClaimVerdict) -> Text:
    """The sentence around its number."""
    sentence, said = one.claim.sentence, one.claim.printed
    found = re.search(rf"(?<![\d.]){re.escape(said)}(?=\s?{re.escape(one.claim.counter)})", sentence)
    at = found.start() if found else 0
    marked = Text(sentence[max(0, at - _AROUND) : at])
    return marked.append(said, style="reverse").append(sentence[at + len(said) :][:_AROUND])
