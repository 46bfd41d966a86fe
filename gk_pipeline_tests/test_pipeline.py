"""The plain way of files: read, judged, in their order, whatever becomes of one of them."""

from collections import Counter
from pathlib import Path

import pytest
from ways import QINGXI, RAW, YUNLING, gk

from gk_pipeline import guarded
from gk_pipeline.documents import limits
from gk_pipeline.documents.html_bounds import MAX_ATTRIBUTES
from gk_pipeline.forms import shipped_forms
from gk_pipeline.pipeline import JudgedReport, judged_reports

SAMPLES = sorted(path for path in RAW.glob("*/*"))


def judged(*paths: Path, **options) -> list[JudgedReport]:
    return list(judged_reports(paths, shipped_forms(), **options))


def spoilt(folder: Path, printed: str, instead: str) -> JudgedReport:
    """Our report with one thing changed."""
    text = YUNLING.read_text(encoding="utf-8")
    assert printed in text
    path = folder / "spoilt.txt"
    path.write_text(text.replace(printed, instead), encoding="utf-8")
    [report] = judged(path)
    return report


def statuses(report: JudgedReport) -> Counter[str]:
    return Counter(cell.status for cell in report.cells)


def test_reports_come_in_the_order_of_their_files():
    backwards = SAMPLES[::-1]
    assert [report.read.path for report in judged(*backwards)] == backwards


@pytest.mark.parametrize("size", [1, 2, 200])
def test_the_size_of_a_batch_changes_nothing(monkeypatch, size):
    whole = judged(*SAMPLES)
    monkeypatch.setattr(guarded, "BATCH_FILES", size)
    assert judged(*SAMPLES) == whole


def test_files_are_judged_as_they_come_and_progress_counts_each_once(monkeypatch, tmp_path):
    both = tmp_path / "both.txt"
    both.write_text(YUNLING.read_text("utf-8") + YUNLING.read_text("utf-8").replace("2022年", "2021年"), "utf-8")
    monkeypatch.setattr(guarded, "BATCH_FILES", 2)
    done: list[int] = []
    reports = judged_reports([both, YUNLING, QINGXI], shipped_forms(), progress=done.append)
    assert next(reports).read.path == both
    assert sum(done) == 2, "told as they are read, before they are judged"
    assert len(list(reports)) == 3
    assert sum(done) == 3


def test_a_lawful_report_has_nothing_to_look_at():
    [report] = judged(YUNLING)
    assert report.findings == ()
    assert statuses(report) == {"verified": 190, "unverified": 10}
    assert {law.verdict for law in report.laws} == {"holds"}


def test_a_wrong_number_is_corrected_and_its_laws_stay_broken(tmp_path):
    report = spoilt(tmp_path, "\t31\t4\t", "\t13\t4\t")
    broken = {(law.row.law, law.row.scope) for law in report.laws if law.verdict == "broken"}
    assert broken == {("applications.row_total", "received"), ("applications.balance", "natural_person")}
    [corrected] = [one for one in report.cells if one.status == "corrected"]
    assert (corrected.cell.item, corrected.cell.measure) == ("received", "natural_person")
    assert (corrected.cell.micro, corrected.micro) == (13_000_000, 31_000_000)
    assert statuses(report) == {"verified": 189, "corrected": 1, "unverified": 10}
    assert [finding.code for finding in report.findings] == ["law_broken", "law_broken", "cells_corrected"]
    assert "自然人: 16 and 34" in report.findings[0].message


def test_blanks_that_the_laws_force_are_deduced(tmp_path):
    report = spoilt(tmp_path, "\t8\t2\t0\t0\t1\t0\t11", "\t8\t2\t\t\t1\t\t11")
    deduced = {one.cell.measure: one.micro for one in report.cells if one.status == "deduced"}
    assert deduced == {"research_institution": 0, "public_welfare_organization": 0, "other_organization": 0}
    assert all(one.cell.reading == "blank" for one in report.cells if one.status == "deduced")


def test_dashes_and_words_are_no_zeros(tmp_path):
    report = spoilt(tmp_path, "\t5\t2\t17", "\t-\t/\t无")
    read = {
        one.cell.measure: (one.cell.reading, one.status, one.micro)
        for one in report.cells
        if one.cell.item == "normative_documents"
    }
    assert read == {
        "issued": ("dash", "missing", None),
        "repealed": ("slash", "missing", None),
        "in_force": ("word", "missing", None),
    }
    assert [finding.code for finding in report.findings] == ["cells_missing"]


def test_the_column_laws_tell_which_zero_a_row_lost(tmp_path):
    report = spoilt(tmp_path, "\t9\t1\t0\t0\t1\t0\t11", "\t9\t1\t0\t0\t1\t11")
    row = [one for one in report.cells if one.cell.item == "granted"]
    assert [one.cell.reading for one in row] == ["number"] * 5 + ["lost", "number"]
    assert [one.micro and one.micro // 10**6 for one in row] == [9, 1, 0, 0, 1, 0, 11]
    assert (row[5].status, row[5].cell.candidates, row[5].cell.alignments) == ("deduced", ["0"], 1)
    assert "row_aligned" in [finding.code for finding in report.findings]


def test_a_row_of_which_little_is_left_gives_none_and_keeps_what_it_printed(tmp_path):
    report = spoilt(tmp_path, "\t9\t1\t0\t0\t1\t0\t11", "\t9\t1\t11")
    row = [one for one in report.cells if one.cell.item == "granted"]
    assert {one.cell.reading for one in row} == {"lost"}
    assert {tuple(one.cell.candidates or ()) for one in row} == {("9", "1", "11")}
    assert "row_lost" in [finding.code for finding in report.findings]


def test_reviews_printed_twice_with_other_numbers_give_none_of_them(tmp_path):
    text = YUNLING.read_text(encoding="utf-8")
    reviews = text[text.index("四、政府信息公开行政复议") : text.index("五、存在")]
    other = reviews.replace("2\t1\t0\t1\t4", "3\t1\t0\t1\t5")
    report = spoilt(tmp_path, "二、主动公开", f"{other}\n二、主动公开")
    assert other != reviews
    assert {"table_repeated", "tables_differ"} <= {finding.code for finding in report.findings}
    lost = {
        one.cell.measure for one in report.cells if one.cell.item == "administrative_review" and one.cell.micro is None
    }
    assert lost == {"upheld", "total"}


def test_a_row_that_is_not_there_is_told(tmp_path):
    report = spoilt(tmp_path, "2.重复申请\t1\t0\t0\t0\t0\t0\t1\n", "")
    row = [one for one in report.cells if one.cell.item == "not_processed_duplicate"]
    assert {one.cell.reading for one in row} == {"absent"}
    [told] = [finding for finding in report.findings if finding.code == "rows_absent"]
    assert "重复申请" in told.message


def test_a_file_on_which_the_program_fails_does_not_stop_the_others():
    impossible = Path("no\0name.txt")
    failed, read = judged(impossible, YUNLING)
    assert failed.read.error is not None
    assert "The program is at fault" in failed.read.error
    assert [finding.code for finding in failed.findings] == ["program_failed"]
    assert read == judged(YUNLING)[0]


@pytest.fixture
def slow(tmp_path, monkeypatch) -> Path:
    """A page within all bounds on which the parser takes more than the time it has here."""
    monkeypatch.setattr(limits, "SECONDS", 1)
    path = tmp_path / "slow.html"
    attributes = " ".join(f"a{n}" for n in range(MAX_ATTRIBUTES))
    path.write_text(f"<p {attributes}>总计" * 20, encoding="utf-8")
    return path


def test_a_lone_file_that_takes_too_long_is_refused_like_any_other(slow):
    [refused] = judged(slow)
    assert [finding.code for finding in refused.findings] == ["too_slow"]


@pytest.mark.parametrize(
    ("command", "cell", "told"),
    [
        ("extract", [], '"too_slow"'),
        ("check", [], "用时太长"),
        ("explain", ["applications.received.total"], "took more than 1 seconds"),
    ],
)
def test_every_command_ends_with_a_lone_file_that_takes_too_long(slow, command, cell, told):
    answer = gk(command, slow, *cell)
    assert answer.exit_code == 1
    assert told in answer.out + answer.err
