"""Reading is a map over batches: in this process, or in a pool of them, always in order and never a year at once."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from typing import TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")


class WorkerLost(RuntimeError):
    """A worker process died without an exception: killed, or out of memory."""


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
        yield from _map_in_pool(function, chain(first_two, remaining), workers)


def _map_here(function: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
    for number, batch in enumerate(batches):
        try:
            result = function(batch)
        except Exception as error:
            error.add_note(f"in batch {number}")
            raise
        yield result


def _map_in_pool(function: Callable[[Batch], Result], batches: Iterable[Batch], workers: int) -> Iterator[Result]:
    # Forking a process that holds polars' threads can deadlock; the fork server has none.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("forkserver"))
    in_flight: deque[Future[Result]] = deque()
    done = 0
    try:
        for batch in batches:
            in_flight.append(pool.submit(function, batch))
            if len(in_flight) > workers:
                yield _result(in_flight.popleft(), done)
                done += 1
        while in_flight:
            yield _result(in_flight.popleft(), done)
            done += 1
    except BrokenProcessPool as lost:
        raise WorkerLost(
            f"A worker process died in batch {done} or soon after it: killed, or out of memory. "
            "Start again with fewer workers."
        ) from lost
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _result(future: Future[Result], number: int) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except Exception as error:
        error.add_note(f"in batch {number}")
        raise
