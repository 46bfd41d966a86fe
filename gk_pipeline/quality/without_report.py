"""The files of a year of which nothing is in the data."""

import polars as pl


def without_report(files: pl.LazyFrame, reports: pl.LazyFrame, findings: pl.LazyFrame) -> pl.LazyFrame:
    """Files that were refused, or in which no report was recognised, each with the errors that say why: a row for one.

    `path`, `read_status`, `code`, `message` and `advice`; the last three are null where no error is told. Copies of a
    file are told with the first.
    """
    empty = files.filter(read_status="read").join(reports, on="document_id", how="anti")
    unread = pl.concat([one.select("path", "read_status") for one in (files.filter(read_status="refused"), empty)])
    errors = findings.filter(pl.col("report_id").is_null(), pl.col("severity") == "error")
    told = unread.join(errors, on="path", how="left").sort("path", "finding")
    return told.select("path", "read_status", "code", "message", "advice")
