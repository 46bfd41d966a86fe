"""The documents step."""

from collections.abc import Iterator

from gk_pipeline.assets.layer import Work, layer_step
from gk_pipeline.documents.folder import is_no_document
from gk_pipeline.documents.stage import read_year, year_sources
from gk_pipeline.filed import hold_corrections
from gk_pipeline.storage.checked import CheckedBatch, checked


@layer_step("documents")
def documents(work: Work) -> Iterator[CheckedBatch]:
    """Read every file in the year's folder and write down what it says, nothing interpreted.

    A file that cannot be read stands in `files` with the reason and what to do; the others are not affected. A year
    that never had a folder is an empty year; one that has been stored is never emptied because its folder is gone.
    Where an entry of people's corrections does not match what its file prints now, nothing of the year is stored.
    """
    folder = work.workshop.raw / str(work.year)
    never_had_one = not folder.exists() and not work.lake.manifest("documents", work.year).files
    sources = [] if never_had_one else year_sources(folder, relative_to=work.workshop.raw)
    named = {source.name: source.path for source in sources if not (source.stray or is_no_document(source.path))}
    hold_corrections(work.corrections, work.year, named, work.forms, work.workshop.workers)
    for batch in read_year(sources, work.forms, work.workshop.workers, lambda done: work.tell(done, len(sources))):
        yield checked(batch, work.forms)
