"""What `gk explain` says of a cell by the years before and after."""

import polars as pl
import pytest
from facts.paper import FORMS
from panel.years import FOLLOWS, THIRD, Page, linked
from ways import RAW, YUNLING, gk

from gk_pipeline.facts.revisions import LATER
from gk_pipeline.materialize import materialize_years
from gk_pipeline.panel.evidence import Witness, evidence, witnesses_of
from gk_pipeline.pictures.terminal.neighbours import links_told, settled_told, standing_told
from gk_pipeline.pictures.words import DECISION_ZH
from gk_pipeline.schemas.panel import Settlements, YearLinks
from gk_pipeline.schemas.revisions import DECISIONS

TABLES = {code: FORMS[code].table("applications") for code in ("2019", "2021")}
WRONG = FOLLOWS | {
    ("applications", "carried_in", "natural_person"): 6,
    ("applications", "carried_in", "total"): 7,
}


def told(years, report, item, measure="natural_person", lang="en"):
    """What the links of a cell say."""
    links = pl.DataFrame(years.rows("panel.year_links"), schema=YearLinks.polars_schema())
    own = links.filter((pl.col("report_id") == report) | (pl.col("last_report_id") == report))
    table = TABLES["2021"]
    said = links_told(own, report, table, table.cell_at[item, measure], tuple(FORMS.values()), lang)
    return "\n".join(line.plain for line in said)


def settled(years, report, item, measure="natural_person", lang="en"):
    """What neighbours settle of a cell."""
    settlements = pl.DataFrame(years.rows("panel.settlements"), schema=Settlements.polars_schema())
    table = TABLES["2021"]
    own = settlements.filter(report_id=report)
    said = settled_told(own, table, table.cell_at[item, measure], tuple(FORMS.values()), lang)
    return "\n".join(line.plain for line in said)


@pytest.fixture(scope="module")
def years():
    return linked(Page(2022), Page(2023, WRONG), Page(2024, THIRD))


def test_a_cell_is_held_against_the_year_before(years):
    out = told(years, 2, "carried_in")
    assert "year.carried [自然人] 2022 → 2023 broken (explained by a correction or a neighbouring year)" in out
    assert "2023: 6 ≠ 2022: 1" in out


def test_and_another_one_against_the_year_after(years):
    assert "year.carried [自然人] 2023 → 2024 holds" in told(years, 2, "carried_out")


def test_what_is_settled_is_told_with_its_evidence(years):
    verdict, evidence = settled(years, 2, "carried_in").splitlines()
    assert verdict == "settled by a neighbouring year: it must be 1"
    assert evidence.startswith(
        "    year.carried [自然人]: 1 by the report of 2022, 6 is printed here; year.carried [总计]: "
    )
    verdict, evidence = settled(years, 2, "carried_in", lang="zh").splitlines()
    assert verdict == "相邻年度判定：应为 1"
    assert evidence.startswith("    year.carried [自然人]：按 2022 年度报告应为 1，本报告为 6；year.carried [总计]：")
    assert "printed" not in evidence
    assert settled(years, 2, "granted") == ""


def test_evidence_is_read_as_it_was_written():
    witnesses = [Witness("year.carried", f"m{n}", str(n), 2022, "nothing" if n else "3") for n in range(6)]
    assert witnesses_of(evidence(witnesses)) == (witnesses[:4], 2)
    assert witnesses_of(evidence(witnesses[:1])) == (witnesses[:1], 0)


def test_another_report_that_counts_is_told_in_both_languages():
    row = {"standing": "superseded", "decided_by": "published_on", "why": LATER, "current_path": "2023/b.txt"}
    assert [line.plain for line in standing_told(row, "en")] == [
        "This report is superseded; 2023/b.txt counts for its body and year: it was published last"
    ]
    assert [line.plain for line in standing_told(row, "zh")] == ["同一机关同一年度以 2023/b.txt 为准：那一份发布较晚"]


def test_every_decision_has_its_words():
    assert set(DECISION_ZH) == set(DECISIONS)


def test_a_year_without_a_neighbour_says_so(years):
    assert "there is no report of the year before" in told(years, 1, "carried_in")


def test_a_cell_in_no_law_between_years_has_nothing_to_tell(years):
    assert told(years, 2, "granted") == ""


def test_explain_shows_the_neighbours_of_a_report_in_the_lake(monkeypatch, tmp_path):
    raw = tmp_path / "raw"
    for year in ("2023", "2024"):
        (raw / year).mkdir(parents=True)
        [sample] = (RAW / year).glob("suqian.*")
        (raw / year / sample.name).write_bytes(sample.read_bytes())
    places = {"raw": raw, "lake": tmp_path / "lake", "duckdb": tmp_path / "gk.duckdb"}
    assert all(outcome.succeeded for outcome in materialize_years([2023, 2024], **places))
    monkeypatch.setenv("GK_DATA", str(tmp_path))
    [reports] = (tmp_path / "lake" / "sections" / "reports" / "report_year=2024").glob("*.parquet")
    report = pl.read_parquet(reports, hive_partitioning=False)["report_id"].item()
    out = gk("explain", report, "carried_in.total", "--lang", "en").out
    assert "year.carried [总计] 2023 → 2024 holds" in out
    assert "2024: 121 = 2023: 121" in out
    assert gk("explain", f"2024/{sample.name}", "carried_in.total", "--lang", "en").out == out

    facts = next((tmp_path / "lake" / "panel" / "year_links" / "report_year=2024").glob("*.parquet"))
    facts.write_bytes(b"of other facts")
    stale = gk("explain", report, "carried_in.total", "--lang", "en")
    assert "What other years say of it cannot be told: " in stale.err
    assert "year.carried" not in stale.out
    assert "121 件  verified" in stale.out


def test_an_id_explains_its_own_report_where_a_file_holds_two(monkeypatch, tmp_path):
    path = tmp_path / "raw" / "2022" / "both.txt"
    path.parent.mkdir(parents=True)
    text = YUNLING.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{text.replace('云岭县水利局', '青溪县林业局')}", encoding="utf-8")
    places = {"raw": tmp_path / "raw", "lake": tmp_path / "lake", "duckdb": tmp_path / "gk.duckdb"}
    assert all(outcome.succeeded for outcome in materialize_years([2022], **places))
    monkeypatch.setenv("GK_DATA", str(tmp_path))
    [reports] = (tmp_path / "lake" / "sections" / "reports" / "report_year=2022").glob("*.parquet")
    ids = pl.read_parquet(reports, hive_partitioning=False)["report_id"].sort().to_list()
    told = [gk("explain", report, "received.total", "--lang", "en").out for report in ids]
    lines = [line for line in text.splitlines() if line.startswith("一、本年新收")]
    start = text.splitlines().index(lines[0]) + 1
    assert [out.count("verified") for out in told] == [1, 1]
    assert f"line {start}\n" in told[0]
    assert f"line {start}\n" not in told[1]


@pytest.mark.parametrize(
    ("last", "now", "says"), [(58, 3, "2023: 3 < 2022: 58 ÷ 5"), (20, 300, "2023: 300 > 2022: 20 × 5")]
)
def test_a_jump_is_shown_with_the_bound_that_it_breaks(last, now, says):
    penalties = ("proactive_disclosure", "penalties", "decisions")
    years = linked(Page(2022, {penalties: last}), Page(2023, FOLLOWS | {penalties: now}))
    links = pl.DataFrame(years.rows("panel.year_links"), schema=YearLinks.polars_schema())
    table = FORMS["2021"].table("proactive_disclosure")
    cell = table.cell_at["penalties", "decisions"]
    report = links.filter(law="year.jump", verdict="broken")["report_id"].unique().item()
    out = [line.plain.strip() for line in links_told(links, report, table, cell, tuple(FORMS.values()), "en")]
    assert says in out
