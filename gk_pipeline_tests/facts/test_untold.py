"""Rows that only one form has: where none of them is printed, nothing says that they exist, and nothing is deduced."""

from pathlib import Path

import pytest
from ways import YUNLING, facts_of, gk, through_stages

TEXT = YUNLING.read_text(encoding="utf-8")
OTHER = TEXT[TEXT.index("（六）其他处理") : TEXT.index("（七）总计")]
OTHER_ROWS = {"other_not_supplemented", "other_fee_unpaid", "other_miscellaneous"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    year = tmp_path / "2022"
    year.mkdir()
    return year


def by_both_ways(folder: Path, text: str) -> dict[str, set[str]]:
    """For every row of the applications the statuses of its cells, which both ways of a file tell alike."""
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    [printed] = gk("extract", path).objects
    facts = through_stages(folder, 2022)["facts.facts"].select("table_code", "item", "measure", "status").rows()
    plain = {(*cell, fact["status"]) for cell, fact in facts_of(printed).items()}
    assert plain == set(facts)
    return {
        item: {status for table, own, _, status in plain if (table, own) == ("applications", item)}
        for table, item, _, _ in plain
        if table == "applications"
    }


def test_where_no_row_that_tells_the_form_is_printed_none_of_them_is_deduced(folder):
    statuses = by_both_ways(folder, TEXT.replace(OTHER, ""))
    assert {item for item, told in statuses.items() if told == {"missing"}} == OTHER_ROWS


def test_one_of_them_that_is_printed_says_that_the_others_exist(folder):
    first, second, third = OTHER.splitlines(keepends=True)[-3:]
    statuses = by_both_ways(folder, TEXT.replace(OTHER, first + second))
    assert statuses["other_miscellaneous"] == {"deduced"}, third
