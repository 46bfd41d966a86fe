"""What neighbouring years testify, in words."""

from collections.abc import Sequence

from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.panel.evidence import NOTHING, witnesses_of
from gk_pipeline.pictures.words import TEXT, Lang


def evidence_told(sentence: str, table: FormTable, forms: Sequence[Form], lang: Lang) -> str:
    """The evidence of a row of panel.settlements, with the laws' cells by their labels."""
    words = TEXT[lang]
    witnesses, more = witnesses_of(sentence)
    told = [
        words["witness"].format(
            law=one.law,
            scope=scope_label(forms, table.code, one.scope),
            said=one.said,
            year=one.year,
            printed=words["prints_nothing"] if one.printed == NOTHING else one.printed,
        )
        for one in witnesses
    ]
    return words["semicolon"].join([*told, *([words["witnesses_more"].format(n=more)] if more else [])])
