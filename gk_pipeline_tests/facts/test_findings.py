"""What a person is told: which law is broken, in the words of the page, and what stays open."""

import pytest
from ways import FIXTURES, through_stages

from .paper import FORMS

REPORT = (FIXTURES / "toy_form" / "2027" / "yunling.txt").read_text(encoding="utf-8")


@pytest.fixture
def told(tmp_path):
    """What the facts stage says about the toy report after a change in its text."""

    def told(old="", new="", year=2027):
        folder = tmp_path / str(year)
        folder.mkdir()
        (folder / "report.txt").write_text(REPORT.replace(old, new), encoding="utf-8")
        return through_stages(folder, year, [FORMS["2027"]])["facts.findings"].sort("message").to_dicts()

    return told


def test_a_lawful_report_gives_no_finding(told):
    assert told() == []


def test_a_broken_law_is_told_with_its_row_and_both_sides(told):
    _, column, row = told("92\t75\t167", "92\t75\t168")
    assert row["message"] == (
        "lending.row_total is broken (books lent to adults and children are all books lent): "
        "科学普及类图书: 167 and 168."
    )
    assert column["message"] == (
        "lending.column_total is broken (books of both kinds are all books): 借阅总册数: 606 and 605."
    )
    assert {finding["severity"] for finding in (row, column)} == {"error"}
    assert {finding["table_code"] for finding in (row, column)} == {"lending"}
    assert {finding["path"] for finding in (row, column)} == {"2027/report.txt"}


def test_a_broken_note_is_told_as_a_note(told):
    (finding,) = told("310\t128\t438\n科学普及类图书\t92\t75\t167", "92\t75\t167\n科学普及类图书\t310\t128\t438")
    assert (finding["code"], finding["severity"]) == ("law_broken", "note")
    assert "成人借阅册数: 92 and 310; 借阅总册数: 167 and 438; 少儿借阅册数: 75 and 128." in finding["message"]


def test_a_negative_number_is_told_in_the_words_of_its_own_law(told):
    (finding,) = (one for one in told("0.35", "-0.35") if one["message"].startswith("count."))
    assert finding["message"] == (
        "count.non_negative is broken (counts and amounts are never negative): 图书逾期收入 收入金额: -0.35 and 0."
    )


def test_a_corrected_cell_is_told_with_both_numbers(told):
    (finding,) = (one for one in told("92\t75\t167", "92\t75\t168") if one["code"] == "cells_corrected")
    assert finding["message"] == (
        "1 cell of lending is corrected: 科学普及类图书 借阅总册数: 168 is printed, 167 must be."
    )
    assert "what is printed stays in `reported`" in finding["advice"]


def test_disputed_cells_are_told_with_their_rows(told):
    (finding,) = (one for one in told("92\t75\t167", "93\t75\t168") if one["code"] == "cells_disputed")
    assert finding["severity"] == "warning"
    assert finding["message"].startswith("6 cells of lending are disputed, and the laws do not tell which is wrong: ")
    assert "科学普及类图书 成人借阅册数" in finding["message"]
    assert finding["message"].endswith("; and 1 more.")


def test_cells_that_stay_open_are_counted(told):
    (finding,) = told("1.2081", "—")
    assert (finding["code"], finding["severity"]) == ("cells_missing", "note")
    assert finding["message"].startswith("1 cell of income prints no number")


def test_a_report_of_another_year_stays_out_and_is_told(told):
    (finding,) = told(year=2026)
    assert (finding["code"], finding["severity"]) == ("other_year", "error")
    assert "The report says it is about 2027, but lies in the folder of 2026" in finding["message"]
    assert "folder 2027" in finding["advice"]
