"""The tables step."""

from collections.abc import Iterator
from functools import partial

from gk_pipeline.assets.layer import Work, layer_step
from gk_pipeline.storage.checked import CheckedBatch
from gk_pipeline.tables.stage import read_tables


@layer_step("tables", "documents.files", "documents.documents", "documents.blocks", "sections.reports")
def tables(work: Work) -> Iterator[CheckedBatch]:
    """Read every cell of the form in each report: what is printed there, what number it is, and where it stands.

    A row that printed another number of values than it has cells is kept whole as `candidates`, never guessed at.
    `cells` has a row for every cell of the form; the wide tables hold the same numbers, a column a measure.
    """
    return work.map(partial(read_tables, forms=work.forms))
