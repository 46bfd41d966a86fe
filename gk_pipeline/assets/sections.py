"""The sections step."""

from collections.abc import Iterator
from functools import partial

from gk_pipeline.assets.layer import Work, layer_step
from gk_pipeline.sections.stage import find_sections
from gk_pipeline.storage.checked import CheckedBatch


@layer_step("sections", "documents.files", "documents.documents", "documents.blocks")
def sections(work: Work) -> Iterator[CheckedBatch]:
    """Find the reports in the documents: whose they are, of which year, on which form, and where each section stands.

    A document that is no report of a year leaves a finding; a report of another year than its folder is kept and told
    of.
    """
    return work.map(partial(find_sections, forms=work.forms))
