"""Rows that print another number of values than they have cells, or none."""

from gk_pipeline.pipeline import JudgedReport

UNPRINTED = ("blank", "dash", "slash", "word", "absent")
"""What is read where no number is printed."""
MOST_ROWS = 10
"""Rows that are listed; of more, whole columns are blank, and a person is told how many cells that are."""
OPEN = "?"
"""Stands for a cell that the ways to read its row give different numbers."""


def row_prints(report: JudgedReport, table_code: str, item: str) -> str:
    """What a row prints that does not have as many values as cells; nothing for any other row."""
    told = (found for found in report.findings if (found.table_code, found.item) == (table_code, item))
    return next((found.evidence for found in told if found.code in ("row_lost", "row_aligned")), "")
