"""A poison case for every check of a table and for every identity: one promise broken, and nothing but that seen."""

import polars as pl
import pytest
from ways import FIXTURES

from gk_pipeline.forms import load_forms
from gk_pipeline.schemas import (
    claims,
    documents,
    facts,
    indicators,
    indicators_made,
    panel,
    revisions,
    sections,
    tables,
)
from gk_pipeline.schemas.catalog import IDENTITIES, check_batch, lake_tables
from gk_pipeline.schemas.table import BrokenPromise

from .promises import broken_promises, column_checks, frame_checks

TOY = load_forms(FIXTURES / "toy_form")

POISONS = []
"""What is promised, who breaks it, and which other promises cannot but break with it."""


NUMERATOR, DENOMINATOR = ("RatesOfFacts", "same_numerator"), ("RatesOfFacts", "same_denominator")
RATE_STATUS = ("RatesOfFacts", "same_statuses")
COUNTED, COUNT_STATUS = ("CountsOfFacts", "same_number"), ("CountsOfFacts", "same_status")
SUMS = (NUMERATOR, DENOMINATOR, RATE_STATUS, COUNTED, COUNT_STATUS)
"""What indicators promise of the facts that they are made of."""


def breaks(model, promise, *, and_so=()):
    """Mark a function from a batch to changed tables as the poison case of a promise."""

    def mark(poison):
        POISONS.append(pytest.param((model.__name__, promise), poison, set(and_so), id=poison.__name__))
        return poison

    return mark


def where(batch, name, condition, **changes):
    """The table with the first row that meets a condition changed."""
    frame = batch[name].with_row_index("at")
    at = frame.filter(condition)["at"].first()
    assert at is not None, f"no row of {name} meets {condition}"
    changed = [
        pl.when(pl.col("at") == at).then(value).otherwise(pl.col(column)).alias(column)
        for column, value in changes.items()
    ]
    schema = batch[name].schema
    return {name: frame.with_columns(changed).drop("at").cast({column: schema[column] for column in changes})}


def without(batch, name, condition):
    """The table without the first row that meets a condition."""
    frame = batch[name].with_row_index("at")
    at = frame.filter(condition)["at"].first()
    assert at is not None, f"no row of {name} meets {condition}"
    return {name: frame.filter(pl.col("at") != at).drop("at")}


def of_report(batch, name):
    """The condition that a row is of the report in a file."""
    owner = batch["documents.files"].filter(pl.col("path") == f"2027/{name}.txt")["document_id"].item()
    reports = batch["sections.reports"].filter(pl.col("document_id") == owner)
    return pl.col("report_id") == reports["report_id"].item()


# --- documents ------------------------------------------------------------------


@breaks(documents.Files, "refused_says_why")
def a_file_that_was_read_has_an_error(batch):
    return where(batch, "documents.files", pl.col("read_status") == "read", error=pl.lit("unreadable"))


@breaks(documents.Files, "refused_says_why")
def a_file_is_refused_without_a_word(batch):
    return where(batch, "documents.files", pl.col("read_status") == "refused", error=pl.lit(None))


@breaks(documents.Blocks, "paragraph_or_grid")
def a_paragraph_is_a_grid_too(batch):
    return where(batch, "documents.blocks", pl.col("block") == 0, grid_cells=pl.lit([], dtype=documents.GRID_CELLS))


@breaks(documents.Blocks, "paragraph_or_grid")
def a_block_is_neither_paragraph_nor_grid(batch):
    return where(batch, "documents.blocks", pl.col("block") == 0, text=pl.lit(None))


@breaks(documents.BlocksOfDocuments, "known", and_so=[("BlocksOfDocuments", "numbered_without_gaps")])
def a_block_belongs_to_no_document(batch):
    stray = batch["documents.blocks"].filter(pl.col("block") == 0).head(1).with_columns(document_id=pl.lit("0" * 64))
    return {"documents.blocks": pl.concat([batch["documents.blocks"], stray])}


@breaks(documents.BlocksOfDocuments, "first")
def the_first_block_is_numbered_below_zero(batch):
    return where(batch, "documents.blocks", pl.col("block") == 0, block=pl.lit(-1))


@breaks(documents.BlocksOfDocuments, "numbered_without_gaps", and_so=[("ClaimsInBlocks", "stands_there")])
def a_block_is_left_out(batch):
    return without(batch, "documents.blocks", pl.col("block") == 2)


@breaks(documents.BlocksOfDocuments, "numbered_without_gaps")
def a_block_is_numbered_far_too_high(batch):
    return where(batch, "documents.blocks", pl.col("block") == 1, block=pl.lit(99))


@breaks(documents.BlocksOfDocuments, "numbered_without_gaps")
def a_document_states_a_block_more_than_it_has(batch):
    return where(batch, "documents.documents", pl.lit(value=True), n_blocks=pl.col("n_blocks") + 1)


@breaks(documents.BlocksOfDocuments, "numbered_without_gaps")
def all_blocks_of_a_document_are_lost(batch):
    lost = batch["documents.documents"].head(1)
    of_tables = ("tables.cells", "tables.lending", "tables.income", "tables.found_tables")
    return {"documents.blocks": batch["documents.blocks"].join(lost, on="document_id", how="anti")} | {
        name: batch[name].join(batch["sections.reports"].join(lost, on="document_id"), on="report_id", how="anti")
        for name in (*of_tables, "tables.claims", "facts.facts", "facts.law_results")
    }


# --- sections -------------------------------------------------------------------


@breaks(sections.SectionsOfReports, "within")
def a_section_ends_behind_its_report(batch):
    return where(batch, "sections.sections", pl.col("section") == "income", last_block=pl.col("last_block") + 1)


@breaks(sections.SectionsOfReports, "within")
def a_section_starts_before_its_report(batch):
    return where(batch, "sections.sections", pl.col("section") == "overview", first_block=pl.lit(-1))


@breaks(sections.SectionsOfReports, "within")
def a_section_belongs_to_no_report(batch):
    return where(batch, "sections.sections", pl.col("section") == "overview", report_id=pl.lit(1))


@breaks(sections.SectionsOfReports, "ordered")
def a_section_ends_where_it_starts(batch):
    ends = {"last_block": pl.col("first_block"), "last_char": pl.col("first_char")}
    return where(batch, "sections.sections", pl.col("section") == "income", **ends)


@breaks(sections.SectionsOfReports, "disjoint")
def a_section_runs_into_the_next(batch):
    return where(batch, "sections.sections", pl.col("section") == "lending", last_char=pl.col("last_char") + 1)


@breaks(sections.SectionsOfReports, "known_code")
def a_section_is_on_no_form(batch):
    return where(batch, "sections.sections", pl.col("section") == "overview", section=pl.lit("appendix"))


# --- tables ---------------------------------------------------------------------


@breaks(tables.Cells, "reading_and_value_agree")
def a_number_has_no_decimals(batch):
    return where(batch, "tables.cells", pl.col("reading") == "number", decimals=pl.lit(None))


@breaks(tables.Cells, "reading_and_value_agree")
def a_dash_has_decimals(batch):
    return where(batch, "tables.cells", pl.col("reading") == "dash", decimals=pl.lit(0))


@breaks(
    tables.Cells,
    "reading_and_value_agree",
    and_so=[("WideEqualsCells", "same_number"), ("FactsOfCells", "same_number")],
)
def a_dash_has_a_value(batch):
    return where(batch, "tables.cells", pl.col("reading") == "dash", value=pl.lit(0), decimals=pl.lit(0))


@breaks(tables.Cells, "reading_and_value_agree")
def a_number_is_printed_nowhere(batch):
    return where(batch, "tables.cells", pl.col("reading") == "number", printed=pl.lit(None))


@breaks(tables.Cells, "printed_has_a_place", and_so=[("CellsInBlocks", "stands_there")])
def a_printed_cell_has_no_block(batch):
    return where(batch, "tables.cells", pl.col("printed").is_not_null(), block=pl.lit(None))


@breaks(tables.Cells, "printed_has_a_place", and_so=[("CellsInBlocks", "stands_there")])
def a_printed_cell_has_no_first_character(batch):
    return where(batch, "tables.cells", pl.col("printed").is_not_null(), char_start=pl.lit(None))


@breaks(tables.Cells, "candidates_only_where_open")
def a_number_has_candidates(batch):
    return where(batch, "tables.cells", pl.col("reading") == "number", candidates=pl.lit(["7"]))


@breaks(tables.Cells, "candidates_only_where_open", and_so=[("Cells", "candidates_come_of_alignments")])
def a_lost_cell_has_no_candidates(batch):
    return where(batch, "tables.cells", pl.col("reading") == "lost", candidates=pl.lit(None))


@breaks(tables.Cells, "candidates_only_where_open")
def a_lost_cell_does_not_say_how_many_alignments_are_left(batch):
    return where(batch, "tables.cells", pl.col("reading") == "lost", alignments=pl.lit(None, pl.Int32))


@breaks(tables.Cells, "candidates_come_of_alignments")
def a_lost_cell_has_more_candidates_than_alignments(batch):
    lost = (pl.col("reading") == "lost") & (pl.col("alignments") == 1)
    return where(batch, "tables.cells", lost, candidates=pl.lit(["0", "1"]))


@breaks(tables.CellsAreDense, "expected", and_so=[("CellsAreDense", "same_unit")])
def a_cell_is_on_no_form(batch):
    other = batch["tables.cells"].filter(of_report(batch, "other_year"))["report_id"].first()
    stray = batch["tables.cells"].filter(pl.col("reading") == "dash").head(1)
    stray = stray.with_columns(report_id=pl.lit(other), item=pl.lit("maps"), printed=pl.lit(None, pl.String))
    return {"tables.cells": pl.concat([batch["tables.cells"], stray])}


@breaks(tables.CellsAreDense, "present", and_so=[("WideEqualsCells", "same_number"), ("CellsAreDense", "same_unit")])
def a_cell_of_the_form_is_left_out(batch):
    return without(batch, "tables.cells", of_report(batch, "other_year"))


@breaks(tables.CellsAreDense, "same_unit")
def a_cell_is_in_another_unit(batch):
    amount = of_report(batch, "other_year") & (pl.col("measure") == "amount")
    return where(batch, "tables.cells", amount, unit=pl.lit("元"))


@breaks(tables.CellsInBlocks, "stands_there")
def a_cell_points_at_less_than_it_prints(batch):
    return where(batch, "tables.cells", pl.col("printed") == "438", char_end=pl.col("char_end") - 1)


@breaks(tables.CellsInBlocks, "stands_there")
def a_cell_points_at_its_neighbour(batch):
    return where(batch, "tables.cells", pl.col("printed") == "310", grid_column=pl.col("grid_column") + 1)


@breaks(tables.CellsInBlocks, "stands_there")
def a_cell_points_behind_the_end(batch):
    far = {"char_start": pl.col("char_start") + 500, "char_end": pl.col("char_end") + 500}
    return where(batch, "tables.cells", pl.col("printed") == "310", **far)


@breaks(tables.WideEqualsCells, "same_number")
def a_wide_table_holds_another_number(batch):
    return where(batch, "tables.lending", pl.col("adults") == 310, adults=pl.col("adults") + 1)


@breaks(tables.WideEqualsCells, "same_number")
def a_wide_table_lost_a_row(batch):
    return without(batch, "tables.income", pl.col("amount").is_not_null())


@breaks(tables.WideEqualsCells, "same_number")
def a_wide_table_holds_a_number_for_a_blank(batch):
    return where(batch, "tables.income", pl.col("amount").is_null(), amount=pl.lit(0))


# --- facts ----------------------------------------------------------------------


@breaks(facts.Facts, "status_and_numbers_agree", and_so=[NUMERATOR])
def a_missing_cell_has_a_value(batch):
    missing = (pl.col("status") == "missing") & (pl.col("table_code") == "income")
    return where(batch, "facts.facts", missing, value=pl.lit(1))


@breaks(
    facts.Facts,
    "only_numbers_are_reported",
    and_so=[
        *(("FactsOfCells", "same_number"), ("VerifiedCellsStand", "n_holds")),
        *(NUMERATOR, RATE_STATUS, COUNTED, COUNT_STATUS),
    ],
)
def a_blank_is_reported_as_a_verified_zero(batch):
    blank = (pl.col("reading") == "dash") & (pl.col("table_code") == "income")
    changes = {"reported": pl.lit(0), "value": pl.lit(0), "status": pl.lit("verified")}
    return where(batch, "facts.facts", blank, **changes)


@breaks(facts.Facts, "only_numbers_are_reported", and_so=[("FactsOfCells", "same_number")])
def a_number_that_was_read_is_not_reported(batch):
    nothing = {"reported": pl.lit(None), "value": pl.lit(None), "status": pl.lit("missing")}
    return where(batch, "facts.facts", pl.col("status") == "unverified", **nothing)


@breaks(facts.LawResults, "difference_is_left_less_right")
def a_law_result_does_not_add_up(batch):
    return where(batch, "facts.law_results", pl.col("verdict") == "holds", left_value=pl.col("left_value") + 1)


@breaks(facts.LawResults, "difference_is_left_less_right")
def a_law_result_has_one_side(batch):
    return where(batch, "facts.law_results", pl.col("verdict") == "not_assessable", left_value=pl.lit(1))


@breaks(facts.LawResults, "verdict_follows")
def a_broken_law_is_said_to_hold(batch):
    return where(batch, "facts.law_results", pl.col("verdict") == "broken", verdict=pl.lit("holds"))


@breaks(facts.FactsOfCells, "cell_and_fact", and_so=[("FactsOfCells", "same_reading"), COUNT_STATUS])
def a_cell_has_no_fact(batch):
    return without(batch, "facts.facts", (pl.col("status") == "missing") & (pl.col("table_code") == "income"))


@breaks(
    facts.FactsOfCells,
    "cell_and_fact",
    and_so=[
        ("FactsOfCells", "same_reading"),
        ("FactsOfCells", "same_number"),
        ("ResultsOfClaims", "one_verdict"),
        ("ResultsOfClaims", "same_subject"),
        ("RatesOfFacts", "has_its_row"),
        *SUMS,
    ],
)
def a_whole_report_is_left_out_of_the_facts_in_silence(batch):
    return {name: batch[name].filter(~of_report(batch, "lawful")) for name in ("facts.facts", "facts.law_results")}


@breaks(facts.FactsOfCells, "cell_and_fact", and_so=[("FactsOfCells", "same_reading"), ("FactsOfCells", "same_number")])
def a_refiled_report_has_facts(batch):
    stray = batch["facts.facts"].filter(of_report(batch, "lawful"), pl.col("table_code") == "income")
    other = batch["tables.cells"].filter(of_report(batch, "other_year"))["report_id"].first()
    stray = stray.with_columns(report_id=pl.lit(other), status=pl.lit("unverified"))
    return {"facts.facts": pl.concat([batch["facts.facts"], stray])}


@breaks(facts.FactsOfCells, "cell_and_fact", and_so=[("FactsOfCells", "same_reading"), COUNT_STATUS])
def a_fact_is_on_another_form_than_its_cell(batch):
    missing = (pl.col("status") == "missing") & (pl.col("table_code") == "income")
    return where(batch, "facts.facts", missing, form=pl.lit("2021"))


@breaks(facts.FactsOfCells, "cell_and_fact", and_so=[("FactsOfCells", "same_reading")])
def a_fact_is_in_another_unit_than_its_cell(batch):
    missing = (pl.col("status") == "missing") & (pl.col("table_code") == "income")
    return where(batch, "facts.facts", missing, unit=pl.lit("元"))


@breaks(facts.FactsOfCells, "same_number")
def a_fact_reports_another_number_than_its_cell(batch):
    return where(batch, "facts.facts", pl.col("status") == "unverified", reported=pl.lit(9), value=pl.lit(9))


@breaks(facts.FactsOfCells, "same_reading")
def a_fact_reads_another_thing_than_its_cell(batch):
    return where(batch, "facts.facts", pl.col("reading") == "dash", reading=pl.lit("blank"))


@breaks(facts.VerifiedCellsStand, "n_holds")
def a_cell_is_verified_by_no_equality(batch):
    return where(batch, "facts.facts", pl.col("status") == "unverified", status=pl.lit("verified"))


@breaks(
    facts.VerifiedCellsStand,
    "n_holds",
    and_so=[("RepairsOfFacts", "one_correction"), ("UndisputedReportsAreLawful", "imbalance")],
)
def a_number_with_all_its_equalities_broken_is_verified(batch):
    corrected = of_report(batch, "wrong") & (pl.col("status") == "corrected")
    return where(batch, "facts.facts", corrected, status=pl.lit("verified"), value=pl.col("reported"))


@breaks(facts.VerifiedCellsStand, "n_holds")
def an_equality_that_used_a_deduced_cell_verifies_nothing(batch):
    made_of_it = of_report(batch, "blank") & (pl.col("scope") == "literature") & (pl.col("verdict") == "used")
    column = of_report(batch, "blank") & (pl.col("scope") == "adults") & (pl.col("law") == "lending.column_total")
    assert batch["facts.law_results"].filter(made_of_it).height == 1
    return where(batch, "facts.law_results", column, verdict=pl.lit("used"))


@breaks(facts.Repairs, "something_changes")
def a_repair_changes_nothing(batch):
    return where(batch, "facts.repairs", ~pl.col("applied"), value_to=pl.col("value_from"))


@breaks(facts.Repairs, "only_the_likeliest_is_applied")
def a_repair_with_a_rival_is_applied(batch):
    return where(batch, "facts.repairs", pl.col("applied"), rivals=pl.lit(1))


@breaks(facts.RepairsOfFacts, "one_correction")
def a_corrected_cell_has_no_repair(batch):
    return without(batch, "facts.repairs", pl.col("applied"))


@breaks(facts.RepairsOfFacts, "one_correction")
def a_rival_counts_as_applied(batch):
    return where(batch, "facts.repairs", ~pl.col("applied"), applied=pl.lit(value=True), rivals=pl.lit(0))


@breaks(facts.RepairsOfFacts, "from_print")
def a_repair_starts_from_another_number_than_is_printed(batch):
    return where(batch, "facts.repairs", ~pl.col("applied"), value_from=pl.col("value_from") + 7)


@breaks(facts.UndisputedReportsAreLawful, "imbalance", and_so=[("RepairsOfFacts", "one_correction")])
def a_correction_leaves_an_equality_broken(batch):
    return where(batch, "facts.facts", pl.col("status") == "corrected", value=pl.col("value") + 2)


@breaks(facts.UndisputedReportsAreLawful, "imbalance")
def a_deduced_value_is_one_off(batch):
    deduced = of_report(batch, "blank") & (pl.col("status") == "deduced")
    return where(batch, "facts.facts", deduced, value=pl.col("value") + 1)


@breaks(facts.UndisputedReportsAreLawful, "imbalance", and_so=[COUNTED, DENOMINATOR])
def a_deduced_value_is_one_off_in_a_report_with_a_missing_cell(batch):
    words = of_report(batch, "words")
    assert "missing" in batch["facts.facts"].filter(words)["status"]
    return where(batch, "facts.facts", words & (pl.col("status") == "deduced"), value=pl.col("value") + 1)


# --- claims ---------------------------------------------------------------------


@breaks(claims.Claims, "comes_after_its_whole", and_so=[])
def a_part_comes_before_its_whole(batch):
    return where(batch, "tables.claims", pl.col("claim_kind") == "part", part_of=pl.col("claim") + 1)


@breaks(claims.Claims, "comes_after_its_whole")
def a_part_is_part_of_nothing(batch):
    return where(batch, "tables.claims", pl.col("claim_kind") == "part", part_of=pl.lit(None))


@breaks(claims.Claims, "counts_and_shares_are_not_negative")
def a_sentence_counts_less_than_nothing(batch):
    return where(batch, "tables.claims", pl.col("claim_kind") == "count", value=-pl.col("value"))


@breaks(claims.Claims, "counts_and_shares_are_not_negative")
def a_number_has_no_last_place(batch):
    return where(batch, "tables.claims", pl.col("claim_kind") == "share", step=pl.lit(0))


@breaks(claims.ClaimsInBlocks, "stands_there")
def a_claim_stands_elsewhere_than_it_says(batch):
    moved = {"char_start": pl.col("char_start") + 1, "char_end": pl.col("char_end") + 1}
    return where(batch, "tables.claims", pl.lit(value=True), **moved)


@breaks(
    facts.LawResults,
    "claims_have_narrative_laws",
    and_so=[("ResultsOfClaims", "one_verdict"), ("ResultsOfClaims", "same_subject")],
)
def a_narrative_law_judges_no_claim(batch):
    return where(batch, "facts.law_results", pl.col("claim").is_not_null(), claim=pl.lit(None))


@breaks(facts.LawResults, "claims_have_narrative_laws")
def a_sum_of_the_form_judges_a_claim(batch):
    return where(batch, "facts.law_results", pl.col("claim").is_null(), claim=pl.lit(1))


@breaks(facts.LawResults, "claims_have_narrative_laws")
def a_claim_holds_but_means_no_cell(batch):
    return where(batch, "facts.law_results", pl.col("matched").is_not_null(), matched=pl.lit(None))


@breaks(claims.ResultsOfClaims, "one_verdict", and_so=[("ResultsOfClaims", "same_subject")])
def a_claim_has_no_verdict(batch):
    return without(batch, "facts.law_results", pl.col("claim").is_not_null())


@breaks(claims.ResultsOfClaims, "one_verdict")
def a_claim_has_two_verdicts(batch):
    twice = batch["facts.law_results"].filter(pl.col("claim") == 1).head(1).with_columns(scope=pl.lit("claim_one"))
    return {"facts.law_results": pl.concat([batch["facts.law_results"], twice])}


@breaks(claims.ResultsOfClaims, "same_subject")
def a_claim_is_judged_by_the_law_of_another_subject(batch):
    own = pl.col("law") == "narrative.income"
    return where(batch, "facts.law_results", own, law=pl.lit("narrative.children"))


# --- all of them ----------------------------------------------------------------


# --- revisions ------------------------------------------------------------------

SUPERSEDED = pl.col("standing") == "superseded"


@breaks(revisions.RevisedCells, "something_changed")
def a_revised_cell_prints_what_it_printed(batch):
    anywhere = pl.lit(value=True)
    return where(batch, "facts.revised_cells", anywhere, current_reported=pl.col("reported"))


@breaks(revisions.OneReportIsCurrent, "one_current")
def two_reports_of_a_body_are_current(batch):
    return where(batch, "facts.revisions", pl.col("standing") == "resaved", standing=pl.lit("current"))


@breaks(revisions.OneReportIsCurrent, "one_current", and_so=[("RevisionsDecideWhatIsCurrent", "as_decided")])
def a_report_calls_another_one_current(batch):
    return where(batch, "facts.revisions", pl.col("standing") == "resaved", current_report_id=pl.col("report_id"))


@breaks(revisions.OneReportIsCurrent, "one_current")
def a_lonely_report_is_called_current(batch):
    return without(batch, "facts.revisions", pl.col("standing") == "resaved")


@breaks(revisions.OneReportIsCurrent, "has_its_cells")
def a_changed_cell_is_not_written_down(batch):
    return without(batch, "facts.revised_cells", pl.lit(value=True))


@breaks(revisions.OneReportIsCurrent, "has_its_cells")
def a_superseded_report_is_called_resaved(batch):
    return where(batch, "facts.revisions", SUPERSEDED, standing=pl.lit("resaved"))


@breaks(revisions.OneReportIsCurrent, "has_its_cells")
def another_number_is_counted_as_one_that_is_lacking(batch):
    return where(batch, "facts.revisions", SUPERSEDED, n_lacking=pl.col("n_lacking") + 1)


# --- panel ----------------------------------------------------------------------

BROKEN, HOLDS = pl.col("verdict") == "broken", pl.col("verdict") == "holds"
LAG, OPEN = pl.col("law_kind") == "lag", pl.col("open_because") == "no_number"


@breaks(panel.YearLinks, "difference_is_left_less_right")
def a_link_states_another_difference(batch):
    return where(batch, "panel.year_links", HOLDS, difference=pl.col("difference") + 1)


@breaks(panel.YearLinks, "verdict_follows")
def a_broken_link_is_said_to_hold(batch):
    return where(batch, "panel.year_links", BROKEN & ~pl.col("explained"), verdict=pl.lit("holds"))


@breaks(panel.YearLinks, "verdict_follows")
def a_link_that_holds_is_said_to_be_broken(batch):
    return where(batch, "panel.year_links", HOLDS, verdict=pl.lit("broken"))


@breaks(panel.YearLinks, "verdict_follows", and_so=[("YearLinks", "open_ones_say_why")])
def a_link_without_numbers_holds(batch):
    return where(batch, "panel.year_links", OPEN, verdict=pl.lit("holds"))


@breaks(panel.YearLinks, "open_ones_say_why")
def an_open_link_does_not_say_why(batch):
    return where(batch, "panel.year_links", OPEN, open_because=pl.lit(None))


@breaks(panel.YearLinks, "open_ones_say_why")
def a_link_to_a_report_says_that_there_is_none(batch):
    return where(batch, "panel.year_links", OPEN, open_because=pl.lit("no_report"))


@breaks(panel.YearLinks, "only_broken_ones_are_explained")
def a_link_that_holds_is_explained(batch):
    return where(batch, "panel.year_links", HOLDS, explained=pl.lit(value=True))


@breaks(panel.YearLinks, "a_lag_allows_one_value")
def a_lag_allows_more_than_last_year(batch):
    return where(batch, "panel.year_links", LAG & HOLDS, most_value=pl.col("most_value") + 1)


@breaks(panel.Settlements, "a_settled_cell_has_a_value")
def a_settled_cell_has_none(batch):
    return where(batch, "panel.settlements", pl.col("settlement_kind") == "settled", value=pl.lit(None))


@breaks(panel.Settlements, "a_settled_cell_has_a_value")
def a_veto_supports_a_third_number(batch):
    return where(batch, "panel.settlements", pl.col("settlement_kind") == "vetoed", value=pl.col("reported") + 1)


@breaks(panel.Settlements, "the_witness_is_named")
def the_witness_is_another_one(batch):
    return where(batch, "panel.settlements", pl.lit(value=True), neighbour=pl.lit("both_years"))


@breaks(panel.LinksOfCurrentReports, "this_is_current")
def a_link_is_of_a_report_that_is_not_current(batch):
    return where(batch, "panel.year_links", HOLDS, report_id=pl.lit(1))


@breaks(panel.LinksOfCurrentReports, "last_is_current")
def a_link_is_to_a_report_that_is_not_current(batch):
    return where(batch, "panel.year_links", HOLDS, last_report_id=pl.lit(1))


@breaks(panel.LinksOfCurrentReports, "last_is_current", and_so=[("YearLinks", "open_ones_say_why")])
def a_link_overlooks_last_years_report(batch):
    return where(batch, "panel.year_links", OPEN, last_report_id=pl.lit(None))


@breaks(panel.SettlementsOfCurrentReports, "is_current")
def a_cell_of_a_report_that_is_not_current_is_settled(batch):
    return where(batch, "panel.settlements", pl.lit(value=True), organization_id=pl.lit("org-0"))


@breaks(
    panel.RevisionsDecideWhatIsCurrent,
    "as_decided",
    and_so=[
        *((name, "this_is_current") for name in ("LinksOfCurrentReports", "PanelOfCurrentReports")),
        ("RatesOfFacts", "has_its_row"),
        *SUMS,
    ],
)
def the_panel_takes_a_superseded_report(batch):
    superseded = batch["facts.revisions"].filter(SUPERSEDED).row(0, named=True)
    of_body = pl.col("organization_id") == superseded["organization_id"]
    return where(batch, "panel.current_reports", of_body, report_id=pl.lit(superseded["report_id"]))


# --- indicators -----------------------------------------------------------------

CLOSED, SHOWN = pl.col("open_because").is_null(), ("RatesOfPanel", "same_value")
COUNT = pl.col("indicator_kind") == "count"


@breaks(indicators.Rates, "value_is_the_quotient", and_so=[SHOWN])
def a_rate_is_rounded_wrongly(batch):
    return where(batch, "panel.rates", CLOSED, value=pl.col("value") + pl.lit(0.000001).cast(pl.Decimal(20, 6)))


@breaks(
    indicators.Rates,
    "open_ones_say_why",
    and_so=[SHOWN, ("CountsOfFacts", "same_number"), ("Panel", "unsure_numbers_are_not_given")],
)
def a_disputed_number_is_given_as_a_rate(batch):
    disputed = pl.col("open_because") == "disputed"
    rates = where(batch, "panel.rates", disputed, value=pl.col("numerator") * pl.col("per") / pl.col("denominator"))
    return rates | where(batch, "panel.panel", COUNT & (pl.col("status") == "disputed"), value=pl.lit(1))


@breaks(indicators.Rates, "open_ones_say_why", and_so=[SHOWN])
def a_rate_is_left_out_without_a_reason(batch):
    return where(batch, "panel.rates", CLOSED & (pl.col("value") > 0), value=pl.lit(None))


@breaks(indicators.Rates, "missing_sides_have_no_number", and_so=[("RatesOfFacts", "same_statuses")])
def a_side_without_a_number_is_verified(batch):
    open_side = pl.col("numerator").is_null()
    return where(batch, "panel.rates", open_side, numerator_status=pl.lit("verified"))


@breaks(indicators.Panel, "change_is_of_comparable_numbers")
def a_change_is_between_numbers_that_do_not_compare(batch):
    return where(batch, "panel.panel", ~pl.col("comparable"), change=pl.lit(1))


@breaks(indicators.Panel, "change_is_of_comparable_numbers")
def a_change_has_the_wrong_sign(batch):
    return where(batch, "panel.panel", pl.col("change") > 0, change=-pl.col("change"))


@breaks(indicators.Panel, "open_ones_say_why")
def numbers_do_not_compare_for_no_reason(batch):
    return where(batch, "panel.panel", pl.col("open_because") == "no_number", open_because=pl.lit(None))


@breaks(indicators.Panel, "unsure_numbers_are_not_given", and_so=[("CountsOfFacts", "same_number")])
def a_sure_count_is_left_out(batch):
    alone = pl.col("last_report_id").is_null()
    return where(batch, "panel.panel", COUNT & alone & pl.col("value").is_not_null(), value=pl.lit(None))


@breaks(indicators.Panel, "unsure_numbers_are_not_given")
def last_years_number_was_missing(batch):
    return where(batch, "panel.panel", pl.col("last_value").is_not_null(), last_status=pl.lit("missing"))


@breaks(
    indicators_made.RatesOfFacts,
    "has_its_row",
    and_so=[
        *(("RatesOfFacts", f"same_{side}") for side in ("numerator", "denominator", "statuses")),
        *(("RatesOfPanel", f"same_{what}") for what in ("value", "report")),
    ],
)
def a_rate_has_no_row(batch):
    return without(batch, "panel.rates", CLOSED)


@breaks(indicators_made.RatesOfFacts, "has_its_row", and_so=[("Rates", "value_is_the_quotient")])
def a_share_is_given_in_percent(batch):
    return where(batch, "panel.rates", CLOSED & (pl.col("per") == 1), per=pl.lit(100))


@breaks(indicators_made.RatesOfFacts, "same_numerator")
def a_numerator_is_of_other_cells(batch):
    printed = (pl.col("open_because") == "disputed") & pl.col("numerator").is_not_null()
    return where(batch, "panel.rates", printed, numerator=pl.col("numerator") + 1)


@breaks(indicators_made.RatesOfFacts, "same_denominator")
def a_denominator_is_of_other_cells(batch):
    printed = (pl.col("open_because") == "disputed") & pl.col("denominator").is_not_null()
    return where(batch, "panel.rates", printed, denominator=pl.col("denominator") + 1)


@breaks(indicators_made.RatesOfFacts, "same_statuses")
def a_deduced_side_passes_for_verified(batch):
    deduced = pl.col("denominator_status") == "deduced"
    return where(batch, "panel.rates", deduced, denominator_status=pl.lit("verified"))


@breaks(indicators_made.CountsOfFacts, "same_number")
def a_count_is_another_number(batch):
    alone = pl.col("last_report_id").is_null()
    return where(batch, "panel.panel", COUNT & alone & pl.col("value").is_not_null(), value=pl.col("value") + 1)


@breaks(indicators_made.CountsOfFacts, "same_status")
def a_deduced_count_passes_for_verified(batch):
    return where(batch, "panel.panel", COUNT & (pl.col("status") == "deduced"), status=pl.lit("verified"))


@breaks(indicators_made.CountsOfFacts, "same_number", and_so=[("CountsOfFacts", "same_status")])
def a_count_has_no_row(batch):
    return without(batch, "panel.panel", COUNT & pl.col("value").is_not_null())


@breaks(indicators_made.RatesOfPanel, "same_value")
def the_panel_has_another_rate(batch):
    alone = pl.col("last_report_id").is_null() & pl.col("value").is_not_null()
    return where(batch, "panel.panel", ~COUNT & alone, value=pl.col("value") + 1)


@breaks(indicators_made.RatesOfPanel, "same_report", and_so=[("PanelOfCurrentReports", "this_is_current")])
def the_panel_has_the_rate_of_another_report(batch):
    return where(batch, "panel.panel", ~COUNT, report_id=pl.lit(1))


@breaks(indicators_made.PanelOfCurrentReports, "this_is_current", and_so=[("RatesOfPanel", "same_report")])
def an_indicator_is_of_a_report_that_is_not_current(batch):
    return where(batch, "panel.panel", ~COUNT & CLOSED, report_id=pl.lit(1))


@breaks(indicators_made.PanelOfCurrentReports, "last_is_current")
def an_indicator_is_compared_with_a_report_that_is_not_current(batch):
    return where(batch, "panel.panel", CLOSED, last_report_id=pl.lit(1))


@pytest.mark.parametrize(("promise", "poison", "and_so"), POISONS)
def test_a_batch_that_breaks_a_promise_is_refused(batch, toy, promise, poison, and_so):
    spoiled = poison(batch)
    assert broken_promises(batch, spoiled, toy) == {promise, *and_so}
    with pytest.raises(BrokenPromise) as refused:
        check_batch({**batch, **spoiled}, toy)
    assert any(str(refused.value).startswith(f"{model}: ") for model, _ in {promise, *and_so})


def test_every_promise_has_a_poison_case():
    """keys, types, nulls and lists of words are broken column by column in test_models."""
    rows = {(m.__name__, check) for m in lake_tables(TOY).values() for check in frame_checks(m)}
    between = {(m.__name__, check) for m in IDENTITIES for check in [*frame_checks(m), *column_checks(m)]}
    promised = {(model, check) for model, check in rows | between if check != "keys_are_unique"}
    assert {case.values[0] for case in POISONS} == promised


@pytest.mark.parametrize(
    ("status", "reported", "value"),
    [
        ("verified", 1, 2),
        ("verified", 1, None),
        ("verified", None, 1),
        ("verified", None, None),
        ("unverified", 1, 2),
        ("unverified", None, None),
        ("deduced", 1, 1),
        ("deduced", None, None),
        ("missing", None, 1),
        ("missing", 1, 1),
        ("disputed", 1, 2),
        ("disputed", None, 1),
        ("disputed", 1, None),
        ("corrected", 1, None),
        ("corrected", 1, 1),
    ],
)
def test_a_status_does_not_go_with_these_numbers(batch, status, reported, value):
    fact = (
        batch["facts.facts"]
        .head(1)
        .with_columns(
            status=pl.lit(status),
            reported=pl.lit(reported, pl.Decimal(20, 6)),
            value=pl.lit(value, pl.Decimal(20, 6)),
            reading=pl.lit("blank" if reported is None else "number"),
        )
    )
    with pytest.raises(BrokenPromise, match="status_and_numbers_agree"):
        facts.Facts.check(fact)


@pytest.mark.parametrize(
    ("status", "reported", "value"),
    [
        ("verified", 1, 1),
        ("unverified", 1, 1),
        ("deduced", None, 1),
        ("missing", None, None),
        ("disputed", 1, 1),
        ("disputed", None, None),
        ("corrected", 1, 2),
    ],
)
def test_a_status_goes_with_these_numbers(batch, status, reported, value):
    fact = (
        batch["facts.facts"]
        .head(1)
        .with_columns(
            status=pl.lit(status),
            reported=pl.lit(reported, pl.Decimal(20, 6)),
            value=pl.lit(value, pl.Decimal(20, 6)),
            reading=pl.lit("blank" if reported is None else "number"),
        )
    )
    assert facts.Facts.check(fact).height == 1


@pytest.mark.parametrize(
    ("kind", "verdict", "difference", "tolerance"),
    [
        ("equality", "holds", 2, 1),
        ("equality", "holds", -2, 1),
        ("equality", "used", 2, 1),
        ("equality", "broken", 1, 1),
        ("equality", "broken", -1, 1),
        ("equality", "not_assessable", 0, 0),
        ("equality", "holds", None, None),
        ("equality", "holds", 0, None),
        ("equality", "broken", 5, None),
        ("equality", "broken", None, 0),
        ("inequality", "holds", -2, 1),
        ("inequality", "broken", -1, 1),
        ("inequality", "broken", 7, 1),
        ("inequality", "used", -2, 1),
    ],
)
def test_a_verdict_does_not_follow_from_this_difference(batch, kind, verdict, difference, tolerance):
    amount = pl.Decimal(20, 6)
    result = (
        batch["facts.law_results"]
        .head(1)
        .with_columns(
            law_kind=pl.lit(kind),
            verdict=pl.lit(verdict),
            left_value=pl.lit(difference, amount),
            right_value=pl.lit(None if difference is None else 0, amount),
            difference=pl.lit(difference, amount),
            tolerance=pl.lit(tolerance, amount),
        )
    )
    with pytest.raises(BrokenPromise, match="verdict_follows"):
        facts.LawResults.check(result)
