"""The files of a year that gave no report: refused ones, and those in which no report was recognised."""

from typing import NamedTuple

import polars as pl

from gk_pipeline.pictures.pages.said import Said
from gk_pipeline.pictures.words import FINDING_ZH
from gk_pipeline.quality.without_report import without_report

READS = ("documents.files", "quality.findings", "sections.reports")


class UnreadFile(NamedTuple):
    """A file without a report, and why."""

    path: str
    reasons: tuple[Said, ...]


def unread_files(files: pl.LazyFrame, reports: pl.LazyFrame, findings: pl.LazyFrame) -> tuple[UnreadFile, ...]:
    """The files of a year without a report by path, from the tables of `READS`."""
    told = without_report(files, reports, findings).select("path", "code", "message", "advice")
    found: dict[str, tuple[Said, ...]] = {}
    for path, code, message, advice in told.collect().iter_rows():
        reason = () if code is None else (Said(FINDING_ZH[code], f"{message} {advice}"),)
        found[path] = (*found.get(path, ()), *reason)
    return tuple(UnreadFile(path, reasons) for path, reasons in found.items())
