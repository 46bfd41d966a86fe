"""The quality stage: all findings of a year, and the year at a glance."""

from collections.abc import Sequence

import polars as pl

from gk_pipeline.schemas.facts import NARRATIVE, STATUSES
from gk_pipeline.schemas.quality import Findings, Scorecard


def gather_findings(findings: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The findings of all layers as one table."""
    return pl.concat([Findings.no_rows(), *findings]).sort(Findings.key_columns())


def scorecard(
    year: int,
    files: pl.LazyFrame,
    documents: pl.LazyFrame,
    reports: pl.LazyFrame,
    facts: pl.LazyFrame,
    law_results: pl.LazyFrame,
) -> pl.DataFrame:
    """The year at a glance, from its lazily read tables."""
    by_status = dict(facts.group_by("status").len().collect().iter_rows())
    by_reading = dict(files.group_by("read_status").len().collect().iter_rows())
    refiled = reports.filter((pl.col("stated_year") != year).fill_null(value=False)).select(pl.len()).collect().item()
    open_cells = pl.col("status").is_in(["corrected", "disputed", "missing"]).any()
    settled = facts.group_by("report_id").agg(imperfect=open_cells).filter(~pl.col("imperfect"))
    broken = (pl.col("verdict") == "broken") & ~pl.col("law").str.starts_with(NARRATIVE)
    lawless = law_results.filter(broken).select("report_id").unique()
    perfect = settled.join(lawless, on="report_id", how="anti").select(pl.len()).collect().item()
    counts = {f"n_{status}": [by_status.get(status, 0)] for status in STATUSES}
    return Scorecard.of_columns(
        {
            "report_year": [year],
            "n_files": [sum(by_reading.values()) - by_reading.get("skipped", 0)],
            "n_refused": [by_reading.get("refused", 0)],
            "n_documents": [documents.select(pl.len()).collect().item()],
            "n_reports": [reports.select(pl.len()).collect().item()],
            "n_refiled": [refiled],
            "n_perfect": [perfect],
            **counts,
            "laws": [law_counts(law_results).to_dicts()],
        }
    )


def law_counts(law_results: pl.LazyFrame) -> pl.DataFrame:
    """For each law how often it held, was broken, was used to deduce, or stayed open."""
    verdicts = {"n_holds": "holds", "n_broken": "broken", "n_used": "used", "n_open": "not_assessable"}
    counts = [(pl.col("verdict") == verdict).sum().cast(pl.Int64).alias(name) for name, verdict in verdicts.items()]
    return law_results.group_by("law").agg(counts).sort("law").collect()
