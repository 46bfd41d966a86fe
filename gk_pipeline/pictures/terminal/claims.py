"""Sentences beside the tables: which contradict them, and which say the number of a cell."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from gk_pipeline.facts.testimony import ClaimVerdict
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.forms.prose import admissible
from gk_pipeline.pictures.judgements.claims import contradictions, counts_of, is_note, told_of
from gk_pipeline.pictures.labels import place_of
from gk_pipeline.pictures.words import TEXT, VERDICT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedReport

_AROUND = 40
"""Characters of a sentence shown before and after the number."""


def counted(report: JudgedReport, lang: Lang) -> Text:
    """One line: how many numbers of sentences speak of the tables, and what became of them."""
    return Text(counts_of(report, lang), style="dim")


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


def _said(one: ClaimVerdict) -> str:
    return f"{one.claim.printed}{one.claim.counter}"


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
