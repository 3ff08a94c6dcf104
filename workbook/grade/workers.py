"""Judges that work side by side, behind the interface of `concurrent.futures`.

Each is a process of its own, which imports this file and not nbgrader: that alone takes seconds.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import Any

# More threads than cores only wait for each other; each worker has a core to itself.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class LocalExecutor(Executor):
    """Processes of this machine, each with its own queue.

    A process that dies takes one call with it, or the next one in its queue as well; each of these
    is tried once more, in a process of its own.

    Parameters
    ----------
    workers : int
        Number of processes.
    """

    def __init__(self, workers: int) -> None:
        self._lock = threading.Lock()
        self._workers = [_process() for _ in range(workers)]
        self._waiting = [0] * workers

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in the process with the shortest queue."""
        call = partial(fn, *args, **kwargs)
        answer: Future[Any] = Future()
        with self._lock:
            place = self._waiting.index(min(self._waiting))
            self._waiting[place] += 1
            try:
                inner = self._workers[place].submit(call)
            except BrokenProcessPool:
                # It has died while nothing was asked of it.
                self._workers[place] = _process()
                inner = self._workers[place].submit(call)
            worker = self._workers[place]
        inner.add_done_callback(partial(self._done, answer, call, place, worker))
        return answer

    def _done(
        self,
        answer: Future[Any],
        call: Callable[[], Any],
        place: int,
        worker: Executor,
        inner: Future[Any],
    ) -> None:
        died = isinstance(inner.exception(), BrokenProcessPool)
        with self._lock:
            self._waiting[place] -= 1
            if died and self._workers[place] is worker:
                self._workers[place] = _process()
        if not died:
            _pass_on(answer, inner)
            return
        alone = _process()
        again = alone.submit(call)
        again.add_done_callback(partial(_pass_on, answer))
        # Not at once: the executor's own thread runs this, and has to end the process.
        again.add_done_callback(lambda _: alone.shutdown(wait=False))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.shutdown(wait, cancel_futures=cancel_futures)


def _pass_on(answer: Future[Any], inner: Future[Any]) -> None:
    error = inner.exception()
    if error is None:
        answer.set_result(inner.result())
    else:
        answer.set_exception(error)


def _process() -> ProcessPoolExecutor:
    # A fresh interpreter: a fork would inherit the instructor's open files.
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


@contextlib.contextmanager
def one_thread_each() -> Iterator[None]:
    """Let processes that are started meanwhile use one thread for linear algebra."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
