"""Plain text and Markdown to blocks: a line is a paragraph, neighbouring lines with tabs or pipes are a grid.

So is a table drawn with rules.
"""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import accumulate, count, islice, repeat
from operator import add
from typing import Literal, NamedTuple

from gk_pipeline.documents.document import Block, GridCell, Unreadable
from gk_pipeline.documents.drawn import drawn_tables
from gk_pipeline.documents.encoding import decode
from gk_pipeline.documents.reading import Reading

MAX_PARTS = 1_000_000

_BREAK = re.compile(r"(\r\n|[\r\n\f])")
# One dash or two may be a value (not applicable); three, or a colon beside them, only ever draw a rule.
_RULE = re.compile(r":?-{3,}:?|:-+:?|-+:")

_block, _cell = partial(tuple.__new__, Block), partial(tuple.__new__, GridCell)
"""A block and a cell of their fields: the shortest way to make as many as there are lines and numbers."""

_Kind = Literal["blank", "paragraph", "tabs", "pipes"]


class Place(NamedTuple):
    """Where a part of a text begins in the whole: `char_start` from 0, `line` and `page` from 1."""

    char_start: int
    line: int
    page: int | None

    def after(self, passed: str) -> "Place":
        """The place behind the characters `passed` from here."""
        breaks = _BREAK.findall(passed)
        turned = breaks.count("\f")
        return Place(self.char_start + len(passed), self.line + len(breaks) - turned, self.page and self.page + turned)


class _Line(NamedTuple):
    text: str
    start: int
    number: int
    page: int | None


_Field = tuple[str, int]
"""What stands between two separators, and where it begins."""


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """Plain text in whatever encoding shows the `expected` phrases."""
    decoded = decode(raw, expected)
    return Reading(blocks(decoded.text, start_of(decoded.text)), decoded.encoding, findings=decoded.findings)


def start_of(text: str) -> Place:
    """The first place of a whole text; only one that holds form feeds has pages."""
    return Place(0, 1, 1 if "\f" in text else None)


def blocks(text: str, place: Place) -> tuple[Block, ...]:
    """The paragraphs and grids of a text as printed, with their positions in the whole where it begins at `place`.

    A grid does not run across a form feed.
    """
    if sum(map(text.count, "\n\r\f\t|")) > MAX_PARTS:
        raise Unreadable(
            "too_many_parts",
            f"The text has more than {MAX_PARTS:,} lines and cells; no report comes near that.",
            "Save the report itself, without the pages or data around it.",
        )
    found: list[Block] = []
    at = 0
    for table in drawn_tables(text):
        before = text[at : table.start]
        found += _undrawn(before, place)
        place = place.after(before)
        cells = (
            cell._replace(line=place.line + (cell.line or 0), char_start=place.char_start + (cell.char_start or 0))
            for cell in table.cells
        )
        found.append(Block(None, tuple(cells), True, place.page, place.line, place.char_start))
        place, at = place.after(text[table.start : table.end]), table.end
    return (*found, *_undrawn(text[at:], place))


def placeless_blocks(text: str) -> Iterable[Block]:
    """The paragraphs and grids of a part of a file, without positions: those of a part are not those of the file."""
    for block in blocks(text, Place(0, 1, None)):
        cells = tuple(cell._replace(line=None, char_start=None) for cell in block.cells)
        yield Block(block.text, cells, block.spans_known)


def _undrawn(text: str, place: Place) -> list[Block]:
    """The paragraphs and grids of a text that draws no table."""
    found: list[Block] = []
    run: list[_Line] = []
    run_kind: _Kind = "blank"
    for line, start, number, page in _lines(text, place):
        kind = _kind(line)
        if run and (kind != run_kind or page != run[0].page):
            found += _grids(run, run_kind)
            run = []
        if kind == "paragraph":
            found.append(_block((line, (), False, page, number, start, None)))
        elif kind != "blank":
            run.append(_Line(line, start, number, page))
            run_kind = kind
    if run:
        found += _grids(run, run_kind)
    return found


def _lines(text: str, place: Place) -> Iterable[tuple[str, int, int, int | None]]:
    """Every line with its place, as of a `_Line`."""
    start, number, page = place
    if "\r" not in text and "\f" not in text:
        lines = text.split("\n")
        starts = map(add, accumulate(map(len, lines), initial=start), count())
        return zip(lines, starts, count(number), repeat(page))
    parts = _BREAK.split(text)
    turns = [end == "\f" for end in parts[1::2]]
    numbers = accumulate((not turn for turn in turns), initial=number)
    pages = repeat(None) if page is None else accumulate(turns, initial=page)
    return zip(parts[::2], islice(accumulate(map(len, parts), initial=start), 0, None, 2), numbers, pages, strict=False)


def _kind(text: str) -> _Kind:
    if "|" in text and _starts_as_row(text.strip()):
        return "pipes"
    if "\t" in text:
        return "tabs"
    return "blank" if not text or text.isspace() else "paragraph"


def _starts_as_row(stripped: str) -> bool:
    pipes = stripped.count("|")
    return stripped[0] == "|" and pipes >= 2 and len(stripped) - pipes >= 2


def _paragraph(line: _Line) -> Block:
    return Block(line.text, (), False, line.page, line.number, line.start)


def _grids(run: Sequence[_Line], kind: _Kind) -> Iterable[Block]:
    return _tabbed(run) if kind == "tabs" else _piped(run)


def _tabbed(run: Sequence[_Line]) -> Iterable[Block]:
    """A grid, unless no tab parts anything: before the words it indents, at the end it ends a cell copied by itself."""
    if any("\t" in line.text.lstrip()[:-1] for line in run):
        return [_grid(run, [_split(line.text, line.start, "\t") for line in run])]
    return [_paragraph(line) for line in run if not line.text.isspace()]


def _piped(run: Sequence[_Line]) -> Iterable[Block]:
    """A grid, unless the pipes part nothing: a torn page leaves runs of them on lines of their own."""
    rows = [_between_pipes(line) for line in run]
    if not any(len(row) > 1 and any(text for text, _ in row) for row in rows):
        return map(_paragraph, run)
    printed = [n for n, row in enumerate(rows) if not all(_RULE.fullmatch(text) for text, _ in row)]
    return [_grid([run[n] for n in printed], [rows[n] for n in printed])] if printed else []


def _between_pipes(line: _Line) -> list[_Field]:
    row = line.text.strip()
    start = line.start + line.text.index("|") + 1
    return _split(row[1:-1] if row.endswith("|") else row[1:], start, "|")


def _split(text: str, start: int, separator: str) -> list[_Field]:
    fields = []
    for part in text.split(separator):
        stripped = part.strip()
        fields.append((stripped, start if len(stripped) == len(part) else start + part.index(stripped)))
        start += len(part) + 1
    return fields


def _grid(lines: Sequence[_Line], rows: Sequence[Sequence[_Field]]) -> Block:
    cells = tuple(
        [
            _cell((row, column, 1, 1, text, line.number, start, None))
            for row, (line, fields) in enumerate(zip(lines, rows, strict=True))
            for column, (text, start) in enumerate(fields)
        ]
    )
    return Block(cells=cells, page=lines[0].page, line=lines[0].number, char_start=lines[0].start)
