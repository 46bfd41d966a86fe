"""A sheet as a reader of workbooks fills it: what its cells show, which are merged, what is hidden, what is odd."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from gk_pipeline.documents.seen import LOWERED, RAISED, WHITE, Color, alike, too_small, unread_digits
from gk_pipeline.documents.sheets.number_format import Shown, Value, shown_value
from gk_pipeline.quality.finding import Finding

MAX_CELLS = 200_000
"""Cells with content that a workbook may have, and cells that its merged regions may cover."""
NOT_CALCULATED = "=?"
"""What stands for a formula whose result the file does not hold; it is no number."""

_MAX_RULED = 20_000
"""Blank cells within rules that are remembered of a sheet; the rest are those of rows nobody wrote in."""
_QUOTED = 3
"""Cells that a finding quotes."""

At = tuple[int, int]
"""Row and column, from 0."""


class Region(NamedTuple):
    """Merged cells, first and last row and column from 0."""

    top: int
    left: int
    bottom: int
    right: int


Ink = Literal["seen", "pale", "tiny"]
"""How letters look: `pale` ones are as white as the sheet, so that only those on a painted ground are seen."""


class Style(NamedTuple):
    """What matters of how a cell looks: number format, whether a rule is drawn at some side, letters and ground."""

    code: str = "General"
    is_ruled: bool = False
    is_struck: bool = False
    ink: Ink = "seen"
    is_painted: bool = False


class Run(NamedTuple):
    """A part of a text in one format; `lift` is above zero where it stands higher than others."""

    text: str
    is_struck: bool = False
    lift: int = 0
    ink: Ink = "seen"


def ink_of(points: float | None, color: Color | None) -> Ink:
    """How letters of that size and colour look, as far as something is known of them."""
    if points is not None and too_small(points):
        return "tiny"
    return "pale" if color is not None and alike(color, WHITE) else "seen"


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: `texts` the cells that show something, `ruled` the blank ones that have a rule at some side.

    `may_be_painted` says that rules may paint cells that have no ground of their own. `odd` gathers for each kind of
    oddity where it was met.
    """

    name: str
    is_hidden: bool = False
    zeros_shown: bool = True
    may_be_painted: bool = False
    texts: dict[At, str] = field(default_factory=dict)
    ruled: set[At] = field(default_factory=set)
    merged: list[Region] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    odd: dict[str, list[str]] = field(default_factory=dict)

    def show(self, at: At, value: Value, style: Style) -> None:
        """Put a number, truth value, date or time into a cell as its format shows it."""
        is_left_out = value == 0 and value is not False and not self.zeros_shown
        shown = Shown("", "hidden") if is_left_out else shown_value(value, style.code)
        if style.is_struck or style.ink != "seen":
            self.show_text(at, [Run(shown.text, style.is_struck, 0, style.ink)], style)
        elif shown.text.strip():
            self.texts[at] = shown.text
        if shown.doubt:
            self.mark(shown.doubt, at, f"{value} → {shown.text or '(blank)'}")

    def show_text(self, at: At, runs: Iterable[Run], style: Style) -> None:
        """Put a text into a cell; what is struck out or not seen is left out, what is raised joins no number."""
        text, lift, is_parted = "", 0, False
        for run in runs:
            if (run.is_struck or run.ink != "seen") and run.text.strip() and (why := self._why_left_out(run, style)):
                self.mark(why, at, run.text)
                is_parted = True
                continue
            if text[-1:].isdigit() and run.lift != lift:
                text += RAISED if run.lift > 0 and not lift else LOWERED
            elif is_parted and text[-1:].isdigit() and run.text[:1].isdigit():
                text += " "
            written = run.text if style.is_painted or run.ink != "pale" else unread_digits(run.text)
            if written != run.text:
                self.mark("unclear", at, run.text)
            text, lift, is_parted = text + written, run.lift, False
        if text.strip():
            self.texts[at] = text

    def _why_left_out(self, run: Run, style: Style) -> str | None:
        if run.is_struck:
            return "struck"
        is_white = run.ink == "pale" and not style.is_painted and not self.may_be_painted
        return "unseen" if run.ink == "tiny" or is_white else None

    def show_error(self, at: At, text: str, kind: str = "error") -> None:
        """Put into a cell what stands there instead of a value, such as #REF!."""
        self.texts[at] = text
        self.mark(kind, at, text)

    def close(self, at: At, style: Style) -> None:
        """End a cell: a blank one within rules is remembered."""
        if style.is_ruled and at not in self.texts and len(self.ruled) < _MAX_RULED:
            self.ruled.add(at)

    def mark(self, kind: str, at: At, what: str) -> None:
        """Remember an oddity of a cell."""
        self.odd.setdefault(kind, []).append(f"{reference(*at)} {what}".rstrip())

    def findings(self) -> Iterator[Finding]:
        """What a person should know about the sheet, a finding a kind with the first cells it was met in."""
        odd = self.odd
        if self.is_hidden:
            odd = {"sheet": [f"{reference(*at)} {text}" for at, text in self.texts.items()]} if self.texts else {}
        for name, kind in _KINDS.items():
            if found := odd.get(name):
                message = f"Sheet {self.name}: {kind.message.format(n=len(found))}."
                yield replace(kind, message=message, evidence="; ".join(one[:80] for one in found[:_QUOTED]))


def reference(row: int, column: int) -> str:
    """The name of a cell: row 6, column 1 is B7."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


_SAVE = "Open the file in an office program, save it, and read it again."
_COMPARE = "Compare these cells with the sheet as it looks when opened."
_UNHIDE = "If the figures in it belong to the report, unhide them and read the file again."
_TYPE = "If they show text or figures of the report, write these into cells."
_KINDS = {
    "sheet": Finding("note", "hidden_sheet", "it is hidden and holds {n:,} cell(s); it was left out", _UNHIDE),
    "row": Finding("note", "hidden_cells", "{n} cell(s) in hidden rows or columns were left out", _UNHIDE),
    "formula": Finding("warning", "formula_not_calculated", "{n} formula(s) have no result, or an old one", _SAVE),
    "error": Finding("warning", "cell_error", "{n} cell(s) show an error instead of a value", "Write the number."),
    "rounded": Finding("note", "shown_differs", "{n} cell(s) show another number than they store", _COMPARE),
    "hidden": Finding("warning", "value_not_shown", "{n} cell(s) store a value and do not show it", _COMPARE),
    "date": Finding("note", "shown_as_date", "{n} cell(s) store a number and show a date or time", _COMPARE),
    "format": Finding("warning", "number_format_unknown", "the format of {n} number(s) is not understood", _COMPARE),
    "digits": Finding("warning", "digits_lost", "{n} number(s) have over 15 digits; sheets keep 15", "Write as text."),
    "struck": Finding("warning", "struck_out", "{n} piece(s) of text are struck out; they were left out", _COMPARE),
    "unseen": Finding("note", "hidden_text", "{n} piece(s) of text that nobody sees were left out", _COMPARE),
    "unclear": Finding("warning", "shown_unclearly", "{n} piece(s) of text may be as white as the sheet", _COMPARE),
    "overlap": Finding("warning", "cells_overlap", "{n} overlapping regions were taken as not merged", _COMPARE),
    "comment": Finding("note", "comment_left_out", "{n} comment(s) on cells were left out", _TYPE),
    "drawing": Finding("warning", "drawing_not_read", "text boxes, pictures or charts on it were not read", _TYPE),
}
