"""What a person should know of a PDF that was read: what of it was left out, put together, or is not known."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gk_pipeline.quality.finding import Finding

_MOST_PAGES = 8
"""Pages that a message names."""

_ODD = {
    "picture": Finding(
        "warning",
        "picture_not_read",
        "{pages}: a large picture; what is printed in it was not read.",
        "If it shows a table or a page of the report, ask for the file that the PDF was made from.",
    ),
    "unreadable": Finding(
        "warning",
        "glyphs_unreadable",
        "{pages}: of {count} letters the file does not say which characters they are; they are read as \ufffd.",
        "Print it into a new PDF from the program that made it; a cell in which one of them stands has no number.",
    ),
    "pictured": Finding(
        "warning",
        "text_under_picture",
        "{pages}: a picture lies over {count} letters; they are read as \ufffd.",
        "See what the page shows there; cells with such letters have no number.",
    ),
    "undrawn": Finding(
        "warning",
        "notes_not_drawn",
        "{pages}: text was laid over the page without the look that it should have; {count} letters in its place are "
        "read as \ufffd.",
        "Print the page as a viewer shows it into a new PDF; cells with such letters have no number.",
    ),
    "overprinted": Finding(
        "warning",
        "glyphs_overprinted",
        "{pages}: {count} letters lie over others; they are read as \ufffd.",
        "See which of them the page shows; a cell in which one of them stands has no number.",
    ),
    "touching": Finding(
        "warning",
        "numbers_touch",
        "{pages}: {count} numbers touch over the rule between two cells; where one ends is not known.",
        "See on the page which digits belong to which cell; such cells have no number.",
    ),
    "too_many": Finding(
        "warning",
        "rules_left_out",
        "{pages}: so many lines and shapes that no table was looked for; the text was read as it stands.",
        "Print the page into a new PDF without its decoration.",
    ),
    "struck_out": Finding(
        "warning",
        "struck_out",
        "{pages}: {count} letters are struck out; they were left out.",
        "See on the page whether they are, and whether something stands in their stead.",
    ),
    "hidden": Finding(
        "note",
        "hidden_text",
        "{pages}: {count} letters that nobody sees, covered, without ink or in the colour of the page, were left out.",
        "If the page shows them, print it into a new PDF and read that.",
    ),
    "slanted": Finding(
        "note",
        "slanted_text",
        "{pages}: {count} letters that stand aslant, as a watermark does, were left out.",
        "If they belong to the report, look them up on the page.",
    ),
    "tiled": Finding(
        "note",
        "watermark_text",
        "{pages}: {count} letters of a pale text that the page repeats, as a watermark does, were left out.",
        "If they belong to the report, look them up on the page.",
    ),
    "parted": Finding(
        "note",
        "numbers_parted",
        "{pages}: {count} numbers touch others outside of ruled tables; where one ends, its thousands tell.",
        "See on the page which number stands in which column.",
    ),
    "wrapped": Finding(
        "note",
        "numbers_wrapped",
        "{pages}: {count} numbers too long for their cell go on in its next line; each was read as one.",
        "See on the page that no two numbers stand below each other there.",
    ),
}
"""For what is counted on pages the finding, its message without the pages and the count."""


class Oddities:
    """What was odd on which pages; `repeated` are the lines that were read once."""

    def __init__(self) -> None:
        self.repeated: Sequence[str] = ()
        self._pages: dict[str, Counter[int]] = {}
        self._glyphs = 0

    def note(self, page: int, counted: Counter[str], glyphs: int) -> None:
        """Keep what was counted on a page."""
        self._glyphs += glyphs
        for why, count in counted.items():
            if count:
                self._pages.setdefault(why, Counter())[page] = count

    @property
    def unreadable_share(self) -> float:
        """The share of letters whose characters are not known."""
        return self._pages.get("unreadable", Counter()).total() / max(self._glyphs, 1)

    @property
    def hides(self) -> bool:
        """Whether there is text that nobody sees."""
        return "hidden" in self._pages

    def findings(self) -> Iterator[Finding]:
        """A finding for each kind of oddity."""
        for why, finding in _ODD.items():
            if why in self._pages:
                on = self._pages[why]
                yield replace(finding, message=finding.message.format(pages=_named(sorted(on)), count=on.total()))
        if self.repeated:
            lines = Counter(self.repeated)
            message = f"{len(lines)} line(s) at the edges of pages are repeated from page to page; each was read once."
            advice = "If one of them is no running head, look at the pages after the first that prints it."
            yield Finding("note", "running_lines", message, advice, next(iter(lines))[:80])


def _named(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:_MOST_PAGES]))
    more = f" and {len(pages) - _MOST_PAGES} more" if len(pages) > _MOST_PAGES else ""
    return f"Page{'s' if len(pages) > 1 else ''} {shown}{more}"
