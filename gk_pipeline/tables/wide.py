"""The typed wide tables, made from the cells: a row an item, a numeric column a measure."""

from collections.abc import Sequence

import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.tables import wide_models


def wide_frames(cells: pl.DataFrame, forms: Sequence[Form]) -> Batch:
    """Every wide table the forms know, with the numbers of these cells."""
    frames: Batch = {}
    for code, model in wide_models(forms).items():
        schema = model.polars_schema()
        measures = [name for name in schema if name not in ("report_id", "item", "form")]
        own = cells.filter(pl.col("table_code") == code)
        columns = [
            pl.col("value").filter(pl.col("measure") == name).first().cast(schema[name]).alias(name)
            for name in measures
        ]
        wide = own.group_by("report_id", "item", maintain_order=True).agg(pl.col("form").first(), *columns)
        frames[f"tables.{code}"] = wide.select(schema.names()).sort(model.key_columns())
    return frames
