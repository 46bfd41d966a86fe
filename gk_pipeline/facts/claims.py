"""The claims of a batch of reports as rows: their verdicts among the laws', and what a person should look at."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import polars as pl

from gk_pipeline.facts.findings import scope_label
from gk_pipeline.facts.testimony import BROKEN, Claim, ClaimVerdict, Figure, testify
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.quality.finding import Finding
from gk_pipeline.schemas.exact import decimal, plain, to_micros
from gk_pipeline.schemas.facts import LawResults

DOUBTFUL = ("missing", "disputed", "corrected")
"""Statuses of cells that contradict no sentence."""
SAYS_OTHERWISE = "sentence_contradicts"

_NUMBERS = ("value", "step")
_ASKED = [{"micro": "value"}.get(name, name) for name in Claim._fields]


def claim_verdicts(
    claims: pl.DataFrame, facts: pl.DataFrame, forms: Sequence[Form]
) -> list[tuple[int, list[ClaimVerdict]]]:
    """The verdicts on the claims of each report, by `report_id`."""
    tables = {(table.code, table.form): table for form in forms for table in form.tables}
    found = _tables(facts, tables)
    figures = _figures(facts.join(claims, on="report_id", how="semi"))
    exact = claims.with_columns(*(pl.Series(name, to_micros(claims[name])) for name in _NUMBERS))
    rows = exact.sort("report_id", "claim").select("report_id", *_ASKED).iter_rows()
    return [
        (key, testify([Claim(*row[1:]) for row in own], found.get(key, {}), figures.get(key, {}), forms))
        for key, own in groupby(rows, key=itemgetter(0))
    ]


def _tables(facts: pl.DataFrame, tables: dict[tuple[str, str], FormTable]) -> dict[int, dict[str, FormTable]]:
    found: dict[int, dict[str, FormTable]] = {}
    for key, code, form in facts.select("report_id", "table_code", "form").unique().iter_rows():
        found.setdefault(key, {})[code] = tables[code, form]
    return found


def _figures(facts: pl.DataFrame) -> dict[int, dict[tuple[str, str, str], Figure]]:
    figures: dict[int, dict[tuple[str, str, str], Figure]] = {}
    places = facts.select("report_id", "table_code", "item", "measure", "status", pl.col("value").is_not_null())
    for (key, table, item, measure, status, known), micro in zip(
        places.iter_rows(), to_micros(facts["value"]).tolist(), strict=True
    ):
        figure = Figure(micro if known else None, status not in DOUBTFUL)
        figures.setdefault(key, {})[table, item, measure] = figure
    return figures


def claims_frame(verdicts: Sequence[tuple[int, list[ClaimVerdict]]]) -> pl.DataFrame:
    """The rows of facts.law_results for claims."""

    def exact(micro: int | None) -> object:
        return None if micro is None else decimal(micro)

    rows = [
        (
            *(key, one.row.law, one.row.scope, one.claim.table_code, one.row.kind, one.row.severity),
            *(exact(one.left), exact(one.right), exact(one.difference), exact(one.tolerance)),
            *(one.verdict, one.claim.claim, one.matched),
        )
        for key, own in verdicts
        for one in own
    ]
    return LawResults.of_rows(rows)


def contradictions(verdicts: Sequence[ClaimVerdict], forms: Sequence[Form]) -> Iterator[Finding]:
    """A finding for every sentence that contradicts the tables, with the sentence."""
    advice = "Compare them: one of the two numbers is not right, or they count different things."
    for one in verdicts:
        if one.verdict == BROKEN:
            claim = one.claim
            named = " + ".join(part.printed for part in one.parts)
            told = f"its parts {named} make" if named else f"{_in_words(one, forms)} is"
            message = f"A sentence says {claim.printed}{claim.counter}, but {told} {_number(one)}."
            yield Finding(one.row.severity, SAYS_OTHERWISE, message, advice, one.evidence, claim.table_code)


def _in_words(one: ClaimVerdict, forms: Sequence[Form]) -> str:
    """The cells that a claim was compared with, by the labels of the form."""
    return _CELL.sub(lambda cell: scope_label(forms, one.claim.table_code, cell[0]), one.against or "")


_CELL = re.compile(r"\w+\.\w+", re.ASCII)


def _number(one: ClaimVerdict) -> str:
    """What the tables or the parts say; a share to a hundredth of a per cent."""
    if one.claim.claim_kind in ("share", "growth"):
        return f"{decimal(one.told):.2f}%"
    return plain(one.told)
