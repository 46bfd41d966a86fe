"""What one file may cost a worker process: time and memory, held by the system, so that no library can ignore it.

Readers are bounded by what a file holds (bytes, pages, cells); these limits are for what gets past those bounds. In the
process of a command or of Dagster nothing is limited: only a worker, or the child that reads a single file, may die of
a file.
"""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gk_pipeline.documents.document import Unreadable

SECONDS = 10
"""Of the processor, so that a file is not refused because others are read beside it."""
WAITING_SECONDS = 60
"""By the clock: for a reader that waits for what never comes."""
BYTES = 1 << 30

_PAGE = resource.getpagesize()
_OUT_OF_TIME = frozenset((signal.SIGPROF, signal.SIGALRM))


@contextmanager
def limited() -> Iterator[None]:
    """Hold what is done inside to the limits: past the time the process is killed, past the memory allocations fail."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (max(BYTES, _data_bytes() + BYTES // 2), hard))
    _set_timers(SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def more_time(seconds: int) -> None:
    """Let the reader of a long file have that many seconds from now on, for a part whose cost it knows."""
    if signal.getitimer(signal.ITIMER_PROF)[0] > 0:  # else nothing is limited here
        _set_timers(seconds)


def _set_timers(seconds: int) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, max(WAITING_SECONDS, 3 * seconds))


def _data_bytes() -> int:
    """The memory this process has for data, which a batch fills as it grows."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * _PAGE


def exceeded(death: int) -> Unreadable:
    """Why a file is refused whose worker ended with that signal or exit status."""
    if death in _OUT_OF_TIME:
        return Unreadable(
            "too_slow",
            f"Reading the file took more than {SECONDS} seconds and was stopped.",
            "Open it and save it anew, without what is not the report; if it is an ordinary report, please send it in.",
        )
    return Unreadable(
        "reader_died",
        f"The process that read the file died of it (signal or status {death}): out of memory, or a library failed.",
        "Open it and save it anew in another format; if it is an ordinary report, please send it in.",
    )
