"""The years around the reports of a batch, from the panel: links to other pages, laws between years, settlements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from gk_pipeline.facts.findings import scope_label
from gk_pipeline.forms import Form, LawRow, yearly_rows
from gk_pipeline.pictures.judgements.evidence import evidence_told
from gk_pipeline.pictures.pages.laws import statement_said
from gk_pipeline.pictures.pages.neighbours import LinkLine, Neighbours, OtherYear, SettledLine
from gk_pipeline.pictures.pages.said import Said, both
from gk_pipeline.pictures.pages.stored import whole
from gk_pipeline.pictures.pages.words import WORDS
from gk_pipeline.pictures.words import TEXT
from gk_pipeline.schemas.exact import micros
from gk_pipeline.schemas.table import YEAR

OF_ALL_YEARS = ("panel.current_reports", "panel.year_links", "panel.settlements", "facts.revisions")
"""The tables that tell of other years, each of a year before and after too."""
Files = Mapping[tuple[str, int], Path]


def page_of(year: int, report_id: int) -> str:
    """The page of a report, from the folder of a year beside it."""
    return f"../{year}/{report_id}.html"


@dataclass(frozen=True)
class Around:
    """What the panel says of the reports of one year."""

    year: int
    current: Mapping[int, str]
    by_body: Mapping[tuple[str, int], int]
    links: Mapping[int, Sequence[Mapping[str, Any]]]
    settlements: Mapping[int, Sequence[Mapping[str, Any]]]
    instead: Mapping[int, int]

    @classmethod
    def of(cls, year: int, report_ids: Iterable[int], files: Files) -> "Around":
        """What is known of these reports; `files` are the stored ones of `OF_ALL_YEARS`, by table and year."""
        own = list(report_ids)
        reports = _rows(files, "panel.current_reports", (year - 1, year, year + 1))
        links = _rows(files, "panel.year_links", (year, year + 1))
        mine = pl.col("report_id").is_in(own) & (pl.col(YEAR) == year)
        earlier = pl.col("last_report_id").is_in(own) & (pl.col(YEAR) == year + 1)
        found = links.filter(mine | earlier)
        named = found.with_columns(owner=pl.when(pl.col(YEAR) == year).then("report_id").otherwise("last_report_id"))
        settled = _rows(files, "panel.settlements", (year,)).filter(pl.col("report_id").is_in(own))
        revisions = _rows(files, "facts.revisions", (year,)).filter(pl.col("standing") != "current")
        keyed = [(body, its_year, key) for body, its_year, key in reports.select(_BODY).iter_rows()]
        return cls(
            year,
            {key: body for body, its_year, key in keyed if its_year == year},
            {(body, its_year): key for body, its_year, key in keyed},
            _grouped(named, "owner"),
            _grouped(settled, "report_id"),
            dict(revisions.select("report_id", "current_report_id").iter_rows()),
        )

    def neighbours(self, report_id: int, names_body: bool, left_out: bool, forms: Sequence[Form]) -> Neighbours:
        """What the page of a report says of other years; one that does not name its body has none."""
        body = self.current.get(report_id)
        if body is None:
            other = self.instead.get(report_id)
            instead = None if other is None else page_of(self.year, other)
            return Neighbours(instead=instead, unnamed=not names_body, left_out=left_out)
        before, after = (self._other(body, self.year + step) for step in (-1, 1))
        links = [one for one in self.links.get(report_id, ()) if one["open_because"] != "no_report"]
        settled = self.settlements.get(report_id, ())
        keys = [(one["table_code"], one["item"], one["measure"]) for one in settled]
        notes = {key: f"year{at}" for at, key in enumerate(keys, start=1)}
        return Neighbours(
            before,
            after,
            is_current=True,
            counts=_counted(links) if links else None,
            links=tuple(_line(one, forms) for one in links if one["verdict"] == "broken"),
            settlements=tuple(_settled(one, notes[key], forms) for one, key in zip(settled, keys, strict=True)),
            settled={
                key: micros(whole(one["value"]))
                for one, key in zip(settled, keys, strict=True)
                if one["settlement_kind"] == "settled"
            },
            vetoed=frozenset(key for one, key in zip(settled, keys, strict=True) if one["settlement_kind"] == "vetoed"),
            notes=notes,
        )

    def _other(self, body: str, year: int) -> OtherYear | None:
        key = self.by_body.get((body, year))
        return None if key is None else OtherYear(year, page_of(year, key))


_BODY = ("organization_id", YEAR, "report_id")


def _rows(files: Files, name: str, years: Sequence[int]) -> pl.DataFrame:
    """The rows of a table in some years, with their year."""
    found = [
        pl.read_parquet(files[name, year], hive_partitioning=False).with_columns(pl.lit(year, pl.Int32).alias(YEAR))
        for year in years
        if (name, year) in files
    ]
    return pl.concat(found) if found else pl.DataFrame(schema=_NOTHING)


_NOTHING = {
    **dict.fromkeys(("organization_id", "open_because", "verdict", "standing"), pl.String),
    **dict.fromkeys(("report_id", "last_report_id", "current_report_id"), pl.Int64),
    YEAR: pl.Int32,
}
"""The columns that are looked at where there are no rows."""


def _grouped(rows: pl.DataFrame, name: str) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row[name], []).append(row)
    return found


def _counted(links: Sequence[Mapping[str, Any]]) -> Said:
    verdicts = [one["verdict"] for one in links]
    return WORDS["neighbours_held"].filled(
        n=len(verdicts),
        holds=verdicts.count("holds") + verdicts.count("used"),
        broken=verdicts.count("broken"),
        open=verdicts.count("not_assessable"),
    )


def _line(link: Mapping[str, Any], forms: Sequence[Form]) -> LinkLine:
    year, code = link[YEAR], link["table_code"]
    return LinkLine(
        f"{year - 1} → {year}",
        scope_label(forms, code, link["scope"]),
        statement_said(_yearly(tuple(forms))[code, link["law"], link["scope"]]),
        whole(link["left_value"]),
        whole(link["right_value"]),
        link["explained"],
    )


@cache
def _yearly(forms: tuple[Form, ...]) -> dict[tuple[str, str, str], LawRow]:
    return {
        (table.code, row.law, row.scope): row for form in forms for table in form.tables for row in yearly_rows(table)
    }


def _settled(row: Mapping[str, Any], name: str, forms: Sequence[Form]) -> SettledLine:
    tables = [table for form in forms for table in form.tables if table.code == row["table_code"]]
    return SettledLine(
        name,
        scope_label(forms, row["table_code"], f"{row['item']}.{row['measure']}"),
        both(lambda lang: TEXT[lang][row["settlement_kind"]].format(value=whole(row["value"]))),
        both(lambda lang: evidence_told(row["evidence"], tables[0], forms, lang)),
    )
