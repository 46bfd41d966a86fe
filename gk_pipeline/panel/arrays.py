"""Facts of a table as arrays, a row a report, in the order of the form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gk_pipeline.facts.arrays import in_form_order
from gk_pipeline.facts.evaluate import Flags, Integers
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.schemas.exact import to_micros

NOWHERE = -1
"""The row of a report that does not have the table."""

SURE = ("verified", "deduced")


@dataclass(frozen=True, eq=False)
class Figures:
    """One table of many reports: `reports` are sorted ids, everything else is a row a report and a column a cell.

    `published` are the printed and the deduced numbers in millionths, 0 where not `known`; `deduced` tells them apart.
    `supported` are the numbers that laws and neighbours support, where `has_support`. `sure` are those that nothing in
    their own report leaves in doubt.
    """

    table: FormTable
    reports: Integers
    published: Integers
    known: Flags
    deduced: Flags
    supported: Integers
    has_support: Flags
    sure: Flags

    def rows_of(self, wanted: Integers) -> NDArray[np.int64]:
        """The row of each wanted report, NOWHERE for one that does not have the table; 0 is no report."""
        if not len(self.reports):
            return np.full(len(wanted), NOWHERE)
        at = np.minimum(np.searchsorted(self.reports, wanted), len(self.reports) - 1)
        return np.where(self.reports[at] == wanted, at, NOWHERE)

    def row_of(self, report: int) -> int:
        """The row of one report, or NOWHERE."""
        return int(self.rows_of(np.array([report]))[0])


def figures(facts: pl.DataFrame, settlements: pl.DataFrame, forms: Sequence[Form]) -> Iterator[Figures]:
    """Every table on every form in the facts of one year, with what was settled in that year."""
    for form in forms:
        for table in form.tables:
            ordered = in_form_order(facts, table)
            if not ordered.is_empty():
                yield _figures(_with_settlements(ordered, settlements), table)


def _with_settlements(ordered: pl.DataFrame, settlements: pl.DataFrame) -> pl.DataFrame:
    """The facts in the same order with `supported`: what is settled, the print of what is vetoed, else the value."""
    cell = ["report_id", "table_code", "item", "measure"]
    said = settlements.select(*cell, "settlement_kind", settled="value")
    joined = ordered.join(said, on=cell, how="left", maintain_order="left")
    veto = pl.col("settlement_kind") == "vetoed"
    supported = pl.when(veto).then("reported").otherwise(pl.coalesce("settled", "value"))
    return joined.with_columns(supported=supported)


def _figures(ordered: pl.DataFrame, table: FormTable) -> Figures:
    shape = (-1, len(table.cells))
    deduced = pl.col("status") == "deduced"
    published = ordered.select(pl.when(deduced).then("value").otherwise("reported").alias("published"))["published"]
    return Figures(
        table,
        ordered["report_id"].to_numpy().reshape(shape)[:, 0],
        to_micros(published).reshape(shape),
        published.is_not_null().to_numpy().reshape(shape),
        (ordered["status"] == "deduced").to_numpy().reshape(shape),
        to_micros(ordered["supported"]).reshape(shape),
        ordered["supported"].is_not_null().to_numpy().reshape(shape),
        ordered["status"].is_in(SURE).to_numpy().reshape(shape),
    )
