"""Labels: every place where one may stand, and the chain of places that keeps the order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.documents.document import Block
from gk_pipeline.forms import Label
from gk_pipeline.sections.labels import Hit, hits, in_order, target
from gk_pipeline.sections.stream import Stream, pieces_of

GRANTED = Label("予以公开", number="一")
PARTLY = Label("部分公开（区分处理的，只计这一情形，不计其他情形）", ("部分公开",), "二")
SECRET = Label("属于国家秘密", number="1")
OTHER = Label("其他", number="3")


def stream(*lines: str) -> Stream:
    return Stream(pieces_of([Block(line) for line in lines], 0, len(lines) - 1))


def printed(page: Stream, label: Label) -> list[str]:
    """What is printed where a label stands."""
    return [page.printed(hit.start, hit.end).replace("\n", "") for hit in hits(page, target(label))]


@pytest.mark.parametrize(
    "lines",
    [
        ["（一）予以公开"],
        ["㈠ 予 以 公 开"],
        ["（一）", "予以", "公开"],
        ["(一)、予以公开|11|0"],
        ["## 一、予以公开 11"],
        ["三、本年度办理结果|（一）予以公开"],
    ],
)
def test_a_label_is_found_with_its_number_however_it_is_spaced_and_torn(lines):
    [hit] = hits(page := stream(*lines), target(GRANTED))
    assert page.text[hit.start : hit.end] == "一予以公开"
    assert hit.numbered


def test_the_longest_spelling_is_the_place_and_the_shorter_within_it_is_none():
    [whole] = printed(stream("（二）部分公开（区分处理的，只计这一情形，不计其他情形）"), PARTLY)
    assert whole == "二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    assert printed(stream("（二）部分公开"), PARTLY) == ["二）部分公开"]


def test_a_mention_in_a_sentence_is_no_place_beside_a_label():
    sentence = "全年予以公开的信息较多。"
    assert printed(stream(sentence, "（一）予以公开"), GRANTED) == ["一）予以公开"]
    assert printed(stream(sentence), GRANTED) == ["予以公开"]


@pytest.mark.parametrize("line", ["前文 予以公开 11 上年予以公开 12 后文", "前文 上年予以公开 12 予以公开 11 后文"])
def test_within_a_line_a_label_apart_from_the_words_before_it_is_the_likelier(line: str):
    likelier = max(hits(page := stream(line), target(GRANTED)), key=lambda hit: hit.weight)
    assert page.text.startswith("11", likelier.end)


def test_a_numbered_mention_in_an_explanation_is_no_place_beside_a_label():
    page = stream("1.信访举报投诉类申请（含3.其他 5 件）", "7", "3.其他", "0")
    assert [page.place(hit.start)[0] for hit in hits(page, target(OTHER))] == [2]


def test_a_label_behind_another_number_begins_with_it():
    [hit] = hits(stream("4. 予以公开"), target(GRANTED))
    assert (hit.start, hit.alone, hit.numbered) == (0, True, False)


@pytest.mark.parametrize(
    "lines", [["1.属于国家秘密"], ["1", ". 属于国家秘密"], ["1属于国家秘密"], ["0|1、属于国家秘密"]]
)
def test_a_digit_with_a_mark_numbers_a_label(lines):
    [hit] = hits(stream(*lines), target(SECRET))
    assert hit.numbered


@pytest.mark.parametrize("lines", [["1", "属于国家秘密"], ["0|1|属于国家秘密"]])
def test_the_last_value_of_the_row_above_is_no_number_of_the_label(lines):
    [hit] = hits(page := stream(*lines), target(SECRET))
    assert not hit.numbered
    assert page.text[hit.start : hit.end] == "属于国家秘密"


def test_a_label_followed_by_its_value_stands_as_one_and_amid_letters_does_not():
    [value], [letters] = (hits(stream(line), target(SECRET)) for line in ("属于国家秘密 0", "属于国家秘密的"))
    assert (value.alone, letters.alone) == (True, False)
    assert value.weight > letters.weight


def test_only_the_places_between_two_positions_are_looked_at():
    page = stream("（一）予以公开", "（一）予以公开")
    first, second = hits(page, target(GRANTED))
    assert hits(page, target(GRANTED), first.end) == [second]
    assert hits(page, target(GRANTED), 0, second.start) == [first]
    assert hits(page, target(GRANTED), 0, 3) == []


def test_of_very_many_places_the_best_are_kept_in_order():
    page = stream(*["其他 1"] * 40, "3.其他", *["其他 1"] * 40)
    found = hits(page, target(OTHER))
    assert len(found) < 81
    assert found == sorted(found, key=lambda hit: hit.start)
    assert sum(hit.numbered for hit in found) == 1


PLACES = st.lists(
    st.lists(
        st.builds(
            lambda start, length, weight: Hit(start, start + length, weight, True, False),
            st.integers(0, 900),
            st.integers(1, 60),
            st.integers(205, 900).map(lambda weight: weight / 100),
        ),
        max_size=3,
        unique_by=lambda hit: hit.start,
    ),
    max_size=5,
)


def weight(chain: Sequence[Hit | None]) -> float:
    kept = [hit for hit in chain if hit is not None]
    gaps = (later.start - earlier.end for earlier, later in pairwise(kept))
    return sum(hit.weight for hit in kept) - sum(min(gap / 200, 2.0) for gap in gaps)


def chains(places: Sequence[Sequence[Hit]]) -> Iterator[tuple[Hit | None, ...]]:
    for chain in product(*[(None, *group) for group in places]):
        kept = [hit for hit in chain if hit is not None]
        if all(earlier.end <= later.start for earlier, later in pairwise(kept)):
            yield chain


@given(PLACES)
def test_the_chain_is_one_of_those_in_order_and_none_weighs_more(places):
    chain = in_order(places)
    assert tuple(chain) in set(chains(places))
    assert weight(chain) == pytest.approx(max(map(weight, chains(places))))


def test_two_groups_of_rows_with_one_label_are_told_apart_by_their_order():
    page = stream("（三）不予公开", "1.甲", "3.其他", "（六）其他处理", "3.其他", "（七）总计")
    labels = [Label("不予公开", number="三"), Label("其他处理", number="六"), OTHER, Label("总计", number="七")]
    chain = in_order([hits(page, target(label)) for label in labels])
    assert [hit and page.place(hit.start)[0] for hit in chain] == [0, 3, 4, 5]
