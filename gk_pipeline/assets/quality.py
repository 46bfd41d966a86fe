"""The quality step."""

from collections.abc import Iterator

from gk_pipeline.assets.layer import Work, layer_step
from gk_pipeline.quality.stage import gather_findings, scorecard
from gk_pipeline.storage.checked import CheckedBatch, checked

FINDINGS = ("documents.findings", "sections.findings", "tables.findings", "facts.findings")
SCORED = ("documents.files", "documents.documents", "sections.reports", "facts.facts", "facts.law_results")


@layer_step("quality", *FINDINGS, *SCORED)
def quality(work: Work) -> Iterator[CheckedBatch]:
    """Gather what a person should look at from all layers, and sum up the year on one card."""
    findings = gather_findings([work.tables[name].frame() for name in FINDINGS])
    card = scorecard(work.year, *(work.tables[name].scan() for name in SCORED))
    yield checked({"quality.findings": findings, "quality.scorecard": card}, work.forms)
