"""What people decided about single cells, held against what the reports print.

An entry of data/corrections/<year>.yaml is applied only while the page prints what it says.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import polars as pl

from gk_pipeline.facts.correction_file import BadCorrections, Correction, Entries, Fault, read_entries
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.schemas.exact import plain, to_micros
from gk_pipeline.schemas.sections import ordinal_of
from gk_pipeline.schemas.tables import CELL

CellKey = tuple[int, str, str, str]
"""A cell: report_id, table, item and measure."""


def reviewed_cells(
    file: Path, year: int, forms: Sequence[Form], files: pl.LazyFrame, reports: pl.LazyFrame, cells: pl.LazyFrame
) -> dict[CellKey, Correction]:
    """The entries of a year's file by cell, held against the year's documents.files, sections.reports and tables.cells.

    Raises BadCorrections as `read_entries` and `matched` do.
    """
    entries = read_entries(file, forms)
    if not (entries.found or entries.faults):
        return {}
    about_this_year = pl.col("stated_year").is_null() | (pl.col("stated_year") == year)
    named = files.filter(pl.col("path").is_in([one.path for one in entries.found])).select("document_id", "path")
    found = reports.filter(about_this_year).join(named, on="document_id").select("path", "report_id").collect()
    of_file = {(path, ordinal_of(report_id)): report_id for path, report_id in found.iter_rows()}
    own = cells.filter(pl.col("report_id").is_in(list(of_file.values()))).select(*CELL, "value").collect()
    values = to_micros(own["value"]).tolist()
    numbered = zip(own.iter_rows(), values, strict=True)
    printed = {tuple(key): micro if value is not None else None for (*key, value), micro in numbered}
    return matched(entries, of_file, printed)


def matched(
    entries: Entries, reports: Mapping[tuple[str, int], int], printed: Mapping[CellKey, int | None]
) -> dict[CellKey, Correction]:
    """The entries of a file by the cell each belongs to.

    `reports` gives the report_id of a file's report, by path and ordinal; files with the same bytes are one report.
    `printed` is the number, in millionths, that each cell of these reports prints. Raises BadCorrections with every
    fault of the file: entries that cannot be read, that match no report or cell, whose cell has another entry already,
    or prints another number than the entry says.
    """
    found: dict[CellKey, Correction] = {}
    faults = list(entries.faults)
    for one in entries.found:
        report_id = reports.get((one.path, one.ordinal))
        table, item, measure = one.cell
        cell = (-1 if report_id is None else report_id, table, item, measure)
        if report_id is None:
            faults.append(Fault(one.lines["report"], f"no report {one.report} is read in this year."))
        elif cell not in printed:
            faults.append(Fault(one.lines["cell"], f"the report has no cell {one.where}: its form lacks it."))
        elif cell in found:
            line, other = found[cell].lines["report"], found[cell]
            same = "" if other.path == one.path else f", for {one.path} and {other.path} are the same file"
            faults.append(
                Fault(one.lines["report"], f"{one.where} has an entry in line {line} already{same}. Leave one of them.")
            )
        elif printed[cell] != one.printed:
            now, then = (("no number" if n is None else plain(n)) for n in (printed[cell], one.printed))
            faults.append(Fault(one.lines["printed"], f"{one.where} prints {now}, and the entry expects {then}."))
        else:
            found[cell] = one
    if faults:
        raise BadCorrections.of(entries.file, faults)
    return found


NOTHING_REVIEWED: Mapping[CellKey, Correction] = MappingProxyType({})


def of_table(
    reviewed: Mapping[CellKey, Correction], table: FormTable, reports: Sequence[int]
) -> dict[int, dict[int, Correction]]:
    """The corrections of one table, by the row of the report in a batch and the number of the cell."""
    rows = {key: row for row, key in enumerate(reports)}
    decided: dict[int, dict[int, Correction]] = {}
    for (report, code, item, measure), one in reviewed.items():
        if code == table.code and report in rows and (item, measure) in table.cell_at:
            decided.setdefault(rows[report], {})[table.cell_at[item, measure].index] = one
    return decided


def values_of(decided: Mapping[int, Mapping[int, Correction]]) -> dict[int, dict[int, int]]:
    """What belongs into the cells of `of_table`, in millionths."""
    return {row: {cell: one.value for cell, one in own.items()} for row, own in decided.items()}
