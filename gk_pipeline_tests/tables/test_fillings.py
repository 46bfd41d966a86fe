"""The ways in which what a row printed may fill its cells."""

from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.schemas.exact import MICRO
from gk_pipeline.tables.fillings import completed, fillings, unknown, with_one_fault
from gk_pipeline.tables.slots import Slot

TOTAL = (((0, 1), (1, 1), (2, 1), (3, -1)),)
"""Three numbers and their sum."""


def slots(*texts):
    return [Slot(0, place, place + len(text), text, "value") for place, text in enumerate(texts)]


def readings(*texts, doubtful=False):
    """The numbers of every filling of three cells and their sum."""
    found = fillings(slots(*texts), "count", 4, TOTAL, doubtful)
    return {tuple(low // MICRO if low == high else None for low, high in filling.vector) for filling in found}


def test_a_row_that_prints_its_shape_has_one_reading():
    assert readings("5", "0", "1", "6") == {(5, 0, 1, 6)}


def test_a_row_that_breaks_its_own_law_has_none():
    assert readings("5", "0", "1", "7") == set()


def test_a_lost_number_is_what_the_law_makes_it_wherever_it_was_lost():
    assert readings("5", "1", "6") == {(0, 5, 1, 6), (5, 0, 1, 6), (5, 1, 0, 6), (5, 1, 6, 12)}


def test_a_lost_number_is_never_below_zero():
    assert readings("5", "9", "6") == {(5, 9, 6, 20)}


def test_two_lost_numbers_stay_open_where_the_law_leaves_them_open():
    assert (5, None, None, 6) in readings("5", "6")
    assert (5, 0, 0, 5) in readings("5", "5")


def test_of_too_many_numbers_those_are_left_out_that_break_the_law():
    assert readings("5", "0", "1", "6", "38") == {(5, 0, 1, 6)}


def test_a_number_torn_in_two_is_put_together():
    assert readings("1", "7", "0", "3", "20") == {(17, 0, 3, 20)}


def test_two_numbers_torn_in_two_are_put_together():
    assert (1500, 0, 2500, 4000) in readings("1500", "0", "2", "500", "4", "000")
    assert readings("0", "2", "500", "0", "2", "500") >= {(0, 2500, 0, 2500), (0, 500, 0, 500)}


def test_a_number_torn_in_three_is_put_together():
    assert (1234567, 0, 0, 1234567) in readings("1", "234", "567", "0", "0", "1234567")


def test_beside_a_number_torn_in_two_another_may_be_no_cells():
    assert readings("1", "500", "0", "3", "1503", "38") == {(1500, 0, 3, 1503)}


def test_two_numbers_run_together_are_torn_apart():
    assert (12, 3, 0, 15) in readings("123", "0", "15")


def test_a_row_that_lost_more_than_two_numbers_or_has_more_than_two_too_many_says_nothing():
    assert readings("6") == set()
    assert readings(*"5061234") == set()


def test_the_last_number_may_be_a_strays_only_where_that_is_in_doubt():
    assert readings("5", "1", "6", "12") == {(5, 1, 6, 12)}
    assert (5, 0, 1, 6) in readings("5", "1", "6", "12", doubtful=True)


def test_a_word_holds_its_place_and_may_be_any_number():
    assert readings("5", "无", "1", "8") == {(5, 2, 1, 8)}


def test_a_number_that_is_not_printed_as_one_has_no_slot():
    [torn] = fillings(slots("1", "7", "0", "3", "20"), "count", 4, TOTAL, doubtful=False)
    assert [slot.text if slot else None for slot in torn.slots] == [None, "0", "3", "20"]


def test_laws_narrow_the_bounds_of_what_is_open():
    one = (MICRO, MICRO)
    assert completed([one, unknown("count"), unknown("count"), (4 * MICRO, 4 * MICRO)], TOTAL) == (
        one,
        (0, 3 * MICRO),
        (0, 3 * MICRO),
        (4 * MICRO, 4 * MICRO),
    )


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3), st.integers(0, 3), st.integers(0, 99))
def test_one_wrong_number_is_among_the_faults_of_a_row_that_breaks_its_law(numbers, place, printed):
    truth = [*numbers, sum(numbers)]
    wrong = [*truth[:place], printed, *truth[place + 1 :]]
    meant = with_one_fault([(one * MICRO, one * MICRO) for one in wrong], TOTAL, ["count"] * 4)
    assert tuple((one * MICRO, one * MICRO) for one in truth) in meant


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3), st.integers(0, 50))
def test_a_row_shifted_a_column_either_way_is_among_its_faults(numbers, strange):
    truth = tuple((one * MICRO, one * MICRO) for one in (*numbers, sum(numbers)))
    other = (strange * MICRO, strange * MICRO)
    for shifted in ((other, *truth[:-1]), (*truth[1:], other)):
        assert truth in with_one_fault(shifted, TOTAL, ["count"] * 4)


@given(st.lists(st.integers(0, 30), min_size=3, max_size=3), st.sets(st.integers(0, 3), min_size=1, max_size=2))
def test_the_truth_is_always_among_the_readings_of_what_was_left_of_it(numbers, lost):
    truth = [*numbers, sum(numbers)]
    kept = [str(one) for place, one in enumerate(truth) if place not in lost]
    found = fillings(slots(*kept), "count", 4, TOTAL, doubtful=False)
    assert any(
        all(low <= one * MICRO <= high for one, (low, high) in zip(truth, filling.vector, strict=True))
        for filling in found
    )


@given(st.lists(st.integers(0, 3000), min_size=3, max_size=3), st.sets(st.integers(0, 3), min_size=1, max_size=2))
def test_the_truth_is_always_among_the_readings_of_what_it_was_torn_into(numbers: list[int], torn: set[int]):
    truth = [*numbers, sum(numbers)]
    texts = [f"{one:,}".replace(",", " ") if place in torn else str(one) for place, one in enumerate(truth)]
    assert tuple(truth) in readings(*" ".join(texts).split())
