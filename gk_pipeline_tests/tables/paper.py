"""A report on paper: headings, paragraphs and grids of boxes with spans, spelled the way a body may spell them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gk_pipeline.forms import FormTable, Item, Label

from .lawful import Key, Report


@dataclass(frozen=True)
class Box:
    """A cell on paper; `key` is the cell of the form whose value it prints, `measure` what it heads."""

    text: str
    columns: int = 1
    rows: int = 1
    key: Key | None = None
    role: str = "label"
    measure: str | None = None


NOTHING = Box("")
"""Where a grid has no cell at all."""

Grid = list[list[Box]]
Page = list[str | Grid]


def plain(value: Decimal, kind: str) -> str:
    return f"{value:f}"


@dataclass(frozen=True)
class Style:
    """How a body spells its report."""

    bracket: Callable[[str], str] = lambda number: f"（{number}）"
    point: Callable[[str], str] = lambda number: f"{number}."
    item_mark: Callable[[str], str] = lambda number: f"{number}、"
    quotes: tuple[str, str] = ("“", "”")
    number: Callable[[Decimal, str], str] = plain
    money_head: str = "（单位：万元）"
    label: Callable[[str], str] = lambda text: text
    head: Callable[[str], str] = lambda text: text
    group: Callable[[str], str] = lambda text: text
    clause: Callable[[str], str] = lambda text: text
    review: str = "one row"
    numbers_stand: bool = True
    headings: tuple[str, ...] = field(
        default=(
            "一、总体情况",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
        )
    )


RESULTS = "三、本年度办理结果"
RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def page(report: Report, style: Style) -> Page:
    """The whole report: title, six sections, three tables."""
    disclosure, applications, review = report.tables
    first, second, third, fourth, fifth, sixth = style.headings
    return [
        "云岭县人民政府2022年政府信息公开工作年度报告",
        first,
        "2022年，全县各项工作平稳有序。",
        second,
        disclosure_grid(report, disclosure, style),
        third,
        applications_grid(report, applications, style),
        fourth,
        *review_grids(report, review, style),
        fifth,
        "个别栏目更新不够及时，下一步加强检查。",
        sixth,
        "无其他需要报告的事项。",
    ]


def values(report: Report, table: FormTable, item: str, style: Style) -> list[Box]:
    boxes = []
    for key, value in report.row(table, item):
        kind = table.cell_at[key[1], key[2]].kind
        boxes.append(Box(style.number(value, kind), key=key, role="value"))
    return boxes


def _last_fills(boxes: list[Box], width: int) -> list[Box]:
    used = sum(box.columns for box in boxes)
    return [*boxes[:-1], replace(boxes[-1], columns=boxes[-1].columns + width - used)]


def disclosure_grid(report: Report, table: FormTable, style: Style) -> Grid:
    grid: Grid = []
    for part in table.parts:
        heads = [
            Box(
                style.head(measure.label.text) + (style.money_head if measure.kind == "amount" else ""),
                role="head",
                measure=measure.code,
            )
            for measure in part.measures
        ]
        grid.append([Box(style.clause(part.clause or ""), columns=4, role="clause")])
        grid.append(_last_fills([Box("信息内容", role="head"), *heads], 4))
        for item in part.items:
            label = Box(style.label(item.label.text))
            grid.append(_last_fills([label, *values(report, table, item.code, style)], 4))
    return grid


def applications_grid(report: Report, table: FormTable, style: Style) -> Grid:
    columns = [Box(style.head(one.label.text), role="head", measure=one.code) for one in table.parts[0].measures]
    persons, *bodies, total = columns
    heads = [Box(RELATION, 3, 3, role="head"), Box("申请人情况", 7, role="head")]
    shared = [replace(persons, rows=2), Box("法人或其他组织", 5, role="head"), replace(total, rows=2)]
    grid = [heads, shared, bodies]
    inside = [item for item in table.items.values() if item.code not in ("received", "carried_in", "carried_out")]
    groups = {group.code: group.label for group in table.groups}
    opened: str | None = None
    for item in table.items.values():
        row = values(report, table, item.code, style)
        if item not in inside:
            grid.append([Box(_numbered(item.label, style.item_mark, style), columns=3), *row])
            continue
        lead = [Box(RESULTS, 1, len(inside), role="group")] if item is inside[0] else []
        if item.group is None:
            grid.append([*lead, Box(_numbered(item.label, style.bracket, style), columns=2), *row])
            continue
        if item.group != opened:
            opened = item.group
            size = sum(other.group == opened for other in inside)
            lead.append(Box(style.group(_numbered(groups[opened], style.bracket, style)), 1, size, role="group"))
        grid.append([*lead, Box(_numbered(item.label, style.point, style)), *row])
    return grid


def _numbered(label: Label, mark: Callable[[str], str], style: Style) -> str:
    text = label.text.replace("“", style.quotes[0]).replace("”", style.quotes[1])
    return style.label((mark(label.number) if label.number and style.numbers_stand else "") + text)


def review_grids(report: Report, table: FormTable, style: Style) -> list[Grid]:
    """The review table: one row of fifteen, a row an item, two tables, three tables, or items as columns."""
    items = list(table.items.values())
    heads = [Box(style.head(one.label.text), role="head", measure=one.code) for one in table.parts[0].measures]
    rows = [values(report, table, item.code, style) for item in items]
    labels = [Box(style.label(item.label.text)) for item in items]
    if style.review == "rows":
        return [[[Box("案件"), *heads], *([label, *row] for label, row in zip(labels, rows, strict=True))]]
    if style.review == "turned":
        turned = [[head, *(row[number] for row in rows)] for number, head in enumerate(heads)]
        return [[[Box("结果"), *labels], *turned]]
    if style.review == "three tables":
        return [[[replace(label, columns=5)], heads, row] for label, row in zip(labels, rows, strict=True)]
    review = [[replace(labels[0], columns=5, rows=2)], heads, rows[0]]
    suits = [[replace(label, columns=5) for label in labels[1:]], heads * 2, [*rows[1], *rows[2]]]
    if style.review == "two tables":
        return [
            [[replace(labels[0], columns=5)], heads, rows[0]],
            [[Box("行政诉讼", columns=10)], *suits],
        ]
    first = [replace(labels[0], columns=5), Box("行政诉讼", columns=10)]
    second = [*(replace(head, rows=2) for head in heads), *suits[0]]
    del review
    return [[first, second, suits[1], [*rows[0], *suits[2]]]]


def boxes_of(sheet: Page) -> Iterator[Box]:
    return (box for part in sheet if not isinstance(part, str) for row in part for box in row)


def item_of(row: list[Box]) -> str | None:
    """The item whose values a row prints, None for heads and rows of several items."""
    items = {box.key[1] for box in row if box.key}
    return items.pop() if len(items) == 1 else None


def matrix(grid: Grid) -> list[list[tuple[Box, bool]]]:
    """Every place of a grid: the box that covers it, and whether the box begins there."""
    covered: dict[tuple[int, int], tuple[Box, bool]] = {}
    for number, row in enumerate(grid):
        column = 0
        for box in row:
            while (number, column) in covered:
                column += 1
            for down in range(box.rows):
                for right in range(box.columns):
                    covered[number + down, column + right] = (box, down == right == 0)
            column += box.columns
    width = 1 + max(column for _, column in covered)
    return [[covered.get((number, column), (NOTHING, False)) for column in range(width)] for number in range(len(grid))]


def labels_only(item: Item) -> str:
    return item.label.text
