"""Batches through an executor."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

import pytest
from pebble.pool.process import PoolManager

from gk_pipeline.executors import Rescue, WorkerLost, map_batches, map_guarded, parted


def double(number: int) -> int:
    if number < 0:
        raise ValueError(f"{number} is negative")
    return 2 * number


def die(_: int) -> int:
    os._exit(9)


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_batches(workers):
    assert list(map_batches(double, range(9), workers)) == list(range(0, 18, 2))


def test_no_more_batches_are_taken_than_workers_can_hold():
    taken = []

    def batches() -> Iterator[int]:
        for number in range(50):
            taken.append(number)
            yield number

    results = map_batches(double, batches(), 2)
    next(results)
    assert len(taken) <= 4
    results.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_worker_raises_tells_the_batch(workers):
    with pytest.raises(ValueError, match="-1 is negative") as raised:
        list(map_batches(double, [0, 1, -1, 3], workers))
    assert raised.value.__notes__ == ["in batch 2"]


def test_a_worker_that_dies_is_an_error_that_says_what_to_do():
    with pytest.raises(WorkerLost, match=r"batch 0: .*fewer workers"):
        list(map_batches(die, [1, 2, 3], 2))


def double_each(numbers: list[int]) -> list[int]:
    if 13 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * number for number in numbers]


ALONE = Rescue[list[int], list[int]](
    lambda numbers: [[number] for number in numbers],
    lambda numbers, death: [-death for _ in numbers],
    lambda parts: [number for part in parts for number in part],
)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_that_dies_takes_one_part_of_its_batch_with_it(workers):
    batches = [[1, 2], [3, 13, 4], [5], [13], [6]]
    results = list(map_guarded(double_each, batches, workers, ALONE))
    assert results == [[2, 4], [6, -9, 8], [10], [-9], [12]]


@pytest.mark.parametrize("workers", [1, 2])
def test_processes_that_were_given_up_for_the_death_of_one_are_replaced(workers, monkeypatch):
    """Pebble gives all up where one dies before it was told what that one had taken."""

    def not_told(*_):
        raise BrokenProcessPool("All workers expired")

    monkeypatch.setattr(PoolManager, "find_expired_task", not_told)
    batches = [[1, 2], [3, 13, 4], [5], [6], [7]]
    results = list(map_guarded(double_each, batches, workers, ALONE))
    assert results == [[2, 4], [6, -1, 8], [10], [12], [14]]


def test_a_guarded_batch_is_never_worked_on_here():
    [process] = map_guarded(own_process, [0], 1, ALONE)
    assert process != os.getpid()


def own_process(_: int) -> int:
    return os.getpid()


def test_what_is_raised_in_a_guarded_worker_is_no_death():
    with pytest.raises(ValueError, match="-1 is negative"):
        list(map_guarded(double, [-1], 1, ALONE))


def test_a_single_batch_needs_no_pool():
    assert list(map_batches(lambda number: number + 1, [1], workers=2)) == [2]


def test_no_workers_cannot_read():
    with pytest.raises(ValueError, match="give 1 or more"):
        list(map_batches(double, [1], workers=0))


@pytest.mark.parametrize(("size", "longest"), [(1, 1), (23, 1), (200, 12), (2000, 50)])
def test_a_batch_is_cut_into_parts_in_its_order(size: int, longest: int):
    parts = parted(range(size))
    assert [item for part in parts for item in part] == list(range(size))
    assert max(map(len, parts)) == longest
