"""What one file may cost a worker."""

import resource
import signal
import time

import pytest

from gk_pipeline.documents import limits
from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.limits import exceeded, limited
from gk_pipeline.executors import Rescue, map_guarded

FATES = Rescue[str, str](lambda what: [what], lambda _, death: exceeded(death).code, lambda parts: parts[0])


def suffer(what: str) -> str:
    limits.SECONDS = 1
    with limited():
        if what == "spins":
            signal.setitimer(signal.ITIMER_PROF, 0.2)
            while True:
                pass
        if what == "waits":
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            time.sleep(60)
        if what == "grows":
            try:
                return str(len(bytearray(4 * limits.BYTES)))
            except MemoryError:
                return "no memory"
        if what == "crashes":
            signal.raise_signal(signal.SIGSEGV)
    return "done"


@pytest.mark.parametrize(
    ("what", "fate"),
    [("spins", "too_slow"), ("waits", "too_slow"), ("grows", "no memory"), ("crashes", "reader_died"), ("", "done")],
)
def test_a_worker_pays_for_its_file(what, fate):
    assert list(map_guarded(suffer, ["", what, ""], 1, FATES)) == ["done", fate, "done"]


def test_the_limits_end_with_the_file():
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with limited():
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    assert signal.getitimer(signal.ITIMER_PROF) == signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert len(bytearray(limits.BYTES)) == limits.BYTES


def test_a_reader_may_have_more_time_for_what_it_knows_but_only_where_time_is_limited():
    limits.more_time(30)
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
    with limited():
        limits.more_time(30)
        assert 20 < signal.getitimer(signal.ITIMER_PROF)[0] < 31


@pytest.mark.parametrize("death", [signal.SIGPROF, signal.SIGSEGV, 1])
def test_a_death_is_told_with_what_to_do(death):
    refusal = exceeded(death)
    assert isinstance(refusal, Unreadable)
    assert refusal.advice
