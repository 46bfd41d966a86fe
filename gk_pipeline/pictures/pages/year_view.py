"""All that the pages of a year and of all years show, ready to be printed by their templates."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gk_pipeline.forms import Form
from gk_pipeline.pictures.charts.funnel import OUTSIDE, Point, funnel, is_far, limits
from gk_pipeline.pictures.charts.render import Chart, svg
from gk_pipeline.pictures.charts.years import Column, year_columns
from gk_pipeline.pictures.labels import percent
from gk_pipeline.pictures.pages.blocks import Block, Pooled
from gk_pipeline.pictures.pages.overview import (
    APPEALED,
    AREAS,
    BODIES,
    CARRIED_IN,
    CARRIED_OUT,
    DECIDED,
    FLOW,
    KINDS,
    RECEIVED,
    LawLine,
    Totals,
    YearNumbers,
    applicant_counts,
    outcome_counts,
)
from gk_pipeline.pictures.pages.said import Said, alike
from gk_pipeline.pictures.pages.words import FLOW_SAID, KIND_MEANS, KIND_SAID, SENTENCES, STATUS_SAID, WORDS
from gk_pipeline.schemas.facts import NARRATIVE

_LEAST_TO_DRAW = 2
"""Bodies that a funnel plot needs."""
PREFIX: Mapping[str, str] = {BODIES: "", AREAS: "areas-"}
"""How ids begin on a page, by the kind of reports that they are about."""
CHARTED = ((RECEIVED, DECIDED), (CARRIED_IN, CARRIED_OUT))
"""The counts that stand side by side in the charts of the overview."""


class Figured(NamedTuple):
    """A sum in a table: its name, how large a part of the whole it is, and its bar in per mille of the longest."""

    name: Said
    value: int
    share: str
    bar: int


class Figures(NamedTuple):
    """The sums of a block with the reports that they are of; no sums where every report has a cell in doubt."""

    rows: tuple[Figured, ...]
    block: Block


class LawRate(NamedTuple):
    """How often a law held of the times it could be judged by printed numbers."""

    statement: Said
    counts: LawLine
    share: str


class FarBody(NamedTuple):
    """A body beyond the outer limits of the funnel plot, with the least and most that lie within."""

    name: str
    href: str
    part: int
    whole: int
    share: str
    within: str


@dataclass(frozen=True, slots=True)
class FunnelView:
    """The funnel plot of a year: the chart, the share of all bodies together, and those beyond its outer limits."""

    chart: Markup | None
    share: str
    n_bodies: int
    n_left_out: int
    far: tuple[FarBody, ...]


@dataclass(frozen=True, slots=True)
class TotalsView:
    """The totals of the reports of one kind as the page of a year shows them; ids on the page begin with `prefix`."""

    prefix: str
    name: Said
    told: Said
    totals: Totals
    flow: Figures
    outcomes: Figures
    reasons: Figures
    applicants: Figures
    appeals: Said
    funnel: FunnelView


@dataclass(frozen=True, slots=True)
class YearView:
    """A year as its page shows it."""

    numbers: YearNumbers
    totals: tuple[TotalsView, ...]
    laws: tuple[LawRate, ...]
    statuses: tuple[tuple[str, Said, int, str], ...]


class YearLine(NamedTuple):
    """A year in the overview of all."""

    year: int
    totals: Totals
    flow: tuple[str, ...]
    granted_share: str
    n_open: int


@dataclass(frozen=True, slots=True)
class YearsView:
    """The years of the reports of one kind side by side."""

    prefix: str
    name: Said
    lines: tuple[YearLine, ...]
    requests_chart: Markup
    backlog_chart: Markup

    @property
    def is_starred(self) -> bool:
        """Whether reports were left out of a column."""
        return any(one.totals.flow.n_reports and not one.totals.flow.is_whole for one in self.lines)


def index_view(numbers: Sequence[YearNumbers]) -> tuple[YearsView, ...]:
    """The overview of all years: those of each kind of which there is a report."""
    return tuple(_years_view(kind, numbers) for kind in KINDS if any(kind in one.totals for one in numbers))


def _years_view(kind: str, numbers: Sequence[YearNumbers]) -> YearsView:
    by_year = {one.year: one.totals[kind] for one in numbers if kind in one.totals}
    lines = (
        YearLine(year, own, _flow_told(own.flow), share_of(own.granted), _n_open(own.statuses))
        for year, own in by_year.items()
    )
    requests, backlog = (
        drawn(year_columns(_columns({year: own.flow for year, own in by_year.items()}, codes))) for codes in CHARTED
    )
    return YearsView(PREFIX[kind], KIND_SAID[kind], tuple(lines), requests, backlog)


def _flow_told(flow: Block) -> tuple[str, ...]:
    """The numbers of requests; a dash where no report says all of them for sure."""
    return tuple(f"{flow.sums[code]:,}" if flow.n_reports else "—" for code in FLOW)


def _columns(flows: Mapping[int, Block], codes: Sequence[str]) -> Mapping[str, Sequence[Column]]:
    """Columns of every year from the first to the last; a year that no report speaks for sure of has none."""
    years = {year: flow for year, flow in flows.items() if flow.n_reports}
    return {
        code: [
            Column(year, years[year].sums[code] if year in years else None, year in years and not years[year].is_whole)
            for year in range(min(flows), max(flows) + 1)
        ]
        for code in codes
    }


def year_view(numbers: YearNumbers, names: Mapping[int, str], forms: Sequence[Form]) -> YearView:
    """The page of a year; `names` are those of its reports by id."""
    statuses: Counter[str] = sum((Counter(one.statuses) for one in numbers.totals.values()), Counter())
    return YearView(
        numbers,
        tuple(_totals_view(one, numbers.year, names, forms) for one in numbers.totals.values()),
        tuple(_law_rates(numbers.laws, forms)),
        tuple(
            (status, name, statuses[status], percent(statuses[status], statuses.total()))
            for status, name in STATUS_SAID.items()
            if statuses[status]
        ),
    )


def _totals_view(totals: Totals, year: int, names: Mapping[int, str], forms: Sequence[Form]) -> TotalsView:
    reasons = {label: alike(label) for label, value in totals.reasons.sums.items() if value and label != DECIDED}
    return TotalsView(
        PREFIX[totals.kind],
        KIND_SAID[totals.kind],
        KIND_MEANS[totals.kind].filled(n=totals.n_current, unknown=totals.n_unknown),
        totals,
        _figures(totals.flow, FLOW_SAID, None),
        _figures(totals.outcomes, outcome_counts(forms), DECIDED),
        _ranked(_figures(totals.reasons, reasons, DECIDED)),
        _figures(totals.applicants, applicant_counts(forms), RECEIVED),
        _appeals(totals.appeals),
        _funnel(totals, year, names),
    )


def share_of(rate: Pooled) -> str:
    """A rate of all reports together in per cent; a dash where there is nothing to divide by."""
    return percent(rate.part, rate.whole) if rate.whole else "—"


def drawn(chart: Chart) -> Markup:
    """The chart as it stands in a page; the table beside it says the same to whoever does not see it."""
    return Markup(svg(chart).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def _n_open(statuses: Mapping[str, int]) -> int:
    return statuses.get("disputed", 0) + statuses.get("missing", 0)


def _figures(block: Block, names: Mapping[str, Said], whole: str | None) -> Figures:
    """The sums of a block by their names, as parts of that one of them which is the whole."""
    if not block.n_reports:
        return Figures((), block)
    sums, all_of_it = block.sums, block.sums[whole] if whole else 0
    longest = max((sums[code] for code in names), default=0) or 1
    rows = (
        Figured(name, sums[code], percent(sums[code], all_of_it) if all_of_it else "—", 1000 * sums[code] // longest)
        for code, name in names.items()
    )
    return Figures(tuple(rows), block)


def _ranked(figures: Figures) -> Figures:
    """The largest first."""
    ranked = sorted(figures.rows, key=lambda one: (-one.value, one.name.zh))
    return figures._replace(rows=tuple(ranked))


def _appeals(appeals: Block) -> Said:
    """How many reviews and suits there were, and which of the suits followed a review."""
    reviews, direct, after = (f"{appeals.sums[item]:,}" for item in APPEALED)
    told = WORDS["appeals"].filled(reviews=reviews, direct=direct, after=after)
    return told if appeals.n_reports else WORDS["none_sure"]


def _funnel(totals: Totals, year: int, names: Mapping[int, str]) -> FunnelView:
    rate = totals.granted
    points = [Point(names.get(one.report_id, ""), one.part, one.whole) for one in rate.shares]
    share, n_left_out = share_of(rate), totals.n_current - len(points)
    if len(points) < _LEAST_TO_DRAW:
        return FunnelView(None, share, len(points), n_left_out, ())
    middle, far = rate.part / rate.whole, []
    for one, point in zip(rate.shares, points, strict=True):
        if is_far(point, middle):
            least, most = limits(middle, point.whole, OUTSIDE[1])
            href = f"../reports/{year}/{one.report_id}.html"
            within = f"{least:,}–{most:,}"
            far.append(FarBody(point.name, href, point.part, point.whole, percent(point.part, point.whole), within))
    chart = drawn(funnel(points, middle))
    return FunnelView(chart, share, len(points), n_left_out, tuple(sorted(far, key=lambda one: one.name)))


def _law_rates(laws: Sequence[LawLine], forms: Sequence[Form]) -> list[LawRate]:
    said = {
        row.law: Said(row.statement_zh, row.statement) for form in forms for table in form.tables for row in table.laws
    }
    said[NARRATIVE] = SENTENCES
    return [LawRate(said[one.law], one, _pass_rate(one)) for one in laws]


def _pass_rate(law: LawLine) -> str:
    judged = law.n_holds + law.n_broken
    return percent(law.n_holds, judged) if judged else "—"
