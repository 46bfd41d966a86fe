"""The cells that a broken law is about, so that an operator sees at once which printed numbers do not go together."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from gk_pipeline.forms import Form

LAWS_SHOWN = 5
"""Of how many broken laws the cells are shown."""

PLACE = ("page", "line", "grid_row", "grid_column")
"""Where a number stands, as tables.cells and tables.claims have it."""

SHOWN = ["path", "scope", "side", "item", "measure", "reading", "printed", *PLACE]

_MEMBERS = {"report_id": pl.Int64, "scope": pl.String, "table_code": pl.String, "side": pl.String, "item": pl.String}


def offending_cells(broken: pl.DataFrame, tables: Mapping[str, pl.LazyFrame], forms: Sequence[Form]) -> pl.DataFrame:
    """The cells of the first broken laws, in print order: their file and side, what is printed and where.

    `broken` are rows of facts.law_results with their path. Of a law about a sentence it is the sentence.
    """
    first = broken.head(LAWS_SHOWN)
    in_tables, in_sentences = first.filter(pl.col("claim").is_null()), first.filter(pl.col("claim").is_not_null())
    return pl.concat([_cells(in_tables, tables, forms), _sentences(in_sentences, tables)])


def _cells(broken: pl.DataFrame, tables: Mapping[str, pl.LazyFrame], forms: Sequence[Form]) -> pl.DataFrame:
    found = tables["tables.found_tables"].select("report_id", "table_code", "form")
    laws = broken.lazy().join(found, on=["report_id", "table_code"], how="left", maintain_order="left").collect()
    members = pl.DataFrame(list(_members(laws, forms)), schema={**_MEMBERS, "measure": pl.String}, orient="row")
    printed = tables["tables.cells"].select("report_id", "table_code", "item", "measure", "reading", "printed", *PLACE)
    cell = ["report_id", "table_code", "item", "measure"]
    shown = members.lazy().join(printed, on=cell, how="left", maintain_order="left")
    paths = broken.select("report_id", "path").unique().lazy()
    return shown.join(paths, on="report_id", how="left", maintain_order="left").select(SHOWN).collect()


def _members(laws: pl.DataFrame, forms: Sequence[Form]) -> Iterator[tuple[object, ...]]:
    """A row for every cell of each law: of the left side first, then of the right one."""
    table_of = {(form.code, table.code): table for form in forms for table in form.tables}
    for row in laws.iter_rows(named=True):
        table = table_of[row["form"], row["table_code"]]
        [law] = [one for one in table.laws if (one.law, one.scope) == (row["law"], row["scope"])]
        for index, sign in sorted(law.coefficients, key=lambda member: (-member[1], member[0])):
            cell = table.cells[index]
            side = "left" if sign > 0 else "right"
            yield row["report_id"], row["scope"], row["table_code"], side, cell.item, cell.measure


def _sentences(broken: pl.DataFrame, tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    claims = tables["tables.claims"].select("report_id", "claim", "subject", "sentence", *PLACE)
    named = broken.lazy().select("path", "report_id", "scope", "claim")
    shown = named.join(claims, on=["report_id", "claim"], how="left", maintain_order="left")
    as_cells = shown.with_columns(
        side=pl.lit("left"),
        item=pl.col("subject"),
        measure=pl.lit(None, pl.String),
        reading=pl.lit("sentence"),
        printed=pl.col("sentence"),
    )
    return as_cells.select(SHOWN).collect()
