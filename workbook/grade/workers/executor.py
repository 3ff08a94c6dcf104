"""Judges in several processes, behind the interface of `concurrent.futures`.

They import this file and not nbgrader, which alone takes seconds to import.

No library's pool is used: where a process is killed while it sends an answer, the standard
library's waits for the rest of it for ever; in loky 3.7, one death fails all calls that wait; in
Pebble 5.2, the processes outlive a command that is killed.
"""

import contextlib
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any

from workbook.grade.sandbox.fork_server import ForkServer, ForkServerError, RefusedError
from workbook.grade.submissions.faults import GraderError, JudgeLostError
from workbook.grade.workers.worker import NO_MORE, Workers

#: Environment variables with which linear algebra uses one thread. More threads than cores only
#: wait for each other, and each worker has a core to itself.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

# Calls that a process has at once: one that runs, and one to go on with.
_AT_ONCE = 2


@dataclass
class _Call:
    """A pickled function to be called, and the future of its answer."""

    function: bytes
    answer: Future[Any] = field(default_factory=Future)


class LocalExecutor(Executor):
    """An executor of processes on this machine.

    A call whose process dies raises JudgeLostError; one that only waited for that process is none
    the worse. After a fault of the grader there is a new process for the next call. All processes
    end with this one, whatever ends it.

    Parameters
    ----------
    workers : int
        Number of processes.
    preload : callable, optional
        Does what all of them need, such as imports: called once, before there is any of them. What
        it raises is what every call raises.
    memory_bytes : int, optional
        What each of them may have beyond what it has at the start; 0 for no limit.
    """

    def __init__(
        self, workers: int, preload: Callable[[], Any] | None = None, memory_bytes: int = 0
    ) -> None:
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._folder = tempfile.mkdtemp(prefix="workbook-")
        # Students' processes of another user find their own folder in it, and cannot list it.
        os.chmod(self._folder, 0o711)
        self._workers = Workers(self._folder, preload, memory_bytes)
        self._lock = threading.Lock()
        self._server: ForkServer | None = None
        self._processes: set[_Process] = set()
        self._over = False
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in the first process that is free."""
        call = _Call(pickle.dumps(partial(fn, *args, **kwargs)))
        self._calls.put(call)
        return call.answer

    def _serve(self) -> None:
        """Keep one process at work, and replace it when it dies; runs in a thread of its own."""
        # Ctrl+C reaches all processes of a terminal; the main thread ends them.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        # A process starts sooner if the server has started before there is anything to do.
        with self._lock, contextlib.suppress(ForkServerError):
            if self._server is None and not self._over:
                self._server = self._new_server()
        process: _Process | None = None
        # What the process has to do, the oldest first.
        calls: deque[_Call] = deque()
        more = True
        while more or calls:
            more = more and self._fill(calls, process)
            if not calls:
                continue
            try:
                process = process or self._start(calls)
                worked, value = process.receive()
            except (Exception, GraderError) as error:
                worked, value = False, error
                # Whatever is wrong with it, it is of no more use.
                is_fault = True
            else:
                is_fault = isinstance(value, GraderError)
            if is_fault:
                # The first call was under way; the others wait for a new process.
                self._end(process)
                process = None
            answer = calls.popleft().answer
            answer.set_result(value) if worked else answer.set_exception(value)
        if process is not None:
            process.finish()
        self._end(process)

    def _fill(self, calls: deque[_Call], process: "_Process | None") -> bool:
        """Send a process its next calls; return whether more may follow."""
        while len(calls) < _AT_ONCE:
            try:
                call = self._calls.get(block=not calls)
            except Empty:
                break
            if call is None:
                return False
            calls.append(call)
            if process is not None:
                process.send(call.function)
        return True

    def _start(self, calls: deque[_Call]) -> "_Process":
        with self._lock:
            if self._over:
                raise RuntimeError("the grading was stopped")
            process = self._new_process()
            self._processes.add(process)
        for call in calls:
            process.send(call.function)
        return process

    def _new_process(self) -> "_Process":
        if self._server is not None:
            try:
                return _Process(self._server)
            except RefusedError:
                raise
            except ForkServerError:
                # Somebody has ended it.
                self._server.close()
                self._server = None
        self._server = self._new_server()
        return _Process(self._server)

    def _new_server(self) -> ForkServer:
        return ForkServer(self._workers, path=sys.path, env={**os.environ, **ONE_THREAD})

    def _end(self, process: "_Process | None") -> None:
        if process is not None:
            process.end()
            with self._lock:
                self._processes.discard(process)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for the calls that were submitted, or cancel them; then end the processes."""
        with contextlib.suppress(Empty):
            while cancel_futures:
                call = self._calls.get(block=False)
                if call is not None:
                    call.answer.cancel()
        for _ in self._threads:
            self._calls.put(None)
        if not wait:
            return
        try:
            for thread in self._threads:
                thread.join()
        finally:
            if self._server is not None:
                self._server.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def __exit__(self, *error: object) -> None:
        stopped = error != (None, None, None)
        if stopped:
            # Nobody waits for the answers any more.
            with self._lock:
                self._over = True
                for process in self._processes:
                    process.kill()
        self.shutdown(cancel_futures=stopped)


class _Process:
    """A process that calls the functions that it is sent, one after the other.

    Parameters
    ----------
    server : ForkServer
        Where it is made.
    """

    def __init__(self, server: ForkServer) -> None:
        self._child = server.fork()
        # A descriptor of its own: the child's stream is for ending it, from any thread.
        self._connection = Connection(os.dup(self._child.stream.fileno()))

    def send(self, function: bytes) -> None:
        """Ask for a call; whether the process is still there is seen when it should answer."""
        with contextlib.suppress(OSError):
            self._connection.send_bytes(function)

    def receive(self) -> tuple[bool, Any]:
        """Wait for the answer to the oldest call: whether it worked, and what it gave."""
        earned = None
        try:
            while True:
                worked, value = self._connection.recv()
                if worked is not None:
                    return worked, value
                # What is to be known if it dies: see `tell_executor` in the worker.
                earned = value
        except (EOFError, OSError) as error:
            raise JudgeLostError("the process that worked on it died", earned) from error

    def finish(self) -> None:
        """Let it end by itself, now that there are no more calls, and wait until it has."""
        self.send(NO_MORE)
        with contextlib.suppress(OSError):
            self._connection.poll(None)

    def kill(self) -> None:
        """End it at once."""
        # Without its server, it ends because the connection does.
        with contextlib.suppress(ForkServerError):
            self._child.end()

    def end(self) -> None:
        """End it at once, and close the connection."""
        self.kill()
        self._connection.close()
