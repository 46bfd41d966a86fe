"""The files of a year that gave no report: refused ones, and those in which no report was recognised."""

from typing import NamedTuple

import polars as pl

from gk_pipeline.pictures.pages.said import Said
from gk_pipeline.pictures.words import FINDING_ZH

READS = ("documents.files", "quality.findings", "sections.reports")


class UnreadFile(NamedTuple):
    """A file without a report, and why."""

    path: str
    reasons: tuple[Said, ...]


def unread_files(files: pl.LazyFrame, reports: pl.LazyFrame, findings: pl.LazyFrame) -> tuple[UnreadFile, ...]:
    """The files of a year without a report by path, from the tables of `READS`; copies are told with the first."""
    read = files.filter(pl.col("read_status") == "read").join(reports, on="document_id", how="anti").select("path")
    unread = pl.concat([files.filter(pl.col("read_status") == "refused").select("path"), read])
    wrong = findings.filter(pl.col("report_id").is_null(), pl.col("severity") == "error")
    told = unread.join(wrong, on="path", how="left").sort("path", "finding").select("path", "code", "message", "advice")
    found: dict[str, tuple[Said, ...]] = {}
    for path, code, message, advice in told.collect().iter_rows():
        reason = () if code is None else (Said(FINDING_ZH[code], f"{message} {advice}"),)
        found[path] = (*found.get(path, ()), *reason)
    return tuple(UnreadFile(path, reasons) for path, reasons in found.items())
