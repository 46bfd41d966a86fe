"""What becomes of a file in the end: read, open in places, refused, or wrong without a sign of it."""

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tables.lawful import lawful
from tables.outcome import Case, outcome
from tables.paper import Page, Style, boxes_of, page

from formats.damages import OPEN, READ, Damage
from formats.written import FORMATS
from gk_pipeline.documents.document import Document, Unreadable
from gk_pipeline.documents.folder import list_files
from gk_pipeline.documents.read import read_path
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.pipeline import JudgedReport, judge
from gk_pipeline.reports import read_document
from gk_pipeline.schemas.exact import decimal

FORM, FILLING, SEED = "2021", "sparse", 7
FORMS = shipped_forms()
LABELS = form_labels(FORMS)


Outcome = tuple[str, Counter[str]]
_known: dict[tuple[str, str], Outcome] = {}


def came_out(damage: Damage, way: str) -> Outcome:
    """`read`, `open`, `wrong` or the code of the refusal, and the cells by outcome; tried once in a process."""
    key = damage.name, way
    if key not in _known:
        _known[key] = _tried(damage, way)
    return _known[key]


def _tried(damage: Damage, way: str) -> Outcome:
    sheet = paper()
    name = f"report{damage.suffix or FORMATS[way].suffix}"
    printed = frozenset(box.key for box in boxes_of(sheet) if box.key and any(map(str.isdigit, box.text)))
    case = Case(name, damage.made[way](sheet), lawful(FORM, FILLING, SEED).values, printed)
    try:
        document = _document(case)
        reports = judge(read_document(Path(case.name), document, FORMS), FORMS)
    except Unreadable as refused:
        return refused.code, Counter()
    whole = [report for report in reports if report.read.error is None]
    if not whole:
        return reports[0].findings[-1].code, Counter()
    counted = outcome(case, _cells(whole[0]))
    if counted["silent"]:
        return "wrong", counted
    return (OPEN if counted["flagged"] + counted["misread"] else READ), counted


def _document(case: Case) -> Document:
    """The document of a file that lies in a folder, or in an archive there."""
    with TemporaryDirectory() as folder:
        (Path(folder) / case.name).write_bytes(case.content)
        [path] = list_files([Path(folder)])
        return read_path(path, LABELS)


@cache
def paper() -> Page:
    """The report on paper."""
    return page(lawful(FORM, FILLING, SEED), Style())


def _cells(report: JudgedReport) -> dict:
    return {
        cell[:3]: (
            None if cell.micro is None else decimal(cell.micro),
            None if micro is None else decimal(micro),
            status,
        )
        for cell, status, micro in report.cells
    }
