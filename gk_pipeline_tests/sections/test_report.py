"""A document's reports: ids, where each begins, and what a person should look at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ways import YUNLING

from gk_pipeline.documents.document import Document
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.sections.report import FoundReport, find_reports, report_id, section_text

TEXT = YUNLING.read_text(encoding="utf-8")
TITLE = TEXT.split("\n", 1)[0]
IDS = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)


def read(text: str) -> Document:
    return read_bytes(text.encode(), "file.txt", form_labels(shipped_forms()))


def reports(text: str) -> list[FoundReport]:
    return find_reports(read(text), shipped_forms()).reports


def codes(report: FoundReport) -> list[str]:
    return [finding.code for finding in report.findings]


@given(IDS, IDS, st.integers(0, 255), st.integers(0, 255))
def test_ids_sort_as_documents_do_and_within_one_as_its_reports(one, other, first, second):
    if one[:13] != other[:13]:
        assert (report_id(one, first) < report_id(other, second)) == (one < other)
    assert (report_id(one, first) < report_id(one, second)) == (first < second)


@given(IDS, st.integers(0, 255))
def test_an_id_fits_a_signed_64_bit_integer(document, ordinal):
    assert 0 <= report_id(document, ordinal) < 2**63


def test_the_id_of_a_report_never_changes():
    assert report_id("0123456789abcdef" * 4, 1) == 0x0123456789ABCDEF >> 9 << 8 | 1


def test_a_sound_report_is_found_whole():
    [report] = reports(TEXT)
    assert report.findings == ()
    assert (report.ordinal, report.opened.first_block) == (0, 0)
    assert list(report.opened.tables) == ["proactive_disclosure", "applications", "review_litigation"]
    assert len(report.opened.sections) == 6


@pytest.mark.parametrize(
    ("printed", "instead"), [("2022年政府", "2023年政府"), ("云岭县水利局2022年", "云岭县林业局2022年")]
)
def test_two_reports_in_one_file_are_two_that_do_not_overlap(printed, instead):
    first, second = reports(TEXT + TEXT.replace(printed, instead))
    assert (first.ordinal, second.ordinal) == (0, 1)
    assert first.opened.last_block + 1 == second.opened.first_block
    one, other = first.identity, second.identity
    assert (one.organization, one.stated_year) != (other.organization, other.stated_year)
    for report in (first, second):
        assert len(report.opened.tables) == 3


def test_a_stretch_without_a_table_is_part_of_the_report_before_it():
    later = f"{TITLE.replace('2022', '2023')}\n一、总体情况\n报告正在编制。\n"
    [report] = reports(TEXT + later)
    assert report.identity.stated_year == 2022


def test_the_same_report_twice_is_one_whose_tables_are_repeated():
    [report] = reports(TEXT + TEXT)
    assert codes(report).count("table_repeated") == 3


def test_a_document_without_a_table_gives_no_report_and_says_so():
    found, refused = find_reports(read("关于植树活动的通知\n三月十二日植树。\n"), shipped_forms())
    assert found == []
    [finding] = refused
    assert (finding.code, finding.severity) == ("no_report", "error")
    assert "2019, 2021" in finding.message


SECTIONS = "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、其他\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("云岭县2022年政府信息公开工作年度报告\n" + SECTIONS, "no_tables"),
        ("云岭县2022年政府信息公开工作年度报告\n一、总体情况\n工作平稳。\n", "no_report"),
        ("关于编制政府信息公开工作年度报告的通知\n" + SECTIONS, "no_report"),
    ],
)
def test_a_report_that_shows_its_tables_as_pictures_is_told_from_what_is_none(text, code):
    found, [finding] = find_reports(read(text), shipped_forms())
    assert (found, finding.code, finding.severity) == ([], code, "error")


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        (TITLE[:6], "organization_missing"),
        ("2022年", "year_missing"),
        ("五、存在的主要问题及改进情况", "sections_missing"),
    ],
)
def test_what_is_missing_is_told(printed, code):
    cut = TEXT.replace(printed, "", 1).replace("\n云岭县水利局\n", "\n") if code == "organization_missing" else None
    [report] = reports(cut or TEXT.replace(printed, "", 1))
    assert codes(report) == [code]


def test_a_missing_table_is_told_by_its_name():
    start, end = TEXT.index("四、政府信息公开行政复议"), TEXT.index("五、存在")
    [report] = reports(TEXT[:start] + TEXT[end:])
    [told] = [finding for finding in report.findings if finding.code == "table_missing"]
    assert told.table_code == "review_litigation"
    assert "行政复议、行政诉讼情况" in told.message


def test_the_text_of_a_section_is_its_paragraphs_without_the_heading():
    [report] = reports(TEXT)
    assert section_text(report.opened, "overview").strip().startswith("2022年，我局公开水利信息412条")
    assert "总体情况" not in section_text(report.opened, "overview")
    assert section_text(report.opened, "nonesuch") == ""
