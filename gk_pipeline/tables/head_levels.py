"""Whether heads tell an order of columns by where they are printed, and not only by which of them is read first."""

from collections.abc import Sequence

from gk_pipeline.forms import Measure, Part
from gk_pipeline.tables.head_words import IN_COLUMNS, HeadWord, Level, Vocabulary


def untold(part: Part, heads: Vocabulary, order: Sequence[Measure | None], words: Sequence[HeadWord]) -> list[Measure]:
    """The measures of which an order is another than the form's, and is not told by heads in one row or in columns.

    Heads that are torn or stand on several heights, as one centred beside two lines does, are read in any order: they
    may confirm the form's, and no more. Those that share a head stand in a row of their own.
    """
    found: list[Measure] = []
    levels: set[Level | None] = set()
    for shared in dict.fromkeys(measure.under for measure in part.measures):
        own = [measure for measure in order if measure is not None and measure.under == shared]
        above = {word.level for word in words if shared and word.names == shared} - {IN_COLUMNS}
        in_one_row = _rows_of(own, heads, words) - above
        if not in_one_row and (None in order or own != sorted(own, key=part.measures.index)):
            found += own
        levels |= in_one_row
    beside = None in order and not all(word.level in levels for word in words if word.names is None)
    return [measure for measure in order if measure is not None] if beside else found


def _rows_of(measures: Sequence[Measure], heads: Vocabulary, words: Sequence[HeadWord]) -> set[Level | None]:
    """The rows in which each of some measures has a head."""
    counting = [word for word in words if word.level == IN_COLUMNS or (word.level and word.text in heads.names)]
    rows = [{word.level for word in counting if word.names == measure.code} for measure in measures]
    return set.intersection(*rows) if rows else set()
