"""A paragraph of a Word file while it is read: which of its runs are shown, and how their characters join."""

from dataclasses import dataclass, field

from lxml.etree import _Element

from gk_pipeline.documents.document import Block
from gk_pipeline.documents.seen import LOWERED, RAISED
from gk_pipeline.documents.word.styles import LOOKS, Look, Numbered, Style, Styles, is_on, look_of, named, value

_PLAIN = Look()


@dataclass(slots=True)
class Paragraph:
    """The characters so far, and the state of the run that is open.

    `runs_on` tells that the mark at its end is deleted or hidden, so that the next paragraph goes on in its line;
    `beside` are the parts of text boxes that hang on it.
    """

    pieces: list[str]
    style_id: str | None
    style: Style
    numbered: Numbered | None = None
    runs_on: bool = False
    beside: list[Block] = field(default_factory=list)
    look: Look = _PLAIN
    _in_run: bool = False
    _last_lift: int = 0
    _parted: bool = False
    _codes: list[int | None] = field(default_factory=list)
    """For every open field the piece at which its code begins; None once its result has begun."""

    def describe(self, properties: _Element, styles: Styles) -> None:
        """Take in what a `w:pPr` says."""
        says = named(properties, "pStyle", "numPr", "rPr")
        self.style_id = value(says.get("pStyle")) or self.style_id
        self.style = styles.get(self.style_id)
        self.numbered = self.style.numbered
        if "numPr" in says:
            own, of_style = named(says["numPr"], "numId", "ilvl"), self.numbered or Numbered(None, None)
            list_id, level = value(own.get("numId")), value(own.get("ilvl"))
            self.numbered = Numbered(list_id or of_style.list_id, level or of_style.level)
        mark = named(says["rPr"], "del", "moveFrom", "vanish") if "rPr" in says else {}
        self.runs_on = "del" in mark or "moveFrom" in mark or is_on(mark.get("vanish"))

    def open_run(self) -> None:
        """A run begins, as the paragraph's style has it."""
        self._in_run = True
        self.look = self.style.look

    def describe_run(self, properties: _Element, styles: Styles) -> None:
        """Take in what a `w:rPr` says of the run that is open: it goes before its style, and that before ours."""
        if not self._in_run:
            return
        says = named(properties, "rStyle", *LOOKS)
        of_style, around = styles.get(value(says.pop("rStyle", None))).look, self.style.look
        look = of_style.over(around)
        if (of_style.hidden, of_style.struck) != (None, None):
            # Where both styles hide, Word shows: each toggles the other.
            hidden = bool(around.hidden) != bool(of_style.hidden)
            look = look._replace(hidden=hidden, struck=bool(around.struck) != bool(of_style.struck))
        self.look = look_of(says).over(look)

    def close_run(self) -> None:
        """The run has ended: what comes between runs is plain."""
        self._in_run, self.look = False, _PLAIN

    def part(self) -> None:
        """What was left out here stands between digits: they join no number."""
        self._parted = True

    def write(self, characters: str) -> None:
        """Put down characters of the run: digits that stand higher or lower never join those before and behind them."""
        if not characters:
            return
        lift = self.look.lift or 0
        if self.ends_in_digit():
            if lift != self._last_lift:
                self.pieces.append(RAISED if lift > 0 and not self._last_lift else LOWERED)
            elif self._parted and characters[0].isdigit():
                self.pieces.append(" ")
        self._last_lift, self._parted = lift, False
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
