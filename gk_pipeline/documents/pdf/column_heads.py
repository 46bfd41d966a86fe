"""The heads of columns that no rules part, and the values below them."""

import re
from collections.abc import Sequence

from gk_pipeline.documents.pdf.cells import Area
from gk_pipeline.documents.pdf.lines import Word
from gk_pipeline.documents.pdf.table import BEGINS, PageCell

_VALUE = re.compile(r"[+＋\-－−]?\d[\d,，.]*[%％件项个条次起宗份]?|[-—–－/／]+|无")
_SENTENCE = re.compile("[，。；：]")
_AS_LARGE = 0.1
"""Of the size of a font, by how much that of the heads of a table may differ."""
_HEAD_LINES = 10
"""Lines above the first row among which the heads of its columns are looked for."""


def values_at_end(line: Sequence[Word]) -> list[Word]:
    """The values in which a line ends."""
    first = len(line)
    while first and _VALUE.fullmatch(line[first - 1].text):
        first -= 1
    return list(line[first:])


def heads_above(
    columns: Sequence[tuple[float, float]], lines: Sequence[Sequence[Word]], first: int, edge: float, taken: set[int]
) -> tuple[list[PageCell], set[int]]:
    """The heads above the first row, those of one column put together, and their lines."""
    middles = _middles(columns)
    numbers = []
    for number in range(first - 1, max(first - 1 - _HEAD_LINES, -1), -1):
        line = lines[number]
        right = [word for word in line if word.right > edge]
        if _is_running(lines, number) or (right and _is_heading(right)):
            break
        if number in taken or not right or values_at_end(line) or any(word.left < edge - 2 * word.em for word in right):
            if not right and number not in taken and not BEGINS.match(line[0].text):
                numbers.append(number)
                continue
            break
        numbers.append(number)
    while numbers and all(word.right <= edge for word in lines[numbers[-1]]):
        numbers.pop()
    spanning: list[tuple[Word, int, int]] = []
    single: list[list[Word]] = [[] for _ in columns]
    stub: list[Word] = []
    for number in reversed(numbers):
        for word in lines[number]:
            over = [column for column, middle in enumerate(middles) if word.left - 2 <= middle <= word.right + 2]
            if word.right <= edge and not over:
                stub.append(word)
            elif len(over) > 1:
                spanning.append((word, over[0], len(over)))
            else:
                single[_nearest(word, middles)].append(word)
    for column, words in enumerate(single):
        while len(words) > 1 and words[0].right - words[0].left > _room(column, middles):
            spanning.append((words.pop(0), column, 1))
    cells = []
    for row, (word, column, over_so_many) in enumerate(sorted(spanning, key=lambda one: (one[0].line, one[0].left))):
        area = Area(row, column + 1, 1, over_so_many)
        cells.append(PageCell(area, word.left, word.right, word.text, word.line, False))
    for column, words in enumerate([stub, *single]):
        if words:
            text = "\n".join(word.text for word in words)
            area = Area(len(spanning), column, 1, 1)
            cells.append(PageCell(area, words[0].left, words[-1].right, text, words[0].line, False))
    return cells, set(numbers)


def two_of_a_column(line: Sequence[Word], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether two words of a line stand nearest to one column."""
    nearest = [_nearest(word, _middles(columns)) for word in line]
    return len(set(nearest)) < len(nearest)


def _room(column: int, middles: Sequence[float]) -> float:
    """How far the next columns are from one at most; a head that is wider, and has others below it, spans several."""
    return max(abs(middles[column] - middle) for middle in middles[max(0, column - 1) : column + 2])


def _middles(columns: Sequence[tuple[float, float]]) -> list[float]:
    return [(left + right) / 2 for left, right in columns]


def _nearest(word: Word, middles: Sequence[float]) -> int:
    return min(range(len(middles)), key=lambda column: abs(2 * middles[column] - word.left - word.right))


def _is_running(lines: Sequence[Sequence[Word]], number: int) -> bool:
    """Whether a line heads the page and not a table: it is the first, and of another size than the next."""
    below = [line[0].em for line in lines[1:2]]
    return number == 0 and any(abs(lines[0][0].em - em) > _AS_LARGE * em for em in below)


def _is_heading(words: Sequence[Word]) -> bool:
    """Whether words above a table are the heading of a section, or of a sentence, and no heads of columns."""
    return BEGINS.match(words[0].text) is not None or any(_SENTENCE.search(word.text) for word in words)
