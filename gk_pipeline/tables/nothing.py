"""Sentences that say zero in words: 未收到政府信息公开申请; 未发生行政复议、行政诉讼."""

from collections.abc import Iterator

from gk_pipeline.schemas.exact import MICRO
from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.reading import Reading
from gk_pipeline.tables.said import Said
from gk_pipeline.tables.sentences import Here
from gk_pipeline.tables.stated import Stated
from gk_pipeline.tables.subjects import Subject
from gk_pipeline.tables.vocabulary import Vocabulary


def nothings(known: Vocabulary, text: str) -> Iterator[Stated]:
    """Every place where a text says that there was none of something, as a number without a counter."""
    for match in known.nothing.finditer(text):
        start, end = match.start(), match.end("of")
        yield Stated(start, end, start, end, 0, MICRO, "", "exact")


def of_nothing(reading: Reading, here: Here, said: Said) -> list[ReadClaim]:
    """A claim for each thing of which there was none."""
    known = reading.known
    words = here.sentence.text[here.stated.start : here.stated.end]
    made = []
    for noun in known.nouns.finditer(words):
        if noun.end() == len(words) or known.joining.match(words, noun.end()):
            for rule in known.rules_of_none[noun[0]]:
                told = Subject([rule], here.clause, words, here.after, None, of_each=False)
                made += reading.count(here, said, told, [rule])
    return made
