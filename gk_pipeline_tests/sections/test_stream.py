"""The run of letters and digits keeps the way back to every character that was printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.documents.document import Block
from gk_pipeline.sections.stream import Stream, pieces_of, squeeze

TEXTS = st.lists(st.text(alphabet="一二项公開㈠㊊１⑴12aA .,、。|｜（）\t\n\u3000\u200b_“”⽇", max_size=12), max_size=6)


def stream(texts: list[str]) -> Stream:
    return Stream(pieces_of([Block(text) for text in texts], 0, len(texts) - 1))


@given(TEXTS)
def test_every_letter_stands_where_its_place_says(texts):
    page = stream(texts)
    for position, letter in enumerate(page.text):
        piece, char = page.place(position)
        assert squeeze(page.pieces[piece].text[char]) == letter


@pytest.mark.parametrize("text", ["部分公开（fù hé）区分", "部分公开(bù fen)区分", "部分（bù）公开（ fen ）区（qu）分"])
def test_how_a_character_is_read_is_no_letter_of_a_label(text):
    assert squeeze(text) == stream([text]).text == "部分公开区分"


@pytest.mark.parametrize("text", ["fù hé", "（fù）", "公开（A类）", "公开（fù1）"])
def test_other_letters_stay(text):
    assert len(squeeze(text)) == sum(map(str.isalnum, text))


@given(TEXTS)
def test_place_and_position_are_each_other_s_way_back(texts):
    page = stream(texts)
    for position in range(len(page.text)):
        assert page.position(*page.place(position)) == position


@given(TEXTS)
def test_the_run_is_what_the_pieces_hold_without_anything_between(texts):
    page = stream(texts)
    assert page.text == "".join(squeeze(piece.text) for piece in page.pieces)
    assert page.piece_at == [page.position(number, 0) for number in range(len(page.pieces))]


@given(TEXTS, st.data())
def test_what_is_printed_between_two_positions_squeezes_to_what_stands_between_them(texts, data):
    page = stream(texts)
    start = data.draw(st.integers(0, len(page.text)))
    end = data.draw(st.integers(start, len(page.text)))
    assert squeeze(page.printed(start, end)) == page.text[start:end]


@given(TEXTS)
def test_the_whole_run_prints_all_pieces_from_the_first_letter_on(texts):
    page = stream(texts)
    if page.text:
        first, char = page.place(0)
        texts = [piece.text for piece in page.pieces[first:]]
        assert page.printed(0, len(page.text)) == "\n".join([texts[0][char:], *texts[1:]])


def test_the_end_of_the_text_is_the_end_of_the_last_piece():
    assert stream(["甲。", "乙！"]).place(2) == (1, 2)
    assert stream([]).place(0) == (-1, 0)


@pytest.mark.parametrize(("printed", "plain"), [("㈠", "一"), ("⑴", "1"), ("１", "1"), ("複議", "复议"), ("⽇", "日")])
def test_compatibility_and_traditional_characters_are_the_plain_ones(printed, plain):
    assert squeeze(printed) == plain


def test_pipes_part_a_line_into_pieces_that_know_where_they_stood():
    pieces = pieces_of([Block("a|b｜ |c")], 0, 0)
    assert [(piece.text, piece.offset) for piece in pieces] == [("a", 0), ("b", 2), ("c", 6)]
