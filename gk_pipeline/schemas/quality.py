"""The quality layer: what a person should look at, and how a year stands as a whole."""

import polars as pl

from gk_pipeline.schemas.facts import SEVERITIES
from gk_pipeline.schemas.table import LAYERS, Table, column, key, optional


class Findings(Table, layer="quality", name="findings"):
    """What a person should look at: what is wrong, where, and what to do."""

    finding: pl.Int64 = key("the finding: made from its content, the same in every run", zh="发现标识")
    layer: pl.String = column("the layer that found it", zh="层", isin=LAYERS)
    severity: pl.String = column("error, warning or note", zh="级别", isin=SEVERITIES)
    code: pl.String = column("the kind of finding", zh="种类")
    path: pl.String = column("the file", zh="文件路径")
    report_id: pl.Int64 = optional("the report; null when the file gave none", zh="报告标识")
    table_code: pl.String = optional("the table; null when it concerns the whole report", zh="表")
    item: pl.String = optional("the row; null when it concerns the whole table", zh="项目")
    message: pl.String = column("what is wrong and where", zh="说明")
    evidence: pl.String = column("what was printed; empty when there is nothing to quote", zh="原文")
    advice: pl.String = column("what to do", zh="建议")


COUNTS_BY_LAW = pl.List(
    pl.Struct({"law": pl.String, "n_holds": pl.Int64, "n_broken": pl.Int64, "n_used": pl.Int64, "n_open": pl.Int64})
)
"""For each law how often it held, was broken, was used to deduce, or could not be assessed."""


class Scorecard(Table, layer="quality", name="scorecard"):
    """A year at a glance."""

    report_year: pl.Int32 = key("the year folder", zh="年度")
    n_files: pl.Int64 = column("paths found, without those skipped", zh="文件数")
    n_refused: pl.Int64 = column("paths refused", zh="拒收数")
    n_documents: pl.Int64 = column("distinct documents", zh="文档数")
    n_reports: pl.Int64 = column("reports found", zh="报告数")
    n_refiled: pl.Int64 = column("reports of another year than their folder, left out of the facts", zh="年度不符")
    n_perfect: pl.Int64 = column(
        "reports with no cell corrected, disputed or missing and no law of the form broken", zh="完好"
    )
    n_verified: pl.Int64 = column("cells with that status", zh="已核实")
    n_unverified: pl.Int64 = column("cells with that status", zh="未核实")
    n_deduced: pl.Int64 = column("cells with that status", zh="推出")
    n_corrected: pl.Int64 = column("cells with that status", zh="更正")
    n_disputed: pl.Int64 = column("cells with that status", zh="存疑")
    n_missing: pl.Int64 = column("cells with that status", zh="缺失")
    laws: COUNTS_BY_LAW = column("verdicts by law", zh="勾稽关系")


class DocumentsFindings(Findings, layer="documents", name="findings"):
    """What reading the files found; gathered into quality.findings."""


class SectionsFindings(Findings, layer="sections", name="findings"):
    """What looking for title and sections found; gathered into quality.findings."""


class TablesFindings(Findings, layer="tables", name="findings"):
    """What reading the tables found; gathered into quality.findings."""


class FactsFindings(Findings, layer="facts", name="findings"):
    """What reconciling found; gathered into quality.findings."""


class PanelFindings(Findings, layer="panel", name="findings"):
    """What the same body printed in two years that does not go together; it comes after quality.findings."""
