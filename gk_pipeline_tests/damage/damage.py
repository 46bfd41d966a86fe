"""A damage: what happens to a report in each format, and what must come out of it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tables.layouts import LAYOUTS, MEANS, Layout, everywhere
from tables.outcome import Case, outcome

from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.pipeline import JudgedReport, judge
from gk_pipeline.reports import read_document
from gk_pipeline.schemas.exact import decimal

FORMATS = ("lines", "tabs", "pipes", "html")
"""A text of one cell a line, a text of rows with tabs, a Markdown file, a web page."""
FORMS = ("2021", "2019")
FILLING, SEED = "sparse", 7
"""One set of lawful figures a form: few applications, many zeros, as most bodies have."""

_NAMED = {layout.name: layout for layout in LAYOUTS}
_FORMAT_OF_SUFFIX = {".txt": "lines", ".md": "pipes", ".html": "html"}


@dataclass(frozen=True)
class Damage:
    """Something that happens to reports, printed in each of some formats.

    Every number must be right but those of the items (or whole tables) that may stay `open` in a format, since, as
    `why` says, neither a label nor a law determines them; no more than a `share` of all cells. `refused` is the code of
    the finding with which the whole document is refused. `body` and `year` are those the report must be known by.
    """

    name: str
    layouts: Mapping[str, Layout]
    open: Mapping[str, Sequence[str]] = field(default_factory=dict)
    why: str = ""
    share: float = 1.0
    refused: str | None = None
    forms: Sequence[str] = FORMS
    body: str | None = "云岭县人民政府"
    year: int | None = 2022

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Result:
    """What came of a damaged report: its cells by outcome, or the codes of the findings that refuse it."""

    cells: Counter[str]
    refused: tuple[str, ...]
    body: str | None
    year: int | None

    def named(self, outcome: str) -> list[str]:
        """The cells of an outcome by name."""
        return [cell for cell in self.cells if cell.startswith(f"{outcome}: ")]

    def faults(self, damage: Damage, way: str) -> list[str]:
        """What came out that must not, in words; nothing where all is as it must be."""
        may_stay_open = set(damage.open.get(way, ()))
        wrong = self.named("silent")
        if damage.refused is not None:
            return wrong if self.refused == (damage.refused,) else [f"not refused but {self.refused}, {self.cells}"]
        if self.refused:
            return [f"refused: {self.refused}"]
        wrong += [cell for cell in self.open_cells if may_stay_open.isdisjoint(cell.split()[1:3])]
        share = len(self.open_cells) / self.size
        wrong += [f"{share:.1%} of the cells are open"] if share > damage.share else []
        known_by = (self.body, self.year)
        return wrong if known_by == (damage.body, damage.year) else [*wrong, f"known by {known_by}"]

    @property
    def size(self) -> int:
        """The number of cells."""
        return sum(count for outcome, count in self.cells.items() if ":" not in outcome)

    @property
    def open_cells(self) -> list[str]:
        """The printed numbers that are left without a value, or in dispute."""
        return [*self.named("flagged"), *self.named("misread")]


def known(*names: str) -> dict[str, Layout]:
    """Layouts that gk_pipeline_tests/tables proves never silently wrong: one of that name, or its four formats."""
    found = {way: _NAMED[f"{name} ({way})"] for name in names for way in MEANS if f"{name} ({way})" in _NAMED}
    single = [_NAMED[name] for name in names if name in _NAMED]
    return found | {_format(layout): layout for layout in single}


def printed(name: str, means: Sequence[str] = FORMATS, **how: object) -> dict[str, Layout]:
    """A new layout in each of some formats."""
    return dict(zip(means, everywhere(name, means, **how), strict=True))


def written(name: str, **writers: Callable[..., str]) -> dict[str, Layout]:
    """A new layout with a writer of its own a format."""
    return {way: Layout(f"{name} ({way})", write, suffix=MEANS[way][1]) for way, write in writers.items()}


def _format(layout: Layout) -> str:
    return "tabs" if layout.name.startswith("tabs") else _FORMAT_OF_SUFFIX[layout.suffix]


def trials(damages: Sequence[Damage]) -> list[object]:
    """Every damage in each of its formats and forms, as parameters of a test."""
    return [
        pytest.param(one, way, form, id=f"{one.name} ({way}, {form})")
        for one in damages
        for way in one.layouts
        for form in one.forms
    ]


def case_of(layout: Layout, form: str) -> Case:
    """The damaged report."""
    return layout.case(form, FILLING, SEED)


def result(damage: Damage, way: str, form: str) -> Result:
    """The damaged report taken the whole way, from bytes to judged cells."""
    case = case_of(damage.layouts[way], form)
    forms = shipped_forms()
    document = read_bytes(case.content, case.name, form_labels(forms))
    reports = read_document(Path(case.name), document, forms)
    refused = tuple(report.findings[-1].code for report in reports if report.error is not None)
    whole = [report for report in judge(reports, forms) if report.read.error is None]
    if not whole:
        return Result(Counter(), refused, None, None)
    identity = whole[0].read.identity
    return Result(
        outcome(case, _cells(whole[0])), refused, identity and identity.organization, identity and identity.stated_year
    )


def _cells(report: JudgedReport) -> dict:
    return {
        (cell.table_code, cell.item, cell.measure): (
            None if cell.micro is None else decimal(cell.micro),
            None if micro is None else decimal(micro),
            status,
        )
        for cell, status, micro in report.cells
    }
