"""The commands about files: gk extract, check, explain."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gk_pipeline.cli.shared import WORKERS, fail, print_as
from gk_pipeline.documents.archive import exists, files_in
from gk_pipeline.executors import WorkerLost
from gk_pipeline.facts.correction_file import BadCorrections
from gk_pipeline.filed import judged_file
from gk_pipeline.forms import Form, shipped_forms
from gk_pipeline.guarded import BATCH_FILES
from gk_pipeline.home import data_home
from gk_pipeline.listing import listed_files
from gk_pipeline.machine import as_json, missing_path
from gk_pipeline.pictures.judgements.suspects import broken_errors
from gk_pipeline.pictures.terminal.check import check_picture
from gk_pipeline.pictures.terminal.explain import explain_picture
from gk_pipeline.pictures.terminal.named import find_cell, no_such_cell
from gk_pipeline.pictures.terminal.neighbours import said_in_the_lake
from gk_pipeline.pictures.terminal.progress import file_progress
from gk_pipeline.pictures.words import Lang
from gk_pipeline.pipeline import JudgedReport, judged_reports
from gk_pipeline.schemas.sections import ordinal_of
from gk_pipeline.storage.lookup import FileChanged, raw_file_of

Paths = Annotated[list[Path], typer.Argument(help="Files, or folders whose files are all read.")]
FileWorkers = Annotated[int, typer.Option(min=1, help=WORKERS.format(n=f"{BATCH_FILES:,}"))]
_MOST_NAMED = 5
"""Files that a message names."""
Language = Annotated[Lang, typer.Option(help="Language of the output.")]


def extract(paths: Paths, workers: FileWorkers = 1) -> None:
    """Print one JSON object a report on standard output: facts, laws and findings.

    A file that cannot be read prints its object with `error` set, and the exit status is 1; the others go on.
    """
    print_as(sys.stdout, "utf-8")
    files, unlisted = listed_files(paths)
    failed = bool(unlisted)
    for path, error in unlisted.items():
        print(missing_path(path, error))
    with file_progress(len(files)) as advance, _told_of_lost_workers(), _seldom_collected():
        for report in judged_reports(files, shipped_forms(), workers, advance):
            failed = failed or report.read.error is not None
            print(as_json(report))
    raise typer.Exit(int(failed))


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
            write_check_page(html, checked, forms, lang)
        except OSError as error:
            fail(f"{html} cannot be written: {error}")
    raise typer.Exit(int(failed))


def explain(
    file: Annotated[
        Path, typer.Argument(help="A report, its path under data/raw, or the report_id of one in the lake.")
    ],
    cell: Annotated[
        str, typer.Argument(help="table.item.measure, or item.measure where that is enough; by code or label.")
    ],
    lang: Language = "zh",
) -> None:
    """Follow one number back: the printed line, its status, and every law it stands in with its numbers.

    Of a report in the lake also whether another one counts instead, and what the years before and after say.
    """
    console = Console()
    forms = shipped_forms()
    path = _report_file(file)
    inside = files_in(path) if path.is_file() else []
    if inside:
        fail(f"{path} is an archive. Name the file in it: {', '.join(map(str, inside[:_MOST_NAMED]))}.")
    reports = _as_filed(path, forms)
    by_id = path != file and file.name.isdecimal()
    meant = [one for one in reports if one.read.ordinal == ordinal_of(int(file.name))] if by_id else reports
    found = [(report, judged) for report in meant if (judged := find_cell(report, cell, forms)) is not None]
    if not found:
        refused = (report.read.error for report in reports if report.read.error is not None)
        fail(next(refused, None) or f"{path}: {no_such_cell(reports[0], cell, forms)}")
    filed = path.resolve().is_relative_to((data_home() / "raw").resolve())
    for report, judged in found:
        beyond, links = said_in_the_lake(report, judged, forms, lang) if filed else ((), ())
        console.print(explain_picture(report, judged, forms, lang, beyond))
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
        fail(str(reason))


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
        fail(str(reason))
    if path is None:
        fail(f"{file}: neither a file nor the id of a report in the lake. Run `gk run` first, or give a file.")
    return path


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Reading makes many small objects and few cycles: the collector looks seldom, and never at what is loaded now.

    Only while it lasts: what is frozen is not ended when the interpreter is, and extension modules call that a leak.
    """
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


@contextmanager
def _told_of_lost_workers() -> Iterator[None]:
    """A worker process that died ends the command with its reason, not with a traceback."""
    try:
        yield
    except WorkerLost as lost:
        fail(str(lost))
