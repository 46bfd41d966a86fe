"""Cells of a batch as arrays, a row a report, and verdicts as rows of the facts layer again."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import polars as pl

from gk_pipeline.facts.correction_file import Correction
from gk_pipeline.facts.evaluate import Flags, Integers, Sides, Tables
from gk_pipeline.facts.reconcile import Judged
from gk_pipeline.facts.repairs import repairs_of
from gk_pipeline.facts.untold import untold_cells
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.schemas.exact import DECIMAL, MICRO, decimal, to_decimals, to_micros
from gk_pipeline.schemas.facts import Facts, LawResults, Repairs


def in_form_order(cells: pl.DataFrame, table: FormTable) -> pl.DataFrame:
    """The cells of one table on one form, report by report in the order the form prints them."""
    own = cells.filter((pl.col("table_code") == table.code) & (pl.col("form") == table.form))
    places = [(cell.item, cell.measure, cell.index) for cell in table.cells]
    order = pl.DataFrame(places, schema=["item", "measure", "cell_index"], orient="row")
    return own.join(order, on=["item", "measure"], how="inner").sort("report_id", "cell_index")


def of_frame(ordered: pl.DataFrame, table: FormTable, forms: Sequence[Form]) -> Tables:
    """The arrays of cells in form order; every report has every cell of the table, one of those that `forms` have."""
    shape = (-1, len(table.cells))
    known = ordered["value"].is_not_null().to_numpy().reshape(shape)
    aligned = pl.col("alignments").fill_null(0) > 0
    one = pl.col("candidates").list.len() == 1
    only = pl.col("candidates").list.first().str.to_decimal(scale=6)
    may_be = ordered.select(
        value=pl.coalesce("value", pl.when(aligned & one).then(only).cast(DECIMAL)),
        agreed=(aligned & one).fill_null(value=False),
        contested=(aligned & ~one).fill_null(value=False),
    )
    return as_arrays(
        table,
        to_micros(may_be["value"]).reshape(shape),
        known,
        ordered["decimals"].fill_null(0).to_numpy().reshape(shape),
        may_be["agreed"].to_numpy().reshape(shape),
        may_be["contested"].to_numpy().reshape(shape),
        np.any(ordered["confidence"].is_not_null().to_numpy().reshape(shape), axis=1),
        untold_cells(table, forms, (ordered["reading"] == "absent").to_numpy().reshape(shape)),
    )


def as_arrays(
    table: FormTable,
    values: Integers,
    known: Flags,
    decimals: Integers,
    agreed: Flags | None = None,
    contested: Flags | None = None,
    recognised: Flags | None = None,
    untold: Flags | None = None,
) -> Tables:
    """The arrays of a table from values in millionths and the decimals they are printed with.

    `agreed` and `contested` are None where every row prints its shape, `recognised` where no table is from a picture,
    `untold` where each row is known to exist.
    """
    certain = np.zeros_like(known)
    money = np.array([cell.kind == "amount" for cell in table.cells])
    steps = np.where(known & money, MICRO / 10.0 ** np.asarray(decimals, dtype=float), 0).round().astype(np.int64)
    return Tables(
        *(table, values, known),
        agreed=certain if agreed is None else agreed,
        contested=certain if contested is None else contested,
        steps=steps,
        recognised=np.zeros(len(known), dtype=bool) if recognised is None else recognised,
        untold=certain if untold is None else untold,
    )


def facts_frame(ordered: pl.DataFrame, judged: Judged) -> pl.DataFrame:
    """The rows of facts.facts for cells in form order and their verdict."""
    value = to_decimals(judged.values.ravel(), judged.valued.ravel())
    status = pl.Series(judged.status.ravel().tolist(), dtype=pl.String)
    facts = ordered.with_columns(reported=pl.col("value")).with_columns(value=value, status=status)
    return facts.select(Facts.polars_schema().names())


def repairs_frame(
    reports: Sequence[int], table: FormTable, judged: Judged, decided: Mapping[int, Mapping[int, Correction]]
) -> pl.DataFrame:
    """The rows of facts.repairs for one table of the reports, numbered within it; first what people `decided`."""
    rows: list[tuple[object, ...]] = []
    for report in sorted({*judged.found, *decided}):
        own = decided.get(report, {})
        for number, (cell, one) in enumerate(sorted(own.items()), start=1):
            place = table.cells[cell]
            rows.append(
                (
                    *(reports[report], number, table.code, place.item, place.measure, number, 1, "reviewed", one.cause),
                    *(_decimal(one.printed), decimal(one.value), 1, 0, True, []),
                    *(True, one.reason, one.reviewed),
                )
            )
        rows += [
            (
                *(reports[report], number, table.code, one.cell.item, one.cell.measure),
                *(one.explanation + len(own), one.event, one.kind, one.cause),
                *(_decimal(one.value_from), decimal(one.value_to), one.size, one.rivals, one.listed),
                *(list(one.rival_changes), one.applied, one.why, one.tried),
            )
            for number, one in enumerate(
                repairs_of(table, judged.found.get(report, ()), bool(judged.recognised[report])), start=len(own) + 1
            )
        ]
    return Repairs.of_rows(rows)


def _decimal(micro: int | None) -> Decimal | None:
    return None if micro is None else decimal(micro)


def law_frame(reports: pl.Series, table: FormTable, sides: Sides, verdicts: np.ndarray, kind: str) -> pl.DataFrame:
    """The rows of facts.law_results for the laws of one kind over the reports, in their order."""
    about = [(row.law, row.scope, table.code, kind, row.severity) for row in sides.laws.rows]
    schema = ["law", "scope", "table_code", "law_kind", "severity"]
    laws = pl.DataFrame(about, schema=dict.fromkeys(schema, pl.String), orient="row")
    assessed = (verdicts != "not_assessable").ravel()
    numbers = {
        "left_value": sides.left,
        "right_value": sides.right,
        "difference": sides.difference,
        "tolerance": sides.tolerance,
    }
    rows = reports.to_frame("report_id").join(laws, how="cross", maintain_order="left_right")
    columns = [to_decimals(array.ravel(), assessed).alias(name) for name, array in numbers.items()]
    verdict = pl.Series("verdict", verdicts.ravel().tolist(), dtype=pl.String)
    of_no_claim = {"claim": pl.lit(None, pl.Int32), "matched": pl.lit(None, pl.String)}
    return rows.with_columns(*columns, verdict, **of_no_claim).select(LawResults.polars_schema().names())
