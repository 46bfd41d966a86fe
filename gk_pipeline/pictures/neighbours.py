"""What the years before and after say of a cell, for a report in the lake."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from rich.text import Text

from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Cell, Form, FormTable, LawRow, yearly_rows
from gk_pipeline.pictures.check import VERDICT_STYLE
from gk_pipeline.pictures.words import TEXT, VERDICT, Lang

Row = Mapping[str, Any]


def neighbours_told(
    links: pl.DataFrame,
    settlements: pl.DataFrame,
    report_id: int,
    table: FormTable,
    cell: Cell,
    forms: Sequence[Form],
    lang: Lang,
) -> Iterator[Text]:
    """The links of a cell to both neighbouring years with their numbers, then what they settle; nothing of other cells.

    `links` are the rows of panel.year_links that name the report in either year, `settlements` its own.
    """
    named: dict[tuple[str, str], LawRow] = {(row.law, row.scope): row for row in yearly_rows(table)}
    for link in links.sort("report_year", "law", "scope").iter_rows(named=True):
        law = named.get((link["law"], link["scope"]))
        if law is not None and link["table_code"] == table.code and _stands_in(cell, law, link, report_id):
            yield from _link(link, law, forms, lang)
    own = settlements.filter(table_code=table.code, item=cell.item, measure=cell.measure)
    for row in own.iter_rows(named=True):
        words = TEXT[lang][row["settlement_kind"]]
        yield Text(words.format(value="—" if row["value"] is None else _plain(row["value"])), style="bold")
        yield Text(f"    {row['evidence']}")


def _stands_in(cell: Cell, law: LawRow, link: Row, report_id: int) -> bool:
    """Whether the report's cell is a member, on this year's side or on last year's; a whole table is no news of it."""
    if law.kind == "repetition" or (law.kind == "ratio" and link["verdict"] != "broken"):
        return False
    members = law.last_year if link["last_report_id"] == report_id else [index for index, _ in law.coefficients]
    return cell.index in members


def _link(link: Row, law: LawRow, forms: Sequence[Form], lang: Lang) -> Iterator[Text]:
    year = link["report_year"]
    head = Text(f"{law.law} [{scope_label(forms, link['table_code'], law.scope)}] {year - 1} → {year} ")
    head.append(VERDICT[lang][link["verdict"]], style=VERDICT_STYLE[link["verdict"]])
    if link["explained"]:
        head.append(TEXT[lang]["explained"])
    yield head.append(f": {law.statement_zh if lang == 'zh' else law.statement}")
    if link["verdict"] == "not_assessable":
        yield Text(f"    {TEXT[lang][link['open_because']]}")
        return
    relation = "=" if link["left_value"] == link["right_value"] else "≠"
    yield Text(f"    {year}: {_plain(link['left_value'])} {relation} {year - 1}: {_plain(link['right_value'])}")


def _plain(number: Any) -> str:
    return f"{number.normalize():f}"
