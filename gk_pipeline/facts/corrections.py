"""What people decided about single cells: data/corrections/<year>.yaml, a list with an entry a cell.

An entry names the report by its file under data/raw, the cell, the number that is printed and the one that belongs
there, with the reason, what shows it, who says so and when. It is applied only while the page prints what it says.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType

import polars as pl
import yaml

from gk_pipeline.forms import FormTable
from gk_pipeline.schemas.exact import plain, to_micros
from gk_pipeline.schemas.facts import CAUSES
from gk_pipeline.schemas.sections import ordinal_of
from gk_pipeline.schemas.tables import CELL

REQUIRED = ("report", "cell", "printed", "value", "reason", "evidence", "by", "on")
"""The fields of an entry; `cause` may be added, whose slip it was."""
_NOTHING = ("", "null", "~")
_MOST_MICROS = 10**20

CellKey = tuple[int, str, str, str]
"""A cell: report_id, table, item and measure."""


class BadCorrections(ValueError):
    """Entries that cannot be read, match no cell or are out of date; the message names file, line and what to do."""


@dataclass(frozen=True)
class Correction:
    """One entry; numbers are millionths, `printed` is None where the cell prints no number.

    `path` is the file under data/raw and `ordinal` the number of the report in it, from 0. `line` is where the entry
    begins.
    """

    line: int
    path: str
    ordinal: int
    cell: tuple[str, str, str]
    printed: int | None
    value: int
    reason: str
    evidence: str
    by: str
    on: datetime.date
    cause: str

    @property
    def where(self) -> str:
        """The cell and the report in words."""
        several = f" (report {self.ordinal + 1})" if self.ordinal else ""
        return f"{'.'.join(self.cell)} of {self.path}{several}"

    @property
    def reviewed(self) -> str:
        """Who says so, when, and what shows it."""
        return f"reviewed by {self.by} on {self.on.isoformat()}: {self.evidence}"


class _Fault(ValueError):
    """What is wrong with one entry."""


def read_corrections(file: Path) -> list[Correction]:
    """The entries of a year's file; none where there is no file. Raises BadCorrections with every fault it has."""
    if not file.exists():
        return []
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except UnicodeDecodeError as error:
        raise BadCorrections(f"{file}: no UTF-8 text ({error.reason}). Save it as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadCorrections(f"{file}:{line}: no YAML: {error.problem}. Mend the line.") from error
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise BadCorrections(f"{file}:1: the file is a list of entries; each begins with `- report:`.")
    found: list[Correction] = []
    faults: list[str] = []
    for node in root.value:
        line = node.start_mark.line + 1
        try:
            found.append(_entry(node, line))
        except _Fault as fault:
            faults.append(f"{file}:{line}: {fault}")
    faults += _told_twice(file, found)
    if faults:
        raise BadCorrections("\n".join(faults))
    return found


def _entry(node: yaml.Node, line: int) -> Correction:
    fields = dict(_fields(node))
    missing = [name for name in REQUIRED if name not in fields]
    unknown = [name for name in fields if name not in (*REQUIRED, "cause")]
    if missing or unknown:
        told = [f"it lacks {', '.join(missing)}"] if missing else []
        told += [f"it has unknown fields: {', '.join(unknown)}"] if unknown else []
        raise _Fault(f"{' and '.join(told)}. An entry has {', '.join(REQUIRED)}, and may have cause.")
    empty = [name for name in REQUIRED if name != "printed" and fields[name] in _NOTHING]
    if empty:
        raise _Fault(f"{', '.join(empty)} is empty. Fill it in, or remove the entry.")
    printed = None if fields["printed"] in _NOTHING else _number(fields["printed"])
    value = _number(fields["value"])
    if value == printed:
        raise _Fault(f"{plain(value)} is what is printed already. Remove the entry, or write the right value.")
    cell = tuple(fields["cell"].split("."))
    if len(cell) != 3:
        raise _Fault(f"{fields['cell']} is no cell. Write table.item.measure, as applications.received.total.")
    path, ordinal = _report(fields["report"])
    cause = fields.get("cause", "unknown")
    if cause not in CAUSES:
        raise _Fault(f"{cause} is no cause. Write one of {', '.join(CAUSES)}.")
    return Correction(
        *(line, path, ordinal, cell, printed, value),
        *(fields["reason"], fields["evidence"], fields["by"], _day(fields["on"]), cause),
    )


def _fields(node: yaml.Node) -> Iterator[tuple[str, str]]:
    """The fields of an entry as printed: no text is taken for a number, a day or a truth value before we say so."""
    if not isinstance(node, yaml.MappingNode):
        raise _Fault("it is no entry. An entry begins with `- report:`, its other fields stand below.")
    seen: set[str] = set()
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            raise _Fault(f"line {value.start_mark.line + 1} holds more than a text. Put it in quotes.")
        if name.value in seen:
            raise _Fault(f"{name.value} stands there twice. Leave one of them.")
        seen.add(name.value)
        yield name.value, value.value.strip()


def _report(text: str) -> tuple[str, int]:
    """The file and the number of the report in it: 2020/a.txt, or 2020/a.txt#2 for its second report."""
    path, mark, number = text.rpartition("#")
    if mark and number.isdecimal() and int(number):
        return path, int(number) - 1
    return text, 0


def _number(text: str) -> int:
    try:
        micro = Decimal(text).scaleb(6)
    except InvalidOperation as error:
        raise _Fault(f"{text} is no number. Write digits, as 1234 or 25.1.") from error
    if not micro.is_finite() or micro != micro.to_integral_value() or abs(micro) >= _MOST_MICROS:
        raise _Fault(f"{text} is no number of this table: at most six decimals, below 10^14.")
    return int(micro)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise _Fault(f"{text} is no day. Write it as 2026-11-25.") from error


def _told_twice(file: Path, found: Sequence[Correction]) -> Iterator[str]:
    first: dict[tuple[str, int, tuple[str, ...]], int] = {}
    for one in found:
        before = first.setdefault((one.path, one.ordinal, one.cell), one.line)
        if before != one.line:
            yield f"{file}:{one.line}: {one.where} has an entry in line {before} already. Leave one of them."


def reviewed_cells(
    file: Path, year: int, files: pl.LazyFrame, reports: pl.LazyFrame, cells: pl.LazyFrame
) -> dict[CellKey, Correction]:
    """The entries of a year's file by cell, held against the year's documents.files, sections.reports and tables.cells.

    Raises BadCorrections as `read_corrections` and `matched` do.
    """
    corrections = read_corrections(file)
    if not corrections:
        return {}
    about_this_year = pl.col("stated_year").is_null() | (pl.col("stated_year") == year)
    named = files.filter(pl.col("path").is_in([one.path for one in corrections])).select("document_id", "path")
    found = reports.filter(about_this_year).join(named, on="document_id").select("path", "report_id").collect()
    of_file = {(path, ordinal_of(report_id)): report_id for path, report_id in found.iter_rows()}
    own = cells.filter(pl.col("report_id").is_in(list(of_file.values()))).select(*CELL, "value").collect()
    values = to_micros(own["value"]).tolist()
    numbered = zip(own.iter_rows(), values, strict=True)
    printed = {tuple(key): micro if value is not None else None for (*key, value), micro in numbered}
    return matched(file, corrections, of_file, printed)


def matched(
    file: Path,
    corrections: Sequence[Correction],
    reports: Mapping[tuple[str, int], int],
    printed: Mapping[CellKey, int | None],
) -> dict[CellKey, Correction]:
    """The entries of a file by the cell each belongs to.

    `reports` gives the report_id of a file's report, by path and ordinal; `printed` the number, in millionths, that
    each cell of these reports prints. Raises BadCorrections with every entry that matches no report or cell, or whose
    cell prints another number than the entry says.
    """
    found: dict[CellKey, Correction] = {}
    faults = []
    for one in corrections:
        report_id = reports.get((one.path, one.ordinal))
        cell = (-1 if report_id is None else report_id, *one.cell)
        if report_id is None:
            faults.append(f"{file}:{one.line}: no report {one.where.partition(' of ')[2]} is read in this year.")
        elif cell not in printed:
            faults.append(f"{file}:{one.line}: the report has no cell {one.where}.")
        elif printed[cell] != one.printed:
            now, then = (("no number" if n is None else plain(n)) for n in (printed[cell], one.printed))
            faults.append(f"{file}:{one.line}: {one.where} prints {now}, and the entry expects {then}.")
        else:
            found[cell] = one
    if faults:
        advice = "Look at the page again, then mend the entry or remove it; the year is as it was."
        raise BadCorrections("\n".join([*faults, advice]))
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
