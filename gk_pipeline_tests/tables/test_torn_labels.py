"""Labels that a page does not print in one go: what is said of their rows is what was seen."""

import pytest

from .lawful import lawful
from .outcome import read_tables
from .paper import Style, page
from .writers import tabs

PRINTED = tabs(page(lawful("2021", "dense", 1), Style()))
LABEL, BEGINNING, REST = "要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认", "或重新出具已获取信息"
ROW = next(line for line in PRINTED.splitlines() if LABEL in line)
VALUES = ROW.split(LABEL)[1]


def told(*lines):
    """The findings of rows that were not found, where the page prints these lines for the row of that label."""
    tables = read_tables(PRINTED.replace(ROW, "\n".join(lines)).encode(), "report.txt")
    findings = [finding for table in tables for finding in table.findings]
    return [one for one in findings if one.code in ("label_torn", "rows_absent")]


def test_a_label_in_whose_midst_something_else_stands_is_told_with_its_line():
    [finding] = told(BEGINNING + VALUES, "续表", REST)
    line = PRINTED.splitlines().index(ROW) + 1
    assert (finding.code, finding.item, finding.evidence) == ("label_torn", "not_processed_reissue", BEGINNING)
    assert f"(line {line})" in finding.message


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("", id="no row at all"),
        pytest.param(f"5.要求行政机关证实并另行开具既有材料{VALUES}", id="another wording"),
        pytest.param(f"要求行政机关确认{VALUES}", id="a beginning without its number"),
    ],
)
def test_a_row_that_is_not_begun_is_absent(row):
    [finding] = told(row)
    assert finding.code == "rows_absent"
    assert LABEL in finding.message
