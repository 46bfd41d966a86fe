"""What a sample says of the whole."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.quality.audit import silent_errors, upper_bound


def test_no_error_in_fifty_leaves_less_than_six_per_cent_credible():
    found = silent_errors(["right"] * 50)
    assert found.rate == 0
    assert found.bound == pytest.approx(1 - 0.05 ** (1 / 50))
    assert found.bound == pytest.approx(0.0582, abs=1e-4)


def test_unclear_cells_are_left_out_and_then_counted_as_wrong():
    found = silent_errors(["right"] * 48 + ["wrong", "unclear"])
    assert (found.n_right, found.n_wrong, found.n_unclear) == (48, 1, 1)
    assert found.rate == pytest.approx(1 / 49)
    assert found.bound == upper_bound(1, 49)
    assert found.bound_if_unclear == upper_bound(2, 50) > found.bound


def test_nothing_looked_at_excludes_nothing():
    assert silent_errors(["unclear"] * 3).bound == 1.0
    assert upper_bound(5, 5) == 1.0


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_at_the_bound_so_few_errors_are_just_improbable_enough(drawn):
    wrong, n = drawn
    bound = upper_bound(wrong, n)
    assert wrong / n < bound <= 1
    at_most = sum(comb(n, k) * bound**k * (1 - bound) ** (n - k) for k in range(wrong + 1))
    assert at_most == pytest.approx(0.05)


@pytest.mark.parametrize(("wrong", "n"), [(0, 1_403), (600, 1_403), (3, 50_000)])
def test_samples_whose_coefficients_no_float_holds_have_a_bound_too(wrong, n):
    bound = upper_bound(wrong, n)
    share = Fraction(bound)
    terms = (
        comb(n, k) * share.numerator**k * (share.denominator - share.numerator) ** (n - k) for k in range(wrong + 1)
    )
    if n < 10_000:
        assert float(Fraction(sum(terms), share.denominator**n)) == pytest.approx(0.05, rel=1e-6)
    assert wrong / n < bound < wrong / n + 0.03
