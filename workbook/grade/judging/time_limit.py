"""Ends work in the judge that takes too long: comparisons, diagnosis, pages."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from workbook.grade.sandbox.load import load_of

# Of the contexts that are open, in this process's main thread.
_DEADLINES: list[Callable[[], float]] = []

#: The folder in which the kernel tells of this thread.
THREAD = "/proc/thread-self"

# A timer of 0 seconds would never ring.
_SOON = 0.001


class OutOfTimeError(BaseException):
    """The time is over. No Exception: it is no fault of what was being done."""


def time_waited() -> Callable[[], float]:
    """Return a clock of the seconds, from now on, in which this thread waited for a core."""
    before = load_of(THREAD).waited
    return lambda: load_of(THREAD).waited - before


def own_time(seconds: float) -> Callable[[], float]:
    """Return a deadline for `until`, this many seconds from now.

    It moves while the machine has too much to do and there is no core for this thread.
    """
    began, waited = time.monotonic(), time_waited()
    return lambda: began + seconds + waited()


@contextmanager
def until(deadline: Callable[[], float]) -> Iterator[None]:
    """Raise OutOfTimeError if this context takes longer; contexts may lie in each other.

    Only the main thread can be interrupted so; in others, nothing happens.

    Parameters
    ----------
    deadline : callable
        Returns the end, on the clock of `time.monotonic`; it may be a later one when that is
        reached.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    _DEADLINES.append(deadline)
    outer = signal.signal(signal.SIGALRM, _ring)
    try:
        # Not every step can be interrupted: once the time is over, none is begun.
        _ring()
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, outer)
        _DEADLINES.pop()
        if _DEADLINES:
            signal.setitimer(signal.ITIMER_REAL, max(_left(), _SOON))


def _left() -> float:
    """Return the seconds until the first of the deadlines of all contexts that are open."""
    return min(deadline() for deadline in _DEADLINES) - time.monotonic()


def _ring(*_: Any) -> None:
    """Raise OutOfTimeError if the time is over; else ring again when it may be."""
    if (left := _left()) <= 0:
        raise OutOfTimeError
    signal.setitimer(signal.ITIMER_REAL, max(left, _SOON))
