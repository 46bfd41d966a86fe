"""Pages drawn here, recognised: rules, spans, lone digits, and what cannot be read."""

import numpy as np
import pytest

pytest.importorskip("rapidocr_onnxruntime")

from gk_pipeline.documents.document import UNREAD, Unreadable
from gk_pipeline.documents.scan import recognised
from gk_pipeline.documents.scan.rules import letter_height, rule_masks, ruled_tables
from gk_pipeline.documents.scan.upright import even, ink_of, upright

from .drawn import SIZE, page

DIGITS = {(row, column): str((4 * row + 3 * column) % 10) for row in range(1, 4) for column in range(1, 6)}


@pytest.fixture(scope="module")
def digits():
    sheet = page(4, 6, DIGITS | {(1, 0): "305", (2, 0): "1047"}, joined=4, angle=1.2)
    sheet[60 + 3 * SIZE + 12 : 60 + 4 * SIZE - 14, 75:125] = 60
    [block] = recognised([sheet]).blocks
    return block


@pytest.mark.parametrize("angle", [-1.5, 0, 0.7])
def test_rules_are_found_on_a_page_that_lies_askew(angle):
    sheet = upright(even(page(4, 6, DIGITS, joined=4, angle=angle)))
    ink = ink_of(sheet)
    letter = letter_height(ink)
    [table] = ruled_tables(*rule_masks(ink, letter), letter)
    places = {(cell.row, cell.column, cell.column_span) for cell in table.cells}
    assert places == {(0, 0, 4), (0, 4, 1), (0, 5, 1), *((row, at, 1) for row in range(1, 4) for at in range(6))}
    assert table.ragged == 0


def test_lone_digits_are_read_and_looks_agree_on_most(digits):
    read = {(cell.row, cell.column): cell for cell in digits.cells}
    assert {place: read[place].text for place in DIGITS} == DIGITS
    assert sum(read[place].confidence == 1 for place in DIGITS) >= 13


def test_numbers_of_several_digits_are_read(digits):
    assert [cell.text for cell in digits.cells if cell.column == 0][1:3] == ["305", "1047"]


def test_an_empty_cell_is_blank_and_sure(digits):
    assert [(cell.text, cell.confidence) for cell in digits.cells if cell.row == 0] == [("", 1.0)] * 3


def test_ink_that_is_no_character_is_not_blank(digits):
    [smear] = [cell for cell in digits.cells if (cell.row, cell.column) == (3, 0)]
    assert smear.text.startswith(UNREAD) or smear.confidence < 1


def test_positions_are_pages(digits):
    assert digits.page == 1
    assert digits.spans_known


def test_numbers_far_apart_without_rules_are_a_grid(digits):
    sheet = page(3, 4, {(row, column): f"{row + 1}{column + 4}8" for row in range(3) for column in range(4)})
    for row in range(4):
        sheet[56 + SIZE * row : 65 + SIZE * row] = 255
    for column in range(5):
        sheet[:, 56 + 2 * SIZE * column : 65 + 2 * SIZE * column] = 255
    [block] = recognised([sheet]).blocks
    assert not block.spans_known
    assert {(cell.row, cell.column): cell.text for cell in block.cells} == {
        (row, column): f"{row + 1}{column + 4}8" for row in range(3) for column in range(4)
    }


def test_a_page_of_noise_is_refused_before_it_is_recognised():
    noise = np.kron(np.random.default_rng(0).random((200, 200)) < 0.04, np.ones((8, 8))) == 0
    with pytest.raises(Unreadable) as refusal:
        recognised([noise.astype(np.uint8) * 255])
    assert refusal.value.code == "too_many_parts"


def test_a_white_page_has_no_blocks():
    assert recognised([page(0, 0, {})[:50, :50]]).blocks == ()
