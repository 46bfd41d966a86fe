"""Links: every law between the current reports of a body in two years that follow each other."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from gk_pipeline.facts.evaluate import Integers
from gk_pipeline.forms import LawRow, yearly_laws, yearly_rows
from gk_pipeline.panel.arrays import NOWHERE, Figures
from gk_pipeline.panel.sides import NO_BOUND, Sides, any_member, sides
from gk_pipeline.schemas.exact import to_decimals
from gk_pipeline.schemas.panel import YearLinks


def year_links(pairs: pl.DataFrame, now: Sequence[Figures], then: Sequence[Figures]) -> pl.DataFrame:
    """panel.year_links of a year: `pairs` are its current reports beside those of the year before.

    Laws come from the form of this year's table. Where last year has no report, no such table, no such cells or no
    numbers in them, the law is not assessable, and says why.
    """
    links = [YearLinks.no_rows()]
    for figures in now:
        rows = figures.rows_of(pairs["report_id"].to_numpy())
        having = pairs.filter(pl.Series(rows != NOWHERE))
        links += _of_table(having, figures, [one for one in then if one.table.code == figures.table.code])
    return pl.concat(links).sort(YearLinks.key_columns())


def _of_table(pairs: pl.DataFrame, figures: Figures, before: Sequence[Figures]) -> Iterator[pl.DataFrame]:
    laws = yearly_rows(figures.table)
    if not laws:
        return
    last_ids = pairs["last_report_id"].fill_null(0).to_numpy()
    comparable = pairs["last_comparable"].to_numpy()
    linked = np.zeros(pairs.height, dtype=bool)
    for last in before:
        found = last.rows_of(last_ids)
        here = (found != NOWHERE) & comparable
        linked |= here
        if here.any():
            yield _assessed(pairs.filter(pl.Series(here)), figures, last, found[here])
    alone = pairs.filter(pl.Series(~linked))
    if not alone.is_empty():
        reason = (
            pl.when(pl.col("last_report_id").is_null())
            .then(pl.lit("no_report"))
            .when(pl.col("last_report_id") == pl.col("report_id"))
            .then(pl.lit("same_document"))
            .when(~pl.col("last_comparable"))
            .then(pl.lit("other_scope"))
            .otherwise(pl.lit("no_number"))
        )
        yield (
            _rows(alone, figures.table.code, laws)
            .join(alone.select("organization_id", open_because=reason), on="organization_id", how="left")
            .pipe(_open)
        )


def _assessed(pairs: pl.DataFrame, figures: Figures, last: Figures, at_last: Integers) -> pl.DataFrame:
    laws = yearly_laws(figures.table, last.table)
    at = figures.rows_of(pairs["report_id"].to_numpy())
    printed = sides(laws, (figures.published[at], figures.known[at]), (last.published[at_last], last.known[at_last]))
    best = sides(
        laws, (figures.supported[at], figures.has_support[at]), (last.supported[at_last], last.has_support[at_last])
    )
    deduced = any_member(figures.deduced[at], laws.this_year) | any_member(last.deduced[at_last], laws.last_year)
    verdict = np.where(printed.kept, np.where(deduced, "used", "holds"), "broken").astype(object)
    verdict[~printed.assessable] = "not_assessable"
    explained = (verdict == "broken") & best.assessable & best.kept
    because = np.where(laws.comparable, "no_number", "other_form").astype(object)
    reasons = np.where(printed.assessable, np.array(None), because)
    return (
        _rows(pairs, figures.table.code, laws.rows)
        .with_columns(
            *_numbers(printed),
            verdict=pl.Series(verdict.ravel().tolist(), dtype=pl.String),
            open_because=pl.Series(reasons.ravel().tolist(), dtype=pl.String),
            explained=pl.Series(explained.ravel()),
        )
        .select(YearLinks.polars_schema().names())
    )


def _numbers(found: Sides) -> Iterator[pl.Series]:
    sure = found.assessable.ravel()
    columns = {"left_value": found.left, "right_value": found.right, "difference": found.left - found.right}
    for name, numbers in columns.items():
        yield to_decimals(numbers.ravel(), sure).alias(name)
    for name, bound in {"least_value": found.least, "most_value": found.most}.items():
        yield to_decimals(bound.ravel(), sure & (bound != NO_BOUND).ravel()).alias(name)


def _rows(pairs: pl.DataFrame, table_code: str, laws: Sequence[LawRow]) -> pl.DataFrame:
    """A row for each body and law, in their order, without numbers and verdict."""
    about = [(row.law, row.scope, table_code, row.kind, row.severity) for row in laws]
    names = ["law", "scope", "table_code", "law_kind", "severity"]
    stated = pl.DataFrame(about, schema=dict.fromkeys(names, pl.String), orient="row")
    bodies = pairs.select("organization_id", "report_year", "report_id", "last_report_id")
    return bodies.join(stated, how="cross", maintain_order="left_right")


def _open(rows: pl.DataFrame) -> pl.DataFrame:
    schema = YearLinks.polars_schema()
    numbers = ("left_value", "right_value", "difference", "least_value", "most_value")
    empty = [pl.lit(None, schema[name]).alias(name) for name in numbers]
    found = rows.with_columns(*empty, verdict=pl.lit("not_assessable"), explained=pl.lit(value=False))
    return found.select(schema.names())
