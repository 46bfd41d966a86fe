"""Every layout a report is known or likely to be printed in: how it is spelled, what happened to it, how it is written.

A clean layout prints every number where a reader finds it; of the others some cells cannot be known.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from random import Random

from . import changes as c
from . import spelling as s
from . import writers as w
from .lawful import FORMS, lawful
from .outcome import Case
from .paper import RELATION, Page, Style, boxes_of, page

Write = Callable[[Page, Random], str | bytes]


@dataclass(frozen=True)
class Layout:
    """`clean` layouts are read whole; every cell of the others is right or flagged."""

    name: str
    write: Write
    style: Callable[[Random], Style] = lambda random: Style()
    changes: Sequence[c.Change] = ()
    clean: bool = True
    suffix: str = ".txt"
    forms: Sequence[str] = tuple(FORMS)

    def case(self, form: str, filling: str, seed: int) -> Case:
        """A file in this layout, drawn with a seed."""
        random = Random(f"{self.name} {form} {filling} {seed}")
        report = lawful(form, filling, seed)
        sheet = page(report, self.style(random))
        for change in self.changes:
            sheet = change(sheet, random)
        printed = frozenset(box.key for box in boxes_of(sheet) if box.key and any(map(str.isdigit, box.text)))
        return Case(f"{self.name}{self.suffix}", _bytes(self.write(sheet, random)), report.values, printed)


def _bytes(written: str | bytes) -> bytes:
    return written.encode() if isinstance(written, str) else written


def plainly(write: Callable[..., str], **options: object) -> Write:
    """A writer that draws nothing at random."""
    return lambda sheet, random: write(sheet, **options)


LINES, TABS, PIPES, HTML = plainly(w.lines), plainly(w.tabs), plainly(w.markdown), plainly(w.html)
MEANS = {"lines": (LINES, ".txt"), "tabs": (TABS, ".txt"), "pipes": (PIPES, ".md"), "html": (HTML, ".html")}
"""The four ways to write that every spelling and change is tried in."""


def everywhere(name: str, means: Sequence[str] = tuple(MEANS), **rest: object) -> Iterator[Layout]:
    """The same spelling and changes in each of the usual ways to write."""
    for way in means:
        write, suffix = MEANS[way]
        yield Layout(f"{name} ({way})", write, suffix=suffix, **rest)  # type: ignore[arg-type]


def paragraphs(text: str) -> str:
    return f"<p class=MsoNormal><span lang=EN-US>\n {escape(text)}</span><o:p></o:p></p>"


def letters(text: str) -> str:
    return "".join(f"<span>{escape(letter)}</span>" for letter in text) or "&nbsp;"


def one_a_clause(grid: c.Grid) -> list[c.Grid]:
    """The disclosure table as one table a clause."""
    starts = [number for number, row in enumerate(grid) if row[0].role == "clause"]
    return [grid[a:b] for a, b in zip(starts, [*starts[1:], len(grid)], strict=True)] if starts else [grid]


def heads_apart(grid: c.Grid) -> list[c.Grid]:
    """The heads in one table, the rows in another."""
    first = next(number for number, row in enumerate(grid) if any(box.key for box in row))
    return [grid[:first], grid[first:]] if grid[0][0].role != "clause" else [grid]


def without_heads(grid: c.Grid) -> list[c.Grid]:
    return [[row for row in grid if any(box.key for box in row) or row[0].role == "clause"]]


WRITTEN = [
    *everywhere("plain"),
    Layout("lines, blank lines between", plainly(w.lines, gap="\n\n")),
    Layout("lines, crlf and indent", plainly(w.lines, gap="\r\n", indent="　　")),
    Layout("rows as lines", plainly(w.rows_as_lines)),
    Layout("rows as lines, full-width spaces", plainly(w.rows_as_lines, between="　")),
    Layout("rows as lines, wide gaps", plainly(w.rows_as_lines, between="    ")),
    Layout("aligned with spaces", plainly(w.aligned)),
    Layout("laid out on pages", plainly(w.laid_out)),
    Layout("laid out on short pages", plainly(w.laid_out, lines_a_page=23), clean=False),
    Layout("drawn with rules", plainly(w.drawn_with_rules)),
    Layout("drawn with rules (pipes)", plainly(w.drawn_with_rules), suffix=".md"),
    Layout("the whole report on one line", plainly(w.one_line)),
    Layout("tabs, no trace of spans", plainly(w.tabs_unspanned)),
    Layout("tabs, blank lines between rows", plainly(w.tabs, between="\n\n")),
    Layout("tabs, spans repeated", plainly(w.tabs, repeat=True)),
    Layout("tabs, ghost cells", w.tabs_with_ghosts),
    Layout("tabs, labels a column left", w.tabs_label_left),
    Layout("pipes on own lines", plainly(w.pipes_on_own_lines)),
    Layout("pipes, padded", plainly(w.markdown, padded=True), suffix=".md"),
    Layout("pipes, spans repeated", plainly(w.markdown, repeat=True), suffix=".md"),
    Layout("pipes, a table a row", plainly(w.markdown_a_row), suffix=".md"),
    Layout("pipes in a text file", PIPES),
    Layout("html in a markdown file", HTML, suffix=".md"),
    Layout("html, word paragraphs in cells", plainly(w.html, cell=paragraphs), suffix=".html"),
    Layout("html, a span a letter", plainly(w.html, cell=letters), suffix=".html"),
    Layout("html, no tbody, tags left open", plainly(w.html, closed=False, body=("", "")), suffix=".html"),
    Layout("html, th heads in thead", plainly(w.html, head_tag="th", head_rows=2, body=("", "")), suffix=".html"),
    Layout("html, no spans", plainly(w.html, spans=False), suffix=".html"),
    Layout("html, no spans, repeated", plainly(w.html, spans=False, repeat=True), suffix=".html"),
    Layout("html, one table a clause", plainly(w.html, split=one_a_clause), suffix=".html"),
    Layout("html, heads in a table of their own", plainly(w.html, split=heads_apart), suffix=".html"),
    Layout("html, wrapped in divs", plainly(w.html, around=("<div><div>", "</div></div>")), suffix=".html"),
    Layout(
        "html, in layout tables",
        plainly(w.html, around=("<table><tr><td><a>首页</a></td><td>", "</td></tr></table>")),
        suffix=".html",
    ),
    Layout("html, a table a row", HTML, changes=[c.grids_torn_by_row], suffix=".html"),
    Layout("html, divs", plainly(w.html_lines), suffix=".html"),
    Layout("html, br", plainly(w.html_lines, before="", after="<br>"), suffix=".html"),
    *everywhere("groups on every row", changes=[c.groups_on_every_row], means=("tabs", "pipes", "html")),
    *everywhere("spacer columns", changes=[s.spacer_columns], means=("tabs", "pipes", "html")),
    *everywhere("spacer columns behind values", changes=[s.spacers_behind], means=("tabs", "pipes", "html")),
]

SPELLED = [
    *(
        layout
        for name, style in s.STYLES.items()
        for layout in everywhere(name, style=style, means=("lines", "tabs", "html"))
    ),
    *everywhere("review, a row an item", style=s.review("rows")),
    *everywhere("review, two tables", style=s.review("two tables")),
    *everywhere("review, three tables", style=s.review("three tables")),
    *everywhere("units inside cells", style=s.units_inside),
    *everywhere("units behind a space", style=s.units_behind_a_space),
    *everywhere("money in yuan, unit in the head", style=s.yuan("（单位：元）")),
    *everywhere("money in yuan, short unit in the head", style=s.yuan("（元）")),
    *everywhere("money in yuan, bare unit in the head", style=s.yuan("，单位：元")),
    *everywhere("money in yuan, unit in the cell", style=s.yuan_cell("元")),
    *everywhere("money in yuan, unit behind a space", style=s.yuan_cell(" 元")),
    *everywhere("money in yuan, unit in brackets behind", style=s.yuan_cell("（元）")),
    *(
        layout
        for where, text in {
            "above": "单位：元",
            "above, with counts": "（单位：件、元）",
            "above, spaced": "计量单位 ：人民币 元",
            "above, in a sentence": "本表金额均以元为单位，保留整数。",
        }.items()
        for layout in everywhere(f"money in yuan, unit {where}", style=s.yuan(""), changes=[c.after_heading(1, text)])
    ),
    *everywhere(
        "money in yuan, unit in a note",
        style=s.yuan(""),
        changes=[c.before_heading(2, "注：1.收费金额和采购金额单位为元；2.其余为件。")],
    ),
    *everywhere("money in yuan, unit in the title row", style=s.yuan(""), changes=[s.title_row("单位：元")]),
    Layout(
        "money in yuan, unit in the caption",
        plainly(w.html, caption="主动公开情况　金额单位：元"),
        style=s.yuan(""),
        suffix=".html",
    ),
    *everywhere("footnote marks", changes=[c.behind_values(s.footnote)]),
    *everywhere("counts in words, money with its sign", style=s.ceremonious),
    *everywhere("remarks in cells", changes=[c.behind_values(s.remark)]),
    *everywhere("an extra row", changes=[c.row_after("normative_documents", "其他主动公开文件", "7", "7", "70")]),
    *everywhere("prose around the tables", changes=s.PROSE),
    *everywhere("navigation and other tables", changes=[s.NAVIGATION]),
    *everywhere("page numbers with dashes", changes=[c.rows_between(lambda n: f"— {n + 1} —", 0.1)], means=("lines",)),
    *everywhere("subtotals printed", changes=[s.subtotals]),
    *everywhere("a column for remarks", changes=[s.remark_column], means=("tabs", "pipes", "html")),
    *everywhere("a column of units", changes=[s.unit_column], means=("lines", "tabs", "pipes", "html")),
    *everywhere("running numbers before labels", changes=[c.numbered_labels], means=("tabs", "pipes", "html")),
    *everywhere("heads again on the next page", changes=[c.heads_again]),
    *everywhere("traditional characters", style=s.traditional),
    *everywhere("numbers torn over lines", style=s.torn_numbers, clean=False),
    *everywhere("explanations in labels", style=s.explained),
    *everywhere("heads by another name", changes=[c.other_heads(s.OTHER_NAMES)]),
    *everywhere("heads cut off or mistyped", changes=[c.other_heads(s.CUT_OR_MISTYPED)]),
    *everywhere(
        "review heads by another name, a row an item", style=s.review("rows"), changes=[c.other_heads(s.OTHER_NAMES)]
    ),
    *everywhere(  # heads one a line are in no row, so that they could tell this
        "subtypes exchanged, by other names",
        ("tabs", "pipes", "html"),
        changes=[c.exchanged_columns("research_institution", "other_organization"), c.other_heads(s.OTHER_NAMES)],
    ),
]

DAMAGED = [
    layout
    for name, applied in {
        **{f"blanks as {text or 'nothing'}": [c.blanked(0.4, text)] for text in ("", "-", "—", "/", "无", "nan", " ")},
        "all zeros blank": [c.blanked(1)],
        "blank columns": [c.blank_column("research_institution", "legal_service_organization", "other_result")],
        "blank first column": [c.blank_column("natural_person", "upheld", "made", "issued")],
        "blank last column": [c.blank_column("total", "total_disclosed", "in_force", "decisions")],
        "zeros lost": [c.lost_values(0.5)],
        "values lost": [c.lost_values(0.3, zeros_only=False)],
        "values lost in disclosure": [c.lost_values(0.5, "proactive_disclosure", zeros_only=False)],
        "values lost in review": [c.lost_values(1, "review_litigation")],
        "zeros lost and blanks": [c.blanked(0.3), c.lost_values(0.3)],
        "blanks and spacer columns": [s.spacers_behind, c.blanked(0.5)],
        "blanks and one ghost": [c.blanked(0.5), s.ghosts],
        "subtypes exchanged": [c.exchanged_columns("commercial_enterprise", "other_organization")],
        "persons and total exchanged": [c.exchanged_columns("natural_person", "total")],
        "total first": [c.total_first],
        "disclosure heads exchanged": [
            c.exchanged_columns("issued", "in_force"),
            c.exchanged_columns("made", "newly_disclosed"),
            c.exchanged_columns("projects", "amount"),
            c.exchanged_columns("items_change", "decisions"),
        ],
        "review heads exchanged": [c.exchanged_in_every_block(5, 0, 1)],
        "review total first": [c.exchanged_in_every_block(5, 0, 4)],
        "rows exchanged": [
            c.exchanged_rows("refused_third_party", "refused_deliberative"),
            c.exchanged_rows("penalties", "coercion"),
            c.exchanged_rows("received", "carried_in"),
        ],
        "rows missing": [c.without("refused_third_party"), c.without("penalties"), c.without("other_miscellaneous")],
        "first rows missing": [c.without("received"), c.without("regulations")],
        "last rows missing": [c.without("carried_out"), c.without("fees"), c.without("procurement")],
        "last rows missing, told in prose": [
            c.without("carried_out"),
            c.without("fees"),
            c.without("procurement"),
            *s.PROSE,
        ],
        "rows missing, told in prose": [c.without("penalties"), c.without("licensing"), c.without("granted"), *s.PROSE],
        "bare page numbers": [c.rows_between(lambda number: str(number + 3), 0.2)],
        "bare page numbers and blanks": [c.blanked(0.5), c.rows_between(lambda number: str(number + 3), 0.2)],
        "running numbers": [c.numbered_rows],
        "running numbers and blanks": [c.numbered_labels, c.blanked(0.6)],
        "running numbers and lost values": [c.numbered_labels, c.lost_values(0.5, zeros_only=False)],
        "tables printed twice, not alike": [s.second_table],
        "cut early": [c.cut_at(0.6)],
        "cells merged over two rows": [c.merged_down(0.3)],
        "a column of other numbers": [c.extra_column("上年同期")],
        "a column of other numbers and blanks": [c.extra_column("上年同期"), c.blanked(0.5)],
        "no total column": [c.dropped_column("total")],
        "no total column, one of other numbers": [c.dropped_column("total"), c.extra_column("占比")],
        "one measure not printed": [
            c.dropped_column("repealed", "newly_disclosed", "items_change", "research_institution")
        ],
        "values below their labels": [c.values_below],
        "a row in a cell": [c.row_in_a_cell(" ")],
        "a row in a cell, a line a value": [c.row_in_a_cell("\n")],
        "a row in a cell, commas": [c.row_in_a_cell("，")],
        "a row in a cell, nothing between": [c.row_in_a_cell("")],
        "other heads": [
            c.other_heads({"本年废止件数": "上年制发件数", "本年新公开数量": "上年公开数量", "科研机构": "事业单位"})
        ],
        "subtypes exchanged, one unknown": [
            c.exchanged_columns("commercial_enterprise", "research_institution"),
            c.other_heads({"科研机构": "事业单位"}),
        ],
        "subtypes exchanged, both unknown": [
            c.exchanged_columns("commercial_enterprise", "research_institution"),
            c.other_heads({"科研机构": "事业单位", "商业企业": "国有公司"}),
        ],
        "subtypes exchanged, total and shared head unknown": [
            c.exchanged_columns("commercial_enterprise", "other_organization"),
            c.other_heads({"总计": "全部", "法人或其他组织": "单位"}),
        ],
        "review heads exchanged, one unknown and one cut short": [
            c.exchanged_in_every_block(5, 0, 1),
            c.other_heads({"结果维持": "驳回", "结果纠正": "结果"}),
        ],
        "persons and total exchanged, unknown": [
            c.exchanged_columns("natural_person", "total"),
            c.other_heads({"总计": "全部", "自然人": "公民个人"}),
        ],
        "subtypes exchanged, one unknown, nothing above": [
            *s.PROSE,
            c.exchanged_columns("commercial_enterprise", "research_institution"),
            c.other_heads({"科研机构": "事业单位", RELATION: "", "申请人情况": ""}),
        ],
        "total first, by another name": [c.total_first, c.other_heads({"总计": "合计"})],
        "total first, unknown": [c.total_first, c.other_heads({"总计": "全部"})],
        "review heads exchanged, one unknown": [
            c.exchanged_in_every_block(5, 0, 1),
            c.other_heads({"结果维持": "驳回"}),
        ],
        "review heads exchanged, both unknown": [
            c.exchanged_in_every_block(5, 1, 3),
            c.other_heads({"结果纠正": "撤销", "尚未审结": "在办"}),
        ],
        "review heads exchanged, the last unknown": [
            c.exchanged_in_every_block(5, 3, 4),
            c.other_heads({"尚未审结": "在办"}),
        ],
        "rows jammed into one cell": [s.jammed],
        "two rows side by side": [s.side_by_side],
        "values before labels": [s.values_first],
        "columns cut in two tables": [s.cut_in_two],
        "spans too long": [s.spans_off(1)],
        "spans too short": [s.spans_off(-1)],
        "spans too short and blanks": [c.blanked(0.6), s.spans_off(-1)],
        "spans too long and blanks": [c.blanked(0.6), s.spans_off(1)],
        "labels wrapped around their numbers": [s.wrapped_labels],
        "labels mistyped": [s.mistyped],
        "two years side by side": [s.two_years],
    }.items()
    for layout in everywhere(name, changes=applied, clean=False)
] + [
    *everywhere(
        "review heads exchanged, one unknown, a row an item",
        style=s.review("rows"),
        changes=[c.exchanged_in_every_block(5, 0, 1), c.other_heads({"结果维持": "驳回"})],
        clean=False,
    ),
    *everywhere(
        "review heads exchanged, one unknown, three tables",
        style=s.review("three tables"),
        changes=[c.exchanged_in_every_block(5, 0, 1), c.other_heads({"结果维持": "驳回"})],
        clean=False,
    ),
    *everywhere("review turned", style=s.review("turned"), clean=False),
    *everywhere(
        "zeros lost and ghosts", ("lines", "tabs", "pipes"), changes=[c.lost_values(0.6), s.ghosts], clean=False
    ),
    *everywhere("money with a sign of 元 in a column of 万元", style=s.signed_money, clean=False),
    *everywhere("signs in remarks", style=s.signs_in_remarks, clean=False),
    *everywhere("letters for noughts", style=s.letter_noughts, clean=False),
    *everywhere(
        "money of which two units are named",
        style=s.yuan("（万元）"),
        changes=[c.after_heading(1, "单位：元")],
        clean=False,
    ),
    *everywhere(
        "money whose unit may be another table's",
        style=s.yuan(""),
        changes=[c.after_heading(1, "附表一：财政资金（单位：元）", "12")],
        clean=False,
    ),
    *everywhere("head unit lost from a varied head", style=s.varied_money_head, clean=False),
    Layout(
        "pipes, spans repeated, total first", plainly(w.markdown, repeat=True), changes=[c.total_first], suffix=".md"
    ),
    Layout("tabs, spans repeated, total first", plainly(w.tabs, repeat=True), changes=[c.total_first], suffix=".txt"),
    Layout("tabs, ghosts and lost zeros", w.tabs_with_ghosts, changes=[c.lost_values(0.5)], clean=False),
    Layout("tabs, ghosts and blanks", w.tabs_with_ghosts, changes=[c.blanked(0.5)], clean=False),
    Layout(
        "tabs, ghosts, blanks and lost", w.tabs_with_ghosts, changes=[c.blanked(0.5), c.lost_values(0.4)], clean=False
    ),
    Layout("html, no heads", plainly(w.html, split=without_heads), suffix=".html", clean=False),
    Layout("laid out on pages, blanks", plainly(w.laid_out), changes=[c.blanked(0.4)], clean=False),
    Layout(
        "laid out on pages, persons and total exchanged",
        plainly(w.laid_out),
        changes=[c.exchanged_columns("natural_person", "total")],
        clean=False,
    ),
    Layout("drawn with rules, blanks", plainly(w.drawn_with_rules), changes=[c.blanked(0.4)], clean=False),
    Layout("csv", plainly(w.rows_as_lines, between=","), clean=False),
    Layout("semicolons", plainly(w.rows_as_lines, between=";"), clean=False),
    Layout("columns read down", lambda sheet, random: s.read_down(sheet), clean=False),
    Layout("one line, blanks", plainly(w.one_line), changes=[c.blanked(0.4)], clean=False),
    Layout("aligned, blanks", plainly(w.aligned), changes=[c.blanked(0.4)], clean=False),
    Layout("every other line lost", s.every_other_line, clean=False),
    Layout("repeated lines dropped", s.repeated_lines_dropped, clean=False),
]

LAYOUTS = [*WRITTEN, *SPELLED, *DAMAGED]
