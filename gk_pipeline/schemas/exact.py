"""Exact decimals between frames and arrays: whole numbers of millionths, never text or floats."""

from decimal import Decimal

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

MICRO = 1_000_000
"""Millionths in a unit."""

DECIMAL = pl.Decimal(20, 6)


def decimal(micro: int) -> Decimal:
    """The exact number of some millionths."""
    return Decimal(micro).scaleb(-6)


def plain(micro: int) -> str:
    """The exact number of some millionths, written as short as it can be."""
    return f"{decimal(micro).normalize():f}"


def micros(text: str) -> int:
    """The millionths of a number that `plain` wrote."""
    return int(Decimal(text).scaleb(6))


def to_decimals(micros: NDArray[np.int64], known: NDArray[np.bool_]) -> pl.Series:
    """A series of exact decimals from millionths; null where not `known`."""
    digits = np.zeros((len(micros), 2), dtype=np.int64)
    digits[:, 0] = np.where(known, micros, 0)
    digits[:, 1] = digits[:, 0] >> 63
    validity = pa.py_buffer(np.packbits(known, bitorder="little").tobytes())
    array = pa.Array.from_buffers(pa.decimal128(20, 6), len(micros), [validity, pa.py_buffer(digits.tobytes())])
    return pl.Series(array)


def to_micros(decimals: pl.Series) -> NDArray[np.int64]:
    """Millionths of a series of decimals below 10^12; null becomes 0, so look at `is_not_null` too."""
    array = decimals.fill_null(0).cast(DECIMAL).to_arrow().cast(pa.decimal128(20, 6))
    digits = np.frombuffer(array.buffers()[1], dtype=np.int64).reshape(-1, 2)
    return digits[array.offset : array.offset + len(array), 0].copy()
