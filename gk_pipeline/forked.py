"""One call in a child of this process, which alone dies of it: for a command that is given a single file.

A pool of workers takes a second to start, a fork some milliseconds. What is called must use nothing whose threads are
left behind in this process: reading makes no frames.
"""

import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Result = TypeVar("Result")


def forked(function: Callable[[], Result], lost: Callable[[int], Result]) -> Result:
    """What `function` returns in a child process; what `lost` makes of the signal or exit status the child died of.

    What `function` raises ends the child with status 1. Its result must be picklable.
    """
    context = get_context("fork")
    answers, answer = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(function, answer))
    child.start()
    answer.close()
    try:
        result: Result = answers.recv()
    except EOFError:
        child.join()
        return lost(abs(child.exitcode or 0))
    finally:
        answers.close()
        child.join()
    return result


def _answer(function: Callable[[], Result], answer: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the parent tells of an interruption, once
    answer.send(function())
