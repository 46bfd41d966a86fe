"""Where a workbook goes from one body's report to the next: at a sheet, so that no two are ever blended."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from gk_pipeline.documents.document import Block
from gk_pipeline.sections.detection import Located
from gk_pipeline.sections.stream import pieces_of
from gk_pipeline.sections.title import Title
from gk_pipeline.sections.title_lines import titles

TablesIn = Callable[[int, int], Mapping[str, Located]]
"""The tables of the form in the blocks from one to another."""


def sheet_starts(blocks: Sequence[Block], tables_in: TablesIn, is_any_repeated: bool) -> list[int]:
    """The blocks at which a sheet begins that does not go on with the report before it.

    Its title names another body or year, or it prints a table that stands in the report already.
    """
    starts: list[int] = []
    first, own = 0, _sheet_title(blocks, *next(_sheets(blocks), (0, -1)))
    for start, last in list(_sheets(blocks))[1:]:
        title = _sheet_title(blocks, start, last)
        if _name_different(own, title) or (is_any_repeated and _repeats(first, start, last, tables_in)):
            starts.append(start)
            first, own = start, title
        own = own or title
    return starts


def _sheets(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The first and last block of each sheet."""
    start = 0
    for number in range(1, len(blocks) + 1):
        if number == len(blocks) or blocks[number].page != blocks[start].page:
            yield start, number - 1
            start = number


def _sheet_title(blocks: Sequence[Block], start: int, last: int) -> Title | None:
    lines = [piece.text for piece in pieces_of(blocks, start, last)]
    return next((title for _, title in titles(lines, len(lines))), None)


def _name_different(one: Title | None, other: Title | None) -> bool:
    if one is None or other is None:
        return False
    bodies, years = {one.organization, other.organization}, {one.stated_year, other.stated_year}
    return len(bodies - {None}) > 1 or len(years - {None}) > 1


def _repeats(first: int, start: int, last: int, tables_in: TablesIn) -> bool:
    """Whether a sheet prints a table anew that stands before it; one that goes on from sheet to sheet does not."""
    together, before, alone = tables_in(first, last), tables_in(first, start - 1), tables_in(start, last)
    again = {code for code, located in together.items() if located.again}
    return any(
        code in again and not before[code].again and not alone[code].again for code in before.keys() & alone.keys()
    )
