"""Several reports in a workbook: each body's sheets are its own report."""

from pathlib import Path

import pytest
from documents.workbooks import in_one_sheet, sample, xlsx
from tables.paper import Page
from ways import samples

from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.reports import read_document
from gk_pipeline.schemas.exact import decimal

FORMS = shipped_forms()
TRUTH = {truth["file"]: truth for truth in samples()}
ONE, OTHER = TRUTH["2020/bozhou.txt"], TRUTH["2020/xiayi.txt"]


def tables(sheet: Page) -> Page:
    return [part for part in sheet if not isinstance(part, str)]


def found(sheets: dict[str, Page]) -> list[tuple[str | None, dict[tuple[str, ...], float]]]:
    """The body of each report, and every number that it prints."""
    document = read_bytes(xlsx(sheets), "report.xlsx", form_labels(FORMS))
    return [
        (
            report.identity.organization,
            {
                (cell.table_code, cell.item, cell.measure): float(decimal(cell.micro))
                for table in report.tables
                for cell in table.cells
                if cell.micro is not None
            },
        )
        for report in read_document(Path("report.xlsx"), document, FORMS)
    ]


def numbers(truth) -> dict[tuple[str, ...], float]:
    return {tuple(cell): float(value) for *cell, _, value in truth["facts"]}


@pytest.mark.parametrize("named", ["a whole report", "title and tables", "tables alone"])
def test_two_bodies_in_two_sheets_are_two_reports(named):
    kept = {
        "a whole report": lambda page: page,
        "title and tables": lambda page: [page[0], *tables(page)],
        "tables alone": tables,
    }[named]
    (first, its_numbers), (second, other_numbers) = found({"甲": kept(sample(ONE)), "乙": kept(sample(OTHER))})
    assert its_numbers == numbers(ONE)
    assert other_numbers == numbers(OTHER)
    bodies = (None, None) if named == "tables alone" else (ONE["org"], OTHER["org"])
    assert (first, second) == bodies


def test_sheets_of_two_bodies_in_turn_are_never_blended():
    one, other = sample(ONE), sample(OTHER)
    sheets = {f"{body[0]}{n}": [body[0], tables(body)[n]] for n in (0, 1) for body in (one, other)}
    truth = {ONE["org"]: numbers(ONE), OTHER["org"]: numbers(OTHER)}
    reports = found(sheets)
    assert [body for body, _ in reports] == [ONE["org"], OTHER["org"]] * 2
    for body, printed in reports:
        assert printed
        assert printed.items() <= truth[body].items()


def test_one_report_over_several_sheets_stays_one():
    page = sample(ONE)
    [(body, printed)] = found({"1": page[:4], "2": page[4:5], "3": page[5:7], "4": page[7:]})
    assert (body, printed) == (ONE["org"], numbers(ONE))
    assert found(in_one_sheet(page)) == [(body, printed)]
