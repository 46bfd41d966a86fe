"""Bodies through the years on paper, and the panel made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
from facts.paper import FORMS, Place, on_paper

from gk_pipeline.facts.correction_file import Correction
from gk_pipeline.facts.corrections import CellKey
from gk_pipeline.facts.revisions import of_bodies_with_several, revisions
from gk_pipeline.facts.stage import judge
from gk_pipeline.panel.stage import Panel, make_panel
from gk_pipeline.schemas.catalog import Batch, check_batch
from gk_pipeline.schemas.documents import Files
from gk_pipeline.schemas.exact import MICRO
from gk_pipeline.schemas.sections import Reports
from gk_pipeline.schemas.tables import CELL
from gk_pipeline.tables.stage import table_frames

ALL = tuple(FORMS[code] for code in ("2019", "2021"))

Changed = Mapping[Place, object]

FOLLOWS: Changed = {
    ("applications", "carried_in", "natural_person"): 1,
    ("applications", "carried_in", "commercial_enterprise"): 1,
    ("applications", "received", "natural_person"): 13,
    ("applications", "received", "commercial_enterprise"): 2,
    ("proactive_disclosure", "regulations", "in_force"): 5,
    ("proactive_disclosure", "normative_documents", "in_force"): 39,
}
"""What makes the lawful report on the form of 2021 follow from itself a year before."""

FOLLOWS_ON_2019: Changed = {key: number for key, number in FOLLOWS.items() if key[0] == "applications"} | {
    ("proactive_disclosure", "licensing", "items_previous_year"): 112,
    ("proactive_disclosure", "penalties", "items_previous_year"): 47,
}
"""The same on the form of 2019."""

THIRD: Changed = {
    **FOLLOWS,
    ("proactive_disclosure", "regulations", "in_force"): 6,
    ("proactive_disclosure", "normative_documents", "in_force"): 37,
}
"""A third year, again with the same carried out."""


@dataclass(frozen=True)
class Page:
    """A report: whose, of which year, on which form, and what it prints differently from the lawful one.

    Pages with the same number of a `document` are one; without, each is its own. `decided` are cells that a person
    corrected, with the numbers that belong there.
    """

    year: int
    changed: Changed = field(default_factory=dict)
    form: str = "2021"
    body: str | None = "甲县"
    scope: str = "unknown"
    published: date | None = None
    document: int | None = None
    decided: Changed = field(default_factory=dict)


@dataclass(frozen=True)
class Linked:
    """The panel of some pages, whose report ids are their numbers from 1, and the tables of each year."""

    panel: Panel
    years: Mapping[int, Batch]

    def rows(self, table: str, **where: object) -> list[dict[str, Any]]:
        """The rows of a table of the panel over all years."""
        frames = [batch[table] for year in sorted(self.years) for batch in self.panel.tables_of(year) if table in batch]
        frame = pl.concat(frames) if frames else pl.DataFrame()
        return frame.filter(**where).to_dicts() if frames else []

    def verdicts(self, law: str, year: int) -> dict[str, str]:
        """The verdict of a law in every scope."""
        return {row["scope"]: row["verdict"] for row in self.rows("panel.year_links", law=law, report_year=year)}

    def broken(self) -> set[tuple[int, str, str]]:
        """Every broken link that nothing explains, by year, law and scope; jumps and repetitions aside."""
        return {
            (row["report_year"], row["law"], row["scope"])
            for row in self.rows("panel.year_links", verdict="broken", explained=False)
            if row["law"] not in ("year.repeated", "year.jump")
        }

    def settled(self) -> dict[tuple[int, str, str], tuple[str, int | None]]:
        """What is settled or vetoed, by report, item and measure."""
        return {
            (row["report_id"], row["item"], row["measure"]): (
                row["settlement_kind"],
                None if row["value"] is None else int(row["value"]),
            )
            for row in self.rows("panel.settlements")
        }


def linked(*pages: Page) -> Linked:
    """The panel of pages; what is made keeps every promise."""
    years = {year: _year(year, pages) for year in dict.fromkeys(page.year for page in pages)}
    lazily = {
        year: {name: frame.lazy().with_columns(report_year=pl.lit(year, pl.Int32)) for name, frame in tables.items()}
        for year, tables in years.items()
    }
    panel = make_panel(lazily, ALL)
    for year in years:
        for batch in panel.tables_of(year):
            check_batch({"panel.current_reports": panel.current, **batch}, ALL)
    return Linked(panel, years)


def _year(year: int, pages: Sequence[Page]) -> Batch:
    own = [(page.document or number, page) for number, page in enumerate(pages, start=1) if page.year == year]
    cells = table_frames([(number, "x", on_paper(FORMS[page.form], page.changed)) for number, page in own], ALL)
    facts, results, repairs, _ = judge(cells["tables.cells"], ALL, _reviewed(own, cells["tables.cells"]))
    reports = Reports.of_rows([_report(number, page) for number, page in own])
    revised = revisions(of_bodies_with_several(reports.lazy(), year), facts, year)
    tables = {"facts.facts": facts, "facts.law_results": results, "facts.repairs": repairs, **revised}
    check_batch(tables, ALL)
    return tables | {"sections.reports": reports, "documents.files": _files(own)}


def _reviewed(own: Sequence[tuple[int, Page]], cells: pl.DataFrame) -> dict[CellKey, Correction]:
    printed = {tuple(key): value for *key, value in cells.select(*CELL, "value").iter_rows()}
    said = {"reason": "a slip", "evidence": "the page", "by": "王小明", "on": date(2024, 11, 25), "cause": "publisher"}
    return {
        (number, *cell): Correction(
            {}, "a.txt", 0, cell, int(printed[(number, *cell)].scaleb(6)), int(str(value)) * MICRO, **said
        )
        for number, page in own
        for cell, value in page.decided.items()
    }


def _report(number: int, page: Page) -> tuple[object, ...]:
    body = page.body and f"org-{page.body}"
    whose = (number, f"{number:064d}", 0, page.body, body, "county", page.scope, page.year, page.published)
    return (*whose, "title", page.form, [], 0, 0)


def _files(own: Sequence[tuple[int, Page]]) -> pl.DataFrame:
    rows = [{"path": f"{page.year}/{number}.txt", "document_id": f"{number:064d}"} for number, page in own]
    schema = Files.polars_schema()
    return (
        pl.DataFrame(rows)
        .with_columns(*(pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in rows[0]))
        .select(schema.names())
    )
