"""The quality step."""

from collections.abc import Iterator

import polars as pl

from gk_pipeline.assets.layer import Work, layer_step
from gk_pipeline.documents.frames import first_paths
from gk_pipeline.facts.revisions import revised_reports
from gk_pipeline.quality.frames import Placed, findings_frame
from gk_pipeline.quality.stage import gather_findings, scorecard
from gk_pipeline.schemas.quality import FactsFindings
from gk_pipeline.storage.checked import CheckedBatch, checked

FINDINGS = ("documents.findings", "sections.findings", "tables.findings", "facts.findings")
SCORED = ("documents.files", "documents.documents", "sections.reports", "facts.facts", "facts.law_results")


@layer_step("quality", *FINDINGS, *SCORED, "facts.revisions")
def quality(work: Work) -> Iterator[CheckedBatch]:
    """Gather what a person should look at from all layers, and sum up the year on one card."""
    findings = gather_findings([*(work.tables[name].frame() for name in FINDINGS), _revised(work)])
    card = scorecard(work.year, *(work.tables[name].scan() for name in SCORED))
    yield checked({"quality.findings": findings, "quality.scorecard": card}, work.forms)


def _revised(work: Work) -> pl.DataFrame:
    """What is told of revised reports; that is known only once all batches of the year have their facts."""
    revised = work.tables["facts.revisions"].frame()
    reports = work.tables["sections.reports"].scan().join(revised.lazy(), on="report_id", how="semi")
    files = work.tables["documents.files"].scan().collect()
    paths = first_paths(files)
    path_of = {key: paths[owner] for key, owner in reports.select("report_id", "document_id").collect().iter_rows()}
    placed = [Placed(path_of[key], key, finding) for key, finding in revised_reports(revised, path_of)]
    return findings_frame(FactsFindings, "facts", placed)
