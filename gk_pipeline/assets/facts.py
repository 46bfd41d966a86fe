"""The facts step."""

from collections.abc import Iterator
from functools import partial

from gk_pipeline.assets.layer import Work, layer_step
from gk_pipeline.facts.stage import reconcile
from gk_pipeline.storage.checked import CheckedBatch

READ = ("documents.files", "sections.reports", "tables.cells", "tables.found_tables", "tables.claims")


@layer_step("facts", *READ)
def facts(work: Work) -> Iterator[CheckedBatch]:
    """Hold every report to the laws of its form, and give each cell a status that says how far it can be trusted.

    What was printed is never changed: `reported` is the printed number, `value` the one that the laws support. Numbers
    in sentences are held against the tables too; they change no status. A report of another year than its folder stays
    out until it is filed in the right one.
    """
    return work.map(partial(reconcile, forms=work.forms, year=work.year))
