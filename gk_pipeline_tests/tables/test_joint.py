"""Which readings of rows can stand together by the laws of their columns."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gk_pipeline.tables import joint
from gk_pipeline.tables.joint import standing_together

SUM = (((0, 0, 1), (1, 0, 1), (2, 0, -1)), ((0, 1, 1), (1, 1, 1), (2, 1, -1)))
"""Two columns of which the third row is the sum."""


def exact(*numbers):
    return tuple((number, number) for number in numbers)


def test_the_column_says_which_of_two_readings_is_meant():
    rows = [[exact(3, 0), exact(0, 3)], [exact(1, 1)], [exact(4, 1)]]
    assert standing_together(rows, SUM) == [[0], [0], [0]]


def test_readings_that_can_be_exchanged_all_stand():
    rows = [[exact(3, 0), exact(0, 3)], [exact(3, 0), exact(0, 3)], [exact(3, 3)]]
    assert standing_together(rows, SUM) == [[0, 1], [0, 1], [0]]


def test_nothing_stands_where_the_sum_is_wrong_for_every_choice():
    assert standing_together([[exact(3, 0), exact(0, 3)], [exact(1, 1)], [exact(9, 9)]], SUM) is None
    assert standing_together([[exact(3, 0)], [exact(1, 1)], [exact(9, 9)]], SUM) is None


def test_a_row_without_any_reading_lets_nothing_stand():
    assert standing_together([[exact(3, 0)], [], [exact(3, 0)]], SUM) is None


def test_each_law_alone_allows_what_all_together_do_not():
    first, second = [exact(1, 0), exact(0, 1)], [exact(0, 1), exact(1, 0)]
    assert standing_together([first, second, [exact(2, 0)]], SUM) == [[0], [1], [0]]


def test_a_row_of_which_nothing_is_known_excludes_what_is_more_than_the_sum():
    anything = [((0, 100), (0, 100))]
    assert standing_together([[exact(3, 0), exact(0, 3)], anything, [exact(2, 3)]], SUM) == [[1], [0], [0]]


numbers = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda pair: exact(*pair))
bounds = st.tuples(st.integers(0, 2), st.integers(0, 2)).map(lambda pair: ((0, pair[0]), (0, pair[1])))


@settings(max_examples=200)
@given(st.lists(st.lists(numbers | bounds, min_size=1, max_size=4), min_size=3, max_size=3))
def test_what_stands_is_what_trying_everything_finds(rows):
    standing = [set() for _ in rows]
    for choice in product(*(range(len(row)) for row in rows)):
        vectors = [row[one] for row, one in zip(rows, choice, strict=True)]
        sums = [
            tuple(
                sum(sign * vectors[row][column][end if sign > 0 else 1 - end] for row, column, sign in law)
                for end in (0, 1)
            )
            for law in SUM
        ]
        if all(low <= 0 <= high for low, high in sums):
            for own, one in zip(standing, choice, strict=True):
                own.add(one)
    found = standing_together(rows, SUM)
    assert (found or [[]] * 3) == [sorted(own) for own in standing]


@settings(max_examples=50)
@given(st.lists(st.lists(numbers, min_size=1, max_size=4), min_size=3, max_size=3))
def test_bounds_on_the_search_never_exclude_what_stands(rows):
    whole = standing_together(rows, SUM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joint, "_MOST_STATES", 3)
        bounded = standing_together(rows, SUM)
    assert whole is None or all(set(own) <= set(kept) for own, kept in zip(whole, bounded, strict=True))
