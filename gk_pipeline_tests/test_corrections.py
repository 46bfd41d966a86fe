"""What a person decides about a cell, on its way from data/corrections to the facts and back to whoever asks."""

from decimal import Decimal

import polars as pl
import pytest
from ways import YUNLING, gk

from gk_pipeline.definitions import STEPS
from gk_pipeline.facts.corrections import BadCorrections
from gk_pipeline.schemas.catalog import check_batch
from gk_pipeline.storage.lake import Lake

WITH_TOTAL = (1, 3, 4, 4, 5, 9, 5, 7, 12)
"""The enquiries of groups moved with their total: no sum tells which of the rows is wrong."""
ENTRY = """- report: 2019/甲.txt
  cell: visits.{item}.{measure}
  printed: {printed}
  value: {value}
  reason: counted twice
  evidence: the register of visits
  by: 王小明
  on: 2026-11-25
"""
FACTS = STEPS[3]


@pytest.fixture
def year(tmp_path, forms, report, store_layer):
    """A lake of one year with one report, and a way to judge it with some entries."""
    report(tmp_path / "raw" / "2019", "甲", WITH_TOTAL)
    lake = Lake(tmp_path / "lake", forms)
    for step in STEPS[:3]:
        store_layer(step, lake, 2019, tmp_path / "raw")

    def judge(entries=""):
        file = tmp_path / "corrections" / "2019.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(entries, encoding="utf-8")
        store_layer(FACTS, lake, 2019, tmp_path / "raw")
        return {name: pl.read_parquet(lake.file(name, 2019), hive_partitioning=False) for name in lake.names("facts")}

    return lake, judge


def statuses(tables):
    return dict(tables["facts.facts"].select(pl.concat_str("item", "measure", separator="."), "status").iter_rows())


def test_without_a_decision_the_rivals_are_disputed(year):
    _, judge = year
    assert sorted(statuses(judge()).values()) == ["disputed"] * 6 + ["verified"] * 3


def test_one_decided_cell_settles_the_rest_of_its_dispute(year, forms):
    _, judge = year
    tables = judge(ENTRY.format(item="enquiries", measure="in_groups", printed=3, value=2))
    found = statuses(tables)
    corrected = [cell for cell, status in found.items() if status == "corrected"]
    assert corrected == ["enquiries.in_groups", "enquiries.total"]
    assert "disputed" not in found.values()
    row = tables["facts.facts"].filter(item="enquiries", measure="in_groups").row(0, named=True)
    assert (row["reported"], row["value"]) == (Decimal(3), Decimal(2))
    check_batch(tables, forms)


def test_a_decision_is_kept_as_a_repair_with_who_why_and_when(year):
    _, judge = year
    repairs = judge(ENTRY.format(item="enquiries", measure="in_groups", printed=3, value=2))["facts.repairs"]
    reviewed = repairs.filter(repair_kind="reviewed").row(0, named=True)
    assert (reviewed["value_from"], reviewed["value_to"], reviewed["applied"]) == (Decimal(3), Decimal(2), True)
    assert reviewed["why"] == "counted twice"
    assert reviewed["tried"] == "reviewed by 王小明 on 2026-11-25: the register of visits"


def test_a_decision_that_breaks_a_sum_leaves_the_others_in_doubt(year):
    _, judge = year
    tables = judge(ENTRY.format(item="enquiries", measure="alone", printed=1, value=9))
    found = statuses(tables)
    assert found["enquiries.alone"] == "corrected"
    assert "disputed" in found.values()
    assert tables["facts.repairs"].filter(pl.col("applied"), item="enquiries", measure="alone").height == 1


def test_a_stale_entry_stops_the_year_and_leaves_it_as_it_was(year):
    lake, judge = year
    judge()
    before = {name: lake.file(name, 2019).read_bytes() for name in lake.names("facts")}
    stale = ENTRY.format(item="enquiries", measure="in_groups", printed=8, value=2)
    with pytest.raises(BadCorrections, match=r"2019\.yaml:1: .* prints 3, and the entry expects 8\."):
        judge(stale)
    assert {name: lake.file(name, 2019).read_bytes() for name in lake.names("facts")} == before


def test_an_entry_for_a_report_that_stays_out_of_the_facts_stops_the_year(year, tmp_path, report, store_layer):
    lake, judge = year
    report(tmp_path / "raw" / "2019", "甲", WITH_TOTAL, year=2018)
    for step in STEPS[:3]:
        store_layer(step, lake, 2019, tmp_path / "raw")
    with pytest.raises(BadCorrections, match=r"no report 2019/甲\.txt is read in this year"):
        judge(ENTRY.format(item="enquiries", measure="in_groups", printed=3, value=2))


# the command line, on a report of the real form


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder of data with one report, whose granted requests moved with their total."""
    text = YUNLING.read_text(encoding="utf-8")
    path = tmp_path / "raw" / "2022" / "yunling.txt"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("GK_DATA", str(tmp_path))
    return tmp_path


def test_explain_tells_who_corrected_a_filed_report(home):
    path = home / "raw" / "2022" / "yunling.txt"
    shown = gk("explain", path, "received.total", "--lang", "en").out
    printed = shown.splitlines()[1].split()[0]
    entry = ENTRY.format(item="received", measure="total", printed=printed, value=999)
    entry = entry.replace("2019/甲.txt", "2022/yunling.txt").replace("visits.", "applications.")
    (home / "corrections").mkdir()
    (home / "corrections" / "2022.yaml").write_text(entry, encoding="utf-8")
    shown = gk("explain", path, "received.total", "--lang", "en").out
    assert "999 件  corrected" in shown
    assert "Corrected by 王小明 on 2026-11-25: counted twice" in shown
    assert "由 王小明 于 2026-11-25 核对更正：counted twice" in gk("explain", path, "received.total").out


def test_explain_of_a_report_with_a_stale_entry_fails_with_its_line(home):
    entry = ENTRY.format(item="received", measure="total", printed=123456, value=999)
    entry = entry.replace("2019/甲.txt", "2022/yunling.txt").replace("visits.", "applications.")
    (home / "corrections").mkdir()
    (home / "corrections" / "2022.yaml").write_text(entry, encoding="utf-8")
    answer = gk("explain", home / "raw" / "2022" / "yunling.txt", "received.total")
    assert answer.exit_code == 1
    assert "2022.yaml:1: applications.received.total of 2022/yunling.txt prints" in answer.err
