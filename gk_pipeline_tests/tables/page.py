"""A few lines or rows as a stream, for tests of what is read from it."""

from gk_pipeline.documents import html, text
from gk_pipeline.sections.stream import Stream, pieces_of


def of_text(page: str) -> Stream:
    """Lines, and grids where they hold tabs."""
    blocks = text.blocks(page, text.start_of(page))
    return Stream(pieces_of(blocks, 0, len(blocks) - 1))


def of_rows(*rows: str) -> Stream:
    """A table of a web page, its cells as given."""
    blocks = html.page(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>").blocks
    return Stream(pieces_of(blocks, 0, len(blocks) - 1))
