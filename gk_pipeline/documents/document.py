"""What a file says, before anyone interprets it: blocks of text and grids of cells, each with its place."""

from dataclasses import dataclass, field
from typing import NamedTuple

from gk_pipeline.quality.finding import Finding

UNREAD = "\ufffd"
"""What stands in a cell that shows something which cannot be read at all: it is not blank."""


class GridCell(NamedTuple):
    """A cell of a grid, printed once however many rows and columns it spans.

    `row` and `column` count from 0 and are the position of its top left corner after spans are laid out.
    `line` (from 1) and `char_start` (from 0) point into the decoded file where it has lines.
    `confidence` is the share of looks that agree on the text, 0 to 1, where it was recognised in a picture.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    line: int | None = None
    char_start: int | None = None
    confidence: float | None = None


class Block(NamedTuple):
    """A paragraph (`text`) or a grid (`cells`, in reading order), never both.

    `spans_known` tells a grid whose cells carry real spans (HTML) from one rebuilt from tabs or pipes, where an
    empty cell may be a ghost of a span. `page` and `line` count from 1, `char_start` from 0, where the format has them.
    In a workbook `page` is the number of the sheet among those shown, `line` the row of a paragraph, and a grid
    counts from A1: row 6, column 1 is B7.
    `confidence` is that of a recognised paragraph; cells of a grid have their own.
    """

    text: str | None = None
    cells: tuple[GridCell, ...] = ()
    spans_known: bool = False
    page: int | None = None
    line: int | None = None
    char_start: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Distinct bytes, read: `document_id` is their sha256 in hex, `blocks` stand in reading order.

    `title` is what the format itself calls the title (HTML `<title>`), `source_url` where the page says it came from.
    """

    document_id: str
    media_type: str
    encoding: str | None
    title: str | None
    source_url: str | None
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = field(default=())


class Unreadable(Exception):
    """A file that cannot be read: `str(error)` says what is wrong, `advice` what a person can do about it.

    `code` is the stable word under which it is counted.
    """

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.code = code
        self.advice = advice

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, str, str]]:
        return Unreadable, (self.code, str(self), self.advice)


def damaged(how: object) -> Unreadable:
    """The refusal of a file that cannot be taken apart."""
    return Unreadable(
        "damaged",
        f"The file is damaged: {how}.",
        "Fetch it again, or let an office program repair and save it.",
    )
