"""The command line: gk extract, check, explain, run, findings, pages, propose, dictionary; cli_warehouse has more."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn, TextIO

import typer
from rich.console import Console

from gk_pipeline.cli_warehouse import add_commands
from gk_pipeline.dictionary import dictionary as dictionary_text
from gk_pipeline.documents.archive import exists
from gk_pipeline.documents.read import read_path
from gk_pipeline.documents.stage import BATCH_DOCUMENTS, form_labels
from gk_pipeline.executors import WorkerLost
from gk_pipeline.facts.correction_file import BadCorrections
from gk_pipeline.filed import judged_file
from gk_pipeline.forms import Form, shipped_forms
from gk_pipeline.guarded import BATCH_FILES
from gk_pipeline.home import NoSuchYears, chosen_years, data_home
from gk_pipeline.listing import listed_files
from gk_pipeline.machine import as_json, missing_path
from gk_pipeline.pictures.terminal.check import broken_errors, check_picture
from gk_pipeline.pictures.terminal.explain import explain_picture, find_cell, no_such_cell
from gk_pipeline.pictures.terminal.findings import findings_picture
from gk_pipeline.pictures.terminal.neighbours import said_in_the_lake
from gk_pipeline.pictures.terminal.progress import file_progress
from gk_pipeline.pictures.words import Lang
from gk_pipeline.pipeline import JudgedReport, judged_reports
from gk_pipeline.proposing import propose_year
from gk_pipeline.schemas.sections import ordinal_of
from gk_pipeline.storage.findings import gathered_findings
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.located import NoFacts, located_facts
from gk_pipeline.storage.lookup import FileChanged, raw_file_of

app = typer.Typer(
    help="From published government information disclosure reports (政府信息公开工作年度报告) to reconciled facts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

add_commands(app)

Paths = Annotated[list[Path], typer.Argument(help="Files, or folders whose files are all read.")]
WORKERS = "Processes that read at the same time, a batch of {n} files each; a second one helps where {of} has more."
FileWorkers = Annotated[int, typer.Option(min=1, help=WORKERS.format(n=f"{BATCH_FILES:,}", of="the list"))]
YearWorkers = Annotated[int, typer.Option(min=1, help=WORKERS.format(n=f"{BATCH_DOCUMENTS:,}", of="a year"))]
Years = Annotated[str | None, typer.Option(help="2020, 2019-2024 or 2020,2023; all year folders without it.")]
Language = Annotated[Lang, typer.Option(help="Language of the output.")]


@app.command()
def extract(paths: Paths, workers: FileWorkers = 1) -> None:
    """Print one JSON object a report on standard output: facts, laws and findings.

    A file that cannot be read prints its object with `error` set, and the exit status is 1; the others go on.
    """
    _print_as(sys.stdout, "utf-8")
    # Reading makes many small objects and few cycles: the collector may look seldom, and never at what is loaded now.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    files, unlisted = listed_files(paths)
    failed = bool(unlisted)
    for path, error in unlisted.items():
        print(missing_path(path, error))
    with file_progress(len(files)) as advance, _told_of_lost_workers():
        for report in judged_reports(files, shipped_forms(), workers, advance):
            failed = failed or report.read.error is not None
            print(as_json(report))
    raise typer.Exit(int(failed))


@app.command()
def check(
    files: Paths,
    lang: Language = "zh",
    html: Annotated[Path | None, typer.Option(help="Also write the check as one page of HTML, to this file.")] = None,
) -> None:
    """Check drafts before they are published: which cells cannot be right, and why.

    The exit status is 1 when a law that is true by definition is broken or a file cannot be read.
    """
    console = Console()
    forms = shipped_forms()
    listed, unlisted = listed_files(files)
    failed = bool(unlisted)
    for error in unlisted.values():
        print(error, file=sys.stderr)
    checked = []
    for report in judged_reports(listed, forms):
        console.print(check_picture(report, forms, lang))
        console.print()
        failed = failed or report.read.error is not None or bool(broken_errors(report))
        checked.append(report)
    if html is not None and checked:
        from gk_pipeline.pictures.pages.draft import write_check_page  # a check on the terminal needs no templates

        try:
            write_check_page(html, checked, forms)
        except OSError as error:
            _fail(f"{html} cannot be written: {error}")
    raise typer.Exit(int(failed))


@app.command()
def explain(
    file: Annotated[
        Path, typer.Argument(help="A report, its path under data/raw, or the report_id of one in the lake.")
    ],
    cell: Annotated[str, typer.Argument(help="table.item.measure, or item.measure where that is enough.")],
    lang: Language = "zh",
) -> None:
    """Follow one number back: the printed line, its status, and every law it stands in with its numbers.

    Of a report in the lake also whether another one counts instead, and what the years before and after say.
    """
    console = Console()
    forms = shipped_forms()
    path = _report_file(file)
    reports = _as_filed(path, forms)
    by_id = path != file and file.name.isdecimal()
    meant = [one for one in reports if one.read.ordinal == ordinal_of(int(file.name))] if by_id else reports
    found = [(report, judged) for report in meant if (judged := find_cell(report, cell)) is not None]
    if not found:
        refused = (report.read.error for report in reports if report.read.error is not None)
        _fail(next(refused, None) or f"{path}: {no_such_cell(reports[0], cell)}")
    blocks = read_path(path, form_labels(forms)).blocks
    filed = path.resolve().is_relative_to((data_home() / "raw").resolve())
    for report, judged in found:
        beyond, links = said_in_the_lake(report, judged, forms, lang) if filed else ((), ())
        console.print(explain_picture(report, judged, blocks, forms, lang, beyond))
        for line in links:
            console.print(line)


def _as_filed(path: Path, forms: Sequence[Form]) -> list[JudgedReport]:
    """The reports of a file; one that lies in a year folder of data/raw with people's corrections, as in the lake."""
    raw, corrections = data_home() / "raw", data_home() / "corrections"
    if not path.resolve().is_relative_to(raw.resolve()):
        return list(judged_reports([path], forms))
    name = path.resolve().relative_to(raw.resolve())
    try:
        return judged_file(path, name.as_posix(), corrections / f"{name.parts[0]}.yaml", forms)
    except BadCorrections as reason:
        _fail(str(reason))


def _report_file(file: Path) -> Path:
    """The file itself, the one that findings call so, or the raw file of the report whose id it is."""
    filed = data_home() / "raw" / file
    if exists(file) or not (exists(filed) or file.name.isdecimal()):
        return file
    if exists(filed):
        return filed
    try:
        path = raw_file_of(int(file.name), data_home())
    except FileChanged as reason:
        _fail(str(reason))
    if path is None:
        _fail(f"{file}: neither a file nor the id of a report in the lake. Run `gk run` first, or give a file.")
    return path


@app.command()
def run(
    years: Years = None,
    workers: YearWorkers = 1,
) -> None:
    """Read the year folders of data/raw into the lake and the warehouse, without the UI."""
    from gk_pipeline.pictures.terminal.run import (
        run_years,  # dagster takes seconds to import, and only this command needs it
    )

    raise typer.Exit(run_years(years, workers))


@app.command()
def pages(
    out: Annotated[Path, typer.Argument(help="The folder of the site; one that holds anything else is left alone.")],
    workers: YearWorkers = 1,
) -> None:
    """Write the lake as a site of pages that need no server: an overview, a page a year, and a page a report."""
    from gk_pipeline.pictures.pages.published import NotOurFolder
    from gk_pipeline.pictures.pages.site import write_site  # templates and charts take a second to import

    try:
        written = write_site(Lake(data_home() / "lake", shipped_forms()), out, workers)
    except (UnsoundLake, NotOurFolder, OSError) as reason:
        _fail(str(reason))
    print(f"{out / 'index.html'}: {written.n_reports:,} reports of {written.n_years} years.")


@app.command()
def propose(years: Years = None) -> None:
    """Write the cells in doubt of the lake as entries for data/corrections, ready to be filled in.

    An entry that a person has begun is never written over: the year is left, and the exit status is 1.
    """
    home, forms = data_home(), shipped_forms()
    try:
        wanted = chosen_years(years, home / "raw")
        facts = located_facts(home, forms)
    except (NoFacts, NoSuchYears, UnsoundLake) as reason:
        _fail(str(reason))
    told = [propose_year(year, home, facts.filter(report_year=year), Lake(home / "lake", forms)) for year in wanted]
    for line, _ in told:
        print(line)
    raise typer.Exit(int(not all(done for _, done in told)))


@app.command()
def findings(years: Years = None) -> None:
    """Print what a person should look at in the lake and what to do about it, the gravest first.

    The exit status is 1 when there is an error among them.
    """
    home = data_home()
    lake = Lake(home / "lake", shipped_forms())
    stored = lake.years()
    if not stored:
        _fail(f"{lake.folder} holds no year. Run `gk run` first.")
    try:
        wanted = stored if years is None else chosen_years(years, home / "raw")
        found = gathered_findings(lake, wanted)
    except (NoSuchYears, UnsoundLake) as reason:
        _fail(str(reason))
    Console().print(findings_picture(found), highlight=False)
    raise typer.Exit(int("error" in found["severity"]))


@app.command()
def dictionary() -> None:
    """Print the data dictionary as Markdown: every table, column, item, measure and law."""
    _print_as(sys.stdout, "utf-8")
    print(dictionary_text(shipped_forms()), end="")


@contextmanager
def _told_of_lost_workers() -> Iterator[None]:
    """A worker process that died ends the command with its reason, not with a traceback."""
    try:
        yield
    except WorkerLost as lost:
        _fail(str(lost))


def _print_as(stream: TextIO, encoding: str | None = None) -> None:
    """Print in that encoding, else in the terminal's; what it lacks is escaped, as JSON does, and stops nothing."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _fail(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(1)


def main() -> None:
    """Run the command line."""
    _print_as(sys.stdout)
    _print_as(sys.stderr)
    app()
