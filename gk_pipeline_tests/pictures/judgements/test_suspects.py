"""Where a clerk is told to look first."""

import re

import pytest
from ways import YUNLING

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.judgements.suspects import broken_laws, lost_tables, suspects
from gk_pipeline.pipeline import judged_reports

FORMS = shipped_forms()
TEXT = YUNLING.read_text(encoding="utf-8")
THREE_VALUES_LESS = re.sub(r"(?m)^(.*[^\d\s].*(?:\t\d+){4})(?:\t\d+){3}$", r"\1", TEXT)


@pytest.fixture
def judged(tmp_path):
    """The report that is read from our text with some of its rows written otherwise."""

    def judged(*changes):
        text = TEXT
        for printed, instead in changes:
            assert printed in text
            text = text.replace(printed, instead)
        path = tmp_path / "draft.txt"
        path.write_text(text, encoding="utf-8")
        [report] = judged_reports([path], FORMS)
        return report

    return judged


def named(report):
    return [(one.judged.cell.printed, one.judged.cell.measure, one.n_broken) for one in suspects(report, FORMS)]


def test_a_sound_report_has_none(judged):
    assert named(judged()) == []


def test_a_wrong_number_is_where_the_laws_of_its_row_and_its_column_meet(judged):
    assert named(judged(("\t31\t4\t", "\t13\t4\t"))) == [("13", "natural_person", 2)]


def test_a_wrong_total_of_a_column_stands_in_three_laws(judged):
    report = judged(("总计\t32\t5", "总计\t23\t5"))
    assert named(report) == [("23", "natural_person", 3)]
    assert len(broken_laws(report)) == 3


def test_of_the_four_cells_where_two_errors_meet_the_two_that_explain_both_laws_come_first(judged):
    report = judged(("\t9\t1\t0\t0\t1", "\t9\t7\t0\t0\t1"), ("\t8\t2\t0\t0\t1", "\t6\t2\t0\t0\t1"))
    assert [(printed, measure) for printed, measure, _ in named(report)] == [
        ("7", "commercial_enterprise"),
        ("6", "natural_person"),
        ("9", "natural_person"),
        ("2", "commercial_enterprise"),
    ]
    assert {count for _, _, count in named(report)} == {2}


def test_a_law_that_is_broken_alone_points_at_no_cell(judged):
    report = judged(("\t5\t2\t17\n", "\t5\t2\t1\n"))
    assert len(broken_laws(report)) == 1
    assert named(report) == []


def test_a_table_is_lost_when_every_printed_row_of_it_is(judged):
    assert list(lost_tables(judged((TEXT, THREE_VALUES_LESS)))) == ["applications"]
    assert lost_tables(judged(("\t9\t1\t0\t0\t1\t0\t11", "\t9\t1\t0\t0\t1\t11"))) == {}
