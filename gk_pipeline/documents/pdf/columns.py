"""Wide tables without rules: values that stand below each other are a column, and labels left of them begin rows.

Only what is certain becomes a table: where a row has no label of its own, or two, the lines stay as they stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gk_pipeline.documents.pdf.cells import Area
from gk_pipeline.documents.pdf.column_heads import heads_above, two_of_a_column, values_at_end
from gk_pipeline.documents.pdf.lines import Word, by_line
from gk_pipeline.documents.pdf.table import BEGINS, PageCell, Table

_MANY = 5
"""Values side by side from which on a line is a row of a wide table."""
_ITEM = re.compile(r"[（(]|\d")
"""How the label of a row begins that is no chapter, whose number headings have too."""
_BESIDE = 0.6
"""Of the size of a font, how far apart words may stand that begin in one place, or in one height."""
_NEXT = 2.2
"""Of the size of a font, how far below a line of a label its next one stands at most."""
_ROOM = 1.5
"""Of the size of a font, how much room the full line of a label may leave."""


@dataclass(slots=True)
class _Label:
    """A label, or what stands left of several: its words, and between which heights they stand."""

    left: float
    words: list[Word]
    row: int | None = None

    @property
    def text(self) -> str:
        return "\n".join("".join(word.text for word in line) for line in by_line(self.words))

    def begins_at(self, word: Word) -> bool:
        """Whether a word begins where the label does."""
        return abs(self.left - word.left) <= _BESIDE * word.em

    def is_centred_on(self, line: Sequence[Word]) -> bool:
        """Whether words have the same middle as the label."""
        middle = min(word.left for word in self.words) + max(word.right for word in self.words)
        return abs(middle - line[0].left - line[-1].right) <= 2 * _BESIDE * line[0].em

    def beside(self, word: Word) -> bool:
        """Whether a value stands on the height of some line of the label, or between two."""
        near = _BESIDE * word.em
        return self.words[0].middle - near <= word.middle <= self.words[-1].middle + near


@dataclass(slots=True)
class _Rows:
    """Rows that follow each other: the numbers of their lines, with the values of each by column."""

    columns: list[tuple[float, float]]
    rows: dict[int, list[Word]] = field(default_factory=dict)

    def takes(self, values: Sequence[Word]) -> dict[int, Word] | None:
        """The values by column; None where one stands in none, or two in the same."""
        middles = [(left + right) / 2 for left, right in self.columns]
        pitch = min(other - one for one, other in pairwise(middles))
        found: dict[int, Word] = {}
        for value in values:
            middle = (value.left + value.right) / 2
            column = min(range(len(middles)), key=lambda number: abs(middles[number] - middle))
            left, right = self.columns[column]
            if column in found or value.left > right or value.right < left or abs(middles[column] - middle) > pitch / 2:
                return None
            found[column] = value
        return found


def without_rules(words: Sequence[Word]) -> tuple[list[Table], list[Word]]:
    """The wide tables among words that stand in none, and the words that stand beside them."""
    lines = list(by_line(words))
    tables: list[Table] = []
    taken: set[int] = set()
    for rows in _runs(lines):
        made = _table(rows, lines, taken)
        if made is not None:
            tables.append(made[0])
            taken |= made[1]
    return tables, [word for number, line in enumerate(lines) if number not in taken for word in line]


def _runs(lines: Sequence[Sequence[Word]]) -> Iterator[_Rows]:
    """The rows of each wide table: lines with as many values, in the same columns."""
    run: _Rows | None = None
    for number, line in enumerate(lines):
        values = [] if _is_far(lines, number) else values_at_end(line)
        if run is not None and values and run.takes(values) is not None:
            run.rows[number] = values
            if len(values) == len(run.columns):
                hulls = zip(run.columns, values, strict=True)
                run.columns = [(min(left, value.left), max(right, value.right)) for (left, right), value in hulls]
        elif len(values) >= _MANY:
            if run is not None:
                yield run
            run = _Rows([(value.left, value.right) for value in values], {number: values})
    if run is not None:
        yield run


def _begins_row(line: Sequence[Word]) -> bool:
    return all(BEGINS.match(word.text) for word in line)


def _is_cut(lines: Sequence[Sequence[Word]], number: int, edge: float) -> bool:
    """Whether with a line begins the label of a row that goes on on the next page: nothing but its lines follow."""
    last = len(lines) - _is_far(lines, len(lines) - 1)
    return _ITEM.match(lines[number][0].text) is not None and all(
        lines[at][0].middle - lines[at - 1][0].middle <= _NEXT * lines[at][0].em
        and lines[at][-1].right <= edge
        and (at == number or not _begins_row(lines[at]))
        for at in range(number, last)
    )


def _is_far(lines: Sequence[Sequence[Word]], number: int) -> bool:
    """Whether a value alone stands apart from all other lines, and so from any label: it counts the pages."""
    line = lines[number]
    beside = [abs(lines[at][0].middle - line[0].middle) for at in (number - 1, number + 1) if 0 <= at < len(lines)]
    return len(line) == 1 and min(beside, default=0.0) > _NEXT * line[0].em


def _table(run: _Rows, lines: Sequence[Sequence[Word]], taken: set[int]) -> tuple[Table, set[int]] | None:
    """The table that rows make with their labels and heads, and its lines; None where some row's label is not clear."""
    edge = run.columns[0][0]
    first, last = min(run.rows), max(run.rows)
    own = set(range(first, last + 1))
    for step, start in ((-1, first - 1), (1, last + 1)):  # the other lines of the first and of the last label
        number = start
        while 0 <= number < len(lines) and number not in taken and lines[number][-1].right <= edge:
            near = abs(lines[number][0].middle - lines[number - step][0].middle) <= _NEXT * lines[number][0].em
            if not near or (step > 0 and _begins_row(lines[number]) and not _is_cut(lines, number, edge)):
                break
            own.add(number)
            if step < 0 and BEGINS.match(lines[number][0].text):
                break
            number += step
    if own == set(run.rows) and all(len(lines[number]) == len(values) for number, values in run.rows.items()):
        return _without_labels(run, lines, taken)
    labels = _labels(run, [(number, lines[number]) for number in sorted(own)], edge)
    if labels is None:
        return None
    heads, head_lines = heads_above(run.columns, lines, min(own), edge, taken)
    cells = [*heads]
    row = max((cell.area.row for cell in heads), default=-1) + 1
    for label in labels:
        line = label.words[0].line
        cells.append(PageCell(Area(row, 0, 1, 1), label.left, edge, label.text, line, _is_full(label, labels)))
        if label.row is not None:
            cells += _value_cells(run, run.rows[label.row], row)
        row += 1
    top, bottom = (lines[end(own | head_lines)][0].middle for end in (min, max))
    return Table(top, bottom, cells, ruled=False), own | head_lines


def _without_labels(run: _Rows, lines: Sequence[Sequence[Word]], taken: set[int]) -> tuple[Table, set[int]] | None:
    """The table of one row below its heads, as the form has one; None of more rows.

    Where some column has no head or two beside each other, a value may be missing, and no table is made.
    """
    [first, *more] = run.rows
    heads, head_lines = heads_above(run.columns, lines, first, 0.0, taken)
    row = max((cell.area.row for cell in heads), default=0)
    headed = {cell.area.column for cell in heads if cell.area.row == row}
    beside = any(two_of_a_column(lines[number], run.columns) for number in head_lines)
    if more or beside or len(headed) < len(run.columns):
        return None
    top = lines[min(head_lines)][0].middle
    cells = [*heads, *_value_cells(run, run.rows[first], row + 1)]
    return Table(top, lines[first][0].middle, cells, ruled=False), head_lines | {first}


def _value_cells(run: _Rows, values: Sequence[Word], row: int) -> Iterator[PageCell]:
    by_column = run.takes(values) or {}
    for column, (left, right) in enumerate(run.columns):
        value = by_column.get(column)
        text, at = (value.text, value.line) if value else ("", None)
        yield PageCell(Area(row, column + 1, 1, 1), left, right, text, at, False)


def _labels(run: _Rows, lines: Sequence[tuple[int, Sequence[Word]]], edge: float) -> list[_Label] | None:
    """The labels from top to bottom, each row's with its row; None where a row has none or two rows have one."""
    labels: list[_Label] = []
    for number, line in lines:
        left = line[: len(line) - len(run.rows.get(number, ()))]
        if left and left[-1].right > edge:
            return None
        for part in _parts(left, labels):
            is_row = number in run.rows and part[-1] is left[-1]
            above = [label for label in reversed(labels) if _goes_on(label, part[0], is_row, run, lines)]
            at = next((label for label in above if label.begins_at(part[0])), None)
            at = at or next((label for label in above if label.is_centred_on(part)), None)
            if at is None:
                labels.append(_Label(part[0].left, part))
            else:
                at.words += part
    for number, values in run.rows.items():
        beside = [label for label in labels if label.beside(values[0])]
        own = max(beside, key=lambda label: label.left, default=None)
        if own is None or own.row is not None:
            return None
        own.row = number
    return sorted(
        labels, key=lambda label: label.words[0].middle if label.row is None else run.rows[label.row][0].middle
    )


def _parts(line: Sequence[Word], labels: Sequence[_Label]) -> Iterator[list[Word]]:
    """The words of a line that stand together: far from others, or where a label begins."""
    part: list[Word] = []
    for word in line:
        apart = part and word.left - part[-1].right >= word.em
        if apart or BEGINS.match(word.text) or any(label.begins_at(word) for label in labels):
            if part:
                yield part
            part = []
        part.append(word)
    if part:
        yield part


def _is_full(label: _Label, labels: Sequence[_Label]) -> bool:
    """Whether the last line of a label ends where the longest do, so that it may go on elsewhere."""
    last = label.words[-1]
    return last.right >= max(word.right for one in labels for word in one.words) - _ROOM * last.em


def _goes_on(label: _Label, word: Word, is_row: bool, run: _Rows, lines: Sequence[tuple[int, Sequence[Word]]]) -> bool:
    """Whether a word is the next line of a label, and begins none of its own."""
    if BEGINS.match(word.text) or word.middle - label.words[-1].middle > _NEXT * word.em:
        return False
    rows = {line[0].line for number, line in lines if number in run.rows}
    return not (is_row and any(one.line in rows and one.line != word.line for one in label.words))
