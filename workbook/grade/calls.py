"""Keeps track of calls under way, in the judges' processes and to the disk."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from time import perf_counter
from typing import Any

from workbook.grade.submissions.plan import Graded

_DISK_THREADS = 8

#: Called with a future that is done, in the thread that settles them.
Then = Callable[[Future[Any]], None]


@contextmanager
def timing(graded: Graded, part: str) -> Iterator[None]:
    """Add the time that this context takes to a part of a run's time."""
    started = perf_counter()
    yield
    graded.seconds[part] += perf_counter() - started


class Calls:
    """Calls under way, each with a function that takes its outcome.

    Parameters
    ----------
    make_executor : callable
        Makes the executor of the judges; called when there is something for them to do.
    graded : Graded
        Receives the time that was spent waiting.
    stack : contextlib.ExitStack
        Closes the executor and the threads at its end.
    """

    def __init__(
        self, make_executor: Callable[[], Executor], graded: Graded, stack: ExitStack
    ) -> None:
        self._make_executor = make_executor
        self._graded = graded
        self._stack = stack
        self._under_way: dict[Future[Any], Then] = {}
        self._executor: Executor | None = None
        # Many files at once reach the disk in hardly more time than one.
        self._disk = self._stack.enter_context(ThreadPoolExecutor(_DISK_THREADS))

    @property
    def pending(self) -> int:
        """How many calls are under way."""
        return len(self._under_way)

    def work(self, then: Then, function: Callable[..., Any], *args: Any) -> None:
        """Call a function of `workbook.grade.workers.tasks` in a judge's process."""
        self._under_way[self.start_workers().submit(function, *args)] = then

    def write(self, then: Then, function: Callable[..., Any], *args: Any) -> None:
        """Call a function that writes files, in a thread."""
        self._under_way[self._disk.submit(function, *args)] = then

    def settle_some(self) -> None:
        """Wait until some calls are done, and pass on their outcomes."""
        with timing(self._graded, "waiting"):
            done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        for future in done:
            self._under_way.pop(future)(future)

    def start_workers(self) -> Executor:
        """Return the executor; make it at the first call."""
        if self._executor is None:
            self._executor = self._stack.enter_context(self._make_executor())
            # What writes the marks takes seconds to import: meanwhile, the judges begin.
            self._disk.submit(_import_gradebook)
        return self._executor

    def finish_workers(self) -> None:
        """Let the judges' processes end: no more calls will follow."""
        if self._executor is not None:
            self._executor.shutdown(wait=False)


def _import_gradebook() -> None:
    # Nothing of it is garbage; to look for some would take a tenth of the time.
    gc.disable()
    try:
        # If it cannot be imported, whoever needs it says so.
        import workbook.grade.gradebook.gradebook  # noqa: F401
    finally:
        gc.enable()
