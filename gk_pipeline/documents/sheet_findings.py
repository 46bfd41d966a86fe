"""What a person should know about a sheet: what it shows otherwise than it stores, and what was left out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gk_pipeline.documents.sheet import Sheet, reference
from gk_pipeline.quality.finding import Finding

_QUOTED = 3
"""Cells that a finding quotes."""


_COMPARE = "Compare these cells with the sheet as it looks when opened."
_REMOVE = "If the figures in it belong to the report, unhide them and read the file again."
_KINDS: Mapping[str, Finding] = {
    "formula": Finding(
        "warning",
        "formula_not_calculated",
        "{n} cell(s) hold a formula whose result is not in the file or out of date; they were read as unknown",
        "Open the file in an office program, save it, and read it again.",
    ),
    "rounded": Finding(
        "note",
        "shown_differs",
        "{n} cell(s) show another number than they store; what is shown was read",
        f"{_COMPARE} If the stored number is meant, change the number format.",
    ),
    "hidden": Finding(
        "warning",
        "value_not_shown",
        "{n} cell(s) hold a value that the number format does not show; what is shown was read",
        f"{_COMPARE} If the value belongs to the report, change the number format.",
    ),
    "date": Finding(
        "note",
        "shown_as_date",
        "{n} cell(s) store a number and show a date or time; the date was read",
        f"{_COMPARE} If a number is meant, change the number format.",
    ),
    "format": Finding(
        "warning",
        "number_format_unknown",
        "{n} cell(s) have a number format that was not understood; the stored number was read",
        _COMPARE,
    ),
    "error": Finding(
        "warning",
        "cell_error",
        "{n} cell(s) show an error instead of a value",
        "Correct the formula, or write the number.",
    ),
    "digits": Finding(
        "warning",
        "digits_lost",
        "{n} cell(s) hold a number of more than 15 digits, of which a sheet keeps 15",
        "Write such a number as text.",
    ),
    "struck": Finding(
        "note", "struck_out", "{n} cell(s) hold words or numbers that are struck out; those were read too", _COMPARE
    ),
    "covered": Finding(
        "note",
        "cell_covered",
        "{n} cell(s) lie under merged cells and are not shown; they were left out",
        "If the figures in them belong to the report, unmerge the cells and read the file again.",
    ),
    "overlap": Finding(
        "warning",
        "cells_overlap",
        "{n} merged region(s) overlap another one or are too large; taken as not merged",
        _COMPARE,
    ),
    "row": Finding("note", "hidden_cells", "{n} cell(s) stand in hidden rows or columns; they were left out", _REMOVE),
    "wide": Finding(
        "warning",
        "sheet_too_wide",
        "{n} table(s) span so many cells that their blank ones were left out",
        "Look at the table: a form has a few hundred cells.",
    ),
    "comment": Finding(
        "note",
        "comment_left_out",
        "{n} comment(s) on cells were left out",
        "Look at them; they are no part of the table.",
    ),
    "picture": Finding(
        "note",
        "picture_not_read",
        "{n} picture(s) or chart(s) were not read",
        "If a picture shows a table, type the table or give the picture as a file of its own.",
    ),
}


def sheet_findings(sheet: Sheet) -> Iterator[Finding]:
    """What is odd in a sheet, a finding a kind with the first cells it was met in."""
    for name, kind in _KINDS.items():
        if found := sheet.odd.get(name):
            message = f"Sheet {sheet.name}: {kind.message.format(n=len(found))}."
            evidence = "; ".join(one[:80] for one in found[:_QUOTED])
            yield replace(kind, message=message, evidence=evidence)


def hidden_sheet(sheet: Sheet) -> Finding | None:
    """That a hidden sheet was left out; None where it holds nothing."""
    if not sheet.texts and not sheet.boxes:
        return None
    (row, column), text = next(iter(sheet.texts.items()), ((0, 0), sheet.boxes[0][1] if sheet.boxes else ""))
    return Finding(
        "note",
        "hidden_sheet",
        f"Sheet {sheet.name} is hidden and holds {len(sheet.texts):,} cell(s); it was left out.",
        "If its figures belong to the report, unhide the sheet and read the file again.",
        f"{reference(row, column)} {text}"[:80],
    )
