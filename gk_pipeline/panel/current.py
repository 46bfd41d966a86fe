"""The report that counts for each body and year, and its neighbours."""

import polars as pl

from gk_pipeline.schemas.panel import CurrentReports

BODY_YEAR = ["organization_id", "report_year"]


def current_reports(reports: pl.LazyFrame, facts: pl.LazyFrame, revisions: pl.LazyFrame) -> pl.DataFrame:
    """panel.current_reports over some years: of every body with facts in a year the report that counts.

    `reports`, `facts` and `revisions` carry the year they are filed under. Reports without an organization take part in
    nothing.
    """
    with_facts = facts.select("report_year", "report_id").unique()
    named = reports.filter(pl.col("organization_id").is_not_null())
    taking_part = named.join(with_facts, on=["report_year", "report_id"], how="semi")
    counted = taking_part.with_columns(n_reports=pl.len().over(BODY_YEAR).cast(pl.Int64))
    others = revisions.filter(pl.col("standing") != "current").select("report_year", "report_id")
    current = counted.join(others, on=["report_year", "report_id"], how="anti")
    return current.select(CurrentReports.polars_schema().names()).sort(BODY_YEAR).collect()


def with_neighbours(current: pl.DataFrame, year: int) -> pl.DataFrame:
    """The current reports of a year with `last_report_id` and `next_report_id`, null where there is none.

    `last_comparable` and `next_comparable` are false where the neighbour is known to count the figures of others, or is
    the same document: it is filed in two years, and one of them is wrong.
    """
    ours = current.filter(pl.col("report_year") == year)
    for side, other_year in (("last", year - 1), ("next", year + 1)):
        theirs = current.filter(pl.col("report_year") == other_year)
        names = {f"{side}_report_id": pl.col("report_id"), f"{side}_scope": pl.col("scope")}
        ours = ours.join(theirs.select("organization_id", **names), on="organization_id", how="left")
        unknown = (pl.col("scope") == "unknown") | (pl.col(f"{side}_scope") == "unknown")
        another = pl.col(f"{side}_report_id").ne_missing(pl.col("report_id"))
        comparable = another & (unknown | (pl.col("scope") == pl.col(f"{side}_scope"))).fill_null(value=True)
        ours = ours.with_columns(comparable.alias(f"{side}_comparable")).drop(f"{side}_scope")
    return ours.sort("organization_id")
