"""A report on paper to the bytes of a file: text, tabs, pipes, Markdown, HTML."""

from collections.abc import Callable
from html import escape
from random import Random
from unicodedata import east_asian_width

from .paper import Box, Grid, Page, matrix

Rows = list[list[str]]


def flat(grid: Grid, repeat: bool = False) -> Rows:
    """The rows of a grid without spans: a spanned place is empty, or repeats the text that covers it."""
    return [[box.text if begins or repeat else "" for box, begins in row] for row in matrix(grid)]


def _joined(sheet: Page, of_grid: Callable[[Grid], str], between: str = "\n") -> str:
    return between.join(part if isinstance(part, str) else of_grid(part) for part in sheet)


def lines(sheet: Page, gap: str = "\n", indent: str = "") -> str:
    """One cell a line."""
    texts = list(sheet)
    cells = lambda grid: [box.text for row in grid for box in row]  # noqa: E731
    flow = [text for part in texts for text in ([part] if isinstance(part, str) else cells(part))]
    return gap.join(indent + text for text in flow)


def one_line(sheet: Page) -> str:
    return " ".join(lines(sheet).split("\n"))


def rows_as_lines(sheet: Page, between: str = " ") -> str:
    """Each row on a line, cells parted by white space that is no tab."""
    return _joined(sheet, lambda grid: "\n".join(between.join(box.text for box in row) for row in grid))


def aligned(sheet: Page) -> str:
    """Columns lined up with spaces, every place as wide as its widest text."""

    def of_grid(grid: Grid) -> str:
        rows = flat(grid)
        wide = [max(2 * len(row[column]) for row in rows) + 2 for column in range(len(rows[0]))]
        return "\n".join(
            "".join(text + " " * (wide[column] - 2 * len(text)) for column, text in enumerate(row)).rstrip()
            for row in rows
        )

    return _joined(sheet, of_grid)


def tabs(sheet: Page, repeat: bool = False, between: str = "\n") -> str:
    return _joined(sheet, lambda grid: between.join("\t".join(row) for row in flat(grid, repeat)))


def tabs_unspanned(sheet: Page) -> str:
    """Tabs between the boxes alone: spans leave no trace."""
    return _joined(sheet, lambda grid: "\n".join("\t".join(box.text for box in row) for row in grid))


def tabs_with_ghosts(sheet: Page, random: Random) -> str:
    """Empty cells before a label, between label and numbers, between numbers and behind them, row by row."""

    def of_row(row: list[tuple[Box, bool]]) -> str:
        texts: list[str] = []
        for box, begins in row:
            if box.role == "value" and begins and random.random() < 0.05:
                texts.append("")
            texts.append(box.text if begins else "")
            if box.role in ("label", "group") and begins and random.random() < 0.5:
                texts.append("")
        return "\t".join([*[""] * random.randrange(2), *texts, *[""] * random.randrange(3)])

    return _joined(sheet, lambda grid: "\n".join(of_row(row) for row in matrix(grid)))


def tabs_label_left(sheet: Page, random: Random) -> str:
    """Some rows begin a column too far to the left."""

    def of_row(texts: list[str]) -> str:
        pushed = texts[1:] if texts[0] == "" and random.random() < 0.3 else texts
        return "\t".join(pushed)

    return _joined(sheet, lambda grid: "\n".join(of_row(row) for row in flat(grid)))


def pipes_on_own_lines(sheet: Page) -> str:
    def of_grid(grid: Grid) -> str:
        return "\n".join("\n|\n".join(box.text for box in row) + "\n|\n|||" for row in grid)

    return _joined(sheet, of_grid)


def markdown(sheet: Page, repeat: bool = False, padded: bool = False) -> str:
    """Pipe tables, spans flattened; the first row is the head, as pipe tables need one."""

    def of_grid(grid: Grid) -> str:
        rows = flat(grid, repeat)
        edge = " " if padded else ""
        drawn = ["|" + "|".join(f"{edge}{text}{edge}" for text in row) + "|" for row in rows]
        drawn.insert(1, "|" + "|".join("---" for _ in rows[0]) + "|")
        return "\n" + "\n".join(drawn) + "\n"

    return _joined(["# " + part if isinstance(part, str) and len(part) < 30 else part for part in sheet], of_grid)


def markdown_a_row(sheet: Page) -> str:
    """Each row of values its own pipe table with invented heads."""

    def of_grid(grid: Grid) -> str:
        return "\n\n".join(
            "|" + "|".join(f"列{number}" for number in range(1, len(row) + 1)) + "|\n"
            + "|" + "---|" * len(row) + "\n|" + "|".join(row) + "|"
            for row in flat(grid)
        )  # fmt: skip

    return _joined(sheet, of_grid)


def html(
    sheet: Page,
    cell: Callable[[str], str] = escape,
    spans: bool = True,
    repeat: bool = False,
    body: tuple[str, str] = ("<tbody>", "</tbody>"),
    head_tag: str = "td",
    closed: bool = True,
    around: tuple[str, str] = ("", ""),
    split: Callable[[Grid], list[Grid]] = lambda grid: [grid],
    head_rows: int = 0,
    caption: str = "",
) -> str:
    """A page; `spans` False writes every place as a cell of its own."""

    def tag_of(box: Box) -> str:
        return head_tag if box.role == "head" else "td"

    def of_box(box: Box) -> str:
        columns = f' colspan="{box.columns}"' if box.columns > 1 else ""
        rows = f" rowspan={box.rows}" if box.rows > 1 else ""
        tag = tag_of(box)
        return f"<{tag}{columns}{rows}>{cell(box.text)}" + (f"</{tag}>" if closed else "\n")

    def of_grid(grid: Grid) -> str:
        if spans:
            rows = ["".join(map(of_box, row)) for row in grid]
        else:
            rows = ["".join(f"<td>{cell(text)}</td>" for text in row) for row in flat(grid, repeat)]
        drawn = ["<tr>" + row + ("</tr>" if closed else "\n") for row in rows]
        if head_rows:
            drawn = ["<thead>", *drawn[:head_rows], "</thead>", *drawn[head_rows:]]
        titled = f"<caption>{escape(caption)}</caption>" if caption else ""
        return f"{around[0]}<table border=1>{titled}{body[0]}{''.join(drawn)}{body[1]}</table>{around[1]}"

    parts = [
        f"<p>{escape(part)}</p>" if isinstance(part, str) else "".join(of_grid(piece) for piece in split(part))
        for part in sheet
    ]
    return f"<html><head><title>年报</title></head><body>{''.join(parts)}</body></html>"


def html_lines(sheet: Page, before: str = "<div>", after: str = "</div>") -> str:
    """A page that draws its tables without table elements, one element a cell."""
    return f"<html><body>{''.join(before + escape(line) + after for line in lines(sheet).splitlines())}</body></html>"


def laid_out(sheet: Page, lines_a_page: int = 42) -> str:
    """Pages as a program prints them that keeps their layout: cells wrapped, centred over the rows they span."""
    lines = [line for part in sheet for line in (["    " + part] if isinstance(part, str) else _cells_drawn(part))]
    pages = [lines[at : at + lines_a_page] for at in range(0, len(lines), lines_a_page)]
    return "".join("\n".join([*page, "", f"{'':40}{number}", "\f"]) for number, page in enumerate(pages, 1))


def _cells_drawn(grid: Grid) -> list[str]:
    rows = matrix(grid)
    wide = {4: [24, 14, 14, 14], 10: [6, 12, 24, *[8] * 7]}.get(len(rows[0]), [6] * len(rows[0]))
    cells = [
        (row, column, box, _wrapped(box.text, sum(wide[column : column + box.columns]) - 2))
        for row, places in enumerate(rows)
        for column, (box, begins) in enumerate(places)
        if begins
    ]
    high = [max([len(t) for at, _, box, t in cells if at == row and box.rows == 1] or [1]) for row in range(len(rows))]
    for row, _, box, texts in cells:
        high[row + box.rows - 1] += max(0, len(texts) - sum(high[row : row + box.rows]))
    drawn = [""] * sum(high)
    for row, column, box, texts in sorted(cells, key=lambda cell: cell[1]):
        middle = sum(high[:row]) + (sum(high[row : row + box.rows]) - len(texts)) // 2
        place, space = sum(wide[:column]), sum(wide[column : column + box.columns])
        for number, text in enumerate(texts, middle):
            indent = 1 if box.role == "label" else max(0, space - _width(text)) // 2
            drawn[number] += " " * (place + indent - _width(drawn[number])) + text if text else ""
    return drawn


def drawn_with_rules(sheet: Page) -> str:
    """Tables between rules, spans left empty, as pandoc draws them."""

    def of_grid(grid: Grid) -> str:
        rows = flat(grid)
        wide = [max(min(2 * len(row[column]), 20) for row in rows) + 2 for column in range(len(rows[0]))]
        rule = "+" + "+".join("-" * width for width in wide) + "+"
        lines = [rule]
        for row in rows:
            texts = [_wrapped(text, width - 2) for text, width in zip(row, wide, strict=True)]
            for number in range(max(map(len, texts))):
                shown = [own[number] if number < len(own) else "" for own in texts]
                fields = [f" {text}{' ' * (width - 1 - _width(text))}" for text, width in zip(shown, wide, strict=True)]
                lines.append("|" + "|".join(fields) + "|")
            lines.append(rule)
        return "\n" + "\n".join(lines) + "\n"

    return _joined(sheet, of_grid)


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for char in text:
        if _width(lines[-1] + char) > width and lines[-1]:
            lines.append("")
        lines[-1] += char
    return lines


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
