"""Keeps track of calls in progress: in the judges' processes, and those that write files."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from queue import SimpleQueue
from time import perf_counter, sleep
from typing import Any

from workbook.grade.submissions.faults import GraderError
from workbook.grade.submissions.plan import Graded

_DISK_THREADS = 8

# Before a call is tried once more.
_PAUSE_SECONDS = 0.5

#: Called with a future that is done, in the thread that settles them.
Then = Callable[[Future[Any]], None]


@dataclass(frozen=True)
class _Call:
    """A call, the function that takes its outcome, and whether it is the last try."""

    then: Then
    function: Callable[..., Any]
    args: tuple[Any, ...]
    is_last: bool = False


@contextmanager
def timing(graded: Graded, part: str) -> Iterator[None]:
    """Add the time spent in this context to one part of a run's time."""
    started = perf_counter()
    yield
    graded.seconds[part] += perf_counter() - started


class Calls:
    """Calls in progress, each with a function that takes its outcome.

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
        self._under_way: dict[Future[Any], _Call] = {}
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()
        # Calls to be tried once more, each alone.
        self._again: deque[_Call] = deque()
        self._executor: Executor | None = None
        # Many files at once reach the disk in hardly more time than one.
        self._disk = self._stack.enter_context(ThreadPoolExecutor(_DISK_THREADS))

    @property
    def pending(self) -> int:
        """Number of calls that are in progress or waiting to be tried again."""
        return len(self._under_way) + len(self._again)

    def work(self, then: Then, function: Callable[..., Any], *args: Any) -> None:
        """Call a function of `workbook.grade.workers.tasks` in a judge's process.

        After a fault of the grader it is called once more, when no other is in progress.
        """
        self._start(self.start_workers(), _Call(then, function, args))

    def write(self, then: Then, function: Callable[..., Any], *args: Any) -> None:
        """Call a function that writes files, in a thread."""
        self._start(self._disk, _Call(then, function, args, is_last=True))

    def _start(self, executor: Executor, call: "_Call") -> None:
        future = executor.submit(call.function, *call.args)
        self._under_way[future] = call
        future.add_done_callback(self._done.put)

    def settle_one(self) -> None:
        """Wait until a call is done, and pass on its outcome."""
        with timing(self._graded, "waiting"):
            if not self._under_way:
                # What was short for a moment may be there again.
                sleep(_PAUSE_SECONDS)
                self._start(self.start_workers(), replace(self._again.popleft(), is_last=True))
            future = self._done.get()
        call = self._under_way.pop(future)
        if not call.is_last and isinstance(future.exception(), GraderError):
            self._again.append(call)
        else:
            call.then(future)

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
    # If it cannot be imported, whoever needs it says so.
    import workbook.grade.gradebook.gradebook  # noqa: F401
