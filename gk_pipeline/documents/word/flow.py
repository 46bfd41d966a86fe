"""The story of a Word file as it is shown: paragraphs and tables in reading order, with all tracked changes accepted.

Deleted and hidden text, field codes and comments are left out, and of a text box with a fallback for older programs
one of the two. python-docx passes over insertions, content controls and text boxes, and gives the text of a merged
cell once for every slot; so the elements are walked here, and without recursion.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from gk_pipeline.documents.document import Block
from gk_pipeline.documents.seen import unread_digits
from gk_pipeline.documents.word.characters import blocks_of, numbered, shown, symbol
from gk_pipeline.documents.word.ground import ground_of
from gk_pipeline.documents.word.left_out import LeftOut
from gk_pipeline.documents.word.numbering import Numbering
from gk_pipeline.documents.word.paragraph import Paragraph
from gk_pipeline.documents.word.styles import Styles, W, child_of, is_on, value
from gk_pipeline.documents.word.table import DeclaredCell, Grid, Row, grid_of, only_places, row_of

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_PASSED_OVER = frozenset(
    f"{W}{name}"
    for name in ("delInstrText", "delText", "instrText", "numPr", "rt", "sdtEndPr", "sdtPr", "sectPr", "tblGrid",
                 "tblPr", "tblPrEx", "trPr")
)  # fmt: skip


@dataclass(slots=True)
class _Container:
    """The body, a cell or a text box: its parts so far, and what a deleted paragraph mark joins to the next one."""

    parts: list[Block] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)


class Flow:
    """Reads stories into blocks; `grids` are its tables in the order in which they end, `left_out` what it left out.

    `notes` are kind and id of the footnotes and endnotes in the order of their marks.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.grids: list[Grid] = []
        self.left_out = LeftOut()
        self.notes: list[tuple[str, str]] = []
        self._styles = styles
        self._numbering = numbering
        self._containers: list[_Container] = []
        self._paragraphs: list[Paragraph] = []
        self._tables: list[list[Row]] = []
        self._cells: list[DeclaredCell] = []
        self._run: _Element | None = None
        self._unclear: list[bool] = []

    def read(self, story: _Element) -> list[Block]:
        """The blocks of the body, or of a note."""
        self._containers.append(_Container())
        walk = etree.iterwalk(story, events=("start", "end"))
        passed_over: _Element | None = None
        for event, element in walk:
            if event == "start":
                opening = _OPEN.get(element.tag)
                if opening and opening(self, element) is False:
                    walk.skip_subtree()
                    passed_over = element
            elif element is passed_over:  # its end comes all the same
                passed_over = None
            elif closing := _CLOSE.get(element.tag):
                closing(self)
        return self._ended()

    def _ended(self) -> list[Block]:
        """The parts of the innermost container, which ends."""
        self._end_joined()
        return self._containers.pop().parts

    def _end_joined(self) -> None:
        container = self._containers[-1]
        pieces, container.joined = container.joined, []
        container.parts.extend(blocks_of("".join(pieces)))

    def _open_paragraph(self) -> None:
        container = self._containers[-1]
        pieces, container.joined = container.joined, []
        style_id = self._styles.default_paragraph
        style = self._styles.get(style_id)
        self._paragraphs.append(Paragraph(pieces, style_id, style, style.numbered))

    def _describe_paragraph(self, properties: _Element) -> bool:
        if self._paragraphs:
            self._paragraphs[-1].describe(properties, self._styles)
        return False

    def _close_paragraph(self) -> None:
        paragraph, container = self._paragraphs.pop(), self._containers[-1]
        if paragraph.runs_on:
            container.joined = paragraph.pieces
        else:
            number = self._numbering.next(paragraph.numbered, paragraph.style_id) if paragraph.numbered else ""
            container.parts.extend(blocks_of(numbered(number, "".join(paragraph.pieces))))
        container.parts.extend(paragraph.beside)

    def _open_run(self, element: _Element) -> None:
        self._run = element
        if self._paragraphs:
            self._paragraphs[-1].open_run()

    def _describe_run(self, properties: _Element) -> bool:
        if self._paragraphs:
            self._paragraphs[-1].describe_run(properties, self._styles)
        return False

    def _close_run(self) -> None:
        if self._paragraphs:
            self._paragraphs[-1].close_run()

    def _write(self, characters: str) -> None:
        if not self._paragraphs:
            self._containers[-1].joined.append(characters)
        else:
            self._write_run(self._paragraphs[-1], characters)

    def _write_run(self, paragraph: Paragraph, characters: str) -> None:
        """Put down what is seen of the characters of a run."""
        look, unseen = paragraph.look, self.left_out.unseen
        ground = "painted"
        if look.is_pale:
            ground = "white" if look.ground or self._run is None else ground_of(self._run)
        if not look.is_seen or ground == "white":
            unseen.hidden.append(characters)
            paragraph.part()
        elif look.struck and characters.strip():
            unseen.struck.append(characters)
            paragraph.part()
        elif (ground == "unknown" or any(self._unclear)) and unread_digits(characters) != characters:
            unseen.unclear.append(characters)
            paragraph.write(unread_digits(characters))
        else:
            paragraph.write(characters)

    def _text(self, element: _Element) -> None:
        written = element.text or ""
        stripped = written.strip(" \t\r\n")
        kept = written != stripped and element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        self._write(shown(written if kept else stripped))

    def _symbol(self, element: _Element) -> None:
        self._write(symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "")))

    def _open_backwards(self, element: _Element) -> None:
        """Text whose direction is given: digits that run from right to left are another number."""
        self._unclear.append(value(element) == "rtl")

    def _open_control(self, element: _Element) -> None:
        """A content control, which may show a prompt instead of what somebody wrote."""
        properties = child_of(element, "sdtPr")
        self._unclear.append(properties is not None and is_on(child_of(properties, "showingPlcHdr")))

    def _mark(self, sign: str) -> None:
        """A sign of a formula that only its layout shows; 10 with a raised 4 must not become 104."""
        if self._paragraphs and self._paragraphs[-1].ends_in_digit():
            self._write(sign)

    def _field(self, element: _Element) -> None:
        if self._paragraphs:
            self._paragraphs[-1].field(element.get(f"{W}fldCharType", ""))

    def _note(self, element: _Element) -> None:
        self.notes.append((element.tag.removeprefix(W).removesuffix("Reference"), element.get(f"{W}id", "")))

    def _delete(self, element: _Element) -> bool:
        self.left_out.deletions += 1
        self.left_out.deleted = self.left_out.deleted or _text_in(element)
        return False

    def _alternative(self, element: _Element) -> bool:
        """The first way to show a thing that has several; the others are for programs that do not know it."""
        return element.getprevious() is None

    def _open_box(self, element: _Element) -> bool:
        if self._paragraphs and not self._paragraphs[-1].look.is_seen:
            self.left_out.unseen.hidden.append(_text_in(element))
            return False
        self._containers.append(_Container())
        return True

    def _close_box(self) -> None:
        parts = self._ended()
        (self._paragraphs[-1].beside if self._paragraphs else self._containers[-1].parts).extend(parts)

    def _open_table(self) -> None:
        self._end_joined()
        self._tables.append([])

    def _close_table(self) -> None:
        rows = [row for row in self._tables.pop() if row.cells]
        grid = None if only_places(rows) else grid_of(rows)
        if grid:
            self.grids.append(grid)
        if grid and not grid.too_large:
            self._containers[-1].parts.append(Block(cells=tuple(grid.cells), spans_known=True))
        else:
            self._containers[-1].parts.extend(part for row in rows for cell in row.cells for part in cell.parts)

    def _open_row(self, element: _Element) -> bool:
        properties = child_of(element, "trPr")
        if properties is not None and child_of(properties, "del") is not None:
            return self._delete(element)
        if properties is not None and is_on(child_of(properties, "hidden")):
            self.left_out.unseen.hidden.append(_text_in(element))
            return False
        if self._tables:
            self._tables[-1].append(row_of(element))
        return True

    def _open_cell(self) -> None:
        self._containers.append(_Container())
        self._cells.append(DeclaredCell())

    def _describe_cell(self, properties: _Element) -> bool:
        if self._cells:
            self._cells[-1].describe(properties)
        return False

    def _close_cell(self) -> None:
        cell = self._cells.pop()
        cell.parts = self._ended()
        if cell.deleted:
            self.left_out.deletions += 1
        elif self._tables and self._tables[-1]:
            self._tables[-1][-1].cells.append(cell)
        else:
            self._containers[-1].parts.extend(cell.parts)

    def _leave_out(self, pictures: int = 0, embedded: int = 0) -> None:
        self.left_out.pictures += pictures
        self.left_out.embedded += embedded


def _text_in(element: _Element) -> str:
    return "".join(text for text in element.itertext(f"{W}t", f"{W}delText") if text)


_OPEN: dict[str, Callable[[Flow, _Element], bool | None]] = {
    **dict.fromkeys(_PASSED_OVER, lambda *_: False),
    f"{W}pPr": Flow._describe_paragraph,
    f"{W}rPr": Flow._describe_run,
    f"{W}tcPr": Flow._describe_cell,
    f"{W}p": lambda flow, _: flow._open_paragraph(),
    f"{W}r": Flow._open_run,
    f"{W}t": Flow._text,
    f"{W}bdo": Flow._open_backwards,
    f"{W}sdt": Flow._open_control,
    f"{_MATH}t": Flow._text,
    f"{_MATH}sup": lambda flow, _: flow._mark("^"),
    f"{_MATH}sub": lambda flow, _: flow._mark("_"),
    f"{_MATH}den": lambda flow, _: flow._mark("/"),
    f"{W}tab": lambda flow, _: flow._write("\t"),
    f"{W}ptab": lambda flow, _: flow._write("\t"),
    f"{W}br": lambda flow, _: flow._write("\n"),
    f"{W}cr": lambda flow, _: flow._write("\n"),
    f"{W}noBreakHyphen": lambda flow, _: flow._write("-"),
    f"{W}sym": Flow._symbol,
    f"{W}fldChar": Flow._field,
    f"{W}footnoteReference": Flow._note,
    f"{W}endnoteReference": Flow._note,
    f"{W}del": Flow._delete,
    f"{W}moveFrom": Flow._delete,
    f"{W}txbxContent": Flow._open_box,
    f"{W}tbl": lambda flow, _: flow._open_table(),
    f"{W}tr": Flow._open_row,
    f"{W}tc": lambda flow, _: flow._open_cell(),
    f"{W}altChunk": lambda flow, _: flow._leave_out(embedded=1),
    f"{W}subDoc": lambda flow, _: flow._leave_out(embedded=1),
    f"{_DRAWING}blip": lambda flow, _: flow._leave_out(pictures=1),
    f"{_VML}imagedata": lambda flow, _: flow._leave_out(pictures=1),
    f"{_COMPATIBILITY}Choice": Flow._alternative,
    f"{_COMPATIBILITY}Fallback": Flow._alternative,
}
"""What begins with an element; False passes over all that is in it."""

_CLOSE: dict[str, Callable[[Flow], object]] = {
    f"{W}p": Flow._close_paragraph,
    f"{W}r": Flow._close_run,
    **dict.fromkeys((f"{W}bdo", f"{W}sdt"), lambda flow: flow._unclear.pop()),
    f"{W}txbxContent": Flow._close_box,
    f"{W}tbl": Flow._close_table,
    f"{W}tc": Flow._close_cell,
}
