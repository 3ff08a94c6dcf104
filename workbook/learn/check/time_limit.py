"""Ends endless code in a browser's tab, where nothing can interrupt Python."""

import contextlib
import linecache
import sys
import time
import traceback
from collections.abc import Iterator
from types import FrameType
from typing import Any

from workbook.learn.check.display import AskedWronglyError

#: How long the learner's code may compute in one check, or in all checks of one notebook.
_SECONDS = 20.0
# Code of packages is not watched: it is slow to watch, and ends.
_PACKAGES = "/lib/"
_LOOK_EVERY = 100
# How many calls of the learner's code may be open. Of 400 that go through other code, such as
# `sorted` or `__add__`, a browser's stack has no room, and Python ends for good.
_OPEN_CALLS = 250


@contextlib.contextmanager
def time_limit(seconds: float = _SECONDS, anywhere: bool = False) -> Iterator[None]:
    """End the learner's code after a while, and say in which line it was; end endless calls sooner.

    It has an effect only in a browser: elsewhere a kernel can be interrupted, and checks of saved
    notebooks run in a process that can be ended.

    Parameters
    ----------
    seconds : float
        How long it may compute.
    anywhere : bool
        Whether it has an effect in every Python, for tests.

    Raises
    ------
    TooLongError
        If it took longer.
    """
    if sys.platform != "emscripten" and not anywhere:
        yield
        return
    before = sys.gettrace()
    sys.settrace(_Watch(seconds).call)
    try:
        with limit_of_open_calls(anywhere):
            yield
    except _Stopped as stopped:
        raise TooLongError(
            f"Your code was still computing after {seconds:g} seconds, so the check was stopped, "
            f"{stopped}. Look for a loop that never ends"
        ) from None
    finally:
        sys.settrace(before)


@contextlib.contextmanager
def limit_of_open_calls(anywhere: bool = False) -> Iterator[None]:
    """Let endless calls end with a RecursionError, where a browser's stack would end Python itself.

    Parameters
    ----------
    anywhere : bool
        Whether it has an effect in every Python, for tests.
    """
    if sys.platform != "emscripten" and not anywhere:
        yield
        return
    before = sys.getrecursionlimit()
    open_now = sum(1 for _ in traceback.walk_stack(None))
    sys.setrecursionlimit(min(before, open_now + _OPEN_CALLS))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class TooLongError(AskedWronglyError):
    """The learner's code did not come to an end in time."""


class _Stopped(BaseException):
    """Ends the learner's code, also where it catches exceptions."""


class _Watch:
    """Watches the time while the learner's lines run."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._lines = 0

    def call(self, frame: FrameType, event: str, arg: Any) -> Any:
        """Watch the lines of a function that is called, if it is none of a package."""
        return None if frame.f_code.co_filename.startswith(_PACKAGES) else self._line

    def _line(self, frame: FrameType, event: str, arg: Any) -> Any:
        self._lines += 1
        if self._lines % _LOOK_EVERY == 0 and time.monotonic() > self._until:
            line = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
            raise _Stopped(f"in line {frame.f_lineno}: `{line}`")
        return self._line
