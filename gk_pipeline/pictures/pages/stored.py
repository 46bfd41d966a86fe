"""A batch of reports as they come back from the lake, judged: the same as what a draft's page is made from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from gk_pipeline.documents.document import Block, GridCell
from gk_pipeline.documents.frames import CELL_FIELDS, first_paths
from gk_pipeline.facts.claims import claim_verdicts
from gk_pipeline.facts.repairs import MOST_WRITTEN, Repair, all_known
from gk_pipeline.facts.testimony import ClaimVerdict
from gk_pipeline.forms import Form, FormTable, LawRow
from gk_pipeline.pipeline import JudgedCell, JudgedLaw, JudgedRepair, JudgedReport
from gk_pipeline.quality.finding import Finding
from gk_pipeline.reports import ReadReport
from gk_pipeline.schemas.exact import to_micros
from gk_pipeline.sections.report import Identity
from gk_pipeline.storage.parquet import StoredFile
from gk_pipeline.tables.cells import ReadCell
from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.read import ReadTable

BY_BATCH = (
    *("documents.documents", "documents.blocks", "sections.reports", "tables.cells", "tables.claims"),
    *("tables.found_tables", "facts.facts", "facts.law_results", "facts.repairs"),
)
"""The tables whose row groups hold the same documents."""
BY_YEAR = ("documents.files", "quality.findings")
_TOLD = ("severity", "code", "message", "advice", "evidence", "table_code", "item")
Rows = list[tuple[Any, ...]]


class StoredReport(NamedTuple):
    """A report of the lake, judged; one that is about another year than its folder is `left_out` and has no facts."""

    report_id: int
    judged: JudgedReport
    left_out: bool


@dataclass(frozen=True)
class StoredBatch:
    """One batch of a year: the file of each table, which must be sound, and the number of the batch in them."""

    year: int
    files: Mapping[str, Path]
    number: int

    def reports(self, forms: Sequence[Form]) -> Iterator[StoredReport]:
        """The reports of the batch, one after another."""
        tables = {name: StoredFile(self.files[name]).batch(self.number) for name in BY_BATCH}
        return _Batch(tables, self._of_year("documents.files"), self._of_year("quality.findings"), self.year).reports(
            forms
        )

    def report_ids(self) -> list[int]:
        """The ids of its reports."""
        return StoredFile(self.files["sections.reports"]).batch(self.number)["report_id"].to_list()

    def _of_year(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.files[name], hive_partitioning=False)


class _Batch:
    """The tables of a batch, by report."""

    def __init__(
        self, tables: Mapping[str, pl.DataFrame], files: pl.DataFrame, findings: pl.DataFrame, year: int
    ) -> None:
        self._reports, self._year = tables["sections.reports"], year
        self._media = dict(tables["documents.documents"].select("document_id", "media_type").iter_rows())
        self._paths = first_paths(files)
        self._facts, self._claims = tables["facts.facts"], tables["tables.claims"]
        cells = _exact(tables["tables.cells"], value="micro")
        facts = _exact(self._facts, value="judged").select("report_id", *_KEY, "status", "judged")
        cells = cells.join(facts, on=["report_id", *_KEY], how="left", maintain_order="left")
        self._cells = _Rows(cells.select("report_id", *ReadCell._fields, "status", "judged"), "report_id")
        self._told = _Rows(_exact(self._claims, value="micro", step="step").select("report_id", *ReadClaim._fields))
        self._laws = _Rows(_drawn_laws(tables["facts.law_results"]))
        self._repairs = tables["facts.repairs"].partition_by("report_id", as_dict=True)
        self._found = _Rows(tables["tables.found_tables"])
        self._findings = _Rows(findings.filter(pl.col("report_id").is_not_null()).select("report_id", *_TOLD))
        self._of_files = _Rows(findings.filter(pl.col("report_id").is_null()).select("path", *_TOLD), "path")
        self._blocks = _Blocks(tables["documents.blocks"], self._claims, self._reports)

    def reports(self, forms: Sequence[Form]) -> Iterator[StoredReport]:
        verdicts = dict(claim_verdicts(self._claims, self._facts, forms))
        for row in self._reports.iter_rows(named=True):
            yield self._report(row, verdicts.get(row["report_id"], []), forms)

    def _report(self, row: Mapping[str, Any], verdicts: Sequence[ClaimVerdict], forms: Sequence[Form]) -> StoredReport:
        key, document = row["report_id"], row["document_id"]
        path = self._paths[document]
        by_cell = {cell[:3]: (ReadCell._make(cell[:-2]), *cell[-2:]) for cell in self._cells.of(key)}
        found = sorted(self._found.of(key), key=lambda one: _position(forms, one[1], one[0]))
        tables, cells = [], []
        for code, form, expected, n_found, lost in found:
            own = [by_cell[code, cell.item, cell.measure] for cell in _table(forms, form, code).cells]
            tables.append(ReadTable(code, form, expected, n_found, lost, tuple(cell for cell, _, _ in own), ()))
            cells += [JudgedCell(*one) for one in own]
        left_out = any(one.status is None for one in cells)
        findings = tuple(Finding(*one) for one in (*self._findings.of(key), *self._of_files.of(path)))
        identity = Identity(
            row["organization"],
            row["organization_id"],
            row["level"],
            row["scope"],
            row["stated_year"] or self._year,
            row["published_on"],
            row["title"],
        )
        claims = tuple(ReadClaim._make(one) for one in self._told.of(key))
        read = ReadReport(
            Path(path),
            document,
            identity,
            () if left_out else tuple(tables),
            findings,
            ordinal=row["ordinal"],
            claims=claims,
            media_type=self._media[document],
            grids=self._blocks.grids(document),
            blocks=self._blocks.of(document),
            first_block=row["first_block"],
            last_block=row["last_block"],
        )
        forms_of = {code: form for code, form, *_ in found}
        judged = JudgedReport(
            read,
            () if left_out else tuple(cells),
            tuple(_laws(self._laws.of(key), forms_of, forms)),
            tuple(_repairs(self._repairs.get((key,)), forms_of, forms)),
            findings,
            {},
            tuple(verdicts),
        )
        return StoredReport(key, judged, left_out)


_KEY = ("table_code", "item", "measure")


def _exact(frame: pl.DataFrame, **names: str) -> pl.DataFrame:
    """The frame with columns of exact decimals as millionths, null where there is no number."""
    made = [
        pl.select(pl.when(frame[column].is_not_null()).then(pl.Series(to_micros(frame[column]))))
        .to_series()
        .alias(name)
        for column, name in names.items()
    ]
    return frame.with_columns(*made)


class _Rows:
    """The rows of a table by one of its columns, made when they are asked for: a batch has 400,000 cells."""

    def __init__(self, frame: pl.DataFrame, name: str = "report_id") -> None:
        rest = [column for column in frame.columns if column != name]
        self._frames = frame.select(name, *rest).partition_by(name, as_dict=True, include_key=False)

    def of(self, key: object) -> Rows:
        """The rows of a key, without it, in their order."""
        frame = self._frames.get((key,))
        return [] if frame is None else frame.rows()


def _drawn_laws(results: pl.DataFrame) -> pl.DataFrame:
    """The results that a page shows: those of rows and columns, and of single cells the broken ones."""
    of_a_cell = pl.col("scope").str.count_matches(r"\.", literal=False) > pl.col("scope").str.starts_with(
        pl.col("table_code") + "."
    ).cast(pl.UInt32)
    shown = results.filter(pl.col("claim").is_null() & (~of_a_cell | (pl.col("verdict") == "broken")))
    return _exact(shown, left_value="left", right_value="right").select(
        "report_id", "law", "scope", "table_code", "verdict", "left", "right"
    )


def _laws(rows: Rows, printed_on: Mapping[str, str], forms: Sequence[Form]) -> Iterator[JudgedLaw]:
    """The laws in the order of their form."""
    found = []
    for law, scope, code, verdict, left, right in rows:
        place, row = _law_rows(_table(forms, printed_on[code], code))[law, scope]
        found.append((place, JudgedLaw(row, code, verdict, left, right)))
    yield from (law for _, law in sorted(found, key=lambda one: one[0]))


@cache
def _law_rows(table: FormTable) -> dict[tuple[str, str], tuple[int, LawRow]]:
    return {(row.law, row.scope): (place, row) for place, row in enumerate(table.laws)}


def _repairs(rows: pl.DataFrame | None, printed_on: Mapping[str, str], forms: Sequence[Form]) -> Iterator[JudgedRepair]:
    """Repairs as they were found; the explanations of a contradiction follow each other and know how many they are."""
    if rows is None:
        return
    contradiction, left, explanation = 0, 0, 0
    for row in _exact(rows.sort("repair"), value_from="from", value_to="to").iter_rows(named=True):
        if row["explanation"] != explanation:
            explanation = row["explanation"]
            if left == 0:
                contradiction += 1
                left = 1 if row["applied"] else min(row["rivals"] + 1, MOST_WRITTEN)
            left -= 1
        table = _table(forms, printed_on[row["table_code"]], row["table_code"])
        repair = Repair(
            table.cell_at[row["item"], row["measure"]],
            contradiction,
            explanation,
            row["event"],
            row["repair_kind"],
            row["cause"],
            row["from"],
            row["to"],
            row["n_events"],
            all_known(row["why"]),
            row["complete"],
            row["rivals"],
            tuple(row["rival_changes"]),
            row["applied"],
            row["why"],
            row["tried"],
        )
        yield JudgedRepair(row["table_code"], repair)


def _table(forms: Sequence[Form], form: str, code: str) -> FormTable:
    return next(one for one in forms if one.code == form).table(code)


def _position(forms: Sequence[Form], form: str, code: str) -> int:
    tables = next(one for one in forms if one.code == form).tables
    return next(at for at, table in enumerate(tables) if table.code == code)


class _Blocks:
    """The paragraphs of a batch's documents, and those grids in which a sentence was read."""

    def __init__(self, blocks: pl.DataFrame, claims: pl.DataFrame, reports: pl.DataFrame) -> None:
        in_grids = claims.filter(pl.col("grid_row").is_not_null()).join(
            reports.select("report_id", "document_id"), on="report_id"
        )
        wanted = in_grids.select("document_id", "block").unique()
        self._texts = _Rows(blocks.select("document_id", "block", "text").sort("document_id", "block"), "document_id")
        grids = blocks.join(wanted, on=["document_id", "block"], how="semi").select(
            "document_id", "block", "grid_cells"
        )
        self._grids = {(document, block): _grid(cells) for document, block, cells in grids.iter_rows()}
        tables = blocks.filter(pl.col("grid_cells").list.len() > 0).sort("document_id", "block")
        self._tables = _Rows(tables.select("document_id", "block"), "document_id")

    def grids(self, document: str) -> tuple[int, ...]:
        """The blocks of a document that are tables."""
        return tuple(block for (block,) in self._tables.of(document))

    def of(self, document: str) -> list[Block]:
        """The blocks of a document."""
        return [Block(text, self._grids.get((document, number), ())) for number, text in self._texts.of(document)]


def _grid(cells: Sequence[Mapping[str, Any]] | None) -> tuple[GridCell, ...]:
    return tuple(GridCell(*(cell[name] for name in CELL_FIELDS)) for cell in cells or ())


def whole(value: Any) -> str:
    """An exact number of the lake as people write it; a dash where there is none."""
    return "—" if value is None else f"{value.normalize():f}"
