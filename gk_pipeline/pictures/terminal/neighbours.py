"""What the lake says of a cell beyond its own report: whether that counts, and what the years before and after say."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from rich.text import Text

from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Cell, Form, FormTable, LawRow, yearly_rows
from gk_pipeline.home import data_home
from gk_pipeline.pictures.judgements.evidence import evidence_told
from gk_pipeline.pictures.terminal.check import VERDICT_STYLE
from gk_pipeline.pictures.words import DECISION_ZH, TEXT, VERDICT, Lang
from gk_pipeline.pipeline import JudgedCell, JudgedReport
from gk_pipeline.sections.report import report_id
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.lookup import panel_of, revision_of

Row = Mapping[str, Any]


def said_in_the_lake(
    report: JudgedReport, judged: JudgedCell, forms: Sequence[Form], lang: Lang
) -> tuple[list[Text], list[Text]]:
    """What the lake says of a cell beyond its report: what goes first, and its links to the years before and after."""
    own, lake = judged.cell, Lake(data_home() / "lake", forms)
    key = report_id(str(report.read.document_id), report.read.ordinal)
    table = next(form for form in forms if form.code == own.form).table(own.table_code)
    cell = table.cell_at[own.item, own.measure]
    try:
        revision = revision_of(key, lake)
        standing = [] if revision is None else list(standing_told(revision, lang))
        links, settlements = panel_of(key, lake)
    except UnsoundLake as reason:
        print(f"What other years say of it cannot be told: {reason}", file=sys.stderr)
        return [], []
    settled = settled_told(settlements, table, cell, forms, lang)
    return [*standing, *settled], list(links_told(links, key, table, cell, forms, lang))


def standing_told(revision: Row, lang: Lang) -> Iterator[Text]:
    """That another report counts instead, and why; `revision` is a row of facts.revisions with the `current_path`."""
    why = revision["why"] if lang == "en" else DECISION_ZH[revision["decided_by"]]
    told = TEXT[lang][revision["standing"]].format(path=revision["current_path"])
    yield Text(f"{told}{TEXT[lang]['because']}{why}", style="bold")


def settled_told(
    settlements: pl.DataFrame, table: FormTable, cell: Cell, forms: Sequence[Form], lang: Lang
) -> Iterator[Text]:
    """What neighbouring years settle of a cell; `settlements` are the report's rows of panel.settlements."""
    own = settlements.filter(table_code=table.code, item=cell.item, measure=cell.measure)
    for row in own.iter_rows(named=True):
        words = TEXT[lang][row["settlement_kind"]]
        yield Text(words.format(value="—" if row["value"] is None else _plain(row["value"])), style="bold")
        yield Text(f"    {evidence_told(row['evidence'], table, forms, lang)}")


def links_told(
    links: pl.DataFrame, report_id: int, table: FormTable, cell: Cell, forms: Sequence[Form], lang: Lang
) -> Iterator[Text]:
    """The links of a cell to both neighbouring years with their numbers; nothing of other cells.

    `links` are the rows of panel.year_links that name the report in either year.
    """
    named: dict[tuple[str, str], LawRow] = {(row.law, row.scope): row for row in yearly_rows(table)}
    for link in links.sort("report_year", "law", "scope").iter_rows(named=True):
        law = named.get((link["law"], link["scope"]))
        if law is not None and link["table_code"] == table.code and _stands_in(cell, law, link, report_id):
            yield from _link(link, law, forms, lang)


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
    left, right = link["left_value"], link["right_value"]
    relation, bound = ("=" if left == right else "≠"), ""
    if law.kind == "ratio":
        relation, bound = ("<", f" ÷ {law.most_times}") if left < right else (">", f" × {law.most_times}")
    yield Text(f"    {year}: {_plain(left)} {relation} {year - 1}: {_plain(right)}{bound}")


def _plain(number: Any) -> str:
    return f"{number.normalize():f}"
