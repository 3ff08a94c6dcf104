"""What is costly to start, and goes on from one command in this process to the next."""

import contextlib
from functools import partial

from tests.reference import COURSE
from workbook.learn.workspace.check_process import _Child


class Kept(contextlib.AbstractContextManager):
    """An executor that a command takes for its own, and that goes on after it."""

    def __init__(self, executor):
        self.submit = executor.submit

    def shutdown(self, wait: bool = True) -> None:
        """Leave it running."""

    def __exit__(self, *error: object) -> None:
        """Leave it running."""


@contextlib.contextmanager
def judges():
    """Yield a function in the place of `LocalExecutor`: it gives the same judges again."""
    # Grading is for Linux; the learner's tests run elsewhere, too.
    from workbook.grade.workers.executor import LocalExecutor
    from workbook.grade.workers.tasks import preload

    def kept(number, preloading, memory):
        if memory not in started:
            # Which exercises they judge, the next command decides.
            executor = LocalExecutor(2, partial(preload, COURSE, ()), memory)
            started[memory] = stack.enter_context(executor)
        return Kept(started[memory])

    started = {}
    with contextlib.ExitStack() as stack:
        yield kept


class _KeptChild(_Child):
    """A process that checks notebooks, and goes on after a command if it has answered."""

    def __init__(self, free):
        super().__init__()
        self._free, self._has_answered = free, True

    def ask(self, *asked):
        self._has_answered = False
        answer = super().ask(*asked)
        self._has_answered = "found" in answer
        return answer

    def close(self) -> None:
        """Keep it, unless it was stopped."""
        if self._has_answered and self._process.poll() is None:
            self._free.append(self)
        else:
            super().close()


@contextlib.contextmanager
def children():
    """Yield a function in the place of `_Child`, which gives one that has nothing to do."""
    free = []
    try:
        yield lambda: free.pop() if free else _KeptChild(free)
    finally:
        for child in free:
            _Child.close(child)
