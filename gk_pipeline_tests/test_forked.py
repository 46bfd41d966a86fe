"""A call in a child process: what it gives back, and what is left of one that dies."""

import os
import signal
from functools import partial

import pytest

from gk_pipeline.forked import forked


def told(death: int) -> str:
    return f"died of {death}"


def test_what_it_returns_comes_back_and_this_process_stays_as_it_was():
    seen: list[int] = []
    assert forked(lambda: seen.append(1) or "x" * 1_000_000, told) == "x" * 1_000_000
    assert seen == []


@pytest.mark.parametrize("death", [signal.SIGPROF, signal.SIGALRM, signal.SIGKILL])
def test_a_child_that_is_killed_is_told_of(death):
    assert forked(lambda: os.kill(os.getpid(), death), told) == f"died of {int(death)}"


def test_a_child_that_ends_by_itself_is_told_of():
    assert forked(partial(os._exit, 3), told) == "died of 3"
    assert forked(lambda: 1 // 0, told) == "died of 1"
