"""Reviews and litigation: fifteen numbers in a row, of which only the heads above say whose they are."""

import pytest

from .outcome import read_tables

TITLE = "安阳县财政局2022年政府信息公开工作年度报告"
SECTION = "四、政府信息公开行政复议、行政诉讼情况"
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
REVIEWS, DIRECT, AFTER = [5, 0, 6, 7, 18], [0, 1, 1, 2, 4], [1, 2, 3, 4, 10]
TRUTH = {"administrative_review": REVIEWS, "litigation_direct": DIRECT, "litigation_after_review": AFTER}


def read(page: str, name: str) -> dict[str, list[int] | None]:
    """The row of each item; None where any of its cells is not read."""
    rows: dict[str, list[int | None]] = {}
    for table in read_tables(page.encode(), name):
        for cell in table.cells:
            rows.setdefault(cell.item, []).append(None if cell.micro is None else cell.micro // 10**6)
    return {item: None if None in row else row for item, row in rows.items()}


def row(cells: list, tag: str = "") -> str:
    return "<tr>" + "".join(f"<td{tag}>{cell}</td>" for cell in cells) + "</tr>"


def page(*rows: str) -> str:
    return f"<h1>{TITLE}</h1><p>{SECTION}</p><table>{''.join(rows)}</table><p>五、存在的主要问题及改进情况</p>"


LITIGATION_FIRST = page(
    '<tr><td colspan="10">行政诉讼</td><td colspan="5">行政复议</td></tr>',
    '<tr><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td>'
    + "".join(f'<td rowspan="2">{result}</td>' for result in RESULTS)
    + "</tr>",
    row(RESULTS * 2),
    row([*DIRECT, *AFTER, *REVIEWS]),
)


def test_litigation_in_the_first_columns_of_a_web_page_is_read_by_its_heads():
    assert read(LITIGATION_FIRST, "a.html") == TRUTH


@pytest.mark.parametrize("between", ["\n", "\t", "  "])
def test_litigation_before_reviews_in_running_text_is_nobodys(between: str):
    heads = between.join(["行政诉讼", "行政复议"])
    kinds = between.join(["未经复议直接起诉", "复议后起诉", *RESULTS])
    values = between.join(map(str, [*DIRECT, *AFTER, *REVIEWS]))
    text = "\n".join(
        [TITLE, SECTION, heads, kinds, between.join(RESULTS * 2), values, "五、存在的主要问题及改进情况\n"]
    )
    assert set(read(text, "a.txt").values()) == {None}


def test_the_heads_of_the_table_above_are_none_of_its_own():
    above = ["总计", "5"]
    items = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]
    lines = [TITLE, *above, *items, *RESULTS * 3, *map(str, [*REVIEWS, *DIRECT, *AFTER])]
    assert read("\n".join([*lines, ""]), "a.txt") == TRUTH


HEADS = [*["行政复议", *RESULTS, "行政诉讼", "未经复议直接起诉"], *RESULTS, "复议后起诉", *RESULTS]
LAST_YEAR = [1, 2, 3, 4, 10] * 3
THIS_YEAR = [*REVIEWS, *DIRECT, *AFTER]


def two_rows(first: list, second: list) -> str:
    lines = [TITLE, SECTION, *HEADS, *map(str, first), *map(str, second), "五、存在的主要问题及改进情况\n"]
    return "\n".join(lines)


@pytest.mark.parametrize("names", [("2021年", "2022年"), ("上年", "本年"), ("", "")])
def test_two_rows_with_other_numbers_are_not_chosen_between(names: tuple[str, str]):
    first, second = ([name, *numbers] for name, numbers in zip(names, (LAST_YEAR, THIS_YEAR), strict=True))
    found = read(two_rows(first, second), "a.txt")
    assert set(found.values()) <= {None}


def test_the_same_row_twice_is_one():
    assert read(two_rows(THIS_YEAR, []), "a.txt") == TRUTH
    assert read(two_rows(THIS_YEAR, ["再抄一遍", *THIS_YEAR]), "a.txt") == TRUTH


@pytest.mark.parametrize("missing", range(15))
def test_a_head_that_is_missing_moves_no_number_under_another(missing: int):
    heads = [head for number, head in enumerate(RESULTS * 3) if number != missing]
    items = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]
    lines = [TITLE, SECTION, *items, *heads, *map(str, THIS_YEAR), "五、存在的主要问题及改进情况\n"]
    found = read("\n".join(lines), "a.txt")
    assert all(found[item] in (None, row) for item, row in TRUTH.items())
