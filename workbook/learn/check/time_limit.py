"""An end to what never ends, in a browser's tab, where nothing can interrupt Python."""

import contextlib
import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

#: How long the learner's code may compute in one check, or in all checks of one notebook.
SECONDS = 20.0
# Code of packages is not watched: it is slow to watch, and ends.
_PACKAGES = "/lib/"
_LOOK_EVERY = 100


@contextlib.contextmanager
def time_limit(seconds: float = SECONDS, anywhere: bool = False) -> Iterator[None]:
    """End the learner's code after a while, by an error in the line where it is.

    It has an effect only in a browser: elsewhere a kernel can be interrupted, and checks of saved
    notebooks run in a process that can be ended.

    Parameters
    ----------
    seconds : float
        How long it may compute.
    anywhere : bool
        Whether it has an effect in every Python, for tests.
    """
    if sys.platform != "emscripten" and not anywhere:
        yield
        return
    before = sys.gettrace()
    sys.settrace(_Watch(seconds).call)
    try:
        yield
    finally:
        sys.settrace(before)


class _Watch:
    """Looks at the time while lines of the learner's run."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._lines = 0

    def call(self, frame: FrameType, event: str, arg: Any) -> Any:
        """Watch the lines of a function that is called, if it is none of a package."""
        return None if frame.f_code.co_filename.startswith(_PACKAGES) else self._line

    def _line(self, frame: FrameType, event: str, arg: Any) -> Any:
        self._lines += 1
        if self._lines % _LOOK_EVERY == 0 and time.monotonic() > self._until:
            # What catches this error meets the next one in its next line.
            self._lines -= 1
            raise TimeoutError(
                f"it was still computing after {self._seconds:g} seconds, so it was stopped here: "
                "look for a loop that never ends"
            )
        return self._line
