"""A number of a sentence beside what the tables say, as precisely as it is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.facts.comparison import count, growth, share, whole_of_parts
from gk_pipeline.schemas.exact import MICRO


def shared(said, step, part, whole, bound="exact"):
    return share(bound, round(said * MICRO), round(step * MICRO), "%", part * MICRO, whole * MICRO, "")


def test_a_percentage_that_is_cut_off_holds():
    assert shared(39.4, 0.1, 30, 76).holds


def test_a_percentage_one_unit_off_is_near_and_does_not_hold():
    made = shared(40, 1, 22, 56)
    assert (made.holds, made.near) == (False, True)


def test_a_percentage_further_off_is_not_near():
    made = shared(44, 1, 15, 56)
    assert (made.holds, made.near) == (False, False)


def test_a_share_of_nothing_cannot_be_compared():
    assert shared(0, 1, 0, 0) is None


def test_more_than_a_share_is_a_bound():
    assert shared(30, 10, 22, 56, bound="at_least").holds
    assert not shared(40, 10, 22, 56, bound="at_least").holds


@given(part=st.integers(0, 10**6), whole=st.integers(1, 10**6), decimals=st.integers(0, 3))
def test_every_ratio_holds_as_it_is_rounded_and_as_it_is_cut_off(part, whole, decimals):
    unit = 10**decimals
    cut = 100 * part * unit // whole
    rounded = (200 * part * unit + whole) // (2 * whole)
    for printed in (cut, rounded):
        assert share("exact", printed * MICRO // unit, MICRO // unit, "%", part * MICRO, whole * MICRO, "").holds


@given(part=st.integers(0, 10**6), whole=st.integers(1, 10**6), off=st.integers(2, 50), decimals=st.integers(0, 2))
def test_no_percentage_two_units_off_holds(part, whole, off, decimals):
    unit = 10**decimals
    cut = 100 * part * unit // whole
    for printed in (cut + off, cut - off):
        made = share("exact", printed * MICRO // unit, MICRO // unit, "%", part * MICRO, whole * MICRO, "")
        assert not made.holds


def test_a_count_is_exact():
    assert count("exact", 58 * MICRO, MICRO, "件", 58 * MICRO, "").holds
    assert not count("exact", 58 * MICRO, MICRO, "件", 59 * MICRO, "").holds


def test_a_lower_bound_is_a_bound():
    assert count("at_least", 50 * MICRO, 10 * MICRO, "件", 58 * MICRO, "").holds
    assert not count("at_least", 60 * MICRO, 10 * MICRO, "件", 58 * MICRO, "").holds


@pytest.mark.parametrize(
    ("bound", "said", "step", "holding", "failing"),
    [
        ("about", 60, 10, (54, 60, 66), (53, 67)),
        ("about", 100, 100, (90, 110), (58, 89, 111)),
        ("over", 10, 10, (11, 19), (10, 20, 58)),
        ("over", 100, 100, (101, 199), (100, 200)),
        ("nearly", 50, 10, (40, 50), (39, 51, 58)),
        ("less_than", 50, 10, (0, 49), (50, 58)),
    ],
)
def test_a_hedged_number_means_no_more_than_it_leaves_open(bound, said, step, holding, failing):
    def holds(told):
        return count(bound, said * MICRO, step * MICRO, "件", told * MICRO, "").holds

    assert all(map(holds, holding))
    assert not any(map(holds, failing))


def test_money_is_as_exact_as_it_is_printed():
    assert count("exact", 48_400_000, 100_000, "万元", 48_350_000, "").holds
    assert not count("exact", 48_400_000, 100_000, "万元", 48_340_000, "").holds


def test_a_growth_is_that_from_year_to_year_whatever_its_sign():
    assert growth("exact", 39_400_000, 100_000, "%", 106 * MICRO, 76 * MICRO, "").holds
    assert growth("exact", -12_500_000, 100_000, "%", 70 * MICRO, 80 * MICRO, "").holds
    assert not growth("exact", 12_500_000, 100_000, "%", 70 * MICRO, 80 * MICRO, "").holds


def test_parts_are_not_more_than_their_whole():
    assert whole_of_parts("exact", 100 * MICRO, MICRO, "件", 100 * MICRO, "").holds
    assert not whole_of_parts("exact", 100 * MICRO, MICRO, "件", 101 * MICRO, "").holds
