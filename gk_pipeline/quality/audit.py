"""How often verified numbers are wrong all the same, as far as a sample that people looked at can tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import Literal

Tick = Literal["right", "wrong", "unclear"]
"""What a person found of a cell beside the published document; unclear also where nobody looked."""

CONFIDENCE = 0.95


@dataclass(frozen=True)
class SilentErrors:
    """What a sample says of all verified cells: `bound` is the largest share of wrong ones that it leaves credible.

    Were more than that wrong, so few in a sample of this size would come up with a probability under 5 %. The bound is
    exact (Clopper and Pearson, one-sided). `bound_if_unclear` counts unclear cells as wrong.
    """

    n_right: int
    n_wrong: int
    n_unclear: int
    bound: float
    bound_if_unclear: float

    @property
    def rate(self) -> float:
        """The share of wrong cells among those that were clear; 0 where none was."""
        return self.n_wrong / max(1, self.n_right + self.n_wrong)


def silent_errors(ticks: Sequence[Tick]) -> SilentErrors:
    """What the ticks of a sample say."""
    counts = Counter(ticks)
    right, wrong, unclear = counts["right"], counts["wrong"], counts["unclear"]
    bound = upper_bound(wrong, right + wrong)
    return SilentErrors(right, wrong, unclear, bound, upper_bound(wrong + unclear, right + wrong + unclear))


def upper_bound(wrong: int, looked_at: int) -> float:
    """The share at which so few wrong ones are as improbable as the confidence allows; 1 where all are wrong."""
    if wrong >= looked_at:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):  # halves the interval to the precision of a float
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(wrong, looked_at, middle) > 1 - CONFIDENCE else (low, middle)
    return high


def _at_most(wrong: int, looked_at: int, share: float) -> float:
    """The probability of at most that many wrong ones in a sample: in logarithms, for coefficients outgrow floats."""
    return sum(exp(_log_probability(k, looked_at, share)) for k in range(wrong + 1))


def _log_probability(wrong: int, looked_at: int, share: float) -> float:
    right = looked_at - wrong
    ways = lgamma(looked_at + 1) - lgamma(wrong + 1) - lgamma(right + 1)
    return ways + wrong * log(share) + right * log(1 - share)
