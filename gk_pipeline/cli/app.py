"""The command `gk`: which commands there are."""

import sys

import typer

from gk_pipeline.cli import lake, publishing, reports
from gk_pipeline.cli.shared import print_as

app = typer.Typer(
    help="From published government information disclosure reports (政府信息公开工作年度报告) to reconciled facts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for command in (
    *(reports.extract, reports.check, reports.explain),
    *(lake.run, lake.findings, lake.propose, lake.audit),
    *(publishing.pages, publishing.release, publishing.export, publishing.diff),
    lake.dictionary,
):
    app.command()(command)


def main() -> None:
    """Run the command line."""
    print_as(sys.stdout)
    print_as(sys.stderr)
    app()
