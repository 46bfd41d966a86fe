"""Mutated documents of every format, the same in every run; `python -m fuzz.run` tries more by hand."""

import pytest

from .originals import ORIGINALS
from .run import faults, outcomes, shares
from .trial import Outcome, trial, true_value

COUNTS = {"text": 300, "markdown": 300, "html": 300, "mht": 100, "docx": 80, "xlsx": 60, "xls": 80}
FEW = 50


@pytest.mark.parametrize("kind", ORIGINALS)
def test_no_mutation_crashes_hangs_or_is_silently_wrong(kind):
    found = outcomes([kind], COUNTS.get(kind, FEW))
    print(shares(found))
    assert faults(found) == []
    assert any(one.cells for one in found), "nothing was read, so nothing was tested"


def test_a_trial_is_the_same_whenever_it_is_made():
    assert trial("text", 7) == trial("text", 7)


def test_crashes_and_silent_cells_are_faults():
    told = faults([Outcome("text", 1, "too_slow"), Outcome("text", 2, None, silent=("applications.a.b 1 -> 2",))])
    assert [line.split(":")[0] for line in told] == ["text 1", "text 2"]
    assert faults([Outcome("text", 3, "damaged"), Outcome("text", 4, silent=("review_litigation.a.b 1 -> 2",))]) == []


def test_a_cell_that_the_original_does_not_have_is_no_zero_but_what_its_rows_say():
    original = {("t", "other_fees", "total"): 2, ("t", "other_rest", "total"): 1, ("t", "late", "total"): 0}
    assert true_value(original, ("t", "other", "total")) == 3
    assert true_value(original, ("t", "late_fees", "total")) == 0
    assert true_value(original, ("t", "other_fees_unpaid", "total")) is None
    assert true_value(original, ("t", "nowhere", "total")) is None
