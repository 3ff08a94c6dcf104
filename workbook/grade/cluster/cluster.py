"""Judges on many machines, by Dask distributed, behind the interface of `concurrent.futures`."""

import json
import pickle
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from distributed.scheduler import KilledWorker

from workbook.course.exercises import Exercise
from workbook.course.folder import Course
from workbook.course.verdicts import Verdict
from workbook.grade.cluster import remote_worker
from workbook.grade.cluster.attachments import strip_pictures
from workbook.grade.cluster.batches import Batches
from workbook.grade.cluster.client import RETRY_SECONDS, ClusterClient, ClusterError
from workbook.grade.cluster.course_archive import pack_course
from workbook.grade.cluster.remote_worker import RunSetting
from workbook.grade.submissions.faults import JudgeLostError
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import Limits
from workbook.grade.submissions.plan import NotBuiltError
from workbook.grade.submissions.results import Judged, from_json
from workbook.grade.workers.tasks import Setting, start_judge

# Calls that one task holds at most. A task costs the scheduler and the worker some milliseconds
# each, about as much as a submission does.
_MOST_AT_ONCE = 32


class ClusterLostError(BaseException):
    """The cluster is gone and the run ends; what has been judged is kept.

    No Exception: that would be the end of one submission, and no submission has caused this.
    """


@dataclass(frozen=True, eq=False)
class _Submitted:
    """A call that was submitted.

    Attributes
    ----------
    call : bytes
        The pickled function with its arguments.
    whose : tuple of str
        Student, exercise and hash of the submission among its arguments; empty if there is none.
    alone : bool
        Whether no other call is to be sent before its answer.
    """

    call: bytes
    whose: tuple[str, ...] = ()
    alone: bool = False
    answer: Future[Any] = field(default_factory=Future)


class ClusterExecutor(Executor):
    """The workers of a Dask cluster, for the functions of `workbook.grade.workers.tasks`.

    The course goes to each worker once. A submission whose worker dies is judged by another one.

    Parameters
    ----------
    address : str
        The scheduler's address, such as ``tcp://host:8786``, or `LOCAL`.
    course : Course
        The course.
    exercises : sequence of Exercise
        What the submissions will be about.
    limits : Limits
        What one of them may use.
    unconfined : bool
        Whether a worker whose system offers no confinement may judge all the same.
    processes : int
        Number of workers, if the cluster is `LOCAL`.
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
        *,
        exercises: Sequence[Exercise],
        limits: Limits,
        unconfined: bool,
        processes: int,
        say: Callable[[str], None],
    ) -> None:
        self._course = course
        self._say = say
        self._over = threading.Event()
        self._batches: Batches[_Submitted] = Batches(_MOST_AT_ONCE, 0)
        self._address = address
        with ThreadPoolExecutor(1) as beside:
            # Meanwhile, a local cluster starts.
            packed = beside.submit(pack_course, course)
            self._client = ClusterClient(address, processes)
        try:
            workers = self._client.check_workers(unconfined, say)
            self._batches.set_workers(len(workers))
            memory = limits.judge_memory_bytes
            run = pickle.dumps(RunSetting(packed.result(), tuple(exercises), unconfined, memory))
            # Made by a task: if the worker that holds it dies, the scheduler has it made again.
            self._run = self._client.client.submit(bytes, run, pure=False)
            self._started = [self._starting_judge(worker, limits) for worker in workers]
        except BaseException:
            self.shutdown()
            raise
        self.workers = _MOST_AT_ONCE // 2 * max(len(workers), 2)
        self._tasks = self._client.client.get_executor(pure=False)
        for work in (self._send_waiting, self._watch):
            threading.Thread(target=work, daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function of `workbook.grade.workers.tasks` on a worker."""
        call = pickle.dumps(partial(fn, *map(self._sent, args), **kwargs))
        jobs = [argument for argument in args if isinstance(argument, Job)]
        whose = [(job.student, job.exercise.name, job.sha256) for job in jobs]
        submitted = _Submitted(call, whose[0] if whose else ())
        self._batches.put(submitted)
        return submitted.answer

    def _starting_judge(self, worker: str, limits: Limits) -> Any:
        """Have a worker start its judge, for which the first submission would have to wait.

        If that fails, the answer to each call says why.
        """
        call = pickle.dumps(partial(start_judge, Setting(Path(), limits, None)))
        return self._client.client.submit(
            remote_worker.answers,
            self._run,
            pickle.dumps([call]),
            workers=[worker],
            allow_other_workers=True,
            pure=False,
        )

    def _sent(self, argument: Any) -> Any:
        """Return an argument as it is sent to the worker."""
        if isinstance(argument, Setting):
            # No path of this machine means anything there.
            return replace(argument, root=Path())
        return strip_pictures(self._course, argument) if isinstance(argument, Job) else argument

    def _send_waiting(self) -> None:
        while calls := self._batches.take():
            self._send(calls)
            if calls[0].alone:
                wait_for([calls[0].answer])

    def _send(self, calls: list[_Submitted]) -> None:
        asked = pickle.dumps([one.call for one in calls])
        try:
            task = self._tasks.submit(remote_worker.answers, self._run, asked)
        except Exception as error:
            self._fail(calls, self._lost(), error)
        else:
            task.add_done_callback(partial(self._arrived, calls))

    def _arrived(self, calls: list[_Submitted], task: Future[str]) -> None:
        """Deliver the answers to some calls, and send those without an answer again."""
        self._batches.arrived()
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
                _deliver(call, line)
            for call in calls[len(lines) :]:
                self._batches.put(call, call.alone)

    def _killed(self, calls: list[_Submitted], times: int) -> None:
        """Send calls again: Dask blames a worker's death on all calls that it had, begun or not."""
        for call in calls:
            if call.alone:
                why = f"each worker that has tried it died ({times} of them)"
                call.answer.set_exception(ClusterError(why))
            else:
                self._batches.put(replace(call, alone=True), alone=True)

    def _fail(self, calls: list[_Submitted], error: BaseException, cause: BaseException) -> None:
        error.__cause__ = cause
        for call in calls:
            call.answer.set_exception(error)

    def _lost(self) -> ClusterLostError:
        return ClusterLostError(
            f"the scheduler {self._address} is gone. Run the command again: what has been judged "
            "is kept"
        )

    def _watch(self) -> None:
        """Keep count of the workers, and say when all have left: the run waits then."""
        workers = 0
        while not self._over.wait(RETRY_SECONDS):
            before = workers
            try:
                workers = len(self._client.client.nthreads())
            except Exception:
                # The submissions that were under way tell that the scheduler is gone.
                return
            self._batches.set_workers(workers)
            if before and not workers:
                self._say(f"Waiting: all workers of {self._address} have left.")

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; it drops what has not been judged yet."""
        if self._over.is_set():
            return
        self._over.set()
        self._batches.close()
        self._client.close()


def _deliver(one: _Submitted, line: str) -> None:
    """Set the result of a call from a worker's line, or an exception."""
    try:
        value = json.loads(line)
        if "not_built" in value:
            raise NotBuiltError(value["not_built"])
        if "fault" in value:
            earned = value["earned"]
            verdicts = None if earned is None else tuple(Verdict(**verdict) for verdict in earned)
            one.answer.set_exception(JudgeLostError(value["fault"], verdicts))
            return
        if "error" in value:
            raise ClusterError(value["error"])
        if "judged" not in value:
            one.answer.set_result(value["value"])
            return
        text, notebook = value["judged"]
        result = from_json(text)
        if one.whose != (result.student, result.exercise, result.submission_sha256):
            raise ValueError("a worker has answered with the result of another submission")
        one.answer.set_result(Judged(result, notebook))
    except Exception as error:
        one.answer.set_exception(error)
