"""Cells that left their places: torn, pushed, split over pages, or run together."""

from dataclasses import replace
from html import escape
from random import Random

import pytest
from tables import changes as c
from tables import spelling as s
from tables import writers as w
from tables.paper import Box, Grid, Page

from .damage import Damage, known, printed, result, trials, written


def page_ends_in_group(sheet: Page, random: Random) -> Page:
    """The page ends beside the first row of a group: its label is begun on one page and ended on the next."""

    def tear(grid: Grid) -> Grid:
        found: Grid = []
        rest: Box | None = None
        for row in grid:
            if rest is not None:
                found.append([Box("— 5 —")])
                row, rest = [rest, *row], None
            group = next((box for box in row if box.role == "group" and "无法提供" in box.text), None)
            if group is not None:
                rest = Box("法提供", 1, group.rows - 1, role="group")
                row = [Box("（四）无", role="group") if box is group else box for box in row]
            found.append(row)
        return found

    return [part if isinstance(part, str) else tear(part) for part in sheet]


def page_ends_in_label(sheet: Page, random: Random) -> Page:
    """The page ends within a row: the second line of its label stands on the next one."""

    def tear(row: list[Box]) -> Grid:
        at = next((n for n, box in enumerate(row) if box.text.endswith("没有现成信息需要另行制作")), None)
        if at is None:
            return [row]
        above, below = row[at].text[:-6], row[at].text[-6:]
        return [
            [*row[:at], Box(above), *row[at + 1 :]],
            [Box("— 6 —")],
            [Box(below, row[at].columns), *(Box("", box.columns) for box in row[at + 1 :])],
        ]

    return [part if isinstance(part, str) else [new for row in part for new in tear(row)] for part in sheet]


def page_feeds(sheet: Page, random: Random) -> str:
    """A text drawn from pages: a form feed every twenty-five lines, the page's number before it."""
    lines = w.lines(sheet).split("\n")
    pages = [lines[at : at + 25] for at in range(0, len(lines), 25)]
    return "\n".join("\n".join([*page, f"— {number} —"]) + "\f" for number, page in enumerate(pages, 1))


def invented_heads(grid: c.Grid) -> list[c.Grid]:
    """Each row a table under heads that some program made up."""
    return [[[Box(f"列{n}", role="invented") for n, _ in enumerate(row, 1)], row] for row in grid]


def marked(sheet: Page) -> Page:
    """Labels and numbers in stars, blanks by name, a break in every long label."""

    def mark(box: Box) -> Box:
        if len(box.text) > 8 and not box.key:
            return replace(box, text=f"{box.text[:6]}<br>{box.text[6:]}")
        return replace(box, text=f"&nbsp;**{box.text}**" if box.text else "&nbsp;")

    return [part if isinstance(part, str) else [[mark(box) for box in row] for row in part] for part in sheet]


def one_paragraph(sheet: Page, random: Random) -> str:
    return f"<html><body><p>{escape(w.one_line(sheet))}</p></body></html>"


def laid_out(sheet: Page, random: Random) -> str:
    return w.laid_out(sheet)


def drawn(sheet: Page, random: Random) -> str:
    return w.drawn_with_rules(sheet)


def one_line(sheet: Page, random: Random) -> str:
    return w.one_line(sheet)


DAMAGES = [
    Damage("one cell a line, blank lines between", known("lines, blank lines between")),
    Damage("pipes on lines of their own, runs of them for spans", known("pipes on own lines")),
    Damage("spans flattened to runs of pipes or tabs", known("plain")),
    Damage("ghost cells", known("tabs, ghost cells")),
    Damage("empty columns between values", known("spacer columns behind values")),
    Damage("a label a column to the left", known("tabs, labels a column left")),
    Damage("each row a little table of its own", known("pipes, a table a row", "html, a table a row")),
    Damage(
        "each row a little table with invented heads",
        written("invented heads", html=lambda sheet, random: w.html(sheet, split=invented_heads)),
    ),
    Damage("the whole report on one line", written("one line", lines=one_line, pipes=one_line, html=one_paragraph)),
    Damage("labels wrapped around their numbers", known("labels wrapped around their numbers")),
    Damage(
        "labels wrapped around their numbers, page numbers between",
        printed("wrapped, pages", changes=[s.wrapped_labels, c.rows_between(lambda n: f"— {n} —", 0.15)]),
    ),
    Damage("heads again on the next page", known("heads again on the next page")),
    Damage("a page ends inside a group's label", printed("page in a group", changes=[page_ends_in_group])),
    Damage("a page ends inside a row's label", printed("page in a label", changes=[page_ends_in_label])),
    Damage(
        "Markdown that marks what is bold, blank or broken",
        written("markup", pipes=lambda sheet, random: w.markdown(marked(sheet))),
    ),
    Damage("the layout of pages kept: cells wrapped beside each other", written("laid out", lines=laid_out)),
    Damage("tables drawn with rules", written("drawn", lines=drawn, pipes=drawn)),
    Damage("form feeds and page numbers anywhere", written("form feeds", lines=page_feeds)),
]


@pytest.mark.parametrize(("damage", "way", "form"), trials(DAMAGES))
def test_what_must_come_out_of_damaged_cells_does(damage: Damage, way: str, form: str):
    assert result(damage, way, form).faults(damage, way) == []
