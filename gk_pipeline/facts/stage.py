"""The facts stage: a batch of cells to facts with a status and laws with a verdict."""

from collections.abc import Iterator, Sequence

import polars as pl

from gk_pipeline.documents.frames import first_paths
from gk_pipeline.facts.arrays import as_arrays, facts_frame, in_form_order, law_frame
from gk_pipeline.facts.reconcile import reconcile_tables
from gk_pipeline.forms import Form, FormTable
from gk_pipeline.quality.finding import SEVERITIES, Finding, Severity
from gk_pipeline.quality.frames import Placed, findings_frame
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.facts import Facts, LawResults
from gk_pipeline.schemas.quality import FactsFindings


def reconcile(batch: Batch, *, forms: Sequence[Form], year: int | None) -> Batch:
    """The facts of a batch of reports: facts.facts, facts.law_results and what a person should look at.

    A report that says it is about another year than its folder stays out until it is refiled; `year` None keeps all.
    """
    reports = batch["sections.reports"]
    refiled = reports.filter((pl.col("stated_year") != year).fill_null(value=False)) if year else reports.clear()
    cells = batch["tables.cells"].join(refiled, on="report_id", how="anti")
    facts, results = judge(cells, forms)
    paths = first_paths(batch["documents.files"])
    path_of = {key: paths[document] for key, document in reports.select("report_id", "document_id").iter_rows()}
    placed = [
        Placed(path_of[key], key, _refile(stated, year))
        for key, stated in refiled.select("report_id", "stated_year").iter_rows()
    ]
    placed += [Placed(path_of[key], key, finding) for key, finding in _broken_laws(results, facts, forms)]
    return {
        "facts.facts": facts,
        "facts.law_results": results,
        "facts.findings": findings_frame(FactsFindings, "facts", placed),
    }


def judge(cells: pl.DataFrame, forms: Sequence[Form]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The facts and law results of cells: every law over every report, a table of a form at a time."""
    facts, results = [Facts.no_rows()], [LawResults.no_rows()]
    for form in forms:
        for table in form.tables:
            ordered = in_form_order(cells, table)
            if ordered.is_empty():
                continue
            judged = reconcile_tables(as_arrays(ordered, table))
            facts.append(facts_frame(ordered, judged))
            keys = ordered["report_id"].unique(maintain_order=True)
            for (sides, verdicts), kind in zip(judged.laws, ("equality", "inequality"), strict=True):
                results.append(law_frame(keys, table, sides, verdicts, kind))
    by_cell, by_law = Facts.key_columns(), LawResults.key_columns()
    return pl.concat(facts).sort(by_cell), pl.concat(results).sort(by_law)


def _refile(stated: int, year: int | None) -> Finding:
    message = f"The report says it is about {stated}, but lies in the folder of {year}; it stays out of the facts."
    return Finding("error", "other_year", message, f"Move the file to the folder {stated}, then run both years again.")


def _broken_laws(results: pl.DataFrame, facts: pl.DataFrame, forms: Sequence[Form]) -> Iterator[tuple[int, Finding]]:
    """One finding for every law of a report that is broken, and one for what could not be deduced."""
    statements = {row.law: row.statement for form in forms for table in form.tables for row in table.laws}
    labels = {(t.code, code): label for form in forms for t in form.tables for code, label in _scope_labels(t)}
    broken = results.filter(pl.col("verdict") == "broken")
    for (key, law, table, severity), rows in broken.group_by(
        "report_id", "law", "table_code", "severity", maintain_order=True
    ):
        scopes = [
            f"{labels.get((str(table), scope), scope)}: {left.normalize():f} and {right.normalize():f}"
            for scope, left, right in rows.select("scope", "left_value", "right_value").iter_rows()
        ]
        message = f"{law} is broken ({statements[str(law)]}): {'; '.join(scopes[:5])}"
        more = f" and {len(scopes) - 5} more." if len(scopes) > 5 else "."
        advice = "One of the numbers in these rows or columns cannot be right; compare them with the page."
        yield int(str(key)), Finding(_severity(str(severity)), "law_broken", message + more, advice, "", str(table))
    missing = facts.filter(pl.col("status") == "missing").group_by("report_id", "table_code", maintain_order=True).len()
    for key, table, count in missing.iter_rows():
        message = f"{count} cells of {table} print no number, and the laws of the form do not settle them."
        advice = "Look at the page; the cells stay without a value until it is known which number is whose."
        yield key, Finding("note", "cells_missing", message, advice, "", table)


def _severity(name: str) -> Severity:
    return next(severity for severity in SEVERITIES if severity == name)


def _scope_labels(table: FormTable) -> Iterator[tuple[str, str]]:
    """What a scope is called on the page: an item's or a measure's label."""
    for code, item in table.items.items():
        yield code, item.label.text
    for code, measure in table.measures.items():
        yield code, measure.label.text
