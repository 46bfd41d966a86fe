"""Word files (.docx, .docm): their paragraphs and tables, and where Word numbers paragraphs, the numbers too.

A grid's rows and columns are the places; pages are no part of the format, and the page breaks that a program left in it
need not be those of another. The title among the file's properties is left out: it is often that of the file from which
this one was made.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import etree

from gk_pipeline.documents import text
from gk_pipeline.documents.document import Block, Unreadable
from gk_pipeline.documents.office_package import Package
from gk_pipeline.documents.reading import Reading
from gk_pipeline.documents.spans import MAX_SLOTS
from gk_pipeline.documents.word.flow import Flow
from gk_pipeline.documents.word.numbering import Numbering
from gk_pipeline.documents.word.styles import Styles, W
from gk_pipeline.documents.word.table import Grid
from gk_pipeline.quality.finding import Finding

_NOTES = ("footnote", "endnote")


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """The text of a Word file with all tracked changes accepted, then its footnotes and endnotes."""
    del expected  # by them encodings are told apart
    package = Package(raw)
    main = package.main_part()
    body = package.tree(main).find(f"{W}body")
    if body is None:
        raise Unreadable(
            "damaged", "The file calls itself a Word file, but no Word text is in it.", "Save it as .docx anew."
        )
    styles = Styles(_first(package, main, "styles"))
    flow = Flow(styles, Numbering(_first(package, main, "numbering"), styles))
    blocks = flow.read(body)
    for kind in _NOTES:
        if marked := [note for kind_of, note in flow.notes if kind_of == kind]:
            blocks += _notes(_first(package, main, f"{kind}s"), kind, marked, flow)
    return Reading(tuple(_with_tabbed_rows(blocks)), findings=tuple(_findings(flow)))


def _first(package: Package, main: str, kind: str) -> etree._Element | None:
    part = next(package.related(main, kind), None)
    return None if part is None else package.tree(part)


def _notes(root: etree._Element | None, kind: str, marked: Sequence[str], flow: Flow) -> Iterator[Block]:
    notes = {note.get(f"{W}id", ""): note for note in root.iterfind(W + kind)} if root is not None else {}
    for note in dict.fromkeys(marked):
        if note in notes:
            yield from flow.read(notes[note])


def _with_tabbed_rows(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with paragraphs that tabs part into columns as the grids that they draw."""
    for tabbed, run in groupby(blocks, lambda block: "\t" in (block.text or "")):
        if tabbed:
            yield from text.placeless_blocks("\n".join(block.text or "" for block in run))
        else:
            yield from run


def _findings(flow: Flow) -> Iterator[Finding]:
    for number, grid in enumerate(flow.grids, start=1):
        yield from _grid_findings(grid, number)
    yield from flow.left_out.findings()


def _grid_findings(grid: Grid, table: int) -> Iterator[Finding]:
    if grid.too_large:
        yield Finding(
            "warning",
            "table_too_large",
            f"Table {table} of the file spans more than {MAX_SLOTS:,} slots; its cells were read as lines of text.",
            "Look at the table: a form has a few hundred cells. Its numbers are not in a grid.",
        )
    if grid.too_wide:
        yield Finding(
            "warning",
            "spans_clipped",
            f"Table {table} of the file: {grid.too_wide} cell(s) span absurdly many columns; cut to the limit.",
            "Compare the rows of this table with the page.",
        )
    if grid.covered:
        yield Finding(
            "warning",
            "text_covered",
            f"Table {table} of the file: {len(grid.covered)} text(s) lie under a merged cell and were left out.",
            "Split the merged cell to see it. If it belongs to the report, put it into a cell of its own.",
            grid.covered[0][:80],
        )
