"""Findings in a terminal."""

import polars as pl
from rich.console import Console

from gk_pipeline.pictures.terminal.findings import findings_picture

SCHEMA = ("severity", "report_year", "path", "code", "message", "evidence", "advice")
LONG = "Compare the whole table with the page, row by row, and where the page is right, send the file in. " * 3


def shown(*rows):
    console = Console(width=80, no_color=True, record=True, file=None)
    with console.capture() as printed:
        console.print(findings_picture(pl.DataFrame(rows, schema=list(SCHEMA), orient="row")), highlight=False)
    return printed.get()


def test_nothing_of_a_finding_is_cut_off_and_it_fits_the_terminal():
    printed = shown(("error", 2020, "2020/甲.txt", "row_lost", "A row [3] lost a number.", "1 2", LONG))
    assert " ".join(printed.split()).count(" ".join(LONG.split())) == 1
    assert "[3]" in printed
    assert max(map(len, printed.splitlines())) <= 80
    assert "error: 1" in printed


def test_the_same_advice_for_several_findings_of_a_file_is_said_once_below_them():
    row = ("warning", 2020, "2020/甲.txt", "row_aligned")
    told = [(*row, f"row {number}", f"{number} 0", "Compare.") for number in (1, 2)]
    other = ("warning", 2020, "2020/乙.txt", "row_aligned", "row 3", "3 0", "Compare.")
    printed = shown(*told, other)
    assert printed.count("→ Compare.") == printed.count("row_aligned") == 2
    order = [printed.index(text) for text in ("2 times", "row 1", "“1 0”", "row 2", "“2 0”", "→", "乙", "row 3")]
    assert order == sorted(order)
    assert "warning: 3" in printed


def test_no_findings_are_told_too():
    assert "Nothing to look at." in shown()
