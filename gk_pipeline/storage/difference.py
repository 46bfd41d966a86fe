"""What differs between the facts of two lakes: cells that were added, are gone or have changed, and why.

Reports are the same where their bytes are; a file of the same name with other bytes is another document of one report.
"""

from collections.abc import Iterable

import polars as pl

from gk_pipeline.storage.counted import COUNTED, STANDING
from gk_pipeline.storage.located import CELL, REPORT

CHANGES = ("added", "gone", "changed")
CAUSES = ("report", "document", "reading", "reconciliation", "neighbour", "standing")
"""`report`: only one side has the report. `document`: its file has other bytes. `reading`: the same bytes were read
otherwise, or on another form or in another unit. `reconciliation`: the same number was read, and has another value or
status. In the last two its own report says the same of the cell. `neighbour`: neighbouring years settle or veto
otherwise. `standing`: the report counts on one side only, or for another body or scope."""


_READ = ("reading", "reported", "form", "unit")
"""What was read of a cell; what was made of it follows."""
_FACT = (*_READ, "value", "status")
_WHOSE = ("organization_id", "scope")
_TOLD = ("reported", "value", "status", "form", "unit", *_WHOSE)


def difference(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The cells in which two frames of counted facts differ, a row a cell.

    Columns: those of `REPORT` and `CELL`, `change` (of `CHANGES`), `cause` (of `CAUSES`), and `reported`, `value`,
    `status`, `form`, `unit`, `organization_id` and `scope` of both sides, with `_before` and `_after`; null where a
    side lacks the cell. Where its own report says the same of it, value and status are those that count, and null where
    none do. What counts is compared where both sides know it. Sorted by report and cell.
    """
    one, other = (frame.select(list(COUNTED)) for frame in (before, after))
    pairs = _pairs(one, other)
    one = one.join(pairs.select("pair", "same", report_year="year_before", report_id="id_before"), _KEY)
    other = other.join(pairs.select("pair", "same", report_year="year_after", report_id="id_after"), _KEY)
    both = one.join(other, ["pair", *CELL], how="full", suffix="_after", coalesce=True)
    same_fact, same_counted = _alike(_FACT), _alike(STANDING)
    known = pl.col("counts").is_not_null() & pl.col("counts_after").is_not_null()
    differing = both.filter(~same_fact | (known & ~same_counted)).with_columns(
        pl.coalesce(name, f"{name}_after") for name in REPORT
    )
    told = pl.concat([_of_facts(differing.filter(~same_fact)), _of_counted(differing.filter(same_fact))])
    return told.select(
        *REPORT,
        *CELL,
        "change",
        "cause",
        *(
            pl.col(column).alias(f"{name}_{side}")
            for name in _TOLD
            for side, column in (("before", name), ("after", f"{name}_after"))
        ),
    ).sort(*REPORT, *CELL)


def _alike(names: Iterable[str]) -> pl.Expr:
    return pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_after")) for name in names)


def _change(here: pl.Expr, there: pl.Expr) -> pl.Expr:
    return pl.when(~here).then(pl.lit("added")).when(~there).then(pl.lit("gone")).otherwise(pl.lit("changed"))


def _of_facts(cells: pl.DataFrame) -> pl.DataFrame:
    """Change and cause of cells of which their own reports say something else."""
    here, there = pl.col("status").is_not_null(), pl.col("status_after").is_not_null()
    same = pl.coalesce("same", "same_after")
    cause = (
        pl.when(same.is_null())
        .then(pl.lit("report"))
        .when(~same)
        .then(pl.lit("document"))
        .when(here & there & _alike(_READ))
        .then(pl.lit("reconciliation"))
        .otherwise(pl.lit("reading"))
    )
    return cells.with_columns(change=_change(here, there), cause=cause)


def _of_counted(cells: pl.DataFrame) -> pl.DataFrame:
    """Change and cause of cells that only count otherwise, with the numbers that do."""
    here, there = pl.col("counts"), pl.col("counts_after")
    by_neighbours = here & there & ~_alike(("counted_value", "counted_status"))
    cause = pl.when(by_neighbours).then(pl.lit("neighbour")).otherwise(pl.lit("standing"))
    numbers = [f"{name}{side}" for name in ("value", "status") for side in ("", "_after")]
    counted = {name: pl.col(f"counted_{name}") for name in numbers}
    return cells.with_columns(change=_change(here, there), cause=cause, **counted)


_KEY = ["report_year", "report_id"]


def _pairs(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The reports of both sides, numbered as `pair`; `same` says whether their bytes are, null for one without like."""
    one, other = (frame.select(*REPORT, "report_id").unique().sort(REPORT) for frame in (before, after))
    alike = one.join(other, _KEY, suffix="_after").unique(_KEY, keep="first", maintain_order=True)
    known = alike.select(_KEY)
    renamed = one.join(known, _KEY, how="anti").join(
        other.join(known, _KEY, how="anti"), list(REPORT), how="full", suffix="_after", coalesce=True
    )
    found = [
        alike.select(year_before="report_year", id_before="report_id", year_after="report_year", id_after="report_id"),
        renamed.select(
            year_before="report_year", id_before="report_id", year_after="report_year", id_after="report_id_after"
        ),
    ]
    return (
        pl.concat(found)
        .with_row_index("pair")
        .with_columns(
            same=pl.when(pl.col("id_before").is_not_null() & pl.col("id_after").is_not_null()).then(
                pl.col("id_before") == pl.col("id_after")
            )
        )
    )
