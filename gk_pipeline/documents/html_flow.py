"""The shown elements of a page as lines and tables: text broken where a browser breaks it, cells as declared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gk_pipeline.documents import text
from gk_pipeline.documents.document import Block
from gk_pipeline.documents.html_tree import IN_LINE, Attributes, Close, Event, Open
from gk_pipeline.documents.spans import SpanningCell

_PREFORMATTED = frozenset(("listing", "plaintext", "pre", "textarea", "xmp"))
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Table:
    """An innermost table of at least two cells: row groups of rows of cells, a foot last wherever it was written."""

    groups: tuple[Sequence[Sequence[SpanningCell]], ...]


def flow(events: Sequence[Event]) -> list[Block | Table]:
    """Paragraphs and tables in reading order.

    A table that holds another one, or a single cell, only places things on the page: its cells flow as text.
    """
    page = _Page(_tables_of_figures(events))
    for index, event in enumerate(events):
        if isinstance(event, str):
            page.write(event)
        elif isinstance(event, Open):
            page.open(event, index)
        else:
            page.close(event)
    return page.parts


def _tables_of_figures(events: Sequence[Event]) -> frozenset[int]:
    found: set[int] = set()
    enclosing: list[int] = []
    cells: dict[int, int] = {}
    for index, event in enumerate(events):
        if isinstance(event, Open):
            if event.tag == "table":
                cells.pop(enclosing[-1] if enclosing else -1, None)
                enclosing.append(index)
                cells[index] = 0
            elif event.tag in _CELLS and enclosing and enclosing[-1] in cells:
                cells[enclosing[-1]] += 1
        elif isinstance(event, Close) and event.tag == "table":
            table = enclosing.pop()
            if cells.get(table, 0) >= 2:
                found.add(table)
    return frozenset(found)


class _Page:
    """Fills `parts`: text gathers until something breaks the line, cells gather until their table closes."""

    def __init__(self, tables: frozenset[int]) -> None:
        self.parts: list[Block | Table] = []
        self._tables = tables
        self._pieces: list[str] = []
        self._preformatted = 0
        self._groups: list[tuple[str, list[list[SpanningCell]]]] | None = None
        self._cell: _OpenCell | None = None

    def write(self, characters: str) -> None:
        self._pieces.append(characters)

    def open(self, element: Open, index: int) -> None:
        tag = element.tag
        if tag in IN_LINE:
            self._open_in_line(element)
            return
        if tag == "br" and self._preformatted:
            self._pieces.append("\n")
            return
        self._break_line()
        if tag in _PREFORMATTED:
            self._preformatted += 1
        elif index in self._tables:
            self._groups = []
        elif self._groups is not None:
            self._open_in_table(self._groups, element)

    def close(self, element: Close) -> None:
        tag = element.tag
        if tag in IN_LINE or tag == "br":
            return
        self._break_line()
        if tag in _PREFORMATTED:
            self._preformatted -= 1
        elif tag in _CELLS and self._groups and self._cell:
            self._groups[-1][1][-1].append(self._cell.closed())
            self._preformatted = self._cell.preformatted_around
            self._cell = None
        elif tag == "table" and self._groups is not None:
            in_order = sorted(self._groups, key=lambda group: group[0] == "tfoot")
            self.parts.append(Table(tuple(rows for _, rows in in_order)))
            self._groups = None

    def _open_in_line(self, element: Open) -> None:
        if element.tag == "input":
            self._pieces.append(_typed(element.attributes))
        elif self._pieces and self._pieces[-1][-1:].isdigit():
            # 10 with a raised 4 must not become 104.
            self._pieces.append("^")

    def _open_in_table(self, groups: list[tuple[str, list[list[SpanningCell]]]], element: Open) -> None:
        if element.tag in _ROW_GROUPS:
            groups.append((element.tag, []))
        elif element.tag == "tr":
            groups[-1][1].append([])
        elif element.tag in _CELLS:
            self._cell = _OpenCell(element.attributes, self._preformatted)
            self._preformatted = 0

    def _break_line(self) -> None:
        source = "".join(self._pieces)
        self._pieces.clear()
        if not source or source.isspace():
            return
        if self._preformatted and self._cell is None:
            self.parts.extend(text.placeless_blocks(source))
            return
        lines = source.splitlines() if self._preformatted else [_SPACE.sub(" ", source)]
        shown = [line for line in (line.replace("\xa0", " ").strip() for line in lines) if line]
        if self._cell:
            self._cell.lines.extend(shown)
        else:
            self.parts.extend(Block(text=line) for line in shown)


class _OpenCell:
    """A cell whose end has not come; `preformatted_around` is the state to go back to after it."""

    def __init__(self, attributes: Attributes, preformatted_around: int) -> None:
        self.attributes = attributes
        self.preformatted_around = preformatted_around
        self.lines: list[str] = []

    def closed(self) -> SpanningCell:
        spans = self.attributes.get("rowspan"), self.attributes.get("colspan")
        return SpanningCell("\n".join(self.lines), *spans)


def _typed(attributes: Attributes) -> str:
    """What stands in a text field: published forms keep their figures in them."""
    kind = (attributes.get("type") or "text").lower()
    return attributes.get("value") or "" if kind in ("text", "number") else ""
