"""A scanned report from its picture to its facts."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("rapidocr_onnxruntime")

from tables.lawful import lawful

from gk_pipeline.forms import shipped_forms
from gk_pipeline.machine import as_json
from gk_pipeline.pipeline import judged_reports

SCAN = Path(__file__).parent / "fixtures" / "scans" / "yunling_2022.jpg"
TRUTH = lawful("2021", "sparse", 5).values
"""What the page was printed from, by bench/scans.py: 150 dpi, turned by 0.9 degrees, blurred, speckled."""


@pytest.fixture(scope="module")
def report():
    [judged] = judged_reports([SCAN], shipped_forms())
    return json.loads(as_json(judged))


@pytest.fixture(scope="module")
def applications(report):
    return [fact for fact in report["facts"] if fact["table_code"] == "applications"]


def truth(fact):
    return TRUTH[fact["table_code"], fact["item"], fact["measure"]]


def test_the_report_is_known_by_its_title(report):
    assert (report["organization"], report["report_year"], report["form"]) == ("云岭县人民政府", 2022, "2021")


def test_no_number_is_silently_wrong(applications):
    sure = [fact for fact in applications if fact["status"] in ("verified", "deduced", "corrected", "unverified")]
    assert [fact for fact in sure if Decimal(str(fact["value"])) != truth(fact)] == []


def test_nearly_all_numbers_are_settled(applications):
    settled = [fact for fact in applications if fact["status"] in ("verified", "deduced", "corrected")]
    assert len(settled) >= 170
    assert len(applications) == 175


def test_confidence_and_place_stand_beside_each_number(applications):
    read = [fact["source"] for fact in applications if fact["reported"] is not None]
    assert all(0 < source["confidence"] <= 1 and source["page"] == 1 and "grid_row" in source for source in read)


def test_a_finding_says_that_the_text_was_recognised(report):
    assert "text_recognised" in [finding["code"] for finding in report["findings"]]
