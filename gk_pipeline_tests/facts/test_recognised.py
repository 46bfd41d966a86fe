"""Numbers recognised in a picture: the laws settle them, and what no law confirms does not claim to be right."""

from dataclasses import replace

from gk_pipeline.facts.stage import judge
from gk_pipeline.tables.doubt import without_doubtful
from gk_pipeline.tables.stage import table_frames

from .paper import FORMS, Judged, on_paper

FORM = FORMS["2021"]
GRANTED = ("applications", "granted", "natural_person")
RECEIVED = ("applications", "received", "natural_person")
LICENSES = ("proactive_disclosure", "licensing", "decisions")


def recognised(changed=(), doubtful=()):
    """The lawful report as a picture shows it: some cells misread, and some of which the reader is in doubt."""
    tables = []
    for table in on_paper(FORM, dict(changed)):
        cells = [cell._replace(confidence=0.5 if cell[:3] in doubtful else 1.0) for cell in table.cells]
        tables.append(replace(table, cells=tuple(without_doubtful(FORM.table(table.code), cells))))
    frames = table_frames([(0, "scan.png", tables)], [FORM])
    facts, results, repairs, *_ = judge(frames["tables.cells"], [FORM])
    return Judged(facts, results, repairs)


def test_a_number_that_no_law_tests_is_disputed_and_stays_as_read():
    report = recognised({LICENSES: 17})
    assert report.status(*LICENSES) == "disputed"
    assert report.reported(*LICENSES) == report.value(*LICENSES) == 17


def test_a_number_that_a_law_confirms_is_verified():
    assert recognised().status(*GRANTED) == "verified"


def test_a_doubtful_reading_with_which_a_law_holds_is_taken():
    report = recognised(doubtful={GRANTED})
    assert report.status(*GRANTED) == "verified"
    assert report.reported(*GRANTED) is not None


def test_a_doubtful_reading_with_which_no_law_holds_is_left_out_and_deduced():
    right = recognised().value(*GRANTED)
    report = recognised({GRANTED: right + 5}, doubtful={GRANTED})
    assert report.status(*GRANTED) == "deduced"
    assert report.reported(*GRANTED) is None
    assert report.value(*GRANTED) == right


def test_a_doubtful_number_that_no_law_tests_is_missing():
    report = recognised({LICENSES: 17}, doubtful={LICENSES})
    assert report.status(*LICENSES) == "missing"
    assert report.value(*LICENSES) is None


def test_a_misread_number_is_corrected_and_the_reader_is_the_cause():
    right = recognised().value(*GRANTED)
    report = recognised({GRANTED: right + 5})
    assert report.status(*GRANTED) == "corrected"
    assert report.value(*GRANTED) == right
    assert set(report.repairs["cause"]) == {"reader"}


def test_nothing_is_deduced_from_numbers_that_no_other_law_confirms():
    """Two cells of a column are unread, so that no law but the row's tests a number beside one of them."""
    right = recognised()
    beside = ("applications", "granted", "total")
    misread = {RECEIVED: right.value(*RECEIVED) + 3}
    report = recognised(
        {**misread, ("applications", "received", "total"): 999, beside: 999},
        doubtful={("applications", "received", "total"), beside},
    )
    wrong = {place for place in report.places("deduced") | report.places("verified") | report.places("corrected")
             if report.value(*place) != right.value(*place)}  # fmt: skip
    assert wrong == set()
