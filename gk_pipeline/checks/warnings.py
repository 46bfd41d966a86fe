"""Checks of documents, sections and tables that warn, a year each: what could not be read, and what looks odd."""

from collections.abc import Mapping, Sequence

import dagster as dg
import polars as pl

from gk_pipeline.checks.verdict import Judge, Verdict, located, warning
from gk_pipeline.forms import Form
from gk_pipeline.quality.without_report import without_report
from gk_pipeline.schemas.table import YEAR

Tables = Mapping[str, pl.LazyFrame]

PLACES = ("documents.files", "sections.reports")


def refused(tables: Tables) -> Verdict:
    """Every file of the year could be read; skipped ones, of programs and not of publishers, are not counted."""
    files = tables["documents.files"].filter(pl.col("read_status") != "skipped").collect()
    offenders = files.filter(pl.col("read_status") == "refused").select("path", "error").sort("path")
    numbers = {"n_refused": offenders.height, "share_refused": offenders.height / max(1, files.height)}
    return Verdict(offenders, f"{offenders.height} of {files.height} files could not be read", numbers)


def year_of_folder(tables: Tables) -> Verdict:
    """Every report is about the year in whose folder it lies; one that is not stays out of the facts."""
    reports = located(tables["sections.reports"], tables).collect()
    elsewhere = reports.filter(pl.col("stated_year") != pl.col(YEAR)).sort("path", "report_id")
    offenders = elsewhere.select("path", "organization", "stated_year", YEAR)
    summary = f"{offenders.height} of {reports.height} reports belong in the folder of another year"
    numbers = {"n_refiled": offenders.height, "n_unstated": reports["stated_year"].null_count()}
    return Verdict(offenders, summary, numbers)


def without_a_report(tables: Tables) -> Verdict:
    """Every file that could be read holds a report; nothing of one without is in the data."""
    files = tables["documents.files"]
    n_read = files.filter(read_status="read").select(pl.len()).collect().item()
    told = without_report(files, tables["sections.reports"], tables["sections.findings"])
    offenders = told.filter(read_status="read").select("path", "code", "message").collect()
    n_alone = offenders["path"].n_unique()
    summary = f"in {n_alone} of {n_read} files that were read no report was recognised"
    return Verdict(offenders, summary, {"n_without_a_report": n_alone})


def sections_missing(forms: Sequence[Form]) -> Judge:
    """The check that every report has the sections of its form."""
    sections = pl.DataFrame(
        [(form.code, section.code) for form in forms for section in form.sections],
        schema=["form", "section"],
        orient="row",
    )

    def sections_missing(tables: Tables) -> Verdict:
        """Every report has all sections of its form; nothing is expected of a report without a table."""
        first_form = pl.col("table_forms").list.first().struct.field("form")
        reports = tables["sections.reports"].select("report_id", pl.col("form").fill_null(first_form))
        expected = reports.join(sections.lazy(), on="form")
        missing = expected.join(tables["sections.sections"], on=["report_id", "section"], how="anti")
        by_report = missing.group_by("report_id", "form").agg(missing=pl.col("section").sort().str.join(", "))
        offenders = located(by_report, tables).sort("path", "report_id").collect()
        summary = f"{offenders.height} reports lack a section, or its heading was not recognised"
        return Verdict(offenders, summary, {"n_reports": offenders.height})

    return sections_missing


def rows_lost(tables: Tables) -> Verdict:
    """Every report prints all rows of its tables, each with as many values as it has cells."""
    lost, absent = pl.col("items_lost"), pl.col("items_expected") - pl.col("items_found")
    spoilt = pl.format("{} (form {}): {} lost, {} absent of {}", "table_code", "form", lost, absent, "items_expected")
    found = tables["tables.found_tables"].filter((lost > 0) | (absent > 0)).sort("table_code")
    by_report = found.group_by("report_id").agg(n_lost=lost.sum(), n_absent=absent.sum(), rows=spoilt.str.join("; "))
    offenders = located(by_report, tables).sort("path", "report_id").drop("report_id").collect()
    n_lost, n_absent = int(offenders["n_lost"].sum()), int(offenders["n_absent"].sum())
    summary = f"{n_lost} rows have another number of values than cells, {n_absent} are absent; reports: "
    return Verdict(offenders, f"{summary}{offenders.height}", {"n_items_lost": n_lost, "n_items_absent": n_absent})


def forms_mixed(tables: Tables) -> Verdict:
    """All tables of a report are printed on the same form."""
    found = tables["tables.found_tables"].filter(pl.col("items_found") > 0)
    by_report = found.group_by("report_id").agg(forms=pl.col("form").unique().sort())
    mixed = by_report.filter(pl.col("forms").list.len() > 1).with_columns(pl.col("forms").list.join(", "))
    offenders = located(mixed, tables).sort("path", "report_id").collect()
    return Verdict(offenders, f"{offenders.height} reports mix forms", {"n_reports": offenders.height})


def warnings(forms: Sequence[Form]) -> list[dg.AssetChecksDefinition]:
    """Every check of this page."""
    return [
        warning("documents.files", ["documents.files"], refused),
        warning("sections.reports", PLACES, year_of_folder),
        warning("sections.reports", [*PLACES, "sections.findings"], without_a_report),
        warning("sections.sections", [*PLACES, "sections.sections"], sections_missing(forms)),
        warning("tables.found_tables", [*PLACES, "tables.found_tables"], rows_lost),
        warning("tables.found_tables", [*PLACES, "tables.found_tables"], forms_mixed),
    ]
