"""Many reports judged at once, each by itself; no status says more than the printed numbers do."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.facts.arrays import as_arrays
from gk_pipeline.facts.reconcile import reconcile_tables
from gk_pipeline.forms import equalities, inequalities
from gk_pipeline.schemas.exact import MICRO

from .lawful import LENDING, blanks, examples, lawful_applications, system, without
from .paper import FORMS

TABLE = FORMS["2021"].table("applications")


def judged(table, reports):
    """The verdict on reports given as lists of numbers, None where nothing is printed."""
    known = np.array([[number is not None for number in report] for report in reports])
    values = np.array([[number or 0 for number in report] for report in reports], dtype=np.int64) * MICRO
    return reconcile_tables(as_arrays(table, values, known, np.zeros_like(values)))


@examples(80)
@given(lawful_applications("2021"), blanks(TABLE), st.data())
def test_a_wrong_number_is_corrected_to_the_truth_or_in_doubt_and_never_verified(truth, blank, data):
    wrong = data.draw(st.integers(0, len(truth) - 1))
    printed = without(truth, blank - {wrong})
    printed[wrong] = data.draw(st.integers(0, 999).filter(lambda number: number != truth[wrong]))
    verdict = judged(TABLE, [printed])
    assert verdict.status[0, wrong] in ("corrected", "disputed", "unverified")
    if verdict.status[0, wrong] == "corrected":
        assert verdict.values[0, wrong] == truth[wrong] * MICRO


@examples(80)
@given(lawful_applications("2021"), blanks(TABLE), st.data())
def test_where_the_wrong_number_is_seen_every_other_value_is_right(truth, blank, data):
    wrong = data.draw(st.integers(0, len(truth) - 1))
    printed = without(truth, blank - {wrong})
    printed[wrong] = data.draw(st.integers(0, 999).filter(lambda number: number != truth[wrong]))
    verdict = judged(TABLE, [printed])
    if verdict.status[0, wrong] != "unverified":
        others = [cell for cell in np.flatnonzero(verdict.valued[0]) if cell != wrong]
        assert (verdict.values[0, others] == np.array(truth)[others] * MICRO).all()
    else:
        assert not {"disputed", "corrected"} & set(verdict.status[0])


@examples(80)
@given(lawful_applications("2019"), blanks(FORMS["2019"].table("applications")))
def test_a_lawful_report_with_blanks_is_never_disputed(truth, blank):
    verdict = judged(FORMS["2019"].table("applications"), [without(truth, blank)])
    assert "disputed" not in verdict.status[0]
    assert not any("broken" in verdicts for _, verdicts in verdict.laws)


@examples(60)
@given(st.lists(st.lists(st.one_of(st.none(), st.integers(-2, 6)), min_size=9, max_size=9), min_size=1, max_size=6))
def test_a_report_is_judged_as_if_it_were_alone(reports):
    together = judged(LENDING, reports)
    for number, report in enumerate(reports):
        alone = judged(LENDING, [report])
        assert (together.status[number] == alone.status[0]).all()
        assert (together.valued[number] == alone.valued[0]).all()
        assert (together.values[number] == alone.values[0]).all()
        for (_, both), (_, one) in zip(together.laws, alone.laws, strict=True):
            assert (both[number] == one[0]).all()


@examples(150)
@given(st.lists(st.one_of(st.none(), st.integers(-2, 6)), min_size=9, max_size=9))
def test_every_status_and_verdict_is_what_the_design_says(printed):
    """Whatever is printed: the rows of the design's table, read one by one."""
    verdict = judged(LENDING, [printed])
    for laws, (_, verdicts) in zip((equalities(LENDING), inequalities(LENDING)), verdict.laws, strict=True):
        for row, name in zip(laws.rows, verdicts[0], strict=True):
            known = [printed[cell] is not None for cell, _ in row.coefficients]
            assert (name == "holds") <= all(known)
            assert (name == "used") <= (not all(known))
            assert all(known) <= (name in ("holds", "broken"))
    _, verdicts = verdict.laws[0]
    corrections = [found.correction for found in verdict.found.get(0, ()) if found.correction is not None]
    corrected = {change.cell for correction in corrections for change in correction.changes}
    for cell, status in enumerate(verdict.status[0]):
        own = [
            name
            for row, name in zip(equalities(LENDING).rows, verdicts[0], strict=True)
            if cell in dict(row.coefficients)
        ]
        printed_here = printed[cell] is not None
        value = verdict.values[0, cell] // MICRO if verdict.valued[0, cell] else None
        assert (status in ("verified", "unverified", "disputed")) <= printed_here
        assert (status in ("verified", "unverified", "disputed")) <= (value == printed[cell])
        assert (status == "deduced") <= (not printed_here and value is not None)
        assert (status == "missing") == (value is None)
        assert (status == "verified") <= ("holds" in own)
        assert (status == "unverified") <= ("holds" not in own)
        assert (status == "corrected") <= (value != printed[cell] and cell in corrected)
        assert (status == "disputed") <= (not corrected)


def test_an_equality_with_a_blank_change_is_not_impossible():
    table = system(["count", "change", "count"], [[1, 1, -1]])
    verdict = judged(table, [[5, None, 3]])
    assert verdict.status[0].tolist() == ["unverified", "deduced", "unverified"]
    assert verdict.values[0, 1] == -2 * MICRO
    assert verdict.laws[0][1].tolist() == [["used"]]


def test_a_batch_without_blanks_is_judged_without_deducing():
    truth = [310, 128, 438, 92, 75, 167, 402, 203, 605]
    verdict = judged(LENDING, [truth, truth])
    assert (verdict.status == "verified").all()
