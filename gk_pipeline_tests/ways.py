"""The two ways of a file through the house, as tests walk them: the command line, and the stages over frames."""

import atexit
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
from typer.testing import CliRunner

from gk_pipeline.cli.app import app
from gk_pipeline.documents.stage import read_year, year_sources
from gk_pipeline.facts.revisions import of_bodies_with_several, revisions
from gk_pipeline.facts.stage import reconcile
from gk_pipeline.forms import Form, shipped_forms
from gk_pipeline.panel.stage import READS, make_panel
from gk_pipeline.quality.stage import gather_findings, scorecard
from gk_pipeline.schemas.catalog import Batch, check_batch, lake_tables
from gk_pipeline.sections.stage import find_sections
from gk_pipeline.tables.stage import read_tables

REPOSITORY = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "fixtures"
REPORTS = FIXTURES / "reports"
YUNLING = REPORTS / "yunling_2022.txt"
"""A lawful report on the form of 2021, in tabs."""
QINGXI = REPORTS / "qingxi_2020.html"
"""A lawful report on the form of 2019, a page with spans."""


def samples() -> Iterator[dict[str, Any]]:
    """The truth about every report that the project ships in data/raw."""
    for line in (FIXTURES / "samples_truth.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _shipped_alone() -> Path:
    """A copy of data/raw with the shipped reports alone: people put their own beside them."""
    folder = Path(tempfile.mkdtemp(prefix="gk-samples-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for truth in samples():
        copy = folder / truth["file"]
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / "data" / "raw" / truth["file"], copy)
    return folder


RAW = _shipped_alone()

Cell = tuple[str, str, str]
"""Table, item and measure."""


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it ended."""

    out: str
    err: str
    exit_code: int

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The objects printed, one a line and nothing else."""
        return [json.loads(line) for line in self.out.splitlines()]


def gk(*arguments: object) -> Answer:
    """Run a command in this process; a traceback is an error of the test."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    return Answer(result.stdout, result.stderr, result.exit_code)


def facts_of(printed: dict[str, Any]) -> dict[Cell, dict[str, Any]]:
    """The facts of an object of the machine interface by cell."""
    return {(fact["table_code"], fact["item"], fact["measure"]): fact for fact in printed["facts"]}


def through_stages(folder: Path, year: int | None, forms: Sequence[Form] | None = None) -> Batch:
    """All tables of a folder of reports, every batch held to its promises as the lake holds it.

    Reports of another year than `year` stay out of the facts; None keeps all.
    """
    known = tuple(forms or shipped_forms())
    frames = {name: [model.no_rows()] for name, model in lake_tables(known).items()}
    *documents, files = read_year(year_sources(folder, folder.parent), known)
    for batch in documents:
        for name, frame in _whole_way({**batch, **files}, year, known).items():
            frames[name].append(frame)
    tables = {name: pl.concat(parts) for name, parts in frames.items()} | files
    if year:
        several = of_bodies_with_several(tables["sections.reports"].lazy(), year)
        tables |= revisions(several, tables["facts.facts"], year)
    return tables | _year_at_a_glance(tables, year or 0, known)


def panel_of(years: Mapping[int, Batch], forms: Sequence[Form], year: int) -> Batch:
    """The tables of the panel that are filed under a year; `panel.current_reports` over all years."""
    lazily = {
        its_year: {name: tables[name].lazy().with_columns(report_year=pl.lit(its_year, pl.Int32)) for name in READS}
        for its_year, tables in years.items()
    }
    panel = make_panel(lazily, forms)
    made: Batch = {}
    for batch in panel.tables_of(year):
        for name, frame in batch.items():
            made[name] = pl.concat([made[name], frame]) if name in made else frame
    no_links = {"panel.year_links": lake_tables(forms)["panel.year_links"].no_rows()}
    made = no_links | made | {"panel.current_reports": panel.current}
    check_batch(made, forms)
    return made


def _whole_way(batch: Batch, year: int | None, forms: tuple[Form, ...]) -> Batch:
    for stage in (find_sections, read_tables, partial(reconcile, year=year)):
        batch = batch | stage(batch, forms=forms)
    check_batch(batch, forms)
    return batch


def _year_at_a_glance(tables: Batch, year: int, forms: tuple[Form, ...]) -> Batch:
    findings = [tables[f"{layer}.findings"] for layer in ("documents", "sections", "tables", "facts")]
    scored = ("documents.files", "documents.documents", "sections.reports", "facts.facts", "facts.law_results")
    made = {
        "quality.findings": gather_findings(findings),
        "quality.scorecard": scorecard(year, *(tables[name].lazy() for name in scored)),
    }
    check_batch(made, forms)
    return made


def path_of_report(tables: Batch) -> dict[int, str]:
    """For every report the first of the files it stands in."""
    files = tables["documents.files"].filter(pl.col("read_status") == "read").select("document_id", "path")
    reports = tables["sections.reports"].join(files, on="document_id")
    return dict(reports.select("report_id", "path").iter_rows())


def found(tables: Batch, code: str) -> list[dict[str, Any]]:
    """The year's findings of one kind."""
    return tables["quality.findings"].filter(pl.col("code") == code).to_dicts()


def blank_form(text: str) -> str:
    """A report in tabs before anyone filled in a figure."""
    lines = (line.split("\t") for line in text.splitlines())
    return "\n".join("\t".join("" if field.replace(".", "").isdecimal() else field for field in line) for line in lines)
