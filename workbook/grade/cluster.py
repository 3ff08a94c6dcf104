"""Judges on many machines: Dask distributed, behind the interface of `concurrent.futures`."""

import asyncio
import json
import logging
import threading
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from functools import partial
from typing import Any

import dask
from distributed import Client, LocalCluster, Security
from distributed.comm import connect
from distributed.scheduler import KilledWorker

from workbook.course import Course
from workbook.grade import remote, work
from workbook.grade.jobs import Job
from workbook.grade.packing import pack
from workbook.grade.results import from_json, to_json
from workbook.grade.work import Judged

#: The address that means: a cluster of this machine's own.
LOCAL = "local"

# How long a scheduler may take to answer.
_CONNECT_SECONDS = 5
# How often to look whether there are workers.
_PAUSE_SECONDS = 1.0
# Workers to have jobs ready for, although they are not there yet: more may join.
_FEWEST_WORKERS = 16

_SILENT = logging.CRITICAL + 1

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
        _keep_quiet()
        self._cluster = _own_cluster(processes) if address == LOCAL else None
        self._client: Any = None
        self._address = address
        try:
            self._client = _client(self._cluster or address, address)
            #: How many submissions it judges at once.
            self.workers = max(self._ready(), _FEWEST_WORKERS)
            # Made by a task: if the worker that holds it dies, the scheduler has it made again.
            self._course = self._client.submit(bytes, pack(course), pure=False)
        except OSError as error:
            self.shutdown()
            raise ClusterError(f"the connection to {address} has ended: {error}") from error
        except BaseException:
            self.shutdown()
            raise
        self._executor = self._client.get_executor(pure=False)
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function of `workbook.grade.work` on a worker."""
        if fn is work.feedback:
            return self._send(str, remote.feedback, *args)
        setting, job, *earlier = args
        there = remote.show if earlier else remote.judge
        common = (self._course, setting.limits, self._unconfined, job)
        return self._send(partial(_judged, job), there, *common, *map(to_json, earlier))

    def _send(
        self, read: Callable[[Any], Any], there: Callable[..., str], *args: Any
    ) -> Future[Any]:
        """Call a function on a worker, and read its answer when it comes."""
        answer: Future[Any] = Future()

        def arrived(inner: Future[str]) -> None:
            try:
                answer.set_result(read(_value(inner.result())))
            except CancelledError:
                answer.set_exception(self._lost())
            except KilledWorker as error:
                dead = error.allowed_failures + 1
                answer.set_exception(ClusterError(f"{dead} workers died of it, one after another"))
            except Exception as error:
                answer.set_exception(error)

        try:
            inner = self._executor.submit(there, *args)
        except Exception as error:
            raise self._lost() from error
        inner.add_done_callback(arrived)
        return answer

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
        """Say when all workers have left, for then nothing happens."""
        some = True
        while not self._over.wait(_PAUSE_SECONDS):
            try:
                before, some = some, bool(self._client.nthreads())
            except Exception:
                # The submissions that were under way tell that the scheduler is gone.
                return
            if before and not some:
                self._say(f"Waiting: all workers of {self._address} have left.")

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; it drops what has not been judged yet."""
        self._over.set()
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
    facts = _value(answer)
    if facts["problem"]:
        raise ClusterError(f"the worker {worker} cannot judge: {facts['problem']}")
    there, here = facts["versions"], remote.versions()
    return [*facts["notes"]] + [
        f"another version of {name} than here, {there.get(name)} instead of {number}, may give "
        "other marks"
        for name, number in here.items()
        if there.get(name) != number
    ]


def _value(text: Any) -> Any:
    """Return what a worker has answered."""
    answer = json.loads(text)
    if "error" in answer:
        raise ClusterError(answer["error"])
    return answer["value"]


def _judged(job: Job, sent: Any) -> Judged:
    """Return a result that a worker has sent; raise ValueError if it is none of this job."""
    text, notebook = sent
    result = from_json(text)
    whose = (result.student, result.exercise, result.submission_sha256)
    if whose != (job.student, job.exercise.name, job.sha256):
        raise ValueError("a worker has answered with the result of another submission")
    return Judged(result, notebook)
