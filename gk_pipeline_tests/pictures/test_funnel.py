"""The limits of the funnel plot are what chance alone gives, exactly."""

from fractions import Fraction
from math import comb

import pytest

from gk_pipeline.pictures.charts.funnel import OUTSIDE, Point, funnel, is_far, limits
from gk_pipeline.pictures.charts.names import APART


def chance(share: Fraction, whole: int, cases: range) -> Fraction:
    return sum((comb(whole, k) * share**k * (1 - share) ** (whole - k) for k in cases), Fraction(0))


@pytest.mark.parametrize("outside", OUTSIDE)
@pytest.mark.parametrize("whole", [1, 2, 7, 30, 200])
@pytest.mark.parametrize("share", [Fraction(1, 100), Fraction(2, 5), Fraction(9, 10)])
def test_each_side_of_the_limits_has_at_most_half_of_what_may_lie_outside(share, whole, outside):
    least, most = limits(float(share), whole, outside)
    half = Fraction(outside) / 2
    assert chance(share, whole, range(least)) <= half < chance(share, whole, range(least + 1))
    assert chance(share, whole, range(most + 1, whole + 1)) <= half
    assert most == 0 or chance(share, whole, range(most, whole + 1)) > half


def test_two_cases_never_lie_far_out_and_two_hundred_may():
    assert not any(is_far(Point("", part, 2), 0.5) for part in range(3))
    assert is_far(Point("", 130, 200), 0.5)
    assert not is_far(Point("", 120, 200), 0.5)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_all_bodies_do_the_same_only_another_one_lies_outside(share):
    assert limits(share, 10, OUTSIDE[0]) == (10 * share, 10 * share)
    assert is_far(Point("", 5, 10), share)


def test_the_limits_of_many_cases_are_found():
    least, most = limits(0.4, 100_000, OUTSIDE[1])
    assert 39_400 < least < 40_000 < most < 40_600


def names(points, share):
    """The names in the chart, each with how it is aligned and how far from its point."""
    drawn = funnel(points, share).to_dict()
    layers = [one for one in drawn["layer"] if one["mark"]["type"] == "text"]
    marks = [(one["mark"], row["name"]) for one in layers for row in drawn["datasets"][one["data"]["name"]]]
    return {name: (mark["align"], mark["dx"]) for mark, name in marks}


def test_far_points_are_named_beside_them_and_the_others_are_not():
    points = [Point("中县", 20, 20), Point("低县", 0, 20), Point("边县", 2000, 2000), Point("近县", 10, 20)]
    to_the_right, to_the_left = ("left", APART), ("right", -APART)
    assert names(points, 0.5) == {"中县": to_the_right, "低县": to_the_right, "边县": to_the_left}


def test_a_name_does_not_cover_a_point_that_is_not_far():
    at_the_limit = limits(0.5, 230, OUTSIDE[1])[1]
    far, near, widest = Point("远县", 124, 200), Point("近县", at_the_limit, 230), Point("中县", 1000, 2000)
    assert names([far, widest], 0.5) == {"远县": ("left", APART)}
    assert names([far, near, widest], 0.5) == {"远县": ("right", -APART)}
