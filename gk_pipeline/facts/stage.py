"""The facts stage: a batch of cells to facts with a status and laws with a verdict."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import polars as pl

from gk_pipeline.documents.frames import first_paths
from gk_pipeline.facts.arrays import facts_frame, in_form_order, law_frame, of_frame, repairs_frame
from gk_pipeline.facts.claims import claim_verdicts, claims_frame, contradictions
from gk_pipeline.facts.correction_file import Cell, Correction
from gk_pipeline.facts.corrections import NOTHING_REVIEWED, CellKey, of_table, values_of
from gk_pipeline.facts.decisions import Defied, contradicted, defied_laws, reviewed_cells_told
from gk_pipeline.facts.findings import BrokenLaw, broken_laws, cells_in_doubt, missing_cells
from gk_pipeline.facts.reconcile import CORRECTED, DISPUTED, reconcile_tables
from gk_pipeline.forms import Form
from gk_pipeline.quality.finding import Finding
from gk_pipeline.quality.frames import Placed, findings_frame
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.facts import OTHER_YEAR, Facts, LawResults, Repairs
from gk_pipeline.schemas.quality import FactsFindings
from gk_pipeline.schemas.tables import CELL

_TOLD = ("status", "reported", "value")


def reconcile(
    batch: Batch, *, forms: Sequence[Form], year: int | None, reviewed: Mapping[CellKey, Correction] = NOTHING_REVIEWED
) -> Batch:
    """The facts of a batch of reports: facts.facts, law_results, repairs and what a person should look at.

    A report that says it is about another year than its folder stays out until it is refiled; `year` None keeps all.
    `reviewed` are people's corrections by cell, of these reports and others.
    """
    reports = batch["sections.reports"]
    refiled = reports.filter((pl.col("stated_year") != year).fill_null(value=False)) if year else reports.clear()
    cells = batch["tables.cells"].join(refiled, on="report_id", how="anti")
    facts, results, repairs, defied = judge(cells, forms, reviewed)
    verdicts = claim_verdicts(batch["tables.claims"].join(refiled, on="report_id", how="anti"), facts, forms)
    paths = first_paths(batch["documents.files"])
    path_of = {key: paths[document] for key, document in reports.select("report_id", "document_id").iter_rows()}
    placed = [
        Placed(path_of[key], key, _refile(stated, year))
        for key, stated in refiled.select("report_id", "stated_year").iter_rows()
    ]
    placed += [Placed(path_of[key], key, finding) for key, finding in _findings(results, facts, reviewed, forms)]
    placed += [Placed(path_of[key], key, finding) for key, finding in _of_decisions(reviewed, defied, path_of, forms)]
    placed += [Placed(path_of[key], key, finding) for key, own in verdicts for finding in contradictions(own, forms)]
    return {
        "facts.facts": facts,
        "facts.law_results": pl.concat([results, claims_frame(verdicts)]).sort(LawResults.key_columns()),
        "facts.repairs": repairs,
        "facts.findings": findings_frame(FactsFindings, "facts", placed),
    }


class Judgement(NamedTuple):
    """The facts, law results and repairs of some reports, and for each the laws that fail with what was decided."""

    facts: pl.DataFrame
    results: pl.DataFrame
    repairs: pl.DataFrame
    defied: Mapping[int, Sequence[Defied]]


def judge(
    cells: pl.DataFrame, forms: Sequence[Form], reviewed: Mapping[CellKey, Correction] = NOTHING_REVIEWED
) -> Judgement:
    """What holds of cells: every law over every report, a table of a form at a time."""
    defied: dict[int, list[Defied]] = {}
    facts, results, repairs = [Facts.no_rows()], [LawResults.no_rows()], [Repairs.no_rows()]
    for form in forms:
        for table in form.tables:
            ordered = in_form_order(cells, table)
            if ordered.is_empty():
                continue
            keys = ordered["report_id"].unique(maintain_order=True)
            decided = of_table(reviewed, table, keys.to_list())
            judged = reconcile_tables(of_frame(ordered, table, forms), values_of(decided))
            facts.append(facts_frame(ordered, judged))
            for (sides, verdicts), kind in zip(judged.laws, ("equality", "inequality"), strict=True):
                results.append(law_frame(keys, table, sides, verdicts, kind))
            repairs.append(repairs_frame(keys.to_list(), table, judged, decided))
            for row, own in decided.items():
                defied.setdefault(keys[row], []).extend(defied_laws(table, judged, row, own))
    by_cell, by_law = Facts.key_columns(), LawResults.key_columns()
    return Judgement(
        pl.concat(facts).sort(by_cell), pl.concat(results).sort(by_law), _numbered(pl.concat(repairs)), defied
    )


def _numbered(repairs: pl.DataFrame) -> pl.DataFrame:
    """Repairs and explanations of several tables counted through, report by report."""
    ordered = repairs.sort("report_id", "table_code", "repair")
    count = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("report_id")
    explanation = pl.struct("table_code", "explanation").rle_id().rank("dense").cast(pl.Int32).over("report_id")
    return ordered.with_columns(repair=count, explanation=explanation)


def _refile(stated: int, year: int | None) -> Finding:
    message = f"The report says it is about {stated}, but lies in the folder of {year}; it stays out of the facts."
    return Finding("error", OTHER_YEAR, message, f"Move the file to the folder {stated}, then run both years again.")


def _findings(
    results: pl.DataFrame, facts: pl.DataFrame, reviewed: Mapping[CellKey, Correction], forms: Sequence[Form]
) -> Iterator[tuple[int, Finding]]:
    broken = results.filter(pl.col("verdict") == "broken")
    sides = broken.select("report_id", "law", "scope", "table_code", "severity", "left_value", "right_value")
    by_people: dict[int, list[Cell]] = {}
    for (key, *_), one in reviewed.items():
        by_people.setdefault(key, []).append(one.cell)
    for key, rows in groupby(sides.iter_rows(), key=itemgetter(0)):
        own = [BrokenLaw(*row[1:]) for row in rows]
        yield from ((key, finding) for finding in broken_laws(own, forms, by_people.get(key, ())))
    decided = pl.DataFrame(list(reviewed), schema=dict(zip(CELL, facts.select(CELL).dtypes, strict=True)), orient="row")
    doubtful = facts.filter(pl.col("status").is_in([CORRECTED, DISPUTED])).join(decided, on=CELL, how="anti")
    told = doubtful.select("report_id", "table_code", pl.concat_str("item", "measure", separator="."), *_TOLD)
    for (key, table), rows in groupby(told.iter_rows(), key=itemgetter(0, 1)):
        yield from ((key, finding) for finding in cells_in_doubt(table, [row[2:] for row in rows], forms))
    missing = facts.filter(pl.col("status") == "missing").group_by("report_id", "table_code", maintain_order=True).len()
    for key, table, count in missing.iter_rows():
        yield key, missing_cells(table, count)


def _of_decisions(
    reviewed: Mapping[CellKey, Correction],
    defied: Mapping[int, Sequence[Defied]],
    reports: Collection[int],
    forms: Sequence[Form],
) -> Iterator[tuple[int, Finding]]:
    """What is told of people's corrections in these reports."""
    own = [(key, one) for key, one in sorted(reviewed.items(), key=itemgetter(0)) if key[0] in reports]
    for report, cells in groupby(own, key=lambda item: item[0][0]):
        told = reviewed_cells_told({one.cell: one for _, one in cells}, forms)
        yield from ((report, finding) for finding in (*told, *contradicted(defied.get(report, ()), forms)))
