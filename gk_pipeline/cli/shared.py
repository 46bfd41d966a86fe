"""What the commands share: how they fail, how they print, and the options that several of them have."""

import sys
from io import TextIOWrapper
from typing import Annotated, NoReturn, TextIO

import typer

from gk_pipeline.documents.stage import BATCH_DOCUMENTS

WORKERS = "Processes that read at the same time, some files each; what comes after takes batches of {n}."
YearWorkers = Annotated[int, typer.Option(min=1, help=WORKERS.format(n=f"{BATCH_DOCUMENTS:,}"))]
Years = Annotated[str | None, typer.Option(help="2020, 2019-2024 or 2020,2023; all year folders without it.")]


def print_as(stream: TextIO, encoding: str | None = None) -> None:
    """Print in that encoding, else in the terminal's; what it lacks is escaped, as JSON does, and stops nothing."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


def fail(message: str) -> NoReturn:
    """End the command with its reason on standard error."""
    print(message, file=sys.stderr)
    raise typer.Exit(1)
