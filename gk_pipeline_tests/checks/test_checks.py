"""Every check can fail, and shows who made it fail."""

import dagster as dg
import polars as pl
import pytest

from gk_pipeline.checks import warnings
from gk_pipeline.checks.laws import READS as LAW_READS
from gk_pipeline.checks.laws import check_name, judge_law, law_checks, laws_within_a_report
from gk_pipeline.checks.promises import judge_promises, promise_checks, promises
from gk_pipeline.checks.verdict import WITH_ITS_YEAR, Verdict
from gk_pipeline.forms import shipped_forms
from gk_pipeline.partitions import report_years
from gk_pipeline.schemas.claims import Claims
from gk_pipeline.schemas.documents import Files
from gk_pipeline.schemas.facts import LawResults
from gk_pipeline.schemas.quality import SectionsFindings
from gk_pipeline.schemas.sections import Reports, Sections
from gk_pipeline.schemas.tables import Cells, FoundTables
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.stored import StoredTable

LAYERS = ("documents", "sections", "tables", "facts", "quality")


def year_of(table, rows, year=2019):
    """Rows of a table given by some of their columns, as they are scanned; the others are null."""
    schema = table.polars_schema()
    frame = pl.DataFrame(rows, schema={name: schema[name] for name in rows[0]}) if rows else table.no_rows()
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in frame.columns]
    return frame.with_columns(*absent, report_year=pl.lit(year, pl.Int32)).lazy()


FILES = year_of(
    Files,
    [
        {"path": "2019/甲.txt", "document_id": "a" * 64, "read_status": "read", "error": None},
        {"path": "2019/乙.txt", "document_id": "b" * 64, "read_status": "read", "error": None},
    ],
)
REPORTS = [
    {"report_id": 1, "document_id": "a" * 64, "organization": "甲县", "stated_year": 2019, "form": "visits"},
    {"report_id": 2, "document_id": "b" * 64, "organization": "乙县", "stated_year": 2019, "form": "visits"},
]
PLACES = {"documents.files": FILES, "sections.reports": year_of(Reports, REPORTS)}


def test_a_refused_file_is_shown_with_its_reason():
    rows = [
        {"path": "2019/甲.txt", "read_status": "read", "error": None},
        {"path": "2019/乙.txt", "read_status": "refused", "error": "empty"},
    ]
    assert warnings.refused({"documents.files": year_of(Files, rows[:1])}).passed
    verdict = warnings.refused({"documents.files": year_of(Files, rows)})
    assert verdict.offenders.rows() == [("2019/乙.txt", "empty")]
    assert verdict.numbers == {"n_refused": 1, "share_refused": 0.5}
    skipped = {"path": "2019/Thumbs.db", "read_status": "skipped", "error": None}
    assert warnings.refused({"documents.files": year_of(Files, [*rows, skipped])}).numbers == verdict.numbers


def test_a_report_in_the_folder_of_another_year_is_shown():
    assert warnings.year_of_folder(PLACES).passed
    astray = [REPORTS[0], {**REPORTS[1], "stated_year": 2018}]
    verdict = warnings.year_of_folder({**PLACES, "sections.reports": year_of(Reports, astray)})
    assert verdict.offenders.rows() == [("2019/乙.txt", "乙县", 2018, 2019)]


def test_a_report_that_states_no_year_is_counted():
    unstated = [REPORTS[0], {**REPORTS[1], "stated_year": None}]
    verdict = warnings.year_of_folder({**PLACES, "sections.reports": year_of(Reports, unstated)})
    assert verdict.passed
    assert verdict.numbers["n_unstated"] == 1


def test_a_file_in_which_no_report_was_recognised_is_shown_with_the_reason():
    wrong = {"path": "2019/乙.txt", "report_id": None, "severity": "error", "code": "no_report", "message": "no table"}
    findings = [wrong, {**wrong, "severity": "note", "code": "duplicate_file", "message": "a copy"}]
    tables = {**PLACES, "sections.findings": year_of(SectionsFindings, findings)}
    assert warnings.without_a_report({**tables, "sections.findings": year_of(SectionsFindings, [])}).passed
    verdict = warnings.without_a_report({**tables, "sections.reports": year_of(Reports, REPORTS[:1])})
    assert verdict.offenders.rows() == [("2019/乙.txt", "no_report", "no table")]
    assert verdict.told == "in 1 of 2 files that were read no report was recognised (2019/乙.txt)"


def test_a_refused_file_is_not_said_to_lack_a_report():
    refused = {"path": "2019/丙.txt", "document_id": None, "read_status": "refused", "error": "empty"}
    files = year_of(Files, [*FILES.collect().select("path", "document_id", "read_status", "error").to_dicts(), refused])
    tables = {**PLACES, "documents.files": files, "sections.findings": year_of(SectionsFindings, [])}
    assert warnings.without_a_report(tables).passed


def test_a_report_without_a_section_of_its_form_is_shown(forms):
    sections = [{"report_id": report, "section": code} for report in (1, 2) for code in ("overview", "visits")]
    judge = warnings.sections_missing(forms)
    assert judge({**PLACES, "sections.sections": year_of(Sections, sections)}).passed
    verdict = judge({**PLACES, "sections.sections": year_of(Sections, sections[:-1])})
    assert verdict.offenders.select("path", "missing").rows() == [("2019/乙.txt", "visits")]


def found(report, table, form, expected=3, there=3, lost=0):
    names = ("report_id", "table_code", "form", "items_expected", "items_found", "items_lost")
    return dict(zip(names, (report, table, form, expected, there, lost), strict=True))


@pytest.mark.parametrize("spoiled", [found(2, "visits", "visits", lost=1), found(2, "visits", "visits", there=2)])
def test_rows_that_were_lost_or_not_found_are_shown(spoiled):
    whole = [found(1, "visits", "visits")]
    assert warnings.rows_lost({**PLACES, "tables.found_tables": year_of(FoundTables, whole)}).passed
    verdict = warnings.rows_lost({**PLACES, "tables.found_tables": year_of(FoundTables, [*whole, spoiled])})
    assert verdict.offenders["path"].to_list() == ["2019/乙.txt"]


def test_a_report_with_rows_lost_in_two_tables_is_one_row():
    rows = [found(2, "visits", "visits", lost=1), found(2, "applications", "2021", expected=30, there=28, lost=3)]
    verdict = warnings.rows_lost({**PLACES, "tables.found_tables": year_of(FoundTables, rows)})
    assert verdict.offenders.rows() == [
        (
            "2019/乙.txt",
            "乙县",
            4,
            2,
            "applications (form 2021): 3 lost, 2 absent of 30; visits (form visits): 1 lost, 0 absent of 3",
        )
    ]
    assert verdict.summary == "4 rows have another number of values than cells, 2 are absent; reports: 1"


def test_a_report_on_two_forms_is_shown():
    same = [found(1, "applications", "2021"), found(1, "review_litigation", "2021")]
    mixed = [found(2, "applications", "2021"), found(2, "review_litigation", "2019")]
    not_found = [found(2, "applications", "2021"), found(2, "review_litigation", "2019", there=0)]
    assert warnings.forms_mixed({**PLACES, "tables.found_tables": year_of(FoundTables, same + not_found)}).passed
    verdict = warnings.forms_mixed({**PLACES, "tables.found_tables": year_of(FoundTables, same + mixed)})
    assert verdict.offenders.select("path", "forms").rows() == [("2019/乙.txt", "2019, 2021")]


def result(report, scope, left, right, verdict, law="visits.row_total"):
    values = (report, law, scope, "visits", left, right, left - right, verdict)
    names = ("report_id", "law", "scope", "table_code", "left_value", "right_value", "difference", "verdict")
    return dict(zip(names, values, strict=True))


def judged(law, rows, forms, reports=REPORTS):
    """The verdict on a law over results alone: the tables of both reports are on the form, and nothing was read."""
    on_form = [found(report["report_id"], "visits", "visits") for report in reports]
    tables = {"tables.found_tables": year_of(FoundTables, on_form)}
    for name, model in {"tables.cells": Cells, "tables.claims": Claims}.items():
        tables[name] = year_of(model, [])
    return judge_law(law, {**PLACES, **tables, "facts.law_results": year_of(LawResults, rows)}, forms)


def test_a_broken_law_shows_path_body_scope_and_both_sides_largest_first(forms):
    rows = [
        result(1, "enquiries", 3, 3, "holds"),
        result(1, "complaints", 9, 8, "broken"),
        result(2, "complaints", 2, 9, "broken"),
        result(2, "enquiries", 3, 3, "used"),
        result(2, "total", 1, 0, "broken", law="visits.column_total"),
    ]
    verdict = judged("visits.row_total", rows, forms)
    assert not verdict.passed
    shown = verdict.offenders.select("path", "organization", "scope", "difference").rows()
    assert [(path, body, scope, int(gap)) for path, body, scope, gap in shown] == [
        ("2019/乙.txt", "乙县", "complaints", -7),
        ("2019/甲.txt", "甲县", "complaints", 1),
    ]
    assert verdict.numbers == {"n_holds": 1, "n_broken": 2, "n_used": 1, "n_not_assessable": 0, "pass_rate": 1 / 3}


def test_a_law_that_was_never_broken_passes(forms):
    verdict = judged("visits.row_total", [result(1, "enquiries", 3, 3, "holds")], forms)
    assert verdict.passed
    assert verdict.details == {}


def test_a_law_with_nothing_to_judge_says_so(forms):
    verdict = judged("visits.row_total", [result(1, "enquiries", 3, 3, "used")], forms)
    assert verdict.told.startswith("nothing to judge")
    assert "pass_rate" not in verdict.numbers


def test_a_broken_law_shows_the_cells_that_do_not_go_together_and_where_they_stand(lake):
    tables = {name: StoredTable(lake, name, (2019,)).scan() for name in LAW_READS}
    verdict = judge_law("visits.row_total", tables, lake.forms)
    shown = verdict.details["offending_cells"].select("path", "side", "item", "measure", "printed", "line")
    assert shown.rows() == [
        ("2019/乙.txt", "left", "enquiries", "alone", "1", 6),
        ("2019/乙.txt", "left", "enquiries", "in_groups", "2", 6),
        ("2019/乙.txt", "right", "enquiries", "total", "4", 6),
    ]
    told = verdict.result(dg.AssetCheckSeverity.WARN)
    assert len(told.metadata["offending_cells"].records) == 3


def test_a_sentence_that_contradicts_is_shown_as_it_is_written(forms):
    rows = [{**result(1, "claim_1", 3, 4, "broken", law="narrative.enquiries"), "claim": 1}]
    claim = {"report_id": 1, "claim": 1, "subject": "enquiries", "sentence": "接待咨询3件。", "line": 3}
    tables = {"tables.claims": year_of(Claims, [claim]), "facts.law_results": year_of(LawResults, rows)}
    nothing = {"tables.cells": year_of(Cells, []), "tables.found_tables": year_of(FoundTables, [])}
    verdict = judge_law("narrative.enquiries", {**PLACES, **nothing, **tables}, forms)
    [shown] = verdict.details["offending_cells"].rows(named=True)
    assert (shown["path"], shown["printed"], shown["line"]) == ("2019/甲.txt", "接待咨询3件。", 3)


def test_every_law_of_the_shipped_forms_has_a_check_with_its_own_name():
    laws = laws_within_a_report(shipped_forms())
    assert "applications.balance" in laws
    assert not any(row.kind == "lag" for row in laws.values())
    assert len({check_name(law) for law in laws}) == len(laws)


def test_a_verdict_shows_its_first_offenders_as_a_table():
    verdict = Verdict(pl.DataFrame({"path": [f"{n}.txt" for n in range(50)]}), "50 files", {"n": 50})
    told = verdict.result(dg.AssetCheckSeverity.WARN)
    assert not told.passed
    assert len(told.metadata["first_offenders"].records) == 20


@pytest.mark.parametrize("layer", LAYERS)
def test_a_sound_year_keeps_every_promise(lake, layer):
    verdicts = judge_promises(lake, layer, 2019)
    assert set(verdicts) == set(promises(lake, layer))
    assert [promise for promise, verdict in verdicts.items() if not verdict.passed] == []


def test_every_identity_is_a_check_of_some_layer(lake):
    shown = {promise for layer in (*LAYERS, "panel") for promise in promises(lake, layer)}
    assert {rule for _, rule in shown} == {
        "schema",
        "blocks_of_documents",
        "sections_of_reports",
        "cells_are_dense",
        "cells_in_blocks",
        "wide_equals_cells",
        "claims_in_blocks",
        "results_of_claims",
        "facts_of_cells",
        "verified_cells_stand",
        "repairs_of_facts",
        "undisputed_reports_are_lawful",
        "one_report_is_current",
        "links_of_current_reports",
        "settlements_of_current_reports",
        "revisions_decide_what_is_current",
        "rates_of_facts",
        "counts_of_facts",
        "rates_of_panel",
        "panel_of_current_reports",
    }


POISON = {
    ("documents.files", "schema"): pl.lit("eaten").alias("read_status"),
    ("documents.documents", "blocks_of_documents"): (pl.col("n_blocks") + 1).cast(pl.Int32),
    ("documents.blocks", "schema"): pl.col("text").fill_null("both a paragraph and a grid"),
    ("sections.reports", "schema"): pl.lit("galaxy").alias("level"),
    ("sections.sections", "sections_of_reports"): pl.lit(99, pl.Int32).alias("last_block"),
    ("tables.cells", "schema"): pl.lit("blank").alias("reading"),
    ("tables.cells", "cells_are_dense"): pl.lit("人").alias("unit"),
    ("tables.cells", "cells_in_blocks"): pl.col("printed").str.replace("5", "6"),
    ("tables.visits", "wide_equals_cells"): pl.col("alone") + 1,
    ("facts.facts", "facts_of_cells"): (pl.col("reported") + 1).cast(pl.Decimal(20, 6)),
    ("facts.law_results", "verified_cells_stand"): pl.lit("broken").alias("verdict"),
    ("facts.facts", "repairs_of_facts"): (pl.col("value") + 1).cast(pl.Decimal(20, 6)),
    ("facts.facts", "undisputed_reports_are_lawful"): (pl.col("value") + 1).cast(pl.Decimal(20, 6)),
    ("quality.findings", "schema"): pl.lit("dreadful").alias("severity"),
    ("quality.scorecard", "schema"): pl.lit(None, pl.Int64).alias("n_files"),
}


@pytest.mark.parametrize("poison", POISON, ids=".".join)
def test_poison_makes_the_check_fail_and_is_shown(lake, rewrite, poison):
    name, rule = poison
    rewrite(lake, name, 2019, lambda rows: rows.with_columns(POISON[poison]))
    verdicts = judge_promises(lake, name.partition(".")[0], 2019)
    failing = [verdict for (_, each), verdict in verdicts.items() if each == rule and not verdict.passed]
    assert failing
    assert failing[0].numbers["n_broken"] > 0
    assert failing[0].offenders["rule"][0]


def test_a_file_changed_by_hand_fails_every_check_of_its_layer(lake):
    lake.file("facts.facts", 2019).write_bytes(b"")
    verdicts = judge_promises(lake, "facts", 2019)
    assert not any(verdict.passed for verdict in verdicts.values())
    assert "is not the file that was stored" in next(iter(verdicts.values())).summary


def test_the_warehouse_check_fails_when_the_warehouse_was_changed(lake):
    import duckdb

    from gk_pipeline.assets.warehouse import load_warehouse
    from gk_pipeline.checks.warehouse import equals_lake
    from gk_pipeline.warehouse.duckdb_warehouse import Warehouse

    with duckdb.connect() as connection:
        warehouse = Warehouse(connection, lake)
        load_warehouse(warehouse)
        assert equals_lake(warehouse).passed
        connection.execute("DELETE FROM sections.sections WHERE report_year = 2020 AND section = 'visits'")
        verdict = equals_lake(warehouse)
    assert verdict.offenders.row(0) == ("sections.sections", 2020, "rows", "2", "1")


def test_every_description_says_when_the_check_is_judged():
    checks = [law_checks(shipped_forms()), *(promise_checks(layer, shipped_forms()) for layer in LAYERS)]
    specs = [spec for each in [*checks, *warnings.warnings(shipped_forms())] for spec in each.check_specs]
    assert len(specs) > 30
    assert all(spec.description.endswith(WITH_ITS_YEAR) for spec in specs)


def test_a_check_that_is_asked_for_without_a_year_says_what_to_do(lake):
    check = warnings.warnings(lake.forms)[0]
    run = dg.materialize(
        [dg.AssetSpec(["documents", "files"], partitions_def=report_years), check],
        resources={"lake": LakeIOManager(folder=str(lake.folder), forms=lake.forms)},
        selection=dg.AssetSelection.all_asset_checks(),
        instance=dg.DagsterInstance.ephemeral(),
        raise_on_error=False,
    )
    [failure] = [event.step_failure_data for event in run.all_events if event.is_step_failure]
    assert failure.user_failure_data.description.startswith("This check needs a year. ")
