"""The documents stage: a year's files to documents and blocks, a batch at a time."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from pathlib import Path

import polars as pl

from gk_pipeline.documents.document import Document, Unreadable
from gk_pipeline.documents.fetch import Stored, identify
from gk_pipeline.documents.folder import LEADS_OUT, is_no_document, leads_out, list_files
from gk_pipeline.documents.frames import document_frames
from gk_pipeline.documents.limits import exceeded, limited
from gk_pipeline.documents.read import read_path
from gk_pipeline.executors import Rescue, map_guarded, parted
from gk_pipeline.forms import Form
from gk_pipeline.quality.finding import Finding
from gk_pipeline.quality.frames import Placed, findings_frame
from gk_pipeline.schemas.catalog import Batch, full_name
from gk_pipeline.schemas.documents import Blocks, Documents, Files
from gk_pipeline.schemas.quality import DocumentsFindings

BATCH_DOCUMENTS = 2000
"""Documents in a batch, and so in a row group of the lake."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read, and the name under which it is known: its path relative to the folder that is read.

    `stray` is a link that leads out of the year's folder: it is refused.
    """

    path: Path
    name: str
    stray: bool = False


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is known of a file before it is read."""

    source: Source
    stored: Stored


Refused = tuple[Fingerprint, Unreadable]


def year_sources(folder: Path, relative_to: Path) -> list[Source]:
    """The files of a year's folder, sorted by name; raises FileNotFoundError when there is no such folder."""
    return [
        Source(path, _name(path.relative_to(relative_to)), leads_out(path, folder)) for path in list_files([folder])
    ]


def _name(path: Path) -> str:
    """A path as text; bytes of it that are no UTF-8, as in an unpacked GBK archive, are written as `\\xc4`."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def form_labels(forms: Sequence[Form]) -> list[str]:
    """The labels by which the encoding of a text is told."""
    items = [item.label.text for form in forms for table in form.tables for item in table.items.values()]
    sections = [section.label.text for form in forms for section in form.sections]
    return list(dict.fromkeys(items + sections))


def read_year(
    sources: Sequence[Source], forms: Sequence[Form], workers: int = 1, progress: Callable[[int], None] | None = None
) -> Iterator[Batch]:
    """Batches of the year's documents in the order of their ids, and at last the table of its files.

    `progress` is called with the number of files done. A file that cannot be read becomes a row that says why; one that
    is no document becomes a row, and nothing else.
    """
    skipped = [source for source in sources if is_no_document(source.path)]
    documents = (source for source in sources if not is_no_document(source.path))
    prints = sorted(map(fingerprint, documents), key=lambda print_: (print_.stored.sha256 or "", print_.source.name))
    groups = [list(same) for _, same in groupby(prints, key=lambda print_: print_.stored.sha256 or print_.source.name)]
    batches = [groups[start : start + BATCH_DOCUMENTS] for start in range(0, len(groups), BATCH_DOCUMENTS)]
    files = [Files.of_rows([_skipped_row(source) for source in skipped])]
    done = len(skipped)
    parts: list[list[Sequence[Sequence[Fingerprint]]]] = [parted(batch) for batch in batches]
    read = map_guarded(partial(read_batch, labels=form_labels(forms)), chain.from_iterable(parts), workers, _RESCUE)
    for of_batch in parts:
        results = []
        for part in of_batch:
            results.append(next(read))
            done += sum(map(len, part))
            if progress is not None:
                progress(done)
        batch = _joined(results)
        files.append(batch.pop("documents.files"))
        yield batch
    yield {"documents.files": Files.check(pl.concat([Files.no_rows(), *files]).sort("path"))}


def fingerprint(source: Source) -> Fingerprint:
    """Identify a file by its bytes, without reading what they say."""
    return Fingerprint(source, Stored() if source.stray else identify(source.path))


def read_batch(groups: Sequence[Sequence[Fingerprint]], labels: Sequence[str]) -> Batch:
    """The documents of groups of files with equal bytes, each read once, and a row for every file."""
    return _batch([(same, *_read_one(same, labels)) for same in groups])


def _batch(read: Sequence[tuple[Sequence[Fingerprint], Document | None, list[Refused]]]) -> Batch:
    documents: list[Document] = []
    files: list[tuple[object, ...]] = []
    placed: list[Placed] = []
    for same, document, refused in read:
        for found, reason in refused:
            files.append(_file_row(found, None, "refused", f"{reason} {reason.advice}"))
            placed.append(Placed(found.source.name, None, Finding("error", reason.code, str(reason), reason.advice)))
        if document is None:
            continue
        first, *copies = same[len(refused) :]
        documents.append(document)
        files.append(_file_row(first, document.source_url, "read", None))
        placed += [Placed(first.source.name, None, finding) for finding in document.findings]
        for copy in copies:
            files.append(_file_row(copy, document.source_url, "duplicate", None))
            placed.append(Placed(copy.source.name, None, _duplicate(first)))
    return {
        **document_frames(documents),
        "documents.files": Files.of_rows(files),
        "documents.findings": findings_frame(DocumentsFindings, "documents", placed),
    }


def _lost(groups: Sequence[Sequence[Fingerprint]], death: int) -> Batch:
    """The batch of files that a worker died of."""
    return _batch([(same, None, [(found, exceeded(death)) for found in same]) for same in groups])


def _joined(batches: Sequence[Batch]) -> Batch:
    models = {full_name(model): model for model in (Files, Documents, Blocks, DocumentsFindings)}
    return {
        name: pl.concat([batch[name] for batch in batches]).sort(model.key_columns(), maintain_order=True)
        for name, model in models.items()
    }


_RESCUE: Rescue[Sequence[Sequence[Fingerprint]], Batch] = Rescue(
    lambda groups: [[same] for same in groups], _lost, _joined
)


def _read_one(same: Sequence[Fingerprint], labels: Sequence[str]) -> tuple[Document | None, list[Refused]]:
    """The document of files with equal bytes, from the first that still holds them, and the files refused before it."""
    refused: list[Refused] = []
    for found in same:
        try:
            with limited():
                return _as_fingerprinted(found, labels), refused
        except Exception as error:
            refused.append((found, refusal(error)))
    return None, refused


def refusal(error: Exception) -> Unreadable:
    """Why a file was not read; a fault of the program is a reason too, so that one file never stops the others."""
    if isinstance(error, Unreadable):
        return error
    message = f"The program failed on the file ({type(error).__name__}: {error})."
    return Unreadable("program_failed", message, "The program is at fault, not the file: please send it in.")


def _as_fingerprinted(first: Fingerprint, labels: Sequence[str]) -> Document:
    """The document, provided the file still holds the bytes that were identified."""
    if first.source.stray:
        raise Unreadable("link_leads_out", *LEADS_OUT)
    document = read_path(first.source.path, labels)
    if document.document_id != first.stored.sha256:
        message = "The file changed while the year was being read."
        raise Unreadable("changed_while_reading", message, "Let it be written completely, then read the year again.")
    return document


def _file_row(found: Fingerprint, source_url: str | None, status: str, error: str | None) -> tuple[object, ...]:
    stored = found.stored
    return found.source.name, stored.sha256, stored.size, stored.modified, source_url, status, error


def _skipped_row(source: Source) -> tuple[object, ...]:
    """Its bytes stay unnamed: a backup of a report is no other name of it."""
    found = fingerprint(source)
    return _file_row(replace(found, stored=replace(found.stored, sha256=None)), None, "skipped", None)


def _duplicate(first: Fingerprint) -> Finding:
    message = f"The same bytes as {first.source.name}; the report is counted once."
    return Finding("note", "duplicate_file", message, "Delete one of the two, or replace it by the right file.")
