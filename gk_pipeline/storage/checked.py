"""Batches that were held to their promises: the only ones that are written to the lake or handed to a stage."""

from collections.abc import Callable, Iterable, Sequence
from typing import NewType

import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas.catalog import Batch, check_batch

CheckedBatch = NewType("CheckedBatch", Batch)
"""A batch that keeps every promise of its tables and every identity between them; made by `checked` and `derive`."""

_PATHS_SHOWN = 3


class BadBatch(Exception):
    """A batch that broke a promise or made its stage fail. The first line names the file and what to do."""


def checked(batch: Batch, forms: Sequence[Form]) -> CheckedBatch:
    """The batch itself when it keeps its promises; raises BadBatch naming the file that does not."""
    return derive(_itself, forms, batch)


def derive(stage: Callable[[Batch], Batch], forms: Sequence[Form], batch: Batch) -> CheckedBatch:
    """What a stage makes of a batch, held to its own promises and to those between it and the batch.

    Raises BadBatch naming the file at which the stage fails or breaks a promise.
    """

    def attempt(part: Batch) -> Batch:
        made = stage(part)
        check_batch({**part, **made}, forms)
        return made

    try:
        return CheckedBatch(attempt(batch))
    except Exception as error:
        culprits = _fewest_that_fail(attempt, batch, _documents(batch))
        raise BadBatch(
            f"{_named(batch, culprits)}: nothing was stored, the year stays as it was. The program is at fault, not the "
            "report: please send it in. To go on without it, move the file out of its year folder.\n"
            f"{type(error).__name__}: {error}"
        ) from error


def only(batch: Batch, documents: Iterable[str]) -> Batch:
    """The part of a batch that stems from those documents; tables that cannot be told apart stay whole."""
    wanted = pl.Series("document_id", list(documents), dtype=pl.String).to_frame()
    reports = batch.get("sections.reports", pl.DataFrame(schema={"document_id": pl.String, "report_id": pl.Int64}))
    of_reports = reports.join(wanted, on="document_id", how="semi").select("report_id")

    def part(frame: pl.DataFrame) -> pl.DataFrame:
        if "document_id" in frame.columns:
            return frame.join(wanted, on="document_id", how="semi", maintain_order="left")
        if "report_id" in frame.columns and "path" not in frame.columns:
            return frame.join(of_reports, on="report_id", how="semi", maintain_order="left")
        return frame

    return {name: part(frame) for name, frame in batch.items()}


def _itself(batch: Batch) -> Batch:
    return batch


def _fewest_that_fail(attempt: Callable[[Batch], Batch], batch: Batch, documents: Sequence[str]) -> Sequence[str]:
    """Halve the documents for as long as one half alone still fails."""
    while len(documents) > 1:
        middle = len(documents) // 2
        failing = [half for half in (documents[:middle], documents[middle:]) if _fails(attempt, only(batch, half))]
        if not failing:
            break
        documents = failing[0]
    return documents


def _fails(attempt: Callable[[Batch], Batch], part: Batch) -> bool:
    try:
        attempt(part)
    except Exception:
        return True
    return False


def _documents(batch: Batch) -> Sequence[str]:
    for name in ("documents.documents", "sections.reports", "documents.files"):
        if name in batch:
            return batch[name]["document_id"].drop_nulls().unique().sort().to_list()
    return ()


def _named(batch: Batch, documents: Sequence[str]) -> str:
    names = [f"the document with sha256 {document}" for document in documents]
    if "documents.files" in batch:
        paths = only(batch, documents)["documents.files"]["path"].to_list()
        names = paths or names
    rest = len(names) - _PATHS_SHOWN
    return ", ".join(names[:_PATHS_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
