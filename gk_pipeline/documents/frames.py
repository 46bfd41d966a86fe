"""Documents as rows of the documents layer, and back."""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from gk_pipeline.documents.document import Block, Document, GridCell
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.documents import Blocks, Documents

CELL_FIELDS = ("grid_row", "grid_column", "row_span", "column_span", "text", "line", "char_start", "confidence")


def document_frames(documents: Sequence[Document]) -> Batch:
    """The rows of documents.documents and documents.blocks, sorted by document."""
    about = [(doc.document_id, doc.media_type, doc.encoding, doc.title, len(doc.blocks)) for doc in documents]
    blocks = [row for doc in documents for row in _block_rows(doc)]
    return {"documents.documents": Documents.of_rows(about), "documents.blocks": Blocks.of_rows(blocks)}


def _block_rows(document: Document) -> Iterator[tuple[object, ...]]:
    for number, block in enumerate(document.blocks):
        grid = None if block.text is not None else [_cell_row(cell) for cell in block.cells]
        place = (block.page, block.line, block.char_start, block.confidence)
        yield document.document_id, number, block.text, grid, block.spans_known, *place


def _cell_row(cell: GridCell) -> dict[str, object]:
    return dict(zip(CELL_FIELDS, cell, strict=True))


def documents_of(batch: Batch) -> Iterator[Document]:
    """The documents of a batch, as they were read; findings stay in their own table."""
    blocks = batch["documents.blocks"].sort("document_id", "block")
    by_document = {key[0]: rows for key, rows in blocks.group_by("document_id", maintain_order=True)}
    urls = _source_urls(batch["documents.files"])
    for document_id, media_type, encoding, title, _ in batch["documents.documents"].iter_rows():
        rows = by_document.get(document_id)
        read = () if rows is None else tuple(_block(row) for row in rows.iter_rows())
        yield Document(document_id, media_type, encoding, title, urls.get(document_id), read)


def _block(row: tuple[object, ...]) -> Block:
    _, _, text, grid, spans_known, *place = row
    cells: Iterable[dict[str, object]] = grid or ()  # type: ignore[assignment]
    laid_out = tuple(GridCell(*cell.values()) for cell in cells)  # type: ignore[arg-type]
    return Block(text, laid_out, spans_known, *place)  # type: ignore[arg-type]


def _source_urls(files: pl.DataFrame) -> dict[str, str | None]:
    return dict(files.select("document_id", "source_url").filter(pl.col("document_id").is_not_null()).iter_rows())


def first_paths(files: pl.DataFrame) -> dict[str, str]:
    """For each document the first of the paths that hold it."""
    known = files.filter(pl.col("document_id").is_not_null()).sort("path", descending=True)
    return dict(known.select("document_id", "path").iter_rows())
