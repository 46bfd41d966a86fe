"""Batches that were held to their promises: the only ones that are written to the lake or handed to a stage."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NewType

import polars as pl

from gk_pipeline.documents.frames import first_paths
from gk_pipeline.forms import Form
from gk_pipeline.quality.finding import Finding
from gk_pipeline.quality.frames import Placed, findings_frame
from gk_pipeline.schemas.catalog import Batch, check_batch, lake_tables
from gk_pipeline.schemas.facts import PROGRAM_FAILED
from gk_pipeline.schemas.table import LAYERS

CheckedBatch = NewType("CheckedBatch", Batch)
"""A batch that keeps every promise of its tables and every identity between them; made by `checked` and `derive`."""

_PATHS_SHOWN = 3
_MOST_FAULTS = 0.05
"""The share of a batch that may be left out as single bad documents."""


class BadBatch(Exception):
    """A batch that broke a promise or made its stage fail. The first line names the file and what to do."""


def checked(batch: Batch, forms: Sequence[Form]) -> CheckedBatch:
    """The batch itself when it keeps its promises; raises BadBatch naming the file that does not."""

    def attempt(part: Batch) -> Batch:
        check_batch(part, forms)
        return part

    try:
        return CheckedBatch(attempt(batch))
    except Exception as error:
        raise _bad(batch, _fewest_that_fail(attempt, batch), error) from error


def checked_beside(batch: Batch, beside: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> CheckedBatch:
    """The batch itself when it keeps its promises, also those towards other tables; raises BrokenPromise."""
    check_batch({**beside, **batch}, forms)
    return CheckedBatch(batch)


def derive(stage: Callable[[Batch], Batch], forms: Sequence[Form], batch: Batch) -> CheckedBatch:
    """What a stage makes of a batch, held to its own promises and to those between it and the batch.

    A document on which the stage fails or breaks a promise is left out, and a finding says so: one bad document never
    stops a year. Raises BadBatch when that is more than a few, which is a fault of the program as a whole.
    """

    def attempt(part: Batch) -> Batch:
        made = stage(part)
        check_batch({**part, **made}, forms)
        return made

    documents = _documents(batch)
    faults: dict[str, Exception] = {}
    while True:
        sound = [document for document in documents if document not in faults]
        part = only(batch, sound) if faults else batch
        try:
            made = attempt(part)
        except Exception as error:
            culprits = _fewest_that_fail(attempt, part)
            too_many = len(faults) + 1 > max(1, len(documents) * _MOST_FAULTS) or len(sound) == 1
            if len(culprits) != 1 or too_many:
                raise _bad(batch, [*faults, *culprits], error) from error
            faults[culprits[0]] = error
            continue
        return CheckedBatch(_with_faults(made, forms, batch, faults) if faults else made)


def _bad(batch: Batch, culprits: Sequence[str], error: Exception) -> BadBatch:
    return BadBatch(
        f"{_named(batch, culprits)}: nothing was stored, the year stays as it was. The program is at fault, not the "
        "report: please send it in. To go on without it, move the file out of its year folder.\n"
        f"{type(error).__name__}: {error}"
    )


def _with_faults(made: Batch, forms: Sequence[Form], batch: Batch, faults: Mapping[str, Exception]) -> Batch:
    """What was made without the documents on which a stage failed, and the findings that say so."""
    name = next(name for name in made if name.endswith(".findings"))
    findings = pl.concat([made[name], _left_out(name, forms, batch, faults)]).sort("finding")
    check_batch({**batch, **made, name: findings}, forms)
    return {**made, name: findings}


def _left_out(name: str, forms: Sequence[Form], batch: Batch, faults: Mapping[str, Exception]) -> pl.DataFrame:
    """A finding for every report of the documents on which a stage failed, or for the document that gave none."""
    layer = next(layer for layer in LAYERS if name.startswith(f"{layer}."))
    placed = []
    for document, error in faults.items():
        message = f"The program failed on this document ({type(error).__name__}: {str(error)[:500]}); it is left out."
        advice = "The program is at fault, not the report: please send it in."
        fault = Finding("error", PROGRAM_FAILED, message, advice)
        part = only(batch, [document])
        keys = part["sections.reports"]["report_id"].to_list() if "sections.reports" in part else []
        placed += [Placed(first_paths(part["documents.files"])[document], key, fault) for key in keys or [None]]
    return findings_frame(lake_tables(forms)[name], layer, placed)


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


def _fewest_that_fail(attempt: Callable[[Batch], Batch], batch: Batch) -> Sequence[str]:
    """Halve the batch's documents for as long as one half alone still fails."""
    documents = _documents(batch)
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
