"""What a broken link tells a person: what is printed in which year, and what to do."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

import polars as pl

from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Form, LawRow, yearly_rows
from gk_pipeline.quality.finding import Finding

_MOST_SCOPES = 5
"""Scopes a message names; the rest are counted."""

ADVICE = {
    "lag": "One of the two pages is wrong, or something was corrected, merged or counted otherwise in between: compare "
    "them. No number is changed by this.",
    "ratio": "Look whether a digit or a unit is wrong; the body may as well have had such a year.",
    "repetition": "Look whether last year's table was printed again by mistake.",
}


def broken_links(links: pl.DataFrame, paths: Mapping[int, str], forms: Sequence[Form]) -> Iterator[tuple[int, Finding]]:
    """A finding for every law that the links of a year break and nothing explains, with the report of the later year.

    `paths` are those of the reports of both years.
    """
    open_links = links.filter((pl.col("verdict") == "broken") & ~pl.col("explained"))
    names = ("report_id", "last_report_id", "law", "table_code", "scope", "left_value", "right_value", "report_year")
    rows = open_links.sort("report_id", "law", "table_code", "scope").select(names)
    for (report, last, law, table), group in groupby(rows.iter_rows(), key=itemgetter(0, 1, 2, 3)):
        scopes = list(group)
        stated = _stated(forms, table, law, scopes[0][4])
        year = scopes[0][7]
        told = [_told(stated, forms, table, row, year) for row in scopes[:_MOST_SCOPES]]
        more = f"; and {len(scopes) - len(told)} more" if len(scopes) > len(told) else ""
        message = f"{law} is broken ({stated.statement}), against {paths[last]}: {'; '.join(told)}{more}."
        yield report, Finding(stated.severity, "link_broken", message, ADVICE[stated.kind], table_code=table)


def filed_twice(links: pl.DataFrame, paths: Mapping[int, str]) -> Iterator[tuple[int, Finding]]:
    """A finding for every report of a year that is the current one of the year before too: a document filed twice."""
    same = links.filter(pl.col("open_because") == "same_document")
    for report, year in same.select("report_id", "report_year").unique().sort("report_id").iter_rows():
        message = f"{paths[report]}: the same document counts for {year} and for {year - 1}, and names no year."
        advice = "Tell whose year it is, and take it out of the other folder. The two years are not compared."
        yield report, Finding("warning", "filed_twice", message, advice)


def _stated(forms: Sequence[Form], table_code: str, law: str, scope: str) -> LawRow:
    tables = (table for form in forms for table in form.tables if table.code == table_code)
    return next(row for table in tables for row in yearly_rows(table) if (row.law, row.scope) == (law, scope))


def _told(law: LawRow, forms: Sequence[Form], table: str, row: Sequence[object], year: int) -> str:
    if law.kind == "repetition":
        return f"every number of {table} in {year} is that of {year - 1}"
    _, _, _, _, scope, now, before, _ = row
    return f"{scope_label(forms, table, str(scope))}: {_plain(now)} in {year}, {_plain(before)} in {year - 1}"


def _plain(number: object) -> str:
    assert isinstance(number, Decimal)
    return f"{number.normalize():f}"
