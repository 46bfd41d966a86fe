"""The reports that the project ships, cell by cell against what they say."""

import pytest
from ways import RAW, facts_of, gk, samples

TRUTH = {truth["file"]: truth for truth in samples()}
LOST_ZEROS = "2020/gongyi.md"


@pytest.fixture(scope="module")
def printed():
    answer = gk("extract", RAW)
    assert answer.exit_code == 0
    return {path.removeprefix(f"{RAW}/"): found for found in answer.objects for path in [found["path"]]}


def test_every_file_is_a_report_whose_truth_is_known(printed):
    assert sorted(printed) == sorted(TRUTH)


@pytest.mark.parametrize("file", TRUTH)
def test_body_year_form_and_date_are_read(printed, file):
    truth, found = TRUTH[file], printed[file]
    assert found["organization"] == truth["org"]
    assert found["report_year"] == truth["report_year"]
    assert found["form"] == truth["form"]
    assert set(found["table_forms"].values()) == {truth["form"]}
    assert found["published_on"] == truth["published_on"]


@pytest.mark.parametrize("file", TRUTH)
def test_every_cell_of_the_form_is_there_and_no_other(printed, file):
    assert set(facts_of(printed[file])) == {tuple(fact[:3]) for fact in TRUTH[file]["facts"]}


@pytest.mark.parametrize("file", [file for file in TRUTH if file != LOST_ZEROS])
def test_every_printed_number_is_read_and_every_value_known(printed, file):
    facts = facts_of(printed[file])
    wrong = {
        tuple(cell): (reported, value, facts[tuple(cell)])
        for *cell, reported, value in TRUTH[file]["facts"]
        if (facts[tuple(cell)]["reported"], facts[tuple(cell)]["value"]) != (reported, value)
    }
    assert wrong == {}


def test_a_row_that_lost_a_zero_has_every_value_and_reports_what_it_printed(printed):
    facts = facts_of(printed[LOST_ZEROS])
    for *cell, reported, value in TRUTH[LOST_ZEROS]["facts"]:
        fact = facts[tuple(cell)]
        assert fact["reported"] in ((None,) if fact["reading"] == "lost" else (reported,))
        assert fact["value"] == value
    lost = {item for (_, item, _), fact in facts.items() if fact["reading"] == "lost"}
    assert len(lost) == 18


@pytest.mark.parametrize("file", TRUTH)
def test_no_law_of_the_form_is_broken(printed, file):
    broken = [law["law"] for law in printed[file]["laws"] if law["verdict"] == "broken"]
    assert [law for law in broken if not law.startswith("narrative.")] == []


def test_the_sentences_that_contradict_a_table_are_found_and_no_other(printed):
    found = {
        (file, claim["printed"] + claim["counter"], claim["severity"])
        for file, report in printed.items()
        for claim in report["claims"]
        if claim["verdict"] == "broken"
    }
    assert found == {
        ("2021/jiaozuo_office.md", "40%", "note"),
        ("2021/jiaozuo_office.md", "44%", "warning"),
        ("2020/xiayi.txt", "5863条", "warning"),
    }
