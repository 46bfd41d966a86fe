"""Whole reports printed to PDF: every cell is read, and its digits stand on the page and line that it names."""

import ctypes
import re
from functools import cache, partial

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tables.lawful import lawful
from tables.outcome import Case, outcomes, read_tables
from tables.paper import Style, boxes_of, page
from ways import REPORTS, facts_of, gk, samples

from .pdf_cut import cut
from .pdf_paper import A4_ACROSS, SMALL, aligned, ruled

RUNNING = "云岭县政府信息公开工作年度报告汇编"
PRINTS = {
    "ruled": ruled,
    "ruled across": partial(ruled, size=A4_ACROSS, running=RUNNING),
    "ruled, split over pages": partial(ruled, size=SMALL, running=RUNNING),
    "ruled, cut through its heads": partial(cut, before=20, rules="open"),
    "aligned": aligned,
    "aligned across": partial(aligned, size=A4_ACROSS),
    "aligned, split over pages": partial(aligned, size=SMALL),
}
XIAYI = REPORTS / "xiayi_2020.pdf"
"""A sample as a word processor prints it, with a head and a page number on every page."""


@cache
def printed(way, form="2021", filling="dense", seed=1):
    report = lawful(form, filling, seed)
    sheet = page(report, Style())
    keys = frozenset(box.key for box in boxes_of(sheet) if box.key)
    return Case("report.pdf", PRINTS[way](sheet), report.values, keys)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("way", PRINTS)
def test_every_cell_of_a_printed_report_is_read(way, form):
    cases = [printed(way, form, filling, 1) for filling in ("dense", "sparse")]
    for case, counted in zip(cases, outcomes(cases), strict=True):
        assert counted == {"right": len(case.truth)}, way


def test_a_sample_printed_by_a_word_processor_reads_as_the_sample_does():
    [found] = gk("extract", XIAYI).objects
    [truth] = [one for one in samples() if one["file"] == "2020/xiayi.txt"]
    facts = facts_of(found)
    assert {key: fact["reported"] for key, fact in facts.items()} == {
        (table, item, measure): number for table, item, measure, number, _ in truth["facts"]
    }
    assert (found["organization"], found["report_year"]) == (truth["org"], truth["report_year"])


def lines_on(raw, number):
    """What stands on each height of a page, told apart from what the reader makes of it."""
    document = pypdfium2.PdfDocument(raw)
    text = document[number - 1].get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    heights = {}
    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not char.isspace():
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            heights.setdefault(-y.value, []).append((x.value, char))
    lines, before = [], None
    for height in sorted(heights):
        if before is None or height - before > 2.6:
            lines.append([])
            before = height
        lines[-1] += heights[height]
    document.close()
    return ["".join(char for _, char in sorted(line)) for line in lines]


@pytest.mark.parametrize("way", PRINTS)
def test_the_digits_of_every_fact_stand_on_the_line_it_names(way):
    case = printed(way)
    pages = {}
    cells = [cell for table in read_tables(case.content, case.name) for cell in table.cells]
    assert len(cells) == len(case.truth)
    for cell in cells:
        if cell.page not in pages:
            pages[cell.page] = lines_on(case.content, cell.page)
        assert cell.printed in pages[cell.page][cell.line - 1], cell


def test_two_reports_in_a_file_are_two(tmp_path):
    first, second = page(lawful("2021", "dense", 1), Style()), page(lawful("2021", "dense", 2), Style())
    second[0] = "青溪县人民政府2023年政府信息公开工作年度报告"
    file = tmp_path / "both.pdf"
    file.write_bytes(ruled([*first, *second]))
    found = gk("extract", file).objects
    assert [(one["organization"], one["report_year"]) for one in found] == [
        ("云岭县人民政府", 2022),
        ("青溪县人民政府", 2023),
    ]
    for one, report in zip(found, (lawful("2021", "dense", 1), lawful("2021", "dense", 2)), strict=True):
        assert {key: fact["reported"] for key, fact in facts_of(one).items()} == {
            key: float(value) for key, value in report.values.items()
        }


def test_explain_says_page_and_line(tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(printed("ruled").content)
    answer = gk("explain", file, "received.natural_person", "--lang", "en")
    assert re.search(r"report\.pdf:page1line\d+", "".join(answer.out.split()))
