"""A sheet as a reader of workbooks fills it: what its cells show, which are merged, what is hidden."""

from dataclasses import dataclass, field
from typing import NamedTuple

from gk_pipeline.documents.number_format import Shown, exact, shown_number, shown_text
from gk_pipeline.documents.refusals import too_large
from gk_pipeline.documents.rich_text import RichText

MAX_TEXTS = 400_000
"""Cells with content that a workbook may have; a form has a few hundred."""
NOT_CALCULATED = "=?"
"""What stands for a formula whose result the file does not hold; it is no number."""

_MAX_RULED = 20_000
"""Blank cells within rules that are remembered of a sheet; the rest are those of rows nobody wrote in."""
_LARGEST = 1e300
_KEPT_DIGITS = 15


class Region(NamedTuple):
    """Merged cells, first and last row and column from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Style(NamedTuple):
    """What matters of how a cell looks: its number format, whether a rule is drawn at some side, a line through it."""

    code: str = "General"
    is_ruled: bool = False
    is_struck: bool = False


@dataclass(slots=True)
class Sheet:
    """What a sheet shows; rows and columns count from 0, as from A1.

    `texts` are the cells that show something, `ruled` the blank ones that have a rule at some side, `boxes` what
    stands in text boxes, with the row where each begins. `odd` gathers for each kind of oddity where it was met.
    """

    name: str
    since_1904: bool = False
    zeros_shown: bool = True
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    ruled: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Region] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    boxes: list[tuple[int, str]] = field(default_factory=list)
    odd: dict[str, list[str]] = field(default_factory=dict)

    def show_number(self, row: int, column: int, number: float, style: Style) -> None:
        """Put a number into a cell as its format shows it."""
        if not abs(number) < _LARGEST:
            self.show_error(row, column, str(number))
            return
        stored = exact(number)
        if number == 0 and not self.zeros_shown:
            shown = Shown("", "hidden")
        else:
            shown = shown_number(number, style.code, self.since_1904)
        if abs(number) >= 10**_KEPT_DIGITS:
            self.mark("digits", row, column, shown.text)
        self._show(row, column, shown, str(stored), style.is_struck)

    def show_text(self, row: int, column: int, text: RichText, style: Style) -> None:
        """Put a text into a cell."""
        self._show(row, column, shown_text(text.text, style.code), text.text, text.is_struck or style.is_struck)

    def show_truth(self, row: int, column: int, is_true: bool) -> None:
        """Put TRUE or FALSE into a cell."""
        self.texts[row, column] = "TRUE" if is_true else "FALSE"

    def show_error(self, row: int, column: int, error: str) -> None:
        """Put an error such as #REF! into a cell."""
        self.texts[row, column] = error
        self.mark("error", row, column, error)

    def show_unknown(self, row: int, column: int, formula: str) -> None:
        """Put into a cell that its number is not known: only calculating the formula could tell it."""
        self.texts[row, column] = NOT_CALCULATED
        self.mark("formula", row, column, formula)

    def close(self, row: int, column: int, style: Style) -> None:
        """End a cell; raises `Unreadable` where the sheet has more than any report."""
        if (row, column) in self.texts:
            if len(self.texts) > MAX_TEXTS:
                raise too_large(f"a sheet of more than {MAX_TEXTS:,} cells with content")
        elif style.is_ruled and len(self.ruled) < _MAX_RULED:
            self.ruled.add((row, column))

    def mark(self, kind: str, row: int, column: int, what: str) -> None:
        """Remember an oddity of a cell."""
        self.odd.setdefault(kind, []).append(f"{reference(row, column)} {what}".rstrip())

    def _show(self, row: int, column: int, shown: Shown, stored: str, is_struck: bool) -> None:
        if shown.text.strip():
            self.texts[row, column] = shown.text
            if is_struck:
                self.mark("struck", row, column, shown.text)
        if shown.doubt:
            self.mark(shown.doubt, row, column, f"{stored} → {shown.text or '(blank)'}")


def reference(row: int, column: int) -> str:
    """The name of a cell: row 6, column 1 is B7."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
