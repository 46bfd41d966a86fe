"""Sentences beside the tables: which contradict them, and which say the number of a cell."""

import re
from collections.abc import Iterator, Sequence

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from gk_pipeline.facts.testimony import BOTH_YEARS, ClaimVerdict
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.forms.prose import admissible
from gk_pipeline.pictures.labels import label, number, sentence_place
from gk_pipeline.pictures.words import TEXT, VERDICT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedReport

_AROUND = 40
"""Characters of a sentence shown before and after the number."""


def contradictions(report: JudgedReport) -> list[ClaimVerdict]:
    """The verdicts on sentences that contradict the tables, or nearly."""
    return [one for one in report.claims if one.verdict == "broken"]


def contradictions_table(report: JudgedReport, forms: Sequence[Form], lang: Lang) -> Table:
    """Every sentence that contradicts the tables, what it says and what they say."""
    words = TEXT[lang]
    table = Table(title=words["contradictions"], title_justify="left")
    table.add_column(words["sentence"], overflow="fold")
    table.add_column(words["it_says"], justify="right")
    table.add_column(words["they_say"], overflow="fold")
    for one in contradictions(report):
        style = "bold red" if one.row.severity == "warning" else "yellow"
        said = Text(f"{one.claim.printed}{one.claim.counter}", style=style)
        table.add_row(escape(one.evidence), said, Text(_told(report, one, forms, lang)))
    return table


def _told(report: JudgedReport, one: ClaimVerdict, forms: Sequence[Form], lang: Lang) -> str:
    """What the tables say in words: the sums of cells, or of the parts that the sentence names."""
    if one.parts:
        return f"{' + '.join(part.printed for part in one.parts)} = {number(one.told)}"
    per_cent = one.claim.claim_kind in ("share", "growth")
    told = f"{one.told / 1_000_000:.1f}%" if per_cent else number(one.told)
    return f"{cells_in_words(report, one.against or '', one.claim.table_code, forms, lang)}{TEXT[lang]['is']}{told}"


def cells_in_words(report: JudgedReport, name: str, table_code: str, forms: Sequence[Form], lang: Lang) -> str:
    """What a claim means, `received.total + carried_in.total`, by the labels of the form."""
    if name == BOTH_YEARS:
        return TEXT[lang]["both_years"]
    terms = re.split(r"( \+ | / )", name)
    return "".join(term if at % 2 else label(report, forms, table_code, term) for at, term in enumerate(terms))


def sentences_of(report: JudgedReport, judged: JudgedCell, forms: Sequence[Form], lang: Lang) -> Iterator[Text]:
    """The sentences that say the number of a cell, alone or in a sum, and those that contradict it."""
    cell = judged.cell
    table = next(form for form in forms if form.code == cell.form).table(cell.table_code)
    for one in report.claims:
        meant = one.matched or one.against or ""
        if one.claim.table_code == table.code and (cell.item, cell.measure) in _cells(table, meant):
            read = next(read for read in report.read.claims if read.claim == one.claim.claim)
            words = cells_in_words(report, meant, table.code, forms, lang)
            place = sentence_place(report, read, lang)
            yield Text(f"{TEXT[lang]['sentence']} {place} ", style="dim").append(
                f"{VERDICT[lang][one.verdict]}: {words}", style="bold red" if one.verdict == "broken" else "green"
            )
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
