"""Which files gave no report, and the errors that say why."""

import polars as pl

from gk_pipeline.quality.without_report import without_report

FILES = pl.LazyFrame(
    {
        "path": ["a.txt", "b.txt", "c.txt", "d.txt", "e.db"],
        "document_id": ["1", "2", "2", None, None],
        "read_status": ["read", "read", "duplicate", "refused", "skipped"],
    }
)
REPORTS = pl.LazyFrame({"document_id": ["1"], "report_id": [10]})
FINDINGS = pl.LazyFrame(
    [
        (1, "error", "a.txt", 10, "lost_rows"),
        (2, "error", "b.txt", None, "no_report"),
        (3, "note", "b.txt", None, "duplicate_file"),
        (4, "warning", "b.txt", None, "pale_text"),
        (5, "error", "b.txt", 11, "of_a_report"),
    ],
    schema=["finding", "severity", "path", "report_id", "code"],
    orient="row",
).with_columns(message=pl.lit("what"), advice=pl.lit("what to do"))


def told(reports=REPORTS):
    return without_report(FILES, reports, FINDINGS).collect().rows()


def test_a_refused_file_and_one_without_a_report_are_told_with_their_errors_alone():
    assert told() == [
        ("b.txt", "read", "no_report", "what", "what to do"),
        ("d.txt", "refused", None, None, None),
    ]


def test_a_file_that_gave_a_report_is_not_told():
    both = pl.LazyFrame({"document_id": ["1", "2"], "report_id": [10, 11]})
    assert told(both) == [("d.txt", "refused", None, None, None)]
