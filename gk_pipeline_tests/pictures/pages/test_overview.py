"""Numbers of many reports: parts and wholes are of the same reports, and shares are those of the warehouse."""

import polars as pl
import pytest

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.labels import percent
from gk_pipeline.pictures.pages.overview import (
    BODIES,
    MAIN,
    OUTCOMES,
    READS,
    TOTAL,
    applicant_counts,
    outcome_counts,
    year_numbers,
)
from gk_pipeline.pictures.pages.site import write_site
from pictures.pages.paged import read, rows_of, said
from pictures.pages.shelf import stored, write_doubtful

DOUBTS = {
    "outcomes": ("\t3\t0\t0\t0\t0\t0\t3", "\t4\t0\t0\t0\t0\t0\t4"),
    "applicants": ("\t10\t2\t0\t0\t0\t0\t12", "\t11\t2\t0\t0\t0\t0\t13"),
}
"""Row totals of 云岭 that go wrong with one of their parts, by the section of the page that they stand in."""


@pytest.fixture(scope="module", params=DOUBTS)
def doubtful(request, tmp_path_factory, store_layer):
    """The section in which one body of two has a total in doubt, the lake, and its pages."""
    home = tmp_path_factory.mktemp(request.param)
    write_doubtful(home / "raw", *DOUBTS[request.param])
    lake = stored(home, store_layer, (2020,))
    write_site(lake, home / "pages")
    return request.param, lake, home / "pages"


def sure_rates(lake):
    """The rates of the year that are sure, of each body, by code."""
    rates = pl.read_parquet(lake.file("panel.rates", 2020)).filter(pl.col("open_because").is_null())
    return rates.select("rate", "report_id", "numerator", "denominator").rows()


def test_a_total_in_doubt_leaves_its_report_out_of_the_whole_group(doubtful):
    section, _, site = doubtful
    page = read(site / "years" / "2020.html")
    [stands_on] = page.texts(f"section[aria-labelledby={section}] .of")
    assert stands_on == "2 份报告中的 1 份"
    other = {"outcomes": "applicants", "applicants": "outcomes"}[section]
    assert page.texts(f"section[aria-labelledby={other}] .of") == ["2 份报告中的 2 份"]


def test_no_share_differs_from_that_of_the_warehouse(doubtful):
    section, lake, site = doubtful
    page, found = read(site / "years" / "2020.html"), sure_rates(lake)
    codes = {
        "outcomes": {"不予公开": "refused_share", "无法提供": "unavailable_share", "不予处理": "not_processed_share"},
        "applicants": {"自然人": "received_share_natural_person", "商业企业": "received_share_commercial_enterprise"},
    }
    of_block = {
        "outcomes": {key for code, key, *_ in found if code == "granted_share"},
        "applicants": {key for code, key, *_ in found if code == "received_share_natural_person"},
    }
    assert len(of_block[section]) == 1
    for name, rates in codes.items():
        rows = rows_of(page, name)
        for label, code in rates.items():
            own = [one[2:] for one in found if one[0] == code and one[1] in of_block[name]]
            part, whole = (int(sum(side)) for side in zip(*own, strict=True))
            assert rows[label] == [str(part), percent(part, whole)]


def test_the_granted_share_of_all_years_is_that_of_the_bodies_that_are_sure(doubtful):
    section, lake, site = doubtful
    own = [one[2:] for one in sure_rates(lake) if one[0] == "granted_share"]
    part, whole = (int(sum(side)) for side in zip(*own, strict=True))
    [row] = read(site / "index.html").all("table tbody tr")
    told = said(row.css("td")[-2])
    assert told == f"{percent(part, whole)}2 份报告中的 {len(own)} 份"
    assert len(own) == (1 if section == "outcomes" else 2)


def test_parts_never_exceed_their_whole(doubtful):
    _, lake, _ = doubtful
    files = {name: lake.file(name, 2020) for name in READS}
    numbers = year_numbers(2020, files, lake.forms).totals[BODIES]
    for block, whole in ((numbers.outcomes, "decided"), (numbers.applicants, "received")):
        parts = [value for code, value in block.sums.items() if code != whole]
        assert sum(parts) == block.sums[whole] > 0
    given = [value for label, value in numbers.reasons.sums.items() if label != "decided"]
    assert 0 < sum(given) <= numbers.reasons.sums["decided"]
    flow = numbers.flow.sums
    assert flow["received"] + flow["carried_in"] == flow["decided"] + flow["carried_out"]
    assert numbers.granted.part <= numbers.granted.whole


def test_columns_of_a_chart_that_leave_reports_out_are_starred(doubtful):
    section, _, site = doubtful
    chart = read(site / "index.html").all(".chart svg")[0]
    starred = [text.text() for text in chart.css("text") if text.text().endswith("*")]
    assert bool(starred) == (section == "applicants")
    assert ("存疑，未计入" in said(read(site / "index.html").one("main"))) == (section == "applicants")


def test_the_counts_of_outcomes_are_all_rows_of_the_law_once():
    for form in shipped_forms():
        table = form.table(MAIN)
        law = next(row for row in table.laws if row.law == OUTCOMES and row.scope == TOTAL)
        codes = outcome_counts([form])
        cells = [cell.index for count in form.indicators.counts if count.code in codes for cell in count.cells]
        assert sorted(cells) == sorted(index for index, sign in law.coefficients if sign > 0)


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(85, 105, "81.0%"), (1, 8, "12.5%"), (1, 2000, "0.1%"), (0, 3, "0.0%"), (1999, 2000, "99.9%"), (7, 7, "100.0%")],
)
def test_a_share_is_rounded_half_up_and_all_only_where_it_is_all(part, whole, told):
    assert percent(part, whole) == told


def test_forms_without_a_table_of_applications_have_no_outcomes(forms):
    assert outcome_counts(forms) == {}
    assert applicant_counts(forms) == {}
