"""Findings as rows: one a thing to look at, under an id that never changes."""

import polars as pl

from gk_pipeline.quality.finding import Finding
from gk_pipeline.quality.frames import Placed, findings_frame
from gk_pipeline.quality.stage import gather_findings
from gk_pipeline.schemas.quality import FactsFindings, Findings, TablesFindings

LOST = Finding(
    "warning", "row_lost", "予以公开: printed 6 values for 7 cells.", "Compare with the page.", "4 1 0 0 0 0"
)
OTHER = Finding("note", "cells_missing", "2 cells print no number.", "Look at the page.", table_code="applications")


def ids(frame):
    return frame["finding"].to_list()


def test_the_id_of_a_finding_never_changes():
    frame = findings_frame(TablesFindings, "tables", [Placed("2020/gongyi.md", 7, LOST)])
    assert ids(frame) == [2270584188420831669]


def test_a_finding_is_a_row_with_all_it_says():
    frame = findings_frame(TablesFindings, "tables", [Placed("2020/gongyi.md", 7, OTHER)])
    assert frame.drop("finding").row(0, named=True) == {
        "layer": "tables",
        "severity": "note",
        "code": "cells_missing",
        "path": "2020/gongyi.md",
        "report_id": 7,
        "table_code": "applications",
        "item": None,
        "message": "2 cells print no number.",
        "evidence": "",
        "advice": "Look at the page.",
    }


def test_two_equal_findings_of_one_place_are_one():
    placed = [Placed("a.txt", 1, LOST), Placed("a.txt", 1, LOST)]
    assert findings_frame(TablesFindings, "tables", placed).height == 1


def test_equal_findings_of_two_files_are_two():
    placed = [Placed("a.txt", 1, LOST), Placed("b.txt", 2, LOST)]
    assert len(set(ids(findings_frame(TablesFindings, "tables", placed)))) == 2


def test_the_same_finding_of_two_layers_has_two_ids():
    placed = [Placed("a.txt", 1, LOST)]
    tables, facts = findings_frame(TablesFindings, "tables", placed), findings_frame(FactsFindings, "facts", placed)
    assert ids(tables) != ids(facts)


def test_findings_come_in_the_order_of_their_ids_whatever_order_they_were_made_in():
    placed = [Placed(f"{number}.txt", number, LOST) for number in range(20)]
    forwards = findings_frame(TablesFindings, "tables", placed)
    assert forwards.equals(findings_frame(TablesFindings, "tables", reversed(placed)))
    assert ids(forwards) == sorted(ids(forwards))


def test_no_findings_make_a_table_without_rows():
    assert findings_frame(TablesFindings, "tables", []).equals(TablesFindings.no_rows())


def test_gathered_findings_are_those_of_all_layers_in_the_order_of_their_ids():
    tables = findings_frame(TablesFindings, "tables", [Placed(f"{number}.txt", number, LOST) for number in range(9)])
    facts = findings_frame(FactsFindings, "facts", [Placed("a.txt", 1, OTHER)])
    gathered = gather_findings([facts, tables])
    assert Findings.check(gathered).height == 10
    assert gathered["layer"].value_counts().sort("layer").rows() == [("facts", 1), ("tables", 9)]
    assert ids(gathered) == sorted(ids(tables) + ids(facts))
    assert gathered.equals(gather_findings([tables, facts]))


def test_a_year_without_findings_has_an_empty_table_of_them():
    assert gather_findings([]).equals(Findings.no_rows())
    assert gather_findings([TablesFindings.no_rows()]).schema == pl.Schema(Findings.polars_schema())
