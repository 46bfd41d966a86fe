"""Reading is a map over batches: in this process, or in a pool of them, always in order and never a year at once."""

import atexit
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from typing import Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

Batch = TypeVar("Batch")
Result = TypeVar("Result")
Item = TypeVar("Item")

_ATTEMPTS = 3
_UNKNOWN = 1
"""The exit status of a process of which it is not known how it ended."""
_PARTS = 16
_MOST_IN_PART = 50


class WorkerLost(RuntimeError):
    """A worker process died without an exception: killed, or out of memory."""


@dataclass(frozen=True)
class Rescue(Generic[Batch, Result]):
    """What becomes of a batch whose worker died: its `parts` are tried alone, and only what kills a worker is `lost`.

    `lost` makes the result of such a part, given the signal or exit status that ended the worker; `joined` makes that
    of the batch from those of its parts.
    """

    parts: Callable[[Batch], Sequence[Batch]]
    lost: Callable[[Batch, int], Result]
    joined: Callable[[Sequence[Result]], Result]


def parted(batch: Sequence[Item]) -> list[Sequence[Item]]:
    """A batch in parts: enough that progress is seen and every worker has some, each large enough for a call."""
    size = min(_MOST_IN_PART, max(1, len(batch) // _PARTS))
    return [batch[start : start + size] for start in range(0, len(batch), size)]


def map_batches(function: Callable[[Batch], Result], batches: Iterable[Batch], workers: int) -> Iterator[Result]:
    """`function` of every batch, in the order of the batches.

    At most `workers` + 1 batches are in flight, so neither input nor output piles up; a single batch is not worth a
    pool. With more than one worker `function` and its argument must be picklable: a function of a module, or a
    `functools.partial` of one. What it raises is raised here, with a note that tells which batch it was.
    """
    if workers < 1:
        raise ValueError(f"{workers} workers cannot read anything; give 1 or more.")
    remaining = iter(batches)
    first_two = list(islice(remaining, 2)) if workers > 1 else []
    if len(first_two) < 2:
        yield from _map_here(function, chain(first_two, remaining))
    else:
        yield from _map_in_pool(function, chain(first_two, remaining), workers, None)


def map_guarded(
    function: Callable[[Batch], Result], batches: Iterable[Batch], workers: int, rescue: Rescue[Batch, Result]
) -> Iterator[Result]:
    """Like `map_batches`, but always in other processes, whose death costs the part of a batch that caused it."""
    if workers < 1:
        raise ValueError(f"{workers} workers cannot read anything; give 1 or more.")
    return _map_in_pool(function, batches, workers, rescue)


def _map_here(function: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
    for number, batch in enumerate(batches):
        try:
            result = function(batch)
        except Exception as error:
            error.add_note(f"in batch {number}")
            raise
        yield result


def _map_in_pool(
    function: Callable[[Batch], Result],
    batches: Iterable[Batch],
    workers: int,
    rescue: Rescue[Batch, Result] | None,
) -> Iterator[Result]:
    pool = _processes(workers)
    in_flight: deque[tuple[Batch, Future[Result]]] = deque()
    done = 0
    try:
        for batch in batches:
            in_flight.append((batch, pool.submit(function, batch)))
            if len(in_flight) > workers:
                yield _result(function, *in_flight.popleft(), done, pool, rescue)
                done += 1
        while in_flight:
            yield _result(function, *in_flight.popleft(), done, pool, rescue)
            done += 1
    finally:
        for _, future in in_flight:
            future.cancel()


class _Processes:
    """Processes that read; they stay for the next map, for it takes a second until one is there.

    Where one died before it said what it had taken, pebble gives all of them up; then there are new ones. Forking a
    process that holds polars' threads can deadlock; the fork server has none.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = self._made()
        atexit.register(self.end)

    def submit(self, function: Callable[[Batch], Result], batch: Batch) -> Future[Result]:
        """The result of a function of a batch, once it is there."""
        try:
            return self._pool.submit(function, None, batch)
        except RuntimeError:  # it was given up
            self.end()
            self._pool = self._made()
            return self._pool.submit(function, None, batch)

    def end(self) -> None:
        """End all of them."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _made(self) -> ProcessPool:
        return ProcessPool(self._workers, context=get_context("forkserver"))


@cache
def _processes(workers: int) -> _Processes:
    return _Processes(workers)


def _result(
    function: Callable[[Batch], Result],
    batch: Batch,
    future: Future[Result],
    number: int,
    pool: _Processes,
    rescue: Rescue[Batch, Result] | None,
) -> Result:
    try:
        return future.result()
    except (ProcessExpired, BrokenProcessPool) as lost:
        if rescue is None:
            raise WorkerLost(
                f"A worker process died in batch {number}: killed, or out of memory. Start again with fewer workers."
            ) from lost
        return rescue.joined([_alone(function, part, pool, rescue) for part in rescue.parts(batch)])
    except Exception as error:
        error.add_note(f"in batch {number}")
        raise


def _alone(function: Callable[[Batch], Result], part: Batch, pool: _Processes, rescue: Rescue[Batch, Result]) -> Result:
    """The result of a part, or what becomes of it where it ends the process that has nothing else to do.

    All processes may have been given up for the death of another, so that it is tried again.
    """
    for _ in range(_ATTEMPTS):
        try:
            return pool.submit(function, part).result()
        except ProcessExpired as lost:
            return rescue.lost(part, abs(lost.exitcode))
        except BrokenProcessPool:
            continue
    return rescue.lost(part, _UNKNOWN)
