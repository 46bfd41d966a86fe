"""All that the pages of a year and of all years show, ready to be printed by their templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gk_pipeline.forms import Form
from gk_pipeline.pictures.charts.funnel import Point, funnel, is_far, limits
from gk_pipeline.pictures.charts.render import Chart, svg
from gk_pipeline.pictures.charts.years import year_columns
from gk_pipeline.pictures.pages.overview import Figure, LawLine, Named, Review, YearNumbers
from gk_pipeline.pictures.pages.said import Said, alike
from gk_pipeline.pictures.pages.words import SENTENCES, STATUS_SAID, WORDS
from gk_pipeline.schemas.facts import NARRATIVE

_LEAST_TO_DRAW = 2
"""Bodies that a funnel plot needs."""


class Figured(NamedTuple):
    """A total in a table: its name, how large a part of the whole it is, and its bar in per mille of the longest."""

    name: Said
    figure: Figure
    share: str
    bar: int


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
class YearView:
    """A year as its page shows it."""

    numbers: YearNumbers
    flow: tuple[Figured, ...]
    outcomes: tuple[Figured, ...]
    reasons: tuple[Figured, ...]
    applicants: tuple[Figured, ...]
    reviews: tuple[Review, ...]
    n_reviews: int
    n_suits: int
    funnel: FunnelView
    laws: tuple[LawRate, ...]
    statuses: tuple[tuple[str, Said, int, str], ...]


class YearLine(NamedTuple):
    """A year in the overview of all."""

    numbers: YearNumbers
    granted_share: str
    n_open: int


@dataclass(frozen=True, slots=True)
class IndexView:
    """The overview of all years."""

    lines: tuple[YearLine, ...]
    requests_chart: Markup | None
    backlog_chart: Markup | None


def index_view(numbers: Sequence[YearNumbers]) -> IndexView:
    """The years side by side."""
    lines = tuple(
        YearLine(one, percent(one.granted.value, one.decided.value), _n_open(one.statuses)) for one in numbers
    )
    if not numbers:
        return IndexView((), None, None)
    requests = {
        WORDS["received"].zh: [(one.year, one.received.value) for one in numbers],
        WORDS["decided_all"].zh: [(one.year, one.decided.value) for one in numbers],
    }
    carried = {
        WORDS["carried_in"].zh: [(one.year, one.carried_in.value) for one in numbers],
        WORDS["carried_out"].zh: [(one.year, one.carried_out.value) for one in numbers],
    }
    return IndexView(lines, drawn(year_columns(requests)), drawn(year_columns(carried)))


def year_view(numbers: YearNumbers, names: Mapping[int, str], forms: Sequence[Form]) -> YearView:
    """The page of a year; `names` are those of its reports by id."""
    decided = numbers.decided.value
    flow = {
        "received": numbers.received,
        "carried_in": numbers.carried_in,
        "decided_all": numbers.decided,
        "carried_out": numbers.carried_out,
    }
    most = max((one.value for one in flow.values()), default=0) or 1
    total = sum(numbers.statuses.values())
    return YearView(
        numbers,
        tuple(Figured(WORDS[name], one, "", 1000 * one.value // most) for name, one in flow.items()),
        _parts(numbers.outcomes, decided),
        _parts([one for one in numbers.reasons if one.figure.value or one.figure.n_unsure], decided),
        _parts(numbers.applicants, numbers.received.value),
        numbers.reviews,
        sum(one.results[-1].figure.value for one in numbers.reviews[:1]),
        sum(one.results[-1].figure.value for one in numbers.reviews[1:]),
        _funnel(numbers, names),
        tuple(_law_rates(numbers.laws, forms)),
        tuple(
            (status, name, numbers.statuses[status], percent(numbers.statuses[status], total))
            for status, name in STATUS_SAID.items()
            if numbers.statuses.get(status)
        ),
    )


def percent(part: int, whole: int) -> str:
    """A share in per cent, cut off and not rounded, so that only all is 100 %; a dash of nothing."""
    return f"{1000 * part // whole / 10:.1f}%" if whole else "—"


def drawn(chart: Chart) -> Markup:
    """The chart as it stands in a page; the table beside it says the same to whoever does not see it."""
    return Markup(svg(chart).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def _n_open(statuses: Mapping[str, int]) -> int:
    return statuses.get("disputed", 0) + statuses.get("missing", 0)


def _parts(named: Sequence[Named], whole: int) -> tuple[Figured, ...]:
    longest = max((one.figure.value for one in named), default=0)
    return tuple(
        Figured(
            alike(one.label),
            one.figure,
            percent(one.figure.value, whole),
            1000 * one.figure.value // longest if longest else 0,
        )
        for one in named
    )


def _funnel(numbers: YearNumbers, names: Mapping[int, str]) -> FunnelView:
    points = [Point(names.get(one.report_id, ""), one.part, one.whole) for one in numbers.shares]
    part, whole = (sum(getattr(one, name) for one in points) for name in ("part", "whole"))
    n_left_out = numbers.n_current - len(points)
    if len(points) < _LEAST_TO_DRAW:
        return FunnelView(None, percent(part, whole), len(points), n_left_out, ())
    far = []
    for one, point in zip(numbers.shares, points, strict=True):
        if is_far(point, part / whole):
            least, most = limits(part / whole, point.whole, 0.002)
            href = f"../reports/{numbers.year}/{one.report_id}.html"
            within = f"{least:,}–{most:,}"
            far.append(FarBody(point.name, href, point.part, point.whole, percent(point.part, point.whole), within))
    chart = drawn(funnel(points, part / whole))
    return FunnelView(
        chart, percent(part, whole), len(points), n_left_out, tuple(sorted(far, key=lambda one: one.name))
    )


def _law_rates(laws: Sequence[LawLine], forms: Sequence[Form]) -> list[LawRate]:
    said = {
        row.law: Said(row.statement_zh, row.statement) for form in forms for table in form.tables for row in table.laws
    }
    said[NARRATIVE] = SENTENCES
    return [LawRate(said[one.law], one, percent(one.n_holds, one.n_holds + one.n_broken)) for one in laws]
