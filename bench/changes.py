"""What goes wrong with the reports of a body, and what must be found then."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from series import ENDS, Key, Report

Reports = dict[int, Report]
Random = np.random.Generator

CARRY = ("carried_in", "carried_out")


@dataclass
class Injected:
    """What was done to a body: links that must be told of, as (year, law), and cells whose printed number is wrong.

    `may_be_told` are links that what was done to the body may break besides. `truth` are the numbers that belong into
    those cells, by year. `more` are further pages of the same year. `must` says what is asked of wrong cells: `settled`
    by the neighbours, `corrected` by the laws of the year, or `unsure`, never given as certain; `revision` is the year
    of a revision and `current` the page that must be current in it.
    """

    kind: str
    links: set[tuple[int, str]] = field(default_factory=set)
    truth: dict[int, dict[Key, int]] = field(default_factory=dict)
    must: str = ""
    may_be_told: set[tuple[int, str]] = field(default_factory=set)
    more: list[Report] = field(default_factory=list)
    revision: int | None = None
    current: Report | None = None


Change = Callable[[Reports, Random], Injected | None]
"""Changes the reports of a body; None where that cannot happen to it."""


def nothing(_reports: Reports, _random: Random) -> Injected | None:
    return Injected("nothing")


def carry_break(reports: Reports, random: Random) -> Injected | None:
    """Lawful within the year, but another number is carried in than was carried out."""
    year = int(random.integers(2020, 2026))
    column, amount = _column(random), int(random.integers(1, 30))
    report = reports[year]
    if report.numbers["applications", "received", column] < amount:
        return None
    report.move("carried_in", column, amount)
    report.move("received", column, -amount)
    return Injected("carry-over break", {(year, "year.carried")})


def in_force_break(reports: Reports, random: Random) -> Injected | None:
    """From some year on more documents are in force than follow."""
    first, amount = int(random.integers(2022, 2026)), int(random.integers(1, 12))
    for year in range(first, 2026):
        reports[year].add("normative_documents", "in_force", amount, "proactive_disclosure")
    return Injected("in-force break", {(first, "year.in_force")})


def items_break(reports: Reports, random: Random) -> Injected | None:
    """The items of the year before are others than they were."""
    reports[2020].add("penalties", "items_previous_year", int(random.integers(1, 40)), "proactive_disclosure")
    return Injected("items break", {(2020, "year.items")})


def repeated(reports: Reports, random: Random) -> Injected | None:
    """A table of last year over again."""
    year = int(random.integers(2020, 2026))
    for key, number in reports[year - 1].numbers.items():
        if key[0] == "review_litigation":
            reports[year].numbers[key] = number
    return Injected("repeated table", {(year, "year.repeated")})


def jump(reports: Reports, _random: Random) -> Injected | None:
    """Ten times as many decisions in the last year."""
    key = ("proactive_disclosure", "penalties", "decisions")
    reports[2025].numbers[key] *= 10
    return Injected("jump", {(2025, "year.jump")})


def missing_year(reports: Reports, random: Random) -> Injected | None:
    """A year without a report; what the next one carries in cannot be compared."""
    del reports[int(random.integers(2020, 2025))]
    return Injected("missing year")


def late_revision(reports: Reports, random: Random) -> Injected | None:
    """A first version with other numbers, published earlier."""
    year, first, _ = _first_version(reports, random)
    first.published = f"{year + 1}年1月3日"
    return Injected("revision, dated", more=[first], revision=year, current=reports[year])


def undated_revision(reports: Reports, random: Random) -> Injected | None:
    """A first version with a typo, and no dates: fewer of its cells are verified."""
    year, first, column = _first_version(reports, random)
    first.add("granted", column, 7)
    first.published = reports[year].published = None
    return Injected("revision, undated", more=[first], revision=year, current=reports[year])


def resaved(reports: Reports, random: Random) -> Injected | None:
    """The same numbers on another page."""
    year = int(random.integers(2019, 2026))
    return Injected("re-saved page", more=[reports[year].copy(remark="本页由旧网站迁移。")])


def typo(reports: Reports, random: Random) -> Injected | None:
    """One number is wrong; its row and column tell which."""
    year, item = (
        int(random.integers(2019, 2026)),
        str(random.choice(["granted", "carried_in", "carried_out", "received"])),
    )
    key = ("applications", item, _column(random))
    truth = reports[year].numbers[key]
    reports[year].numbers[key] = truth + int(random.integers(1, 20))
    return Injected("typo", truth={year: {key: truth}}, must="corrected")


def moved_with_total(years: tuple[int, int]) -> Change:
    """A number of a row that stands at an end of the balance is wrong, and the total of its row with it."""

    def moved_with_total(reports: Reports, random: Random) -> Injected | None:
        year, item = int(random.integers(*years)), str(random.choice(["received", *CARRY]))
        column, amount = _column(random), int(random.choice([-1, 1]) * random.integers(1, 15))
        report = reports[year]
        keys = [("applications", item, measure) for measure in (column, "total")]
        truth = {key: report.numbers[key] for key in keys}
        if truth[keys[0]] + amount < 0:
            return None
        report.move(item, column, amount)
        inner = years[1] - years[0] > 1
        name = "moved with its total, both neighbours" if inner else "moved with its total, last year alone"
        return Injected(name, truth={year: truth}, must="settled" if inner else "unsure")

    return moved_with_total


def moved_beside_a_break(reports: Reports, random: Random) -> Injected | None:
    """A row moved with its total in a year in which the books break as well, in the same column by another number."""
    year, column = int(random.integers(2020, 2025)), _column(random)
    item, amount = str(random.choice(["received", *CARRY])), int(random.choice([-1, 1]) * random.integers(1, 15))
    gap = int(random.integers(1, 30))
    report = reports[year]
    if gap == abs(amount) or report.numbers["applications", "received", column] < gap + 15:
        return None
    report.move("carried_in", column, gap)
    report.move("received", column, -gap)
    keys = [("applications", item, measure) for measure in (column, "total")]
    truth = {key: report.numbers[key] for key in keys}
    if truth[keys[0]] + amount < 0:
        return None
    report.move(item, column, amount)
    name, may = "moved with its total beside a break", {(year + 1, "year.carried")}
    return Injected(name, {(year, "year.carried")}, {year: truth}, "unsure", may_be_told=may)


def carried_through_all(reports: Reports, random: Random) -> Injected | None:
    """A wrong number carried out, and all that follows from it: only next year's report contradicts."""
    year, column, amount = int(random.integers(2019, 2025)), _column(random), int(random.integers(1, 20))
    for item in ("carried_out", "received"):
        reports[year].move(item, column, amount)
    return Injected("carried through every total", {(year + 1, "year.carried")})


def carried_through_outcomes(n_outcomes: int | None) -> Change:
    """A wrong number carried in, added up into the outcomes' total: an outcome seems to be wrong.

    With `n_outcomes` only so many outcomes are large enough for that; with one of them, the laws of the year take it.
    """

    def carried_through_outcomes(reports: Reports, random: Random) -> Injected | None:
        year, column = int(random.integers(2020, 2026)), _column(random)
        report = reports[year]
        numbers = report.numbers
        most = numbers["applications", "carried_in", column]
        if most == 0:
            return None
        amount = int(random.integers(1, most + 1))
        outcomes = [item for item in report.form.table("applications").items if item not in ENDS]
        large = sum(numbers["applications", item, column] >= amount for item in outcomes)
        if large != (n_outcomes or large):
            return None
        truth = {}
        for item in ("carried_in", "outcomes_total"):
            for measure in (column, "total"):
                truth["applications", item, measure] = numbers["applications", item, measure]
            report.move(item, column, -amount)
        name = "carried through the outcomes' total"
        name += ", one outcome large enough" if n_outcomes == 1 else ""
        may = {(year, "year.jump"), (year + 1, "year.jump")}
        return Injected(name, {(year, "year.carried")}, {year: truth}, "unsure", may_be_told=may)

    return carried_through_outcomes


def _column(random: Random) -> str:
    return str(random.choice(["natural_person", "commercial_enterprise", "legal_service_organization"]))


def _first_version(reports: Reports, random: Random) -> tuple[int, Report, str]:
    """A version of a report with two applications more, lawful in itself."""
    year, column = int(random.integers(2019, 2026)), _column(random)
    first = reports[year].copy()
    for item in ("received", "granted", "outcomes_total"):
        first.move(item, column, 2)
    return year, first, column


CHANGES: tuple[tuple[Change, int], ...] = (
    (nothing, 15),
    (carry_break, 20),
    (in_force_break, 10),
    (items_break, 10),
    (repeated, 8),
    (jump, 8),
    (missing_year, 12),
    (late_revision, 12),
    (undated_revision, 10),
    (resaved, 8),
    (typo, 12),
    (moved_with_total((2020, 2025)), 25),
    (moved_with_total((2025, 2026)), 10),
    (moved_beside_a_break, 10),
    (carried_through_all, 10),
    (carried_through_outcomes(None), 10),
    (carried_through_outcomes(1), 10),
)
"""What happens, and to how many bodies."""
