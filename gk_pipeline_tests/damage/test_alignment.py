"""Rows that print fewer or more values than they have cells: what the laws leave certain is read, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from tables import changes as c
from tables.paper import Box, Grid, Page, item_of
from tables.writers import flat

from .damage import FORMATS, Damage, known, printed, result, trials, written

OUTCOMES = ("applications",)
DISCLOSURE_AND_REVIEW = ("proactive_disclosure", "review_litigation")
ALL_TABLES = (*OUTCOMES, *DISCLOSURE_AND_REVIEW)


def in_row(item: str, change: Callable[[list[Box]], list[Box]]) -> c.Change:
    """The values of one row of the applications, changed together."""

    def apply(row: list[Box], random: Random) -> list[Box]:
        if item_of(row) != item:
            return row
        return [*(box for box in row if not box.key), *change([box for box in row if box.key])]

    return c.each_row(apply)


def without_a_zero(values: list[Box]) -> list[Box]:
    """The last zero and its cell are gone."""
    at = max(number for number, box in enumerate(values) if box.text == "0")
    return [*values[:at], *values[at + 1 :]]


def a_column_right(values: list[Box]) -> list[Box]:
    """An empty cell before the first value, and the last one cut off."""
    return [Box(""), *values[:-1]]


def a_column_left(values: list[Box]) -> list[Box]:
    """The first value cut off, and an empty cell behind the last."""
    return [*values[1:], Box("")]


def with_a_ghost(values: list[Box]) -> list[Box]:
    """An empty cell that belongs to no column between two values."""
    return [*values[:3], Box(""), *values[3:]]


def run_together(first: str, second: str) -> c.Change:
    """Both labels, then the values of both rows."""

    def join(grid: Grid, random: Random) -> Grid:
        found: Grid = []
        for row in grid:
            if item_of(row) == second and found and item_of(found[-1]) == first:
                above = found.pop()
                labels = [box for box in (*above, *row) if not box.key]
                row = [*labels, *(box for box in (*above, *row) if box.key)]
            found.append([replace(box, rows=1) if item_of(row) else box for box in row])
        return found

    return c.each_grid(join)


def labels_then_values(sheet: Page, random: Random) -> str:
    """Every table as a column of its labels, then its numbers row by row: two boxes of text drawn from a page."""
    found: list[str] = []
    for part in sheet:
        if isinstance(part, str):
            found.append(part)
            continue
        boxes = [box for row in part for box in row]
        found += [box.text for box in boxes if not box.key]
        found += [box.text for box in boxes if box.key]
    return "\n".join(found)


def blanks_of_lines(sheet: Page, random: Random) -> str:
    """Rows of tabs written one cell a line, the empty ones too."""
    return "\n".join(
        part if isinstance(part, str) else "\n".join(text for row in flat(part) for text in row) for part in sheet
    )


ONE_ROW = "refused_law_prohibits"

DAMAGES = [
    Damage("a zero lost from one row", printed("a zero lost", changes=[in_row(ONE_ROW, without_a_zero)])),
    Damage(
        "a zero lost from every outcome row",
        printed("zeros lost", changes=[c.lost_values(1)]),
        open=dict.fromkeys(FORMATS, OUTCOMES),
        why="two rows that print the same number in neighbouring columns may have it the other way round",
        share=0.08,
    ),
    Damage(
        "values lost, not only zeros",
        printed("values lost", changes=[c.lost_values(0.3, zeros_only=False)]),
        open=dict.fromkeys(FORMATS, OUTCOMES),
        why="of two lost in one column the laws leave only the sum",
        share=0.05,
    ),
    Damage("a ghost cell in one row", printed("a ghost", ("tabs", "pipes"), changes=[in_row(ONE_ROW, with_a_ghost)])),
    Damage(
        "a row shifted a column right, its total cut off",
        printed("shifted right", ("tabs", "pipes", "html"), changes=[in_row(ONE_ROW, a_column_right)]),
    ),
    Damage(
        "a row shifted a column left, its first value cut off",
        printed("shifted left", ("tabs", "pipes", "html"), changes=[in_row(ONE_ROW, a_column_left)]),
    ),
    Damage(
        "two rows run together",
        printed("run together", changes=[run_together("refused_third_party", "refused_internal_affairs")]),
        open=dict.fromkeys(FORMATS, ("refused_third_party", "refused_internal_affairs")),
        why="fourteen numbers behind two labels may be the rows one after the other, or column by column",
    ),
    Damage("no column of totals", known("no total column")),
    Damage(
        "a column not printed, by its head",
        known("one measure not printed"),
    ),
    Damage(
        "a column of other numbers",
        known("a column of other numbers"),
        open={"lines": DISCLOSURE_AND_REVIEW},
        why="of heads one a line none tells its column, so that the unknown one's numbers may be any's",
    ),
    Damage("values below their labels", known("values below their labels")),
    Damage(
        "labels in one block, values in another",
        written("apart", lines=labels_then_values),
        open={"lines": ("proactive_disclosure",)},
        why="no law says which number of this table is whose",
    ),
    Damage(
        "a row in one cell",
        known("a row in a cell"),
    ),
    Damage(
        "blank cells in text",
        known("blanks as nothing"),
        open={"lines": ALL_TABLES, "tabs": DISCLOSURE_AND_REVIEW, "pipes": DISCLOSURE_AND_REVIEW},
        why="nothing is left of an empty line, and an empty cell at a row's end may be a ghost or what a lost one left",
    ),
    Damage("empty lines for blank cells", written("empty lines", lines=blanks_of_lines)),
    Damage(
        "running numbers before rows, values lost",
        known("running numbers and lost values"),
        open={**dict.fromkeys(FORMATS, OUTCOMES), "lines": ALL_TABLES},
        why="a running number stands where a value may have been lost; in a text it may be any row's",
    ),
]


@pytest.mark.parametrize(("damage", "way", "form"), trials(DAMAGES))
def test_what_the_laws_leave_certain_is_read_and_nothing_else(damage: Damage, way: str, form: str):
    assert result(damage, way, form).faults(damage, way) == []
