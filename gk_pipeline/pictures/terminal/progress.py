"""Progress on standard error, so that standard output stays clean for programs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def file_progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar over `total` files; call what it gives with the number of files just done."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _untold
        return
    columns = (TextColumn("files"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("files", total=total)
        yield lambda done: progress.advance(task, done)


def _untold(_: int) -> None:
    """What becomes of progress where nobody looks: a bar would leave an empty line in a log."""
