"""A table of the form laid out as it is published, with what is known of each cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from markupsafe import escape

from gk_pipeline.forms import Cell, Form, FormTable, Item, Label, Measure, Part
from gk_pipeline.pictures.labels import number, place
from gk_pipeline.pictures.pages.laws import DrawnTable, Mark, cell_id
from gk_pipeline.pictures.pages.neighbours import Neighbours
from gk_pipeline.pictures.pages.said import Said
from gk_pipeline.pictures.pages.words import STATUS_SAID
from gk_pipeline.pipeline import JudgedCell, JudgedReport

NOTHING = "□"
"""Where no number stands; so a lost character is printed."""


class Head(NamedTuple):
    """A head over columns; `column` is the number of the one column it names, `over` what stands above it."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    column: int | None = None
    over: str = ""


class RowHead(NamedTuple):
    """A head of a row, or of a group of rows, with its number as the form prints it."""

    number: str
    text: str
    colspan: int = 1
    rowspan: int = 1


class Slot(NamedTuple):
    """A cell on the page, which prints itself: a report has two hundred, and a template takes ten times as long.

    `printed` is what stands there, `value` another number that must or does belong there; `note` the id of what is
    said about it.
    """

    status: str
    printed: str
    value: str
    column: int
    colspan: int
    place: Said
    id: str
    runs: str
    note: str

    def __html__(self) -> str:
        named = f' id="{self.id}"' if self.id else ""
        styled = f"{self.status} {self.runs}" if self.runs else self.status
        wide = f' colspan="{self.colspan}"' if self.colspan > 1 else ""
        where = f' data-at="{escape(self.place.zh)}|{escape(self.place.en)}"' if self.place.zh else ""
        number = self._number()
        if self.note:
            status = f'<span class="vh"> {STATUS_SAID[self.status].__html__()}</span>'
            number = f'<a class="see" href="#{self.note}" aria-describedby="{self.note}">{number}{status}</a>'
        return f'<td{named} class="{styled}" data-c="{self.column}"{wide}{where}>{number}</td>'

    def _number(self) -> str:
        printed = str(escape(self.printed))
        if self.status in ("corrected", "settled"):
            return f"<s>{printed or NOTHING}</s> <b>{self.value}</b>"
        if self.status == "deduced":
            return f"{printed}<i>({self.value})</i>"
        return printed if printed and self.status != "missing" else f"{printed}<i>{NOTHING}</i>"


class GridRow(NamedTuple):
    """A row: its heads, its cells and the verdicts of its laws."""

    heads: tuple[RowHead, ...]
    slots: tuple[Slot, ...]
    marks: tuple[Mark, ...]


class GridPart(NamedTuple):
    """Rows under one set of heads."""

    clause: str
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[GridRow, ...]


class FootRow(NamedTuple):
    """A law that runs down the columns, with its verdict under each."""

    statement: Said
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a report as published."""

    id: str
    code: str
    label: str
    title_en: str
    form: str
    n_head_columns: int
    has_row_laws: bool
    parts: tuple[GridPart, ...]
    foot: tuple[FootRow, ...]


@dataclass(frozen=True, slots=True)
class TableSheet:
    """What a table's grid is laid out from: the report's cells of it, its laws as drawn, the notes of cells, and
    what neighbouring years say."""

    report: JudgedReport
    table: FormTable
    cells: Mapping[tuple[str, str], JudgedCell]
    drawn: DrawnTable
    notes: Mapping[tuple[str, str, str], str]
    neighbours: Neighbours
    prefix: str


def grid_of(sheet: TableSheet, form: Form) -> Grid:
    """The grid of a table."""
    table = sheet.table
    lay_out = _across if table.items_across else _down
    parts, foot = lay_out(sheet)
    return Grid(
        sheet.prefix.rstrip("-"),
        table.code,
        table.label.text,
        table.title_en,
        form.code,
        0 if table.items_across else head_columns(table),
        bool(sheet.drawn.at_rows) and not table.items_across,
        tuple(parts),
        tuple(foot),
    )


def _down(sheet: TableSheet) -> tuple[list[GridPart], list[FootRow]]:
    """Items one under another, as most tables have them."""
    width = max(len(part.measures) for part in sheet.table.parts)
    parts = [_part_down(sheet, part, width) for part in sheet.table.parts]
    if len(sheet.table.parts) > 1:
        return parts, []
    measures = sheet.table.parts[0].measures
    empty = Mark("", "", Said("", ""), "")
    return parts, [
        FootRow(statement, tuple(marks.get(measure.code, empty) for measure in measures))
        for statement, marks in sheet.drawn.at_columns.items()
    ]


def _part_down(sheet: TableSheet, part: Part, width: int) -> GridPart:
    spans = _spans(len(part.measures), width)
    rows = tuple(
        GridRow(heads, tuple(_slots(sheet, item, part.measures, spans)), sheet.drawn.at_rows.get(item.code, ()))
        for item, heads in _row_heads(sheet.table, part.items)
    )
    return GridPart(part.clause or "", tuple(_heads(part.measures, spans)), rows)


def _spans(n_columns: int, width: int) -> list[int]:
    """How wide each of a part's columns is, where another part of the table has more."""
    return [width // n_columns] * (n_columns - 1) + [width - width // n_columns * (n_columns - 1)]


def _heads(measures: Sequence[Measure], spans: Sequence[int]) -> Iterator[tuple[Head, ...]]:
    """One row of heads, or two where some columns share one."""
    numbered = list(enumerate(zip(measures, spans, strict=True)))
    if not any(measure.under for measure in measures):
        yield tuple(Head(_head_text(measure), span, 1, at) for at, (measure, span) in numbered)
        return
    upper: list[Head] = []
    for under, group in groupby(numbered, key=lambda one: one[1][0].under):
        columns = list(group)
        if under is None:
            upper += [Head(_head_text(measure), span, 2, at) for at, (measure, span) in columns]
        else:
            upper.append(Head(under, sum(span for _, (_, span) in columns)))
    yield tuple(upper)
    yield tuple(Head(_head_text(one), span, 1, at, one.under or "") for at, (one, span) in numbered if one.under)


def _head_text(measure: Measure) -> str:
    return f"{measure.label.text}（{measure.unit}）" if measure.kind == "amount" else measure.label.text


def _row_heads(table: FormTable, items: Sequence[Item]) -> Iterator[tuple[Item, tuple[RowHead, ...]]]:
    """The heads of each row: those of the chapter and of the group that begin with it, then its own."""
    groups = {group.code: group.label for group in table.groups}
    of_chapter = {code: chapter for chapter in table.chapters for code in chapter.items}
    n_rows = Counter(item.group for item in items)
    begun: set[str] = set()
    for item in items:
        chapter, heads = of_chapter.get(item.code), []
        if chapter and chapter.items[0] == item.code:
            heads.append(RowHead(_first(chapter.label), chapter.label.text, 1, len(chapter.items)))
        if item.group and item.group not in begun:
            begun.add(item.group)
            label = groups[item.group]
            heads.append(RowHead(_second(label) if chapter else _first(label), label.text, 1, n_rows[item.group]))
        mark = _third if item.group else _second if chapter else _first
        wide = head_columns(table) - bool(chapter) - bool(item.group)
        yield item, (*heads, RowHead(mark(item.label), item.label.text, wide))


def head_columns(table: FormTable) -> int:
    """How many columns the heads of rows take: one, and one more for groups and for chapters."""
    return 1 + any(item.group for item in table.items.values()) + bool(table.chapters)


def _first(label: Label) -> str:
    return f"{label.number}、" if label.number else ""


def _second(label: Label) -> str:
    return f"（{label.number}）" if label.number else ""


def _third(label: Label) -> str:
    return f"{label.number}." if label.number else ""


def _across(sheet: TableSheet) -> tuple[list[GridPart], list[FootRow]]:
    """Items side by side in one row of numbers."""
    (part,) = sheet.table.parts
    groups = {group.code: group.label.text for group in sheet.table.groups}
    n_columns = len(part.measures)
    upper: list[Head] = []
    lower: list[Head] = []
    names: list[Head] = []
    for code, members in groupby(part.items, key=lambda item: item.group):
        items = list(members)
        if code is None:
            upper += [Head(item.label.text, n_columns, 2) for item in items]
        else:
            upper.append(Head(groups[code], n_columns * len(items)))
            lower += [Head(item.label.text, n_columns) for item in items]
        for item in items:
            names += [
                Head(one.label.text, 1, 1, len(names) + at, item.label.text) for at, one in enumerate(part.measures)
            ]
    spans = [1] * n_columns
    slots = [slot for item in part.items for slot in _slots(sheet, item, part.measures, spans)]
    numbered = tuple(slot._replace(column=at) for at, slot in enumerate(slots))
    heads = tuple(tuple(row) for row in (upper, lower, names) if row)
    foot = []
    for at in range(max((len(marks) for marks in sheet.drawn.at_rows.values()), default=0)):
        marks = [sheet.drawn.at_rows[item.code][at]._replace(colspan=n_columns) for item in part.items]
        foot.append(FootRow(marks[0].statement, tuple(marks)))
    return [GridPart("", heads, (GridRow((), numbered, ()),))], foot


def _slots(sheet: TableSheet, item: Item, measures: Sequence[Measure], spans: Sequence[int]) -> Iterator[Slot]:
    for at, (measure, span) in enumerate(zip(measures, spans, strict=True)):
        cell = sheet.table.cell_at[item.code, measure.code]
        yield _slot(sheet, cell, at, span)


def _slot(sheet: TableSheet, cell: Cell, column: int, span: int) -> Slot:
    judged = sheet.cells[cell.item, cell.measure]
    key = judged.cell[:3]
    status, printed = judged.status, judged.cell.printed or ""
    value = number(judged.micro) if status in ("corrected", "deduced") else ""
    if key in sheet.neighbours.settled:
        status, value = "settled", number(sheet.neighbours.settled[key])
    elif key in sheet.neighbours.vetoed:
        status, value = "disputed", ""
    note = sheet.notes.get(key, "")
    named = cell_id(sheet.prefix, cell.index) if note else sheet.drawn.ids.get(cell.index, "")
    where = Said(place(sheet.report, judged, "zh"), place(sheet.report, judged, "en"))
    return Slot(status, printed, value, column, span, where, named, sheet.drawn.runs.get(cell.index, ""), note)
