"""Damage to printed applications tables, and what the pipeline makes of each: right, disputed, wrong or undetected.

Bodies on both forms with about 10, 300 and 14,000 requests print a lawful table; something happens to it on the page,
and the text is read and judged as `gk extract` does it. The same seed gives the same trials. With `--into FILE` the
table replaces what stands between the two marks in that file.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
from bodies import Body, Printed, body, page
from damages import KINDS, Kind

from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.facts.arrays import as_arrays
from gk_pipeline.facts.evaluate import evaluate
from gk_pipeline.facts.settle import settle
from gk_pipeline.forms import Form, equalities, shipped_forms
from gk_pipeline.guarded import BATCH_FILES
from gk_pipeline.pipeline import JudgedReport, judge
from gk_pipeline.reports import read_document
from gk_pipeline.schemas.exact import MICRO

FORMS = shipped_forms()
LABELS = tuple(form_labels(FORMS))
REQUESTS = (10, 300, 14_000)
SEED = 20_261_125
OUTCOMES = ("right", "disputed, truth listed", "disputed, not listed", "wrong", "undetected")
MARKS = ("<!-- made by make bench-repair -->", "<!-- end -->")
REPORTS, BATCH = 200_000, 2_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--trials", type=int, default=900, help="of each damage, over forms and sizes")
    options.add_argument("--into", type=Path, help="a Markdown file with the two marks")
    asked = options.parse_args()
    lines = [*damages(asked.trials), "", *speed()]
    print("\n".join(lines))
    if asked.into is not None:
        before, rest = asked.into.read_text(encoding="utf-8").split(MARKS[0])
        after = rest.split(MARKS[1])[1]
        text = "\n".join([MARKS[0], "", *lines, "", MARKS[1]])
        asked.into.write_text(f"{before}{text}{after}", encoding="utf-8")


def damages(trials: int) -> list[str]:
    """The table: a row a damage, a column an outcome."""
    lines = [f"| damage ({trials} trials each) | {' | '.join(OUTCOMES)} | trials right | cells right | target |"]
    lines.append("|---|" + "---:|" * (len(OUTCOMES) + 2) + "---|")
    for number, kind in enumerate(KINDS):
        random = np.random.default_rng([SEED, number])
        outcomes: Counter[str] = Counter()
        n_right = n_cells = 0
        for form in FORMS:
            for requests in REQUESTS:
                pages = [damaged(kind, form, requests, random) for _ in range(trials // (len(FORMS) * len(REQUESTS)))]
                for (one, _), report in zip(pages, read(kind, pages), strict=True):
                    outcomes[outcome(one, report)] += 1
                    n_right += sum(right_cells(one, report))
                    n_cells += one.numbers.size
        print(f"{kind.name}: {dict(outcomes)}", file=sys.stderr)
        share, cells = outcomes["right"] / outcomes.total(), n_right / n_cells
        counts = " | ".join(str(outcomes[name] or "·") for name in OUTCOMES)
        lines.append(f"| {kind.name} | {counts} | {share:.1%} | {cells:.2%} | {kind.target} |")
    return lines


def damaged(kind: Kind, form: Form, requests: int, random: np.random.Generator) -> tuple[Body, Printed]:
    """A body to which the damage can happen, and what its page prints then."""
    while True:
        one = body(form, requests, random)
        printed = kind.damage(one, random)
        if printed is not None:
            return one, printed


def read(kind: Kind, pages: list[tuple[Body, Printed]]) -> list[JudgedReport]:
    """The damaged pages of some bodies, read and judged."""
    reports = []
    for one, printed in pages:
        document = read_bytes(page(one.form, printed, kind.between), "page.txt", LABELS)
        reports += read_document(Path("page.txt"), document, FORMS)
    batches = (reports[start : start + BATCH_FILES] for start in range(0, len(reports), BATCH_FILES))
    return [report for batch in batches for report in judge(batch, FORMS)]


def outcome(one: Body, report: JudgedReport) -> str:
    """What became of a trial.

    Right: every cell has the right value and none is in doubt. Wrong: a cell that claims to be sure has a wrong value;
    undetected, where besides nothing is in doubt or corrected and no law is broken.
    """
    truth = one.numbers.ravel().tolist()
    values = [None if cell.micro is None else cell.micro // MICRO for cell in report.cells]
    sure = [cell.status not in ("disputed", "missing") for cell in report.cells]
    if any(claims and value != true for claims, value, true in zip(sure, values, truth, strict=True)):
        seen = not all(sure) or any(cell.status == "corrected" for cell in report.cells)
        return "wrong" if seen or any(law.verdict == "broken" for law in report.laws) else "undetected"
    if values == truth:
        return "right" if all(sure) else "disputed, truth listed"
    return "disputed, truth listed" if truth_listed(report, truth) else "disputed, not listed"


def truth_listed(report: JudgedReport, truth: list[int]) -> bool:
    """Whether an explanation, or the numbers that a lost cell may have, give every wrong cell its value."""
    wanted = {
        number: true
        for number, (cell, true) in enumerate(zip(report.cells, truth, strict=True))
        if cell.micro is None or cell.micro != true * MICRO
    }
    listed: dict[int, dict[int, int]] = {}
    for _, repair in report.repairs:
        listed.setdefault(repair.explanation, {})[repair.cell.index] = repair.value_to // MICRO
    open_cells = {
        number: true for number, true in wanted.items() if str(true) in (report.cells[number].cell.candidates or ())
    }
    return any(explanation.items() | open_cells.items() >= wanted.items() for explanation in [*listed.values(), {}])


def right_cells(one: Body, report: JudgedReport) -> list[bool]:
    return [cell.micro == true * MICRO for cell, true in zip(report.cells, one.numbers.ravel().tolist(), strict=True)]


def speed() -> list[str]:
    """How long the laws take over a year of reports, and a contradiction to be explained, in processor time."""
    form = FORMS[-1]
    table = form.table("applications")
    random = np.random.default_rng(SEED)
    numbers = np.array([body(form, 300, random).numbers.ravel() for _ in range(BATCH)], dtype=np.int64) * MICRO
    tables = as_arrays(table, numbers, np.ones(numbers.shape, dtype=bool), np.zeros_like(numbers))
    start = time.process_time()
    for _ in range(REPORTS // BATCH):
        evaluate(tables, equalities(table))
    lines = [f"All equalities over {REPORTS:,} reports: {time.process_time() - start:.1f} s."]
    for name in ("one cell: digit", "two cells, typos", "a row shifted, 0 in the gap", "three cells, typos"):
        kind = next(kind for kind in KINDS if kind.name == name)
        seconds = []
        while len(seconds) < 200:
            one = body(form, REQUESTS[len(seconds) % 3], random)
            printed = kind.damage(one, random)
            if printed is not None:
                cells = [int(text) for row in printed for text in row]
                start = time.process_time()
                settle(table, cells)
                seconds.append(time.process_time() - start)
        lines.append(f"{name}: explained in {1000 * np.median(seconds):.2f} ms (median).")
    return [line for text in lines for line in (text, "")]


if __name__ == "__main__":
    main()
