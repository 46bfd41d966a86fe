"""What differs between the facts of two lakes: cells that were added, are gone or have changed, and why.

Reports are the same where their bytes are; a file of the same name with other bytes is another document of one report.
"""

import polars as pl

from gk_pipeline.storage.located import CELL, LOCATED, REPORT

CHANGES = ("added", "gone", "changed")
CAUSES = ("report", "document", "reading", "reconciliation")
"""`report`: only one side has the report. `document`: its file has other bytes. `reading`: the same bytes were read
otherwise, or on another form or in another unit. `reconciliation`: the same number was read, and has another value or
status."""


_READ = ("reading", "reported", "form", "unit")
"""What was read of a cell; what was made of it follows."""
_COMPARED = (*_READ, "value", "status")


def difference(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The cells in which two frames of located facts differ, a row a cell.

    Columns: those of `REPORT` and `CELL`, `change` (of `CHANGES`), `cause` (of `CAUSES`), and `reported`, `value`,
    `status`, `form` and `unit` of both sides, with `_before` and `_after`; null where a side lacks the cell. Sorted by
    report and cell.
    """
    one, other = (frame.select(list(LOCATED)) for frame in (before, after))
    pairs = _pairs(one, other)
    one = one.join(pairs.select("pair", "same", report_year="year_before", report_id="id_before"), _KEY)
    other = other.join(pairs.select("pair", "same", report_year="year_after", report_id="id_after"), _KEY)
    both = one.join(other, ["pair", *CELL], how="full", suffix="_after", coalesce=True)
    here, there = pl.col("status").is_not_null(), pl.col("status_after").is_not_null()
    alike = [pl.col(name).eq_missing(pl.col(f"{name}_after")) for name in _COMPARED]
    same = pl.coalesce("same", "same_after")
    return (
        both.filter(~pl.all_horizontal(alike))
        .with_columns(pl.coalesce(name, f"{name}_after") for name in REPORT)
        .with_columns(
            change=pl.when(~here).then(pl.lit("added")).when(~there).then(pl.lit("gone")).otherwise(pl.lit("changed")),
            cause=pl.when(same.is_null())
            .then(pl.lit("report"))
            .when(~same)
            .then(pl.lit("document"))
            .when(here & there & pl.all_horizontal(alike[: len(_READ)]))
            .then(pl.lit("reconciliation"))
            .otherwise(pl.lit("reading")),
        )
        .select(
            *REPORT,
            *CELL,
            "change",
            "cause",
            *(
                pl.col(column).alias(f"{name}_{side}")
                for name in ("reported", "value", "status", "form", "unit")
                for side, column in (("before", name), ("after", f"{name}_after"))
            ),
        )
        .sort(*REPORT, *CELL)
    )


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
