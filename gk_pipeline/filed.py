"""Documents that are filed under data/raw, with what people decided about their cells in data/corrections."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from gk_pipeline.facts.correction_file import Correction, Entries, read_entries
from gk_pipeline.facts.corrections import CellKey, matched
from gk_pipeline.forms import Form
from gk_pipeline.guarded import read_alone, read_guarded
from gk_pipeline.pipeline import JudgedReport, judge
from gk_pipeline.reports import ReadReport
from gk_pipeline.sections.report import report_id


def judged_file(path: Path, name: str, corrections: Path, forms: Sequence[Form]) -> list[JudgedReport]:
    """The reports of a filed document with people's corrections, as the lake has them.

    `name` is the file's path under data/raw and `corrections` the year's file. Raises BadCorrections as a run does.
    """
    reports = read_alone(path, forms)
    entries = read_entries(corrections, forms)
    own = replace(entries, found=tuple(one for one in entries.found if one.path == name))
    number_of = {id(report): number for number, report in enumerate(reports)}
    return judge(reports, forms, _decided(own, reports, {path: name}, lambda report: number_of[id(report)]))


def hold_corrections(
    corrections: Path, year: int, files: Mapping[str, Path], forms: Sequence[Form], workers: int = 1
) -> None:
    """Raise BadCorrections, before anything of the year is stored, where a run of it would stop at its corrections.

    `files` are those of the year by their path under data/raw. Only the ones that an entry names are read.
    """
    entries = read_entries(corrections, forms)
    named = {files[name]: name for name in sorted({one.path for one in entries.found}) if name in files}
    read = chain.from_iterable(read_guarded(list(named), forms, workers))
    reports = [one for one in read if one.identity is None or one.identity.stated_year in (None, year)]
    _decided(entries, reports, named, lambda report: report_id(str(report.document_id), report.ordinal))


def _decided(
    entries: Entries, reports: Sequence[ReadReport], names: Mapping[Path, str], key: Callable[[ReadReport], int]
) -> dict[CellKey, Correction]:
    """The entries by the cell each belongs to; `names` are those of the reports' files, `key` that of a report."""
    read = [report for report in reports if report.error is None]
    printed = {
        (key(report), *cell[:3]): cell.micro for report in read for table in report.tables for cell in table.cells
    }
    return matched(entries, {(names[report.path], report.ordinal): key(report) for report in read}, printed)
