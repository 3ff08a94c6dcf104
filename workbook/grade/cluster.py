"""Judges on many machines: Dask distributed, behind the interface of `concurrent.futures`."""

import asyncio
import contextlib
import json
import logging
import signal
import threading
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import resource_tracker
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import dask
from distributed import Client, LocalCluster, Security
from distributed.comm import connect
from distributed.scheduler import KilledWorker

from workbook.course import Course
from workbook.grade import remote
from workbook.grade.packing import pack
from workbook.grade.results import from_json
from workbook.grade.work import Judged, Setting

#: The address that means: a cluster of this machine's own.
LOCAL = "local"

# How long a scheduler may take to answer.
_CONNECT_SECONDS = 5
# How often to look whether there are workers.
_PAUSE_SECONDS = 1.0
# Calls that one task holds at most. A task costs the scheduler and the worker some milliseconds
# each, about as much as a submission does.
_MOST_AT_ONCE = 8
# How long to wait for another call to send with one.
_GATHER_SECONDS = 0.01

_SILENT = logging.CRITICAL + 1

# What each of Dask's processes does many times a second, for a dashboard that is not there.
_LESS_OFTEN = {
    "distributed.admin.system-monitor.interval": "10 s",
    "distributed.admin.tick.interval": "1 s",
    "distributed.worker.memory.monitor-interval": "1 s",
    "distributed.worker.profile.enabled": False,
}

_ONE_AT_A_TIME = (
    "a worker judges one submission at a time, however many threads it has; "
    "`dask worker --nworkers N --nthreads 1` uses N cores"
)


class ClusterError(Exception):
    """The cluster cannot be used, or not for a submission; the text says why."""


class ClusterLostError(BaseException):
    """The cluster is gone, and the run is over; what has been judged is kept.

    No Exception: that would be the end of one submission, and no submission has caused this.
    """


@dataclass(frozen=True, eq=False)
class _Call:
    """A call that was submitted; ``alone`` if no other one is to be sent before its answer."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    alone: bool = False
    answer: Future[Any] = field(default_factory=Future)


class ClusterExecutor(Executor):
    """The workers of a Dask cluster, for the functions of `workbook.grade.work`.

    The course goes to each worker once. A submission whose worker dies is judged by another one.

    Parameters
    ----------
    address : str
        The scheduler's address, such as ``tcp://host:8786``, or `LOCAL`.
    course : Course
        The course.
    unconfined : bool
        Whether a worker whose system offers no confinement may judge all the same.
    processes : int
        Number of workers, if the cluster is this machine's own.
    say : callable
        Called with a sentence for the instructor.

    Attributes
    ----------
    workers : int
        How many judges there seem to be: more than there are, for tasks hold several calls.

    Raises
    ------
    ClusterError
        If the scheduler cannot be reached, or a worker cannot judge.
    """

    def __init__(
        self,
        address: str,
        course: Course,
        unconfined: bool,
        processes: int,
        say: Callable[[str], None],
    ) -> None:
        self._unconfined = unconfined
        self._say = say
        self._over = threading.Event()
        self._waiting: Queue[_Call | None] = Queue()
        self._under_way: set[_Call] = set()
        _keep_quiet()
        self._cluster = _own_cluster(processes) if address == LOCAL else None
        self._client: Any = None
        self._address = address
        try:
            self._client = _client(self._cluster or address, address)
            self._present = self._ready()
            # Made by a task: if the worker that holds it dies, the scheduler has it made again.
            self._course = self._client.submit(bytes, pack(course), pure=False)
        except OSError as error:
            self.shutdown()
            raise ClusterError(f"the connection to {address} has ended: {error}") from error
        except BaseException:
            self.shutdown()
            raise
        self.workers = _MOST_AT_ONCE // 2 * max(self._present, 2)
        self._tasks = self._client.get_executor(pure=False)
        for work in (self._send_waiting, self._watch):
            threading.Thread(target=work, daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function of `workbook.grade.work` on a worker."""
        # No path of this machine means anything there.
        sent = (replace(a, root=Path()) if isinstance(a, Setting) else a for a in args)
        call = _Call(partial(fn, **kwargs), tuple(sent))
        self._waiting.put(call)
        return call.answer

    def _send_waiting(self) -> None:
        """Send what was submitted: several calls in a task, if the workers have enough to do."""
        while (call := self._waiting.get()) is not None:
            calls = [call]
            with contextlib.suppress(Empty):
                while not call.alone and len(calls) < self._at_once():
                    following = self._waiting.get(timeout=_GATHER_SECONDS)
                    if following is None or following.alone:
                        self._waiting.put(following)
                        break
                    calls.append(following)
            self._send(calls)
            if call.alone:
                wait_for([call.answer])

    def _at_once(self) -> int:
        return min(_MOST_AT_ONCE, 1 + len(self._under_way) // (2 * max(self._present, 1)))

    def _send(self, calls: list[_Call]) -> None:
        self._under_way.update(calls)
        asked = [(call.function, call.args) for call in calls]
        try:
            task = self._tasks.submit(remote.answers, self._course, self._unconfined, asked)
        except Exception as error:
            self._fail(calls, self._lost(), error)
        else:
            task.add_done_callback(partial(self._arrived, calls))

    def _arrived(self, calls: list[_Call], task: Future[str]) -> None:
        """Take the answers to some calls; ask again for those that have none."""
        self._under_way.difference_update(calls)
        try:
            lines = task.result().splitlines()
        except CancelledError as error:
            self._fail(calls, self._lost(), error)
        except KilledWorker as error:
            self._killed(calls, error.allowed_failures + 1)
        except Exception as error:
            self._fail(calls, ClusterError(f"a worker has sent no answer: {error}"), error)
        else:
            for call, line in zip(calls, lines, strict=False):
                _take(call, line)
            for call in calls[len(lines) :]:
                self._waiting.put(call)

    def _killed(self, calls: list[_Call], times: int) -> None:
        """Ask once more: Dask blames a worker's death on all calls that it had, begun or not."""
        for call in calls:
            if call.alone:
                why = f"each worker that has tried it died ({times} of them)"
                call.answer.set_exception(ClusterError(why))
            else:
                self._waiting.put(replace(call, alone=True))

    def _fail(self, calls: list[_Call], error: BaseException, cause: BaseException) -> None:
        error.__cause__ = cause
        for call in calls:
            call.answer.set_exception(error)

    def _lost(self) -> ClusterLostError:
        return ClusterLostError(
            f"the scheduler {self._address} is gone. Run the command again: what has been judged "
            "is kept"
        )

    def _ready(self) -> int:
        """Wait for workers, see that they can judge, and return how many they are."""
        threads = self._client.nthreads()
        if not threads:
            self._say(f"Waiting: the scheduler {self._address} has no workers yet.")
        while not threads:
            time.sleep(_PAUSE_SECONDS)
            threads = self._client.nthreads()
        answers = self._client.run(remote.facts, self._unconfined, on_error="return")
        notes: defaultdict[str, list[str]] = defaultdict(list)
        for worker, answer in answers.items():
            for note in _notes(worker, answer):
                notes[note].append(worker)
            if threads.get(worker, 1) > 1:
                notes[_ONE_AT_A_TIME].append(worker)
        for note, workers in notes.items():
            self._say(f"Note: {note} ({', '.join(workers)}).")
        self._say(f"Workers of {self._address}: {len(answers)}.")
        return len(answers)

    def _watch(self) -> None:
        """Count the workers, and say when all have left, for then nothing happens."""
        while not self._over.wait(_PAUSE_SECONDS):
            try:
                before, self._present = self._present, len(self._client.nthreads())
            except Exception:
                # The submissions that were under way tell that the scheduler is gone.
                return
            if before and not self._present:
                self._say(f"Waiting: all workers of {self._address} have left.")

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; it drops what has not been judged yet."""
        self._over.set()
        self._waiting.put(None)
        for one in (self._client, self._cluster):
            if one is not None:
                one.close()


def _keep_quiet() -> None:
    """Keep Dask's own messages off the screen: what matters here is said in a sentence."""
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(_SILENT)
    # A large notebook is one.
    dask.config.set({"admin.large-graph-warning-threshold": "1 GiB"})


def _own_cluster(processes: int) -> Any:
    dask.config.set(_LESS_OFTEN)
    # Ctrl+C is for the command, which ends its workers; they inherit that they do not hear it.
    # Python's own helper process, if it were started later, would undo that.
    resource_tracker.ensure_running()
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        # On loopback, but other users of the machine could connect as well: hence the keys, which
        # Dask makes for this cluster alone.
        return LocalCluster(
            n_workers=processes,
            threads_per_worker=1,
            processes=True,
            security=True,
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
            silence_logs=_SILENT,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


def _client(scheduler: Any, address: str) -> Any:
    """Return a client of a scheduler: an address, or a cluster of this machine's own."""
    if scheduler == address:
        try:
            # A client that finds no scheduler hangs for long when the command ends.
            asyncio.run(_try_out(address))
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            why = str(error) or f"silence for {_CONNECT_SECONDS} seconds"
            raise ClusterError(
                f"no Dask scheduler answers at {address} ({why}). Is it running "
                "(`dask scheduler`), and is the address right, such as tcp://host:8786?"
            ) from error
    with warnings.catch_warnings():
        # Of differing versions, which are looked at below.
        warnings.simplefilter("ignore")
        # Answers are text; an object that a worker has pickled is not opened.
        return Client(scheduler, set_as_default=False, deserializers=["dask", "msgpack"])


async def _try_out(address: str) -> None:
    keys = Security().get_connection_args("client")
    trying = connect(address, timeout=_CONNECT_SECONDS, **keys)
    # A program of another kind may accept the connection, and say nothing.
    connection = await asyncio.wait_for(trying, _CONNECT_SECONDS + 1)
    await connection.close()


def _notes(worker: str, answer: Any) -> list[str]:
    """Return what is to be said of a worker; raise ClusterError if it cannot judge."""
    if isinstance(answer, BaseException):
        raise ClusterError(
            f"the worker {worker} cannot judge ({type(answer).__name__}: {answer}); it needs the "
            'same program as this machine: `pip install "backprop-workbook[cluster]"`'
        )
    facts = json.loads(answer)
    if facts["problem"]:
        raise ClusterError(f"the worker {worker} cannot judge: {facts['problem']}")
    there, here = facts["versions"], remote.versions()
    return [*facts["notes"]] + [
        f"another version of {name} than here, {there.get(name)} instead of {number}, may give "
        "other marks"
        for name, number in here.items()
        if there.get(name) != number
    ]


def _take(call: _Call, line: str) -> None:
    """Give a call its answer, if that is what a worker has sent."""
    try:
        value = json.loads(line)
        if "error" in value:
            raise ClusterError(value["error"])
        call.answer.set_result(_received(call.args, value["value"]))
    except Exception as error:
        call.answer.set_exception(error)


def _received(args: tuple[Any, ...], value: Any) -> Any:
    """Return what a worker has sent; raise ValueError if it is a result of another submission."""
    if not isinstance(value, list):
        return value
    text, notebook = value
    result, job = from_json(text), args[1]
    whose = (result.student, result.exercise, result.submission_sha256)
    if whose != (job.student, job.exercise.name, job.sha256):
        raise ValueError("a worker has answered with the result of another submission")
    return Judged(result, notebook)
