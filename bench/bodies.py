"""Bodies that keep every law, and their applications table as a page prints it."""

from dataclasses import dataclass

import numpy as np

from gk_pipeline.forms import Form, FormTable

ENDS = ("received", "carried_in", "outcomes_total", "carried_out")
"""The rows that are no outcomes."""
APPLICANTS = np.array([0.968, 0.0225, 0.0005, 0.001, 0.007, 0.001])
"""How applications are spread over the six types of applicants, roughly as over 10,633 in nine published reports."""
BODIES_ALIKE = 400.0
"""How close the types of one body are to those of all: of those with 3,100 to 3,500 requests each has four or five."""
OUTCOMES_ALIKE = 2.0
"""How close the outcomes of a type are to those of all: such bodies have 1.7 types in a row that is not all zeros."""
CARRIED = 0.06
"""The share of a year's applications that is carried over."""

Printed = list[list[str]]
"""What stands in each row of the table, one text a cell; a text may be blank, and a row shorter than the form's."""


@dataclass(frozen=True)
class Body:
    """The applications table of one body: `numbers[row, column]` in the form's order, every law kept."""

    form: Form
    numbers: np.ndarray

    @property
    def table(self) -> FormTable:
        return self.form.table("applications")

    @property
    def outcomes(self) -> list[int]:
        return [row for row, item in enumerate(self.table.items) if item not in ENDS]

    def printed(self) -> Printed:
        return [[str(number) for number in row] for row in self.numbers.tolist()]


def body(form: Form, requests: int, random: np.random.Generator) -> Body:
    """A body with about so many requests: a few outcomes take most of them, as in published reports."""
    items = list(form.table("applications").items)
    outcomes = [item for item in items if item not in ENDS]
    usual = random.dirichlet(np.full(len(outcomes), 0.35))
    types = random.dirichlet(BODIES_ALIKE * APPLICANTS)
    ends = [usual, *random.dirichlet(OUTCOMES_ALIKE * usual + 1e-3, len(types) - 1)]
    share = types * np.column_stack(ends)
    decided = random.multinomial(random.poisson(requests), share.ravel() / share.sum()).reshape(share.shape)
    total = decided.sum(axis=0)
    carried_in, carried_out = (random.multinomial(random.poisson(CARRIED * requests), types) for _ in range(2))
    carried_in = np.minimum(carried_in, total + carried_out)
    rows = dict(zip(outcomes, decided, strict=True))
    rows |= {"outcomes_total": total, "carried_in": carried_in, "carried_out": carried_out}
    rows["received"] = total + carried_out - carried_in
    by_type = np.array([rows[item] for item in items])
    return Body(form, np.column_stack([by_type, by_type.sum(axis=1)]))


def page(form: Form, printed: Printed, between: str) -> bytes:
    """A report that prints the table, cells of a row parted by `between`."""
    table = form.table("applications")
    year = form.since + 1
    section = next(section for section in form.sections if section.code == table.section)
    heads = [measure.label.text for measure in table.measures.values()]
    lines = [f"云岭县水利局{year}年政府信息公开工作年度报告", f"三、{section.label.text}", "\t".join(["", *heads])]
    for item, cells in zip(table.items.values(), printed, strict=True):
        number = f"{item.label.number}." if item.label.number else ""
        lines.append(between.join([f"{number}{item.label.text}", *cells]))
    return "\n".join([*lines, ""]).encode()
