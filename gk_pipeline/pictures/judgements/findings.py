"""Findings in words, and which of them tables already show."""

from collections.abc import Collection, Sequence

from gk_pipeline.forms import Form
from gk_pipeline.pictures.labels import label
from gk_pipeline.pictures.words import FINDING_ZH, Lang
from gk_pipeline.pipeline import JudgedReport
from gk_pipeline.quality.finding import Finding

_LAWS_AND_CELLS = frozenset(
    {"law_broken", "cells_corrected", "cells_disputed", "cells_missing", "row_aligned", "sentence_contradicts"}
)
"""Kinds of findings that the tables show in full."""
_ROWS = frozenset({"row_lost", "number_unreadable"})
"""Kinds of findings that the table of rows to compare shows, where their row is in it."""


def drawn(finding: Finding, rows_shown: Collection[tuple[str | None, str | None]]) -> bool:
    """Whether the tables already show what a finding says."""
    in_row = finding.code in _ROWS and (finding.table_code, finding.item) in rows_shown
    return in_row or finding.code in _LAWS_AND_CELLS


_COUNTED = frozenset({"cells_corrected", "cells_disputed", "cells_missing", "sentence_contradicts"})
"""Kinds of findings that the list of reports counts by the cells and sentences they are about."""


def is_notice(finding: Finding) -> bool:
    """Whether a finding wants a look that no count of cells, sentences or broken laws of the form calls for."""
    is_broken = finding.code == "law_broken" and finding.severity == "error"
    return finding.severity != "note" and not is_broken and finding.code not in _COUNTED


def finding_told(report: JudgedReport, finding: Finding, forms: Sequence[Form], lang: Lang) -> str:
    """What a finding says and advises."""
    if lang == "en":
        quoted = f" It prints: {finding.evidence}." if finding.evidence else ""
        return f"{finding.message}{quoted} {finding.advice}"
    where = ""
    if finding.table_code is not None:
        tables = [table for form in forms for table in form.tables if table.code == finding.table_code]
        where = tables[0].label.text
        if finding.item is not None:
            where += " " + label(report, forms, finding.table_code, finding.item)
        where += "："
    quoted = f"（{finding.evidence}）" if finding.evidence else ""
    return f"{where}{FINDING_ZH[finding.code]}{quoted}"
