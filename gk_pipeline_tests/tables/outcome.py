"""What became of every cell of a report that was read: right, flagged, or silently wrong."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.facts.stage import judge
from gk_pipeline.forms import shipped_forms
from gk_pipeline.sections.report import find_reports
from gk_pipeline.tables.read import ReadTable, tables_of
from gk_pipeline.tables.stage import table_frames

from .lawful import Key

CLAIMS_FINE = ("verified", "unverified", "deduced", "corrected")


@dataclass(frozen=True)
class Case:
    """A file, the value of every cell, and the cells it prints a number in."""

    name: str
    content: bytes
    truth: Mapping[Key, Decimal]
    printed: frozenset[Key]


def read_tables(content: bytes, name: str) -> list[ReadTable]:
    """The tables of the first report of a file."""
    try:
        document = read_bytes(content, name, form_labels(shipped_forms()))
    except Unreadable:
        return []
    found = find_reports(document, shipped_forms())
    return tables_of(found.reports[0].opened) if found.reports else []


def outcomes(cases: Sequence[Case]) -> list[Counter[str]]:
    """For every case the cells by outcome; `silent: …` names each cell that is wrong without a sign of it.

    A printed number read as another one is `misread` even where its status is disputed.
    """
    read = [(number, case.name, _read(case)) for number, case in enumerate(cases)]
    facts, *_ = judge(table_frames(read, shipped_forms())["tables.cells"], shipped_forms())
    by_case: list[dict[Key, tuple[Decimal | None, Decimal | None, str]]] = [{} for _ in cases]
    columns = ("report_id", "table_code", "item", "measure", "reported", "value", "status")
    for number, table, item, measure, reported, value, status in facts.select(columns).iter_rows():
        by_case[number][table, item, measure] = reported, value, status
    return [outcome(case, found) for case, found in zip(cases, by_case, strict=True)]


def _read(case: Case) -> list[ReadTable]:
    try:
        return read_tables(case.content, case.name)
    except Exception as error:
        error.add_note(f"while reading {case.name}")
        raise


def outcome(case: Case, found: Mapping[Key, tuple[Decimal | None, Decimal | None, str]]) -> Counter[str]:
    """The cells of one case by outcome; `found` holds the reported number, the value and the status of each."""
    counted: Counter[str] = Counter()
    for key in {*case.truth, *found}:
        reported, value, status = found.get(key, (None, None, "missing"))
        truth = case.truth.get(key)
        mended = status == "corrected" and value == truth
        misread = reported is not None and reported != truth and not mended
        fine = status in CLAIMS_FINE
        if fine and (misread or (value is not None and value != truth)):
            counted["silent"] += 1
            counted[f"silent: {' '.join(key)} {status} {value} for {truth}"] += 1
        elif misread:
            counted["misread"] += 1
            counted[f"misread: {' '.join(key)} {status} {value} for {truth}"] += 1
        elif value == truth and fine:
            counted["right" if reported is not None else "deduced"] += 1
        elif key in case.printed:
            counted["flagged"] += 1
            counted[f"flagged: {' '.join(key)} {status}"] += 1
        else:
            counted["unprinted"] += 1
    return counted
