"""What a person sees of a page, by the same rules in every format.

Text that nobody sees is left out, and struck-out text too. A raised or lowered character joins no number. Where it is
not known how digits are shown, they are unreadable. Each of this is told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gk_pipeline.documents.document import UNREAD
from gk_pipeline.quality.finding import Finding

RAISED, LOWERED = "^", "_"
"""What is put between a digit and one that stands higher, or lower, so that they are not read as one number.

Behind a raised digit the next one stands lower: 22 with a raised 1 may be a number with the mark of a footnote, but a
raised 1 before 22 is neither.
"""

Color = tuple[float, float, float]
"""Red, green and blue, of 1 each."""
WHITE: Color = (1.0, 1.0, 1.0)
BLACK: Color = (0.0, 0.0, 0.0)

_SAME = 0.12
"""How alike two colours are, of 1, when nobody can tell one on the other."""
_SMALLEST = 2.0
"""Points of the smallest type that anybody sees; what is printed small in earnest has five or more."""
_FAINTEST = 0.1
"""Opacity of 1 up to which nobody sees a letter."""
_DIGIT = re.compile(r"\d")


def alike(one: Color, other: Color) -> bool:
    """Whether nobody can tell one colour on the other."""
    (red, green, blue), (other_red, other_green, other_blue) = one, other
    return abs(red - other_red) <= _SAME and abs(green - other_green) <= _SAME and abs(blue - other_blue) <= _SAME


def hex_color(code: str) -> Color | None:
    """The colour that six digits of base 16 name; None for anything else, such as `auto`."""
    try:
        return (int(code[:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:], 16) / 255) if len(code) == 6 else None
    except ValueError:
        return None


def too_small(points: float) -> bool:
    """Whether nobody sees letters of that size."""
    return points < _SMALLEST


def too_faint(opacity: float) -> bool:
    """Whether nobody sees letters of that opacity, of 1."""
    return opacity <= _FAINTEST


def unread_digits(text: str) -> str:
    """The text with its digits unreadable, as it is not known how they are shown."""
    return _DIGIT.sub(UNREAD, text)


@dataclass(slots=True)
class Unseen:
    """What was met of a file and not read as it is written: each list holds pieces of text."""

    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def findings(self, where: str) -> Iterator[Finding]:
        """A finding for each kind; `where` begins the sentence, as in `The page`."""
        if hidden := _pieces(self.hidden):
            yield Finding(
                "note",
                "hidden_text",
                f"{where} holds {len(hidden)} piece(s) of text that nobody sees; they were left out.",
                "If the text belongs to the report, show it and read the file again.",
                "; ".join(hidden)[:80],
            )
        if struck := _pieces(self.struck):
            yield Finding(
                "warning",
                "struck_out",
                f"{where} holds {len(struck)} piece(s) of text that are struck out; they were left out.",
                "See whether something stands in their stead; a cell that is struck out as a whole has no number.",
                "; ".join(struck)[:80],
            )
        if unclear := _pieces(self.unclear):
            yield Finding(
                "warning",
                "shown_unclearly",
                f"{where} shows {len(unclear)} piece(s) of text in a way that is not understood;"
                f" their digits are read as {UNREAD}.",
                "See what the page shows there; cells with such digits have no number.",
                "; ".join(unclear)[:80],
            )


def _pieces(texts: list[str]) -> list[str]:
    return [piece for piece in (" ".join(text.split()) for text in texts) if piece]
