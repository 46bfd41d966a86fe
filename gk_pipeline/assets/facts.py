"""The facts step."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from gk_pipeline.assets.layer import Work, layer_step
from gk_pipeline.facts.corrections import reviewed_cells
from gk_pipeline.facts.revisions import of_bodies_with_several, revisions
from gk_pipeline.facts.stage import judge, reconcile
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.storage.checked import CheckedBatch, checked

_LOOKED_UP = ("documents.files", "sections.reports", "tables.cells")
"""The tables in which the cells of people's corrections are found."""

READ = ("documents.files", "sections.reports", "tables.cells", "tables.found_tables", "tables.claims")


@layer_step("facts", *READ)
def facts(work: Work) -> Iterator[CheckedBatch]:
    """Hold every report to the laws of its form, and give each cell a status that says how far it can be trusted.

    What was printed is never changed: `reported` is the printed number, `value` the one that the laws support, or that
    a person gave in data/corrections. Numbers in sentences are held against the tables too; they change no status. A
    report of another year than its folder stays out until it is filed in the right one. Of several reports of one body
    the one that was published last is current; `revisions` and `revised_cells` say in what the others differ.
    """
    files, reports, cells = (work.tables[name].scan() for name in _LOOKED_UP)
    reviewed = reviewed_cells(work.corrections, work.year, work.forms, files, reports, cells)
    several = of_bodies_with_several(reports, work.year)
    decided = several.filter(pl.col("report_id").is_in([report for report, *_ in reviewed]))
    undecided = several.join(decided, on="report_id", how="anti")
    by_print = judge(cells.join(decided.lazy(), on="report_id", how="semi").drop(YEAR).collect(), work.forms).facts
    theirs = [by_print]
    for batch in work.map(partial(reconcile, forms=work.forms, year=work.year, reviewed=reviewed)):
        theirs.append(batch["facts.facts"].join(undecided, on="report_id", how="semi"))
        yield batch
    yield checked(revisions(several, pl.concat(theirs), work.year), work.forms)
