"""One trial: a document, mutated, read, and its cells held against those of the document as it was."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from fuzz.mutations import mutated
from fuzz.originals import ORIGINALS
from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.limits import exceeded, limited
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels, refusal
from gk_pipeline.executors import Rescue
from gk_pipeline.forms import shipped_forms
from gk_pipeline.pipeline import JudgedReport, judge
from gk_pipeline.reports import read_document, with_claims
from gk_pipeline.sections.detection import MAIN_TABLE

FORMS = tuple(shipped_forms())
LABELS = form_labels(FORMS)
NEVER = frozenset(("program_failed", "too_slow", "reader_died"))
"""Codes of a program that crashed, hung or died."""
_DOUBTFUL = frozenset(("disputed", "missing"))
_EXCHANGEABLE = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other")

Values = dict[tuple[str, str, str], int | None]


@dataclass(frozen=True)
class Outcome:
    """What came of a mutated document: the code of its refusal, or its cells by table and fate.

    A fate is `same`, `flagged` (disputed, missing, absent), `silent` (another value with no sign of it) or `exchanged`:
    silent, but rows or columns stand in another order, or a row has the numbers of another one, which no law can see
    (and what was deduced from them).
    """

    kind: str
    seed: int
    refused: str | None = None
    cells: Counter[tuple[str, str]] = field(default_factory=Counter)
    silent: tuple[str, ...] = ()


def trials(seeds: Sequence[tuple[str, int]]) -> list[Outcome]:
    """The outcomes of trials, each under the limits of a worker."""
    outcomes = []
    for kind, seed in seeds:
        with limited():
            outcomes.append(trial(kind, seed))
    return outcomes


LOST = Rescue(
    lambda seeds: [[one] for one in seeds],
    lambda seeds, death: [Outcome(kind, seed, exceeded(death).code) for kind, seed in seeds],
    lambda parts: [outcome for part in parts for outcome in part],
)


def trial(kind: str, seed: int) -> Outcome:
    """Mutate a document of a kind, the same for the same seed, and read it."""
    chance = Random(f"{kind} {seed}")
    name, raw = chance.choice(ORIGINALS[kind])
    damaged = mutated(raw, chance)
    try:
        judged = judged_reports_of(damaged, name)
    except Unreadable as refused:
        return Outcome(kind, seed, refused.code)
    except Exception as error:
        return Outcome(kind, seed, refusal(error).code)
    failed = [finding.code for report in judged for finding in report.findings if finding.code in NEVER]
    whole = [report for report in judged if report.read.error is None]
    if failed or not whole:
        return Outcome(kind, seed, next(iter(failed), None) or judged[0].findings[-1].code if judged else "nothing")
    return _compared(kind, seed, _original(kind, name), whole)


def judged_reports_of(raw: bytes, name: str) -> list[JudgedReport]:
    document = read_bytes(raw, name, LABELS)
    return judge([with_claims(report, FORMS) for report in read_document(Path(name), document, FORMS)], FORMS)


@cache
def _original(kind: str, name: str) -> Values:
    [report] = judged_reports_of(dict(ORIGINALS[kind])[name], name)
    return {one.cell[:3]: one.micro for one in report.cells}


def _compared(kind: str, seed: int, original: Values, reports: Sequence[JudgedReport]) -> Outcome:
    cells: Counter[tuple[str, str]] = Counter()
    silent: list[str] = []
    for report in reports:
        values: Values = {one.cell[:3]: one.micro for one in report.cells}
        status = {one.cell[:3]: one.status for one in report.cells}
        permuted = _same_in_another_order(values, original)
        moved = _moved_rows(values, status, original)
        for cell, value in values.items():
            follows = bool(moved) and (cell[1] in moved or status[cell] == "deduced")
            if status[cell] in _DOUBTFUL:
                fate = "flagged"
            elif value == true_value(original, cell):
                fate = "same"
            else:
                fate = "exchanged" if cell[0] == MAIN_TABLE and (permuted or follows) else "silent"
            cells[cell[0], fate] += 1
            if fate == "silent":
                silent.append(f"{'.'.join(cell)} {true_value(original, cell)} -> {value} {status[cell]}")
    return Outcome(kind, seed, None, cells, tuple(silent))


def true_value(original: Values, cell: tuple[str, str, str]) -> int | None:
    """What the original says of a cell, also of one of another form: a row there may be the sum of several here.

    None where it does not say: whatever number stands there then is wrong.
    """
    if cell in original:
        return original[cell]
    table, item, measure = cell
    column = {row: value for (code, row, name), value in original.items() if (code, name) == (table, measure)}
    parts = [value for row, value in column.items() if row.startswith(f"{item}_")]
    known = [value for value in parts if value is not None]
    if parts and len(known) == len(parts):
        return sum(known)
    return 0 if any(value == 0 and item.startswith(f"{row}_") for row, value in column.items()) else None


def _moved_rows(values: Values, status: Mapping[tuple[str, str, str], str], original: Values) -> set[str]:
    """The rows that print, number for number, another row of the original: a label that took that row's place."""
    printed = {cell: value for cell, value in values.items() if status[cell] in ("verified", "unverified")}
    before = _lines(original, 1, 2)
    return {
        item
        for item, line in _lines(printed, 1, 2).items()
        if line != before.get(item) and any(line == other for name, other in before.items() if name != item)
    }


def _same_in_another_order(values: Values, original: Values) -> bool:
    """Whether outcome rows, the rows of what came in, or applicants' columns stand in another order, all else equal."""
    return any(_grouped(_lines(values, *axes)) == _grouped(_lines(original, *axes)) for axes in ((1, 2), (2, 1)))


def _lines(values: Values, by: int, other: int) -> dict[str, dict[str, int | None]]:
    """The rows (or columns) of the applications table by name."""
    lines: dict[str, dict[str, int | None]] = defaultdict(dict)
    for cell, value in values.items():
        if cell[0] == MAIN_TABLE:
            lines[cell[by]][cell[other]] = value
    return lines


def _grouped(lines: Mapping[str, dict[str, int | None]]) -> Mapping[str, Counter[tuple[object, ...]]]:
    groups: dict[str, Counter[tuple[object, ...]]] = defaultdict(Counter)
    for name, line in lines.items():
        groups[_group(name)][tuple(sorted(line.items()))] += 1
    return groups


def _group(line: str) -> str:
    """Rows and columns that the laws cannot tell apart."""
    if line.startswith(_EXCHANGEABLE):
        return "outcome"
    if line in ("received", "carried_in"):
        return "came in"
    return line if line in ("outcomes_total", "carried_out", "total") else "applicant"
