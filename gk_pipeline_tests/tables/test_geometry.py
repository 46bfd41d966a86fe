"""Which cell stands under which head, where a grid can tell."""

import pytest

from gk_pipeline.forms import shipped_forms
from gk_pipeline.sections.stream import Stream
from gk_pipeline.tables.geometry import GridView

from .page import of_rows, of_text

PART = shipped_forms()[-1].table("proactive_disclosure").parts[0]
HEADS = "<td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td>"
TABBED = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"


def under(page: Stream, label: str = "规章") -> list[str] | None:
    """The texts of a label's row under the three heads."""
    grid = GridView(page, 0)
    piece = next(piece for piece in page.pieces if piece.text == label)
    columns = grid.columns(PART.measures, piece.row or 0, 0)
    cells = grid.under(piece.row or 0, piece, columns) if columns else None
    return cells and [page.pieces[cell].text for cell in cells]


def test_cells_are_told_by_their_columns_blank_or_not():
    assert under(of_rows(HEADS, "<td>规章</td><td>3</td><td></td><td>2</td>")) == ["3", "", "2"]


def test_heads_in_another_order_lead_to_their_own_cells():
    heads = "<td>信息内容</td><td>现行有效件数</td><td>本年制发件数</td><td>本年废止件数</td>"
    assert under(of_rows(heads, "<td>规章</td><td>2</td><td>3</td><td>1</td>")) == ["3", "1", "2"]


def test_a_head_over_two_columns_heads_what_is_printed_in_either():
    heads = HEADS.replace("<td>本年制发", "<td colspan=2>本年制发")
    assert under(of_rows(heads, "<td>规章</td><td></td><td>3</td><td>1</td><td>2</td>")) == ["3", "1", "2"]


@pytest.mark.parametrize(
    "row",
    [
        "<td>规章</td><td>3</td><td>1</td>",
        "<td>规章</td><td>3</td><td>1</td><td>2</td><td>9</td>",
        "<td colspan=2>规章</td><td>3</td><td>1</td>",
        "<td>规章</td><td colspan=2>3</td><td>1</td>",
    ],
)
def test_a_row_that_does_not_fit_its_heads_is_not_told(row: str):
    assert under(of_rows(HEADS, row)) is None


def test_a_cell_over_two_rows_is_neithers():
    rows = ("<td>规章</td><td rowspan=2>3</td><td>1</td><td>2</td>", "<td>规范性文件</td><td>4</td><td>5</td>")
    assert under(of_rows(HEADS, *rows)) is None


@pytest.mark.parametrize("below", ["<td>30</td><td>10</td><td>20</td>", "<td colspan=3>全市345</td>"])
def test_a_label_over_two_rows_of_numbers_is_neithers(below: str):
    assert under(of_rows(HEADS, "<td rowspan=2>规章</td><td>3</td><td>1</td><td>2</td>", below)) is None


def test_a_label_and_its_cells_may_all_span_two_rows():
    row = "<td rowspan=2>规章</td><td rowspan=2>3</td><td rowspan=2>1</td><td rowspan=2>2</td>"
    assert under(of_rows(HEADS, row, "")) == ["3", "1", "2"]


def test_without_all_heads_no_columns_are_known():
    assert under(of_rows(HEADS.replace("本年废止", "上年制发"), "<td>规章</td><td>3</td><td>1</td><td>2</td>")) is None


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("规章\t\t1\t2", ["", "1", "2"]),
        ("规章\t3\t\t2\n规范性文件\t1\t1\t1", ["3", "", "2"]),
        ("规章\t3\t1\t", None),
        ("规章\t\t1\t2\t", None),
        ("规章\t\t1\t2\n规范性文件\t1\t1", None),
    ],
)
def test_without_real_spans_only_an_even_grid_tells_its_blanks(rows: str, found: list[str] | None):
    assert under(of_text(TABBED + rows)) == found


def test_the_empty_cells_of_a_row_are_those_right_of_its_label():
    page = of_text(TABBED + "\t规章\t\t2")
    label = next(piece for piece in page.pieces if piece.text == "规章")
    assert [page.pieces[slot.piece].column for slot in GridView(page, 0).blanks_right_of(label)] == [2]
