"""Decimals go into arrays of millionths and back without a loss."""

from decimal import Decimal

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.schemas.exact import DECIMAL, decimal, to_decimals, to_micros

micros = st.integers(-(10**18), 10**18)


@given(st.lists(st.tuples(micros, st.booleans())))
def test_millionths_become_decimals_and_back(pairs):
    numbers = np.array([number for number, _ in pairs], dtype=np.int64)
    known = np.array([here for _, here in pairs], dtype=bool)
    series = to_decimals(numbers, known)
    assert series.dtype == DECIMAL
    assert series.to_list() == [decimal(number) if here else None for number, here in pairs]
    assert to_micros(series).tolist() == [number if here else 0 for number, here in pairs]


@given(st.lists(micros, min_size=3))
def test_a_slice_of_a_series_keeps_its_own_numbers(numbers):
    series = to_decimals(np.array(numbers, dtype=np.int64), np.ones(len(numbers), dtype=bool))
    assert to_micros(series[1:-1]).tolist() == numbers[1:-1]


def test_a_series_of_several_chunks_keeps_its_order():
    series = pl.concat([pl.Series([Decimal("1.5")], dtype=DECIMAL), pl.Series([None, Decimal(-2)], dtype=DECIMAL)])
    assert to_micros(series).tolist() == [1_500_000, 0, -2_000_000]


def test_a_millionth_is_exact():
    assert decimal(-1) == Decimal("-0.000001")
    assert decimal(25_100_000) == Decimal("25.1")
