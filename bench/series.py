"""Bodies through the years: reports that keep every law, within a year and between two, and the pages they print."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from gk_pipeline.forms import Form, FormTable, Label

YEARS = range(2019, 2026)
ENDS = ("received", "carried_in", "outcomes_total", "carried_out")
MARKED = ("received", "carried_in", "carried_out")
"""The rows numbered 一、二、四、."""
DECIDED = 0.94
"""The share of a year's applications that is not carried over."""

Key = tuple[str, str, str]
"""Table, item and measure."""


@dataclass
class Report:
    """What one page prints: a whole number in every cell."""

    name: str
    year: int
    form: Form
    numbers: dict[Key, int]
    published: str | None = None
    remark: str = "个别栏目更新不及时，已逐项整改。"

    def copy(self, **changed: object) -> "Report":
        """The same report, some of it changed."""
        about = {"published": self.published, "remark": self.remark, **changed}
        return Report(self.name, self.year, self.form, dict(self.numbers), **about)  # type: ignore[arg-type]

    def add(self, item: str, measure: str, amount: int, table: str = "applications") -> None:
        """Change a number."""
        self.numbers[table, item, measure] += amount

    def move(self, item: str, column: str, amount: int) -> None:
        """Change a number of the applications table and the total of its row with it."""
        self.add(item, column, amount)
        self.add(item, "total", amount)


def series(name: str, forms: dict[int, Form], random: np.random.Generator) -> dict[int, Report]:
    """The reports of one body: about as many applications each year, mostly from natural persons."""
    requests = int(random.integers(60, 900))
    form_codes = list(forms[YEARS[-1]].table("applications").items)
    outcomes = [item for item in form_codes if item not in ENDS]
    usual = random.dirichlet(np.full(len(outcomes), 0.6))
    types = random.dirichlet(60 * np.array([0.8, 0.08, 0.02, 0.03, 0.04, 0.03]))
    expected = dict(zip(outcomes, np.outer(usual, types) * requests, strict=True))
    carried_in = random.poisson(0.06 * requests * types)
    stock = {
        item: int(random.integers(20, 90)) for item in ("licensing", "other_services", "penalties", "coercion", "fees")
    }
    in_force = {item: int(random.integers(30, 60)) for item in ("regulations", "normative_documents")}
    decisions = {
        item: int(random.integers(80, 400)) for item in ("licensing", "other_services", "penalties", "coercion")
    }
    reports = {}
    for year in YEARS:
        form = forms[year]
        numbers: dict[Key, int] = {}
        carried_in = _applications(form, expected, carried_in, 0.06 * requests * types, numbers, random)
        _reviews(form, numbers, random)
        _disclosure(form, numbers, stock, in_force, decisions, random)
        reports[year] = Report(name, year, form, numbers, f"{year + 1}年1月{random.integers(5, 29)}日")
    return reports


def steady(reports: dict[int, Report]) -> bool:
    """Whether no count is five times what it was a year before, nor a fifth of it, by chance."""
    for year in YEARS[1:]:
        now, before = reports[year], reports[year - 1].numbers
        for table in now.form.tables:
            for law in table.laws:
                cells = [table.cells[index] for index in law.last_year if law.kind == "ratio"]
                for key in [(table.code, cell.item, cell.measure) for cell in cells]:
                    was, is_now = before.get(key, 0), now.numbers[key]
                    if was >= law.base and not was <= law.most_times * is_now <= law.most_times**2 * was:
                        return False
    return True


def _applications(
    form: Form,
    expected: dict[str, np.ndarray],
    carried_in: np.ndarray,
    usually_carried: np.ndarray,
    numbers: dict[Key, int],
    random: np.random.Generator,
) -> np.ndarray:
    """Fill in the table, and return what is carried out."""
    table = form.table("applications")
    rows = {item: random.poisson(DECIDED * mean) for item, mean in expected.items()}
    if "other" in table.items:
        rows["other"] = sum(rows.pop(item) for item in list(rows) if item not in table.items)
    rows = {item: rows[item] for item in table.items if item not in ENDS}
    carried_out = random.poisson(usually_carried)
    short = np.maximum(0, carried_in - sum(rows.values()) - carried_out)
    rows["granted"] = rows["granted"] + short
    total = sum(rows.values())
    rows |= {"carried_in": carried_in, "carried_out": carried_out, "outcomes_total": total}
    rows["received"] = total + carried_out - carried_in
    for item in table.items:
        for measure, number in zip(table.measures, [*rows[item], rows[item].sum()], strict=True):
            numbers["applications", item, measure] = int(number)
    return carried_out


def _reviews(form: Form, numbers: dict[Key, int], random: np.random.Generator) -> None:
    table = form.table("review_litigation")
    for item in table.items:
        results = random.poisson(9, 4)
        for measure, number in zip(table.measures, [*results, results.sum()], strict=True):
            numbers["review_litigation", item, measure] = int(number)


def _disclosure(
    form: Form,
    numbers: dict[Key, int],
    stock: dict[str, int],
    in_force: dict[str, int],
    decisions: dict[str, int],
    random: np.random.Generator,
) -> None:
    for cell in form.table("proactive_disclosure").cells:
        numbers["proactive_disclosure", cell.item, cell.measure] = int(random.integers(30, 60))
    change = {item: int(random.integers(-3, 6)) for item in stock}
    issued, repealed = ({item: int(random.integers(0, 6)) for item in in_force} for _ in range(2))
    for item in in_force:
        in_force[item] += issued[item] - repealed[item]
    rows = {
        **{(item, "items_previous_year"): number for item, number in stock.items()},
        **{(item, "items_change"): number for item, number in change.items()},
        **{(item, "decisions"): int(random.poisson(number)) for item, number in decisions.items()},
        **{(item, "issued"): number for item, number in issued.items()},
        **{(item, "repealed"): number for item, number in repealed.items()},
        **{(item, "in_force"): number for item, number in in_force.items()},
    }
    for (item, measure), number in rows.items():
        if ("proactive_disclosure", item, measure) in numbers:
            numbers["proactive_disclosure", item, measure] = number
    for item in stock:
        stock[item] += change[item]
    for item in in_force:
        if ("proactive_disclosure", item, "newly_disclosed") in numbers:
            numbers["proactive_disclosure", item, "newly_disclosed"] = 3


def page(report: Report) -> str:
    """The report as a text with tabs."""
    lines = [f"{report.name}{report.year}年政府信息公开工作年度报告", ""]
    for number, section in zip("一二三四五六", report.form.sections, strict=True):
        lines += [f"{number}、{section.label.text}", ""]
        tables = [table for table in report.form.tables if table.section == section.code]
        for table in tables:
            lines += [*(_across(table, report) if table.items_across else _down(table, report)), ""]
        if not tables:
            lines += [f"　　{report.remark}", ""]
    return "\n".join([*lines, report.name, *([report.published] if report.published else []), ""])


def _down(table: FormTable, report: Report) -> list[str]:
    lines = []
    groups = {group.code: group for group in table.groups}
    for part in table.parts:
        lines += [part.clause] if part.clause else []
        lines.append("\t".join([part.stub or "", *(measure.label.text for measure in part.measures)]))
        for group, items in groupby(part.items, key=lambda item: item.group):
            if group is not None:
                lines.append(_numbered(groups[group].label))
            for item in items:
                cells = [str(report.numbers[table.code, item.code, measure.code]) for measure in part.measures]
                mark = f"{item.label.number}、{item.label.text}" if item.code in MARKED else _numbered(item.label)
                lines.append("\t".join([mark, *cells]))
    return lines


def _numbered(label: Label) -> str:
    if not label.number:
        return label.text
    if label.number.isdecimal():
        return f"{label.number}.{label.text}"
    return f"（{label.number}）{label.text}"


def _across(table: FormTable, report: Report) -> list[str]:
    heads = [measure.label.text for measure in table.measures.values()]
    width = len(heads)
    numbers = [str(report.numbers[table.code, cell.item, cell.measure]) for cell in table.cells]
    return [
        "行政复议" + "\t" * width + "行政诉讼",
        "\t" * width + "未经复议直接起诉" + "\t" * width + "复议后起诉",
        "\t".join(heads * len(table.items)),
        "\t".join(numbers),
    ]
