"""The sentences of a paragraph, and a number in one of them with what is said around it."""

import re
from collections.abc import Iterator
from functools import cached_property

from gk_pipeline.tables.paragraphs import Paragraph
from gk_pipeline.tables.periods import NOTHING_SAID, Mark, Told, time_marks, told_at
from gk_pipeline.tables.stated import Stated

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_TITLES = re.compile(r"《[^》]*》|〔[^〕]*〕|【[^】]*】")
_TITLE = re.compile("[《〔【]")
_CLAUSE_ENDS = re.compile(r"[，,；;（()）]")


def sentences(paragraph: Paragraph) -> Iterator["Sentence"]:
    """The sentences of a paragraph in their order."""
    before = None
    for match in _SENTENCE.finditer(paragraph.text):
        before = Sentence(paragraph, match.start(), match[0], before)
        yield before


class Sentence:
    """A sentence of a paragraph, from `offset` on, and the one before it."""

    def __init__(self, paragraph: Paragraph, offset: int, text: str, before: "Sentence | None") -> None:
        self.paragraph = paragraph
        self.offset = offset
        self.text = _TITLES.sub(_blanks, text) if _TITLE.search(text) else text
        self._before = before

    @cached_property
    def marks(self) -> list[Mark]:
        """The times that it names."""
        return time_marks(self.text)

    def time_at(self, position: int, year: int | None) -> Told:
        """The time of which it speaks at a position."""
        said_before, earlier = NOTHING_SAID, self._before
        while earlier is not None and not said_before.said:
            said_before = told_at(earlier.marks, len(earlier.text), year)
            earlier = earlier._before
        return told_at(self.marks, position, year, said_before if said_before.said else NOTHING_SAID)


class Here:
    """A number in its sentence: the text since the number before (`stretch`), and the last clause of that."""

    def __init__(self, sentence: Sentence, cursor: int, stated: Stated) -> None:
        self.sentence = sentence
        self.stated = stated
        self.stretch = sentence.text[cursor : stated.start]
        self.clause = _CLAUSE_ENDS.split(self.stretch)[-1]

    @property
    def printed(self) -> str:
        """The number and its counter."""
        return self.sentence.text[self.stated.printed_start : self.stated.end]

    @property
    def before(self) -> str:
        """All that was said so far, from the line before the paragraph on."""
        paragraph = self.sentence.paragraph
        return paragraph.lead + paragraph.text[: self.sentence.offset + self.stated.start]

    @property
    def place(self) -> tuple[int | None, ...] | None:
        """Where the number is printed; None where it is torn by the end of a line."""
        offset = self.sentence.offset
        return self.sentence.paragraph.place(offset + self.stated.printed_start, offset + self.stated.printed_end)

    @property
    def after(self) -> str:
        """What follows the number in its sentence."""
        return self.sentence.text[self.stated.end :]


def _blanks(match: re.Match[str]) -> str:
    return "　" * len(match[0])
