"""What a batch promises, by name, and which of its promises it breaks."""

from collections.abc import Iterator, Sequence

import pandera.errors
import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.catalog import IDENTITIES, Batch, lake_tables
from gk_pipeline.schemas.table import BrokenPromise, Checked

Promise = tuple[str, str]
"""A model or identity, and the check or column of it that says what must hold."""


def broken_promises(batch: Batch, spoiled: Batch, forms: Sequence[Form]) -> set[Promise]:
    """Every promise that a valid batch breaks, not only the first one, after some of its tables were spoiled."""
    models = lake_tables(forms)
    broken = {promise for name, frame in spoiled.items() for promise in broken_by(models[name], frame)}
    for identity in IDENTITIES:
        broken |= set(broken_by(identity, identity.of({**batch, **spoiled}, forms)))
    return broken


def broken_by(model: type[Checked], frame: pl.DataFrame) -> Iterator[Promise]:
    """The promises of one model that a frame breaks: a check of rows by its name, one of a column by the column."""
    try:
        model.check(frame)
    except BrokenPromise as broken:
        cause = broken.__cause__
        assert isinstance(cause, pandera.errors.SchemaErrors)
        for column, check in cause.failure_cases.select("column", "check").unique().iter_rows():
            yield model.__name__, check if column == model.__name__ else column


def frame_checks(model: type[Checked]) -> list[str]:
    """The names of a model's checks over whole rows."""
    return [check.name for check in model.to_schema().checks]


def column_checks(model: type[Checked]) -> list[str]:
    """The columns of a model whose values are limited."""
    return [name for name, column in model.to_schema().columns.items() if column.checks]
