"""The commands about what leaves the lake: gk pages, release, export, diff."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gk_pipeline.cli.shared import Years, YearWorkers, fail
from gk_pipeline.dictionary import dictionary
from gk_pipeline.forms import shipped_forms
from gk_pipeline.home import NoSuchYears, data_home
from gk_pipeline.pictures.terminal.difference import difference_picture
from gk_pipeline.storage.difference import difference
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.located import NoFacts
from gk_pipeline.warehouse.export.cells import Format
from gk_pipeline.warehouse.release.read import compared_facts
from gk_pipeline.warehouse.release.tables import ReleaseRefused
from gk_pipeline.warehouse.release.write import write_release


def pages(
    out: Annotated[Path, typer.Argument(help="The folder of the site; one that holds anything else is left alone.")],
    workers: YearWorkers = 1,
) -> None:
    """Write the lake as a site of pages that need no server: an overview, a page a year, and a page a report."""
    from gk_pipeline.pictures.pages.published import NotOurFolder
    from gk_pipeline.pictures.pages.site import write_site  # templates and charts take a second to import

    if not out.resolve().name:
        fail(f"{out} cannot be the folder of a site: name one in it.")
    try:
        written = write_site(Lake(data_home() / "lake", shipped_forms()), out.resolve(), workers)
    except (UnsoundLake, NotOurFolder, OSError) as reason:
        fail(str(reason))
    print(f"{out / 'index.html'}: {written.n_reports:,} reports of {written.n_years} years.")


def release(
    out: Annotated[Path, typer.Argument(help="The folder of all releases.")],
    name: Annotated[str, typer.Option(help="Name of this one, such as 2026.1; it becomes a folder in OUT.")],
) -> None:
    """Write the lake's tables as a release: Parquet, a data package with the dictionary, a manifest.

    A release is never written over, and `gk diff` compares two. The same lake and code give the same bytes.
    """
    forms = shipped_forms()
    try:
        written = write_release(Lake(data_home() / "lake", forms), out, name, dictionary(forms))
    except (ReleaseRefused, UnsoundLake, OSError) as reason:
        fail(str(reason))
    print(written)


def export(
    view: Annotated[str, typer.Argument(help="A table or view of the warehouse, such as facts.facts.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    form: Annotated[Format, typer.Option("--format", help="csv or xlsx.")] = "csv",
    years: Years = None,
) -> None:
    """Write a table or view of the warehouse as CSV or XLSX, safe to open in a spreadsheet.

    In CSV a text gets a leading apostrophe where a spreadsheet might take it for a formula, a number, a date or a truth
    value (it starts with a digit, a sign, a currency, a bracket or a control character, full width too, or is TRUE),
    and where it starts with an apostrophe: take one away to have the text again. Numbers stay numbers, negative ones
    too. XLSX needs none of it.
    """
    from gk_pipeline.warehouse.export.query import NothingToExport, opened  # only this command needs duckdb
    from gk_pipeline.warehouse.export.write import TooBigForXlsx
    from gk_pipeline.warehouse.export.write import export as write_export

    try:
        with opened(data_home() / "gk.duckdb", view, years) as source:
            write_export(source, form, out)
    except (NoSuchYears, NothingToExport, TooBigForXlsx, OSError) as reason:
        fail(str(reason))
    print(f"{out}: {source.n_rows:,} rows")


def diff(
    before: Annotated[Path, typer.Argument(help="A lake, such as data/lake, a release, or a snapshot (.csv).")],
    after: Annotated[Path, typer.Argument(help="Another one.")],
) -> None:
    """Compare the facts of two lakes or releases, cell by cell: what was added, is gone or has changed, and why.

    Compared is what each report says, and what counts of it: as current report, with what neighbouring years settle.

    The exit status is 0 when they are the same, 1 when they differ, 2 when they cannot be compared.
    """
    forms = shipped_forms()
    try:
        sides = [(path, compared_facts(path, forms)) for path in (before, after)]
    except (NoFacts, UnsoundLake) as reason:
        print(reason, file=sys.stderr)
        raise typer.Exit(2) from reason
    differing = difference(*(facts for _, facts in sides))
    Console().print(difference_picture(differing))
    for path, facts in sides:
        if facts["counts"].has_nulls():
            print(f"{path}: without a panel. Which reports count, and what neighbours settle, was not compared.")
    raise typer.Exit(int(not differing.is_empty()))
