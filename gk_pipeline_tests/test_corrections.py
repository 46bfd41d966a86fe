"""What a person decides about a cell, on its way from data/corrections to the facts and back to whoever asks."""

from decimal import Decimal

import polars as pl
import pytest
from ways import YUNLING, gk

from gk_pipeline.definitions import STEPS
from gk_pipeline.facts.correction_file import BadCorrections
from gk_pipeline.materialize import materialize_years
from gk_pipeline.proposing import propose_year
from gk_pipeline.schemas.catalog import check_batch
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.located import located_facts
from gk_pipeline.storage.lookup import revision_of

WITH_TOTAL = (1, 3, 4, 4, 5, 9, 5, 7, 12)
"""The enquiries of groups moved with their total: no sum tells which of the rows is wrong."""
ENTRY = """- report: 2019/甲.txt
  cell: visits.{item}.{measure}
  printed: {printed}
  value: {value}
  reason: counted twice
  evidence: the register of visits
  by: 王小明
  on: 2024-11-25
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
    assert reviewed["tried"] == "reviewed by 王小明 on 2024-11-25: the register of visits"


def test_a_decision_that_breaks_a_sum_leaves_the_others_in_doubt(year):
    _, judge = year
    tables = judge(ENTRY.format(item="enquiries", measure="alone", printed=1, value=9))
    found = statuses(tables)
    assert found["enquiries.alone"] == "corrected"
    assert "disputed" in found.values()
    assert tables["facts.repairs"].filter(pl.col("applied"), item="enquiries", measure="alone").height == 1


def findings(tables, code):
    return tables["facts.findings"].filter(code=code).to_dicts()


def test_a_decision_is_told_with_its_person(year):
    _, judge = year
    tables = judge(ENTRY.format(item="enquiries", measure="in_groups", printed=3, value=2))
    [told] = findings(tables, "cells_reviewed")
    assert told["message"] == (
        "In visits 1 cell is corrected by people: "
        "咨询查阅事项 集体来访: 2, by 王小明 on 2024-11-25, instead of 3 as printed."
    )
    assert told["severity"] == "note"
    assert findings(tables, "decision_contradicts") == []
    [by_laws] = findings(tables, "cells_corrected")
    assert by_laws["message"] == "1 cell of visits is corrected: 咨询查阅事项 合计来访: 4 is printed, 3 must be."


def test_a_broken_law_in_which_a_decided_cell_stands_is_told_as_broken_in_print(year):
    """The columns of groups and of all visitors are broken; a person decided a cell of the first."""
    _, judge = year
    [open_law] = findings(judge(), "law_broken")
    assert all(column in open_law["message"] for column in ("is broken (", "集体来访", "合计来访"))
    tables = judge(ENTRY.format(item="enquiries", measure="in_groups", printed=3, value=2))
    decided, other = sorted(findings(tables, "law_broken"), key=lambda one: "is broken (" in one["message"])
    assert "is broken as printed (" in decided["message"]
    assert "集体来访" in decided["message"]
    assert "合计来访" not in decided["message"]
    assert "see cells_reviewed" in decided["advice"]
    assert "合计来访" in other["message"]
    assert other["advice"] == open_law["advice"]
    assert {one["severity"] for one in (decided, other)} == {open_law["severity"]}


def test_a_decision_that_the_sums_speak_against_is_told_and_corrects_no_other(
    year, forms, tmp_path, report, store_layer
):
    """The report is lawful as printed; a person gives another number for one cell."""
    lake, judge = year
    report(tmp_path / "raw" / "2019", "甲")
    for step in STEPS[:3]:
        store_layer(step, lake, 2019, tmp_path / "raw")
    assert set(statuses(judge()).values()) == {"verified"}
    tables = judge(ENTRY.format(item="enquiries", measure="alone", printed=1, value=9))
    told = findings(tables, "decision_contradicts")
    assert {one["severity"] for one in told} == {"warning"}
    assert all("咨询查阅事项 单独来访: 9, by 王小明 on 2024-11-25" in one["message"] for one in told)
    assert any(one["message"].startswith("visits.row_total fails with what was decided") for one in told)
    found = statuses(tables)
    assert found["enquiries.alone"] == "corrected"
    assert list(found.values()).count("corrected") == 1
    assert "disputed" in found.values()
    check_batch(tables, forms)


def test_an_entry_for_a_report_that_stays_out_of_the_facts_stops_the_year(year, tmp_path, report, store_layer):
    lake, judge = year
    report(tmp_path / "raw" / "2019", "甲", WITH_TOTAL, year=2018)
    for step in STEPS[:3]:
        store_layer(step, lake, 2019, tmp_path / "raw")
    with pytest.raises(BadCorrections, match=r"no report 2019/甲\.txt is read in this year"):
        judge(ENTRY.format(item="enquiries", measure="in_groups", printed=3, value=2))


# a whole run


def lake_of(folder):
    """Every file of a lake, by its path."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def stopped(tmp_path, forms, report):
    """Two years that were read; then a file of one changes, and a run stops at the year's corrections."""
    where = {
        "raw": tmp_path / "raw",
        "corrections": tmp_path / "corrections",
        "lake": tmp_path / "lake",
        "duckdb": tmp_path / "gk.duckdb",
        "forms": forms,
    }
    for year in (2018, 2019):
        report(where["raw"] / str(year), "甲", WITH_TOTAL, year=year)
    assert all(outcome.succeeded for outcome in materialize_years([2018, 2019], **where))
    before = lake_of(where["lake"])
    report(where["raw"] / "2019", "甲", (1, 2, 3, 4, 5, 9, 5, 7, 12))
    report(where["raw"] / "2019", "乙")
    where["corrections"].mkdir()

    def run(entries):
        (where["corrections"] / "2019.yaml").write_text(entries, encoding="utf-8")
        outcomes = {outcome.name: outcome for outcome in materialize_years([2019], **where)}
        return where, before, outcomes

    return run


STALE = ENTRY.format(item="enquiries", measure="in_groups", printed=3, value=1)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (STALE, "2019.yaml:3: visits.enquiries.in_groups of 2019/甲.txt prints 2, and the entry expects 3."),
        (STALE.replace("甲", "丙"), "2019.yaml:1: no report 2019/丙.txt is read in this year."),
        (STALE.replace("value: 1", "value: many"), "2019.yaml:4: many cannot stand in this cell."),
        ("- report: 'a\n", "2019.yaml:2: no YAML"),
    ],
)
def test_corrections_that_do_not_hold_stop_the_year_and_leave_the_whole_lake_as_it_was(
    stopped, forms, entries, told, capfd
):
    capfd.readouterr()
    where, before, outcomes = stopped(entries)
    assert "Traceback" not in (printed := "".join(capfd.readouterr()))
    assert "Stack Trace" not in printed
    assert outcomes["2019"].error.startswith("documents of 2019: ")
    assert told in outcomes["2019"].error
    assert lake_of(where["lake"]) == before
    assert outcomes["panel"].succeeded
    assert outcomes["warehouse"].succeeded
    assert located_facts(where["lake"], forms)["path"].unique().sort().to_list() == ["2018/甲.txt", "2019/甲.txt"]


def test_a_mended_entry_lets_the_year_be_read(stopped, forms):
    where, before, outcomes = stopped(STALE.replace("printed: 3", "printed: 2"))
    assert outcomes["2019"].error is None
    assert lake_of(where["lake"]) != before
    facts = located_facts(where["lake"], forms)
    [fact] = facts.filter(path="2019/甲.txt", measure="in_groups", item="enquiries").to_dicts()
    assert (fact["status"], fact["value"]) == ("corrected", Decimal(1))


def test_a_decision_does_not_tell_which_version_counts(tmp_path, forms, report, store_layer):
    """Two undated versions; a decision against the sums of the better one leaves it current."""
    raw = tmp_path / "raw"
    report(raw / "2019", "甲")
    again = report(tmp_path / "other", "甲", WITH_TOTAL)
    again.rename(raw / "2019" / "甲2.txt")
    (tmp_path / "corrections").mkdir()
    lake = Lake(tmp_path / "lake", forms)
    standings = []
    for entries in ("", ENTRY.format(item="enquiries", measure="alone", printed=1, value=9)):
        (tmp_path / "corrections" / "2019.yaml").write_text(entries, encoding="utf-8")
        for step in STEPS[:4]:
            store_layer(step, lake, 2019, raw)
        standings.append(pl.read_parquet(lake.file("facts.revisions", 2019), hive_partitioning=False).to_dicts())
    assert standings[0] == standings[1]
    assert {row["decided_by"] for row in standings[0]} == {"verified_share"}
    by_id = {row["report_id"]: revision_of(row["report_id"], lake) for row in standings[0]}
    [superseded] = [row for row in by_id.values() if row is not None]
    assert (superseded["current_path"], superseded["standing"]) == ("2019/甲.txt", "superseded")


def test_propose_writes_what_is_in_doubt_and_never_over_a_person(year, tmp_path, forms):
    lake, judge = year
    judge()
    path = tmp_path / "corrections" / "2019.proposed.yaml"

    def propose():
        return propose_year(2019, tmp_path, located_facts(lake.folder, forms), lake)

    told, done = propose()
    assert (told, done) == (f"2019: 6 cells in doubt of 1 report: {path}", True)
    assert path.read_text(encoding="utf-8").count("\n- report:") == 6
    begun = path.read_text(encoding="utf-8").replace("  value:\n", "  value: 2\n", 1)
    path.write_text(begun, encoding="utf-8")
    told, done = propose()
    assert not done
    assert "somebody has begun to fill this in, so nothing is written" in told
    assert path.read_text(encoding="utf-8") == begun


def test_proposals_go_when_no_cell_is_in_doubt_any_more(year, tmp_path, forms):
    lake, judge = year
    judge()
    path = tmp_path / "corrections" / "2019.proposed.yaml"
    propose_year(2019, tmp_path, located_facts(lake.folder, forms), lake)
    judge(ENTRY.format(item="enquiries", measure="in_groups", printed=3, value=2))
    told = propose_year(2019, tmp_path, located_facts(lake.folder, forms), lake)
    assert told == ("2019: no cell is in doubt", True)
    assert not path.exists()


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
    assert "Corrected by 王小明 on 2024-11-25: counted twice" in shown
    assert f"= {printed} (as printed)" in shown
    assert "由 王小明 于 2024-11-25 核对更正：counted twice" in gk("explain", path, "received.total").out


def test_explain_tells_that_a_number_is_in_doubt_because_of_a_decision(home):
    entry = ENTRY.format(item="received", measure="natural_person", printed=31, value=90)
    entry = entry.replace("2019/甲.txt", "2022/yunling.txt").replace("visits.", "applications.")
    (home / "corrections").mkdir()
    (home / "corrections" / "2022.yaml").write_text(entry, encoding="utf-8")
    shown = " ".join(gk("explain", "2022/yunling.txt", "received.total", "--lang", "en").out.split())
    assert "38 件 disputed" in shown
    assert "As printed the sums come out; so it would have to be if a person's decision is right." in shown


def test_explain_of_a_report_with_a_stale_entry_fails_with_its_line(home):
    entry = ENTRY.format(item="received", measure="total", printed=123456, value=999)
    entry = entry.replace("2019/甲.txt", "2022/yunling.txt").replace("visits.", "applications.")
    (home / "corrections").mkdir()
    (home / "corrections" / "2022.yaml").write_text(entry, encoding="utf-8")
    answer = gk("explain", home / "raw" / "2022" / "yunling.txt", "received.total")
    assert answer.exit_code == 1
    assert "2022.yaml:3: applications.received.total of 2022/yunling.txt prints" in answer.err
