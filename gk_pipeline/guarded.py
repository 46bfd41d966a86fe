"""Files read where they can do no harm: in processes under limits, which alone die of a file that is deadly."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from gk_pipeline.documents.limits import exceeded, limited
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.executors import Rescue, map_guarded, parted
from gk_pipeline.forked import forked
from gk_pipeline.forms import Form
from gk_pipeline.reports import ReadReport, read_files, refused_file

BATCH_FILES = 200
"""Files read and judged together."""


def read_guarded(
    paths: Sequence[Path], forms: Sequence[Form], workers: int = 1, progress: Callable[[int], None] | None = None
) -> Iterator[list[ReadReport]]:
    """The reports of the files as read, some files at a time, by workers that alone die of a file that is deadly.

    `progress` is called with how many files more were read.
    """
    batches = [parted(paths[start : start + BATCH_FILES]) for start in range(0, len(paths), BATCH_FILES)]
    guarded = partial(_read_limited, forms=tuple(forms), labels=tuple(form_labels(forms)))
    read = map_guarded(guarded, chain.from_iterable(batches), workers, _RESCUE)
    for parts in batches:
        reports = []
        for part in parts:
            reports += next(read)
            if progress is not None:
                progress(len(part))
        yield reports


def read_alone(path: Path, forms: Sequence[Form]) -> list[ReadReport]:
    """The reports of one file as read, by a child of this process: there is nothing that its death could take along."""
    return forked(partial(_read_limited, [path], forms, form_labels(forms)), partial(_lost, [path]))


def _read_limited(paths: Sequence[Path], forms: Sequence[Form], labels: Sequence[str]) -> list[ReadReport]:
    """The reports of some files in a worker, which dies of a file that exceeds its limits."""
    reports = []
    for path in paths:
        with limited():
            reports += read_files([path], forms, labels)
    return reports


def _lost(paths: Sequence[Path], death: int) -> list[ReadReport]:
    return [refused_file(path, exceeded(death)) for path in paths]


_RESCUE: Rescue[Sequence[Path], list[ReadReport]] = Rescue(
    lambda paths: [[path] for path in paths], _lost, lambda parts: list(chain.from_iterable(parts))
)
