"""What bodies, editors and crawls do to a report on paper: each takes a page and returns another."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from random import Random

from .paper import Box, Grid, Page, Style, item_of

Change = Callable[[Page, Random], Page]


def each_grid(change: Callable[[Grid, Random], Grid]) -> Change:
    return lambda sheet, random: [part if isinstance(part, str) else change(part, random) for part in sheet]


def each_row(change: Callable[[list[Box], Random], list[Box]]) -> Change:
    return each_grid(lambda grid, random: [change(row, random) for row in grid])


def _holds(grid: Grid, item: str) -> bool:
    return any(item_of(row) == item for row in grid)


def without(item: str) -> Change:
    """The row of an item is not there; spans over it shrink with it."""

    def drop(grid: Grid, random: Random) -> Grid:
        if not _holds(grid, item):
            return grid
        at = next(number for number, row in enumerate(grid) if item_of(row) == item)
        kept = [list(row) for row in grid]
        carried = [box for box in kept[at] if box.rows > 1]
        for up in range(at + 1):
            kept[up] = [
                replace(box, rows=box.rows - 1) if box.rows > 1 and up + box.rows > at else box for box in kept[up]
            ]
        carried = [replace(box, rows=box.rows - 1) for box in carried]
        if carried:
            kept[at + 1] = [*carried, *kept[at + 1]]
        del kept[at]
        return kept

    return each_grid(drop)


def exchanged_rows(one: str, other: str) -> Change:
    """Two rows in the other order, labels and values together."""

    def swap(grid: Grid, random: Random) -> Grid:
        if not (_holds(grid, one) and _holds(grid, other)):
            return grid
        at, to = (next(n for n, row in enumerate(grid) if item_of(row) == item) for item in (one, other))
        own = [[box for box in grid[n] if box.role in ("label", "value")] for n in (at, to)]
        lead = [[box for box in grid[n] if box.role == "group"] for n in (at, to)]
        swapped = list(grid)
        swapped[at], swapped[to] = [*lead[0], *own[1]], [*lead[1], *own[0]]
        return swapped

    return each_grid(swap)


def exchanged_columns(one: str, other: str) -> Change:
    """The columns of two measures in the other order, heads and values together."""

    def swap_in(row: list[Box], random: Random) -> list[Box]:
        swapped = list(row)
        named = [(box.measure or (box.key and box.key[2]), number) for number, box in enumerate(row)]
        places = {measure: number for measure, number in named if measure in (one, other)}
        if len(places) == 2:
            first, second = row[places[one]], row[places[other]]
            swapped[places[one]] = replace(second, columns=first.columns)
            swapped[places[other]] = replace(first, columns=second.columns)
        return swapped

    return each_row(swap_in)


def exchanged_in_every_block(width: int, one: int, other: int) -> Change:
    """Two columns exchanged in every block of `width` columns of the review table, heads and values together."""

    def swap_in(row: list[Box], random: Random) -> list[Box]:
        cells = [n for n, box in enumerate(row) if box.role in ("value", "head") and box.columns == 1]
        reviewed = any(box.key and box.key[0] == "review_litigation" for box in row)
        headed = any(box.measure == "upheld" for box in row)
        if not (reviewed or headed):
            return row
        swapped = list(row)
        for start in range(0, len(cells) - width + 1, width):
            first, second = cells[start + one], cells[start + other]
            swapped[first], swapped[second] = row[second], row[first]
        return swapped

    return each_row(swap_in)


def total_first(sheet: Page, random: Random) -> Page:
    """The applications' total stands in the first column."""

    def move(row: list[Box]) -> list[Box]:
        totals = [box for box in row if box.measure == "total" and len(row) == 3]
        totals += [box for box in row if box.key and box.key[0] == "applications" and box.key[2] == "total"]
        if not totals:
            return row
        rest = [box for box in row if box is not totals[0]]
        lead = [box for box in rest if box.role in ("label", "group")]
        return [*lead, totals[0], *rest[len(lead) :]]

    return [part if isinstance(part, str) else [move(row) for row in part] for part in sheet]


def lost_values(share: float, where: str = "applications", zeros_only: bool = True) -> Change:
    """Values that vanished with their cells: what follows moves one column left."""

    def lose(row: list[Box], random: Random) -> list[Box]:
        able = [box for box in row if box.key and box.key[0] == where and (box.text == "0" or not zeros_only)]
        if not able or random.random() > share:
            return row
        gone = random.choice(able)
        return [box for box in row if box is not gone]

    return each_row(lose)


def blanked(share: float, text: str = "") -> Change:
    """Cells that print nothing, or a sign for nothing, instead of 0."""

    def blank(row: list[Box], random: Random) -> list[Box]:
        return [
            replace(box, text=text) if box.key and box.text == "0" and random.random() < share else box for box in row
        ]

    return each_row(blank)


def blank_column(*measures: str) -> Change:
    """Whole columns left blank where they are zero."""

    def blank(row: list[Box], random: Random) -> list[Box]:
        return [replace(box, text="") if box.key and box.key[2] in measures and box.text == "0" else box for box in row]

    return each_row(blank)


def behind_values(text: Callable[[Box, Random], str]) -> Change:
    """Something printed in the value's cell behind the number."""
    return each_row(
        lambda row, random: [replace(box, text=box.text + text(box, random)) if box.key else box for box in row]
    )


def row_after(item: str, *texts: str) -> Change:
    """A row that the form does not have, below the row of an item."""

    def add(grid: Grid, random: Random) -> Grid:
        if not _holds(grid, item):
            return grid
        at = next(number for number, row in enumerate(grid) if item_of(row) == item)
        return [*grid[: at + 1], [Box(text) for text in texts], *grid[at + 1 :]]

    return each_grid(add)


def rows_between(text: Callable[[int], str], share: float) -> Change:
    """Lines between rows that belong to no table: page numbers, running heads."""

    def scatter(grid: Grid, random: Random) -> Grid:
        found: Grid = []
        for number, row in enumerate(grid):
            found.append(row)
            if random.random() < share:
                found.append([Box(text(number))])
        return found

    return each_grid(scatter)


def numbered_rows(sheet: Page, random: Random) -> Page:
    """A column of running numbers before every row of a table."""
    return [
        part
        if isinstance(part, str)
        else [[Box("序号" if number == 0 else str(number)), *row] for number, row in enumerate(part)]
        for part in sheet
    ]


def numbered_labels(sheet: Page, random: Random) -> Page:
    """A running number before every label of an item."""
    count = iter(range(1, 1000))
    return [
        part if isinstance(part, str) else [[Box(str(next(count))), *row] if item_of(row) else row for row in part]
        for part in sheet
    ]


def groups_on_every_row(sheet: Page, random: Random) -> Page:
    """Group labels repeated on each of their rows, nothing spans down."""

    def spread(grid: Grid) -> Grid:
        rows: Grid = []
        open_groups: list[Box] = []
        left: list[int] = []
        for row in grid:
            keep = [(box, count) for box, count in zip(open_groups, left, strict=True) if count > 0]
            lead = [box for box, _ in keep] if any(box.key for box in row) else []
            rows.append([replace(box, rows=1) for box in [*lead, *row]])
            fresh = [(box, box.rows) for box in row if box.role == "group"]
            both = [*keep, *fresh]
            open_groups, left = [box for box, _ in both], [count - 1 for _, count in both]
        return rows

    return [part if isinstance(part, str) else spread(part) for part in sheet]


def grids_torn_by_row(sheet: Page, random: Random) -> Page:
    """Every row a grid of its own."""
    return [
        piece
        for part in sheet
        for piece in ([part] if isinstance(part, str) else [[[replace(box, rows=1) for box in row]] for row in part])
    ]


def cut_at(share: float) -> Change:
    """The file ends early."""
    return lambda sheet, random: sheet[: int(len(sheet) * share)]


def after_heading(number: int, *parts: str | Grid) -> Change:
    """Paragraphs or grids behind the heading of a section, before its table."""
    heading = Style().headings[number]

    def insert(sheet: Page, random: Random) -> Page:
        at = sheet.index(heading)
        return [*sheet[: at + 1], *parts, *sheet[at + 1 :]]

    return insert


def before_heading(number: int, *parts: str | Grid) -> Change:
    """Paragraphs or grids at the end of the section before a heading."""
    heading = Style().headings[number]

    def insert(sheet: Page, random: Random) -> Page:
        at = sheet.index(heading)
        return [*sheet[:at], *parts, *sheet[at:]]

    return insert


def around(before: list[str | Grid], after: list[str | Grid]) -> Change:
    return lambda sheet, random: [*before, *sheet, *after]


def twice(number: int) -> Change:
    """The table of a section printed a second time."""
    heading = Style().headings[number]

    def double(sheet: Page, random: Random) -> Page:
        at = sheet.index(heading) + 1
        return [*sheet[: at + 1], "以下为同一张表。", sheet[at], *sheet[at + 1 :]]

    return double


def merged_down(share: float) -> Change:
    """Cells of the same text one below the other drawn as one."""

    def merge(grid: Grid, random: Random) -> Grid:
        drawn = [list(row) for row in grid]
        for above, row in itertools.pairwise(drawn):
            if not (item_of(above) and item_of(row)):
                continue
            texts = {box.key[2]: number for number, box in enumerate(above) if box.key and box.rows == 1}
            for box in [box for box in row if box.key and box.key[2] in texts]:
                at = texts[box.key[2]] if box.key else 0
                if above[at].text == box.text and above[at].columns == box.columns and random.random() < share:
                    above[at] = replace(above[at], rows=2)
                    row.remove(box)
        return drawn

    return each_grid(merge)


def extra_column(*heads: str) -> Change:
    """Columns of other numbers behind those of the form."""

    def add(row: list[Box], random: Random) -> list[Box]:
        if item_of(row):
            return [*row, *(Box(str(random.randrange(50))) for _ in heads)]
        headed = row[-1].role == "head"
        return [*row, *(Box(head, role="head") for head in heads)] if headed else row

    return each_row(add)


def dropped_column(*measures: str) -> Change:
    """Columns that the body does not print, heads and all."""

    def drop(row: list[Box], random: Random) -> list[Box]:
        return [box for box in row if box.measure not in measures and not (box.key and box.key[2] in measures)]

    return each_row(drop)


def heads_again(sheet: Page, random: Random) -> Page:
    """A page ends inside each table: a page number, and the heads once more."""

    def again(grid: Grid) -> Grid:
        first = next((number for number, row in enumerate(grid) if item_of(row)), 0)
        heads = [row for row in grid[:first] if row[0].role != "clause"]
        middle = (first + len(grid)) // 2
        inside = any(box.rows > 1 for row in grid[first:middle] for box in row)
        if inside or not heads:
            return grid
        return [*grid[:middle], [Box("— 7 —")], *heads, *grid[middle:]]

    return [part if isinstance(part, str) else again(part) for part in sheet]


def values_below(sheet: Page, random: Random) -> Page:
    """Every row of values below its label instead of beside it."""

    def below(row: list[Box]) -> Grid:
        labels, values = [box for box in row if not box.key], [box for box in row if box.key]
        return [[replace(box, rows=1) for box in labels], values] if item_of(row) else [row]

    return [part if isinstance(part, str) else [new for row in part for new in below(row)] for part in sheet]


def row_in_a_cell(between: str) -> Change:
    """All values of a row in one cell."""

    def join(row: list[Box], random: Random) -> list[Box]:
        values = [box for box in row if box.key]
        if len(values) < 2 or not item_of(row):
            return row
        return [*(box for box in row if not box.key), replace(values[0], text=between.join(b.text for b in values))]

    return each_row(join)


def other_heads(named: dict[str, str]) -> Change:
    """Some heads say something else than the form's."""
    return each_row(
        lambda row, random: [
            replace(box, text=named[box.text]) if box.role == "head" and box.text in named else box for box in row
        ]
    )
