"""Random reports that keep every law of their form: the truth against which layouts are read."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from gk_pipeline.forms import FormTable, shipped_forms

Key = tuple[str, str, str]
"""Table, item and measure of a cell."""

FORMS = {"2019": ("2019", "2019"), "2021": ("2021", "2021"), "hybrid": ("2021", "2019")}
"""The forms that bodies file on: that of the disclosure table, then that of the applications."""

FILLINGS = ("sparse", "dense", "persons", "organizations", "zeros")
"""Who applies and how much: bodies with no applications at all are as common as those with thousands."""


@dataclass(frozen=True)
class Report:
    """The tables of one report and the value of every cell."""

    tables: tuple[FormTable, ...]
    values: dict[Key, Decimal]

    def row(self, table: FormTable, item: str) -> list[tuple[Key, Decimal]]:
        part = next(part for part in table.parts if any(own.code == item for own in part.items))
        keys = [(table.code, item, measure.code) for measure in part.measures]
        return [(key, self.values[key]) for key in keys]


def lawful(form: str, filling: str, seed: int) -> Report:
    """A report on a form (a key of FORMS), drawn with a seed."""
    random = Random(f"{form} {filling} {seed}")
    first, second = FORMS[form]
    by_code = {shipped.code: shipped for shipped in shipped_forms()}
    disclosure, applications, review = (
        by_code[code].table(name)
        for code, name in ((first, "proactive_disclosure"), (second, "applications"), (second, "review_litigation"))
    )
    values = _disclosure(disclosure, random) | _applications(applications, filling, random) | _review(review, random)
    return Report((disclosure, applications, review), values)


def _disclosure(table: FormTable, random: Random) -> dict[Key, Decimal]:
    found = {}
    for cell in table.cells:
        if cell.kind == "amount":
            value = Decimal(random.randrange(10**9)) / random.choice((100, 1000, 10_000))
        elif cell.kind == "change":
            value = Decimal(random.choice((0, 0, random.randrange(40), -random.randrange(1, 9))))
        else:
            value = Decimal(random.choice((0, random.randrange(10, 60), random.randrange(60, 4000))))
        found[table.code, cell.item, cell.measure] = value
    return found


def _applications(table: FormTable, filling: str, random: Random) -> dict[Key, Decimal]:
    measures = [measure.code for measure in table.parts[0].measures]
    ends = ("received", "carried_in", "outcomes_total", "carried_out")
    outcomes = [item for item in table.items if item not in ends]
    count = {(item, measure): 0 for item in table.items for measure in measures}
    for measure in measures[:-1]:
        for item in (*outcomes, "carried_out"):
            count[item, measure] = _applied(filling, measure, random)
        closed = sum(count[item, measure] for item in outcomes)
        handled = closed + count["carried_out", measure]
        count["outcomes_total", measure] = closed
        count["carried_in", measure] = random.randrange(handled // 3 + 1)
        count["received", measure] = handled - count["carried_in", measure]
    for item in table.items:
        count[item, measures[-1]] = sum(count[item, measure] for measure in measures[:-1])
    return {(table.code, *pair): Decimal(value) for pair, value in count.items()}


def _applied(filling: str, measure: str, random: Random) -> int:
    if filling == "zeros":
        return 0
    if filling == "persons":
        return random.randrange(900) if measure == "natural_person" else 0
    if filling == "organizations":
        return random.choice((0, 0, random.randrange(9))) if measure == "other_organization" else 0
    if filling == "dense":
        return random.randrange(1, 2000)
    return random.choice((0, 0, 0, 0, random.randrange(1, 60)))


def _review(table: FormTable, random: Random) -> dict[Key, Decimal]:
    found = {}
    for item in table.items:
        results = [random.choice((0, 0, random.randrange(40))) for _ in range(4)]
        measures = [measure.code for measure in table.parts[0].measures]
        for measure, value in zip(measures, [*results, sum(results)], strict=True):
            found[table.code, item, measure] = Decimal(value)
    return found
