"""The commands about the lake: gk run, findings, propose, audit, dictionary."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gk_pipeline.auditing import BadTicks, Draw, draw_sample, read_ticks, ticks_of
from gk_pipeline.cli.shared import Years, YearWorkers, fail, print_as
from gk_pipeline.dictionary import dictionary as dictionary_text
from gk_pipeline.forms import shipped_forms
from gk_pipeline.home import NoSuchYears, chosen_years, data_home
from gk_pipeline.pictures.terminal.audit import audit_picture
from gk_pipeline.pictures.terminal.findings import findings_picture
from gk_pipeline.proposing import propose_year
from gk_pipeline.storage.findings import gathered_findings
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.located import NoFacts, located_facts


def run(
    years: Years = None,
    workers: YearWorkers = 1,
) -> None:
    """Read the year folders of data/raw into the lake and the warehouse, without the UI."""
    from gk_pipeline.pictures.terminal.run import (
        run_years,  # dagster takes seconds to import, and only this command needs it
    )

    raise typer.Exit(run_years(years, workers))


def findings(years: Years = None) -> None:
    """Print what a person should look at in the lake and what to do about it, the gravest first.

    The exit status is 1 when there is an error among them.
    """
    home = data_home()
    lake = Lake(home / "lake", shipped_forms())
    stored = lake.years()
    if not stored:
        fail(f"{lake.folder} holds no year. Run `gk run` first.")
    try:
        wanted = stored if years is None else chosen_years(years, home / "raw")
        found = gathered_findings(lake, wanted)
    except (NoSuchYears, UnsoundLake) as reason:
        fail(str(reason))
    Console().print(findings_picture(found), highlight=False)
    raise typer.Exit(int("error" in found["severity"]))


def propose(years: Years = None) -> None:
    """Write the cells in doubt of the lake as entries for data/corrections, ready to be filled in.

    An entry that a person has begun is never written over: the year is left, and the exit status is 1.
    """
    home, forms = data_home(), shipped_forms()
    try:
        wanted = chosen_years(years, home / "raw")
        facts = located_facts(home, forms)
    except (NoFacts, NoSuchYears, UnsoundLake) as reason:
        fail(str(reason))
    told = [propose_year(year, home, facts.filter(report_year=year), Lake(home / "lake", forms)) for year in wanted]
    for line, _ in told:
        print(line)
    raise typer.Exit(int(not all(done for _, done in told)))


def audit(
    context: typer.Context,
    years: Years = None,
    sample: Annotated[int, typer.Option(min=1, help="How many verified cells are drawn.")] = 50,
    seed: Annotated[int, typer.Option(help="Which cells: the same number draws the same ones.")] = 1,
    out: Annotated[Path, typer.Option(help="The page that is written.")] = Path("audit.html"),
    ticks: Annotated[
        Path | None, typer.Option(help="Judge these ticks, saved from the page, and draw nothing.")
    ] = None,
) -> None:
    """How often are verified numbers wrong all the same? Draw some by chance, for people to compare with the documents.

    The page has the places; its button saves the ticks; with --ticks these give the rate and how large it may be.
    """
    from gk_pipeline.pictures.pages.audit import write_audit_page  # templates take a while to import

    if ticks is not None and (given := _given(context, "years", "sample", "seed", "out")):
        fail(f"--ticks names how its own cells were drawn, so {given} cannot be given with it: leave one of them out.")
    home, forms = data_home(), shipped_forms()
    lake = Lake(home / "lake", forms)
    try:
        if ticks is not None:
            saved = read_ticks(ticks)
            drawn = draw_sample(lake, saved.draw)
            Console().print(audit_picture(drawn, ticks_of(drawn, saved)), highlight=False)
            return
        wanted = lake.years() if years is None else chosen_years(years, home / "raw")
        drawn = draw_sample(lake, Draw(tuple(wanted), sample, seed))
        write_audit_page(out, drawn, forms)
    except (BadTicks, NoSuchYears, OSError, UnsoundLake) as reason:
        fail(str(reason))
    if not drawn.cells:
        fail(f"{lake.folder} has no verified cell in these years. Run `gk run` first.")
    told = f"{out}: {len(drawn.cells)} of {drawn.population:,} verified cells"
    print(f"{told}. Open it, tick, save, then run `gk audit --ticks FILE`.")


def _given(context: typer.Context, *names: str) -> str:
    """Which of these options somebody has written out, and not left to their defaults."""
    sources = {name: context.get_parameter_source(name) for name in names}
    return ", ".join(f"--{name}" for name, source in sources.items() if source and source.name != "DEFAULT")


def dictionary() -> None:
    """Print the data dictionary as Markdown: every table, column, item, measure and law."""
    print_as(sys.stdout, "utf-8")
    print(dictionary_text(shipped_forms()), end="")
