"""A paragraph of a Word file while it is read: which of its runs are shown, and how their characters join."""

from dataclasses import dataclass, field

from lxml.etree import _Element

from gk_pipeline.documents.document import Block
from gk_pipeline.documents.docx_styles import Numbered, Styles, child_of, is_on, value_of

_RAISED = {"superscript": "^", "subscript": "_"}


@dataclass(slots=True)
class Paragraph:
    """The characters so far, and the state of the run that is open.

    `runs_on` tells that the mark at its end is deleted or hidden, so that the next paragraph goes on in its line;
    `beside` are the parts of text boxes that hang on it.
    """

    pieces: list[str]
    style: str | None = None
    numbered: Numbered | None = None
    runs_on: bool = False
    beside: list[Block] = field(default_factory=list)
    hidden: bool = False
    _raised: str = ""
    _struck: bool = False
    _last_raised: str = ""
    _last_struck: bool = False
    _codes: list[int | None] = field(default_factory=list)
    """For every open field the piece at which its code begins; None once its result has begun."""

    def open_run(self, element: _Element, styles: Styles) -> None:
        """A run begins: its own properties go before those of its style and of the paragraph's."""
        own = child_of(element, "rPr")
        around = styles.get(self.style)
        if own is None:
            self.hidden, self._raised, self._struck = bool(around.hidden), _RAISED.get(around.raised or "", ""), False
            return
        style = styles.get(value_of(own, "rStyle"))
        hidden = is_on(own, "vanish")
        # Where both styles hide, Word shows: each toggles the other.
        self.hidden = bool(around.hidden) != bool(style.hidden) if hidden is None else hidden
        self._raised = _RAISED.get(value_of(own, "vertAlign") or style.raised or around.raised or "", "")
        self._struck = bool(is_on(own, "strike") or is_on(own, "dstrike"))

    def close_run(self) -> None:
        """The run has ended: what comes between runs is plain."""
        self.hidden, self._raised, self._struck = False, "", False

    def write(self, characters: str) -> None:
        """Put down characters of the run: raised or struck out digits never join those before and behind them."""
        if not characters:
            return
        if self.ends_in_digit():
            if self._struck != self._last_struck:
                self.pieces.append("\n")
            elif self._raised != self._last_raised:
                self.pieces.append(self._raised or " ")
        self._last_raised, self._last_struck = self._raised, self._struck
        self.pieces.append(characters)

    def ends_in_digit(self) -> bool:
        """Whether the last character is a digit."""
        return bool(self.pieces) and self.pieces[-1][-1:].isdigit()

    def field(self, character: str) -> None:
        """A field's code begins, its result, or what comes behind it; a code that never ends is shown."""
        if character == "begin":
            self._codes.append(len(self.pieces))
        elif self._codes:
            code = self._codes.pop()
            if code is not None:
                del self.pieces[code:]
            if character == "separate":
                self._codes.append(None)


def paragraph_of(element: _Element, pieces: list[str], styles: Styles) -> Paragraph:
    """The paragraph that a `w:p` begins, behind the pieces of one that runs on."""
    properties = child_of(element, "pPr")
    if properties is None:
        style, own, mark = styles.default_paragraph, None, None
    else:
        style = value_of(properties, "pStyle") or styles.default_paragraph
        own, mark = child_of(properties, "numPr"), child_of(properties, "rPr")
    numbered = styles.get(style).numbered
    if own is not None:
        of_style = numbered or Numbered(None, None)
        numbered = Numbered(value_of(own, "numId") or of_style.list_id, value_of(own, "ilvl") or of_style.level)
    gone = mark is not None and (
        child_of(mark, "del") is not None or child_of(mark, "moveFrom") is not None or bool(is_on(mark, "vanish"))
    )
    return Paragraph(pieces, style, numbered, gone)
