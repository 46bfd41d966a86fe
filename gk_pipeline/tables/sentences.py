"""The sentences of a paragraph, and a number in one of them with what is said around it."""

import re
from collections.abc import Iterator
from copy import copy
from functools import cached_property

from gk_pipeline.tables.paragraphs import Paragraph
from gk_pipeline.tables.periods import NOTHING_SAID, Mark, Told, time_marks, told_at
from gk_pipeline.tables.stated import Bound, Stated

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_TITLES = re.compile(r"《[^》]*》|〔[^〕]*〕|【[^】]*】")
_TITLE = re.compile("[《〔【]")
_LONGEST_CLAUSE, _LONGEST_CONTEXT = 100, 2000
"""Characters around a number in which its phrase is looked for, and what is said around it."""
_LONGEST_SAID = 600
"""Characters of a sentence that are kept with each of its numbers."""
_CLAUSE_ENDS = re.compile(r"[，,；;（()）]")
_PAUSE = re.compile(r"[，,；;。（()）、！!？?]")
_COUNTED = re.compile(r"\d\s?[^\d\s年月日、.．）)]")
_LONGEST_LEAD = 40
"""Characters up to which the line before a paragraph is a heading."""


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
        self._earlier: Told | None = None

    @cached_property
    def marks(self) -> list[Mark]:
        """The times that it names."""
        return time_marks(self.text)

    @property
    def topic(self) -> str:
        """The clause just before the sentence if it counts nothing: the end of the one before it, or the heading."""
        if self._before is not None:
            last = _PAUSE.split(self._before.text.rstrip("。！？!? \n"))[-1]
        else:
            last = self.paragraph.lead.strip()
            last = "" if len(last) > _LONGEST_LEAD or last.endswith("。") else last
        return "" if _COUNTED.search(last) else last

    def time_at(self, position: int, year: int | None) -> Told:
        """The time of which it speaks at a position; `year` is the report's."""
        return told_at(self.marks, position, year, self._said_before(year))

    def _said_before(self, year: int | None) -> Told:
        """The last time that a sentence before it spoke of."""
        if self._earlier is None:
            self._earlier, one = NOTHING_SAID, self._before
            while one is not None:
                now = told_at(one.marks, len(one.text), year)
                self._earlier = now if now.said else one._earlier or NOTHING_SAID
                if now.said or one._earlier is not None:
                    break
                one = one._before
        return self._earlier


class Here:
    """A number in its sentence: the text since the number before (`stretch`), and the last clause of that."""

    def __init__(self, sentence: Sentence, cursor: int, stated: Stated) -> None:
        self.sentence = sentence
        self.stated = stated
        self.stretch = sentence.text[cursor : stated.start]
        self.clause = _CLAUSE_ENDS.split(self.stretch)[-1][-_LONGEST_CLAUSE:]

    def meant(self, bound: Bound) -> "Here":
        """The same number, meant otherwise."""
        copied = copy(self)
        copied.stated = self.stated._replace(bound=bound)
        return copied

    @property
    def said(self) -> str:
        """The sentence as printed; of a long one what stands around the number."""
        offset, length, printed = self.sentence.offset, len(self.sentence.text), self.sentence.paragraph.printed
        if length <= _LONGEST_SAID:
            return printed[offset : offset + length].strip()
        start = max(0, self.stated.start - _LONGEST_SAID // 2)
        return printed[offset + start : offset + min(length, start + _LONGEST_SAID)].strip()

    @property
    def printed(self) -> str:
        """The number and its counter."""
        return self.sentence.text[self.stated.printed_start : self.stated.end]

    @property
    def tail(self) -> str:
        """What follows the number up to the next pause."""
        return _PAUSE.split(self.after[:_LONGEST_CLAUSE], maxsplit=1)[0]

    @property
    def before(self) -> str:
        """What was said before it, from the line before the paragraph on."""
        paragraph, end = self.sentence.paragraph, self.sentence.offset + self.stated.start
        return paragraph.lead[-_LONGEST_CONTEXT:] + paragraph.text[max(0, end - _LONGEST_CONTEXT) : end]

    @property
    def place(self) -> tuple[int | None, ...] | None:
        """Where the number is printed; None where it is torn by the end of a line."""
        offset = self.sentence.offset
        return self.sentence.paragraph.place(offset + self.stated.printed_start, offset + self.stated.printed_end)

    @property
    def printed_there(self) -> str:
        """The number as printed."""
        offset, printed = self.sentence.offset, self.sentence.paragraph.printed
        return printed[offset + self.stated.printed_start : offset + self.stated.printed_end]

    @property
    def so_far(self) -> str:
        """Its sentence up to it."""
        return self.sentence.text[max(0, self.stated.start - _LONGEST_CONTEXT) : self.stated.start]

    @property
    def after(self) -> str:
        """What follows the number in its sentence."""
        return self.sentence.text[self.stated.end : self.stated.end + _LONGEST_CONTEXT]


def _blanks(match: re.Match[str]) -> str:
    return "　" * len(match[0])
